"""How the comparison grows with the length of a draft, and how long a warm check of a long story takes.

    python benchmarks/comparison_scale.py

The labelled stories are joined until they have so many sentences, and over again where they have fewer. Pairs
are counted where the entailment model is asked; each direction of a pair counts. The warm time is that of a
story of about 800 words, models loaded, with everything from parsing to findings. Where the machine does
other work too, the processor's time tells more than the clock's.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count, cycle, islice, pairwise
from pathlib import Path
from typing import Annotated

import typer

from verify.config import load_config, shipped
from verify.evaluate.gold import Story, load_stories
from verify.files import write_text
from verify.load import document_of
from verify.models.protocols import Entailment, Matrix
from verify.pipeline import check, load_models
from verify.types import Document

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "comparison-scale.json"
WORDS = 800


@dataclass
class Counted:
    """An entailment model that counts what it is asked."""

    inner: Entailment
    asked: int = 0

    @property
    def name(self) -> str:
        """The name of the model itself."""
        return self.inner.name

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """The probabilities of the model itself."""
        self.asked += len(pairs)
        return self.inner.predict(pairs)


def main(
    sentences: Annotated[list[int] | None, typer.Argument(help="Lengths of the drafts.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="Runs of the warm check.")] = 7,
    output: Annotated[Path, typer.Option(help="Where to write the results.")] = RESULTS,
) -> None:
    """Measure and write the results."""
    stories = [s for part in ("dev", "train") for s in load_stories(ROOT / "seeds" / "stories" / part)]
    config = load_config(ROOT, path=shipped("default"))
    models = load_models(config)
    rows = []
    for length in sentences or [125, 250, 500, 1000, 2000]:
        counted = Counted(models.entailment)
        draft = joined(stories, sentences=length)
        start, worked = time.perf_counter(), time.process_time()
        checked = check(draft, replace(models, entailment=counted), config)
        rows.append(
            {
                "sentences": checked.coverage.sentences,
                "claims": checked.coverage.claims,
                "asked": counted.asked,
                "asked_per_claim": round(counted.asked / checked.coverage.claims, 2),
                "seconds": round(time.perf_counter() - start, 2),
                "cpu_seconds": round(time.process_time() - worked, 2),
            }
        )
        print(rows[-1], flush=True)
    story = next(d for n in count(1) if len((d := joined(stories, sentences=n)).text.split()) >= WORDS)
    check(story, models, config)
    times, work = [], []
    for _ in range(runs):
        start, worked = time.perf_counter(), time.process_time()
        check(story, models, config)
        times.append(round(time.perf_counter() - start, 3))
        work.append(round(time.process_time() - worked, 3))
    warm = {
        "words": len(story.text.split()),
        "median_seconds": statistics.median(times),
        "median_cpu_seconds": statistics.median(work),
        "seconds": times,
    }
    print(warm)
    machine = ", ".join(
        (
            platform.machine(),
            f"{len(os.sched_getaffinity(0))} cores",
            f"Python {platform.python_version()}",
            f"load {os.getloadavg()[0]:.1f}",
        )
    )
    results = {"machine": machine, "models": dict(models.names), "growth": rows, "warm": warm}
    write_text(output, json.dumps(results, indent=1) + "\n")


def joined(stories: Sequence[Story], *, sentences: int) -> Document:
    """A draft of so many sentences of the stories, over again after the last, headlines left out."""
    parts = (
        story.document.text[before.end : sentence.end]
        for story in cycle(stories)
        for before, sentence in pairwise(story.sentences)
    )
    return document_of("".join(islice(parts, sentences)).strip().encode(), path="joined.txt", suffix=".txt")


if __name__ == "__main__":
    typer.run(main)
