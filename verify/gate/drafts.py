"""Which files of a folder are drafts."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.files import files_below
from verify.load.formats import may_be_news

JOURNAL = ".journal"
"""What a batch adds to the name of its report for the journal beside it."""

OWN = (b"## verify\n", b'<meta name="generator" content="verify ', b'"schema": "verify/1"')
"""What our reports that could pass for drafts have near their start."""

NEAR = 200
"""Bytes at the start of a file in which that is looked for."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts in the order in which they are checked, and how many other files there were, by suffix.

    `closed` are folders that couldn't be looked into, with the reason.
    """

    paths: tuple[str, ...]
    passed_over: Mapping[str, int]
    closed: tuple[tuple[str, str], ...]


def find_drafts(paths: Sequence[Path], *, ignored: Callable[[Path], bool]) -> Drafts:
    """The files among `paths` as given, and the drafts in the folders among them, sorted by path.

    Hidden files and folders are left out, reports of ours, and what `ignored` says; links to folders aren't
    followed.
    """
    found: dict[str, None] = {}
    others: Counter[str] = Counter()
    closed: list[tuple[str, str]] = []

    def close(error: OSError) -> None:
        closed.append((str(error.filename), error.strerror or str(error)))

    for path in paths:
        if not os.path.isdir(path):
            found[str(path)] = None
            continue
        for file in files_below(path, close, ignored=ignored):
            if _is_own(file):
                others["of verify itself"] += 1
            elif may_be_news(file):
                found[str(file)] = None
            else:
                others[file.suffix.lower() or "no suffix"] += 1
    return Drafts(tuple(found), dict(sorted(others.items())), tuple(closed))


def any_draft_of(path: Path) -> Path:
    """A path whose settings are those for what is at `path`: a draft itself, or any draft of a folder."""
    return path / "draft" if os.path.isdir(path) else path


def _is_own(file: Path) -> bool:
    """Whether we wrote it: a report that says so, or has a batch's journal beside it, or such a journal."""
    if file.suffix == JOURNAL or os.path.exists(f"{file}{JOURNAL}"):
        return True
    try:
        with file.open("rb") as opened:
            start = opened.read(NEAR)
    except OSError:
        return False
    return any(mark in start for mark in OWN)
