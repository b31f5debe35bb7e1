"""Many drafts at once: each is checked on its own, and then they are held against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from verify.batch.journal import Journal, Outcome
from verify.batch.pool import in_order
from verify.batch.standing import Policy
from verify.batch.work import Task
from verify.cache import Store
from verify.cache.results import kept_result, result_key, surroundings
from verify.errors import VerifyError
from verify.load import read_file


def check_drafts(
    paths: Sequence[str],
    policy: Policy,
    *,
    journal: Journal,
    store: Store | None,
    jobs: int,
) -> Generator[Outcome]:
    """Check the drafts at `paths` and yield an outcome for each, in their order, once `journal` has it.

    What an earlier run of the journal or the `store` knows isn't checked again; what `policy` decides is
    decided anew, and isn't in the journal. `jobs` is the number of worker processes.
    """
    around: dict[str, str | None] = {}

    def prepared(number: int, path: str) -> Task | Outcome:
        try:
            config = policy.settings(path)
            raw = read_file(path)
        except VerifyError as error:
            return Outcome(path, None, problem=str(error))
        name = config.model_dump_json()
        if name not in around:
            around[name] = surroundings(config)
        task = Task(path, f"d{number}", config, around[name])
        return _known(task, raw, journal, store) or task

    work = (prepared(number, path) for number, path in enumerate(paths, start=1))
    for outcome in in_order(work, jobs=jobs):
        journal.append(outcome)
        yield policy.decide(outcome)


def _known(task: Task, raw: bytes, journal: Journal, store: Store | None) -> Outcome | None:
    """What is known of a draft with these bytes."""
    if task.around is None:
        return None
    key = result_key(hashlib.sha256(raw).hexdigest(), Path(task.path).suffix.lower(), task.around)
    outcome = journal.earlier(task.path, key)
    if outcome is None and store is not None:
        result = kept_result(store, key)
        outcome = Outcome(task.path, key, result) if result is not None else None
    if outcome is None or outcome.result is None:
        return None
    checked = outcome.result.checked
    document = replace(checked.document, path=task.path, id=task.id)
    return replace(outcome, result=replace(outcome.result, checked=replace(checked, document=document)))


__all__ = ["Journal", "Outcome", "Policy", "check_drafts"]
