"""The seam behind which an archive stands; checking a draft sees nothing else of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from verify.types import Passage, Searched


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages may be found; None leaves a side open. `until` is the last day, itself included."""

    since: date | None = None
    until: date | None = None
    publishers: frozenset[str] | None = None
    languages: frozenset[str] | None = None


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found, with the cosine of its vector and the query's, in -1..1."""

    passage: Passage
    cosine: float


class Archive(Protocol):
    """A consistent snapshot of an archive, open for reading."""

    @property
    def searched(self) -> Searched:
        """What there is to search."""
        ...

    def search(
        self, queries: Sequence[str], *, k: int, where: Filter = EVERYTHING
    ) -> tuple[tuple[Match, ...], ...]:
        """Per query its `k` best passages, by meaning and by words, the best first."""
        ...

    def text(self, document: str) -> str:
        """The whole text of the archived document with this id; raises KeyError."""
        ...
