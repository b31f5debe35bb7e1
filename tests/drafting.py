"""`verify batch` with a check that needs no models; run as a script, it is the command itself.

The words of a draft tell what befalls the worker that has it: KILL, BOOM, WAIT.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from verify.batch.journal import Outcome
from verify.batch.work import Task
from verify.cache import open_cache
from verify.cache.results import keep_result, result_key
from verify.errors import VerifyError
from verify.load import load
from verify.stored import Result
from verify.types import Checked, Coverage, Finding, Level, Role, Sentence, Span

MODELS = {"encoder": "none", "entailment": "none", "attribution": "none", "parser": "none"}


def check_draft(task: Task) -> Outcome:
    """A finding for each exclamation mark; where $REFUSING is set, none may be looked for."""
    try:
        document = load(task.path, id=task.id)
    except VerifyError as error:
        return Outcome(task.path, None, problem=str(error))
    if "REFUSING" in os.environ:
        raise RuntimeError("refused")
    if "WAIT" in document.text:
        time.sleep(0.3)
    if "KILL" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "BOOM" in document.text:
        raise RuntimeError("boom")
    sentences = tuple(
        Sentence(f"s{n}", block.span, n, Role.PARAGRAPH) for n, block in enumerate(document.blocks)
    )
    marks = [n for n, character in enumerate(document.text) if character == "!"]
    findings = tuple(
        Finding(
            id=f"f{n}",
            rule="source-conflict",
            code="VFY101",
            level=Level.WARNING,
            message="An exclamation mark.",
            claims=(),
            spans=(Span(mark, mark + 1),),
            score=1.0,
            fingerprint=f"{n:032}",
        )
        for n, mark in enumerate(marks, start=1)
    )
    checked = Checked(document, sentences, (), (), (), findings, Coverage(len(sentences), 0, 0, ()))
    key = None
    if task.around is not None:
        key = result_key(document.sha256, Path(task.path).suffix.lower(), task.around)
        store = open_cache(task.config.cache, warn=sys.exit)
        if store is not None:
            keep_result(store, key, Result(checked, MODELS))
            store.close()
    return Outcome(task.path, key, Result(checked, MODELS))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    import drafting

    from verify.batch import pool, told
    from verify.cli import run

    pool.check_draft = drafting.check_draft
    told.find_clashes = lambda *_, **__: ()
    sys.exit(run(sys.argv[1:]))
