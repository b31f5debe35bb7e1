"""A clause in the positive, as a sentence: without its negation, its hedges, and what is only said aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, is_negator, root_of
from verify.attribution.polarity import Polarity, far_from, not_of_not_one, polarity_of
from verify.proposition.words import say, sentence
from verify.types import Source

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBSTITUTES = {
    "none": "some",
    "nobody": "somebody",
    "nothing": "something",
    "neither": "",
    "nor": "or",
    "cannot": "can",
    "nowhere": "somewhere",
}
"""The positive of a negative word; "no" and "not" give way to an article or to nothing."""

CUT = {"ca": "can", "wo": "will", "sha": "shall"}
"""What stands before "n't" in full."""

SOME = {"anyone": "someone", "anybody": "somebody", "anything": "something", "anywhere": "somewhere"}
"""The positive of what only goes with a negation; "any" gives way to an article or to nothing."""

MANNER = frozenset("kind sort description manner way means time case event rate".split())
"""Nouns before which "any" may stand in the positive too: "of any kind"."""

MASS = frozenset(
    """evidence proof involvement damage radiation contamination knowledge reason intention information doubt
    harm neglect negligence cooperation fire firing wrongdoing fraud interference responsibility risk
    threat gas air water smoke oil blood money time room patience truth pollution pressure contact torture
    violence help support criticism
    impropriety""".split()
)
"""Nouns that take no article where "no" is struck."""

REACHED = SUBJECTS | {"dobj", "attr", "acomp", "advmod", "expl", "xcomp"}
"""What a negation within it reaches out of, to the verb that it depends on."""

VOWEL = re.compile(
    r"(?!eu|one\b|once|u(?:s[aeu]|ti|r[ai]|ni[floqtv]))[aeiou]|hon(?:est|ou?r)|hour|heir|8|1[18]\b"
)
"""How a word begins that "an" goes before, by its sound."""

SPELT = frozenset("AEFHILMNORSX")
"""Letters whose names begin so: "an MP"."""

STRESS = frozenset("absolutely really simply literally".split())
"""What lends weight to a negation behind it."""

SEVERAL = {"was": "were", "is": "are", "has": "have", "does": "do"}
"""Verbs of "none" as they go with "some"."""

MORE = frozenset({"most", "very", "quite", "more", "highly"})
"""What goes with a hedge: "most likely"."""


def positive(content: Sequence[Token], source: Source | None = None, *, denied: bool = False) -> str:
    """The clause `content` as a sentence without its negation and hedges, its pronouns named.

    `denied` tells that its cue turns it round: then "any mine" is "a mine", as in a clause that is negated.
    """
    root = root_of(content)
    ids = {t.i for t in content}
    main = {root.i, *(c.i for c in root.children if c.i in ids)}
    reached = [c for c in root.children if c.dep_ in REACHED]
    scope = main | {g.i for c in reached for g in c.children}
    scope |= {no.i for c in reached if (no := not_of_not_one(c))}
    listed = [c for first in reached for c in first.conjuncts if any(g.lower_ == "no" for g in c.children)]
    scope |= {g.i for c in listed for g in c.children}
    affirmed = polarity_of(content) in {Polarity.POSITIVE, Polarity.HEDGED}
    also = [] if affirmed else [c for c in root.children if _joined(c) and c.i in ids and _denied(c, ids)]
    scope |= {g.i for c in also for g in (*c.children, *(h for g in c.children for h in g.children))}
    joined = {
        c.i
        for top in (*([root] if also else []), *(n.head for n in listed))
        for c in top.children
        if c.dep_ == "cc" and c.lower_ == "and"
    }
    gone = {t.i for t in far_from(root)}
    if not affirmed:
        gone |= {t.i for t in content if _stresses(t)}
    several = set() if affirmed else {t.i for t in _with_some(root)}

    def unhedged(token: Token) -> str:
        if token.i in gone:
            return ""
        if token.i in joined:
            return "or"
        if token.i in several:
            return SEVERAL.get(token.lower_, token.lemma_ if token.tag_ == "VBZ" else token.text)
        if (denied or not affirmed) and (certain := _without_any(token)) is not None:
            return certain
        # "A professional decision, not a political one" is affirmed, with what it denies.
        turned = affirmed and (token.lower_ in CUT or is_negator(token))
        return _unhedged(token) if token.i in scope and not turned else token.text

    return sentence(say(_in_order(without_asides(root, content), root), source, unhedged))


def _stresses(word: Token) -> bool:
    """Whether a word only lends weight to a negation next to it: "absolutely no", "never once"."""
    after = word.nbor(1) if word.i + 1 < len(word.doc) else word
    return (word.lower_ in STRESS and is_negator(after)) or (
        word.lower_ == "once" and _follows(word, "never")
    )


def _with_some(root: Token) -> list[Token]:
    """The verbs of "none of the passengers was hurt", which are several where some were."""
    subjects = (c for c in root.children if c.dep_ in SUBJECTS and c.lower_ in {"none", "neither"})
    owners = (g for s in subjects for of in s.children for g in of.children)
    of_several = any(
        g.tag_ in {"NNS", "NNPS"} or g.lower_ in {"them", "these", "those", "us"} for g in owners
    )
    return [root, *(c for c in root.children if c.dep_ in {"aux", "auxpass"})] if of_several else []


def _in_order(content: Sequence[Token], root: Token) -> Sequence[Token]:
    """ "He would have gone" of "nor would he have gone"; other contents as they are."""
    subject = next((c for c in root.children if c.dep_ in SUBJECTS), None)
    if subject is None or len(content) < 3 or content[0].lower_ not in {"nor", "neither", "never"}:
        return content
    verb, phrase = content[1], {*subject.subtree}
    if verb not in {root, *root.children} or verb.pos_ != "AUX" or verb.i > subject.left_edge.i:
        return content
    told = [t for t in content[2:] if t in phrase]
    return [*told, verb, *(t for t in content[2:] if t not in phrase)]


def _joined(clause: Token) -> bool:
    """Whether a clause is joined to its head, by "and" or, before it, by a comma alone."""
    unmarked = not any(c.dep_ == "mark" for c in clause.children)
    return clause.dep_ == "conj" or (clause.dep_ == "ccomp" and clause.i < clause.head.i and unmarked)


def _denied(clause: Token, ids: set[int]) -> bool:
    """Whether a further clause is denied too: "no shot was fired and nobody was hurt"."""
    return polarity_of([t for t in clause.subtree if t.i in ids]) is Polarity.NEGATIVE


def plain(content: Sequence[Token]) -> str:
    """The outlet's own sentence as it stands, its pronouns named."""
    return sentence(say(content, None))


