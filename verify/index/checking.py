"""Whether an index is whole, and what can be done where it isn't.

The database must be sound by SQLite's own check, and agree with itself, with the full-text index, and with
the checksums of vectors and lists. Lists and full-text index can be made anew from the rest. Documents whose
vectors are lost are taken out and named, to be added again. A damaged database can't be mended.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from verify.errors import ArchiveError, DamagedError
from verify.index.database import FILE
from verify.index.dense import read_lists
from verify.index.local import LocalEngine, LocalWriter
from verify.index.snapshot import stored_lists
from verify.index.trouble import explained, understood
from verify.index.vectors import STORED, open_own, vectors_file
from verify.sqlite import transaction

MISFITS = """
    SELECT id FROM document WHERE
        passages <> (
            SELECT count(*) FROM passage JOIN body USING (document)
            WHERE row >= first AND row < first + passages AND passage.document = key
                AND start >= 0 AND length > 0 AND start + length <= length(text)
        )
        OR first + passages > (SELECT rows FROM archive)
        OR origin NOT IN (SELECT key FROM document)
    ORDER BY id
"""
STRAYS = """
    SELECT (SELECT count(*) FROM passage) - (SELECT total(passages) FROM document)
"""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong, and the ids of the documents that it costs where it is repaired."""

    what: str
    documents: tuple[str, ...] = ()
    repairable: bool = True


def check_index(folder: Path, *, repair: bool = False) -> tuple[Damage, ...]:
    """What is wrong with the index in `folder`, which no writer may have open; () where it is whole.

    With `repair` whatever can be is made good, by steps each of which leaves an index that opens or is as it
    was. Raises ArchiveError where it can't be opened to write, or isn't an index.
    """
    try:
        with LocalEngine(folder).writer() as writer, explained(folder), understood(folder):
            found = tuple(_damages(writer))
            if repair and found and all(damage.repairable for damage in found):
                _repair(writer, [id for damage in found for id in damage.documents])
            return found
    except DamagedError as error:  # so badly that it doesn't even open to be looked at
        return (Damage(f"{FILE} is damaged: {error.__cause__}", repairable=False),)


def _damages(writer: LocalWriter) -> Iterator[Damage]:
    connection = writer.connection
    said = [line for (line,) in connection.execute("PRAGMA integrity_check (10)")]
    if said != ["ok"]:
        yield Damage(f"{FILE} is damaged: {' '.join(said[0].split())}", repairable=False)
        return
    misfits = [id for (id,) in connection.execute(MISFITS)]
    if misfits:
        yield Damage(f"documents that don't agree with their passages: {len(misfits)}", tuple(misfits))
    if connection.execute(STRAYS).fetchone()[0] and not misfits:
        yield Damage("there are passages of no document", repairable=False)
    try:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        yield Damage("the full-text index doesn't agree with the passages")
    yield from _damaged_vectors(writer)
    lists = stored_lists(connection)
    if lists is not None:
        try:
            read_lists(writer.folder, lists, writer.get("dimension"))
        except (ArchiveError, OSError):
            yield Damage("the lists over the vectors are missing or damaged")


def _damaged_vectors(writer: LocalWriter) -> Iterator[Damage]:
    """Batches of vectors that aren't as they were written, with the documents that are in them."""
    file = vectors_file(writer.folder, writer.get("vectors"))
    width = writer.get("dimension") * STORED.itemsize
    batches = writer.connection.execute("SELECT first, rows, sha256 FROM batch ORDER BY first").fetchall()
    damaged = []
    try:
        with open(file, "rb", opener=open_own) as handle:
            for first, rows, sha256 in batches:
                handle.seek(first * width)
                if hashlib.sha256(handle.read(rows * width)).hexdigest() != sha256:
                    damaged.append((first, rows))
    except OSError:
        damaged = [(first, rows) for first, rows, _ in batches]
    ids = [id for first, rows in damaged for id in _documents_in(writer.connection, first, rows)]
    if damaged:
        yield Damage(f"vectors are missing or damaged, those of {len(ids)} documents", tuple(ids))


def _documents_in(connection: sqlite3.Connection, first: int, rows: int) -> list[str]:
    found = connection.execute(
        "SELECT id FROM document WHERE passages > 0 AND first < ? AND first + passages > ? ORDER BY first",
        (first + rows, first),
    )
    return [id for (id,) in found]


def _repair(writer: LocalWriter, ids: Sequence[str]) -> None:
    with transaction(writer.connection):
        writer.connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        writer.connection.execute("DELETE FROM lists")
    writer.remove(ids)
    _make_long_enough(vectors_file(writer.folder, writer.get("vectors")), writer)
    writer.compact()
    writer.settle()


def _make_long_enough(file: Path, writer: LocalWriter) -> None:
    """Fill up a file of vectors that was cut short; what is missing belonged to documents just removed."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o666))
    with open(file, "r+b", opener=open_own) as handle:
        size = writer.get("rows") * writer.get("dimension") * STORED.itemsize
        if handle.seek(0, os.SEEK_END) < size:
            handle.truncate(size)
