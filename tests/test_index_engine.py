"""The engine in a folder keeps the promises of every engine, in each of its layouts."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from archives import DIMENSION, ENCODER, archived, entry
from engine_contract import EngineContract, Make

from verify.index import dense
from verify.index.fingerprint import fingerprint_of
from verify.index.layout import Layout
from verify.index.local import LocalEngine, create_index
from verify.index.protocols import ArchiveEntry, Filter
from verify.index.snapshot import fused, stored_lists
from verify.models.protocols import Matrix


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    """Threads of FAISS's wait busily for each other: side by side with other tests, for most of the time."""
    faiss.omp_set_num_threads(1)


class TestFlat(EngineContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        return lambda made_by: create_index(tmp_path / "index", made_by)


class TestListed(TestFlat):
    """The same with inverted lists, which a small archive only has if they are asked for."""

    @pytest.fixture(params=[Layout.SQ8, Layout.RABITQ])
    def make(self, tmp_path: Path, request: pytest.FixtureRequest) -> Make:
        return lambda made_by: create_index(tmp_path / "index", made_by, request.param)

    def test_has_lists(self, engine: LocalEngine) -> None:
        assert engine.snapshot().dense.lists is not None


def clustered(rows: int, *, seed: int) -> Matrix:
    """Unit vectors around a few centres, as those of sentences are."""
    numbers = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((40, DIMENSION))
    vectors = centres[numbers.integers(0, 40, rows)] + 0.5 * numbers.standard_normal((rows, DIMENSION))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def made_of(vectors: Matrix, first: int = 0) -> list[ArchiveEntry]:
    """A document of one passage for each vector."""
    found = []
    for row, vector in enumerate(vectors, start=first):
        document = archived(f"d{row}", f"Item {row} was filed.", publisher="even" if row % 2 == 0 else "odd")
        found.append(ArchiveEntry(document, "en", (document.blocks[0].span,), vector[None]))
    return found


@pytest.fixture(params=[Layout.FLAT, Layout.SQ8, Layout.RABITQ])
def filled(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalEngine:
    """800 vectors, of which lists, where there are any, cover the first 600."""
    monkeypatch.setattr(dense, "TAIL", 300)
    monkeypatch.setattr(dense, "FLAT_BELOW", 50)
    engine = create_index(tmp_path / "index", fingerprint_of(ENCODER), request.param)
    with engine.writer() as writer:
        writer.add(made_of(clustered(600, seed=1)))
        writer.settle()
        writer.add(made_of(clustered(200, seed=2), first=600))
        writer.settle()
    return engine


def recalled(engine: LocalEngine, allowed: set[int], where: Filter) -> float:
    """Share of the exactly nearest 10 among the allowed documents that are found, over 50 queries."""
    vectors = np.concatenate([clustered(600, seed=1), clustered(200, seed=2)])
    queries = clustered(50, seed=3)
    rows = np.array(sorted(allowed))
    snapshot = engine.snapshot()
    hits = 0
    for query, matches in zip(queries, snapshot.search([""] * 50, queries, k=10, where=where), strict=True):
        exact = {f"d{row}" for row in rows[np.argsort(-(vectors[rows] @ query))[:10]]}
        hits += len(exact & {match.passage.document for match in matches})
        assert {int(match.passage.document[1:]) for match in matches} <= allowed
        cosines = [vectors[int(match.passage.document[1:])] @ query for match in matches]
        np.testing.assert_allclose([match.cosine for match in matches], cosines, atol=2e-3)
    return hits / 500


def test_nearly_all_of_the_nearest_are_found(filled: LocalEngine) -> None:
    assert recalled(filled, set(range(800)), Filter()) >= 0.98


def test_a_filter_costs_no_recall(filled: LocalEngine) -> None:
    odd = set(range(1, 800, 2))
    assert recalled(filled, odd, Filter(publishers=frozenset({"odd"}))) >= 0.98


def test_nor_does_removing(filled: LocalEngine) -> None:
    with filled.writer() as writer:
        writer.remove([f"d{row}" for row in range(0, 800, 4)])
    left = {row for row in range(800) if row % 4}
    assert recalled(filled, left, Filter()) >= 0.98
    with filled.writer() as writer:
        writer.compact()
    assert recalled(filled, left, Filter()) >= 0.98


def test_a_long_tail_is_taken_into_the_lists(filled: LocalEngine) -> None:
    with filled.writer() as writer:
        before = stored_lists(writer.connection)
        writer.add(made_of(clustered(200, seed=4), first=800))
        writer.settle()
        after = stored_lists(writer.connection)
    if before is None or after is None:
        assert before == after
        return
    assert (before.rows, after.rows, after.trained) == (600, 1000, before.trained)
    assert len(list(filled.folder.glob("lists-*"))) == 1


def test_lists_come_with_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "FLAT_BELOW", 500)
    engine = create_index(tmp_path / "index", fingerprint_of(ENCODER))
    with engine.writer() as writer:
        writer.add(made_of(clustered(400, seed=1)))
        writer.settle()
        assert stored_lists(writer.connection) is None
        writer.add(made_of(clustered(200, seed=2), first=400))
        writer.settle()
        lists = stored_lists(writer.connection)
        assert lists is not None
        assert (lists.layout, lists.rows) == (Layout.RABITQ, 600)


def test_rankings_are_fused_by_rank() -> None:
    a, b = np.array([5, 7, 9]), np.array([7, 11])
    assert fused([a, b]).tolist() == [7, 5, 11, 9]
    assert fused([a, np.zeros(0, np.int64)]).tolist() == [5, 7, 9]


def test_rare_words_find_what_vectors_would_not(tmp_path: Path) -> None:
    """A name that the encoder knows nothing of: its vector says nothing, its letters do."""
    engine = create_index(tmp_path / "index", fingerprint_of(ENCODER))
    entries = [
        entry(archived(f"d{i}", f"The council met for the {i}. time and rose again.")) for i in range(80)
    ]
    statement = "A lawyer for Zoë Kovačević would not comment."
    with engine.writer() as writer:
        writer.add([*entries, entry(archived("named", statement))])
    (matches,) = engine.snapshot().search(["KOVACEVIC"], -ENCODER.encode([statement]), k=2)
    assert "named" in {match.passage.document for match in matches}