def without_asides(root: Token, content: Sequence[Token]) -> list[Token]:
    """Without the clauses after a comma that only add to the main one, unless they hold a figure."""
    gone: set[int] = set()
    for token in content:
        left = token.left_edge
        aside = token.dep_ in {"relcl", "advcl"} and left.i > root.i and left.nbor(-1).text == ","
        if aside and not any(t.like_num or t.is_quote for t in token.subtree):
            gone |= {t.i for t in token.subtree} | {left.i - 1}
    return [t for t in content if t.i not in gone]


def without_mark(clause: Token, ids: set[int]) -> list[Token]:
    """The tokens of a clause with these ids, without the "that" which opens it."""
    inside = [t for t in clause.subtree if t.i in ids]
    return [
        t
        for k, t in enumerate(inside)
        if not ((t.dep_ == "mark" and t.head == clause) or (k == 0 and t.lower_ == "that"))
    ]


def _without_any(token: Token) -> str | None:
    """What stands for a word that only goes with a negation: "any", "anyone", "at all"; None for others."""
    lower = token.lower_
    if lower == "any":
        return _for_any(token)
    if lower == "such" and token.i > 0 and token.nbor(-1).lower_ == "any":
        return f"such {article(token.nbor(-1), such=True)}".strip()
    beside = {"at": 1, "all": -1}.get(lower, 0)
    at_all = beside and 0 <= token.i + beside < len(token.doc) and token.nbor(beside).lower_ in {"at", "all"}
    if at_all or lower == "whatsoever" or (lower in {"yet", "either", "even"} and token.dep_ == "advmod"):
        return ""
    return SOME.get(lower)


