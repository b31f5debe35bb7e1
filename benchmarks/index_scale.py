"""An index at 10 thousand, 100 thousand and a million passages: recall, time, disk and memory.

    python benchmarks/index_scale.py [--sizes 10000,100000,1000000] [--layouts auto,sq8]
    python benchmarks/index_scale.py --sentences FILE...   # the same on real sentences, one a line

The vectors are synthetic, of a fixed seed: topics, events in them, and passages around those, so that the
nearest ones are nearly equally near, as in a news archive. Words are drawn by Zipf's law. Documents hold
20 passages. All goes through the engine as `verify index` uses it. Recall is against all vectors in full
precision. Opening and searching are measured in a process of their own, on two threads.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from verify.evaluate.machine import machine
from verify.files import write_text
from verify.index.layout import Layout
from verify.index.local import LocalEngine, create_index
from verify.index.protocols import ArchiveEntry, Fingerprint
from verify.models.protocols import Matrix
from verify.types import Block, Document, Role, Span

RESULTS = Path(__file__).resolve().parent / "results" / "index-scale.json"
SEED, DIMENSION, QUERIES, K = 7, 384, 500, 10
TOPICS, EVENTS, VOCABULARY = 200, 10_000, 50_000
PER_DOCUMENT, BATCH = 20, 2_000
THREADS = 2


def main(
    sizes: Annotated[str, typer.Option()] = "10000,100000,1000000",
    layouts: Annotated[str, typer.Option()] = "auto",
    sentences: Annotated[list[Path] | None, typer.Option()] = None,
    output: Annotated[Path, typer.Option()] = RESULTS,
    scratch: Annotated[Path | None, typer.Option(help="A folder on the disk to measure.")] = None,
) -> None:
    """Measure and write the results, after each size."""
    rows = []
    for size in map(int, sizes.split(",")) if sentences is None else [0]:
        texts, vectors, queries = _synthetic(size) if sentences is None else _real(sentences)
        for layout in layouts.split(","):
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                rows.append(_measured(Path(folder, "index"), Layout(layout), texts, vectors, queries))
            print(json.dumps(rows[-1], indent=1), flush=True)
            write_text(output, json.dumps({"machine": machine(), "runs": rows}, indent=1) + "\n")


def search(folder: Path, queries: Path) -> None:
    """In a process of its own: open the index and search it; writes what it took as JSON."""
    import faiss

    faiss.omp_set_num_threads(THREADS)
    asked = json.loads(queries.read_text(encoding="utf-8"))
    vectors = np.load(queries.with_suffix(".npy"), allow_pickle=False)
    start = time.perf_counter()
    snapshot = LocalEngine(folder).snapshot()
    opened = time.perf_counter() - start
    found, dense, whole = [], [], []
    for text, vector in zip(asked, vectors, strict=True):
        start = time.perf_counter()
        ((rows, _),) = snapshot.dense.search(vector[None], k=K, allowed=None)
        dense.append(time.perf_counter() - start)
        found.append(rows.tolist())
        start = time.perf_counter()
        snapshot.search([text], vector[None], k=K)
        whole.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "found": found,
                "open_seconds": round(opened, 3),
                "dense_ms": _milliseconds(dense),
                "search_ms": _milliseconds(whole),
                "peak_megabytes": _peak(),
            }
        )
    )


def _measured(
    folder: Path, layout: Layout, texts: list[str], vectors: Matrix, queries: tuple[list[str], Matrix]
) -> dict[str, object]:
    start = time.perf_counter()
    engine = create_index(
        folder, Fingerprint("synthetic", np.eye(2, vectors.shape[1], dtype=np.float32)), layout
    )
    with engine.writer() as writer:
        for batch in _batches(texts, vectors):
            writer.add(batch)
        added = time.perf_counter() - start
        writer.settle()
    settled = time.perf_counter() - start - added
    asked = folder.with_suffix(".json")
    asked.write_text(json.dumps(queries[0]), encoding="utf-8")
    np.save(folder.with_suffix(".npy"), queries[1])
    command = [sys.executable, __file__, "--search", str(folder), str(asked)]
    environment = os.environ | {"OMP_NUM_THREADS": str(THREADS)}
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    figures = json.loads(run.stdout)
    hits = [
        len(set(a) & set(b)) for a, b in zip(figures.pop("found"), _exact(vectors, queries[1]), strict=True)
    ]
    return {
        "passages": len(vectors),
        "layout": layout.value,
        "recall_at_10": round(sum(hits) / (K * len(hits)), 4),
        **figures,
        "add_seconds": round(added, 1),
        "settle_seconds": round(settled, 1),
        "megabytes": {file.name: round(file.stat().st_size / 1e6, 1) for file in sorted(folder.iterdir())},
        "load_average": round(os.getloadavg()[0], 1),
    }


def _synthetic(size: int) -> tuple[list[str], Matrix, tuple[list[str], Matrix]]:
    """Texts and unit vectors of `size` passages, and those of the queries."""
    numbers = np.random.default_rng(SEED)
    topics = numbers.standard_normal((TOPICS, DIMENSION), dtype=np.float32)
    events = topics[numbers.integers(0, TOPICS, EVENTS)]
    events += 0.7 * numbers.standard_normal(events.shape, dtype=np.float32)

    def drawn(count: int) -> Matrix:
        rows = events[numbers.integers(0, EVENTS, count)]
        rows += 0.7 * numbers.standard_normal(rows.shape, dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def worded(count: int, words: int) -> list[str]:
        ranks = np.minimum(numbers.zipf(1.2, (count, words)), VOCABULARY)
        return [" ".join(f"w{rank}" for rank in row) for row in ranks]

    return worded(size, 25), drawn(size), (worded(QUERIES, 12), drawn(QUERIES))


def _real(files: list[Path]) -> tuple[list[str], Matrix, tuple[list[str], Matrix]]:
    """The sentences in these files, without repetitions, and their vectors; some kept apart to ask with."""
    from verify.models.encoder import load_encoder

    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = sorted(dict.fromkeys(lines))
    np.random.default_rng(SEED).shuffle(texts)
    encoder = load_encoder()
    parts = [encoder.encode(texts[first : first + BATCH]) for first in range(0, len(texts), BATCH)]
    vectors = np.concatenate(parts)
    return texts[QUERIES:], vectors[QUERIES:], (texts[:QUERIES], vectors[:QUERIES])


def _batches(texts: list[str], vectors: Matrix) -> Iterator[list[ArchiveEntry]]:
    entries = []
    for first in range(0, len(texts), PER_DOCUMENT):
        entries.append(
            _entry(first, texts[first : first + PER_DOCUMENT], vectors[first : first + PER_DOCUMENT])
        )
        if len(entries) * PER_DOCUMENT >= BATCH:
            yield entries
            entries = []
    yield entries


def _entry(number: int, texts: list[str], vectors: Matrix) -> ArchiveEntry:
    spans = []
    place = 0
    for text in texts:
        spans.append(Span(place, place + len(text)))
        place += len(text) + 1
    blocks = tuple(Block(Role.PARAGRAPH, span) for span in spans)
    id = f"d{number}"
    document = Document(id, id, "\n".join(texts), id, None, None, None, blocks)
    return ArchiveEntry(document, "en", tuple(spans), vectors)


def _exact(vectors: Matrix, queries: Matrix) -> NDArray[np.int64]:
    """The rows of the K nearest vectors of each query, by comparing all."""
    import faiss

    _, rows = faiss.knn(queries, vectors, K, metric=faiss.METRIC_INNER_PRODUCT)
    return np.asarray(rows, np.int64)


def _peak() -> int:
    """The peak resident set in MB, mapped files included; `getrusage` would give that of the parent too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _milliseconds(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(1000 * s for s in seconds)
    return {
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(0.95 * len(ordered))], 2),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--search"]:
        search(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        typer.run(main)
