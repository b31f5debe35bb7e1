"""Which of the draft's own statements lay something at somebody's door, by what they mean.

A list of words finds the accusations that it has words for (`verify.rules.lexicon`). This is for the
others: a logistic regression on the embedding of a statement, in a file of its own, fitted by
`verify.train.accusing`. What it finds it explains by the words without which it would find it least (erasure,
Li, Monroe and Jurafsky 2016, arXiv:1612.08220).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from verify.errors import ModelError
from verify.language.writable import writable
from verify.models.logistic import sigmoid
from verify.models.protocols import Encoder, Matrix
from verify.types import OUTLET, UNKNOWN, Claim, Document, Role

FILE = Path(__file__).with_name("accusing.json")

LEAST = 0.6
"""Probability from which a statement is said to accuse. Of the statements in all 179 labelled stories for
which the word list has no word, by ten folds: 42 found, 23 of them labelled, of 70; from 0.5 on 59 with 28,
and what was more was wrong by and large."""

ERASED = 3
"""Words in a row that are left out at a time to see what a finding rests on."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """How probable it is that a statement accuses, in 0..1, and the words that say so most."""

    score: float
    words: str


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression on the vectors of the encoder called `encoder`, of shape (dimension,)."""

    encoder: str
    weights: Matrix
    bias: float

    def probabilities(self, vectors: Matrix) -> Matrix:
        """Of each row of `vectors`, shape (n, dimension), how probable it is that it accuses; shape (n,)."""
        return sigmoid(vectors @ self.weights + self.bias)


@cache
def load_weights(file: Path = FILE) -> Weights:
    """Load the weights in `file`. Raises ModelError where it holds none."""
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        weights = np.array([float(weight) for weight in table["weights"]], dtype=np.float32)
        return Weights(str(table["encoder"]), weights, float(table["bias"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            str(file), f"can't be used ({error!r})", "fit it again with `python -m verify.train.accusing`"
        ) from error


def own_statements(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that the draft makes itself, but for its headlines, whose style is that of accusations."""
    return [c for c in claims if c.party in {OUTLET, UNKNOWN} and c.role is not Role.HEADLINE]


def statement_of(claim: Claim, document: Document) -> str:
    """A claim in the draft's own words."""
    return writable(" ".join(document.text[span.start : span.end] for span in claim.content))


def find_accusations(
    claims: Sequence[Claim], document: Document, encoder: Encoder, weights: Weights | None = None
) -> Mapping[str, Accusation]:
    """The draft's own statements that accuse, by the ids of the claims.

    Empty where the encoder isn't the one that the weights were fitted on.
    """
    weights = weights or load_weights()
    own = own_statements(claims)
    if not own or encoder.name != weights.encoder:
        return {}
    texts = [statement_of(claim, document) for claim in own]
    scores = weights.probabilities(encoder.encode(texts))
    return {
        claim.id: Accusation(float(score), _decisive(text, encoder, weights))
        for claim, text, score in zip(own, texts, scores, strict=True)
        if score >= LEAST
    }


def _decisive(text: str, encoder: Encoder, weights: Weights) -> str:
    """The words in a row without which `text` would accuse least."""
    words = text.split()
    starts = range(max(1, len(words) - ERASED + 1))
    rests = [" ".join(words[:k] + words[k + ERASED :]) for k in starts]
    least = int(np.argmin(weights.probabilities(encoder.encode(rests))))
    return " ".join(words[least : least + ERASED]).strip(".,;:—–-“”\"'()")
