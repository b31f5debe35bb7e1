"""Fit the scorer that turns the features of a pair of claims into probabilities.

    python -m verify.train.relations seeds/stories/train \
        --entailment checkpoints/crossfit/part-0/exported --entailment checkpoints/crossfit/part-1/exported

A multinomial logistic regression over the labelled stories, on their labelled claims and on those that
the program itself finds in them, so that it learns to live with the faults of attribution. Scikit-learn
comes with sentence-transformers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from verify.evaluate.gold import Story, aligned, as_claims
from verify.files import write_whole
from verify.models.protocols import Entailment, Matrix
from verify.relate import Seen
from verify.relate.features import ASKED, NAMES
from verify.relate.scorer import FILE, LABELS
from verify.train.crossfit import Judges, dealt
from verify.types import Claim

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

    from verify.config import RelateSettings
    from verify.pipeline import Models

STRENGTH = 0.3
"""Inverse of the weight of the penalty; by five-fold cross-validation over the training stories."""

FOUND = 2
"""How often each pair of found claims counts, against once for a pair of labelled ones."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """The candidate pairs (i, j) among the claims of one story, before the entailment model is asked.

    Features of shape (len(pairs), len(NAMES)), 0 where only that model can tell; labels, indices into LABELS.
    """

    seen: Seen
    pairs: Sequence[tuple[int, int]]
    features: Matrix
    labels: Sequence[int]
    times: int
    entailment: Entailment


def examples(stories: Iterable[tuple[Story, Models]], settings: RelateSettings) -> Iterator[Unasked]:
    """All pairs of `stories`, of their labelled claims and of those that the program finds."""
    from verify.pipeline import read
    from verify.relate import pairs_of, see, unasked_features

    for story, models in stories:
        for claims, times in ((as_claims(story), 1), (read(story.document, models).claims, FOUND)):
            seen = see(claims, story.document, models.registry, models.encoder)
            _, pairs = pairs_of(claims, seen, settings)
            features = unasked_features(seen, seen, pairs)
            labels = [*_labels(story, claims, pairs)]
            yield Unasked(seen, pairs, features, labels, times, models.entailment)


def _labels(story: Story, claims: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> Iterator[int]:
    gold = aligned(story, claims)
    conflicts = {frozenset(p) for p in story.conflicts}
    supports = {frozenset(p) for p in story.supports}
    for i, j in pairs:
        met = {frozenset((a, b)) for a in gold[claims[i].id] for b in gold[claims[j].id]}
        label = "contradicts" if met & conflicts else "supports" if met & supports else "unrelated"
        yield LABELS.index(label)


def fit(given: Sequence[Unasked], promise: float) -> dict[str, object]:
    """The weights as `scorer.json` holds them: by label and by name of the feature, and those of the gate.

    The gate learns from all pairs. The scorer learns from those that the gate finds at least `promise`
    probable, and the entailment model is asked about no others.
    """
    told = [k for k, name in enumerate(NAMES) if name not in ASKED]
    features = np.concatenate([one.features[:, told] for one in given])
    labels = np.concatenate([one.labels for one in given]).astype(np.int64)
    times = np.concatenate([np.full(len(one.labels), one.times) for one in given])
    gate = regression(features, (labels > 0).astype(np.int64), times)
    let_in = [gate.predict_proba(one.features[:, told])[:, 1] >= promise for one in given]
    seen = np.concatenate([asked(one, chosen) for one, chosen in zip(given, let_in, strict=True)])
    chosen = np.concatenate(let_in)
    model = regression(seen, labels[chosen], times[chosen])
    names = [NAMES[k] for k in told]
    return {
        "gate": {"weights": named(names, gate.coef_[0]), "bias": round(float(gate.intercept_[0]), 4)},
        "weights": {label: named(NAMES, row) for label, row in zip(LABELS, model.coef_, strict=True)},
        "biases": {label: round(float(b), 4) for label, b in zip(LABELS, model.intercept_, strict=True)},
    }


def regression(features: Matrix, labels: NDArray[np.int64], times: NDArray[np.int64]) -> LogisticRegression:
    """The regression of labels, shape (n,), on rows of features, each counted as often as `times` says."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(features, labels, sample_weight=times)


def asked(one: Unasked, chosen: NDArray[np.bool_]) -> Matrix:
    """The whole features of the `chosen` pairs, shape (pairs, len(NAMES)): the entailment model is asked."""
    from verify.relate import pair_features

    pairs = [pair for pair, kept in zip(one.pairs, chosen, strict=True) if kept]
    return pair_features(one.seen, one.seen, pairs, one.entailment)


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
    given = [*examples(dealt(stories, config, entailment or ()), config.relate)]
    table = fit(given, config.relate.promise)
    text = json.dumps(table, indent=1) + "\n"
    write_whole(output, lambda aside: aside.write_text(text, encoding="utf-8"))


if __name__ == "__main__":
    typer.run(main)
