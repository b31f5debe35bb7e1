"""A code quality report, which GitLab shows in a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from verify.lines import Lines
from verify.printable import printable
from verify.report.display import Display
from verify.report.json import Json, encode
from verify.report.path import posix
from verify.report.region import FIRST, Region, in_original, region
from verify.report.summary import UNCHECKED, left_out, standing
from verify.types import Checked, Level, Run, Span

SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "major", Level.INFO: "info"}


def render(run: Run, display: Display) -> str:
    """Return the findings that count, and what wasn't checked.

    GitLab has no word for a finding that is let stand, and would count it: such findings are left out.
    """
    seen: Counter[str] = Counter()
    return encode([issue for checked in run.documents for issue in _issues(checked, seen)]) + "\n"


def _issues(checked: Checked, seen: Counter[str]) -> Iterator[Json]:
    lines, path = Lines.of(checked.document), posix(checked.document.path)

    def issue(name: str, description: str, severity: str, span: Span, fingerprint: str) -> Json:
        # An original that isn't text has no lines, and GitLab knows of nothing else.
        place = Region(FIRST, FIRST) if lines.original(span.start) else region(lines, span)
        # GitLab drops an issue whose fingerprint it has met: the same words in another file, or twice in one.
        identity = f"{path}\n{fingerprint}"
        seen[identity] += 1
        unique = f"{identity}\n{seen[identity]}".encode("utf-8", "surrogatepass")
        return {
            "description": printable(in_original(lines, span.start, description)),
            "check_name": name,
            "fingerprint": sha256(unique).hexdigest(),
            "severity": severity,
            "location": {"path": path, "lines": {"begin": place.start.line, "end": place.end.line}},
        }

    for finding in standing(checked.findings):
        description = f"{finding.code} {finding.message}"
        severity = SEVERITIES[finding.level]
        yield issue(finding.rule, description, severity, finding.spans[0], finding.fingerprint)
    severity = SEVERITIES[Level.ERROR if checked.nothing_checked else Level.INFO]
    for reason, parts in left_out(checked).items():
        for part in parts:
            yield issue(UNCHECKED, f"Not checked: {reason}", severity, part.span, f"{UNCHECKED}\n{reason}")
