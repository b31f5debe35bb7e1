"""A batch as a whole: each draft checked, and then all held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from verify.batch import Journal, Outcome, Policy, check_drafts
from verify.batch.told import Across, hold_against_each_other
from verify.cache import Store
from verify.config import Config
from verify.cores import cores
from verify.gate.drafts import Drafts
from verify.report.summary import standing
from verify.types import Searched

MOST_JOBS = 8
"""Workers that are started unasked; each holds the models, some 400 MB."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of a batch; the outcome of each draft is in its journal, which memory needn't hold.

    `checked` and `failed` are numbers of drafts, `findings` is that of what each makes alone and isn't set
    aside. `searched` are the archives, and `across` the stories of which others tell something else.
    """

    drafts: Drafts
    checked: int
    failed: int
    findings: int
    searched: tuple[Searched, ...]
    across: tuple[Across, ...]


def run_batch(
    drafts: Drafts,
    policy: Policy,
    config: Config,
    *,
    journal: Journal,
    store: Store | None = None,
    jobs: int | None = None,
    watch: Callable[[Iterator[Outcome]], Iterable[Outcome]] = iter,
) -> BatchResult:
    """Check the drafts in `jobs` processes, as many as there are cores unless it is given, and compare them.

    `policy` has each draft's settings, and `config` says by which models drafts are compared. The outcomes go
    through `watch` as they come, which passes on each. Raises ModelError.
    """
    checked = failed = findings = 0
    searched: dict[Searched, None] = {}
    jobs = jobs or min(cores(), MOST_JOBS)
    with closing(check_drafts(drafts.paths, policy, journal=journal, store=store, jobs=jobs)) as outcomes:
        for outcome in watch(outcomes):
            if outcome.result is None:
                failed += 1
                continue
            checked += 1
            findings += len(standing(outcome.result.checked.findings))
            if outcome.result.checked.searched is not None:
                searched[outcome.result.checked.searched] = None
    across = hold_against_each_other(journal, policy, config, store)
    return BatchResult(drafts, checked, failed, findings, tuple(searched), across)
