"""Counts of casualties, by which a rule tells that one voice bears another out whatever its words."""

from __future__ import annotations

from collections.abc import Iterator

from verify.language.values import find_values
from verify.relate.slots import FIGURE_SLOTS, figure_slot
from verify.rules.base import Context
from verify.types import Claim, Role, Stance

Toll = tuple[str, float, float]
"""What a figure counts ("killed"), and the least and the most that it leaves open."""


def tolls_of(text: str) -> frozenset[Toll]:
    """The counts of casualties in `text`."""
    slots = ((figure_slot(text, value), value) for value in find_values(text))
    return frozenset((slot, value.low, value.high) for slot, value in slots if slot in FIGURE_SLOTS)


def tolls_by_source(context: Context) -> Iterator[tuple[Claim, frozenset[Toll]]]:
    """The claims by which a source flatly gives counts, outside of headlines, with these."""
    for claim in context.claims:
        flat = claim.stance is Stance.ASSERTS and claim.role is not Role.HEADLINE
        if claim.source is not None and flat and (tolls := tolls_of(claim.proposition)):
            yield claim, tolls
