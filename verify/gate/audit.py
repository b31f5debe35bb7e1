"""The list of all that was let stand: each suppression with its reason, and each finding in the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verify.gate.suppress import entries_of
from verify.lines import Lines
from verify.printable import printable
from verify.report.text import plural
from verify.types import Checked


def audit_lines(checked: Checked, *, today: date) -> Iterator[str]:
    """A line for each decision in or beside a document, in force or not, and then for what is known.

    Raises ConfigError where the file beside the draft is wrong.
    """
    document = checked.document
    for entry in entries_of(document):
        count = sum(entry.covers(finding, document.text) for finding in checked.findings)
        until = f" until {entry.until}" if entry.until else ""
        if entry.expired(today):
            state = "expired"
        elif entry.rule not in checked.rules:
            state = "its rule didn't run"
        else:
            state = plural(count, "finding") + ("" if entry.tied else ", not tied to the words")
        yield printable(f"{entry.place}: {entry.target}{until}: {entry.reason} ({state})")
    lines = Lines.of(document)
    for finding in checked.findings:
        if finding.known:
            place = f"{document.path}:{lines.shown(finding.spans[0].start)}"
            yield printable(f"{place}: {finding.code} in the baseline: {finding.message}")
