"""From the features of a claim and a passage to probabilities: a logistic regression in a file.

It has the features of two claims of one story (`verify.relate.features`), and those of an archive besides:
how near the documents are as a whole, and which of them is the later one. Fitted by `verify.train.evidence`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from verify.errors import ModelError
from verify.evidence.speech import named
from verify.language.values import Agreement, ValueKind
from verify.models.protocols import Matrix
from verify.relate import Seen
from verify.relate.candidates import one_party
from verify.relate.features import ASKED, NAMES, Facts, are_opposed, share
from verify.relate.slots import compare_figures
from verify.types import Document, RelationType

FILE = Path(__file__).with_name("scorer.json")
RELATIONS = (None, RelationType.SUPPORTS, RelationType.CONTRADICTS, RelationType.UPDATE)
LABELS = ("unrelated", "supports", "contradicts", "update")
"""What RELATIONS are called in the file."""

OF_STORY = tuple(name for name in NAMES if name not in {"distance", "centrality"})
"""The features of two claims that don't tell of their places in one story."""

OF_ARCHIVE = (
    "gist", "names", "new_names", "later", "days_later", "days_earlier", "one_speaker",
    "figures_differ_x_later", "dates_differ_x_later", "contradiction_x_later", "contradiction_x_gist",
    "support_x_gist", "support_x_names",
    "contradiction_x_names", "best", "figures", "figures_differ_x_gist", "cosine_x_gist", "cosine_x_names",
    "told_support", "told_contradiction", "told_cosine", "told_figures_same", "told_figures_differ",
    "told_figures_differ_x_later", "newer_x_later", "told_contradiction_x_later", "told_support_x_gist",
    "told_words", "told_names",
)  # fmt: skip
FEATURES = (*OF_STORY, *OF_ARCHIVE)
TOLD = frozenset({"told_support", "told_contradiction"})
"""What the entailment model makes of the passage as it stands, and not of what is claimed in it."""

UNASKED = tuple(
    name
    for name in FEATURES
    if name not in ASKED
    and not name.startswith(("contradiction_x", "support_x", "told_contradiction_x", "told_support_x"))
)
"""The features that are known before the entailment model is asked."""


NEWER = re.compile(
    r"\b(?:now|since then|ris(?:en|es?)|rose|raised|lowered|revised|updated|bring(?:s|ing)|brought"
    r"|called off|has been|have been|again|reopened|returned|withdrawn?|dropped|resumed|ended|approved"
    r"|decided)\b",
    re.IGNORECASE,
)
"""What tells that things have moved on."""


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
        """Turn features of shape (n, len(FEATURES)) into probabilities of shape (n, 4)."""
        logits = features @ self.weights.T + self.biases
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        rows: Matrix = (exponents / exponents.sum(axis=1, keepdims=True)).astype(np.float32)
        return rows

    def promising(self, features: Matrix) -> list[bool]:
        """Of each row whether the pair may be related, whatever the entailment model says."""
        unasked = features[:, [FEATURES.index(name) for name in UNASKED]]
        chances = 1 / (1 + np.exp(-(unasked @ self.gate + self.gate_bias)))
        return [bool(chance >= self.promise) for chance in chances]


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
    """What is known of a draft and an archived document as a whole.

    `days` are those from the draft to the document, None where one of them isn't dated; `gist` is the cosine
    of what they are about, `names` the share of the archive's names that the draft has.
    """

    days: int | None
    gist: float
    names: float

    @property
    def later(self) -> bool:
        """Whether the document came after the draft."""
        return self.days is not None and self.days > 0


