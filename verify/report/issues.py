"""A disputed question as a table of who says what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.lines import Lines
from verify.printable import printable
from verify.report.own_words import own_words
from verify.report.passages import quoted
from verify.report.summary import party_shown, who
from verify.types import Checked, Issue, Span, Stance

if TYPE_CHECKING:
    from rich.console import RenderableType

LONGEST_WORDS = 220
"""Code points of a claim's own words in a table; a longer one is cut."""

EXPECTED = {
    "yes": Stance.ASSERTS,
    "no": Stance.DENIES,
    "perhaps": Stance.SUGGESTS,
    "doubts": Stance.DOUBTS,
    "no comment": Stance.DECLINES,
}
"""The stance that an answer already tells of."""


def issue_table(checked: Checked, issue: Issue, lines: Lines, width: int) -> RenderableType:
    """A row for each claim: party, who, answer and stance, the words, the line; `width` in columns."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Party", max_width=width * 23 // 100)
    table.add_column("Who", max_width=width * 22 // 100)
    table.add_column("Answer", max_width=width // 7)
    table.add_column("Words", ratio=1)
    original = checked.document.blocks and checked.document.blocks[0].place
    table.add_column("Place" if original else "Line", justify="right", no_wrap=not original)
    claims = {claim.id: claim for claim in checked.claims}
    for position in issue.positions:
        party = party_shown(position.party)
        for claim in (claims[i] for i in position.claims):
            words = own_words(checked.document.text, claim)
            start = claim.content[0].start if claim.content else claim.span.start
            table.add_row(
                Text(party, style="bold"),
                Text(who(claim)),
                Text(_answer(position.answer, claim.stance)),
                quoted(words, Span(0, len(words)), (), LONGEST_WORDS, position.answer),
                Text(lines.original(start) or str(lines.place(start).line)),
            )
            party = ""
    return Padding(table, (0, 0, 0, 2))


def _answer(answer: str, stance: Stance) -> str:
    if EXPECTED.get(answer, Stance.ASSERTS) is stance:
        return printable(answer)
    return f"{printable(answer)} ({stance})"
