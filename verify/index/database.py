"""The SQLite file of an index, which alone says what is in it; the files beside it follow.

It is in WAL mode, so that a reader's transaction stays on the state that it began with while a writer
commits others. What SQLite is given from outside, it is given as parameters.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from verify.errors import ArchiveError

FILE = "archive.db"
APPLICATION = 0x76726679
"""SQLite's `application_id`: "vrfy"."""

VERSION = 1
"""SQLite's `user_version`: the format of the index."""

WAIT = 30.0
"""Seconds to wait for SQLite's own short locks."""

SCHEMA = """
CREATE TABLE archive (      -- one row
    encoder TEXT NOT NULL,
    probe BLOB NOT NULL,        -- float32 vectors of verify.index.fingerprint.PROBES, one after the other
    dimension INTEGER NOT NULL,
    layout TEXT NOT NULL,       -- a verify.index.dense.Layout
    generation INTEGER NOT NULL,  -- the last number that was given to a file
    vectors INTEGER NOT NULL,   -- the number of the file of vectors
    rows INTEGER NOT NULL       -- vectors in it, those of removed passages included
);
CREATE TABLE lists (        -- one row, or none: the inverted lists over the first vectors
    generation INTEGER NOT NULL,  -- the number of their file
    layout TEXT NOT NULL,
    rows INTEGER NOT NULL,
    trained INTEGER NOT NULL,   -- rows when they were laid out
    sha256 TEXT NOT NULL
);
CREATE TABLE batch (        -- vectors that were written together
    first INTEGER PRIMARY KEY,
    rows INTEGER NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE TABLE document (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT,
    published TEXT,
    byline TEXT,
    publisher TEXT,
    url TEXT,
    speaker TEXT,
    language TEXT NOT NULL,
    origin INTEGER NOT NULL,    -- key of the earliest document with the same copy
    first INTEGER NOT NULL,     -- its passages are the rows from `first` on
    passages INTEGER NOT NULL
);
CREATE TABLE body (         -- apart, so that what goes through all documents needn't read it
    document INTEGER PRIMARY KEY REFERENCES document (key),
    text TEXT NOT NULL,
    layout TEXT NOT NULL        -- JSON: the document's blocks, and what is in none of them
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY,    -- of its vector in the file, and in `words`
    document INTEGER NOT NULL REFERENCES document (key),
    start INTEGER NOT NULL,     -- code points into the document's text
    length INTEGER NOT NULL
);
CREATE VIEW passage_text AS
    SELECT row, substr(text, start + 1, length) AS text
    FROM passage JOIN body USING (document);
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'passage_text', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE shingle (      -- verify.index.origin.sketch, to find the documents with the same copy
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document (key),
    PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE TABLE copy (         -- pairs of documents with the same copy, both ways round
    document INTEGER NOT NULL REFERENCES document (key),
    other INTEGER NOT NULL REFERENCES document (key),
    PRIMARY KEY (document, other)
) WITHOUT ROWID;
"""


def create(folder: Path) -> sqlite3.Connection:
    """A new, empty database in `folder`, open for writing."""
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.executescript(SCHEMA)
    _guard(connection)
    return connection


def open_to_write(folder: Path) -> sqlite3.Connection:
    """The database in `folder`, for the one writer. Raises ArchiveError, sqlite3.Error."""
    connection = sqlite3.connect(_uri(folder, "mode=rw"), uri=True, isolation_level=None, timeout=WAIT)
    return _checked(connection, folder)


def open_to_read(folder: Path) -> sqlite3.Connection:
    """The database in `folder`, on the state that it has now. Raises ArchiveError, sqlite3.Error."""
    settings = "mode=ro"
    if not os.access(folder, os.W_OK) and not _pending(folder):
        settings += "&immutable=1"  # SQLite would want to make its shared memory next to the file
    connection = sqlite3.connect(_uri(folder, settings), uri=True, isolation_level=None, timeout=WAIT)
    connection = _checked(connection, folder)
    connection.execute("BEGIN")
    connection.execute("SELECT rows FROM archive").fetchone()  # the first read fixes the state
    return connection


def fold(connection: sqlite3.Connection) -> None:
    """Bring the commits that wait beside the database into it, unless readers still need it as it was."""
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    connection.execute(f"PRAGMA busy_timeout = {round(1000 * WAIT)}")


def _checked(connection: sqlite3.Connection, folder: Path) -> sqlite3.Connection:
    """The connection, if what it leads to is an index of this format, with nothing in it that could act."""
    try:
        _guard(connection)
        _refuse_foreign(connection, folder)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_foreign(connection: sqlite3.Connection, folder: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise ArchiveError(str(folder), f"{FILE} isn't an index of verify's", "name another folder")
    if version != VERSION:
        problem = f"is in format {version}, and this version of verify reads {VERSION}"
        raise ArchiveError(str(folder), problem, "build it anew with `verify index build`")
    expected = sqlite3.connect(":memory:")
    expected.executescript(SCHEMA)
    same = _objects(connection) == _objects(expected)
    expected.close()
    if not same:
        problem = f"{FILE} holds tables that verify didn't make"
        raise ArchiveError(str(folder), problem, "build it anew with `verify index build`")


def _guard(connection: sqlite3.Connection) -> None:
    """See that a file from elsewhere can't have SQLite run anything, and that a commit is on the disk."""
    for setting in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {setting}")


def _objects(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    """All that the schema holds, but the text of FTS5's own tables, which changes with SQLite's version."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return {(kind, name, None if name.startswith("words_") else sql) for kind, name, sql in rows}


def _uri(folder: Path, settings: str) -> str:
    return f"file:{quote(str((folder / FILE).absolute()))}?{settings}"


def _pending(folder: Path) -> bool:
    """Whether commits wait beside the database to be brought into it."""
    log = folder / f"{FILE}-wal"
    return log.exists() and log.stat().st_size > 0
