"""The larger entailment model: asked about what the quick one leaves open, and about nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.cache.models import cached_entailment
from verify.config import ModelSettings
from verify.errors import ModelError
from verify.models.cascade import SETTLED, Cascade
from verify.models.entailment import CLEARLY_NEUTRAL, both_ways
from verify.models.protocols import Matrix
from verify.resources import weights_folder


@dataclass
class Counting:
    """Finds a pair neutral with the probability that its premise spells; remembers what it was asked."""

    name: str
    asked: list[tuple[str, str]] = field(default_factory=list)

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        self.asked += pairs
        neutral = np.array([float(premise) for premise, _ in pairs], dtype=np.float32)
        return np.stack([1 - neutral, neutral, 0 * neutral], axis=1)


@dataclass
class Sure:
    """Finds everything a contradiction."""

    name: str = "sure"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        self.asked += pairs
        return np.tile(np.array([0, 0, 1], dtype=np.float32), (len(pairs), 1))


def test_what_is_clearly_neutral_is_not_asked_again() -> None:
    quick, larger = Counting("quick"), Sure()
    rows = Cascade(quick, larger).predict([("0.95", "a"), ("0.5", "b"), ("0.99", "c")])
    assert larger.asked == [("0.5", "b")]
    assert rows[:, 2].tolist() == [0, 1, 0], "the larger model's word stands where it was asked"


@given(st.lists(st.floats(0, 1), max_size=20))
def test_each_pair_has_one_of_the_two_verdicts(neutral: list[float]) -> None:
    pairs = [(str(p), str(k)) for k, p in enumerate(neutral)]
    quick, larger = Counting("quick"), Sure()
    rows = Cascade(quick, larger).predict(pairs)
    assert rows.shape == (len(pairs), 3)
    for p, row in zip(neutral, rows, strict=True):
        assert row[2] == (np.float32(p) < SETTLED)


def test_no_pairs_ask_no_larger_model() -> None:
    larger = Sure()
    assert Cascade(Counting("quick"), larger).predict([("0.95", "a")]).shape == (1, 3)
    assert larger.asked == []


def test_what_is_clear_is_not_asked_the_other_way() -> None:
    model = Counting("quick")
    clear = [(str(CLEARLY_NEUTRAL), "0"), ("0.05", "0.5")]
    forward, backward = both_ways(model, [*clear, ("0.5", "0.25")], settled=0.9)
    assert model.asked[3:] == [("0.25", "0.5")]
    assert backward[:2].tolist() == forward[:2].tolist(), "it counts as the same there"
    assert backward[2].tolist() == [0.75, 0.25, 0]


def test_the_report_names_both() -> None:
    assert Cascade(Counting("quick"), Sure()).name == "quick, sure"


def test_the_bundled_models_stand_beside_each_other() -> None:
    both = cached_entailment(ModelSettings(), None)
    assert isinstance(both, Cascade)
    assert both.quick.name != both.larger.name


def test_the_larger_one_can_be_left_out() -> None:
    assert not isinstance(cached_entailment(ModelSettings(larger="none"), None), Cascade)


def test_a_model_of_the_users_own_judges_alone_unless_a_larger_one_is_named() -> None:
    own, larger = (str(weights_folder() / name) for name in ("entailment", "larger"))
    assert not isinstance(cached_entailment(ModelSettings(entailment=own), None), Cascade)
    assert isinstance(cached_entailment(ModelSettings(entailment=own, larger=larger), None), Cascade)


def test_a_larger_model_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ModelError, match="no-such-model"):
        cached_entailment(ModelSettings(larger="no-such-model"), None)
