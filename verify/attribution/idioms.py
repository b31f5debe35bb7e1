"""Idioms of attribution: "held Moscow responsible", "ruled that out", "would have none of it"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from verify.attribution import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

TAKEN_UP = frozenset({"it", "that", "this"})
"""Pronouns for what was said before."""

Pieces = tuple[list["Token"], list["Token"]]
"""What joins the verb to make the cue, and the content."""


def idiom(verb: Token) -> Pieces | None:
    """The rest of the cue and the content of an idiom that `verb` heads; None for other verbs."""
    return (
        held_responsible(verb) or _pointed_at(verb) or _none_of_it(verb) or _ruled_out(verb) or _scorned(verb)
    )


def held_responsible(verb: Token) -> Pieces | None:
    """Moscow (and for what) in "held Moscow responsible for the strike"."""
    if verb.lemma_ != "hold":
        return None
    verdict = next((t for t in verb.subtree if t.lower_ in lexicon.RESPONSIBLE and t.i > verb.i), None)
    if verdict is None:
        return None
    target = [t for t in verb.subtree if verb.i < t.i < verdict.i]
    if any(t.pos_ in {"VERB", "AUX"} for t in target):
        return None
    after = [t for t in verb.sent if t.i > verdict.i]
    what = list(takewhile(lambda t: not t.is_punct, after)) if after and after[0].lower_ == "for" else []
    return ([verdict], [*target, *what]) if target else None


def _pointed_at(verb: Token) -> Pieces | None:
    """Aldino in "pointed the finger at Aldino"."""
    finger = next((c for c in verb.children if c.dep_ == "dobj" and c.lower_ in {"finger", "fingers"}), None)
    if verb.lemma_ != "point" or finger is None:
        return None
    at = next((c for top in (verb, finger) for c in top.children if c.lower_ == "at"), None)
    if at is None:
        return None
    return [*finger.subtree][:2], [t for c in at.children for t in c.subtree]


def _none_of_it(verb: Token) -> Pieces | None:
    """ "it" in "would have none of it" and "wants nothing of that"."""
    none = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if none is None or frozenset({verb.lemma_, none.lower_}) not in lexicon.NONE_OF_IT:
        return None
    of = next((c for c in none.children if c.lower_ == "of"), None)
    said = [c for c in of.children if c.lower_ in TAKEN_UP] if of is not None else []
    return ([none], said) if said else None


def _ruled_out(verb: Token) -> Pieces | None:
    """An attack in "ruled out an attack"."""
    out = next((c for c in verb.children if c.dep_ == "prt" and c.lower_ == "out"), None)
    what = [t for c in verb.children if c.dep_ == "dobj" for t in c.subtree]
    return ([], what) if verb.lemma_ == "rule" and out is not None and what else None


def _scorned(verb: Token) -> Pieces | None:
    """The idea in "scoffed at the idea", "brushed the idea aside" and "took issue with the idea"."""
    beside = lexicon.SCORN.get(verb.lemma_)
    if beside is None:
        return None
    with_it = [c for c in verb.children if c.lower_ in beside]
    if not with_it and "" not in beside:
        return None
    governing = [verb, *(c for c in verb.children if c.dep_ in {"prep", "dative"})]
    objects = (c for g in governing for c in g.children if c.dep_ in {"dobj", "dative", "pobj"})
    told = next((c for c in objects if c.lemma_.lower() in lexicon.CLAIM_NOUN or c.lower_ in TAKEN_UP), None)
    return (with_it, [*told.subtree]) if told is not None else None
