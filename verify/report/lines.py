"""Lines and columns of a text, counted as editors count them: both from 1, columns in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Lines:
    """Finds the line and column of an offset in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in LINE_BREAK.finditer(text))]

    def place(self, offset: int) -> Place:
        """The place of the code point at `offset`."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)
