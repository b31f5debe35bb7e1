"""Which names of bodies a draft says "the" before: "the Norvane Trust", but "Korvex"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.types import Sort, Source

if TYPE_CHECKING:
    from verify.language.parse import Parsed


def with_definite(parsed: Parsed, sources: Sequence[Source]) -> tuple[Source, ...]:
    """`sources`, each with those of its names that one of them is mentioned by behind "the"."""
    definite = frozenset(s.name for s in sources if _follows_the(parsed, s))
    return tuple(replace(s, definite=definite & {s.name, s.party}) for s in sources)


def _follows_the(parsed: Parsed, source: Source) -> bool:
    """Whether its name, or its initials, stand right behind "the"; not so Korvex in "the firm Korvex"."""
    if source.text is None or source.sort is Sort.PERSON:
        return False
    the, *named = parsed.tokens(source.text)
    spelt = bool(named) and named[0].is_upper and len(named[0]) > 1
    return the.lower_ == "the" and bool(named) and (spelt or source.name.startswith(named[0].text))
