"""Denials that a source tells of itself: "said he rejected the charge", "“We deny that,” she said"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.mentions import NOMINATIVE
from verify.attribution.phrases import cue_of, root_of, trim_marks
from verify.attribution.stance import rules_it_out
from verify.attribution.untold import sacks

if TYPE_CHECKING:
    from spacy.tokens import Token

UNREAL = frozenset({"could", "may", "might", "should"})
"""Auxiliaries with which nothing is denied yet."""

SAYS = lexicon.PLAINLY_SAYS | frozenset({"add", "write", "declare", "repeat", "announce"})


def told_denial(
    cue: Sequence[Token], content: Sequence[Token]
) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """The cue and the content of the denial, where it is all that a source says; None for other contents."""
    if not content or not any(t.lemma_.lower() in SAYS for t in cue):
        return None
    verb = root_of(content)
    ids = {t.i for t in content}
    # In quotation marks the parser may take "categorically rejects" for a noun, with an object all the same.
    governs = verb.pos_ == "VERB" or any(c.dep_ == "dobj" for c in verb.children)
    denies = governs and (verb.lemma_.lower() in lexicon.DENY or rules_it_out([verb]))
    own = any(_is_own(c, content) for c in verb.children if c.dep_ == "nsubj")
    unreal = any(c.lower_ in UNREAL for c in verb.children)
    if not denies or not own or unreal or content[0].sent != content[-1].sent:
        return None
    what = [c for c in verb.children if c.dep_ in {"dobj", "ccomp", "xcomp"} and c.i > verb.i and c.i in ids]
    denied = trim_marks(sorted({t for c in what for t in c.subtree if t.i in ids}, key=lambda t: t.i))
    return (cue_of(verb), tuple(denied)) if denied and not _is_done(verb, what) else None


def _is_done(verb: Token, what: Sequence[Token]) -> bool:
    """Whether a verb tells of a deed: "(said) it would withdraw its troops", "had dismissed the minister".

    Unlike "it withdrew the allegation" and "we withdraw that"; "them" may be troops, and what "it would
    contest" may be an election.
    """
    if sacks(verb):
        return True
    planned = any(c.lower_ in lexicon.WOULD for c in verb.children)
    pointing = frozenset() if planned else lexicon.POINTING - {"them"}
    said = (c.lower_ in pointing or c.lemma_.lower() in lexicon.DENIED_WORDS for c in what)
    return verb.lemma_.lower() in lexicon.DENIES_WORDS and not any(said)


def _is_own(subject: Token, content: Sequence[Token]) -> bool:
    """Whether a subject is the source: a pronoun in the content, or the phrase right before it.

    That is the ministry in "The ministry “rejects” the claim, it said".
    """
    if subject in content:
        return subject.lower_ in NOMINATIVE
    between = subject.doc[subject.right_edge.i + 1 : content[0].i]
    return subject.pos_ in {"NOUN", "PROPN"} and all(t.is_quote or t.is_space for t in between)
