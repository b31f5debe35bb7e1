"""The seams behind which models stand. Everything else sees these and numpy arrays only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verify.types import Span

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
        """Return probabilities, (len(pairs), 3): entailment, neutral, contradiction; rows sum to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Tagged:
    """An attribution as tagged in one paragraph; offsets are code points into that paragraph.

    `source` is None where it isn't named there; `content` isn't empty; `score` is in 0..1.
    """

    paragraph: int
    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    score: float


class Tagger(Protocol):
    """Finds who says what, and by which words."""

    @property
    def name(self) -> str:
        """What the report calls the model."""
        ...

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        """Return the attributions of a document whose paragraphs are given in order; () for none."""
        ...
