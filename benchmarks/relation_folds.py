"""The scorer by cross-validation over labelled stories: what it finds in those that it wasn't fitted on.

    python benchmarks/relation_folds.py [FOLDER] [--folds 10] [--output FILE]

Conflicts and supports among the claims that the program finds and among the labelled ones, as pairs of
sentences, at several thresholds. The gates are fitted once, on all stories: they only keep the entailment
models from pairs that promise nothing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from verify.config import load_config, shipped
from verify.evaluate.gold import Story, load_stories
from verify.evaluate.stories import labelled_pairs, sentence_of_claim
from verify.files import write_text
from verify.models.protocols import Matrix
from verify.pipeline import load_models
from verify.relate.scorer import LABELS
from verify.train.relations import Examples, examples, gated, regression
from verify.types import RelationType

ROOT = Path(__file__).resolve().parents[1]
THRESHOLDS = {"contradicts": (0.5, 0.35, 0.25), "supports": (0.4, 0.3, 0.225)}

Pair = frozenset[int | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """The pairs of one set of claims of one story that pass the gates, and the sentences of each pair."""

    story: Story
    labelled: bool
    examples: Examples
    sentences: Sequence[Pair]


def main(
    folder: Annotated[Path, typer.Argument(help="Labelled stories.")] = ROOT / "seeds" / "stories" / "train",
    folds: Annotated[int, typer.Option(min=2, help="Parts that are left out in turn.")] = 10,
    output: Annotated[Path | None, typer.Option(help="Where to write the figures (JSON).")] = None,
) -> None:
    """Fit on all parts but one, judge that one, in turn."""
    config = load_config(ROOT, path=shipped("default"))
    models = load_models(config)
    stories = load_stories(folder)
    given = list(examples(((story, models) for story in stories), config.relate))
    _, passed = gated(given, config.relate)
    judged = list(_judged(stories, passed))
    probabilities = _left_out(judged, [story.name for story in stories], folds)
    table = {
        "folder": folder.name,
        "folds": folds,
        "entailment": models.entailment.name,
        "found claims": _figures(judged, probabilities, labelled=False),
        "labelled claims": _figures(judged, probabilities, labelled=True),
    }
    text = json.dumps(table, indent=1) + "\n"
    if output is not None:
        write_text(output, text)
    print(text, end="")


def _judged(stories: Sequence[Story], passed: Sequence[Examples]) -> Iterator[Judged]:
    """The pairs that pass the gates, with the sentences that they stand in."""
    # Of each story come the labelled claims first, then those that are found.
    for place, one in enumerate(passed):
        story, labelled = stories[place // 2], place % 2 == 0
        sentences = [
            frozenset(sentence_of_claim(story, one.seen.facts[i].claim) for i in pair) for pair in one.pairs
        ]
        yield Judged(story, labelled, one, sentences)


def _left_out(judged: Sequence[Judged], names: Sequence[str], folds: int) -> list[Matrix]:
    """The probabilities, shape (pairs, len(LABELS)), of each by a scorer that hasn't seen its story."""
    order = random.Random(3).sample(list(names), len(names))
    probabilities = [np.zeros((len(one.sentences), len(LABELS)), dtype=np.float32) for one in judged]
    for fold in range(folds):
        left_out = set(order[fold::folds])
        scorer = regression([one.examples for one in judged if one.story.name not in left_out])
        for place, one in enumerate(judged):
            if one.story.name in left_out and one.sentences:
                probabilities[place] = scorer.predict_proba(one.examples.features)
    return probabilities


def _figures(
    judged: Sequence[Judged], probabilities: Sequence[Matrix], *, labelled: bool
) -> dict[str, object]:
    """Precision, recall and F1 by relation and threshold, in per cent."""
    rows: dict[str, object] = {}
    for label, thresholds in THRESHOLDS.items():
        place = LABELS.index(label)
        for threshold in thresholds:
            given = right = wanted = 0
            for one, likely in zip(judged, probabilities, strict=True):
                if one.labelled is not labelled:
                    continue
                told = (likely[:, place] >= threshold) & (likely.argmax(axis=1) != len(LABELS) - place)
                pairs = {pair for pair, tells in zip(one.sentences, told, strict=True) if tells}
                marked = labelled_pairs(one.story, RelationType(label)).keys()
                given, right, wanted = given + len(pairs), right + len(pairs & marked), wanted + len(marked)
            precision, recall = right / max(given, 1), right / max(wanted, 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            names = ("P", "R", "F1", "given", "wanted")
            shares = (round(100 * share, 1) for share in (precision, recall, f1))
            rows[f"{label} {threshold}"] = dict(zip(names, (*shares, given, wanted), strict=True))
    return rows


if __name__ == "__main__":
    typer.run(main)
