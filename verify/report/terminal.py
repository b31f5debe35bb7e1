"""The report for people: the disputed questions, then the findings, then what was and wasn't looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

from verify.lines import Lines
from verify.printable import printable
from verify.report.archive import VERBS, archive_line, grounds, left_over, recorded
from verify.report.display import Display
from verify.report.issues import issue_table
from verify.report.passages import passages
from verify.report.summary import (
    amounts,
    aside,
    counts,
    day_shown,
    left_out,
    some_of,
    standing,
    where,
    why_aside,
)
from verify.report.text import plural
from verify.types import UNKNOWN, Agreed, Checked, Evidence, Finding, Level, Run

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

COLORS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}


def render(run: Run, display: Display) -> str:
    """Return the report laid out for `display`."""
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=display.width,
        force_terminal=display.color,
        no_color=not display.color,
        color_system="standard" if display.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for number, checked in enumerate(run.documents):
        if number:
            console.print()
        _document(console, checked)
    # Table cells are padded to the full width, which would trail blanks into pipes and files.
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


def _document(console: Console, checked: Checked) -> None:
    lines = Lines.of(checked.document)
    _header(console, checked)
    for issue in checked.issues:
        console.print()
        console.print(f"Disputed: {printable(issue.question)}", style="bold")
        console.print(issue_table(checked, issue, lines, console.width))
    if checked.agreed:
        console.print()
        console.print("Agreed among the rest:", style="bold")
    for agreed in checked.agreed:
        console.print(_hanging("", _agreed(checked, agreed, lines)))
    for finding in standing(checked.findings):
        console.print()
        _finding(console, checked, finding, lines)
    if against := left_over(checked, standing(checked.findings)):
        console.print()
        _against(console, checked, against, lines)
    stood = aside(checked.findings)
    if stood:
        console.print()
        console.print(f"Set aside: {counts(stood)}", style="bold")
    for finding in stood:
        reason = f"{finding.code} {finding.message} ({why_aside(finding)})"
        console.print(_hanging(f"{lines.shown(finding.spans[0].start)}  ", printable(reason)))
    console.print()
    _coverage(console, checked, lines)


def _header(console: Console, checked: Checked) -> None:
    document = checked.document
    console.print(printable(document.path), style="bold underline", soft_wrap=True)
    day = day_shown(document.published) if document.published else None
    about = [printable(part) for part in (document.title, day) if part]
    if about:
        console.print(_hanging("", ", ".join(about)))
    speakers = _speakers(checked)
    if speakers:
        console.print(_hanging("Who speaks: ", speakers))
    if checked.reliances:
        console.print(_hanging("On whose word: ", _reliances(checked)))


def _speakers(checked: Checked) -> str:
    """The sources by party, in the order in which they first speak."""
    by_party: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for claim in checked.claims:
        if claim.source is not None and claim.party != UNKNOWN:
            by_party[claim.source.party][claim.source.name] = None
    parts = []
    for party, names in by_party.items():
        others = [name for name in names if name != party]
        parts.append(f"{party} ({', '.join(others)})" if others else party)
    return printable("; ".join(parts))


def _reliances(checked: Checked) -> str:
    """Who relies on whom, in the order of the text."""
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for reliance in checked.reliances:
        by_source[reliance.source].append(reliance.relies_on)
    return printable("; ".join(f"{source} on {', '.join(names)}" for source, names in by_source.items()))


def _agreed(checked: Checked, agreed: Agreed, lines: Lines) -> str:
    """A proposition, and who says so where."""
    claims = [claim for claim in checked.claims if claim.id in agreed.claims]
    holders = [
        f"{claim.source.name} {lines.shown(claim.span.start)}" for claim in claims if claim.source is not None
    ]
    return printable(f"{agreed.proposition} ({', '.join(holders)})")


def _finding(console: Console, checked: Checked, finding: Finding, lines: Lines) -> None:
    from rich.text import Text

    head = Text.assemble(
        (lines.shown(finding.spans[0].start), "bold"),
        "  ",
        (finding.level.value, COLORS[finding.level]),
        "  ",
        (finding.code, "bold"),
        f" {finding.rule}",
    )
    console.print(head)
    console.print(_hanging("", printable(finding.message)))
    console.print(passages(checked, finding, lines))
    for evidence in grounds(checked, finding):
        console.print(recorded(checked, evidence, finding.spans[0]))


def _against(console: Console, checked: Checked, evidence: Sequence[Evidence], lines: Lines) -> None:
    """What the archive has against the draft beyond the findings, which the count of passages counts too."""
    claims = {claim.id: claim for claim in checked.claims}
    console.print("Against the draft, but not among the findings:", style="bold")
    for one in evidence:
        span = claims[one.claim].span
        reason = f"{VERBS[one.relation][0]}, with a score of {one.score:.2f}: {one.reason.rstrip('.')}."
        console.print(_hanging(f"{lines.shown(span.start)}  ", printable(reason)))
        console.print(recorded(checked, one, span))


def _coverage(console: Console, checked: Checked, lines: Lines) -> None:
    if checked.nothing_checked:
        console.print("Nothing in this document could be checked.", style=COLORS[Level.ERROR])
    disputed = plural(len(checked.issues), "disputed question")
    console.print(f"{disputed}, {counts(standing(checked.findings))}.")
    console.print(_hanging("Checked: ", f"{amounts(checked.coverage)}."))
    if checked.searched is not None:
        console.print(_hanging("Archive: ", printable(archive_line(checked, checked.searched))))
    unchecked = left_out(checked)
    for reason, parts in unchecked.items():
        places = [where(part, lines) for part in parts]
        comma = "; " if any("," in place for place in places) else ", "
        shown, more = some_of(places)
        console.print(_hanging("Not checked: ", f"{printable(reason)} ({comma.join(shown)}{more})", "yellow"))
    if not unchecked:
        console.print(_hanging("Not checked: ", "no part of the prose was left out."))


def _hanging(label: str, text: str, style: str = "") -> RenderableType:
    """`text` after `label`, its further lines indented like its first."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid()
    grid.add_row(*([Text(label, style="dim")] if label else []), Text(text, style=style))
    return Padding(grid, (0, 0, 0, 2), expand=False)
