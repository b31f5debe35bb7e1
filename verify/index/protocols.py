"""The seams of the archive: what a check sees of it, and what keeps it.

A check sees an `Archive`. Behind that stands an `Engine`, which keeps documents with their passages and
vectors, and hands out a `Snapshot` to read and a `Writer` to change it. The engine here is the folder of
`local.py`; `tests/engine_contract.py` says what the next one has to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from verify.models.protocols import Matrix
from verify.types import Document, Passage, Searched, Span


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages may be found; None leaves a side open. `until` is the last day, itself included.

    A document without a date isn't found from `since` or up to `until`.
    """

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

    def document(self, id: str) -> Document:
        """The archived document with this id as it was loaded, its blocks included; raises KeyError."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells one encoder from another: its name, and the unit vectors that it gives to fixed sentences.

    `probe` has the shape (sentences, dimension).
    """

    encoder: str
    probe: Matrix


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A document to put into an archive, under `document.id`; row i of `vectors` is that of `passages[i]`."""

    document: Document
    language: str
    passages: tuple[Span, ...]
    vectors: Matrix


class Snapshot(Protocol):
    """One state of what an engine keeps; it stays as it is, whatever a writer does meanwhile."""

    @property
    def fingerprint(self) -> Fingerprint:
        """The encoder that made its vectors."""
        ...

    @property
    def searched(self) -> Searched:
        """What there is to search."""
        ...

    def known(self) -> Mapping[str, str]:
        """The SHA-256 of every document's file, by id."""
        ...

    def document(self, id: str) -> Document:
        """The document with this id; raises KeyError."""
        ...

    def search(
        self, queries: Sequence[str], vectors: Matrix, *, k: int, where: Filter = EVERYTHING
    ) -> tuple[tuple[Match, ...], ...]:
        """Per query, whose unit vector is in the same row of `vectors`, its `k` best passages."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Writer(Protocol):
    """The one that may change what an engine keeps. Each call is done wholly or not at all."""

    def add(self, entries: Sequence[ArchiveEntry]) -> None:
        """Put documents in; one whose id is known takes the place of the older one."""
        ...

    def remove(self, ids: Sequence[str]) -> int:
        """Take documents out, with all their passages; returns how many were there."""
        ...

    def settle(self) -> None:
        """Bring what was added since into the form that is searched fastest."""
        ...

    def compact(self) -> None:
        """Give back the room of what was removed."""
        ...


class Engine(Protocol):
    """What keeps an archive: one writer at a time, and any number of readers."""

    def snapshot(self) -> Snapshot:
        """The latest state, to be closed in the end. Raises ArchiveError."""
        ...

    def writer(self) -> AbstractContextManager[Writer]:
        """The right to change it. Raises ArchiveError where another has it."""
        ...
