"""From features to calibrated probabilities: a multinomial logistic regression in a file that one can read.

Fitted by `verify.train.relations` on the labelled training stories, with gold and with found claims.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from verify.errors import ModelError
from verify.models.logistic import sigmoid, softmax
from verify.models.protocols import Matrix
from verify.relate.features import ASKED, NAMES

FILE = Path(__file__).with_name("scorer.json")
LABELS = ("unrelated", "supports", "contradicts")


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic regression, weights of shape (len(NAMES),) and a bias: what is worth a closer look."""

    weights: Matrix
    bias: float

    def promise(self, features: Matrix) -> Matrix:
        """The probability, shape (n,), that pairs with features (n, len(NAMES)) are related at all."""
        return sigmoid(features @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of shape (3, len(NAMES)) and biases of shape (3,): unrelated, supports, contradicts.

    `gate` goes by what is known of a pair before an entailment model is asked; its weights for what only such
    a model can tell are 0. `larger_gate` goes by what the small one said too, before the larger one is asked.
    """

    weights: Matrix
    biases: Matrix
    gate: Gate
    larger_gate: Gate

    def probabilities(self, features: Matrix) -> Matrix:
        """Turn features of shape (n, len(NAMES)) into probabilities of shape (n, 3)."""
        return softmax(features @ self.weights.T + self.biases)


@cache
def load_scorer(file: Path = FILE) -> Scorer:
    """Load the weights in `file`. Raises ModelError where they aren't those of these features."""
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        weights = [[float(table["weights"][label][name]) for name in NAMES] for label in LABELS]
        biases = [float(table["biases"][label]) for label in LABELS]
        gates = [
            _gate(table[key], without) for key, without in (("gate", ASKED), ("larger_gate", frozenset()))
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            str(file), f"can't be used ({error!r})", "fit it again with `python -m verify.train.relations`"
        ) from error
    return Scorer(
        np.array(weights, dtype=np.float32),
        np.array(biases, dtype=np.float32),
        *gates,
    )


def _gate(table: Mapping[str, Any], without: frozenset[str]) -> Gate:
    """The gate in `table`, whose weights for the features `without` are 0 and not in it."""
    weights = [0.0 if name in without else float(table["weights"][name]) for name in NAMES]
    return Gate(np.array(weights, dtype=np.float32), float(table["bias"]))
