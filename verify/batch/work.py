"""One draft in one process: what a worker does, with the models that it keeps."""

from __future__ import annotations

import multiprocessing
import os
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verify.batch.journal import Outcome
from verify.cache import open_cache
from verify.cache.results import keep_result, result_key
from verify.config import CacheSettings, Config, ModelSettings
from verify.errors import VerifyError
from verify.stored import Result

if TYPE_CHECKING:
    from verify.cache import Store
    from verify.evidence import Library
    from verify.pipeline import Models

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
"""What numpy's libraries, faiss, the tokenizers and our own runtime go by."""


@dataclass(frozen=True, slots=True)
class Task:
    """A draft to check. `around` is the digest of `verify.cache.results.surroundings`."""

    path: str
    id: str
    config: Config
    around: str | None


def start_worker() -> None:
    """Make a process ready: one thread for each, since there are as many processes as cores."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """A batch that was killed shouldn't go on in its workers, nor keep their memory."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def check_draft(task: Task) -> Outcome:
    """Check a draft; what is wrong with it is told in the outcome."""
    key: str | None = None
    result: Result | None = None
    problem: str | None = None
    try:
        from verify.load import load

        document = load(task.path, id=task.id)
        if task.around is not None:
            key = result_key(document.sha256, Path(task.path).suffix.lower(), task.around)
        # After the document: a file that can't be read shouldn't cost the seconds that models take.
        from verify.pipeline import check

        config = task.config
        store, models, library = _kept(config.models, config.registry, config.index, config.cache)
        result = Result(check(document, models, config, library=library), models.names)
        if store is not None and key is not None:
            keep_result(store, key, result)
    except VerifyError as error:
        problem = str(error)
    return Outcome(task.path, key, result, problem)


@cache
def _kept(
    models: ModelSettings, registry: Path | None, index: Path | None, cache: CacheSettings
) -> tuple[Store | None, Models, Library | None]:
    """The store, the models and the archive of this process, by what names them.

    Nothing closes them: the next draft may need them, a worker isn't told which is its last, and all are only
    read from but for the store, each of whose writes is whole. They go with the process.
    """
    from verify.pipeline import load_models, open_library

    config = Config(models=models, registry=registry, index=index)
    store = open_cache(cache, warn=_leave_to_the_parent)
    loaded = load_models(config, store=store)
    return store, loaded, open_library(config, loaded)


def _leave_to_the_parent(warning: str) -> None:
    """The process that looks results up meets the same trouble, and tells of it once."""
