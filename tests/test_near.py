from __future__ import annotations

from random import Random

from verify.attribution.near import near
from verify.types import Span


def test_finds_what_a_look_at_each_finds() -> None:
    random = Random(7)

    def some() -> list[Span]:
        starts = [random.randrange(60) for _ in range(random.randrange(4))]
        return [Span(start, start + random.randrange(1, 12)) for start in starts]

    held = [some() for _ in range(40)]
    index = near(held)
    for asked in (some() for _ in range(40)):
        alike = [i for i, own in enumerate(held) if any(a.overlaps(b) for a in own for b in asked)]
        assert index.to(asked) == alike


def test_of_nothing_nothing_is_near() -> None:
    assert near([]).to([Span(0, 5)]) == []
    assert near([[], [Span(3, 4)]]).to([]) == []
