"""Temperature scaling: one number that makes a model's confidence match its accuracy (Guo et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verify.models.protocols import Matrix
from verify.train.pairs import Pair

LOWEST, HIGHEST = 0.25, 4.0
GOLDEN = (np.sqrt(5) - 1) / 2


def temperature_of(source: Path, pairs: Sequence[Pair], *, max_tokens: int = 256) -> float:
    """The temperature at which the cross-encoder in `source` fits `pairs` best; raises ModelError."""
    from verify.train.cross_encoder import encode, load_base, probabilities

    model, tokenizer = load_base(source, dropout=0.0, trained=True)
    given = probabilities(model, encode(tokenizer, pairs, max_tokens))
    return fit_temperature(given, np.asarray([p.target for p in pairs], dtype=np.int64))


def fit_temperature(given: Matrix, wanted: NDArray[np.int64]) -> float:
    """The temperature that minimises the mean negative log likelihood of `wanted`, by golden-section search.

    `given` are probabilities at temperature 1, of shape (pairs, classes): their logarithms are logits up to a
    constant by row, which a softmax takes away. The loss has one minimum in the inverse of the temperature.
    """
    logits = np.log(np.maximum(given.astype(np.float64), 1e-12))
    rows = np.arange(len(wanted))

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        highest = scaled.max(1)
        total = highest + np.log(np.exp(scaled - highest[:, None]).sum(1))
        return float((total - scaled[rows, wanted]).mean())

    low, high = float(np.log(LOWEST)), float(np.log(HIGHEST))
    while high - low > 1e-4:
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        low, high = (low, right) if loss(left) < loss(right) else (left, high)
    return round(float(np.exp((low + high) / 2)), 4)
