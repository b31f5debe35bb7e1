"""Negations that turn no whole clause round: "two of the three had not met", "not until noon"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verify.attribution.phrases import SUBJECTS, UNABLE, WH

if TYPE_CHECKING:
    from spacy.tokens import Token

SOME = frozenset(
    "most many much some several half third quarter part majority minority number cent percent".split()
)
"""Of whom "did not" tells that the others did, or may have."""

DEFINITE = frozenset("the these those both all our its their his her my".split())
"""Determiners of a whole: "the two men had not met" denies that they had."""

LIMITS = frozenset({"until", "till", "unless"})

PRESUPPOSING = frozenset("coincidence secret surprise wonder mystery".split())
"""What may be denied of a clause that is true all the same: "it was no coincidence that P"."""


def leaves_standing(root: Token, own: Sequence[Token]) -> bool:
    """Whether a negated clause, with these children of its root, says more than that its positive is false.

    "Two of the three had not met" isn't the opposite of "two of the three had met", "the police did not
    arrive until noon" tells that they did, and "it was no coincidence that the dam burst" that it burst.
    """
    return _of_some(own) or _until(root, own) or _presupposes(root, own) or _leaves_unsaid(root, own)


def _of_some(own: Sequence[Token]) -> bool:
    by_verb = any(c.dep_ == "neg" or c.lower_ == "never" for c in own)
    by_object = any(g.lower_ == "no" for c in own if c.dep_ in {"attr", "dobj"} for g in c.children)
    return (by_verb or by_object) and any(_is_some(c) for c in own if c.dep_ in SUBJECTS)


def _is_some(subject: Token) -> bool:
    """Whether a subject tells of a share of them: "most", "88 per cent", "two of the three"."""
    before = [c for c in subject.children if c.i < subject.i]
    if any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in before):
        return False
    of_them = subject.like_num and any(c.lower_ == "of" for c in subject.children)
    return of_them or any(t.lower_ in SOME for t in (subject, *before))


def _until(root: Token, own: Sequence[Token]) -> bool:
    """Whether what is denied holds from a limit on, and the negation is no "nobody" or "nothing"."""
    later = (c for c in own if c.i > root.i and c.dep_ in {"prep", "advcl"})
    limited = any(c.lower_ in LIMITS or any(g.lower_ in LIMITS for g in c.children) for c in later)
    return limited and any(c.dep_ == "neg" for c in own)


def _presupposes(root: Token, own: Sequence[Token]) -> bool:
    named = [c for c in own if c.dep_ == "attr" and c.lower_ in PRESUPPOSING]
    clauses = [c for top in (root, *named) for c in top.children if c.dep_ in {"ccomp", "relcl", "acl"}]
    return root.lemma_ == "be" and bool(named) and any(c.i > root.i for c in clauses)


def _leaves_unsaid(root: Token, own: Sequence[Token]) -> bool:
    """Whether a clause tells what somebody else left unsaid: "the others have not said whether P"."""
    subjects = (c for c in own if c.dep_ == "nsubj")
    theirs = any(c.pos_ in {"NOUN", "PROPN"} for c in subjects)
    unable = any(c.lower_ in UNABLE for c in own)
    asked = (c for c in own if c.dep_ == "ccomp" and c.i > root.i)
    opens = any(c.left_edge.lower_ in {"whether", "if"} or c.left_edge.tag_ in WH for c in asked)
    return root.lemma_ in {"disclose", "explain", "say", "tell"} and theirs and opens and not unable


def no_way(root: Token, own: Sequence[Token]) -> Token | None:
    """The clause of "there was no way that P", which is denied; None for "no way of telling" and others."""
    ways = (c for c in own if c.lower_ == "way" and any(g.lower_ == "no" for g in c.children))
    clauses = (g for way in ways for g in way.children if g.dep_ in {"relcl", "acl", "ccomp"})
    told = (g for g in clauses if any(s.dep_ in SUBJECTS for s in g.children))
    finite = (g for g in told if not any(c.lower_ == "to" and c.dep_ == "aux" for c in g.children))
    return next(finite, None) if root.lemma_ == "be" else None
