"""What the pronouns of a proposition stand for, so that it can be read, and compared, by itself.

Inside its own indirect speech a source is the likeliest antecedent of a pronoun of its kind; otherwise
it is the nearest subject before it that agrees (the preference of centering theory, Grosz, Joshi and
Weinstein 1995). What stays unclear stays a pronoun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, is_negator
from verify.reference.antecedents import (
    accused_before,
    several_nearer,
    somebody_nearer,
    subjects_before,
    target_before,
)
from verify.reference.naming import called, noun_phrase, with_article, written
from verify.reference.nouns import FARTHEST
from verify.reference.pronouns import FIRST, PERSON, PLURAL, POSSESSIVE, THING, WE
from verify.reference.speaker import is_of_things, judged, speaks_of_itself
from verify.types import UNKNOWN, Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["FIRST", "POSSESSIVE", "called", "noun_phrase", "reference"]

TAKEN = frozenset({"part", "action", "steps", "responsibility", "place", "over", "note", "measures", "care"})
"""What only an actor takes: "it took part"; "it took two hours" tells of no one."""

KNOWING_BODIES = frozenset(
    """warn tell ask accuse blame sue inform owe notify consult advise mislead deceive invite assure cheat
    trick betray""".split()
)
"""Verbs whose subject in the passive is a body rather than a thing: "Korvex said it had been deceived"."""

IMPERSONAL = frozenset(
    """certain clear difficult early easy hard important impossible late likely necessary obvious possible
    soon true unlikely untrue vital""".split()
)
"""What "it is ... that" or "to" is said with, of nothing in particular."""

WEATHER = frozenset("cold cool cooler dark foggy hot hotter icy quiet rainy warm warmer wet windy".split())
"""What "it is" tells of the hour or the weather."""

OPENING, CLOSING = frozenset("“‘«„"), frozenset("”’»")


def reference(token: Token, source: Source | None) -> str | None:
    """What to write for a pronoun in what `source` says (None: the outlet); None where it should stay."""
    word = token.lower_
    if token.pos_ not in {"PRON", "DET"} or word not in FIRST | PERSON | THING | PLURAL:
        return None
    if source is not None and source.name == UNKNOWN:
        source = None
    if word in FIRST:
        return written(token, _first_person(word, source)) if source is not None else None
    if word in lexicon.REFLEXIVE or _another_than_owner(token):
        return None
    if (target := target_before(token)) is not None:
        return written(token, noun_phrase(target))
    if source is not None and (accused := accused_before(token, source)) is not None:
        return written(token, noun_phrase(accused))
    if source is not None and not _in_quotation(token) and speaks_of_itself(token, source):
        return None if word in THING and _impersonal(token) else written(token, called(source))
    if token.dep_ not in SUBJECTS or _impersonal(token) or (source is not None and _in_quotation(token)):
        return None
    candidates = list(dict.fromkeys(subjects_before(token, source)))
    if (word in PLURAL and several_nearer(token)) or _open(token):
        return None
    if not candidates or (word in PERSON and (len(candidates) > 1 or somebody_nearer(token))):
        return None  # to name the wrong person would put words, or deeds, at somebody's door
    if candidates[0].partition(" ")[0].lower() in FIRST:
        return None  # "our cells", which are another's in another's words
    return written(token, candidates[0])


def _open(token: Token) -> bool:
    """Whether another than the likeliest subject can be meant: "found it sound", "pressed for it to open"."""
    infinitive = any(c.dep_ == "mark" and c.lower_ == "for" for c in token.head.children)
    found = token.head.pos_ not in {"VERB", "AUX"} and judged(token)
    return infinitive or found or is_of_things(token)


def _first_person(word: str, source: Source) -> str:
    """Whom the "we" of a spokesman means, and the "I"."""
    spokesman = word in WE and source.sort is Sort.PERSON and source.party not in {UNKNOWN, source.name}
    return with_article(source.party, source.definite) if spokesman else called(source)


def _another_than_owner(token: Token) -> bool:
    """Whether a pronoun stands within what another one owns: "them" in "its support for them" isn't "it"."""
    if token.dep_ not in {"pobj", "dobj"}:
        return False
    owners = PERSON | THING | PLURAL
    return any(
        owned.pos_ == "NOUN" and any(c.dep_ == "poss" and c.lower_ in owners for c in owned.children)
        for owned in token.ancestors
    )


def _impersonal(token: Token) -> bool:
    """The "it" of "it was clear that", "it was an attack" and "it was carried out", which is no actor."""
    verb = token.head
    if token.lower_ not in THING or token.dep_ not in SUBJECTS:
        return False
    passive = token.dep_ == "nsubjpass" and verb.lemma_.lower() not in KNOWING_BODIES
    if passive or verb.lemma_ in {"seem", "appear", "turn", "rain"}:
        return True
    if verb.lemma_ == "take":
        return not any(c.dep_ == "dobj" and c.lower_ in TAKEN for c in verb.children)
    if any(
        t.lower_ in IMPERSONAL | WEATHER
        for t in (verb, *(c for c in verb.children if c.dep_ in {"acomp", "advmod"}))
    ):
        return True
    # A body that says "it was not to blame" means itself.
    clauses = [*verb.children, *(g for c in verb.children if c.dep_ == "acomp" for g in c.children)]
    return verb.lemma_ == "be" and any(
        c.dep_ == "attr" or (c.dep_ in {"ccomp", "xcomp", "advcl"} and c.i > verb.i)
        for c in clauses
        if c.lower_ != "blame" or not any(is_negator(g) for g in (*clauses, *c.children))
    )


def _in_quotation(token: Token) -> bool:
    """Whether quotation marks of its sentence are open at the token; there the speaker says "I", not "he"."""
    depth = straight = 0
    for before in token.doc[max(token.sent.start, token.i - FARTHEST) : token.i]:
        depth += before.text in OPENING
        depth -= before.text in CLOSING and depth > 0
        straight += before.text == '"'
    return depth > 0 or straight % 2 == 1
