"""Silence: who declines to comment, keeps quiet, or says that it says nothing.

Told by the cue's words, since the tagger's cues hold some and not others; by the verb, for the rules; and by
what is said, for "it would not comment, it said".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.mentions import NOMINATIVE
from verify.attribution.phrases import (
    SUBJECTS,
    bare_words,
    is_denied_by_subject,
    is_negated,
    is_negator,
    root_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

UNWILLING = lexicon.WOULD | {"could", "can", "ca", "did", "do", "does"}
"""Auxiliaries of a refusal: "it would not comment"."""

UNSAID = lexicon.WOULD | {"did", "has", "have"}
"""Those with "say": "it has not said whether P"."""

ANSWERING = frozenset("comment respond reply answer".split())
"""Verbs of what nobody at a body that keeps silent does."""

GOING_ON = frozenset("elaborate return speculate".split())
"""Verbs of what else is refused: "did not return calls", "would not elaborate"."""

TELLING = frozenset("disclose discuss identify name".split())
"""Verbs of what "would not" refuses to tell: "would not discuss it"."""

APPROACHED = frozenset({"draw", "reach"})
"""Verbs of whom nobody gets to speak: "would not be drawn", "could not be reached"."""

KEEPING = frozenset({"keep", "remain", "stay"})

GIVING = frozenset({"give", "offer"})
"""What somebody does no comment: "offered no comment"."""

DETAIL = frozenset({"detail", "details"})
"""What is gone into: "would not go into detail"."""


def declines(words: set[str], lemmas: set[str], *, negated: bool) -> bool:
    """Whether a cue of these words and lemmas refuses to comment, whatever it was asked about."""
    if lemmas & lexicon.DECLINE:
        return True
    if negated and lemmas & (ANSWERING | GOING_ON | TELLING | APPROACHED):
        return True
    if negated and ({"take", "position"} <= lemmas or ("give" in lemmas and words & UNWILLING)):
        return True
    if ("have" in lemmas and "comment" in words) or _keeps_silent(words, lemmas, negated=negated):
        return True
    return negated and "say" in lemmas and bool(words & UNSAID)


def _keeps_silent(words: set[str], lemmas: set[str], *, negated: bool) -> bool:
    """Whether a cue is "kept silent about", "gave no comment", "would not go into detail" or the like."""
    keeps = bool(lemmas & KEEPING) and bool(words & (lexicon.SILENT | {"counsel"}))
    none = bool(lemmas & GIVING) and "no" in words and bool(words & lexicon.ANSWER)
    return keeps or none or (negated and "go" in lemmas and bool(words & DETAIL))


def refuses(verb: Token) -> bool:
    """Whether somebody refuses to comment by a verb: "declined to say", "would not be drawn"."""
    lemma = verb.lemma_.lower()
    if words_of_silence(verb):
        return True
    denied = is_negated(verb) or is_denied_by_subject(verb)
    if lemma in lexicon.DECLINE:
        return any(c.dep_ == "xcomp" and c.lemma_.lower() in lexicon.COMMENT for c in verb.children) or (
            lemma == "decline" and any(c.lower_ == "comment" for c in verb.children)
        )
    if lemma in ANSWERING | GOING_ON:
        return denied
    if lemma == "have":
        return any(c.dep_ == "dobj" and c.lower_ == "comment" for c in verb.children)
    if lemma in APPROACHED:
        return denied and any(c.dep_ == "auxpass" or c.lower_ == "be" for c in verb.children)
    if lemma in {"identify", "name"} and verb.dep_ == "relcl":
        return False  # "a groom, whom the board would not name"
    return lemma in TELLING | {"say"} and denied and any(c.lower_ in lexicon.WOULD for c in verb.children)


def words_of_silence(verb: Token) -> list[Token]:
    """What joins a verb to tell of silence: "silent" ("kept silent about it"), "no comment", "counsel".

    "Silent" alone may be for a minute, in memory of somebody. Empty for other verbs.
    """
    lemma = verb.lemma_.lower()
    if lemma in KEEPING:
        states = (c for c in verb.children if c.lower_ in lexicon.SILENT)
        about = (c for c in states for g in (*c.children, *verb.children) if g.lower_ in {"about", "on"})
        counsel = (c for c in verb.children if c.dep_ == "dobj" and c.lower_ == "counsel" and lemma == "keep")
        return [*about, *counsel][:1]
    if lemma in GIVING:
        given = (c for c in verb.children if c.dep_ == "dobj" and c.lower_ in lexicon.ANSWER)
        return [t for c in given for g in c.children if g.lower_ == "no" for t in (g, c)]
    into = (c for c in verb.children if lemma == "go" and c.lower_ == "into" and is_negated(verb))
    return [t for c in into for g in c.children if g.lower_ in DETAIL for t in (c, g)]


def is_declined(act: Token) -> bool:
    """Whether a verb is only what somebody declines to do: the "answer" of "declined to answer"."""
    return act.dep_ == "xcomp" and act.head.lemma_.lower() in lexicon.DECLINE


def will_not_comment(content: Sequence[Token]) -> bool:
    """Whether all that a source says is that it says nothing: "it would not comment"."""
    root = root_of(content)
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    own = subject is not None and (subject.lower_ in NOMINATIVE or root.lemma_.lower() == "comment")
    would = {c.lower_ for c in root.children} & UNWILLING
    negated = any(is_negator(c) for c in root.children)
    further = root.lemma_ == "go" and any(c.lower_ == "further" for c in root.children)
    silent = root.lemma_.lower() in lexicon.NO_COMMENT or further
    withholds = root.lemma_.lower() in lexicon.WITHHOLD and bool(would & lexicon.WOULD)
    return own and ((bool(would) and negated and (silent or withholds)) or _unfit_to_say(root))


def _unfit_to_say(root: Token) -> bool:
    """ "It would be wrong to speculate"."""
    fit = (c for c in root.children if c.dep_ == "acomp" and c.lower_ in lexicon.FIT_TO_SAY)
    acts = (g for c in (root, *fit) for g in c.children if g.dep_ == "xcomp")
    return root.lemma_ == "be" and any(act.lemma_.lower() in lexicon.NO_COMMENT for act in acts)


def says_nothing(lemmas: set[str], content: Sequence[Token], *, negated: bool) -> bool:
    """Whether a source keeps silent: "(had) no comment on it", "(said) nothing", "(would not) be drawn"."""
    root = root_of(content)
    comment = (c for c in root.children if c.dep_ == "dobj" and c.lower_ == "comment")
    has_none = root.lemma_ == "have" and any(g.lower_ == "no" for c in comment for g in c.children)
    unsaid = not any(t.lower_ == "nothing" and t.dep_ in SUBJECTS for t in content)
    unwilling = negated and bool(lemmas & {"wish", "want", "care"})
    nobody = bool(lemmas) and lemmas <= lexicon.NOBODY and root.lemma_.lower() in lexicon.COMMENT | {"be"}
    return (
        has_none
        or nobody
        or bare_words(content).startswith("no comment")
        or ("say" in lemmas and unsaid and bool(lexicon.NOTHING.match(bare_words(content))))
        or (unwilling and root.lemma_.lower() in lexicon.NO_COMMENT | {"draw"})
    )
