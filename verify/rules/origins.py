"""Where a claim comes from: a source that repeats another is that other's echo, not a second source."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from verify.rules.base import Context
from verify.types import Claim, RelationType

CITING = re.compile(
    r"\b(?:citing|quoting|relaying|repeating|(?:as )?(?:reported|quoted|cited) by|on the word of)\s+"
    r"(?P<who>[^,.;:“”]+)",
    re.IGNORECASE,
)
"""What comes before the name of the source that another one draws on."""

SMALL = frozenset(
    """a an the of in on at to for from by with and or but that this it its is are was were be been had has
    have as not their his her who which said say says""".split()
)
PRONOUNS = frozenset("he she it they him them i we you one".split())
WORD = re.compile(r"\w[\w'’-]*")
ALIKE = 0.8
"""Share of the shorter proposition's words that the longer one must have to say the same."""

FEWEST = 3
"""Words below which a proposition is too short to tell by its words alone."""


def words(text: str) -> frozenset[str]:
    """The words of `text` that carry its content, in lower case."""
    return (
        frozenset(word.lower().removesuffix("'s").removesuffix("’s") for word in WORD.findall(text)) - SMALL
    )


def cited(context: Context) -> Mapping[str, frozenset[str]]:
    """By the id of each claim that draws on other sources, their names as the document knows them."""
    claims = context.claims_by_id
    mentions = _mentions(context)
    found: dict[str, set[str]] = {}
    for claim in context.claims:
        if claim.source is None:
            continue
        for who in _named_after_citing(context, claim):
            known = {
                name for name, mention in mentions if mention <= words(who) and name != claim.source.name
            }
            found.setdefault(claim.id, set()).update(known)
        outer = claims.get(claim.within) if claim.within is not None else None
        if outer is not None and outer.source is not None and outer.source.name != claim.source.name:
            found.setdefault(outer.id, set()).add(claim.source.name)
    return {id_: frozenset(names) for id_, names in found.items() if names}


def _mentions(context: Context) -> list[tuple[str, frozenset[str]]]:
    """The names of the document's sources, each with the words of one mention of it."""
    sources = [claim.source for claim in context.claims if claim.source is not None]
    texts = [(source.name, source.name) for source in sources]
    texts += [(source.name, context.text(source.text)) for source in sources if source.text is not None]
    return [(name, found) for name, text in texts if (found := words(text) - PRONOUNS)]


def _named_after_citing(context: Context, claim: Claim) -> list[str]:
    """The words after "citing" in the sentence of `claim`, outside of what it says."""
    start, end = context.sentences_by_id[claim.sentence].span
    return [
        match["who"]
        for match in CITING.finditer(context.document.text, start, end)
        if not any(span.start < match.start() < span.end for span in claim.content)
    ]


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


def alike(one: Claim, other: Claim) -> bool:
    """Whether one of the propositions says, nearly word for word, what the other one says."""
    a, b = words(one.proposition), words(other.proposition)
    shorter = min(len(a), len(b))
    return shorter >= FEWEST and len(a & b) >= ALIKE * shorter
