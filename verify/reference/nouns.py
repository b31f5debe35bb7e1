"""Which nouns a pronoun can stand for, by number, by sort and by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from verify.attribution.mentions import HE
from verify.attribution.offices import BODY, FEMALE, MALE, OFFICIAL, UNNAMED
from verify.attribution.phrases import is_negator
from verify.reference.pronouns import PERSON, PLURAL

if TYPE_CHECKING:
    from spacy.tokens import Token

FARTHEST = 400
"""Words back to which anything is looked for, so that a sentence without end takes no time without end."""

PEOPLE = (
    OFFICIAL
    | UNNAMED
    | frozenset(
        """analyst attacker author boy captain chair chairman chairwoman child clerk coach customer
        director doctor driver engineer executive expert girl guard gunman head judge lawyer leader man
        manager mayor member mother father nurse outsider owner passenger pilot prisoner professor resident
        scientist soldier student suspect teacher victim witness woman worker""".split()
    )
) - BODY
"""Nouns of somebody, whom "it" doesn't mean."""

SORTS = frozenset("kind sort type".split())
"""Heads that "it" doesn't take up: "this sort of thing"."""


def agreeing(tokens: Iterable[Token], word: str, places: frozenset[str]) -> Iterator[Token]:
    """The nouns among `tokens` that a pronoun can stand for, and that stand in one of these places."""
    for token in tokens:
        if token.dep_ in places and token.pos_ in {"NOUN", "PROPN"} and fits(token, word):
            yield token


def fits(noun: Token, word: str) -> bool:
    """Whether a noun is of the sort and number of a pronoun: somebody, several, or a thing."""
    person = noun.ent_type_ == "PERSON"
    plural = noun.tag_ in {"NNS", "NNPS"}
    if any(is_negator(c) or c.tag_ == "WP$" for c in noun.children):
        return False  # "no customer", "whose name"
    if word in PERSON:
        return person
    if word in PLURAL:
        return plural
    return not (person or plural or noun.lemma_.lower() in PEOPLE | SORTS)


def of_other_sex(noun: Token, pronoun: Token) -> bool:
    """Whether a title, or what somebody is, tells that "her" isn't them: "Mr Holt", "her husband, Luis"."""
    described = (noun, noun.head) if noun.dep_ == "appos" else (noun,)
    words = {t.lower_ for d in described for t in (d, *d.lefts)}
    return bool(words & (FEMALE if pronoun.lower_ in HE else MALE))


def clause_of(token: Token) -> Token:
    """The verb of the clause that a token stands in."""
    head = token
    while head.head != head and not (
        head.pos_ in {"VERB", "AUX"} and head.dep_ in {"ccomp", "xcomp", "ROOT", "conj"}
    ):
        head = head.head
    return head
