"""Nearest vectors by FAISS: all of them up to a size, beyond it inverted lists of compressed ones.

The lists give candidates, whose cosines are then computed from the vectors themselves. Codes are RaBitQ's, a
bit a dimension (Gao and Long, "RaBitQ", SIGMOD 2024), or SQ8's, a byte a dimension.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verify.errors import ArchiveError
from verify.index.layout import Layout
from verify.index.vectors import Rows, Vectors, open_own
from verify.models.protocols import Matrix

if TYPE_CHECKING:
    from faiss import Index, IndexIVF, SearchParameters

FLAT_BELOW = 50_000
"""Vectors up to which comparing all of them is as fast as anything."""

TAIL = 10_000
"""Vectors behind the lists from which the lists are extended."""

REGROWN = 4
"""Growth from which lists are laid out anew: their centres no longer fit."""

TRAINED_PER_LIST = 64
"""Vectors per list that its centre is found from."""

RERANKED = 200
"""Candidates whose cosines are computed."""

PROBED = 48
"""Lists that a search looks through."""

CHUNK = 65_536
"""Vectors that are held in full precision at a time."""

SEED = 7
Mask = NDArray[np.bool_]


SPECIFICATION = {Layout.SQ8: "IVF{lists},SQ8", Layout.RABITQ: "IVF{lists},RaBitQ"}
"""FAISS's names, https://github.com/facebookresearch/faiss/wiki/The-index-factory."""


def layout_for(wanted: Layout, rows: int) -> Layout:
    """The layout of an index of this size: AUTO is FLAT up to FLAT_BELOW and RABITQ from there on."""
    if wanted is not Layout.AUTO:
        return wanted
    return Layout.FLAT if rows < FLAT_BELOW else Layout.RABITQ


@dataclass(frozen=True, slots=True)
class Lists:
    """Inverted lists over the first `rows`, as the database knows them; laid out at `trained` rows."""

    generation: int
    layout: Layout
    rows: int
    trained: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dense:
    """What answers for nearest vectors: lists over the first rows, and whole vectors from row `first` on."""

    vectors: Vectors
    lists: Index | None
    tail: Index
    first: int

    def search(self, queries: Matrix, *, k: int, allowed: Mask | None) -> list[tuple[Rows, Matrix]]:
        """Per query the rows of its `k` nearest vectors among the `allowed`, and their cosines, best first.

        `allowed` has a place per row; None allows all. Exact in the tail, and where few are allowed.
        """
        if self.lists is not None and allowed is not None and allowed.sum() <= FLAT_BELOW:
            rows = np.flatnonzero(allowed)
            cosines = queries @ self.vectors.take(rows).T
            return [_best(rows, row, k) for row in cosines]
        behind = None if allowed is None else allowed[self.first :]
        found = [self.first + rows for rows in _nearest(self.tail, queries, k, behind)]
        if self.lists is not None:
            before = None if allowed is None else allowed[: self.first]
            candidates = _nearest(self.lists, queries, max(k, RERANKED), before)
            found = [np.concatenate(both) for both in zip(candidates, found, strict=True)]
        return [_best(rows, self.cosines(query, rows), k) for query, rows in zip(queries, found, strict=True)]

    def cosines(self, query: Matrix, rows: Rows) -> Matrix:
        """The cosines of the unit vector `query` and the vectors of `rows`, shape (len(rows),)."""
        return self.vectors.take(rows) @ query


def open_dense(folder: Path, vectors: Vectors, lists: Lists | None) -> Dense:
    """Make the vectors searchable, by `lists` as far as these go. Raises ArchiveError, FileNotFoundError."""
    import faiss

    index = None if lists is None else read_lists(folder, lists, vectors.mapped.shape[1])
    first = 0 if lists is None else lists.rows
    tail = faiss.IndexFlatIP(vectors.mapped.shape[1])
    for start in range(first, len(vectors), CHUNK):
        tail.add(vectors.between(start, min(start + CHUNK, len(vectors))))
    return Dense(vectors, index, tail, first)


