"""One line a finding, as compilers write and editors read them: `path:line:column: level: CODE message`."""

from __future__ import annotations

from verify.lines import Lines
from verify.printable import printable
from verify.report.display import Display
from verify.report.summary import aside, left_out, standing, where, why_aside
from verify.types import Checked, Document, Finding, Run


def render(run: Run, display: Display) -> str:
    """Return a line for each finding, then for each that is set aside, then for what wasn't checked."""
    return "".join(f"{line}\n" for checked in run.documents for line in _document(checked))


def finding_line(document: Document, lines: Lines, finding: Finding) -> str:
    """Return "draft.md:12:5: warning: VFY101 ..."; with why it is set aside in place of the level."""
    place = f"{printable(document.path)}:{lines.shown(finding.spans[0].start)}"
    state = printable(why_aside(finding)) if finding.is_aside else finding.level
    return f"{place}: {state}: {finding.code} {printable(finding.message)}"


def _document(checked: Checked) -> list[str]:
    document, lines = checked.document, Lines.of(checked.document)
    findings = (*standing(checked.findings), *aside(checked.findings))
    unchecked = [
        f"{printable(document.path)}:{where(part, lines)}: not checked: {printable(reason)}"
        for reason, parts in left_out(checked).items()
        for part in parts
    ]
    return [*(finding_line(document, lines, finding) for finding in findings), *unchecked]
