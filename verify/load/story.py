"""What is found in files that aren't text, and how it becomes a text with blocks in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from verify.load.text import TOP, is_byline, is_headline, plain_blocks, plausible
from verify.types import Block, Role, Span, Unchecked

LARGEST_TEXT = 2_000_000
"""Code points of text, or bytes of a text file, beyond which it isn't an article."""

GAP = "\n\n"
"""What stands between two parts in the text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraph or the like, and where it stands in the original.

    A `reason` says why it isn't read as prose of the story. The text may be empty only then: what couldn't
    be read has a place even so.
    """

    text: str
    place: str
    role: Role = Role.PARAGRAPH
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The parts of a file in reading order, and what it says about itself; None where it says nothing."""

    parts: tuple[Part, ...]
    published: date | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None


def lay_out(parts: Sequence[Part]) -> tuple[str, tuple[Block, ...], tuple[Unchecked, ...]]:
    """One text for all parts, the blocks of those that are read, and the stretches of those that aren't."""
    spans: list[Span] = []
    start = 0
    for part in parts:
        spans.append(Span(start, start + len(part.text)))
        start += len(part.text) + len(GAP)
    blocks = tuple(
        Block(part.role, span, place=part.place)
        for part, span in zip(parts, spans, strict=True)
        if part.reason is None
    )
    unread = []
    for reason, run in groupby(zip(parts, spans, strict=True), key=lambda pair: pair[0].reason):
        if reason is not None:
            members = list(run)
            span = Span(members[0][1].start, members[-1][1].end)
            unread.append(Unchecked(reason, span, members[0][0].place))
    return GAP.join(part.text for part in parts), blocks, tuple(unread)


def plain_parts(text: str, where: str) -> tuple[Part, ...]:
    """The paragraphs of plain text inside another format; `where` names the field."""
    return tuple(
        Part(one_line(block.shown(text)), f"{where} paragraph {number}")
        for number, block in enumerate(plain_blocks(text), start=1)
    )


def with_headline(parts: Sequence[Part], headline: str | None, place: str) -> tuple[Part, ...]:
    """The parts with the headline among them: the part that has its words, or one put first.

    Of several with its words, one that is read goes before teasers and captions, and a heading before others.
    """
    if headline is None or not headline.strip():
        return tuple(parts)
    same = [index for index, part in enumerate(parts) if squeezed(part.text) == squeezed(headline)]
    if not same:
        return (Part(one_line(headline), place, Role.HEADLINE), *parts)
    best = min(same, key=lambda k: (parts[k].reason is not None, parts[k].role is not Role.HEADING))
    return (*parts[:best], replace(parts[best], role=Role.HEADLINE, reason=None), *parts[best + 1 :])


def with_roles(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts with a headline and bylines recognised as in plain text, where the format marks none."""
    found = list(parts)
    read = [index for index, part in enumerate(found) if part.reason is None]
    marked = any(found[index].role is Role.HEADLINE for index in read)
    for order, index in enumerate(read[:TOP]):
        part = found[index]
        if part.role is not Role.PARAGRAPH:
            continue
        if is_byline(part.text):
            found[index] = replace(part, role=Role.BYLINE)
        elif order == 0 and not marked and is_headline(part.text, alone=len(read) == 1):
            found[index] = replace(part, role=Role.HEADLINE)
    return tuple(found)


def one_line(text: str) -> str:
    """`text` with each run of white space as one blank; no-break spaces stay, and NUL (from JSON) goes."""
    return re.sub(r"[ \t\r\n\f\v\0]+", " ", text).strip(" ")


def string(value: object) -> str | None:
    """`value` in one line if it is a text that isn't empty."""
    return (one_line(value) or None) if isinstance(value, str) else None


def squeezed(text: str) -> str:
    """`text` without white space and case, to compare."""
    return "".join(text.split()).casefold()


def has_words(text: str) -> bool:
    """Whether there are letters in it."""
    return any(c.isalpha() for c in text)


def is_prose(text: str) -> bool:
    """Whether it is more than a label: words enough for a sentence, or a sentence's end."""
    return has_words(text) and (len(text.split()) >= 6 or text.rstrip("\"'”’)")[-1:] in {".", "!", "?"})


def iso_date(value: object) -> date | None:
    """The day of an ISO 8601 date or time, with or without hyphens; None for anything else."""
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return plausible(date(*map(int, match.groups())))
    except ValueError:
        return None


def web_address(value: object) -> str | None:
    """`value` if it is an address on the web."""
    return value if isinstance(value, str) and re.match(r"https?://[^\s<>\"]+\Z", value) else None
