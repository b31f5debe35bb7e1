"""Which documents carry the same copy: wire stories as many papers print them, cut and lightly rewritten.

Candidates share shingles of their sketches (the k smallest hashes: Cohen and Kaplan, "Summarizing data using
bottom-k sketches", PODC 2007). Unlike MinHash's bands, which estimate how alike two texts are as wholes, a
sketch also meets that of a paper that printed only the first third. rapidfuzz then aligns the candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from verify.types import Document, Role

SHINGLE = 4
"""Words of a shingle."""

SKETCH = 128
"""Shingles that are kept of a document."""

LEAST_SHARED = 2
"""Shingles that two sketches share before their documents are compared."""

LEAST_RUN = 3
"""Words in a row that count as copied; shorter runs are shared by any two texts."""

LEAST_COPIED = 0.5
"""Share of a text's words, in such runs, from which it is the same copy. On the labelled stories
copies have at least 0.7, and other documents on the same event at most 0.2."""

OPENING = 30
"""Words that a longer text begins with, by which cut copy is told from what a later story quotes: papers cut
from the end, and a story of its own begins with what is new."""

MOST_WORDS = 4_000
"""Words of a text that are compared, from its beginning: alignment takes time with their square."""


def words_of(text: str) -> list[str]:
    """The words and figures of `text`, in lower case."""
    return re.findall(r"[^\W_]+", text.lower())


def copy_words(document: Document) -> list[str]:
    """The words of its paragraphs: headlines and bylines are each paper's own."""
    paragraphs = (block for block in document.blocks if block.role is Role.PARAGRAPH)
    return [word for block in paragraphs for word in words_of(block.shown(document.text))]


def sketch(words: list[str]) -> frozenset[int]:
    """The SKETCH smallest hashes of the text's shingles, as signed 64-bit numbers; empty for a few words."""
    return frozenset(sorted(map(_hash, shingles_of(words)))[:SKETCH])


def shingles_of(words: list[str]) -> frozenset[str]:
    """What SHINGLE words in a row the text has."""
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


@dataclass(frozen=True, slots=True)
class Overlap:
    """The words that two texts share, in the same order and in runs, by their places in the longer one.

    `shorter` and `longer` are how many words of them were compared.
    """

    shorter: int
    longer: int
    in_longer: Sequence[int]

    @property
    def of_shorter(self) -> float:
        """Share of the shorter text's words that the longer one has."""
        return len(self.in_longer) / max(self.shorter, 1)

    @property
    def of_longer(self) -> float:
        """Share of the longer text's words that the shorter one has."""
        return len(self.in_longer) / max(self.longer, 1)

    @property
    def opens(self) -> bool:
        """Whether the longer text begins with words of the shorter one."""
        return sum(place < OPENING for place in self.in_longer) >= LEAST_COPIED * OPENING


def overlap(one: Sequence[str], other: Sequence[str]) -> Overlap:
    """What two texts share of their first MOST_WORDS words; the rest of a longer one isn't counted either."""
    from rapidfuzz.distance import LCSseq

    shorter, longer = sorted((one[:MOST_WORDS], other[:MOST_WORDS]), key=len)
    blocks = LCSseq.editops(shorter, longer).as_matching_blocks()
    runs = (range(block.b, block.b + block.size) for block in blocks if block.size >= LEAST_RUN)
    return Overlap(len(shorter), len(longer), [place for run in runs for place in run])


def same_copy(one: Document, other: Document, words: Sequence[str] | None = None) -> bool:
    """Whether two documents carry the same copy.

    At least half of the shorter text's words stand in the other, in the same order and in runs, and the other
    isn't a story of its own that quotes the shorter one. `words` are those of `one`, where they are known.
    """
    a, b = copy_words(one) if words is None else words, copy_words(other)
    shared = overlap(a, b)
    if shared.of_shorter < LEAST_COPIED:
        return False
    if shared.of_longer >= LEAST_COPIED:
        return True
    longer, shorter = (other, one) if len(b) > len(a) else (one, other)
    if longer.published and shorter.published and longer.published != shorter.published:
        return longer.published < shorter.published
    return shared.opens


def _hash(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), "big", signed=True)
