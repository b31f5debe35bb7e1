"""From the scores of a logistic regression to probabilities."""

from __future__ import annotations

import numpy as np

from verify.models.protocols import Matrix


def sigmoid(scores: Matrix) -> Matrix:
    """The probability of each of `scores`, of any shape, in 0..1."""
    # By way of the hyperbolic tangent, which overflows nowhere.
    probabilities: Matrix = (0.5 * (1 + np.tanh(scores / 2))).astype(np.float32)
    return probabilities


def softmax(scores: Matrix) -> Matrix:
    """The probabilities of the classes, shape (n, classes) like `scores`; rows sum to 1."""
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    rows: Matrix = (exponents / exponents.sum(axis=1, keepdims=True)).astype(np.float32)
    return rows
