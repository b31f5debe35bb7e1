"""What an entry comes to: the journal has what was found, and editors decide what may stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from verify.batch.journal import Entry
from verify.config import Config
from verify.errors import VerifyError
from verify.gate.suppress import let_stand
from verify.rules import running
from verify.rules.base import Against
from verify.types import Finding


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings that hold for a draft by its path, and the day on which suppressions expire or don't."""

    settings: Callable[[str], Config]
    today: date

    def decide(self, entry: Entry, across: Sequence[Finding] | None = None) -> Entry:
        """The entry with the suppressions applied; one whose suppressions can't be read has a problem.

        `across` are the findings that other stories make, None as long as they aren't known.
        """
        if entry.result is None:
            return entry
        checked = entry.result.checked
        try:
            levels = self.settings(entry.path).levels
            if across is not None:
                rules = (*checked.rules, *running(levels, against=Against.BATCH))
                checked = replace(checked, findings=(*checked.findings, *across), rules=rules)
            checked = let_stand(checked, levels, today=self.today)
        except VerifyError as error:
            return replace(entry, result=None, problem=str(error))
        return replace(entry, result=replace(entry.result, checked=checked))
