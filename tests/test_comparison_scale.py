"""The work of a comparison grows with the number of claims, not with its square."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from conftest import StubEntailment, claim, document

from verify.attribution.registry import load_registry
from verify.config import RelateSettings
from verify.models.protocols import Matrix
from verify.relate import relate
from verify.types import Claim, Stance

SETTINGS = RelateSettings(promise=0.0)


class AllAlike:
    """Vectors that are all near each other, none nearer than others by design."""

    name = "alike"

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.random.default_rng(7).normal(size=(len(texts), 64)).astype(np.float32) + 2
        unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def claims(number: int) -> list[Claim]:
    said = "The depot number {} at Sarnow was empty on that morning."
    return [claim(n, f"Party{n} Brenn{n}", Stance.ASSERTS, said.format(n)) for n in range(number)]


@pytest.mark.parametrize("number", [50, 200, 800])
def test_pairs_grow_with_the_number_of_claims(number: int) -> None:
    entailment = StubEntailment({})
    related = relate(
        claims(number),
        document("x" * 10 * number),
        load_registry(),
        encoder=AllAlike(),
        entailment=entailment,
        settings=SETTINGS,
    )
    assert number < related.pairs_compared <= number * SETTINGS.neighbours
    assert len(entailment.asked) <= 2 * related.pairs_compared
