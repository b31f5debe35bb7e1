"""Who says things on whose word: "Tass, citing the FSB", "the agency quoted the ministry as saying"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from verify.types import Claim, Reliance


def drawn_on(claims: Sequence[Claim]) -> Mapping[str, frozenset[str]]:
    """By the id of each claim that rests on the word of others, their names.

    "Tass quoted the FSB as saying P" says P on the word of the FSB, and the FSB not on that of Tass. "Kyiv
    said that Moscow had claimed P" tells of a claim without making it, and its proposition is another one.
    """
    told_of: defaultdict[str, set[str]] = defaultdict(set)
    by_id = {claim.id: claim for claim in claims}
    for inner in claims:
        outer = by_id.get(inner.within) if inner.within is not None else None
        if outer is None or inner.source is None or outer.source is None:
            continue
        told_of[inner.id].add(outer.source.name)
        if inner.proposition != outer.proposition:
            told_of[outer.id].add(inner.source.name)
    return {
        claim.id: names
        for claim in claims
        if claim.source is not None and (names := claim.cites - told_of[claim.id])
    }


def find_reliances(claims: Sequence[Claim]) -> tuple[Reliance, ...]:
    """One for each source and each that it draws on, in the order of the text."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    drawn = drawn_on(claims)
    for claim in claims:
        for name in sorted(drawn.get(claim.id, ())):
            if claim.source is not None:
                found[claim.source.name, name].append(claim.id)
    return tuple(Reliance(source, relied_on, tuple(ids)) for (source, relied_on), ids in found.items())
