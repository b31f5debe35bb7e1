"""Paragraphs as a tagger sees them: wordpieces with their words and places, cut into windows.

A document is one run of wordpieces with a separator after each paragraph. A window is a stretch of
it, whole paragraphs as far as they fit, so that each is read with what stands before and after it.
Labels are per word and sit on its first piece (Devlin et al. 2019, section 5.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from verify.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 254
"""Wordpieces of a window; with the two special ones around them the model reads 256."""

CONTEXT = 48
"""Wordpieces before a window that are read again with it, for context alone."""

CLS, SEP = "[CLS]", "[SEP]"


class Word(NamedTuple):
    """A word or a sign: its paragraph, its characters there (half-open), its first and last wordpiece."""

    paragraph: int
    start: int
    end: int
    first: int
    last: int


class Window(NamedTuple):
    """A stretch `start:end` of the run that is read at once; before `scored` it is context alone."""

    start: int
    scored: int
    end: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document's wordpieces.

    `word_of[i]` is the word that piece `i` begins, or -1; `edges` are the places where a paragraph
    begins, and the end of the run.
    """

    ids: tuple[int, ...]
    words: tuple[Word, ...]
    word_of: tuple[int, ...]
    edges: tuple[int, ...]
    cls: int
    sep: int

    def framed(self, start: int, end: int) -> list[int]:
        """The ids of a stretch between the model's two special pieces."""
        return [self.cls, *self.ids[start:end], self.sep]


def split(paragraphs: Sequence[str], tokenizer: Tokenizer) -> Pieces:
    """Cut `paragraphs` into wordpieces; offsets are code points into each, exact. Raises ModelError."""
    cls, sep = _special(tokenizer, CLS), _special(tokenizer, SEP)
    ids: list[int] = []
    words: list[Word] = []
    word_of: list[int] = []
    edges = [0]
    for index, encoding in enumerate(tokenizer.encode_batch(list(paragraphs), add_special_tokens=False)):
        previous = None
        for piece, place, (start, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            if place == previous:
                words[-1] = words[-1]._replace(end=end, last=len(ids))
                word_of.append(-1)
            else:
                word_of.append(len(words))
                words.append(Word(index, start, end, len(ids), len(ids)))
            ids.append(piece)
            previous = place
        ids.append(sep)
        word_of.append(-1)
        edges.append(len(ids))
    return Pieces(tuple(ids), tuple(words), tuple(word_of), tuple(edges), cls, sep)


def _special(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ModelError("tokenizer", f"lacks the token {token}", "name a BERT and its own tokenizer")
    return int(number)


def windows(edges: Sequence[int], *, limit: int = WINDOW, context: int = CONTEXT) -> Iterator[Window]:
    """Windows of at most `limit` pieces over paragraphs that begin at `edges`; each piece is scored once.

    A paragraph longer than a window is read in stretches that share half of it.
    """
    start = 0
    for begin, end in pairwise(edges):
        if end - start <= limit:
            continue
        if begin > start:
            yield Window(max(0, start - min(context, limit - (begin - start))), start, begin)
        start = begin
        while end - start > limit:
            low = max(begin, start - limit // 2)
            yield Window(low, start, low + limit)
            start = low + limit
    if edges[-1] > start:
        yield Window(max(0, start - min(context, limit - (edges[-1] - start))), start, edges[-1])


def paragraph_in(pieces: Pieces, window: Window, word: int) -> tuple[int, int]:
    """The pieces of the paragraph of `word` that `window` shows, its separator included."""
    paragraph = pieces.words[word].paragraph
    return max(window.start, pieces.edges[paragraph]), min(window.end, pieces.edges[paragraph + 1])
