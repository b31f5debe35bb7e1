"""From features of a claim and a sentence of an archive to probabilities: a logistic regression in a file.

The sentence counts as it stands: what the entailment model, the figures and the names make of it, and which
of the two documents is the later one. Fitted by `verify.train.evidence`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from verify.errors import ModelError
from verify.language.values import Agreement, ValueKind
from verify.models.entailment import LABELS as VERDICTS
from verify.models.entailment import both_ways
from verify.models.logistic import sigmoid, softmax
from verify.models.protocols import Entailment, Matrix
from verify.relate import Seen
from verify.relate.candidates import SILENT
from verify.relate.slots import compare_dates, set_against
from verify.types import Quote, RelationType, Role, Stance

FILE = Path(__file__).with_name("scorer.json")
RELATIONS = (None, RelationType.SUPPORTS, RelationType.CONTRADICTS, RelationType.UPDATE)
LABELS = ("unrelated", "supports", "contradicts", "update")
"""What RELATIONS are called in the file."""

ASKED = ("support", "contradiction", "neutral", "support_back", "contradiction_back")
"""The features that only the entailment model can tell; those "back" have the claim for the premise."""

UNASKED = (
    "cosine", "nearest", "behind", "later", "days_later", "days_earlier", "denies", "silent", "hedged",
    "outlet", "headline", "direct", "figures", "figures_same", "figures_compatible", "figures_differ",
    "dates_same", "dates_differ", "words", "names", "expected", "newer", "event",
)  # fmt: skip
"""The features that are known before it is asked."""

FEATURES = (*ASKED, *UNASKED)

CLEAR = 0.9
"""Probability from which the entailment model is clear."""

ALIKE = 0.7
"""Share of a claim's words in a sentence from which both are on the same thing."""

NEWER = re.compile(
    r"\b(?:now|since then|ris(?:en|es?)|rose|raised|lowered|revised|updated|bring(?:s|ing)|brought"
    r"|called off|has been|have been|again|reopened|returned|withdrawn?|dropped|resumed|ended|approved"
    r"|decided)\b",
    re.IGNORECASE,
)
"""What tells that things have moved on."""

EXPECTED = re.compile(
    r"\b(?:will|would|to be|plans?|planned|expects?|expected|intends?|due|until|not yet|if|should|going to"
    r"|yet|soon|wants?|hopes?)\b",
    re.IGNORECASE,
)
"""What tells that a claim is on what is still to come."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of shape (4, len(FEATURES)) and biases of shape (4,), by RELATIONS.

    `gate`, of shape (len(UNASKED),), and `gate_bias` tell which pairs the entailment model is asked about.
    `thresholds`, of shape (4,), are the probabilities from which a relation is told of.
    """

    weights: Matrix
    biases: Matrix
    gate: Matrix
    gate_bias: float
    promise: float
    thresholds: Matrix

    def probabilities(self, features: Matrix) -> Matrix:
        """Turn features of shape (n, len(FEATURES)) into probabilities of shape (n, 4).

        Where the entailment model is clear, its word isn't turned round: what it calls a contradiction
        supports nothing, however much two texts share. Where claim and sentence have most words in common,
        it decides alone: "closed" for "open" is lost on weights that go by what two texts share. And what a
        later figure would contradict, it updates.
        """
        rows = softmax(features @ self.weights.T + self.biases)
        alike = features[:, FEATURES.index("words")] >= ALIKE
        supports, contradicts, update = (LABELS.index(r) for r in ("supports", "contradicts", "update"))
        for name, said_so, opposite in (
            ("support", supports, contradicts),
            ("contradiction", contradicts, supports),
        ):
            said = features[:, FEATURES.index(name)]
            clear = said >= CLEAR
            rows[clear, said_so] += rows[clear, opposite]
            rows[clear, opposite] = 0
            alone = alike & clear
            rows[alone] = 0
            rows[alone, said_so] = said[alone]
            rows[alone, LABELS.index("unrelated")] = 1 - said[alone]
        later, differ = (features[:, FEATURES.index(name)] > 0 for name in ("later", "figures_differ"))
        rows[later & differ, update] += rows[later & differ, contradicts]
        rows[later & differ, contradicts] = 0
        return rows

    def promising(self, features: Matrix) -> list[bool]:
        """Of each row whether the pair may be related, whatever the entailment model says."""
        chances = sigmoid(features[:, len(ASKED) :] @ self.gate + self.gate_bias)
        return [bool(chance >= self.promise) for chance in chances]


@cache
def load_scorer(file: Path = FILE) -> Scorer:
    """Load the weights in `file`. Raises ModelError where they aren't those of these features."""
    try:
        return scorer_of(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            str(file), f"can't be used ({error!r})", "fit it again with `python -m verify.train.evidence`"
        ) from error


