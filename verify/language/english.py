"""What of a document is in English, which is all that the models here can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from verify.types import Document, Role, Span, Unchecked

ENGLISH = "en"

COMMON = frozenset(
    """the of and to in a is that for on was with as by at from it be are this have has had not but were said
    he she his her they their an or who which will would been its after one two more when about""".split()
)
"""Words that make up about two fifths of any English prose, and next to none of another language's."""

LEAST_SHARE = 0.12
"""Share of common words under which LEAST_WORDS of prose aren't English; lists of names reach 0.15."""

LEAST_WORDS = 25

LEAST_TOLD = 8
"""Words from which a shorter block with as few common words is looked at by an identifier of languages."""

LEAST_POOLED = 50
"""The same for short blocks in a row: headlines and bullets go without many a common word."""


def leave_out_foreign(document: Document) -> tuple[Document, tuple[Unchecked, ...]]:
    """The document with whatever of its prose isn't English masked, and the stretches that aren't.

    Blocks of LEAST_WORDS are judged one by one, shorter ones with the short ones next to them, and with
    the whole document if these are too few to tell. What is shorter gets the benefit of the doubt, unless it
    isn't in Latin letters, or is plainly of another language.
    """
    shown = {
        index: block.shown(document.text)
        for index, block in enumerate(document.blocks)
        if block.role is not Role.BYLINE
    }
    words = {index: re.findall(r"[^\W\d_]+", text.lower()) for index, text in shown.items()}
    whole = _foreign([word for found in words.values() for word in found], LEAST_WORDS) or False
    foreign: dict[int, bool] = {}
    for short, run in groupby(words, key=lambda index: len(words[index]) < LEAST_WORDS):
        indices = list(run)
        if short:
            verdict = _foreign([word for index in indices for word in words[index]], LEAST_POOLED)
            foreign |= dict.fromkeys(indices, whole if verdict is None else verdict)
        else:
            foreign |= {index: bool(_foreign(words[index], LEAST_WORDS)) for index in indices}
    for index, found in words.items():
        foreign[index] = (
            foreign[index] or _other_letters("".join(found)) or _other_language(shown[index], found)
        )
    blocks = tuple(
        replace(block, masked=(block.span,)) if foreign.get(index) else block
        for index, block in enumerate(document.blocks)
    )
    unchecked = []
    for left_out, run in groupby(words, key=foreign.__getitem__):
        spans = [document.blocks[index].span for index in run]
        if left_out:
            unchecked.append(Unchecked("not in English", Span(spans[0].start, spans[-1].end)))
    return replace(document, blocks=blocks), tuple(unchecked)


def _foreign(words: Sequence[str], least: int) -> bool | None:
    """Whether `words` are hardly English; None where they are fewer than `least`."""
    if len(words) < least:
        return None
    return sum(word in COMMON for word in words) < LEAST_SHARE * len(words)


def _other_language(text: str, words: Sequence[str]) -> bool:
    """Whether a short text that is hardly English by its `words` is plainly of another language.

    The identifier takes half a second to load, and is asked about one block of English prose in a hundred.
    """
    if not _foreign(words, LEAST_TOLD):
        return False
    from py3langid import classify

    return str(classify(text)[0]) != ENGLISH


def _other_letters(letters: str) -> bool:
    return sum(c < "\u0250" for c in letters) < len(letters) / 2
