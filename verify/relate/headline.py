"""Figures of the headline that the story doesn't have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verify.language.dates import YEAR
from verify.language.values import Agreement, Value, ValueKind, compare
from verify.relate.features import Facts, share
from verify.relate.reasons import figures_differ
from verify.relate.slots import FIGURE_SLOTS, figure_slot
from verify.types import Kind, Relation, RelationType, Role, Stance

SCORE = 0.9
"""How sure a clash of a headline's figure with all of the story's is: it is a matter of counting."""


OUTDATED = re.compile(
    r"\b(?:earlier|initially|at first|first said|previously|originally"
    rf"|had (?:said|put|spoken|reported|counted|told|given)|{YEAR})\b",
    re.IGNORECASE,
)
"""What tells of an earlier count, or of an earlier event by its year."""

POSSIBLE = re.compile(r"\b(?:could|might|may|would) have\b", re.IGNORECASE)
"""What tells of what might have been."""

ALIKE = 0.6
"""Share of words that a sentence has in common with a headline whose amount it repeats."""


def headline_figures(facts: Sequence[Facts]) -> Iterator[Relation]:
    """A relation for each figure of the headline that clashes with every figure of its slot in the story.

    Only figures whose slot is plain (killed, injured, missing, ...) and asserted are held against each
    other, and amounts of sentences that share the headline's words; the counterpart is the first of the
    story's that isn't told as an earlier count.
    """
    told = [f for f in facts if f.claim.role is not Role.HEADLINE]
    flat = [f for f in told if f.claim.stance is Stance.ASSERTS]
    for headline in (f for f in facts if f.claim.role is Role.HEADLINE):
        # A headline keeps its "could have", which a claim in the story has as its stance.
        might_be = POSSIBLE.search(headline.text) is not None
        body = [f for f in told if _possible(f)] if might_be else flat
        for value in _plain(headline):
            slot = figure_slot(headline.text, value)
            near = (
                body
                if value.kind is ValueKind.COUNT
                else [f for f in body if share(f.words, headline.words) >= ALIKE]
            )
            rivals = [(f, v) for f in near for v in _plain(f) if figure_slot(f.text, v) == slot]
            verdicts = {compare(value, rival) for _, rival in rivals}
            if verdicts == {Agreement.DIFFERENT}:
                other, rival = min(rivals, key=lambda r: bool(OUTDATED.search(r[0].context)))
                reason = figures_differ(headline, value, other, rival)
                yield Relation(
                    headline.claim.id, other.claim.id, RelationType.CONTRADICTS, Kind.HEADLINE, SCORE, reason
                )


def _possible(facts: Facts) -> bool:
    return facts.claim.stance is Stance.SUGGESTS or POSSIBLE.search(facts.text) is not None


def _plain(facts: Facts) -> Iterator[Value]:
    """The amounts, and the counts whose slot the words next to them name."""
    for value in facts.values:
        counted = value.kind is ValueKind.COUNT and figure_slot(facts.text, value) in FIGURE_SLOTS
        if counted or value.kind in {ValueKind.MONEY, ValueKind.PERCENT}:
            yield value
