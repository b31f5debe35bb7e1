"""From features to calibrated probabilities: a multinomial logistic regression in a file that one can read.

Fitted by `verify.train.relations` on the labelled training stories, with gold and with found claims.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verify.errors import ModelError
from verify.models.logistic import sigmoid, softmax
from verify.models.protocols import Matrix
from verify.relate.features import ASKED, NAMES

FILE = Path(__file__).with_name("scorer.json")
LABELS = ("unrelated", "supports", "contradicts")


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of shape (3, len(NAMES)) and biases of shape (3,): unrelated, supports, contradicts.

    `gate`, of shape (len(NAMES),), and `gate_bias` are those of a logistic regression on what is known of a
    pair before the entailment model is asked; its weights for what only that model can tell are 0.
    """

    weights: Matrix
    biases: Matrix
    gate: Matrix
    gate_bias: float

    def probabilities(self, features: Matrix) -> Matrix:
        """Turn features of shape (n, len(NAMES)) into probabilities of shape (n, 3)."""
        return softmax(features @ self.weights.T + self.biases)

    def promise(self, features: Matrix) -> Matrix:
        """The probability, shape (n,), that a pair is related at all, whatever the entailment model says."""
        return sigmoid(features @ self.gate + self.gate_bias)


def load_scorer(file: Path = FILE) -> Scorer:
    """Load the weights in `file`. Raises ModelError where they aren't those of these features."""
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        weights = [[float(table["weights"][label][name]) for name in NAMES] for label in LABELS]
        biases = [float(table["biases"][label]) for label in LABELS]
        gate = [0.0 if name in ASKED else float(table["gate"]["weights"][name]) for name in NAMES]
        gate_bias = float(table["gate"]["bias"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            str(file), f"can't be used ({error!r})", "fit it again with `python -m verify.train.relations`"
        ) from error
    return Scorer(
        np.array(weights, dtype=np.float32),
        np.array(biases, dtype=np.float32),
        np.array(gate, dtype=np.float32),
        gate_bias,
    )
