"""From the scores of a logistic regression to probabilities."""

from __future__ import annotations

import numpy as np

from verify.models.protocols import Matrix


def sigmoid(scores: Matrix) -> Matrix:
    """The probability of each of `scores`, of any shape, in 0..1."""
    # By way of the hyperbolic tangent, which overflows nowhere.
    probabilities: Matrix = (0.5 * (1 + np.tanh(scores / 2))).astype(np.float32)
    return probabilities


def softmax(scores: Matrix, axis: int = 1) -> Matrix:
    """The probabilities of the classes, which lie along `axis` of `scores`; they sum to 1."""
    exponents = np.exp(scores - scores.max(axis=axis, keepdims=True))
    probabilities: Matrix = (exponents / exponents.sum(axis=axis, keepdims=True)).astype(np.float32)
    return probabilities


def log_softmax(scores: Matrix, axis: int = 1) -> Matrix:
    """The logarithms of `softmax`, of which none is that of 0."""
    shifted = scores - scores.max(axis=axis, keepdims=True)
    logarithms: Matrix = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return logarithms
