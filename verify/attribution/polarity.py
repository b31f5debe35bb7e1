"""How a content holds its own proposition: as so, not so, likely or open.

Negation that scopes over the whole content makes a denial of its positive form; a hedge makes a
suggestion; "no evidence", "unlikely", "cannot say" leave the question open.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, UNABLE, WH, is_negator, root_of
from verify.attribution.scope import leaves_standing, no_way

if TYPE_CHECKING:
    from spacy.tokens import Token

NOT_BEFORE = {"one": 1, "single": 2, "a": 1, "an": 1}
"""How many words before the "one" of "not one shell", or the "a" of "not a shell", the "not" stands."""

LACKING = frozenset({"no", "little", "any", "without", "slightest"})


class Polarity(StrEnum):
    """How a clause holds its own proposition."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    HEDGED = "hedged"
    OPEN = "open"


def polarity_of(content: Sequence[Token]) -> Polarity:
    """How the main clause of `content` holds its proposition."""
    root = root_of(content)
    ids = {t.i for t in content}
    own = [c for c in root.children if c.i in ids]
    heads = [
        root,
        *(
            c
            for c in own
            if c.dep_ in {"xcomp", "acomp", "attr"} and root.lemma_ in {"be", "appear", "seem", "have", "do"}
        ),
    ]
    close = [*own, *(g for h in heads for g in h.children if h is not root and g.i in ids and g.i < h.i)]
    negative = any(
        is_negator(c)
        for c in close
        if c.dep_ in {"neg", "advmod", "preconj", "det", "cc"} or c.lower_ in {"not", "n't", "never"}
    ) or any(_negative_phrase(c) for c in own if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "expl"})
    negative = (negative and not _corrects(root, content)) or bool(far_from(root))
    if no_way(root, own):
        return Polarity.NEGATIVE
    if _leaves_open(root, own, negative):
        return Polarity.OPEN
    if negative and leaves_standing(root, own):
        return Polarity.POSITIVE
    if negative:
        return Polarity.OPEN if any(c.lower_ in {"may", "might"} for c in own) else Polarity.NEGATIVE
    if pejorative_predicate(root, own):
        return Polarity.NEGATIVE
    modal = {c.lower_ for c in own if c.dep_ == "aux"} & {"may", "might", "could"}
    able = modal == {"could"} and (root.lemma_.lower() in lexicon.PERCEIVE or _only_so(own))
    if modal and not able and not any(c.lower_ == "not" for c in own):
        return Polarity.HEDGED
    if any(c.lower_ in lexicon.HEDGES and c.dep_ in {"advmod", "amod"} for c in close):
        return Polarity.HEDGED
    if root.lemma_ in lexicon.HEDGE_VERBS:
        return Polarity.HEDGED
    if any(c.dep_ in {"acomp", "attr"} and is_hedge(c) for c in own):
        return Polarity.HEDGED
    told = any(c.dep_ in {"acl", "ccomp", "relcl"} and c.i in ids for c in root.children)
    if root.lemma_.lower() in lexicon.HEDGE_NOUNS and told:
        return Polarity.HEDGED
    return Polarity.POSITIVE


def _only_so(own: Sequence[Token]) -> bool:
    """Whether "could" tells what alone is possible: "only a state could do it", "there could be no doubt"."""
    subjects = (c for c in own if c.dep_ in {"nsubj", "nsubjpass"})
    alone = any(g.lower_ == "only" for c in subjects for g in c.children)
    return alone or any(c.lower_ == "doubt" and any(g.lower_ == "no" for g in c.children) for c in own)


def is_hedge(predicate: Token) -> bool:
    """Whether what is said with "be" is short of certain: "likely", "almost certain", "consistent with P"."""
    word = predicate.lower_
    if word in {"certain", "sure"}:
        return any(c.lower_ in lexicon.ALMOST for c in predicate.children)
    if word == "consistent":
        return any(c.lower_ == "with" for c in predicate.children)
    return predicate.lemma_.lower() in lexicon.HEDGE_ADJECTIVES