def _for_any(token: Token) -> str:
    if token.dep_ != "det":
        return "some"
    manner = token.head.lemma_.lower() in MANNER or token.nbor(1).lower_ == "other"
    return token.text if manner else article(token)


def _unhedged(token: Token) -> str:
    """What stands for a word of a negated or hedged clause in the flat one; "" for nothing."""
    lower = token.lower_
    if lower in CUT and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"n't", "n’t"}:
        return CUT[lower]
    if is_negator(token):
        return _unnegated(token)
    if lower == "such" and _follows(token, "no"):
        return f"such {article(token.nbor(-1), such=True)}".strip()
    auxiliary = token.dep_ in {"aux", "auxpass"} and token.head.pos_ in {"VERB", "AUX"}
    if auxiliary and (may := _modal(token.head)):
        return _factual(token, may)
    return "" if _only_hedges(token) else token.text


def _unnegated(negator: Token) -> str:
    """What stands for a negator in the positive: "somebody" for "no one", "either" for "neither"."""
    listed = any(t.lower_ == "nor" for t in (*negator.children, *negator.head.children))
    if negator.lower_ == "neither" and negator.dep_ in SUBJECTS | {"det"} and not listed:
        return "either"
    if negator.lower_ == "no":
        return "somebody" if negator.head.lower_ == "one" else article(negator)
    return SUBSTITUTES.get(negator.lower_, "")


def _only_hedges(token: Token) -> bool:
    """Whether nothing is left of a word without negation and hedges: "perhaps", the "one" of "no one"."""
    lower, head = token.lower_, token.head
    return (
        (lower == "one" and _follows(token, "no"))
        or (lower == "ever" and token.dep_ == "advmod" and head.pos_ in {"VERB", "AUX"})
        or (lower in lexicon.HEDGES and token.dep_ == "advmod")
        or (lower == "well" and _follows(token, "may", "might"))  # "may well have burst"
        or (lower in MORE and head.lower_ in lexicon.HEDGES and head.dep_ == "advmod")
    )


def _follows(token: Token, *words: str) -> bool:
    return token.i > 0 and token.nbor(-1).lower_ in words


def _modal(verb: Token) -> Token | None:
    """The "may" of what may be so; None for that of what never was, "might have lived if P"."""
    if _unreal(verb):
        return None
    return next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in {"may", "might"}), None)


def _unreal(verb: Token) -> bool:
    """Whether "might have" tells of what would have come about otherwise: "if P", "with better treatment"."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    otherwise = (
        c.lower_ == "without"
        or (c.lower_ == "with" and any(g.tag_ == "JJR" for g in c.subtree))
        or (c.dep_ == "advcl" and any(m.lower_ in {"if", "unless"} for m in c.children))
        for c in verb.children
    )
    return {"might", "have"} <= helpers and any(otherwise)


def _factual(aux: Token, may: Token) -> str:
    """An auxiliary of "may have been assisted" as in "were assisted", of "may help" as in "will help"."""
    verb = aux.head
    words = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    plural = any(c.tag_ in {"NNS", "NNPS"} or c.lower_ == "they" for c in subjects)
    if "have" in words and "been" in words:
        return {"been": "were" if plural else "was"}.get(aux.lower_, "")
    if "have" in words:
        regular = verb.lower_.endswith("ed")
        return "had" if aux.lower_ == "have" and not regular else ""
    if "be" in words:
        return {"be": "are" if plural else "is"}.get(aux.lower_, "")
    return "will" if aux == may else aux.text


def article(no: Token, *, such: bool = False) -> str:
    """What stands for "no" or "any": an article before a singular that can be counted, nothing before others.

    In the place of "no such" it comes behind "such".
    """
    noun = no.head
    if noun.tag_ != "NN" or noun.lower_ in MASS or no.i + 1 + such >= len(no.doc):
        return ""
    after = no.nbor(1 + such)
    return "" if after.lower_ == "such" else a_or_an(after.text)


def a_or_an(word: str) -> str:
    """The article before `word` by its sound: "a US offer", "an MP", "an hour", "a European court"."""
    if word.isupper() and (len(word) < 4 or word[1] not in "AEIOU"):
        return "an" if word[0] in SPELT else "a"
    return "an" if VOWEL.match(word.lower()) else "a"
