"""What a reader needs to know of a checked document beyond its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from verify.report.text import plural
from verify.types import Checked, Finding, Level, Role


def nothing_checked(checked: Checked) -> bool:
    """Whether no sentence of the document's paragraphs could be checked: silence that is no pass."""
    prose = [s for s in checked.sentences if s.role is Role.PARAGRAPH]
    unread = [u.span for u in checked.coverage.unchecked]
    return all(any(span.contains(s.span) for span in unread) for s in prose)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by level, gravest first, then by place."""
    return sorted(findings, key=lambda f: (f.level.severity, f.spans[:1], f.code))


def counts(findings: Iterable[Finding]) -> str:
    """Return "3 findings (1 error, 2 info)"."""
    by_level = Counter(f.level for f in findings)
    parts = [f"{by_level[level]} {level}" for level in Level if by_level[level]]
    return plural(by_level.total(), "finding") + (f" ({', '.join(parts)})" if parts else "")
