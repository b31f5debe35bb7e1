"""Entailment models: the bundled one, or any cross-encoder with three classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from verify.errors import ModelError
from verify.models.hub import offline, refuse_missing
from verify.models.onnx import OnnxModel, is_onnx_model, load_onnx
from verify.models.protocols import Entailment, Matrix
from verify.resources import weights_folder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LABELS = ("entailment", "neutral", "contradiction")
NEUTRAL = LABELS.index("neutral")

CLEARLY_NEUTRAL = 0.8
"""Probability of "neutral" from which the other direction isn't worth the time."""


@dataclass(frozen=True, slots=True)
class OnnxEntailment:
    """An entailment model whose graph ends in a softmax over LABELS."""

    model: OnnxModel

    @property
    def name(self) -> str:
        """What the report calls the model."""
        return self.model.name

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return probabilities of shape (len(pairs), 3) in the order of LABELS."""
        return self.model.run(pairs)


@dataclass(frozen=True, slots=True)
class CrossEncoderEntailment:
    """A cross-encoder of the sentence-transformers library; `order` gives its column of each of LABELS."""

    name: str
    model: CrossEncoder
    order: tuple[int, ...]

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return probabilities of shape (len(pairs), 3) in the order of LABELS."""
        if not pairs:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        rows = self.model.predict(list(pairs), apply_softmax=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)[:, self.order]


def load_entailment(name: str | None = None) -> Entailment:
    """Load the bundled entailment model, or the one called `name`: a folder, or a model in the local cache.

    Raises ModelError where it isn't there, or has other classes; nothing is ever downloaded.
    """
    if name is None:
        return OnnxEntailment(load_onnx(weights_folder() / "entailment", task="entailment"))
    if is_onnx_model(Path(name)):
        return OnnxEntailment(load_onnx(Path(name), task="entailment"))
    with offline(), refuse_missing(name):
        from sentence_transformers import CrossEncoder

        model = CrossEncoder(name, local_files_only=True)
    return CrossEncoderEntailment(name, model, label_order(model.config.id2label, name))


def both_ways(
    entailment: Entailment, pairs: Sequence[tuple[str, str]], *, settled: float = 1.0
) -> tuple[Matrix, Matrix]:
    """The model's rows, shape (len(pairs), 3), for the pairs and for the pairs turned round.

    What is clearly neutral one way, or of another class with a probability above `settled`, isn't asked the
    other way, and counts as the same there.
    """
    forward = entailment.predict(pairs)
    backward = forward.copy()
    unclear = [
        k
        for k, (entails, neutral, contradicts) in enumerate(forward)
        if neutral < CLEARLY_NEUTRAL and max(entails, contradicts) <= settled
    ]
    if unclear:
        backward[unclear] = entailment.predict([(pairs[k][1], pairs[k][0]) for k in unclear])
    return forward, backward


def label_order(labels: Mapping[int, str], name: str) -> tuple[int, ...]:
    """The columns of a model, whose classes are `labels`, in the order of LABELS; raises ModelError."""
    columns = {label.lower(): column for column, label in labels.items()}
    if set(columns) != set(LABELS):
        classes = ", ".join(labels.values())
        raise ModelError(name, f"its classes are {classes}", f"name a model with {', '.join(LABELS)}")
    return tuple(columns[label] for label in LABELS)
