"""A mention of a source as a phrase: its head, its core, its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from verify.attribution.offices import APPOSED, BODY, INTRODUCED

if TYPE_CHECKING:
    from spacy.tokens import Token


HE, IT, THEY = frozenset({"he", "his", "him"}), frozenset({"it", "its"}), frozenset({"they", "their", "them"})
SHE = frozenset({"she", "her", "hers"})

NOMINATIVE = frozenset({"i", "we", "he", "she", "it", "they"})
"""Pronouns by which a source is the subject of what it says."""

LEAST_INITIALS, LONGEST_SPELT = 3, 9
"""Letters of initials that tell of one body, and words in which its name may be looked for."""

OWNERS = frozenset({"its", "his", "her", "their"})
"""Possessives of a third person."""


def head_of(tokens: Sequence[Token]) -> Token:
    """The first noun of the phrase (not empty) whose own head lies outside it, or else the first word."""
    ids = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in ids or t.head == t]
    nouns = [t for t in tops if t.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}]
    return (nouns or tops or list(tokens))[0]


def core_of(tokens: Sequence[Token], head: Token) -> list[Token]:
    """The phrase up to its first comma, relative clause or participle, without its article."""
    core: list[Token] = []
    for token in tokens:
        if token.i > head.i and (
            token.text in {",", "(", "—", "–"}
            or token.dep_ in {"relcl", "acl"}
            or token.tag_ in {"WDT", "WP", "WP$"}
            or (token.head.dep_ in {"relcl", "acl"} and token.head.i > token.i)  # "a cook now living in Velm"
        ):
            break
        core.append(token)
    if len(core) > 1 and core[0].lower_ == "the":
        core = core[1:]
    return core or list(tokens)


def bare_name(core: list[Token]) -> list[Token]:
    """A body's name without what it is: the "Norvane" of "Swedish pump maker Norvane"."""
    start = len(core)
    while start and core[start - 1].pos_ == "PROPN" and core[start - 1].text[0].isupper():
        start -= 1
    described = 0 < start < len(core) and core[start - 1].lower_ in INTRODUCED | BODY
    return core[start:] if described and core[start - 1].is_lower else core


def spelt_out(phrase: Sequence[Token], head: Token) -> list[Token]:
    """The whole name of a body by the initials behind it: "the Trade and Fisheries Agency (TFA)", or nothing.

    Parser and tagger are apt to begin it at "Fisheries". It is the phrase's own, with its `head`, and no
    body of which that is the chief.
    """
    last = next((t for t in phrase if t.i + 3 < len(t.doc) and t.nbor(1).text == "("), None)
    if last is None or last.nbor(3).text != ")" or len(last.nbor(2)) < LEAST_INITIALS:
        return []
    for start in range(min(last.i, head.i), max(last.sent.start, last.i - LONGEST_SPELT) - 1, -1):
        name = last.doc[start : last.i + 1]
        if "".join(t.text[0] for t in name if t.text[0].isupper()) == last.nbor(2).text and name[0].is_title:
            return [*name] if head in name else []
    return []


def said(tokens: Iterable[Token]) -> str:
    """The characters of `tokens`, with the spaces between them."""
    return "".join(t.text_with_ws for t in tokens).strip()


def in_full(name: Iterable[Token]) -> str:
    """A name in one line: a hyphen is a token of its own, and has no spaces around it."""
    return " ".join(said(name).split())


def words_of(text: str) -> frozenset[str]:
    """The words of a name in small letters, without articles, "of" and possessive endings."""
    return frozenset(
        w.strip(".,’'\"“”()") for w in text.lower().replace("’s", "").replace("'s", "").split()
    ) - {"the", "a", "an", "of", ""}


def apposed_body(head: Token) -> list[Token]:
    """The name that a body is introduced by: "the ferry's operator, Northern Lines"; empty for none.

    "A group calling itself BlackReef" goes by its own word. "The owner, Korvex and the ministry" are several.
    """
    if head.lower_ not in APPOSED or any(c.dep_ == "cc" for c in head.children):
        return []
    if (called := _called(head)) is not None:
        return core_of([t for t in called.subtree if t.i >= called.left_edge.i], called)
    for apposed in head.children:
        named = apposed.dep_ == "appos" and apposed.pos_ == "PROPN" and apposed.i > head.i
        place = apposed.ent_type_ == "GPE" and not any(c.lower_ == "the" for c in apposed.lefts)
        if named and not place and apposed.ent_type_ != "PERSON":
            return core_of([*apposed.subtree], apposed)
    return []


def _called(body: Token) -> Token | None:
    """The name that ends "calling itself BlackReef", "known as BlackReef" or "called BlackReef"."""
    naming = (c for c in body.children if c.dep_ == "acl" and c.lemma_ in {"call", "name", "know", "dub"})
    names = (t for verb in naming for t in verb.subtree if t.pos_ == "PROPN" and t.head.pos_ != "PROPN")
    return next(names, None)
