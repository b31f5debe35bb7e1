"""Tasks over worker processes, their outcomes in the tasks' own order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as TimeIsUpError
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.batch.journal import Outcome
from verify.batch.work import Task, check_draft, start_worker

if TYPE_CHECKING:
    from pebble import ProcessFuture

AHEAD = 4
"""Drafts for each worker that may be under way or wait for an earlier one: the bound on memory."""

LONGEST = 600.0
"""Seconds after which a draft is given up."""


@dataclass(frozen=True, slots=True)
class _Pending:
    task: Task
    future: ProcessFuture[Outcome]


def in_order(work: Iterable[Task | Outcome], *, jobs: int, longest: float = LONGEST) -> Iterator[Outcome]:
    """An outcome for each of `work`, in its order; what is an outcome already passes through.

    The models are loaded once in each of `jobs` processes, which start with the first task. A process that
    dies, or is at a draft for more than `longest` seconds, costs its draft, and another takes its place.
    """
    from pebble import ProcessPool

    # A fork would carry over the locks of whatever threads run in this process.
    pool = ProcessPool(jobs, initializer=start_worker, context=multiprocessing.get_context("spawn"))
    waiting: deque[Outcome | _Pending] = deque()
    try:
        for item in work:
            if isinstance(item, Task):
                waiting.append(_Pending(item, pool.schedule(check_draft, args=(item,), timeout=longest)))
            else:
                waiting.append(item)
            while waiting and (len(waiting) >= jobs * AHEAD or _is_ready(waiting[0])):
                yield _settled(waiting.popleft())
        while waiting:
            yield _settled(waiting.popleft())
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _is_ready(item: Outcome | _Pending) -> bool:
    return isinstance(item, Outcome) or item.future.done()


def _settled(item: Outcome | _Pending) -> Outcome:
    """The outcome, as soon as it is there."""
    from pebble import ProcessExpired

    if isinstance(item, Outcome):
        return item
    try:
        return item.future.result()
    except ProcessExpired as error:
        problem = f"the process that checked it died (exit status {error.exitcode}); check it alone"
    except TimeIsUpError:
        problem = "took too long and was given up; check it alone, or split it"
    except Exception as error:  # noqa: BLE001 (whatever befell the worker costs its draft, and not the run)
        problem = f"internal error: {type(error).__name__}: {error}"
    return Outcome(item.task.path, None, problem=f"{item.task.path}: {problem}")
