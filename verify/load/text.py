"""Plain text: headline, byline and paragraphs, told apart by how copy is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from verify.types import Block, Role, Span

BYLINE = re.compile(r"by\s+[^\W\d_][^.!?:“\"]{2,80}$", re.IGNORECASE)
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATE_LINE = re.compile(
    rf"(?:(?:published|updated|posted)\s*:?\s*)?(?:[a-z]+day,?\s+)?"
    rf"(?:\d{{4}}-\d\d?-\d\d?|{MONTH}\s+\d\d?(?:st|nd|rd|th)?,?\s+\d{{4}}|\d\d?(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}})\b.{{0,40}}$",
    re.IGNORECASE,
)
HEADLINE_WORDS = 25
WRAPPED = (55, 100)
"""Columns between which lines were broken by an editor and not by the writer."""


def plain_blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of plain text from `start` on: paragraphs parted by blank lines, or one a line."""
    spans = list(_paragraphs(text, start))
    return tuple(Block(_role(text, spans, k), span) for k, span in enumerate(spans))


def published_near_top(text: str, blocks: Sequence[Block]) -> date | None:
    """The date of a date line among the first blocks, if there is one."""
    for block in blocks[:5]:
        line = text[block.span.start : block.span.end].strip()
        if block.role is Role.BYLINE and DATE_LINE.match(line):
            from dateutil import parser

            try:
                return parser.parse(line, fuzzy=True).date()
            except (parser.ParserError, OverflowError):
                return None
    return None


def _paragraphs(text: str, start: int) -> Iterator[Span]:
    group: list[Span] = []
    for line in _lines(text, start):
        if line.start == line.end:
            yield from _split(text, group)
            group = []
        else:
            group.append(line)
    yield from _split(text, group)


def _lines(text: str, start: int) -> Iterator[Span]:
    """The lines of the text without the white space at their edges; a blank one is an empty span."""
    place = start
    for line in text[start:].splitlines(keepends=True):
        stripped = line.strip()
        left = place + len(line) - len(line.lstrip()) if stripped else place
        yield Span(left, left + len(stripped))
        place += len(line)


def _split(text: str, group: list[Span]) -> Iterator[Span]:
    """Lines without a blank one between them: hard-wrapped they are one paragraph, otherwise one each."""
    if not group:
        return
    widths = [line.end - line.start for line in group]
    inner = widths[:-1]
    wrapped = len(group) > 1 and max(widths) <= WRAPPED[1] and sorted(inner)[len(inner) // 2] >= WRAPPED[0]
    if wrapped and not DATE_LINE.match(text[group[0].start : group[0].end]):
        yield Span(group[0].start, group[-1].end)
    else:
        yield from group


def _role(text: str, spans: Sequence[Span], k: int) -> Role:
    line = text[spans[k].start : spans[k].end]
    if k == 0:
        return Role.HEADLINE if len(spans) > 1 and is_headline(line) else Role.PARAGRAPH
    if k < 5 and (BYLINE.fullmatch(line) or DATE_LINE.match(line)) and len(line) < 120:
        return Role.BYLINE
    return Role.PARAGRAPH


def is_headline(line: str) -> bool:
    """Whether a first line is short and lacks a full stop, as headlines do."""
    return (
        len(line.split()) <= HEADLINE_WORDS
        and line.rstrip("”’\"' ")[-1:] not in {".", "…", ",", ";"}
        and "\n" not in line
    )
