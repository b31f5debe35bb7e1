"""Computed values in one SQLite file that any number of processes may use at once.

Never an error: what is wrong with the file costs time, and a line of warning. Its values are bytes with a
checksum, and nothing in it is ever run (diskcache, which comes first to mind, unpickles what it finds).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from verify.sqlite import transaction

FILE = "cache-1.db"
"""The number is that of the format: versions of the program that keep another one don't meet in it."""

APPLICATION = 0x76726663
"""SQLite's `application_id`: "vrfc"."""

SCHEMA = f"""
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA application_id = {APPLICATION};
CREATE TABLE entry (
    kind TEXT NOT NULL,
    key BLOB NOT NULL,
    value BLOB NOT NULL,        -- its checksum, then itself
    used INTEGER NOT NULL,      -- seconds since 1970
    PRIMARY KEY (kind, key)
);
CREATE INDEX entry_used ON entry (used);
"""

WAIT = 5.0
"""Seconds to wait for another process: longer than any of our transactions, shorter than computing anew."""

STALE = 600
"""Seconds after which a value that is read is marked as used again; not each time, for that writes."""

ROOM = 0.9
"""Share of the limit that is left filled when old values are dropped."""

LARGEST_SHARE = 0.1
"""Share of the limit beyond which a single value isn't kept."""

MOST_TROUBLE = 3
"""Times that a damaged file is replaced before the cache is left alone."""

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

Key = bytes
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """How many values of a kind are kept, and their bytes."""

    kind: str
    values: int
    size: int


@dataclass(frozen=True, slots=True)
class Info:
    """The store's file, its size in bytes and its limit, and what is in it by kind."""

    file: Path
    size: int
    limit: int
    kept: tuple[Kept, ...]


class _ForeignError(Exception):
    """The file is a database, and not one of ours."""


