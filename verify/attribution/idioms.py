"""Idioms of attribution: "held Moscow responsible", "laid it at their door", "would have none of it"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.offices import BODY, OFFICIAL
from verify.attribution.phrases import is_negated, is_so_did

if TYPE_CHECKING:
    from spacy.tokens import Token

TAKEN_UP = frozenset({"it", "that", "this"})
"""Pronouns for what was said before."""

DOORS = frozenset({"door", "doors", "doorstep"})

GIVES = frozenset("cite draw give make offer quote reach report share state tell".split()) | lexicon.SAY
"""Verbs with which somebody gives "the same toll"."""

TELLS = lexicon.SAY | lexicon.DENY | lexicon.BLAME | lexicon.JUDGE
"""Verbs of what another did too: "so did Korvex"."""

COMES = {"arrive": "at", "be": "of", "come": "to"}
"""Verbs with which somebody "comes to the same conclusion", and what stands before it."""

Pieces = tuple[list["Token"], list["Token"]]
"""What joins the verb to make the cue, and the content."""


def idiom(verb: Token) -> Pieces | None:
    """The rest of the cue and the content of an idiom that `verb` heads; None for other verbs."""
    return next((pieces for read in IDIOMS if (pieces := read(verb)) is not None), None)


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


def _laid_at_door(verb: Token) -> Pieces | None:
    """The crash and whose door in "laid the crash at the door of Korvex", "laid it at Korvex's door"."""
    deed = _object(verb)
    at = next((c for c in verb.children if c.lower_ == "at"), None)
    if verb.lemma_ != "lay" or deed is None or at is None or deed.lemma_.lower() not in lexicon.MISHAPS:
        return None
    doors = (c for c in at.children if c.lower_ in DOORS)
    owned = any(c.dep_ == "poss" or c.lower_ == "of" for door in doors for c in door.children)
    return ([], [*deed.subtree, *at.subtree]) if owned else None


def _put_down_to(verb: Token) -> Pieces | None:
    """The fall and the rust in "put the fall down to rust"."""
    deed = _object(verb)
    down = next((c for c in verb.children if c.lower_ == "down"), None)
    if verb.lemma_ != "put" or deed is None or down is None or down.nbor(1).lower_ != "to":
        return None
    to = down.nbor(1)
    causes = [c for c in to.children if c.dep_ == "pobj"]
    if to.dep_ == "aux" and deed.lemma_.lower() in lexicon.MISHAPS:
        causes = [to.head]  # a noun that the parser takes for an infinitive: "to rust"
    told = [t for c in causes for t in c.subtree if t.i > to.i]
    return ([], [*deed.subtree, down, to, *told]) if told else None


def _saw_hand(verb: Token) -> Pieces | None:
    """Moscow's hand, and in what, in "saw Moscow's hand in the blast"."""
    hand = _object(verb)
    if verb.lemma_ != "see" or hand is None or hand.lower_ != "hand":
        return None
    of = (g for c in hand.children if c.lower_ == "of" for g in c.children)
    owners = [*(c for c in hand.children if c.dep_ == "poss"), *of]
    within = [c for top in (verb, hand) for c in top.children if c.lower_ == "in" and c.i > hand.i]
    in_what = (g.lemma_.lower() for c in within for g in c.children)
    named = any(t.pos_ == "PROPN" for owner in owners for t in owner.subtree)
    if not owners or not (named or lexicon.MISHAPS & {*in_what}):
        return None
    return [], [*hand.subtree, *(t for c in within if c.head == verb for t in c.subtree)]


def _gave_the_same(verb: Token) -> Pieces | None:
    """ "the same toll" in "gave the same toll", "as much" in "conceded as much"."""
    given = _object(verb) if verb.lemma_ in GIVES else None
    if given is None:
        return None
    much = given.lower_ == "much" and any(c.lower_ == "as" for c in given.children)
    return ([], [*given.subtree]) if much or _is_same(given) else None


