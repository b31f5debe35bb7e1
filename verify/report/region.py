"""The stretch of a text between two places, in the columns that other tools count in."""

from __future__ import annotations

from typing import NamedTuple

from verify.lines import Lines, Place
from verify.types import Document, Span

FIRST = Place(1, 1)


class Region(NamedTuple):
    """From `start` up to and without `end`; the columns are code points, from 1."""

    start: Place
    end: Place


def region(lines: Lines, span: Span) -> Region:
    """The lines and columns of `span`."""
    return Region(lines.place(span.start), lines.place(span.end))


def region_in_bytes(document: Document, lines: Lines, span: Span) -> Region:
    """The same with columns in bytes of UTF-8, from 1."""
    return Region(*(_in_bytes(document.text, lines.place(offset), offset) for offset in span))


def in_original(lines: Lines, offset: int, message: str) -> str:
    """`message` after where in the original it holds, for formats that know of nothing but lines.

    Unchanged where the original is the text.
    """
    original = lines.original(offset)
    return f"{original}: {message}" if original else message


def _in_bytes(text: str, place: Place, offset: int) -> Place:
    before = text[offset - (place.column - 1) : offset]
    return Place(place.line, len(before.encode("utf-8", "surrogatepass")) + 1)
