"""Two entailment models, of which the larger is asked only what the quick one leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verify.config import ModelSettings
from verify.models.entailment import NEUTRAL
from verify.models.protocols import Entailment, Matrix
from verify.resources import weights_folder

SETTLED = 0.95
"""Probability of "neutral" from which the quick model's word stands."""

NONE = "none"
"""What the settings say for no larger model."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """A quick entailment model, and a larger one for what the quick one doesn't find clearly neutral.

    Most pairs have nothing to do with each other, and a small model sees that as well as a large one. Who
    knows more of a pair than its words takes the two by `steps` and decides what the larger one is asked.
    """

    quick: Entailment
    larger: Entailment

    @property
    def name(self) -> str:
        """What the report calls the two models."""
        return f"{self.quick.name}, {self.larger.name}"

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return probabilities of shape (len(pairs), 3) in the order of LABELS."""
        rows = self.quick.predict(pairs).copy()
        unclear = np.flatnonzero(rows[:, NEUTRAL] < SETTLED)
        if unclear.size:
            rows[unclear] = self.larger.predict([pairs[int(k)] for k in unclear])
        return rows


def steps(entailment: Entailment) -> tuple[Entailment, ...]:
    """The models of a cascade from the quick one on; a model by itself is the only one."""
    return (entailment.quick, entailment.larger) if isinstance(entailment, Cascade) else (entailment,)


def larger_name(settings: ModelSettings) -> str | None:
    """The name of the larger model by `settings`, None for none.

    Unless they say otherwise it is the bundled one beside the bundled quick one.
    """
    if settings.larger is None:
        return str(weights_folder() / "larger") if settings.entailment is None else None
    return settings.larger if settings.larger != NONE else None
