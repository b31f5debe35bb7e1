"""The file of vectors: rows of half-precision numbers, appended to and otherwise never changed.

The database says how many of its rows count. What a killed writer left behind them is cut off by the next.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verify.errors import ArchiveError
from verify.models.protocols import Matrix

STORED = np.dtype("<f2")
"""Half precision: at half the size it moves a cosine by less than 0.001."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The first rows of the file, mapped into memory; shape (rows, dimension)."""

    mapped: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.mapped)

    def take(self, rows: Rows) -> Matrix:
        """The vectors of these rows."""
        return self.mapped[rows].astype(np.float32)

    def between(self, first: int, end: int) -> Matrix:
        """The vectors of the rows from `first` to before `end`."""
        return self.mapped[first:end].astype(np.float32)


def vectors_file(folder: Path, generation: int) -> Path:
    """Where the vectors of this generation lie; made of a number alone, so that it can't lead elsewhere."""
    return folder / f"vectors-{int(generation)}.f16"


def open_vectors(file: Path, *, rows: int, dimension: int) -> Vectors:
    """Map the first `rows` of the file. Raises FileNotFoundError, and ArchiveError where it is shorter."""
    with open(file, "rb", opener=open_own) as handle:
        size, wanted = os.fstat(handle.fileno()).st_size, rows * dimension * STORED.itemsize
        if rows < 0 or dimension < 1 or size < wanted:
            problem = f"{file.name} is cut short ({size:,} bytes of {wanted:,})"
            raise ArchiveError(str(file.parent), problem, "repair it with `verify index check --repair`")
        if not rows:
            return Vectors(np.zeros((0, dimension), STORED))
        return Vectors(np.memmap(handle, dtype=STORED, mode="r", shape=(rows, dimension)))


def append(file: Path, vectors: Matrix, *, rows: int) -> str:
    """Write `vectors` behind the first `rows` of the file, down to the disk; returns their SHA-256."""
    dimension = vectors.shape[1]
    stored = np.ascontiguousarray(vectors, dtype=STORED).tobytes()
    with open(file, "r+b", opener=open_own) as handle:
        end = rows * dimension * STORED.itemsize
        if handle.seek(0, os.SEEK_END) < end:
            problem = f"{file.name} is cut short"
            raise ArchiveError(str(file.parent), problem, "repair it with `verify index check --repair`")
        handle.truncate(end)
        handle.seek(end)
        handle.write(stored)
        handle.flush()
        os.fsync(handle.fileno())
    return hashlib.sha256(stored).hexdigest()


def create_file(file: Path) -> None:
    """Make the file, empty, or empty it: what a killed writer left there never counted."""
    with open(file, "wb", opener=open_own) as handle:
        os.fsync(handle.fileno())


def open_own(path: str, flags: int) -> int:
    """An opener that takes no links and nothing but regular files: an index from elsewhere can't lead out."""
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o666)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path} is no regular file")
    return handle


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` down to the disk, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
