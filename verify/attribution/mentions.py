"""A mention of a source as a phrase: its head, its core, its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from verify.attribution.offices import INTRODUCED

if TYPE_CHECKING:
    from spacy.tokens import Token


HE, IT, THEY = frozenset({"he", "his", "him"}), frozenset({"it", "its"}), frozenset({"they", "their", "them"})
SHE = frozenset({"she", "her"})


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
        ):
            break
        core.append(token)
    if len(core) > 1 and core[0].lower_ == "the":
        core = core[1:]
    return core or list(tokens)


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

    "The owner, Korvex and the ministry" are several.
    """
    if head.lower_ not in INTRODUCED or any(c.dep_ == "cc" for c in head.children):
        return []
    for apposed in head.children:
        named = apposed.dep_ == "appos" and apposed.pos_ == "PROPN" and apposed.i > head.i
        if named and apposed.ent_type_ not in {"PERSON", "GPE"}:
            return core_of([*apposed.subtree], apposed)
    return []
