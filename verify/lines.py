"""Where something stands, as editors count it: lines and columns from 1, columns in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from verify.printable import printable
from verify.types import Block, Document, Unchecked

LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


def originals(document: Document) -> list[tuple[int, str]]:
    """Offsets in rising order, and where in the original the text stands from there on; none for text."""
    known: list[Block | Unchecked] = [*document.blocks, *document.unread]
    return sorted((part.span.start, printable(part.place)) for part in known if part.place)


class Lines:
    """Finds the line and column of an offset in a text, and where in another original it stands."""

    def __init__(self, text: str, originals: Sequence[tuple[int, str]] = ()) -> None:
        self._starts = [0, *(m.end() for m in LINE_BREAK.finditer(text))]
        self._originals = originals

    @classmethod
    def of(cls, document: Document) -> Lines:
        """Those of a document, which knows its original."""
        return cls(document.text, originals(document))

    def place(self, offset: int) -> Place:
        """The place of the code point at `offset`."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def original(self, offset: int) -> str | None:
        """Where in the original `offset` stands ("page 2, paragraph 3"); None where that is the text."""
        before = bisect_right(self._originals, offset, key=lambda known: known[0])
        return self._originals[before - 1][1] if before else None

    def shown(self, offset: int) -> str:
        """What tells a reader where `offset` is: its place in the original, or its line and column."""
        return self.original(offset) or str(self.place(offset))