def _corrects(root: Token, content: Sequence[Token]) -> bool:
    """Whether the clause only puts one thing for another: "not in Kyiv but in Washington"."""
    is_it = root.lemma_ == "be" and not any(c.dep_ == "expl" for c in root.children)
    words = {"not", "n't", "n’t", "no"} if is_it else {"not", "n't", "n’t"}
    negators = [c for c in content if c.lower_ in words and is_negator(c)]
    contrasts = (t for t in content if t.lower_ == "but" and t.dep_ == "cc")
    return any(
        bool(negators)
        and negators[0].i < t.i
        and (
            (is_it and _joins_noun(t))
            if t.head == root
            else any(c.dep_ == "conj" and c.pos_ not in {"VERB", "AUX"} for c in t.head.children)
        )
        for t in contrasts
    )


def far_from(root: Token) -> tuple[Token, ...]:
    """The "far from" of "is far from safe", with the "being" of "far from being safe"; empty for others."""
    far = next((c for c in root.children if c.lower_ == "far" and root.lemma_ == "be"), None)
    source = next((c for c in far.children if c.lower_ == "from"), None) if far is not None else None
    if far is None or source is None or source.i != far.i + 1:
        return ()
    being = [c for c in source.children if c.lower_ == "being"]
    state = any(c.pos_ in {"ADJ", "ADV"} or c.lower_ == "truth" for c in source.children)
    return (far, source, *being) if being or state else ()


def _negative_phrase(head: Token) -> bool:
    """A noun phrase such as "no radiation", "none of the passengers", "nobody’s house", "not one shell"."""
    if head.lower_ in {"none", "nobody", "nothing", "neither", "no", "nowhere"}:
        return is_negator(head) and not _is_all_but(head)
    if any(c.lower_ == "nobody" and c.dep_ == "poss" for c in head.children):
        return True
    if not_of_not_one(head) is not None:
        return True
    return any(c.lower_ in {"no", "neither"} and is_negator(c) for c in head.children) or (
        head.i > 0 and head.nbor(-1).lower_ == "one" and head.i > 1 and head.nbor(-2).lower_ == "no"
    )


def _is_all_but(nothing: Token) -> bool:
    """Whether "nothing" is excepted from: "took nothing from the yard but a bucket"."""
    excepted = (t for t in nothing.head.subtree if t.dep_ == "cc" and t.lower_ == "but" and t.i > nothing.i)
    return nothing.dep_ == "dobj" and any(_joins_noun(but) for but in excepted)


def _joins_noun(but: Token) -> bool:
    """Whether what "but" joins to a verb, or to a noun before it, is no clause: "but a bucket"."""
    joined = (c for c in but.head.children if c.i > but.i and c.dep_ in {"attr", "conj", "dep"})
    return any(c.pos_ in {"NOUN", "PROPN"} for c in joined)


def not_of_not_one(head: Token) -> Token | None:
    """The "not" of "not one shell" and "not a single shell", but not that of "not one shell but two"."""
    if any(c.lower_ == "but" for c in head.children):
        return None
    for word in head.lefts:
        back = NOT_BEFORE.get(word.lower_)
        if back is not None and head.i - word.i <= 2 and word.i >= back:
            before = word.nbor(-back)
            if before.lower_ == "not":
                return before
    return None


def _leaves_open(root: Token, own: Sequence[Token], negative: bool) -> bool:
    words = {c.lower_ for c in own}
    if any(c.lemma_.lower() in lexicon.DOUBT_ADJECTIVES for c in [root, *own]) or _shows_nothing(root, own):
        return True
    if _cannot_tell(root, own):
        return True
    if root.lemma_ == "be" and any(
        c.lower_ in {"early", "soon"} and any(g.lower_ == "too" for g in c.children) for c in own
    ):
        return True
    if negative and any(c.lower_ in {"aware", "clear", "certain", "sure", "possible", "enough"} for c in own):
        return not rules_out(root)
    if (
        negative
        and root.lemma_.lower() in lexicon.DOUBT_VERBS
        and words & (UNABLE | {"do", "did", "does", "yet", "had", "has", "have"})
        and not (root.lemma_ == "see" and any(_negative_phrase(c) for c in own if c.dep_ in SUBJECTS))
        and not _others_mind(root, own)
        and not _had_not_known(root, own)
    ):
        return root.lemma_.lower() not in {"tell", "say"} or bool(words & UNABLE)
    if negative and root.lemma_.lower() in {"believe", "think"}:
        return True
    lacking = [
        c
        for c in own
        if c.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"} and c.lemma_.lower() in lexicon.DOUBT_NOUNS
    ]
    if root.lemma_.lower() in lexicon.DOUBT_NOUNS and any(c.lower_ in {"no", "little"} for c in own):
        return True  # "(found) no evidence that P"
    return any(any(g.lower_ in LACKING for g in c.children) for c in lacking) and (
        negative or any(g.lower_ == "little" for c in lacking for g in c.children)
    )


