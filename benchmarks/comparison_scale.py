"""How the comparison grows with the length of a draft, and how long a warm check of a long story takes.

    python benchmarks/comparison_scale.py

The labelled stories are joined until they have so many sentences, and over again where they have fewer. Pairs
are counted where an entailment model is asked, for the quick and the larger one each; a pair asked both ways
counts twice. The warm time is that of a story of about 800 words, models loaded, with everything from parsing
to findings. Where the machine does other work too, the processor's time tells more than the clock's.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count, cycle, islice, pairwise
from pathlib import Path
from typing import Annotated

import typer

from verify.config import Config, load_config, shipped
from verify.evaluate.gold import Story, load_stories
from verify.evaluate.machine import machine
from verify.files import write_text
from verify.load import document_of
from verify.models.cascade import Cascade, steps
from verify.models.protocols import Entailment, Matrix
from verify.pipeline import Models, check, load_models
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


@dataclass(frozen=True, slots=True)
class Timer:
    """Seconds of the clock and of the processor since it was made."""

    started: float = field(default_factory=time.perf_counter)
    worked: float = field(default_factory=time.process_time)

    @property
    def seconds(self) -> float:
        """By the clock."""
        return time.perf_counter() - self.started

    @property
    def cpu_seconds(self) -> float:
        """Of the processor, over all threads."""
        return time.process_time() - self.worked


def main(
    sentences: Annotated[list[int] | None, typer.Argument(help="Lengths of the drafts.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="Runs of the warm check.")] = 7,
    output: Annotated[Path, typer.Option(help="Where to write the results.")] = RESULTS,
) -> None:
    """Measure and write the results."""
    stories = [s for part in ("dev", "train") for s in load_stories(ROOT / "seeds" / "stories" / part)]
    config = load_config(ROOT, path=shipped("default"))
    models = load_models(config)
    growth = []
    for length in sentences or [125, 250, 500, 1000, 2000]:
        growth.append(measured(joined(stories, sentences=length), models, config))
        print(growth[-1], flush=True)
    story = next(d for n in count(1) if len((d := joined(stories, sentences=n)).text.split()) >= WORDS)
    warm = warm_check(story, models, config, runs=runs)
    print(warm)
    results = {
        "machine": f"{machine()}, load {os.getloadavg()[0]:.1f}",
        "models": dict(models.names),
        "growth": growth,
        "warm": warm,
    }
    write_text(output, json.dumps(results, indent=1) + "\n")


def measured(draft: Document, models: Models, config: Config) -> dict[str, object]:
    """The size of a draft, the pairs that each entailment model was asked for it, and the time it took."""
    entailment, counted = counting(models.entailment)
    timer = Timer()
    coverage = check(draft, replace(models, entailment=entailment), config).coverage
    return {
        "sentences": coverage.sentences,
        "claims": coverage.claims,
        "asked": {one.name: one.asked for one in counted},
        "asked_per_claim": {one.name: round(one.asked / coverage.claims, 2) for one in counted},
        "seconds": round(timer.seconds, 2),
        "cpu_seconds": round(timer.cpu_seconds, 2),
    }


def counting(entailment: Entailment) -> tuple[Entailment, list[Counted]]:
    """The same model, and what counts its pairs; of a cascade, which is asked by its steps, those of each."""
    counted = [Counted(model) for model in steps(entailment)]
    return (Cascade(*counted) if isinstance(entailment, Cascade) else counted[0]), counted


def warm_check(story: Document, models: Models, config: Config, *, runs: int) -> dict[str, object]:
    """The times of `runs` checks of a story after a first one."""
    check(story, models, config)
    times, work = [], []
    for _ in range(runs):
        timer = Timer()
        check(story, models, config)
        times.append(round(timer.seconds, 3))
        work.append(round(timer.cpu_seconds, 3))
    return {
        "words": len(story.text.split()),
        "median_seconds": statistics.median(times),
        "median_cpu_seconds": statistics.median(work),
        "seconds": times,
    }


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