def _came_to_the_same(verb: Token) -> Pieces | None:
    """The end of "came to the same conclusion" and "was of the same mind"."""
    joined = (c for c in verb.children if c.dep_ == "prep" and c.lower_ == COMES.get(verb.lemma_))
    to = next(joined, None)
    alike = (c for c in to.children if _is_same(c)) if to is not None else ()
    same = any((noun.lower_ == "mind") is (verb.lemma_ == "be") for noun in alike)
    return ([], [*to.subtree]) if to is not None and same else None


def _agreed(verb: Token) -> Pieces | None:
    """ "with her" in "agreed with her"."""
    preps = (c for c in verb.children if c.lower_ == "with" and any(_has_spoken(g) for g in c.children))
    words = next(([*c.subtree] for c in preps), None)
    agrees = verb.lemma_ == "agree" and not is_negated(verb)
    return ([], words) if agrees and words is not None and _ends_clause(words) else None


def _ends_clause(words: Sequence[Token]) -> bool:
    """Whether nothing of the clause follows `words`, and they hold no infinitive: not "with her on it"."""
    last = words[-1]
    after = last.nbor(1) if last.i + 1 < len(last.doc) else last
    return (after.is_punct or after.dep_ == "cc") and not any(t.lower_ == "to" for t in words)


def _so_did(verb: Token) -> Pieces | None:
    """ "So" in "so did Korvex", right after what another said; not after "the dam burst"."""
    if not is_so_did(verb):
        return None
    start = verb.sent.start
    before = verb.head if verb.head != verb else verb.doc[max(start - 1, 0)].sent.root
    return ([], [verb.nbor(-1)]) if before.lemma_.lower() in TELLS and before.i < verb.i else None


def _is_same(noun: Token) -> bool:
    """Whether a noun phrase is "the same", or "the same toll"."""
    alike = noun.lemma_.lower() in lexicon.SAME | {"mind", "thing"}
    return noun.lower_ == "same" or (alike and any(c.lower_ == "same" for c in noun.children))


def _has_spoken(noun: Token) -> bool:
    """Whether one can agree with what `noun` says, or has said: a name, an office, a claim."""
    words = OFFICIAL | BODY | lexicon.CLAIM_NOUN | lexicon.SAME | {"him", "her", "them"}
    return noun.pos_ == "PROPN" or noun.lemma_.lower() in words or noun.lower_ in words


def _none_of_it(verb: Token) -> Pieces | None:
    """ "it" in "would have none of it", "wants nothing of that" and "wants nothing to do with it"."""
    none = _object(verb)
    if none is None or frozenset({verb.lemma_, none.lower_}) not in lexicon.NONE_OF_IT:
        return None
    to_do = (g for c in none.children if c.lower_ == "do" for g in c.children if g.lower_ == "with")
    of = next((c for c in (*none.children, *to_do) if c.lower_ in {"of", "with"}), None)
    said = [c for c in of.children if c.lower_ in TAKEN_UP] if of is not None else []
    return ([none], said) if said else None


def _will_not_hear(verb: Token) -> Pieces | None:
    """ "it" in "would not hear of it"; not in "did not hear of it"."""
    would = any(c.lower_ in lexicon.WOULD for c in verb.children)
    of = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if verb.lemma_ != "hear" or not would or not is_negated(verb) or of is None:
        return None
    return [of], [t for c in of.children for t in c.subtree]


def _object(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "dobj"), None)


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
    told = next((c for c in objects if _is_told(c)), None)
    return (with_it, [*told.subtree]) if told is not None else None


def _is_told(noun: Token) -> bool:
    """Whether `noun` is something said: a claim noun, a pronoun for it, "all of that"."""
    inner = (g for c in noun.children if c.lower_ == "of" for g in c.children)
    whole = noun.lower_ == "all" and any(g.lower_ in TAKEN_UP for g in inner)
    return whole or noun.lemma_.lower() in lexicon.CLAIM_NOUN or noun.lower_ in TAKEN_UP


IDIOMS = (
    held_responsible,
    _pointed_at,
    _laid_at_door,
    _put_down_to,
    _saw_hand,
    _none_of_it,
    _will_not_hear,
    _ruled_out,
    _scorned,
    _gave_the_same,
    _came_to_the_same,
    _agreed,
    _so_did,
)
"""The patterns, the first that fits."""
