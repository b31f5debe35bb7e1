"""Words of a document made fit for a screen: harmless to the terminal, and short."""

from __future__ import annotations

import re
import unicodedata

from verify.types import Span

KEPT_JOINERS = frozenset("\u200c\u200d")
"""Characters without width that change how a script or an emoji is drawn."""

BIDI = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder what follows them, so that a line reads other than it is."""

SHOWN = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that a terminal might obey or can't draw."""

SPACES = re.compile(r"\s+")
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def printable(text: str) -> str:
    """Return `text` with each run of white space as one space, and nothing that a terminal would obey.

    Control characters, lone surrogates and direction overrides are spelled out as <U+202E>;
    other marks without width are left out.
    """
    return "".join(_shown(c) for c in SPACES.sub(" ", text))


def _shown(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    category = unicodedata.category(character)
    if category in SHOWN or character in BIDI:
        return f"<U+{ord(character):04X}>"
    return "" if category == "Cf" and character not in KEPT_JOINERS else character


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
