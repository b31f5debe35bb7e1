"""What a source, or a noun of the draft, is called within a sentence."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from verify.reference.pronouns import POSSESSIVE
from verify.types import Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

DETERMINERS = frozenset(
    """a an the this that these those some several many most both all few no nobody none each every
    either neither another other one two three four five six seven eight nine ten he she it they which
    who whose unknown our my his her its their""".split()
)
"""First words of a name that takes no article."""

LONGEST_NAME = 6
"""Words of a noun phrase beyond which only its head's own compound is repeated."""


def called(source: Source) -> str:
    """What a source is called within a sentence: "the company", "a clerk of the court", "Korvex"."""
    bare = source.sort is Sort.PLURAL and source.name not in source.definite
    return source.name if bare else with_article(source.name, source.definite)


def with_article(name: str, definite: Set[str] = frozenset()) -> str:
    """The name with "the" where the draft has it, or it is a common noun's without another determiner."""
    first, *_, last = name.split() * 2
    if first in {"A", "An"}:
        return name[0].lower() + name[1:]
    if first.lower() in DETERMINERS:
        return name
    owned = any(word[0].isupper() and word[-2:] in {"’s", "'s", "s’", "s'"} for word in name.split())
    common = (first[0].islower() or (last.isalpha() and last.islower())) and " and " not in name
    return f"the {name}" if name in definite or first == "United" or (common and not owned) else name


def written(token: Token, name: str) -> str:
    """The name in the place of a pronoun, in the genitive where that was possessive."""
    possessive = token.dep_ == "poss" or token.lower_ in POSSESSIVE
    if not possessive:
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def noun_phrase(head: Token) -> str:
    """The noun phrase around `head` without what follows it, in the text's own words."""
    left = [t for t in head.subtree if t.i <= head.i]
    if len(left) > LONGEST_NAME:
        left = [
            t for t in left if t.head == head and t.dep_ in {"det", "compound", "amod", "poss", "nummod"}
        ] + [head]
    phrase = "".join(t.text_with_ws for t in left).strip()
    return phrase[0].lower() + phrase[1:] if left[0].tag_ in {"DT", "PRP$"} else phrase
