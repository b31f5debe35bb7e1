"""One line a finding, as editors and grep read them: `path:line:column: CODE message`."""

from __future__ import annotations

from verify.report.display import Display
from verify.report.lines import Lines
from verify.report.summary import in_order, nothing_checked
from verify.report.text import printable
from verify.types import Checked, Run


def render(run: Run, display: Display) -> str:
    """Return a line for each finding, and for each stretch that wasn't checked."""
    return "".join(f"{line}\n" for checked in run.documents for line in _document(checked))


def _document(checked: Checked) -> list[str]:
    path = printable(checked.document.path)
    lines = Lines(checked.document.text)
    found = [
        f"{path}:{lines.place(f.spans[0].start)}: {f.code} {printable(f.message)}"
        for f in in_order(checked.findings)
    ]
    unchecked = [
        f"{path}:{lines.place(u.span.start)}: not checked: {printable(u.reason)}"
        for u in checked.coverage.unchecked
    ]
    if nothing_checked(checked) and not unchecked:
        unchecked = [f"{path}:1:1: not checked: no sentence of prose in it"]
    return found + unchecked
