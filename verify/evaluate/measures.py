"""What the measures are made of: counts and shares that add up, and what contents have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

from verify.types import Span


@dataclass(frozen=True, slots=True)
class Count:
    """Right answers, answers given and answers wanted; adds up over documents."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Count) -> Count:
        """The counts of both together."""
        return Count(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of given answers that are right, in 0..1; 0 where none is given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of wanted answers that are given, in 0..1; 0 where none is wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in 0..1."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number of cases; adds up over stories."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        """The shares of both together."""
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def rate(self) -> float:
        """The part of the whole, in 0..1; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0


Summed = TypeVar("Summed", Count, Share, int)


def added(one: Mapping[str, Summed], other: Mapping[str, Summed], nothing: Summed) -> dict[str, Summed]:
    """The sums by name; `nothing` stands for what only one of them has."""
    return {name: one.get(name, nothing) + other.get(name, nothing) for name in {**one, **other}}


def in_common(given: Set[object], wanted: Set[object]) -> Count:
    """The count of answers of which those are right that are wanted."""
    return Count(len(given & wanted), len(given), len(wanted))


def characters(spans: Iterable[Span]) -> frozenset[int]:
    """The places of all characters in `spans`."""
    return frozenset(i for start, end in spans for i in range(start, end))


INSIDE = 0.8
"""Share of the shorter of two contents from which it lies in the other."""


def one_content(a: frozenset[int], b: frozenset[int], alike: float) -> bool:
    """Whether two contents, by their characters, are one: a share of `alike` is common, or one is inside."""
    shared = len(a & b)
    return bool(shared) and (shared / len(a | b) >= alike or shared / min(len(a), len(b)) >= INSIDE)
