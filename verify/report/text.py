"""Words of a document made short for a screen, and figures made readable."""

from __future__ import annotations

import re

from verify.types import Span

NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def window(text: str, outer: Span, inner: Span, limit: int) -> Span:
    """Return `outer`, or some `limit` characters of it with `inner` in their midst, cut between words.

    Where `inner` is itself longer than `limit`, the window begins with it.
    """
    if outer.end - outer.start <= limit:
        return outer
    room = max(limit - (inner.end - inner.start), 0)
    start = max(outer.start, min(inner.start - room // 2, outer.end - limit))
    end = min(outer.end, start + limit)
    if start > outer.start:
        start = next((i + 1 for i in range(start, min(inner.start, end)) if text[i].isspace()), start)
    if end < outer.end:
        end = next((i for i in range(end, max(start, min(inner.end, end)), -1) if text[i].isspace()), end)
    return Span(start, end)


def deciding(text: str, span: Span, message: str) -> Span:
    """Return the first number in `span` that `message` names too, or else `span`."""
    named = set(NUMBER.findall(message))
    for match in NUMBER.finditer(text, span.start, span.end):
        if match.group() in named:
            return Span(*match.span())
    return span


def plural(count: int, noun: str) -> str:
    """Return "1 claim", "2 claims", "1,200 claims"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def in_megabytes(size: int) -> str:
    """Return "1,024.5 MB" for so many bytes."""
    return f"{size / 1e6:,.1f} MB"
