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
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from verify.errors import InputError
from verify.evaluate.gold import Story, aligned, as_claims
from verify.files import write_text
from verify.models.cascade import steps
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

RELATED = ("unrelated", "related")
"""What the gates tell apart."""

UNASKED = tuple(name for name in NAMES if name not in ASKED)
"""What is known of a pair before an entailment model is asked."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidate pairs (i, j) among the claims of one story, and the entailment models that may be asked.

    Features of shape (len(pairs), len(NAMES)), 0 where only a model that wasn't asked could tell; labels,
    indices into LABELS, of shape (len(pairs),). Each counts `times` times.
    """

    seen: Seen
    pairs: Sequence[tuple[int, int]]
    features: Matrix
    labels: NDArray[np.int64]
    times: int
    entailment: Entailment


def examples(stories: Iterable[tuple[Story, Models]], settings: RelateSettings) -> Iterator[Examples]:
    """The pairs of `stories`, of labelled claims and of those that the program finds, as yet unasked."""
    from verify.pipeline import read
    from verify.relate import pairs_of, see, unasked_features

    for story, models in stories:
        for claims, times in ((as_claims(story), 1), (read(story.document, models).claims, FOUND)):
            seen = see(claims, story.document, models.registry, models.encoder)
            _, pairs = pairs_of(claims, seen, settings)
            features = unasked_features(seen, seen, pairs)
            labels = np.fromiter(_labels(story, claims, pairs), dtype=np.int64)
            yield Examples(seen, pairs, features, labels, times, models.entailment)


def _labels(story: Story, claims: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> Iterator[int]:
    gold = aligned(story, claims)
    conflicts = {frozenset(p) for p in story.conflicts}
    supports = {frozenset(p) for p in story.supports}
    for i, j in pairs:
        met = {frozenset((a, b)) for a in gold[claims[i].id] for b in gold[claims[j].id]}
        label = "contradicts" if met & conflicts else "supports" if met & supports else "unrelated"
        yield LABELS.index(label)


def fit(given: Sequence[Examples], settings: RelateSettings) -> dict[str, object]:
    """The weights as `scorer.json` holds them, by name of the feature: of each label, and of the gates.

    Raises InputError where a label is missing, among all pairs or among those that pass the gates.
    """
    gates, passed = gated(given, settings)
    scorer = regression(passed)
    table: dict[str, object] = {
        key: {"weights": named(names, gate.coef_[0]), "bias": round(float(gate.intercept_[0]), 4)}
        for (key, names), gate in zip((("gate", UNASKED), ("larger_gate", NAMES)), gates, strict=True)
    }
    return table | {
        "weights": {label: named(NAMES, row) for label, row in zip(LABELS, scorer.coef_, strict=True)},
        "biases": {label: round(float(b), 4) for label, b in zip(LABELS, scorer.intercept_, strict=True)},
    }


def gated(
    given: Sequence[Examples], settings: RelateSettings
) -> tuple[tuple[LogisticRegression, LogisticRegression], list[Examples]]:
    """The gates before the small and before the larger entailment model, and what passes them.

    The first learns from all pairs, the second from those that the first lets in, by what the small model
    says of them. It stops nothing where there is no larger one.
    """
    told = [NAMES.index(name) for name in UNASKED]
    gate = regression([replace(_related(one), features=one.features[:, told]) for one in given], RELATED)
    first = [
        _asked(one, _promise(gate, one.features[:, told]) >= settings.promise, quick, both=not larger)
        for one in given
        for quick, *larger in [steps(one.entailment)]
    ]
    larger_gate = regression([_related(one) for one in first], RELATED)
    second = [
        _asked(one, _promise(larger_gate, one.features) >= settings.larger_promise, larger)
        for one in first
        for larger in steps(one.entailment)[1:]
    ]
    return (gate, larger_gate), second or first


def regression(given: Sequence[Examples], names: Sequence[str] = LABELS) -> LogisticRegression:
    """The regression of the labels of `given`, places in `names`, on their features.

    Raises InputError where a label is missing.
    """
    from sklearn.linear_model import LogisticRegression

    features = np.concatenate([one.features for one in given])
    labels = np.concatenate([one.labels for one in given])
    require_each(names, labels, "pairs")
    times = np.concatenate([np.full(len(one.labels), one.times) for one in given])
    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(features, labels, sample_weight=times)


def _related(one: Examples) -> Examples:
    """The same pairs, labelled by RELATED."""
    return replace(one, labels=np.minimum(one.labels, 1))


def _promise(gate: LogisticRegression, features: Matrix) -> Matrix:
    """The probability that each pair is related, shape (len(features),)."""
    rows: Matrix = gate.predict_proba(features)[:, 1] if len(features) else np.zeros(0, dtype=np.float32)
    return rows


def _asked(one: Examples, chosen: NDArray[np.bool_], model: Entailment, *, both: bool = True) -> Examples:
    """The `chosen` pairs of `one`, with what `model` says of them."""
    from verify.relate import pair_features

    pairs = [*compress(one.pairs, chosen)]
    features = pair_features(one.seen, one.seen, pairs, model, both=both)
    return replace(one, pairs=pairs, features=features, labels=one.labels[chosen])


def require_each(names: Sequence[str], labels: NDArray[np.int64], what: str) -> None:
    """Raise InputError where one of `names` isn't among `labels`, which are indices into them."""
    if missing := [name for k, name in enumerate(names) if k not in labels]:
        raise InputError("the stories", f"have too few {what} that are {missing[0]!r}", "give more stories")


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
    table = fit(given, config.relate)
    text = json.dumps(table, indent=1) + "\n"
    write_text(output, text)


if __name__ == "__main__":
    typer.run(main)
