"""The comments in a draft by which an editor tells this program something: `<!-- verify ignore ... -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.types import Span

OPENING = re.compile(r"<!--\s*verify\s+(?=ignore\b)")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment for this program: its place with its marks, and what it says after "verify"."""

    span: Span
    words: str


def comments(text: str, start: int = 0) -> Iterator[Comment]:
    """The comments for this program from `start` on, in order; one that isn't closed is none."""
    while opening := OPENING.search(text, start):
        # By `find`, since a pattern would look for the end of each unclosed one anew.
        close = text.find("-->", opening.end())
        if close < 0:
            return
        start = close + 3
        yield Comment(Span(opening.start(), start), " ".join(text[opening.end() : close].split()))


def blanked(text: str, start: int = 0) -> str:
    """`text` with spaces in place of the comments; its line breaks and its length stay."""
    parts, done = [], 0
    for comment in comments(text, start):
        left, right = comment.span
        parts += [text[done:left], re.sub(r"[^\r\n]", " ", text[left:right])]
        done = right
    return "".join([*parts, text[done:]])
