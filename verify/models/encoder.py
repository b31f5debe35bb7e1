"""Sentence encoders: the bundled one, or any of the sentence-transformers library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from verify.models.hub import offline, refuse_missing
from verify.models.onnx import OnnxModel, is_onnx_model, load_onnx
from verify.models.protocols import Encoder, Matrix
from verify.resources import weights_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True)
class OnnxEncoder:
    """An encoder whose graph pools and normalises."""

    model: OnnxModel

    @property
    def name(self) -> str:
        """What the report calls the model."""
        return self.model.name

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return unit rows of shape (len(texts), dimension)."""
        return self.model.run(texts)


@dataclass(frozen=True, slots=True)
class SentenceTransformerEncoder:
    """A model of the sentence-transformers library, on the GPU where there is one."""

    name: str
    model: SentenceTransformer

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return unit rows of shape (len(texts), dimension)."""
        some = list(texts) or [""]  # so that no texts give rows of that dimension too
        rows = self.model.encode(some, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)[: len(texts)]


def load_encoder(name: str | None = None) -> Encoder:
    """Load the bundled encoder, or the one called `name`: a folder, or a model in the local cache.

    Raises ModelError where it isn't there; nothing is ever downloaded.
    """
    if name is None:
        return OnnxEncoder(load_onnx(weights_folder() / "encoder", task="encoder"))
    if is_onnx_model(Path(name)):
        return OnnxEncoder(load_onnx(Path(name), task="encoder"))
    with offline(), refuse_missing(name):
        from sentence_transformers import SentenceTransformer

        return SentenceTransformerEncoder(name, SentenceTransformer(name, local_files_only=True))
