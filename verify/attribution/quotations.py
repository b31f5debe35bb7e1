"""Quotations in a text, by their marks.

A quotation that runs on over paragraphs opens anew in each and closes in the last one (the usage of
news copy); a mark without a partner is returned as unbalanced and never swallows the rest of the story.
"""

from __future__ import annotations

from dataclasses import dataclass

PAIRS = {"“": "”", "„": "“", "«": "»", "‹": "›", "‘": "’"}
"""Opening marks and what closes them; „ also closes with ”."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation from its opening mark up to and including its closing mark, offsets into the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a text in order, outermost only, and the places of marks without a partner."""

    found: tuple[Quotation, ...]
    unbalanced: tuple[int, ...]


def find_quotations(text: str, paragraphs: list[tuple[int, int]]) -> Quotations:
    """Find the quotations of `text`, paragraph by paragraph (half-open ranges of it)."""
    found: list[Quotation] = []
    unbalanced: list[int] = []
    for index, (start, end) in enumerate(paragraphs):
        follower = text[paragraphs[index + 1][0]] if index + 1 < len(paragraphs) else ""
        _scan(text, start, end, follower, found, unbalanced)
    return Quotations(tuple(found), tuple(unbalanced))


def _scan(
    text: str, start: int, end: int, follower: str, found: list[Quotation], unbalanced: list[int]
) -> None:
    opened: int | None = None
    closers = ""
    for i in range(start, end):
        mark = text[i]
        if opened is None:
            if mark in PAIRS and not (mark == "‘" and _is_apostrophe(text, i, start, end)):
                opened, closers = i, PAIRS[mark] + ("”" if mark == "„" else "")
            elif mark == '"':
                opened, closers = i, '"'
            elif mark in "”»":
                unbalanced.append(i)
        elif mark in closers and not (mark == "’" and _is_apostrophe(text, i, start, end)):
            found.append(Quotation(opened, i + 1))
            opened = None
    if opened is not None:
        if follower and follower == text[opened]:
            found.append(Quotation(opened, end))
        else:
            unbalanced.append(opened)


def _is_apostrophe(text: str, i: int, start: int, end: int) -> bool:
    """Whether a single mark at `i` stands inside a word ("don’t") or for a cut one ("’90s", "‘tis")."""
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    return after.isalnum() and before.isalnum() if text[i] == "’" else before.isalnum()
