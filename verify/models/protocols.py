"""The seams behind which models stand. Everything else sees these and numpy arrays only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their cosine similarity."""

    @property
    def name(self) -> str:
        """What the report calls the model."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return an array of shape (len(texts), dimension), rows of length 1; (0, dimension) for no texts."""
        ...


class Entailment(Protocol):
    """Judges whether a premise entails, is neutral to, or contradicts a hypothesis."""

    @property
    def name(self) -> str:
        """What the report calls the model."""
        ...

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return probabilities of shape (len(pairs), 3): entailment, neutral, contradiction; rows sum to 1."""
        ...
