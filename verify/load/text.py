"""Plain text: headline, byline and paragraphs, told apart by how copy is laid out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from verify.load.comments import blanked, comments
from verify.types import Block, Role, Span

NAME = r"[^\W\d_a-z](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?"
LINKS = (
    r"(?:and|in|at|for|of|the|our|own|van|von|de|der|den|di|da|du|la|le|al|el|bin|ibn|senior|chief|special|staff"
    r"|foreign|political|diplomatic|security|correspondents?|reporters?|editors?|writers?)\b"
)
"""The small words between names in a byline; no verb is among them."""

BYLINE = re.compile(rf"(?i:by)(?:[\s,&|/]+(?:{LINKS}|{NAME}))+")
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
CLOCK = r"(?:at\s)?\d\d?(?:(?:[:.]\d\d){1,2}(?:Z|\s?[ap]\.?m|[+-]\d\d:?\d\d)?|\s?[ap]\.?m)(?![^\W_])"
DATE_LINE = re.compile(
    rf"(?:(?:published|updated|posted)\s*:?\s*)?(?:[a-z]+day,?\s+)?"
    rf"(?:\d{{4}}-\d\d?-\d\d?(?:T(?={CLOCK}))?|{MONTH}\s+\d\d?(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\d)"
    rf"|\d\d?(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}(?!\d))"
    rf"(?:(?:(?<=T)|[\s,.;|/()·•—–-]+)(?:{CLOCK}|(?-i:{NAME}))){{0,6}}[\s,.;|/()·•—–-]*$",
    re.IGNORECASE,
)
"""A date, and after it nothing but a time, a zone or a place."""

TOP = 5
"""Blocks or parts from the top among which bylines and dates are looked for, in any format."""

YEARS = range(1500, 2101)
"""Those that a story may be of."""

LONGEST_BYLINE = 120
HEADLINE_WORDS = 25
WRAPPED = (55, 100)
"""Columns between which lines were broken by an editor and not by the writer."""

CLOSING_MARKS = "”’\"' "
"""What may stand behind the last stop of a sentence."""


def plain_blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of plain text from `start` on: paragraphs parted by blank lines, or one a line.

    Comments for this program are no prose: a line of its own parts paragraphs, one in a line is masked.
    """
    shown = blanked(text, start)
    spans = list(_paragraphs(shown, start))
    masks = [comment.span for comment in comments(text, start)]
    return tuple(Block(_role(shown, spans, k), span, _inside(masks, span)) for k, span in enumerate(spans))


def _inside(masks: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """Those of the ordered `masks` that lie in `span`; a paragraph never ends inside one."""
    return tuple(masks[bisect_left(masks, span) : bisect_left(masks, Span(span.end, span.end))])


def published_near_top(text: str, blocks: Sequence[Block]) -> date | None:
    """The date of a date line among the first blocks, if there is one."""
    for block in blocks[:TOP]:
        line = text[block.span.start : block.span.end].strip()
        if block.role is Role.BYLINE and DATE_LINE.match(line):
            from dateutil import parser

            try:
                return plausible(parser.parse(line, fuzzy=True).date())
            except (parser.ParserError, OverflowError):
                return None
    return None


def plausible(day: date) -> date | None:
    """`day` if a story may be of it: what a system puts for no date at all ("0001-01-01") is none."""
    return day if day.year in YEARS else None


def _paragraphs(text: str, start: int) -> Iterator[Span]:
    group: list[Span] = []
    first = True
    for line in [*_lines(text, start), Span(len(text), len(text))]:
        if line.start != line.end:
            group.append(line)
        elif group:
            head = _head(text, group) if first else 0
            yield from group[:head]
            yield from _split(text, group[head:])
            group, first = [], False


def _head(text: str, group: Sequence[Span]) -> int:
    """How many lines at the top of the text are its headline with the byline and the date right below it.

    A byline's words may as well end a sentence that was broken there: "... will be open again / by Monday."
    """
    head = 0
    for k, line in enumerate(group[:TOP]):
        shown = text[line.start : line.end]
        if k and is_byline(shown) and not shown[0].islower() and not shown.endswith("."):
            head = k + 1
        elif not is_headline(shown):
            break
    return head


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
        return Role.HEADLINE if is_headline(line, alone=len(spans) == 1) else Role.PARAGRAPH
    return Role.BYLINE if k < TOP and is_byline(line) else Role.PARAGRAPH


def is_byline(line: str) -> bool:
    """Whether a line says who wrote the story or when, and nothing else."""
    return len(line) < LONGEST_BYLINE and bool(BYLINE.fullmatch(line) or DATE_LINE.match(line))


def is_headline(line: str, *, alone: bool = False) -> bool:
    """Whether a first line is short and lacks a full stop, as headlines do.

    One that stands `alone` is one only if it ends like no sentence at all.
    """
    stops = ".…,;?!" if alone else ".…,;"
    return (
        len(line.split()) <= HEADLINE_WORDS
        and not line.rstrip(CLOSING_MARKS).endswith(tuple(stops))
        and "\n" not in line
    )
