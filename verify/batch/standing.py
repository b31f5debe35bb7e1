"""What an outcome comes to: the journal has what was found, and editors decide what may stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from verify.batch.journal import Outcome
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

    def decide(self, outcome: Outcome, across: Sequence[Finding] | None = None) -> Outcome:
        """The outcome with the suppressions applied; one whose suppressions can't be read has a problem.

        `across` are the findings that other stories make, None as long as they aren't known.
        """
        if outcome.result is None:
            return outcome
        checked = outcome.result.checked
        try:
            levels = self.settings(outcome.path).levels
            if across is not None:
                rules = (*checked.rules, *running(levels, against=Against.BATCH))
                checked = replace(checked, findings=(*checked.findings, *across), rules=rules)
            checked = let_stand(checked, levels, today=self.today)
        except VerifyError as error:
            return replace(outcome, result=None, problem=str(error))
        return replace(outcome, result=replace(outcome.result, checked=checked))
