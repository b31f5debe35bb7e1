"""Which claims are held against which: nearest propositions of other parties, never all pairs."""

from __future__ import annotations

from verify.models.protocols import Matrix
from verify.types import Claim, Role, Stance

SILENT = frozenset({Stance.DOUBTS, Stance.DECLINES})
"""Stances that neither support nor contradict anything."""


def neighbour_pairs(vectors: Matrix, *, neighbours: int, min_cosine: float) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, of claims whose propositions are near each other.

    `vectors` are the unit rows of the claims' propositions, shape (claims, dimension). Each claim is
    paired with at most `neighbours` others, so that work grows with the number of claims.
    """
    import faiss

    if len(vectors) < 2:
        return []
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    cosines, places = index.search(vectors, min(neighbours + 1, len(vectors)))
    pairs = {
        (min(i, int(j)), max(i, int(j)))
        for i in range(len(vectors))
        for cosine, j in zip(cosines[i], places[i], strict=True)
        if j != i and cosine >= min_cosine
    }
    return sorted(pairs)


def comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims can support or contradict each other at all.

    Not where a source is silent, where one only repeats the other ("Tass quoted the FSB", or a headline
    that says who says so), or within one party; the outlet's own voice is held against its sources and
    its headline against its text.
    """
    if a.stance in SILENT or b.stance in SILENT or a.within == b.id or b.within == a.id:
        return False
    if any(c.role is Role.HEADLINE and c.source is not None for c in (a, b)):
        return False
    if a.source is None or b.source is None:
        return a.source is not b.source or Role.HEADLINE in {a.role, b.role}
    return not one_party(a.party, b.party)


def one_party(a: str, b: str) -> bool:
    """Whether two names are of one party: the same, or the other's with more to it ("Tesla executives")."""
    shorter, longer = sorted((set(a.split()), set(b.split())), key=len)
    return a == b or (shorter <= longer and any(word[:1].isupper() and len(word) > 2 for word in shorter))
