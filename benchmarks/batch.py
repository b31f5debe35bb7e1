"""`verify batch` on a folder of stories: throughput, memory, a second run, and what it finds across them.

    python benchmarks/batch.py [--stories 200]

The folder is made of the labelled stories by script: each as it is, cut to some of its paragraphs, and with a
figure changed. Beside it are one process per file (measured on 10, for all by their mean) and the naive peer
that takes every pair of near sentences to the entailment model, within stories and across all of them (by its
pairs, and the pairs a second of a sample). All run one after the other on the same machine, without the cache
but for the two runs that compare a first with a second. Memory is that of the whole process tree.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from verify.evaluate.gold import load_stories
from verify.evaluate.machine import machine
from verify.evaluate.systems import PEER_COSINE
from verify.files import write_text
from verify.language.values import ValueKind, find_values
from verify.relate.slots import FIGURE_SLOTS, figure_slot

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "batch.json"
SAMPLE = 10
"""Files on which what would take too long on all is measured."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A story of the folder: its name, that of the labelled story, and the figure that was changed in it."""

    name: str
    story: str
    text: str
    changed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall clock and of the processor, and the peak memory of the process tree, in MB.

    `megabytes_by_stories` is that of the quarters of a batch, by how many stories were done.
    """

    seconds: float
    processor: float
    megabytes: int
    megabytes_by_stories: dict[int, int]


def main(
    stories: Annotated[int, typer.Option(min=12, help="How many there are in the folder.")] = 200,
    output: Annotated[Path, typer.Option()] = RESULTS,
) -> None:
    """Measure and write the results."""
    load, drafts = round(os.getloadavg()[0], 1), varied(stories)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        folder, report = laid_out(work, drafts), work / "report.jsonl"
        cold = batch(folder, report, "--no-cache")
        written = report.read_bytes()
        first = batch(folder, report)
        same = report.read_bytes() == written
        again = batch(folder, report)
        same = same and report.read_bytes() == written
        sample = [folder / f"{draft.name}.txt" for draft in spread(drafts, SAMPLE)]
        single = [measured([sys.executable, "-m", "verify", "check", str(file)], work) for file in sample]
        peer = naive(folder)
        found = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    per_file = sum(run.seconds for run in single) / len(single)
    results = {
        "machine": machine(),
        "load_at_the_start": load,
        "stories": stories,
        "words": sum(len(draft.text.split()) for draft in drafts),
        "batch": {
            "without_cache": asdict(cold),
            "stories_a_minute": round(60 * stories / cold.seconds, 1),
            "first": asdict(first),
            "again": asdict(again),
            "times_faster_again": round(first.seconds / again.seconds, 1),
            "all_three_reports_the_same": same,
        },
        "one_process_per_file": {
            "seconds_a_story": round(per_file, 2),
            "seconds_for_all": round(per_file * stories),
            "megabytes": max(run.megabytes for run in single),
        },
        "naive_peer": peer,
        "across": across(drafts, found[-1]["across"]),
    }
    write_text(output, json.dumps(results, indent=1) + "\n")
    print(json.dumps(results, indent=1))


def varied(count: int) -> list[Draft]:
    """Stories as they are, cut, and with a figure changed, in turn, until there are `count`."""
    chance = random.Random(7)
    known = [story for part in ("dev", "train") for story in load_stories(ROOT / "seeds" / "stories" / part)]
    drafts = [Draft(f"{story.name}-0", story.name, story.document.text) for story in known]
    for number in range(1, 1 + -(-count // len(known))):
        for story in known:
            paragraphs = re.split(r"\n\s*\n", story.document.text)
            kept = [p for k, p in enumerate(paragraphs) if k < 3 or chance.random() < 0.7]
            # No two are the same copy: that would be checked once.
            text, changed = "\n\n".join([*kept, f"This is edition {number} of the story."]), None
            if number % 2 == 0:
                text, changed = with_another_figure(text)
            drafts.append(Draft(f"{story.name}-{number}", story.name, text, changed))
    return drafts[:count]


def with_another_figure(text: str) -> tuple[str, tuple[str, str] | None]:
    """`text` with the first plain count of people in it made half as large again, wherever it stands."""
    for value in find_values(text):
        plain = value.kind is ValueKind.COUNT and value.exact and value.text.isdecimal() and value.low >= 4
        if plain and figure_slot(text, value) in FIGURE_SLOTS:
            other = str(int(value.low * 3 // 2))
            return standing(value.text).sub(other, text), (value.text, other)
    return text, None


def standing(figure: str) -> re.Pattern[str]:
    """The pattern of a figure in digits that is a number by itself, and no percentage."""
    return re.compile(rf"(?<![\w.,]){figure}(?![\w%]|[.,]\d)")


def across(drafts: Sequence[Draft], told: Sequence[dict[str, object]]) -> dict[str, object]:
    """How many pairs of stories that differ in a figure were told of, and how many others."""
    by_name = {draft.name: draft for draft in drafts}
    expected = {
        frozenset((a.name, b.name))
        for a, b in combinations(drafts, 2)
        if a.story == b.story and (_differ(a, b) or _differ(b, a))
    }
    pairs = set(clashes(told))
    wrong = sorted(tuple(sorted(pair)) for pair in pairs - expected)
    events = {frozenset(by_name[name].story for name in pair) for pair in pairs - expected}
    return {
        "pairs_that_differ": len(expected),
        "found": len(pairs & expected),
        "others_told": len(wrong),
        "of_them_on_different_events": sum(len(event) > 1 for event in events),
        "examples": wrong[:10],
    }


def _differ(a: Draft, b: Draft) -> bool:
    """Whether `b` still has the figure that was changed in `a`."""
    return a.changed is not None and standing(a.changed[0]).search(b.text) is not None


def clashes(told: Sequence[dict[str, object]]) -> Iterator[frozenset[str]]:
    """The pairs of stories, by name, that a report has in its section on what stories tell differently."""
    for story in told:
        own = Path(str(story["path"])).stem
        for finding in story["findings"]:  # type: ignore[attr-defined]
            other = re.search(r"([\w.-]+)\.txt:\d+:\d+\.$", finding["message"])
            if other is not None:
                yield frozenset((own, other.group(1)))


def laid_out(work: Path, drafts: Sequence[Draft]) -> Path:
    """A folder with the drafts."""
    folder = work / f"stories{len(drafts)}"
    folder.mkdir()
    for draft in drafts:
        (folder / f"{draft.name}.txt").write_text(draft.text, encoding="utf-8")
    return folder


def spread(drafts: Sequence[Draft], count: int) -> list[Draft]:
    """`count` of them, evenly spread."""
    return [drafts[k * len(drafts) // count] for k in range(count)]


def batch(folder: Path, report: Path, *options: str) -> Measured:
    """One run of the command."""
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "verify", "batch", str(folder), "--output", str(report), *options]
    return measured(command, report.parent, report, stories=len(list(folder.iterdir())))


def measured(command: Sequence[str], work: Path, report: Path | None = None, stories: int = 4) -> Measured:
    """Run the command, and look at its memory four times a second; its exit status may be 0 or 1."""
    environment = os.environ | {"XDG_CACHE_HOME": str(work / "cache")}
    start, before = time.perf_counter(), os.times()
    peaks = dict.fromkeys([stories * k // 4 for k in (1, 2, 3, 4)], 0)
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, cwd=ROOT, env=environment)
        while process.poll() is None:
            done = report.read_bytes().count(b"\n") if report is not None and report.exists() else 0
            quarter = next((mark for mark in peaks if done <= mark), stories)
            peaks[quarter] = max(peaks[quarter], sum(resident(one) for one in tree(process.pid)))
            time.sleep(0.25)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    by_stories = {mark: round(peak / 1e6) for mark, peak in peaks.items() if report is not None}
    seconds = round(time.perf_counter() - start, 2)
    return Measured(seconds, round(used, 2), round(max(peaks.values()) / 1e6), by_stories)


def tree(process: int) -> Iterator[int]:
    """The process and all that it started, by their ids."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def resident(process: int) -> int:
    """Bytes of memory of a process, what it shares counted by its share."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def naive(folder: Path) -> dict[str, object]:
    """What the peer has to do on the folder, with its models loaded once; the sentences are spaCy's."""
    from verify.config import Config
    from verify.language.parse import parse
    from verify.load import load
    from verify.pipeline import load_models

    models = load_models(Config())
    start = time.perf_counter()
    texts, stories = [], []
    for number, file in enumerate(sorted(folder.glob("*.txt"))):
        document = load(str(file))
        for sentence in parse(document, models.nlp).sentences:
            texts.append(document.text[slice(*sentence.span)])
            stories.append(number)
    vectors = models.encoder.encode(texts)
    near = np.triu(vectors @ vectors.T >= PEER_COSINE, 1)
    prepared = time.perf_counter() - start
    pairs = np.argwhere(near)
    within = int(sum(stories[i] == stories[j] for i, j in pairs))
    sample = [(texts[i], texts[j]) for i, j in pairs[:: max(len(pairs) // 1000, 1)]]
    start = time.perf_counter()
    models.entailment.predict(sample)
    a_pair = (time.perf_counter() - start) / len(sample)
    return {
        "sentences": len(texts),
        "pairs_within_stories": within,
        "pairs_across_all": len(pairs),
        "pairs_a_second": round(1 / a_pair),
        "seconds_within_stories": round(prepared + within * a_pair),
        "seconds_across_all": round(prepared + len(pairs) * a_pair),
    }


if __name__ == "__main__":
    typer.run(main)
