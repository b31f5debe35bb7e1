"""Fit the scorer that turns the features of a pair of claims into probabilities.

    python -m verify.train.relations seeds/stories/train seeds/stories/more \
        --entailment checkpoints/crossfit/part-0/exported --entailment checkpoints/crossfit/part-1/exported

A multinomial logistic regression over the labelled stories, on their labelled claims and on those that
the program itself finds in them, so that it learns to live with the faults of attribution. Scikit-learn
comes with sentence-transformers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from verify.evaluate.gold import Story, aligned, as_claims
from verify.files import write_whole
from verify.models.protocols import Matrix
from verify.relate.features import ASKED, NAMES
from verify.relate.scorer import FILE, LABELS
from verify.train.crossfit import Judges, dealt
from verify.types import Claim

if TYPE_CHECKING:
    from verify.config import Config
    from verify.pipeline import Models

STRENGTH = 0.3
"""Inverse of the weight of the penalty; by five-fold cross-validation over the training stories."""

FOUND = 2
"""How often each pair of found claims counts, against once for a pair of labelled ones."""


def examples(stories: Iterable[tuple[Story, Models]], config: Config) -> tuple[Matrix, Sequence[int]]:
    """Features, shape (n, len(NAMES)), and labels, indices into LABELS, of all pairs of `stories`."""
    from verify.pipeline import read
    from verify.relate import compare

    features: list[Matrix] = []
    labels: list[int] = []
    for story, models in stories:
        for claims, times in ((as_claims(story), 1), (read(story.document, models).claims, FOUND)):
            compared = compare(
                claims,
                story.document,
                models.registry,
                encoder=models.encoder,
                entailment=models.entailment,
                settings=config.relate,
            )
            features.extend([compared.features] * times)
            labels.extend([*_labels(story, claims, compared.pairs)] * times)
    return np.concatenate(features), labels


def _labels(story: Story, claims: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> Iterator[int]:
    gold = aligned(story, claims)
    conflicts = {frozenset(p) for p in story.conflicts}
    supports = {frozenset(p) for p in story.supports}
    for i, j in pairs:
        met = {frozenset((a, b)) for a in gold[claims[i].id] for b in gold[claims[j].id]}
        label = "contradicts" if met & conflicts else "supports" if met & supports else "unrelated"
        yield LABELS.index(label)


def fit(features: Matrix, labels: Sequence[int], promise: float) -> dict[str, object]:
    """The weights as `scorer.json` holds them: by label and by name of the feature, and those of the gate.

    The gate learns from all pairs, the scorer from those that the gate finds at least `promise` probable.
    """
    from sklearn.linear_model import LogisticRegression

    told = [k for k, name in enumerate(NAMES) if name not in ASKED]
    related = np.asarray(labels) > 0
    gate = LogisticRegression(C=STRENGTH, max_iter=5000).fit(features[:, told], related)
    let_in = gate.predict_proba(features[:, told])[:, 1] >= promise
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(features[let_in], np.asarray(labels)[let_in])
    names = [NAMES[k] for k in told]
    return {
        "gate": {"weights": named(names, gate.coef_[0]), "bias": round(float(gate.intercept_[0]), 4)},
        "weights": {label: named(NAMES, row) for label, row in zip(LABELS, model.coef_, strict=True)},
        "biases": {label: round(float(b), 4) for label, b in zip(LABELS, model.intercept_, strict=True)},
    }


def named(names: Sequence[str], weights: Matrix) -> dict[str, float]:
    """Weights by the names of their features, rounded as the files of scorers hold them."""
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def main(
    stories: Annotated[list[Path], typer.Argument(help="Folders of labelled stories.")],
    entailment: Judges = None,
    output: Annotated[Path, typer.Option(help="Where to write the weights.")] = FILE,
) -> None:
    """Fit the scorer on labelled stories, by entailment models that haven't seen them."""
    from verify.config import load_config, shipped

    config = load_config(Path(), path=shipped("default"))
    everything = config.model_copy(update={"relate": config.relate.model_copy(update={"promise": 0.0})})
    features, labels = examples(dealt(stories, everything, entailment or ()), everything)
    table = fit(features, labels, config.relate.promise)
    text = json.dumps(table, indent=1) + "\n"
    write_whole(output, lambda aside: aside.write_text(text, encoding="utf-8"))


if __name__ == "__main__":
    typer.run(main)
