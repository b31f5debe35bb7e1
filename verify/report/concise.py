"""One line a finding, as editors and grep read them: `path:line:column: CODE message`."""

from __future__ import annotations

from verify.report.display import Display
from verify.report.lines import Lines
from verify.report.summary import aside, left_out, standing, where, why_aside
from verify.report.text import printable
from verify.types import Checked, Run


def render(run: Run, display: Display) -> str:
    """Return a line for each finding, then for each that is set aside, then for what wasn't checked."""
    return "".join(f"{line}\n" for checked in run.documents for line in _document(checked))


def _document(checked: Checked) -> list[str]:
    path = printable(checked.document.path)
    lines = Lines.of(checked.document)
    found = [
        f"{path}:{lines.shown(f.spans[0].start)}: {f.code} {printable(f.message)}"
        for f in standing(checked.findings)
    ]
    stood = [
        f"{path}:{lines.shown(f.spans[0].start)}: {printable(why_aside(f))}: {f.code} {printable(f.message)}"
        for f in aside(checked.findings)
    ]
    unchecked = [
        f"{path}:{where(part, lines)}: not checked: {printable(reason)}"
        for reason, parts in left_out(checked).items()
        for part in parts
    ]
    return found + stood + unchecked
