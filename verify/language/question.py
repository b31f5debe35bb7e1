"""A proposition turned into the short yes-or-no question that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
CIRCUMSTANCE = frozenset(
    "given as because since after when while which who whose although though where before despite".split()
)
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
"""Entities that keep their capital inside a sentence, unlike "At least 43"."""

LONGEST = 22
"""Words of a question; what hangs on at its end is cut at the last comma or clause before."""


def question_of(proposition: str, nlp: Language) -> str:
    """ "Ukraine was involved in the attack." as "Was Ukraine involved in the attack?".

    A sentence without a verb that can be turned is quoted: "Is it so that ...?".
    """
    words = [t for t in nlp(proposition) if not t.is_space]
    while words and words[-1].is_punct:
        words.pop()
    root = next((t for t in words if t.dep_ == "ROOT"), None)
    subject = next((t for t in words if t.dep_ in SUBJECTS and t.head == root), None)
    if root is None or subject is None or root.pos_ not in {"VERB", "AUX"} or subject.i > root.i:
        return f"Is it so that “{_text(words)}”?"
    phrase = [t for t in words if t in list(subject.subtree)]
    helper = next((c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.lower_ != "to"), None)
    if helper is None and root.lemma_ == "be":
        helper = root
    before = [t for t in words if t.i < phrase[0].i]
    after = [t for t in words if t.i > phrase[-1].i and t != helper]
    start = helper.text if helper is not None else _did(root)
    rest = [(root.lemma_ if helper is None and t == root else t.text, t.whitespace_) for t in _short(after)]
    said = "".join(w + gap for w, gap in rest).strip(" ,;")
    lead_in = f" {_lower(before)}" if _matters(before) else ""
    question = f"{start} {_lower(phrase)} {said}{lead_in}".strip(" ,;")
    return question[0].upper() + question[1:] + "?"


def how_much(proposition: str, nlp: Language, *, amount: bool) -> str:
    """ "The damage is put at €140 million." as "How much is the damage?", an `amount`.

    Of a time, a length or another measure: "Which figure is right for the ship?".
    """
    subject = next((t for t in nlp(proposition) if t.dep_ in SUBJECTS), None)
    if subject is None or subject.like_num or subject.pos_ == "PRON":
        return "How much is it?" if amount else "Which figure is right?"
    phrase = _lower([t for t in subject.subtree if t.i <= subject.i])
    if not amount:
        return f"Which figure is right for {phrase}?"
    return f"How much {'are' if subject.tag_ in {'NNS', 'NNPS'} else 'is'} {phrase}?"


def _did(root: Token) -> str:
    if root.tag_ in {"VBD", "VBN"}:
        return "did"
    return "does" if root.tag_ == "VBZ" else "do"


def _matters(before: Sequence[Token]) -> bool:
    return any(t.pos_ in {"NOUN", "PROPN", "NUM"} for t in before)


def _short(words: Sequence[Token]) -> list[Token]:
    """Without what only gives grounds or circumstances after a comma, and cut to LONGEST words."""
    for k, token in enumerate(words):
        if k > 1 and words[k - 1].text == "," and token.lower_ in CIRCUMSTANCE:
            return list(words[: k - 1])
    if len(words) <= LONGEST:
        return list(words)
    cuts = [
        k
        for k, t in enumerate(words[: LONGEST + 1])
        if k > 3 and (t.text in {",", ";", "—"} or t.dep_ == "mark")
    ]
    return list(words[: cuts[-1] if cuts else LONGEST])


def _text(words: Sequence[Token]) -> str:
    return "".join(t.text_with_ws for t in words).strip()


def _lower(words: Sequence[Token]) -> str:
    text = _text(words).strip(" ,")
    keep = bool(words) and (
        words[0].pos_ == "PROPN" or words[0].ent_type_ in NAMES or words[0].text.isupper()
    )
    return text if keep or not text else text[0].lower() + text[1:]
