"""Where a claim comes from: a source that repeats another is that other's echo, not a second source."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from verify.attribution.citing import citations
from verify.rules.base import Context
from verify.types import Claim, RelationType

ALIKE = 0.8
"""Share of the shorter proposition's words that the longer one must have to say the same."""

FEWEST = 3
"""Words below which a proposition is too short to tell by its words alone."""


def cited(context: Context) -> Mapping[str, frozenset[str]]:
    """By the id of each claim that draws on other sources, their names as the document knows them."""
    return citations(context.claims, context.sentences_by_id, context.document)


def origins(claim: Claim, cited_names: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The names that the word of `claim` comes from: those that it cites, or else its own source."""
    own = frozenset() if claim.source is None else frozenset({claim.source.name})
    return cited_names.get(claim.id, own)


def nested(one: Claim, other: Claim) -> bool:
    """Whether one of the claims is what the other one reports."""
    return one.within == other.id or other.within == one.id


def supported(context: Context) -> Collection[frozenset[str]]:
    """The pairs of ids of claims that support each other."""
    return {frozenset((r.a, r.b)) for r in context.relations if r.relation is RelationType.SUPPORTS}


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether of two propositions, as their words, one says nearly word for word what the other says."""
    shorter = min(len(a), len(b))
    return shorter >= FEWEST and len(a & b) >= ALIKE * shorter