def between(draft: Document, published: date | None, own: Seen, archived: Seen) -> Between:
    """Compare a draft and an archived document as a whole."""
    days = (published - draft.published).days if published and draft.published else None
    sums = own.passages.sum(axis=0), archived.passages.sum(axis=0)
    lengths = [float(np.linalg.norm(s)) for s in sums]
    gist = float(sums[0] @ sums[1]) / max(lengths[0] * lengths[1], 1e-9)
    theirs = [f.names for f in archived.facts]
    ours = frozenset[str]().union(*(f.names for f in own.facts))
    shares = [len(names & ours) / len(names) for names in theirs if names]
    return Between(days, gist, sum(shares) / len(shares) if shares else 0.0)


@dataclass(frozen=True, slots=True)
class Told:
    """What a passage says of a claim as it stands, whoever says it there: probabilities and a cosine.

    `best` tells that no other passage of the document is nearer to the claim. `passage` has the facts of all
    of its words.
    """

    support: float
    contradiction: float
    cosine: float
    best: bool
    passage: Facts


def with_archive(
    rows: Matrix, pairs: Sequence[tuple[Facts, Facts]], whole: Between, told: Sequence[Told]
) -> Matrix:
    """The features of two claims, shape (n, len(NAMES)), with those of an archive: (n, len(FEATURES))."""
    if not len(rows):
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    kept = rows[:, [NAMES.index(name) for name in OF_STORY]]
    more = [_of_archive(row, a, b, whole, t) for row, (a, b), t in zip(rows, pairs, told, strict=True)]
    features: Matrix = np.concatenate([kept, np.array(more, dtype=np.float32)], axis=1)
    return features


def _of_archive(row: Matrix, a: Facts, b: Facts, whole: Between, told: Told) -> list[float]:
    pair = {name: float(row[NAMES.index(name)]) for name in NAMES}
    days = whole.days or 0
    figures = any(v.kind is not ValueKind.DATE for v in a.values)
    figures_there, _, _ = compare_figures(a.text, a.values, told.passage.text, told.passage.values)
    differ = figures_there is Agreement.DIFFERENT and not are_opposed(a.claim, b.claim)
    table = {
        "gist": whole.gist,
        "names": whole.names,
        "new_names": 1 - share(b.names, a.names) if b.names else 0.0,
        "later": float(whole.later),
        "days_later": math.log1p(max(0, days)) / 8,
        "days_earlier": math.log1p(max(0, -days)) / 8,
        "one_speaker": float(_one_speaker(a, b)),
        "figures_differ_x_later": pair["figures_differ"] * whole.later,
        "dates_differ_x_later": pair["dates_differ"] * whole.later,
        "contradiction_x_later": pair["contradiction"] * whole.later,
        "contradiction_x_gist": pair["contradiction"] * whole.gist,
        "support_x_gist": pair["support"] * whole.gist,
        "support_x_names": pair["support"] * whole.names,
        "contradiction_x_names": pair["contradiction"] * whole.names,
        "best": float(told.best),
        "figures": float(figures),
        "figures_differ_x_gist": pair["figures_differ"] * whole.gist,
        "cosine_x_gist": pair["cosine"] * whole.gist,
        "cosine_x_names": pair["cosine"] * whole.names,
        "told_support": told.support,
        "told_contradiction": told.contradiction,
        "told_cosine": told.cosine,
        "told_figures_same": float(figures_there is Agreement.SAME),
        "told_figures_differ": float(differ),
        "told_figures_differ_x_later": float(differ and whole.later),
        "newer_x_later": float(bool(NEWER.search(b.context)) and whole.later),
        "told_contradiction_x_later": told.contradiction * whole.later,
        "told_support_x_gist": told.support * whole.gist,
        "told_words": len(a.words & told.passage.words) / max(len(a.words), 1),
        "told_names": len(a.names & told.passage.names) / max(len(a.names), 1),
    }
    return [table[name] for name in OF_ARCHIVE]


def _one_speaker(a: Facts, b: Facts) -> bool:
    """Whether both claims are of one source, or of one party."""
    if a.claim.source is None or b.claim.source is None:
        return False
    one, other = a.claim.source, b.claim.source
    return one_party(one.party, other.party) or bool(named(one.name) & named(other.name))