def scorer_of(table: Mapping[str, object]) -> Scorer:
    """The scorer in a table as the file has it; raises KeyError, TypeError or ValueError for another one."""
    rows = _Table.model_validate(table)
    return Scorer(
        np.array([[rows.weights[label][name] for name in FEATURES] for label in LABELS], dtype=np.float32),
        np.array([rows.biases[label] for label in LABELS], dtype=np.float32),
        np.array([rows.gate.weights[name] for name in UNASKED], dtype=np.float32),
        rows.gate.bias,
        rows.gate.promise,
        np.array([1.0, *(rows.thresholds[label] for label in LABELS[1:])], dtype=np.float32),
    )


class _Gate(BaseModel):
    weights: Mapping[str, float]
    bias: float
    promise: float


class _Table(BaseModel):
    gate: _Gate
    weights: Mapping[str, Mapping[str, float]]
    biases: Mapping[str, float]
    thresholds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between a draft and an archived document.

    `days` are those from the draft to the document, None where one of them isn't dated; `event` is the share
    of the names in the draft's opening that the document has too, in 0..1.
    """

    days: int | None
    event: float


def features_of(own: Seen, told: Seen, pairs: Sequence[tuple[int, int]], between: Between) -> Matrix:
    """The features of pairs (i, j) of a claim and a sentence, shape (len(pairs), len(FEATURES)).

    The features of the entailment model are 0 as long as it isn't asked. None tells how the documents are
    made, or how near in meaning they are as a whole: that helps on stories that were labelled, and misleads
    on others.
    """
    rows: Matrix = np.zeros((len(pairs), len(FEATURES)), dtype=np.float32)
    for row, features in zip(rows, _unasked(own, told, pairs, between), strict=True):
        row[len(ASKED) :] = [features[name] for name in UNASKED]
    return rows


def ask(
    features: Matrix, own: Seen, told: Seen, pairs: Sequence[tuple[int, int]], entailment: Entailment
) -> Matrix:
    """`features` with what the entailment model makes of each sentence as a premise of the claim, and back.

    What entails the proposition contradicts the one who denies it.
    """
    forward, backward = both_ways(entailment, [(told.facts[j].text, own.facts[i].text) for i, j in pairs])
    verdicts = [VERDICTS.index(name) for name in ("entailment", "contradiction", "neutral")]
    answers = np.concatenate([forward[:, verdicts], backward[:, verdicts[:2]]], axis=1)
    denied = np.array([own.facts[i].claim.stance is Stance.DENIES for i, _ in pairs], dtype=bool)
    answers[denied] = answers[denied][:, [1, 0, 2, 4, 3]]
    asked: Matrix = np.concatenate([answers, features[:, len(ASKED) :]], axis=1)
    return asked


def _unasked(
    own: Seen, told: Seen, pairs: Sequence[tuple[int, int]], between: Between
) -> Iterator[Mapping[str, float]]:
    cosines = own.vectors @ told.vectors.T
    later = between.days or 0
    for i, j in pairs:
        a, b = own.facts[i], told.facts[j]
        cosine, nearest = float(cosines[i, j]), float(cosines[i].max())
        figures = set_against(a.figures, b.figures).agreement
        dates = compare_dates(a.values, b.values)
        yield {
            "cosine": cosine,
            "nearest": cosine >= nearest,
            "behind": nearest - cosine,
            "later": later > 0,
            "days_later": math.log1p(max(0, later)) / 8,
            "days_earlier": math.log1p(max(0, -later)) / 8,
            "denies": a.claim.stance is Stance.DENIES,
            "silent": a.claim.stance in SILENT,
            "hedged": a.claim.stance is Stance.SUGGESTS,
            "outlet": a.claim.source is None,
            "headline": a.claim.role is Role.HEADLINE,
            "direct": a.claim.quote is Quote.DIRECT,
            "figures": any(v.kind is not ValueKind.DATE for v in a.values),
            "figures_same": figures is Agreement.SAME,
            "figures_compatible": figures is Agreement.COMPATIBLE,
            "figures_differ": figures is Agreement.DIFFERENT and a.claim.stance is not Stance.DENIES,
            "dates_same": dates is Agreement.SAME,
            "dates_differ": dates is Agreement.DIFFERENT,
            "words": len(a.words & b.words) / max(1, len(a.words)),
            "names": len(a.names & b.names) / max(1, len(a.names)),
            "expected": bool(EXPECTED.search(a.text)),
            "newer": bool(NEWER.search(b.text)),
            "event": between.event,
        }
