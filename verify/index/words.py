"""Candidates by their words: SQLite's full-text index, asked for the rare ones among a query's words."""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass, field

import numpy as np

from verify.index.dense import Mask
from verify.index.origin import words_of
from verify.index.vectors import Rows
from verify.language.english import COMMON

MOST_WORDS = 12
"""Words of a query that are asked for."""

MOST_PASSAGES = 2_000
"""Passages that the words of a query stand in, about; the commonest words are left out until this holds."""

TELLING, FEW, MANY = 0.05, 20, 10_000
"""Share of the passages beyond which a word tells nothing, but no fewer than FEW and no more than MANY."""

VOCABULARY = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'row')"


@dataclass(frozen=True, slots=True)
class Words:
    """The full-text index, and how many passages hold the words that were asked for so far."""

    connection: sqlite3.Connection
    most: int
    """Passages beyond which a word tells nothing."""

    counts: dict[str, int] = field(default_factory=dict)

    def search(self, query: str, *, k: int, allowed: Mask | None) -> Rows:
        """The rows of the `k` passages that fit best by BM25, best first; none where no word is known."""
        words = self._rarest(query)
        if not words:
            return np.zeros(0, np.int64)
        match = " OR ".join(f'"{word}"' for word in words)
        found = self.connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (match, MOST_PASSAGES)
        )
        rows = np.array([row for (row,) in found], np.int64)
        return (rows if allowed is None else rows[allowed[rows]])[:k]

    def _rarest(self, query: str) -> list[str]:
        """The rarest words of the query that any passage holds, up to the limits."""
        known = [
            (count, word)
            for word in _distinct(query)
            if word not in COMMON and 0 < (count := self._count(word)) <= self.most
        ]
        chosen: list[str] = []
        passages = 0
        for count, word in sorted(known)[:MOST_WORDS]:
            passages += count
            if chosen and passages > MOST_PASSAGES:
                break
            chosen.append(word)
        return chosen

    def _count(self, word: str) -> int:
        if word not in self.counts:
            row = self.connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
            self.counts[word] = row[0] if row else 0
        return self.counts[word]


def open_words(connection: sqlite3.Connection, *, passages: int) -> Words:
    """The full-text index, over so many passages, of the database that `connection` reads."""
    connection.execute(VOCABULARY)
    return Words(connection, min(max(FEW, round(TELLING * passages)), MANY))


def _distinct(query: str) -> list[str]:
    """The words as FTS5's tokenizer writes them: lower case, without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", query) if not unicodedata.combining(c))
    return list(dict.fromkeys(words_of(bare)))
