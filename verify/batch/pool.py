"""Tasks over worker processes, their entries in the tasks' own order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as TimeIsUpError
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.batch.journal import Entry
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
    future: ProcessFuture[Entry]


def in_order(work: Iterable[Task | Entry], *, jobs: int, longest: float = LONGEST) -> Iterator[Entry]:
    """An entry for each of `work`, in its order; what is an entry already passes through.

    The models are loaded once in each of `jobs` processes, which start with the first task. A process that
    dies, or is at a draft for more than `longest` seconds, costs its draft, and another takes its place.
    """
    from pebble import ProcessPool

    # A fork would carry over the locks of whatever threads run in this process.
    pool = ProcessPool(jobs, initializer=start_worker, context=multiprocessing.get_context("spawn"))
    waiting: deque[Entry | _Pending] = deque()
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


def _is_ready(item: Entry | _Pending) -> bool:
    return isinstance(item, Entry) or item.future.done()


def _settled(item: Entry | _Pending) -> Entry:
    """The entry, as soon as it is there."""
    from pebble import ProcessExpired

    if isinstance(item, Entry):
        return item
    try:
        return item.future.result()
    except ProcessExpired as error:
        problem = f"the process that checked it died (exit status {error.exitcode}); check it alone"
    except TimeIsUpError:
        problem = "took too long and was given up; check it alone, or split it"
    except Exception as error:  # noqa: BLE001 (whatever befell the worker costs its draft, and not the run)
        problem = f"internal error: {type(error).__name__}: {error}"
    return Entry(item.task.path, None, problem=f"{item.task.path}: {problem}")