def renewed(
    folder: Path, vectors: Vectors, wanted: Layout, old: Lists | None, generation: int
) -> Lists | None:
    """The lists that these vectors should have: `old`, those extended, new ones, or none.

    New ones are written to a file of this `generation`, down to the disk.
    """
    layout = layout_for(wanted, len(vectors))
    if layout is Layout.FLAT or not len(vectors):
        return None
    fits = old is not None and old.layout is layout and len(vectors) < REGROWN * old.trained
    if old is not None and fits and len(vectors) - old.rows < TAIL:
        return old
    if old is not None and fits:
        index, start, trained = read_lists(folder, old, vectors.mapped.shape[1]), old.rows, old.trained
    else:
        index, start, trained = _laid_out(layout, vectors), 0, len(vectors)
    for first in range(start, len(vectors), CHUNK):
        index.add(vectors.between(first, min(first + CHUNK, len(vectors))))
    digest = _write(lists_file(folder, generation), index)
    return Lists(generation, layout, len(vectors), trained, digest)


def lists_file(folder: Path, generation: int) -> Path:
    """Where the lists of this generation lie; made of a number alone, so that it can't lead elsewhere."""
    return folder / f"lists-{int(generation)}.faiss"


def read_lists(folder: Path, lists: Lists, dimension: int) -> Index:
    """Read the lists, of which nothing is interpreted before their checksum is known to be right.

    Raises FileNotFoundError, and ArchiveError where they aren't those that the database tells of.
    """
    import faiss

    file = lists_file(folder, lists.generation)
    remedy = "repair it with `verify index check --repair`"
    with open(file, "rb", opener=open_own) as handle:
        if hashlib.file_digest(handle, "sha256").hexdigest() != lists.sha256:
            raise ArchiveError(str(folder), f"{file.name} is damaged (its checksum is wrong)", remedy)
        handle.seek(0)
        try:
            index = faiss.read_index(faiss.PyCallbackIOReader(handle.read))  # type: ignore[attr-defined]
        except RuntimeError as error:
            raise ArchiveError(str(folder), f"{file.name} isn't an index of FAISS's", remedy) from error
    if not isinstance(index, faiss.IndexIVF) or (index.d, index.ntotal) != (dimension, lists.rows):
        raise ArchiveError(str(folder), f"{file.name} is for other vectors", remedy)
    index.nprobe = min(PROBED, index.nlist)
    return index


def _laid_out(layout: Layout, vectors: Vectors) -> IndexIVF:
    """Empty lists, their centres those of a sample of the vectors."""
    import faiss

    count = 2 ** max(round(np.log2(4 * np.sqrt(len(vectors)))), 0)
    count = min(count, len(vectors))
    dimension = vectors.mapped.shape[1]
    index = faiss.index_factory(
        dimension, SPECIFICATION[layout].format(lists=count), faiss.METRIC_INNER_PRODUCT
    )
    assert isinstance(index, faiss.IndexIVF)
    index.cp.seed, index.cp.min_points_per_centroid = SEED, 1
    size = min(len(vectors), TRAINED_PER_LIST * count)
    sample = np.random.default_rng(SEED).choice(len(vectors), size, replace=False)
    index.train(vectors.take(np.sort(sample)))
    return index


def _write(file: Path, index: Index) -> str:
    import faiss

    with open(file, "w+b", opener=open_own) as handle:
        faiss.write_index(index, faiss.PyCallbackIOWriter(handle.write))  # type: ignore[attr-defined]
        handle.flush()
        os.fsync(handle.fileno())
        handle.seek(0)
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _nearest(index: Index, queries: Matrix, k: int, allowed: Mask | None) -> list[Rows]:
    """Per query the ids that FAISS finds, fewer than `k` where there aren't as many."""
    import faiss

    if not index.ntotal or not len(queries):
        return [np.zeros(0, np.int64) for _ in queries]
    parameters = None
    if allowed is not None:
        parameters = _parameters(index)
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        parameters.sel = selector  # FAISS borrows it, and its bits: both live until it has searched
    _, ids = index.search(np.ascontiguousarray(queries), min(k, index.ntotal), params=parameters)
    return [row[row >= 0] for row in ids]


def _parameters(index: Index) -> SearchParameters:
    """The settings of a search in this kind of index."""
    import faiss

    if not isinstance(index, faiss.IndexIVF):
        return faiss.SearchParameters()
    rabitq = isinstance(index, faiss.IndexIVFRaBitQ)
    parameters = faiss.IVFRaBitQSearchParameters() if rabitq else faiss.SearchParametersIVF()
    parameters.nprobe = index.nprobe
    return parameters


def _best(rows: Rows, cosines: Matrix, k: int) -> tuple[Rows, Matrix]:
    """The `k` rows with the highest cosines; of equals the older one first."""
    order = np.lexsort((rows, -cosines))[:k]
    return rows[order], cosines[order]
