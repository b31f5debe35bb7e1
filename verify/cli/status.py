"""What the exit status tells a shell."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.config import Config
    from verify.types import Checked


class ExitStatus(IntEnum):
    """The exit statuses of every command; see docs/exit-codes.md.

    FINDINGS are those of a draft, or a damaged index.
    """

    CLEAN = 0
    FINDINGS = 1
    ERROR = 2
    UNCHECKED = 3
    INTERRUPTED = 130
    """After Ctrl-C: 128 and the signal's number, as shells have it."""


def status_of(checked: Checked, config: Config, *, exit_zero: bool = False) -> ExitStatus:
    """The status of one document; `exit_zero` forgives findings, and never silence."""
    from verify.gate.policy import failing, too_little_checked

    if not exit_zero and failing(checked, config):
        return ExitStatus.FINDINGS
    return ExitStatus.UNCHECKED if too_little_checked(checked, config) else ExitStatus.CLEAN


def why_failed(drafts: Iterable[tuple[Checked, Config]]) -> str:
    """Return "exit status 1: 2 findings are at or above the threshold (--fail-on)"."""
    from verify.gate.policy import failing
    from verify.report.text import plural

    count = sum(len(failing(checked, config)) for checked, config in drafts)
    are = "is" if count == 1 else "are"
    return f"exit status 1: {plural(count, 'finding')} {are} at or above the threshold (--fail-on)"


def worst(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """The status of a run: an error over findings, findings over silence, silence over clean."""
    order = (ExitStatus.ERROR, ExitStatus.FINDINGS, ExitStatus.UNCHECKED, ExitStatus.CLEAN)
    return min(statuses, key=order.index, default=ExitStatus.CLEAN)
