"""Writers of an index killed at random moments: what is left is the state before or the one after.

    python benchmarks/index_kills.py [--kills 200]

Each writer adds documents, removes some, or compacts, in a process that gets SIGKILL after a random part of
the time that it takes. Then the index is opened and checked (checksums, full-text index, SQLite's own check),
and its documents have to be those of before or those of after, with the same passages found. POSIX only.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from verify.files import write_text
from verify.index.checking import check_index
from verify.index.layout import Layout
from verify.index.local import LocalEngine, LocalWriter, create_index
from verify.index.protocols import ArchiveEntry, Fingerprint
from verify.load import document_of
from verify.types import Role

RESULTS = Path(__file__).resolve().parent / "results" / "index-kills.json"
DIMENSION, DOCUMENTS, CHANGED, SEED = 32, 200, 60, 7
PROBE = np.eye(2, DIMENSION, dtype=np.float32)
WORDS = "bridge river minister toll lorry rescuer police court bank fire mine port vote strike storm".split()

State = tuple[dict[str, str], list[str]]
"""The documents of an index by id, and the passages that a search finds."""


def main(
    kills: Annotated[int, typer.Option(min=3)] = 200, output: Annotated[Path, typer.Option()] = RESULTS
) -> None:
    """Kill, check and write the results; exit status 1 where an index was left in neither state."""
    numbers = random.Random(SEED)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for name, change in CHANGES.items():
            before = _base(Path(scratch, name), removed=name == "compact")
            after = Path(scratch, f"{name}-after")
            shutil.copytree(before, after)
            seconds = _timed(after, change)
            states = _state(before), _state(after)
            killed = 0
            while killed < kills // len(CHANGES):
                folder = Path(scratch, "killed")
                shutil.copytree(before, folder)
                if _kill(folder, change, after=numbers.uniform(0, seconds)):
                    counts[f"{name}: {_outcome(folder, states)}"] += 1
                    killed += 1
                shutil.rmtree(folder)
    neither = sum(number for outcome, number in counts.items() if outcome.endswith("neither"))
    results = {"kills": sum(counts.values()), "neither": neither, "outcomes": dict(sorted(counts.items()))}
    write_text(output, json.dumps(results, indent=1) + "\n")
    print(json.dumps(results, indent=1))
    if neither:
        raise typer.Exit(1)


def _base(folder: Path, *, removed: bool) -> Path:
    """An index with lists, and where `removed`, with room to give back."""
    engine = create_index(folder, Fingerprint("none", PROBE), Layout.SQ8)
    with engine.writer() as writer:
        writer.add([_entry(number) for number in range(DOCUMENTS)])
        writer.settle()
        if removed:
            writer.remove([f"d{number}" for number in range(CHANGED)])
    return folder


def _entry(number: int) -> ArchiveEntry:
    numbers = random.Random(number)
    sentences = [" ".join(numbers.choices(WORDS, k=12)) + f" {number}." for _ in range(6)]
    document = document_of("\n\n".join(sentences).encode(), path=f"d{number}.txt", id=f"d{number}")
    spans = tuple(block.span for block in document.blocks if block.role is Role.PARAGRAPH)
    vectors = np.random.default_rng(number).standard_normal((len(spans), DIMENSION)).astype(np.float32)
    return ArchiveEntry(document, "en", spans, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _add(writer: LocalWriter) -> None:
    writer.add([_entry(number) for number in range(DOCUMENTS - CHANGED // 2, DOCUMENTS + CHANGED)])


def _remove(writer: LocalWriter) -> None:
    writer.remove([f"d{number}" for number in range(CHANGED)])


CHANGES: dict[str, Callable[[LocalWriter], None]] = {
    "add": _add,
    "remove": _remove,
    "compact": LocalWriter.compact,
}


def _change(folder: Path, change: Callable[[LocalWriter], None]) -> None:
    with LocalEngine(folder).writer() as writer:
        change(writer)


def _timed(folder: Path, change: Callable[[LocalWriter], None]) -> float:
    """Seconds that the change takes in a process of its own; writers that end sooner aren't counted."""
    start = time.perf_counter()
    _kill(folder, change, after=None)
    return time.perf_counter() - start


def _kill(folder: Path, change: Callable[[LocalWriter], None], *, after: float | None) -> bool:
    """Make the change in another process, killed after so many seconds; whether that came before its end."""
    child = os.fork()
    if child == 0:
        _change(folder, change)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise SystemExit("a change failed without being killed")
    return os.WIFSIGNALED(status)


def _outcome(folder: Path, states: tuple[State, State]) -> str:
    damages = check_index(folder)
    found = _state(folder)
    if damages or found not in states:
        return "neither"
    return "as before and after" if states[0] == states[1] else "after" if found == states[1] else "before"


def _state(folder: Path) -> State:
    snapshot = LocalEngine(folder).snapshot()
    matches = snapshot.search(["bridge minister toll", "port storm"], PROBE, k=20)
    found = [match.passage.text for found in matches for match in found]
    known = dict(snapshot.known())
    snapshot.close()
    return known, found


if __name__ == "__main__":
    if sys.platform == "win32":
        raise SystemExit("needs fork and SIGKILL")
    # FAISS's threads don't outlive a fork: without them each child can lay out lists of its own.
    os.environ["OMP_NUM_THREADS"] = "1"
    typer.run(main)
