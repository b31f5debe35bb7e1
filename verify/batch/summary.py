"""What came of a batch, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from verify.batch.reports import lines_across
from verify.batch.run import BatchResult
from verify.printable import printable
from verify.report.text import plural

MOST_LINES = 20
"""Lines on what stories tell differently; the report has them all."""


def summary_lines(result: BatchResult) -> Iterator[str]:
    """What came of the drafts, what stories tell differently, and what wasn't read."""
    failed = f", {result.failed} not checked" if result.failed else ""
    yield f"{plural(result.checked, 'draft')} checked{failed}: {plural(result.findings, 'finding')}"
    told = list(lines_across(result.across))
    if told:
        yield "Across documents:"
        yield from (f"  {line}" for line in told[:MOST_LINES])
        if len(told) > MOST_LINES:
            yield f"  and {len(told) - MOST_LINES} more"
    elif result.checked > 1:
        yield "Across documents: nothing told differently"
    others = result.drafts.passed_over
    if others:
        kinds = ", ".join(f"{printable(suffix)} {count}" for suffix, count in others.items())
        yield f"Not read: {plural(sum(others.values()), 'other file')} ({kinds})"
    yield from (f"Not read: {printable(folder)} ({reason})" for folder, reason in result.drafts.closed)
