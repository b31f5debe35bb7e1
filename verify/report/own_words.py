"""A claim in its own words: what stands in the draft, fit to be read without the rest of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.types import Claim, Role, Span

CLOSING = {"“": "”", "«": "»", '"': '"'}
OPENING = {closing: opening for opening, closing in CLOSING.items()}

BEFORE_OPENING = "([—–-/"
"""What an opening mark that looks like a closing one may follow, besides white space."""

SEPARATORS = " \t\r\n,;:–—"
"""What parts a claim from the words after it, and isn't part of it."""

GOES_ON = re.compile(r"(?<![.!?…\"”’»])(?:[^\S\n]|\n(?!\s*\n))+[\w“\"«‘'(£$€]")

REST = re.compile(
    r"(?<![.!?…\"”’»])(?!\s+(?:and|but|or|while|who|which|as|according)\b)"
    r"(?:[^\S\n]+[\w'’-]+){1,4}(?=[.,;:!?—–](?!\d))"
)
"""The few words that are left of a clause: "laughed it" isn't what "laughed it off" is."""


def own_words(text: str, claim: Claim) -> str:
    """The claim's words with the cue if that stands before them, since it tells the stance.

    Quotation marks have their partners, be these outside; dots tell that the sentence goes on.
    """
    span = _span(text, claim)
    rest = REST.match(text, span.end)
    if rest is not None and not any(part.overlaps(Span(*rest.span())) for part in _frame(claim)):
        span = Span(span.start, rest.end())
    words = text[span.start : span.end].rstrip(SEPARATORS)
    end = span.start + len(words)
    closed, opened = _loose(words)
    line_ends = claim.role is Role.HEADLINE and "\n" in text[end : end + 1]
    cut = "…" if end == span.end and not line_ends and GOES_ON.match(text, end) else ""
    return "".join([*(OPENING[mark] for mark in closed[:1]), words, cut, *(CLOSING[m] for m in opened[:1])])


def _frame(claim: Claim) -> Iterator[Span]:
    """Where the claim's cue and source stand, which are none of its words."""
    if claim.cue is not None:
        yield claim.cue
    if claim.source is not None and claim.source.text is not None:
        yield claim.source.text


def _span(text: str, claim: Claim) -> Span:
    """From the cue or the content, whichever is first, to its end; marks around the content included."""
    if not claim.content:
        return claim.span
    start, end = min(s.start for s in claim.content), max(s.end for s in claim.content)
    start -= text[start - 1 : start] in CLOSING
    end += text[end : end + 1] in OPENING
    if claim.cue is None:
        return Span(start, end)
    around = claim.cue.contains(Span(start, end))  # "laughed it off"
    return Span(min(start, claim.cue.start), claim.cue.end if around else end)


def _loose(words: str) -> tuple[list[str], list[str]]:
    """The closing and the opening marks in `words` that have no partner there."""
    closed: list[str] = []
    opened: list[str] = []
    for mark, opens in _marks(words):
        if opens:
            opened.append(mark)
        elif opened:
            opened.pop()
        else:
            closed.append(mark)
    return closed, opened


def _marks(words: str) -> Iterator[tuple[str, bool]]:
    """Each quotation mark, and whether it opens: a straight one does at the beginning of a word."""
    for place, mark in enumerate(words):
        before = words[place - 1] if place else " "
        if mark == '"':
            yield mark, before.isspace() or before in BEFORE_OPENING
        elif mark in CLOSING or mark in OPENING:
            yield mark, mark in CLOSING
