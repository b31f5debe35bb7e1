"""Which of a document's many stretches share a character with one of them, without asking each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from verify.types import Span


@dataclass(frozen=True, slots=True)
class Near:
    """Spans in the order of their starts, each with whose it is.

    `reach[i]` is how far the first i + 1 of them reach: it grows with i, so both ends of what may overlap are
    found by bisection.
    """

    spans: Sequence[Span]
    owners: Sequence[int]
    reach: Sequence[int]

    def to(self, spans: Iterable[Span]) -> list[int]:
        """The indices of those that share a character with one of `spans`, in their order."""
        return sorted({owner for span in spans for owner in self._sharing(span)})

    def _sharing(self, span: Span) -> list[int]:
        first = bisect_right(self.reach, span.start)
        last = bisect_left(self.spans, span.end, key=lambda s: s.start)
        return [self.owners[i] for i in range(first, last) if self.spans[i].overlaps(span)]


def near(held: Iterable[Iterable[Span]]) -> Near:
    """An index of things by the spans of each."""
    places = sorted((span, owner) for owner, spans in enumerate(held) for span in spans)
    spans = [span for span, _ in places]
    return Near(spans, [owner for _, owner in places], [*accumulate((s.end for s in spans), max)])