def _others_mind(root: Token, own: Sequence[Token]) -> bool:
    """Whether a clause tells what somebody else hasn't known or said: "(said) Korvex did not know of it".

    That is a denial, unlike "it did not know" and "the police could not say whether P".
    """
    subject = next((c for c in own if c.dep_ == "nsubj"), None)
    if subject is None or root.lemma_.lower() not in {"know", "tell", "say", "see", "recall"}:
        return False
    theirs = subject.pos_ in {"NOUN", "PROPN"} and not any(c.dep_ == "poss" for c in subject.children)
    unable = any(c.lower_ in UNABLE for c in own)
    asked = any(t.tag_ in WH or t.lower_ in {"whether", "if"} for t in root.subtree)
    return theirs and not unable and not asked


def _had_not_known(root: Token, own: Sequence[Token]) -> bool:
    """Whether a clause denies that somebody knew what was so: "it had not known that the lamp was out"."""
    asked = any(t.tag_ in WH or t.lower_ in {"whether", "if"} for t in root.subtree)
    return root.lemma_ == "know" and any(c.lower_ in {"had", "has", "have"} for c in own) and not asked


def _shows_nothing(root: Token, own: Sequence[Token]) -> bool:
    """ "Nothing points to arson", "that proves nothing"."""
    nothing = {c.dep_ for c in own if c.lower_ == "nothing"}
    shown = "nsubj" in nothing and root.lemma_.lower() in lexicon.EVINCE
    return shown or ("dobj" in nothing and root.lemma_ == "prove")


def _cannot_tell(root: Token, own: Sequence[Token]) -> bool:
    """ "It was unable to verify it", "in no position to confirm it", "knew of no leak"."""
    unable = any(
        c.lower_ == "unable" and any(g.lemma_.lower() in lexicon.DOUBT_VERBS for g in c.children) for c in own
    )
    ignorant = [root, *own] if root.lemma_ == "know" or any(c.lower_ == "aware" for c in own) else []
    governed = (
        (p.lower_, noun)
        for head in (root, *ignorant)
        for p in head.children
        if p.dep_ == "prep"
        for noun in p.children
        if any(g.lower_ == "no" for g in noun.children)
    )
    return unable or any(
        (word == "in" and noun.lower_ == "position") or (word == "of" and bool(ignorant))
        for word, noun in governed
    )


def pejorative_predicate(root: Token, own: Sequence[Token]) -> bool:
    """ "The accusations are absurd", "it is impossible that P"."""
    predicates = [c for c in own if c.dep_ in {"acomp", "attr"}]
    tale = any((c.nbor(-1).lower_, c.lower_) in lexicon.TALES for c in predicates if c.i)
    judged = _is_claim(own) and bool({c.lower_ for c in predicates} & lexicon.PEJORATIVE)
    return root.lemma_ == "be" and bool(judged or tale or rules_out(root))


def _is_claim(own: Sequence[Token]) -> bool:
    """Whether the subject among `own` is something said or feared, and no deed: "the charge", "that"."""
    subjects = [c for c in own if c.dep_ in SUBJECTS]
    said = any(c.lemma_.lower() in lexicon.CLAIM_NOUN | lexicon.FEARS for c in subjects)
    return said or any(c.pos_ == "PRON" or c.lower_ in lexicon.POINTING for c in subjects)


def rules_out(root: Token) -> bool:
    """Whether `root` is the "is" of "it is impossible that P" or "it is not possible that P"."""
    predicates = [c for c in root.children if c.dep_ in {"acomp", "attr"}]
    negated = any(is_negator(c) for top in (root, *predicates) for c in top.children)
    ruled_out = [c for c in predicates if c.lower_ in (lexicon.POSSIBLE if negated else lexicon.RULED_OUT)]
    clauses = (c for top in (root, *ruled_out) for c in top.children if c.dep_ == "ccomp" and c.i > root.i)
    said = any(g.lower_ == "that" and g.i < clause.i for clause in clauses for g in clause.children)
    return root.lemma_ == "be" and bool(ruled_out) and said
