"""What propositions are written in: words with their pronouns named, verbs made to agree, one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.attribution.phrases import SUBJECTS
from verify.reference import FIRST, POSSESSIVE, called, noun_phrase, reference
from verify.types import UNKNOWN, Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

UNSAID = "It was so."
"""The proposition of a content that has none of its own."""

AGREEMENT = {"have": "has", "are": "is", "am": "is", "were": "was", "do": "does"}
"""The verb after a first person, and after the name in its place."""

SHORTENED = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am"}
"""Auxiliaries that a name isn't followed by in their short form."""

DONE = frozenset({"been", "got", "had"})
"""What makes "has" of the "’s" right before it, whatever follows."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A proposition, and whether it only answers an earlier claim ("denied it").

    `needs_name`: only a claim that names the answering party can be meant ("denied involvement");
    `needs_citing`: only one of whom the answer names ("Mr Peskov was lying"); `repeats`: what was said right
    before, with its stance ("said the same"); `elided`: of what was said it repeats only the auxiliary, and
    holds by its own stance ("it plainly is"). `alone` is the text where nothing before is answered, if
    another.
    """

    text: str
    answers: bool = False
    needs_name: bool = False
    needs_citing: bool = False
    repeats: bool = False
    elided: bool = False
    alone: str = ""


def has_subject(root: Token, content: Sequence[Token]) -> bool:
    """Whether the subject of `root` stands in the content."""
    ids = {t.i for t in content}
    return any(c.dep_ in SUBJECTS and c.i in ids for c in root.children)


def say(
    tokens: Sequence[Token], source: Source | None, word: Callable[[Token], str] = lambda token: token.text
) -> str:
    """The tokens as text, each by `word`, pronouns by what they stand for, and verbs made to agree."""
    ids = {t.i for t in tokens}
    parts: list[str] = []
    told: set[str] = set()
    after_name = False
    for token, before in zip(tokens, [None, *tokens], strict=False):
        if before is not None and (linking := _link(before, token)):
            parts.append(f"{linking} ")
        elif before is not None and _ends_fronted(before, token):
            parts[-1] = f"{parts[-1].rstrip()}, "
        named = reference(token, source) or _antecedent(token, ids)
        if named is not None:
            named = _again(token, named, source, told, "".join(parts)) or named
        full = _in_full(token) if named is None and after_name else ""
        text = named if named is not None else _agreeing(token, full or word(token), source)
        gap = token.whitespace_ or ("" if token.i + 1 in ids else " ")
        parts.append((f" {text}" if full else text or " ") + gap)
        after_name = named is not None
    return "".join(parts).strip()


def _again(token: Token, named: str, source: Source | None, told: set[str], said: str) -> str | None:
    """The pronoun for what the sentence has by name already: "Korvex sold its ships", "it fell as it aged".

    `told` are the names put in the place of pronouns so far, `said` is all so far. None where the name is
    new, and for the "I" and "my" of somebody who may be he or she.
    """
    name = named.removesuffix("’s").removesuffix("’")
    first, _, rest = name.lower().partition(" ")
    bare = rest if first in POSSESSIVE else name.lower()
    if token.lower_ not in FIRST and f" {bare} " in f" {said.replace(',', '')} ".lower():
        return token.text
    if name not in told:
        told.add(name)
        return None
    if token.lower_ not in FIRST:
        return token.text
    own = token.dep_ == "poss" or token.lower_ in POSSESSIVE
    if source is None or (source.sort is Sort.PERSON and name == called(source)):
        return None
    if source.sort is Sort.PLURAL:
        return "their" if own else "they" if token.dep_ in SUBJECTS else "them"
    return "its" if own else "it"


def _link(before: Token, after: Token) -> str:
    """The "and" of "A, he said, and (never) B", which stands in neither of the two pieces."""
    gap = [t for t in after.doc[before.i + 1 : after.i] if not (t.is_punct or t.is_quote)]
    return gap[-1].text if gap and gap[-1].lower_ in {"and", "but", "or"} else ""


def _ends_fronted(before: Token, after: Token) -> bool:
    """Whether an aside parts a clause from the main one: "if it knew, he added, (it should tell)"."""
    fronted = (t for t in (before, *before.ancestors) if t.dep_ == "advcl" and t.head.i >= after.i)
    return after.i > before.i + 1 and before.nbor(1).text == "," and any(fronted)


def _antecedent(token: Token, ids: set[int]) -> str | None:
    """The noun that "which" or "who" stands for, where the content opens with the relative clause alone."""
    if token.tag_ not in {"WDT", "WP"} or token.dep_ not in SUBJECTS or token.lower_ == "what":
        return None
    clause = token.head
    while clause.dep_ == "ccomp":  # "a film which it said showed guards"
        clause = clause.head
    if clause.dep_ != "relcl" or clause.head.i in ids:
        return None
    return noun_phrase(clause.head)


def _agreeing(token: Token, word: str, source: Source | None) -> str:
    """The verb after a first person that gave way to a name: "we have" becomes "X has"."""
    if (
        source is None
        or source.name == UNKNOWN
        or token.pos_ not in {"AUX", "VERB"}
        or token.tag_ == "VB"
        or token.i == 0
    ):
        return word
    subject = next((c for v in (token, token.head) for c in v.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ not in {"i", "we"}:
        return word
    if token.dep_ != "conj" and abs(token.i - subject.i) > 2:
        return word
    plain = token.tag_ == "VBP" and token.pos_ == "VERB" and word == token.text
    return AGREEMENT.get(word.lower()) or (_third_person(word) if plain else word)


def _in_full(token: Token) -> str:
    """The "will" of "he’ll", "had" or "would" of "he’d", "has" or "is" of "she’s"; "" for other words."""
    word, verb = token.lower_.replace("’", "'"), token.head
    if word not in {"'s", "'d"} or token.tag_ == "POS":
        return SHORTENED.get(word, "")
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if word == "'d":
        would = helpers & {"have"} or any(c.lower_ == "be" for c in verb.children)
        return "had" if verb.tag_ in {"VBD", "VBN"} and not would else "would"
    done = verb.tag_ == "VBN" and (token.dep_ == "aux" or any(c.dep_ == "dobj" for c in verb.children))
    after = next((t.lower_ for t in token.doc[token.i + 1 :] if t.pos_ not in {"ADV", "PART"}), "")
    return "has" if done or after in DONE else "is"


def _third_person(verb: str) -> str:
    """The form of "know" that goes with a name, "knows"."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2:-1] not in {*"aeiou"} else f"{verb}s"


def sentence(text: str) -> str:
    """`text` as a sentence: without quotation marks, with a capital and a full stop."""
    text = re.sub(r"‘([^‘’]*)’(?!\w)", r"\1", text)
    for mark in '“”„«»"‘':
        text = text.replace(mark, "")
    text = " ".join(text.split()).strip(" ,;:—–-")
    text = text.replace(" ,", ",").replace(" ’s", "’s")
    text = re.sub(r"[\s,;:—–-]+(?=[.!?]$)", "", text)
    if not text:
        return UNSAID
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."
