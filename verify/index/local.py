"""An index in a folder: a database, a file of vectors, inverted lists, a lock.

    archive.db       documents, passages, full-text index; its last commit is the state of the index
    vectors-N.f16    a row per passage
    lists-N.faiss    from some size on
    lock             held by the one writer

A change writes vectors and lists first, down to the disk, and then commits the database, which names them:
that commit is the one moment at which the index goes from the old state to the new. Readers hold a
transaction of the database, and the files that it named when they began. What a killed writer left behind
is named by nothing, and the next writer removes it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verify.errors import ArchiveError
from verify.index import database
from verify.index.dense import CHUNK, Lists, renewed
from verify.index.layout import Layout
from verify.index.origin import LEAST_SHARED, copy_words, same_copy, sketch
from verify.index.protocols import ArchiveEntry, Fingerprint
from verify.index.records import COLUMNS, DOCUMENT, to_document, to_row
from verify.index.snapshot import LocalSnapshot, open_snapshot, stored_lists
from verify.index.trouble import explained, understood
from verify.index.vectors import Vectors, append, create_file, open_vectors, sync_folder, vectors_file
from verify.models.protocols import Matrix
from verify.sqlite import transaction
from verify.types import Document

LOCK = "lock"
NUMBERED = re.compile(r"(?:vectors|lists)-(\d+)\.(?:f16|faiss)")
CANDIDATES = 20
"""Documents with the most shingles in common that a new one is compared with."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """An `Engine` that keeps its index in `folder`."""

    folder: Path

    def snapshot(self) -> LocalSnapshot:
        """The latest state, to be closed in the end. Raises ArchiveError."""
        _refuse_missing(self.folder)
        return open_snapshot(self.folder)

    @contextmanager
    def writer(self) -> Iterator[LocalWriter]:
        """The right to change it. Raises ArchiveError where another has it."""
        from filelock import FileLock, Timeout

        _refuse_missing(self.folder)
        lock = FileLock(self.folder / LOCK)
        with explained(self.folder):
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                raise ArchiveError(
                    str(self.folder), "is being changed by another process", "wait until that is done"
                ) from error
        try:
            with explained(self.folder):
                writer = LocalWriter(self.folder, database.open_to_write(self.folder))
            try:
                with explained(self.folder), understood(self.folder):
                    writer.sweep()
                yield writer
            finally:
                writer.close()
        finally:
            lock.release()


def create_index(folder: Path, made_by: Fingerprint, layout: Layout = Layout.AUTO) -> LocalEngine:
    """Make an empty index for the vectors of one encoder. Raises ArchiveError where something is there."""
    if is_index(folder):
        raise ArchiveError(str(folder), "is there already", "name a folder that isn't there yet")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problem = "is no index, but " + ("a folder with other files" if folder.is_dir() else "a file")
        raise ArchiveError(str(folder), problem, "name an index, or a folder that isn't there yet")
    with explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}."))
        try:
            connection = database.create(aside)
            connection.execute(
                "INSERT INTO archive (encoder, probe, dimension, layout, generation, vectors, rows)"
                " VALUES (?, ?, ?, ?, 0, 0, 0)",
                (
                    made_by.encoder,
                    made_by.probe.astype(np.float32).tobytes(),
                    made_by.probe.shape[1],
                    layout.value,
                ),
            )
            connection.close()
            create_file(vectors_file(aside, 0))
            aside.chmod(0o755)
            sync_folder(aside)
            os.replace(aside, folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return LocalEngine(folder)


def is_index(folder: Path) -> bool:
    """Whether there is an index in `folder`, be it damaged."""
    return (folder / database.FILE).is_file()


@dataclass(frozen=True, slots=True)
class LocalWriter:
    """The one `Writer` of the index in `folder`; each call is one commit."""

    folder: Path
    connection: sqlite3.Connection

    def add(self, entries: Sequence[ArchiveEntry]) -> None:
        """Put documents in; one whose id is known takes the place of the older one."""
        if not entries:
            return
        with explained(self.folder), transaction(self.connection):
            dimension, rows = self.get("dimension"), self.get("rows")
            vectors = np.concatenate([entry.vectors for entry in entries])
            _refuse_misfit(self.folder, entries, vectors, dimension)
            self._remove([entry.document.id for entry in entries])
            if len(vectors):
                digest = append(vectors_file(self.folder, self.get("vectors")), vectors, rows=rows)
                self.connection.execute("INSERT INTO batch VALUES (?, ?, ?)", (rows, len(vectors), digest))
            for entry in entries:
                self._insert(entry, rows)
                rows += len(entry.passages)
            self.connection.execute("UPDATE archive SET rows = ?", (rows,))

    def remove(self, ids: Sequence[str]) -> int:
        """Take documents out, with all their passages; returns how many were there."""
        with explained(self.folder), transaction(self.connection):
            return self._remove(ids)

    def choose(self, layout: Layout) -> None:
        """Have vectors searched in this layout from the next `settle` on."""
        with explained(self.folder), transaction(self.connection):
            self.connection.execute("UPDATE archive SET layout = ?", (layout.value,))

    def settle(self) -> None:
        """Lay out lists over the vectors, or extend them, as their number asks for."""
        with explained(self.folder), transaction(self.connection):
            self._renew_lists(self._vectors(), stored_lists(self.connection))
        self.sweep()

    def compact(self) -> None:
        """Give back the room of what was removed: number the passages anew, and write their files anew."""
        with explained(self.folder):
            with transaction(self.connection):
                if self._removed():
                    self._renumber()
            self.sweep()
            self.connection.execute("VACUUM")
            database.fold(self.connection)

    def sweep(self) -> None:
        """Remove the files that the database doesn't name, as far as the system lets them go."""
        lists = stored_lists(self.connection)
        named = {self.get("vectors"), *([] if lists is None else [lists.generation])}
        for file in self.folder.iterdir():
            match = NUMBERED.fullmatch(file.name)
            if match and int(match[1]) not in named:
                with suppress(OSError):
                    file.unlink()

    def close(self) -> None:
        """Bring the database into one file, if no reader needs the other, and let go of it."""
        with suppress(sqlite3.Error):
            database.fold(self.connection)
        self.connection.close()

    def get(self, column: str) -> int:
        """A number in the one row of the table `archive`."""
        return int(self.connection.execute(f"SELECT {column} FROM archive").fetchone()[0])

    def _next_number(self) -> int:
        """A number that no file has had."""
        self.connection.execute("UPDATE archive SET generation = generation + 1")
        return self.get("generation")

    def _vectors(self) -> Vectors:
        file = vectors_file(self.folder, self.get("vectors"))
        return open_vectors(file, rows=self.get("rows"), dimension=self.get("dimension"))

    def _removed(self) -> int:
        """How many rows are those of passages that aren't there any more."""
        (there,) = self.connection.execute("SELECT count(*) FROM passage").fetchone()
        return self.get("rows") - int(there)

    def _insert(self, entry: ArchiveEntry, first: int) -> None:
        """Put one document in, whose vectors are in the rows from `first` on."""
        *row, text, layout = to_row(entry.document)
        names = (*COLUMNS, "language", "origin", "first", "passages")
        key = self.connection.execute(
            f"INSERT INTO document ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            (*row, entry.language, 0, first, len(entry.passages)),
        ).lastrowid
        assert key is not None
        self.connection.execute("INSERT INTO body VALUES (?, ?, ?)", (key, text, layout))
        self.connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?)",
            ((first + i, key, start, end - start) for i, (start, end) in enumerate(entry.passages)),
        )
        self.connection.execute(
            "INSERT INTO words (rowid, text) SELECT row, text FROM passage_text WHERE row >= ?", (first,)
        )
        self._link_copies(key, entry.document)
        self._set_origin(key)

    def _link_copies(self, key: int, document: Document) -> None:
        """Note which documents carry the same copy as the new one."""
        words = copy_words(document)
        shingles = sketch(words)
        candidates = self.connection.execute(
            """SELECT document, id, count(*) AS shared FROM shingle JOIN document ON key = document
            WHERE hash IN (SELECT value FROM json_each(?))
            GROUP BY document HAVING shared >= ? ORDER BY shared DESC LIMIT ?""",
            (str(sorted(shingles)), LEAST_SHARED, CANDIDATES),
        ).fetchall()
        for other, id, _ in candidates:
            if same_copy(document, self._document(id), words):
                self.connection.executemany("INSERT INTO copy VALUES (?, ?)", [(key, other), (other, key)])
        self.connection.executemany("INSERT INTO shingle VALUES (?, ?)", ((s, key) for s in shingles))

    def _document(self, id: str) -> Document:
        with understood(self.folder):
            return to_document(self.connection.execute(DOCUMENT, (id,)).fetchone())

    def _set_origin(self, key: int) -> None:
        """Give all documents that carry the same copy one origin among them."""
        same = self.connection.execute(
            """WITH RECURSIVE same (key) AS (
                SELECT ? UNION SELECT other FROM copy JOIN same ON copy.document = same.key
            ) SELECT key, id, published FROM same JOIN document USING (key)
            ORDER BY published IS NULL, published, key""",
            (key,),
        ).fetchall()
        earliest = [(member, id) for member, id, published in same if published == same[0][2]]
        origin = earliest[0][0] if len(earliest) == 1 else self._longest(earliest)
        self.connection.executemany(
            "UPDATE document SET origin = ? WHERE key = ?", ((origin, member) for member, _, _ in same)
        )

    def _longest(self, documents: Sequence[tuple[int, str]]) -> int:
        """The key of the one with most copy, of equals the first: papers cut what an agency sends."""
        return max(documents, key=lambda one: len(copy_words(self._document(one[1]))))[0]

    def _remove(self, ids: Sequence[str]) -> int:
        removed = 0
        for id in dict.fromkeys(ids):
            found = self.connection.execute(
                "SELECT key, first, passages FROM document WHERE id = ?", (id,)
            ).fetchone()
            if found is None:
                continue
            key, first, passages = found
            self.connection.execute(
                "INSERT INTO words (words, rowid, text)"
                " SELECT 'delete', row, text FROM passage_text WHERE row >= ? AND row < ?",
                (first, first + passages),
            )
            self.connection.execute(
                "DELETE FROM passage WHERE row >= ? AND row < ?", (first, first + passages)
            )
            shingles = sketch(copy_words(self._document(id)))
            self.connection.executemany(
                "DELETE FROM shingle WHERE hash = ? AND document = ?", ((s, key) for s in shingles)
            )
            others = self.connection.execute("SELECT other FROM copy WHERE document = ?", (key,)).fetchall()
            self.connection.execute("DELETE FROM copy WHERE document = ? OR other = ?", (key, key))
            self.connection.execute("DELETE FROM body WHERE document = ?", (key,))
            self.connection.execute("DELETE FROM document WHERE key = ?", (key,))
            for (other,) in others:
                self._set_origin(other)
            removed += 1
        return removed

    def _renew_lists(self, vectors: Vectors, old: Lists | None) -> None:
        """Have the database name the lists that these vectors should have."""
        (layout,) = self.connection.execute("SELECT layout FROM archive").fetchone()
        lists = renewed(self.folder, vectors, Layout(layout), old, self.get("generation") + 1)
        if lists == old:
            return
        self._next_number()
        sync_folder(self.folder)
        self.connection.execute("DELETE FROM lists")
        if lists is not None:
            self.connection.execute(
                "INSERT INTO lists VALUES (?, ?, ?, ?, ?)",
                (lists.generation, lists.layout.value, lists.rows, lists.trained, lists.sha256),
            )

    def _renumber(self) -> None:
        """Give the passages consecutive rows, in their order, and write their vectors to a new file."""
        old = self._vectors()
        number, dimension = self._next_number(), self.get("dimension")
        kept = np.array(
            [row for (row,) in self.connection.execute("SELECT row FROM passage ORDER BY row")], np.int64
        )
        file = vectors_file(self.folder, number)
        create_file(file)
        self.connection.execute("DELETE FROM batch")
        for first in range(0, len(kept), CHUNK):
            part = kept[first : first + CHUNK]
            digest = append(file, old.take(part), rows=first)
            self.connection.execute("INSERT INTO batch VALUES (?, ?, ?)", (first, len(part), digest))
        sync_folder(self.folder)
        firsts = self.connection.execute("SELECT first, key FROM document").fetchall()
        self.connection.executemany(
            "UPDATE document SET first = ? WHERE key = ?",
            ((int(np.searchsorted(kept, first)), key) for first, key in firsts),
        )
        self.connection.execute(
            "CREATE TEMP TABLE kept AS SELECT row_number() OVER (ORDER BY row) - 1, document, start, length"
            " FROM passage"
        )
        self.connection.execute("DELETE FROM passage")
        self.connection.execute("INSERT INTO passage SELECT * FROM kept")
        self.connection.execute("DROP TABLE kept")
        self.connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        self.connection.execute("UPDATE archive SET vectors = ?, rows = ?", (number, len(kept)))
        self._renew_lists(open_vectors(file, rows=len(kept), dimension=dimension), None)


def _refuse_missing(folder: Path) -> None:
    if not is_index(folder):
        problem = "is no index" if folder.exists() else "isn't there"
        raise ArchiveError(str(folder), problem, "make one with `verify index build FOLDER --index PATH`")


def _refuse_misfit(folder: Path, entries: Sequence[ArchiveEntry], vectors: Matrix, dimension: int) -> None:
    """Raise ArchiveError for vectors that aren't the encoder's, ValueError for entries that make no sense."""
    if any(len(entry.passages) != len(entry.vectors) for entry in entries):
        raise ValueError("an entry has another number of vectors than of passages")
    if len({entry.document.id for entry in entries}) < len(entries):
        raise ValueError("two entries have one id")
    if vectors.shape[1] != dimension or not np.isfinite(vectors).all():
        problem = (
            f"its encoder gives vectors of length {dimension}, not {vectors.shape[1]}, all of them numbers"
        )
        raise ArchiveError(str(folder), problem, "use the encoder that it was built with")
