"""Whether a document is in English, which is all that the models here can read."""

from __future__ import annotations

import re

from verify.types import Document, Role, Span, Unchecked

COMMON = frozenset(
    """the of and to in a is that for on was with as by at from it be are this have has had not but were said
    he she his her they their an or who which will would been its after one two more when about""".split()
)
"""Words that make up about two fifths of any English prose, and next to none of another language's."""

LEAST_SHARE = 0.12
"""Share of common words under which a text of LEAST_WORDS words isn't English; lists of names reach 0.15."""

LEAST_WORDS = 25


def unreadable(document: Document) -> tuple[Unchecked, ...]:
    """The whole prose of a document, as one stretch, where it isn't English; otherwise nothing.

    Shorter texts than LEAST_WORDS get the benefit of the doubt unless they aren't in Latin letters.
    """
    prose = [b.span for b in document.blocks if b.role is not Role.BYLINE]
    if not prose:
        return ()
    text = " ".join(document.text[s.start : s.end] for s in prose)[:20_000]
    letters = [c for c in text if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    words = re.findall(r"[^\W\d_]+", text.lower())
    foreign = len(words) >= LEAST_WORDS and sum(w in COMMON for w in words) < LEAST_SHARE * len(words)
    if foreign or (letters and latin < len(letters) / 2):
        return (Unchecked("not in English", Span(prose[0].start, prose[-1].end)),)
    return ()
