"""What the exit status tells a shell."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

from verify.types import Checked, Finding, Level

if TYPE_CHECKING:
    from verify.config import Config


class ExitStatus(IntEnum):
    """The exit statuses of every command; see docs/exit-codes.md."""

    CLEAN = 0
    FINDINGS = 1
    ERROR = 2
    UNCHECKED = 3


def status_of(checked: Checked, config: Config, *, exit_zero: bool = False) -> ExitStatus:
    """The status of one document; `exit_zero` forgives findings, and never silence."""
    from verify.report.summary import nothing_checked

    if not exit_zero and any(counts(finding, config.fail_on) for finding in checked.findings):
        return ExitStatus.FINDINGS
    return ExitStatus.UNCHECKED if nothing_checked(checked) else ExitStatus.CLEAN


def counts(finding: Finding, fail_on: Iterable[str]) -> bool:
    """Whether a level, rule or code in `fail_on` covers the finding."""
    return any(
        finding.level.severity <= Level(word).severity
        if word in set(Level)
        else word in {finding.rule, finding.code}
        for word in fail_on
    )


def worst(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """The status of a run: an error over findings, findings over silence, silence over clean."""
    order = (ExitStatus.ERROR, ExitStatus.FINDINGS, ExitStatus.UNCHECKED, ExitStatus.CLEAN)
    return min(statuses, key=order.index, default=ExitStatus.CLEAN)
