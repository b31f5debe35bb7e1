"""Reading an index: one state of it, searched by meaning and by words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from verify.errors import ArchiveError
from verify.index.database import open_to_read
from verify.index.dense import Dense, Lists, Mask, open_dense
from verify.index.layout import Layout
from verify.index.protocols import EVERYTHING, Filter, Fingerprint, Match
from verify.index.records import DOCUMENT, PASSAGE, to_document, to_passage
from verify.index.trouble import DAMAGED, explained, understood
from verify.index.vectors import Rows, open_vectors, vectors_file
from verify.index.words import Words, open_words
from verify.models.protocols import Matrix
from verify.types import Document, Searched

FUSED = 50
"""Best passages of either list that are fused."""

DAMPING = 60
"""Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet", SIGIR 2009."""

TRIES = 10
"""Times that files may be replaced between reading their names and opening them."""


@dataclass(frozen=True, slots=True)
class LocalSnapshot:
    """A `Snapshot` of the index in `folder`; its connection holds the transaction that keeps it as it is."""

    folder: Path
    connection: sqlite3.Connection
    fingerprint: Fingerprint
    searched: Searched
    dense: Dense
    words: Words
    masks: dict[Filter, Mask | None] = field(default_factory=dict)

    def known(self) -> Mapping[str, str]:
        """The SHA-256 of every document's file, by id."""
        with explained(self.folder):
            return dict(self.connection.execute("SELECT id, sha256 FROM document"))

    def document(self, id: str) -> Document:
        """The document with this id; raises KeyError."""
        with explained(self.folder):
            row = self.connection.execute(DOCUMENT, (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        with understood(self.folder):
            return to_document(row)

    def search(
        self, queries: Sequence[str], vectors: Matrix, *, k: int, where: Filter = EVERYTHING
    ) -> tuple[tuple[Match, ...], ...]:
        """Per query, whose unit vector is in the same row of `vectors`, its `k` best passages."""
        depth = max(k, FUSED)
        with explained(self.folder), understood(self.folder):
            allowed = self._allowed(where)
            nearest = self.dense.search(vectors, k=depth, allowed=allowed)
            return tuple(
                self._matches(fused([rows, self.words.search(query, k=depth, allowed=allowed)])[:k], vector)
                for query, vector, (rows, _) in zip(queries, vectors, nearest, strict=True)
            )

    def counts(self, column: Literal["publisher", "language"]) -> Mapping[str, int]:
        """How many documents there are by publisher or language, most first; those without one left out."""
        return dict(
            self.connection.execute(
                f"SELECT {column}, count(*) AS n FROM document WHERE {column} IS NOT NULL"
                f" GROUP BY {column} ORDER BY n DESC, {column}"
            )
        )

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()

    def _matches(self, rows: Rows, vector: Matrix) -> tuple[Match, ...]:
        cosines = self.dense.cosines(vector, rows)
        found = (self.connection.execute(PASSAGE, (int(row),)).fetchone() for row in rows)
        return tuple(
            Match(to_passage(passage), float(cosine)) for passage, cosine in zip(found, cosines, strict=True)
        )

    def _allowed(self, where: Filter) -> Mask | None:
        """Which rows may be found: those of documents that are there and fit; None where all may."""
        if where not in self.masks:
            conditions, parameters = _conditions(where)
            ranges = self.connection.execute(
                f"SELECT first, passages FROM document WHERE passages > 0 AND {conditions}", parameters
            ).fetchall()
            mask = _mask(ranges, len(self.dense.vectors))
            self.masks[where] = None if mask.all() else mask
        return self.masks[where]


def open_snapshot(folder: Path) -> LocalSnapshot:
    """The latest state of the index in `folder`. Raises ArchiveError.

    The files that the database names may be gone again before they are opened: then there is a newer state.
    """
    for attempt in range(TRIES):
        with explained(folder):
            connection = open_to_read(folder)
            try:
                with understood(folder):
                    return _snapshot(folder, connection)
            except FileNotFoundError as error:
                connection.close()
                if attempt + 1 == TRIES:
                    raise ArchiveError(
                        str(folder), f"{Path(error.filename).name} is missing", DAMAGED[1]
                    ) from error
            except BaseException:
                connection.close()
                raise
    raise AssertionError("unreachable")


def fused(rankings: Iterable[Rows]) -> Rows:
    """One ranking of several: by the sum of 1 / (DAMPING + rank), of equals the older row first."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[int(row)] = scores.get(int(row), 0.0) + 1 / (DAMPING + rank)
    return np.array(sorted(scores, key=lambda row: (-scores[row], row)), np.int64)


def _snapshot(folder: Path, connection: sqlite3.Connection) -> LocalSnapshot:
    encoder, probe, dimension, number, rows = connection.execute(
        "SELECT encoder, probe, dimension, vectors, rows FROM archive"
    ).fetchone()
    documents, passages = connection.execute("SELECT count(*), total(passages) FROM document").fetchone()
    vectors = open_vectors(vectors_file(folder, number), rows=rows, dimension=dimension)
    return LocalSnapshot(
        folder=folder,
        connection=connection,
        fingerprint=Fingerprint(encoder, np.frombuffer(probe, np.float32).reshape(-1, dimension)),
        searched=Searched(str(folder), documents, int(passages)),
        dense=open_dense(folder, vectors, stored_lists(connection)),
        words=open_words(connection, passages=int(passages)),
    )


def stored_lists(connection: sqlite3.Connection) -> Lists | None:
    """The inverted lists that the database names."""
    row = connection.execute("SELECT generation, layout, rows, trained, sha256 FROM lists").fetchone()
    return None if row is None else Lists(row[0], Layout(row[1]), *row[2:])


def _conditions(where: Filter) -> tuple[str, list[str]]:
    """The SQL for a filter, and its parameters."""
    conditions, parameters = ["TRUE"], []
    if where.since is not None:
        conditions.append("published >= ?")
        parameters.append(where.since.isoformat())
    if where.until is not None:
        conditions.append("published <= ?")
        parameters.append(where.until.isoformat())
    for column, values in (("publisher", where.publishers), ("language", where.languages)):
        if values is not None:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(sorted(values)))
    return " AND ".join(conditions), parameters


def _mask(ranges: Sequence[tuple[int, int]], rows: int) -> Mask:
    """True in the disjoint ranges, each given by its first row and its length."""
    steps = np.zeros(rows + 1, np.int8)
    bounds = np.array(ranges, np.int64).reshape(-1, 2)
    steps[bounds[:, 0]] += 1
    steps[bounds.sum(axis=1)] -= 1
    return np.cumsum(steps[:-1], dtype=np.int8).astype(bool)
