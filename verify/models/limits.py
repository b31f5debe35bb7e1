"""How much of a text the models read. What goes beyond they don't see, and a report has to say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verify.config import ModelSettings
from verify.errors import ModelError
from verify.models.cascade import larger_name
from verify.models.onnx import DESCRIPTION, is_onnx_model, open_tokenizer, read_description
from verify.resources import weights_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPECIAL = {1: 2, 2: 3}
"""Tokens that a model adds to so many texts that it reads at once."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The `tokens` that the model in `folder` has room for in a text, or in each of two."""

    folder: Path
    tokens: int

    def cut(self, texts: Sequence[str]) -> list[bool]:
        """Of each of `texts` whether it is longer.

        Only those are tokenised, and the tokenizer is opened for those only, that have more characters than
        tokens are allowed: no token is shorter than a character.
        """
        return [len(text) > self.tokens and self._count(text) > self.tokens for text in texts]

    def _count(self, text: str) -> int:
        return len(_tokenizer(self.folder).encode(text, add_special_tokens=False).ids)


@dataclass(frozen=True, slots=True)
class Limits:
    """Those of the encoder, which reads a passage, and of the entailment models, which read two propositions.

    Of two propositions the longer one is cut first, so one that takes no more than half isn't cut beside any.
    A tagger's window is as long as what the encoder reads. How much other libraries' models read isn't known.
    """

    passage: Sequence[Limit] = ()
    proposition: Sequence[Limit] = ()

    def cut_passages(self, texts: Sequence[str]) -> list[bool]:
        """Of each of `texts` whether a model that reads it may not see its end."""
        return _cut(self.passage, texts)

    def cut_propositions(self, texts: Sequence[str]) -> list[bool]:
        """Of each of `texts` whether a model that reads it beside another may not see its end."""
        return _cut(self.proposition, texts)


def _cut(limits: Sequence[Limit], texts: Sequence[str]) -> list[bool]:
    rows = [limit.cut(texts) for limit in limits]
    return [any(row[k] for row in rows) for k in range(len(texts))]


def limits_of(settings: ModelSettings) -> Limits:
    """The limits of the models that `settings` name. Raises ModelError."""
    encoder = weights_folder() / "encoder" if settings.encoder is None else Path(settings.encoder)
    quick = weights_folder() / "entailment" if settings.entailment is None else Path(settings.entailment)
    larger = larger_name(settings)
    judges = [quick] if larger is None else [quick, Path(larger)]
    return Limits(
        tuple(_limit(folder, "encoder", at_once=1) for folder in [encoder] if is_onnx_model(folder)),
        tuple(_limit(folder, "entailment", at_once=2) for folder in judges if is_onnx_model(folder)),
    )


def _limit(folder: Path, task: str, *, at_once: int) -> Limit:
    most = read_description(folder, task=task).get("max_tokens")
    if not isinstance(most, int):
        raise ModelError(str(folder / DESCRIPTION), "lacks `max_tokens`", "install verify again")
    return Limit(folder, (most - SPECIAL[at_once]) // at_once)


@cache
def _tokenizer(folder: Path) -> Tokenizer:
    return open_tokenizer(folder)
