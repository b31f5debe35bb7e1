"""Where quoted words stand in the record, and word by word what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SAME, OTHER, SKIP, FREE = 3.0, -1.5, -1.0, -0.01
"""What a word is worth that is the same, another one, skipped on one side, or left out by the quotation's own
admission: a local alignment of the record with the whole quotation (Smith and Waterman 1981)."""

AROUND = 12
"""Words looked at beyond those that a window of the quotation's length holds, on either side."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs (quoted, recorded) of word indices in their order, None where a side has none.

    The first and the last pair have both sides.
    """

    pairs: tuple[tuple[int | None, int | None], ...]
    matched: int

    @property
    def first(self) -> int:
        """The index of the first recorded word."""
        return next(j for _, j in self.pairs if j is not None)

    @property
    def last(self) -> int:
        """The index of the last recorded word."""
        return next(j for _, j in reversed(self.pairs) if j is not None)


def align(
    quoted: Sequence[str], recorded: Sequence[str], gaps: frozenset[int] = frozenset()
) -> Alignment | None:
    """The best place of the words `quoted` in `recorded`; None where they have no word in common.

    `gaps` are the indices of quoted words before which any number of recorded ones may be left out. The place
    is looked up first, by rapidfuzz, and only its neighbourhood aligned.
    """
    start, end = _neighbourhood(quoted, recorded)
    found = _aligned(quoted, recorded[start:end], gaps)
    if found is None:
        return None
    pairs = tuple((i, None if j is None else j + start) for i, j in found)
    return Alignment(
        pairs, sum(i is not None and j is not None and quoted[i] == recorded[j] for i, j in pairs)
    )


def _neighbourhood(quoted: Sequence[str], recorded: Sequence[str]) -> tuple[int, int]:
    """The range of recorded words around the place that is most like the quotation."""
    from rapidfuzz import fuzz

    most = 3 * len(quoted) + 4 * AROUND
    if len(recorded) <= most:
        return 0, len(recorded)
    place = fuzz.partial_ratio_alignment(" ".join(quoted), " ".join(recorded))
    if place is None:
        return 0, most
    ends = []
    position = 0
    for word in recorded:
        position += len(word) + 1
        ends.append(position)
    first = next(k for k, end in enumerate(ends) if end > place.dest_start)
    last = next((k for k, end in enumerate(ends) if end >= place.dest_end), len(recorded) - 1)
    margin = len(quoted) + AROUND
    return max(0, first - margin), min(len(recorded), last + 1 + margin)


def _aligned(
    quoted: Sequence[str], recorded: Sequence[str], gaps: frozenset[int]
) -> list[tuple[int | None, int | None]] | None:
    rows, columns = len(quoted) + 1, len(recorded) + 1
    score = [[0.0] * columns for _ in range(rows)]
    for i in range(1, rows):
        score[i][0] = i * SKIP
        skip = FREE if i in gaps else SKIP
        above, row = score[i - 1], score[i]
        for j in range(1, columns):
            fit = SAME if quoted[i - 1] == recorded[j - 1] else OTHER
            row[j] = max(above[j - 1] + fit, above[j] + SKIP, row[j - 1] + skip)
    j = max(range(columns), key=lambda k: (score[-1][k], -k))
    i = rows - 1
    pairs: list[tuple[int | None, int | None]] = []
    while i > 0:
        fit = SAME if j and quoted[i - 1] == recorded[j - 1] else OTHER
        if j and score[i][j] == score[i - 1][j - 1] + fit:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif score[i][j] == score[i - 1][j] + SKIP or not j:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    pairs.reverse()
    both = [
        k for k, (a, b) in enumerate(pairs) if a is not None and b is not None and quoted[a] == recorded[b]
    ]
    return pairs if both else None
