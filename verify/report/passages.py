"""The passages that a finding rests on, each with its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.lines import Lines
from verify.printable import printable
from verify.report.text import deciding, window
from verify.types import Checked, Finding, Span

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

LONGEST_PASSAGE = 320
"""Code points of a passage on the screen; a longer one is cut around the words that decide."""


def passages(checked: Checked, finding: Finding, lines: Lines) -> RenderableType:
    """The sentences around the finding's spans, the spans themselves in bold, in the finding's order."""
    from rich.padding import Padding
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, justify="right", style="dim")
    grid.add_column(ratio=1)
    for outer, spans in grouped(checked, finding.spans):
        place = lines.shown(spans[0].start)
        grid.add_row(place, quoted(checked.document.text, outer, spans, LONGEST_PASSAGE, finding.message))
    return Padding(grid, (0, 0, 0, 4))


def quoted(text: str, outer: Span, marked: Sequence[Span], limit: int, message: str) -> Text:
    """The words of `outer` with `marked` in bold, cut to about `limit` around what `message` names."""
    from rich.text import Text

    shown = window(text, outer, deciding(text, marked[0] if marked else outer, message), limit)
    line = Text("…" if shown.start > outer.start else "")
    edges = sorted(
        {shown.start, shown.end, *(min(max(e, shown.start), shown.end) for m in marked for e in m)}
    )
    for start, end in pairwise(edges):
        bold = any(m.start <= start and end <= m.end for m in marked)
        line.append(printable(text[start:end]), style="bold" if bold else None)
    return line.append("…") if shown.end < outer.end else line


def grouped(checked: Checked, spans: Sequence[Span]) -> list[tuple[Span, list[Span]]]:
    """The spans with the sentences around them, those of the same sentences together."""
    groups: dict[Span, list[Span]] = {}
    for span in spans:
        groups.setdefault(_around(checked, span), []).append(span)
    return list(groups.items())


def _around(checked: Checked, span: Span) -> Span:
    sentences = checked.sentences
    first = max(bisect_right(sentences, span.start, key=lambda s: s.span.start) - 1, 0)
    after = bisect_left(sentences, span.end, key=lambda s: s.span.start)
    touched = [s.span for s in sentences[first:after] if s.span.overlaps(span)]
    return Span(min(s.start for s in [*touched, span]), max(s.end for s in [*touched, span]))
