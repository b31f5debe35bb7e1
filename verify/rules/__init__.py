"""The rules, one module each, and the function that runs them."""

from __future__ import annotations

from verify.rules import (
    altered_quote,
    anonymous_source,
    changed_account,
    circular_sourcing,
    conflict_across_stories,
    contradicted_by_archive,
    date_conflict,
    headline_conflict,
    hedge_drift,
    no_right_of_reply,
    number_conflict,
    odd_quotation_marks,
    outdated,
    outdated_across_stories,
    quote_not_found,
    same_origin,
    single_source,
    source_conflict,
    unattributed_claim,
    uncorroborated,
    wrong_speaker,
)
from verify.rules.base import Against, Context, Levels, Rule
from verify.rules.run import findings_of
from verify.types import Finding

RULES: tuple[Rule, ...] = (
    source_conflict.RULE,
    number_conflict.RULE,
    date_conflict.RULE,
    headline_conflict.RULE,
    changed_account.RULE,
    hedge_drift.RULE,
    unattributed_claim.RULE,
    single_source.RULE,
    anonymous_source.RULE,
    circular_sourcing.RULE,
    no_right_of_reply.RULE,
    odd_quotation_marks.RULE,
    contradicted_by_archive.RULE,
    outdated.RULE,
    uncorroborated.RULE,
    same_origin.RULE,
    altered_quote.RULE,
    wrong_speaker.RULE,
    quote_not_found.RULE,
    conflict_across_stories.RULE,
    outdated_across_stories.RULE,
)
"""All rules in the order of their codes."""


def run(context: Context, levels: Levels) -> tuple[Finding, ...]:
    """What the rules find in `context`, in the order of the text.

    `levels` overrides the rules' own levels by name; None switches a rule off.
    """
    return findings_of(RULES, context, levels)


def running(levels: Levels, *, against: Against = Against.ITSELF) -> tuple[str, ...]:
    """The names of the rules that run with these levels where a draft is held `against` something."""
    return tuple(
        rule.name
        for rule in RULES
        if rule.against is against and levels.get(rule.name, rule.level) is not None
    )
