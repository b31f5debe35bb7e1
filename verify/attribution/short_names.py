"""One name for a source that a draft calls by a short one too: "Korvex Marine", "Korvex"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.attribution.offices import BODY
from verify.attribution.registry import Registry
from verify.types import UNKNOWN, Sort, Source

if TYPE_CHECKING:
    from verify.language.parse import Parsed


SHORTEST = 3
"""Letters of initials from which they tell of one body."""


def in_full(parsed: Parsed, sources: Sequence[Source], registry: Registry) -> tuple[Source, ...]:
    """`sources`, each by the one longer name that another of them bears, and for the party told anywhere.

    A name that the registry knows, a place's, and one that could be short for two, stay.
    """
    named = {s.name: s for s in sources if s.name != UNKNOWN and not s.anonymous}
    places = {s.name for s in sources if s.text is not None and _is_place(parsed, s)}
    full: dict[str, Source] = {}
    for short in named.keys() - places:
        longer = [s for name, s in named.items() if _is_short_for(short, name, s.sort)]
        if len(longer) == 1 and registry.find(short) is None:
            full[short] = longer[0]
    renamed = [_renamed(source, full) for source in sources]
    sides = {s.name: s.party for s in reversed(renamed) if s.sort is Sort.PERSON and s.party != s.name}
    return tuple(replace(s, party=sides[s.name]) if s.party == s.name in sides else s for s in renamed)


def _is_short_for(short: str, name: str, sort: Sort) -> bool:
    """Whether a name is the end of a person's, or the beginning or the initials of a body's."""
    few, many = short.split(), name.split()
    initials = "".join(word[0] for word in many if word[0].isupper())
    if sort is not Sort.PERSON and len(short) >= SHORTEST and short == initials:
        return True
    common = len(few) == 1 and short.lower() in BODY  # "Police" are no "Police Federation"
    if common or len(few) >= len(many) or not short[0].isupper():
        return False
    if sort is Sort.PERSON:
        return many[-len(few) :] == few and all(word[0].isupper() for word in few)
    alike = [one == other or one == other.lower() in BODY for one, other in zip(few, many, strict=False)]
    return all(alike) and all(word[0].isupper() or word in BODY for word in (*few, *many))


def _is_place(parsed: Parsed, source: Source) -> bool:
    return source.text is not None and any(t.ent_type_ == "GPE" for t in parsed.tokens(source.text))


def _renamed(source: Source, full: dict[str, Source]) -> Source:
    longer = full.get(source.name)
    if longer is not None:
        return replace(source, name=longer.name, party=longer.party, sort=longer.sort)
    spoken_for = full.get(source.party)
    return source if spoken_for is None else replace(source, party=spoken_for.party)
