"""What goes wrong with files, said in one line with its remedy."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import ArchiveError, DamagedError

FULL = ("can't be written: the disk is full", "make room; what was in it is still there")
DENIED = (
    "may not be written to or isn't readable",
    "change its permissions, or copy it to a folder of yours",
)
FAILING = (
    "can't be read or written",
    "see whether the disk is full or failing; what was in it is still there",
)
DAMAGED = ("is damaged", "see what `verify index check` says, or remove it and build it anew")
BUSY = ("is in use by another process for too long", "try again when that is done")

BY_CODE = {
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": FAILING,
    "SQLITE_READONLY": DENIED,
    "SQLITE_CANTOPEN": DENIED,
    "SQLITE_PERM": DENIED,
    "SQLITE_AUTH": DENIED,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
}
"""By the name that SQLite gives an error, https://www.sqlite.org/rescode.html, or its beginning."""

BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EIO: FAILING,
    errno.EDQUOT: FULL,
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EROFS: DENIED,
}


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into an ArchiveError for the index in `folder`."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        known = next((words for code, words in BY_CODE.items() if name.startswith(code)), None)
        problem, remedy = known or (f"can't be used ({error})", "see what `verify index check` says")
        raise (DamagedError if known is DAMAGED else ArchiveError)(str(folder), problem, remedy) from error
    except OSError as error:
        known = BY_ERRNO.get(error.errno or 0)
        problem, remedy = known or (f"can't be used ({error.strerror or error})", "check the folder")
        raise ArchiveError(str(folder), problem, remedy) from error


@contextmanager
def understood(folder: Path) -> Iterator[None]:
    """Turn what comes of rows that verify didn't write into an ArchiveError."""
    try:
        yield
    except (ValueError, LookupError, TypeError) as error:
        raise DamagedError(str(folder), *DAMAGED) from error
