"""Which sources a claim draws on: those that its sentence cites, and whom it quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from verify.attribution.mentions import NOMINATIVE
from verify.types import Claim, Document, Sentence

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
PRONOUNS = NOMINATIVE | {"him", "them", "you", "one"}
WORD = re.compile(r"\w[\w'’-]*")


def words(text: str) -> frozenset[str]:
    """The words of `text` that carry its content, in lower case."""
    return (
        frozenset(word.lower().removesuffix("'s").removesuffix("’s") for word in WORD.findall(text)) - SMALL
    )


def citations(
    claims: Sequence[Claim], sentences: Mapping[str, Sentence], document: Document
) -> Mapping[str, frozenset[str]]:
    """By the id of each claim that draws on other sources, their names as the document knows them."""
    by_id = {claim.id: claim for claim in claims}
    mentions = _mentions(claims, document)
    found: dict[str, set[str]] = {}
    for claim in claims:
        if claim.source is None:
            continue
        for who in _named_after_citing(claim, sentences, document):
            cited = words(who)
            known = {name for name, mention in mentions if mention <= cited and name != claim.source.name}
            found.setdefault(claim.id, set()).update(known)
        outer = by_id.get(claim.within) if claim.within is not None else None
        if outer is not None and outer.source is not None and outer.source.name != claim.source.name:
            found.setdefault(outer.id, set()).add(claim.source.name)
    return {id_: frozenset(names) for id_, names in found.items() if names}


def _mentions(claims: Sequence[Claim], document: Document) -> list[tuple[str, frozenset[str]]]:
    """The names of the document's sources, each with the words of one mention of it."""
    sources = [claim.source for claim in claims if claim.source is not None]
    texts = [(source.name, source.name) for source in sources]
    texts += [(s.name, document.text[slice(*s.text)]) for s in sources if s.text is not None]
    return [(name, found) for name, text in dict.fromkeys(texts) if (found := words(text) - PRONOUNS)]


def _named_after_citing(claim: Claim, sentences: Mapping[str, Sentence], document: Document) -> list[str]:
    """The words after "citing" in the sentence of `claim`, outside of what it says."""
    start, end = sentences[claim.sentence].span
    return [
        match["who"]
        for match in CITING.finditer(document.text, start, end)
        if not any(span.start < match.start() < span.end for span in claim.content)
    ]
