"""The rules, one module each, and the function that runs them."""

from __future__ import annotations

from verify.rules import (
    anonymous_source,
    circular_sourcing,
    date_conflict,
    headline_conflict,
    no_right_of_reply,
    number_conflict,
    single_source,
    source_conflict,
    unattributed_claim,
)
from verify.rules.base import Context, Levels, Rule
from verify.rules.run import findings_of
from verify.types import Finding

RULES: tuple[Rule, ...] = (
    source_conflict.RULE,
    number_conflict.RULE,
    date_conflict.RULE,
    headline_conflict.RULE,
    unattributed_claim.RULE,
    single_source.RULE,
    anonymous_source.RULE,
    circular_sourcing.RULE,
    no_right_of_reply.RULE,
)
"""All rules in the order of their codes."""


def run(context: Context, levels: Levels) -> tuple[Finding, ...]:
    """What the rules find in `context`, in the order of the text.

    `levels` overrides the rules' own levels by name; None switches a rule off.
    """
    return findings_of(RULES, context, levels)