class Store:
    """Values by kind and key. Those used longest ago are dropped when all take more than `limit` bytes.

    It opens its file at the first use, for the one thread that it is made in. `warn` is told in a line
    what is wrong with the file.
    """

    def __init__(
        self,
        folder: Path,
        *,
        limit: int,
        warn: Callable[[str], object],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = folder
        self.file = folder / FILE
        self.limit = limit
        self._warn = warn
        self._clock = clock
        self._connection: sqlite3.Connection | None = None
        self._trouble = 0
        self._off = False

    def get(self, kind: str, keys: Sequence[Key]) -> dict[Key, bytes]:
        """Those of `keys` that are there, with their values."""
        return self._attempt(lambda connection: self._get(connection, kind, keys), {})

    def put(self, kind: str, values: Mapping[Key, bytes]) -> None:
        """Keep `values`, as far as there is room."""
        fitting = {k: v for k, v in values.items() if len(v) <= LARGEST_SHARE * self.limit}
        if fitting:
            self._attempt(lambda connection: self._put(connection, kind, fitting), None)

    def info(self) -> Info:
        """What is in it; nothing where it can't be read."""
        return self._attempt(self._info, Info(self.file, 0, self.limit, ()))

    def prune(self, limit: int) -> None:
        """Drop what was used longest ago until the rest takes at most `limit` bytes; give back the room."""
        self._attempt(lambda connection: _prune(connection, limit), None)

    def clear(self) -> None:
        """Drop everything."""
        self._attempt(_clear, None)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _get(self, connection: sqlite3.Connection, kind: str, keys: Sequence[Key]) -> dict[Key, bytes]:
        now = int(self._clock())
        found: dict[Key, bytes] = {}
        stale: list[Key] = []
        for key in dict.fromkeys(keys):
            row = connection.execute(
                "SELECT value, used FROM entry WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
            value = _opened(row[0]) if row is not None else None
            if value is not None:
                found[key] = value
                if row[1] < now - STALE:
                    stale.append(key)
        if stale:
            with transaction(connection):
                connection.executemany(
                    "UPDATE entry SET used = ? WHERE kind = ? AND key = ?",
                    [(now, kind, key) for key in stale],
                )
        return found

    def _put(self, connection: sqlite3.Connection, kind: str, values: Mapping[Key, bytes]) -> None:
        now = int(self._clock())
        with transaction(connection):
            connection.executemany(
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)",
                [(kind, key, _sealed(value), now) for key, value in values.items()],
            )
        if _size(connection) > self.limit:
            _prune(connection, int(ROOM * self.limit))

    def _info(self, connection: sqlite3.Connection) -> Info:
        rows = connection.execute(
            "SELECT kind, count(*), total(length(value)) FROM entry GROUP BY kind ORDER BY kind"
        )
        kept = tuple(Kept(kind, values, int(size)) for kind, values, size in rows)
        return Info(self.file, _size(connection), self.limit, kept)

    def _attempt(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `action` gives, or `otherwise` where the file won't have it."""
        if self._off:
            return otherwise
        try:
            if self._connection is None:
                self._connection = self._open()
            return action(self._connection)
        except (sqlite3.Error, OSError, Timeout, _ForeignError) as error:
            self._mend(error)
            return otherwise

    def _open(self) -> sqlite3.Connection:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.file.exists():
            with self._lock():
                if not self.file.exists():
                    _create(self.file)
        connection = sqlite3.connect(self.file, isolation_level=None, timeout=WAIT)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA synchronous = NORMAL")
            _require_ours(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _lock(self) -> FileLock:
        return FileLock(self.folder / f"{FILE}.lock", timeout=WAIT)

    def _mend(self, error: Exception) -> None:
        """Set a damaged file aside; leave the cache alone where nothing can be done."""
        self.close()
        code = getattr(error, "sqlite_errorcode", None)
        primary = code & 0xFF if code is not None else None
        if primary in BUSY or isinstance(error, Timeout):
            return  # another process is at it: this once, compute
        self._trouble += 1
        if (primary in DAMAGED or isinstance(error, _ForeignError)) and self._trouble <= MOST_TROUBLE:
            with suppress(OSError, Timeout):
                self._set_aside()
                return
        self._off = True
        self._warn(f"cache {self.file}: can't be used ({error}); going on without it")

    def _set_aside(self) -> None:
        aside = self.file.with_name(f"{FILE}.damaged")
        with self._lock():
            if _sound(self.file):
                return  # another process has replaced it already
            os.replace(self.file, aside)
            for suffix in ("-wal", "-shm"):
                self.file.with_name(FILE + suffix).unlink(missing_ok=True)
        self._warn(f"cache {self.file}: is damaged and was set aside as {aside.name}; a new one is begun")


def _create(file: Path) -> None:
    """Make an empty store aside and put it in its place, so that no other process meets half of it."""
    aside = file.with_name(f"{FILE}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(aside, isolation_level=None)
        connection.executescript(SCHEMA)
        connection.close()
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)


def _require_ours(connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION:
        raise _ForeignError("it isn't verify's")


def _sound(file: Path) -> bool:
    """Whether the database in `file` is one of ours and whole."""
    try:
        connection = sqlite3.connect(file, timeout=WAIT)
        try:
            _require_ours(connection)
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    except (sqlite3.Error, _ForeignError):
        return False
    return bool(verdict == "ok")


def _size(connection: sqlite3.Connection) -> int:
    """Bytes of the pages in use."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _prune(connection: sqlite3.Connection, limit: int) -> None:
    """Drop a twentieth at a time, the longest unused first, until at most `limit` bytes are in use."""
    with transaction(connection):
        while _size(connection) > limit:
            (values,) = connection.execute("SELECT count(*) FROM entry").fetchone()
            if not values:
                break
            connection.execute(
                "DELETE FROM entry WHERE rowid IN (SELECT rowid FROM entry ORDER BY used, rowid LIMIT ?)",
                (max(1, values // 20),),
            )
    _give_back(connection)


def _clear(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        connection.execute("DELETE FROM entry")
    _give_back(connection)


def _give_back(connection: sqlite3.Connection) -> None:
    """Let the file shrink to the pages in use."""
    # `execute` takes the first step of this statement alone, which frees a single page.
    connection.executescript("PRAGMA incremental_vacuum")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


CHECKSUM = 8


def _sealed(value: bytes) -> bytes:
    return blake2b(value, digest_size=CHECKSUM).digest() + value


def _opened(sealed: object) -> bytes | None:
    """The value, or None where its checksum is another: SQLite doesn't see a flipped bit."""
    if not isinstance(sealed, bytes):
        return None
    value = sealed[CHECKSUM:]
    return value if blake2b(value, digest_size=CHECKSUM).digest() == sealed[:CHECKSUM] else None
