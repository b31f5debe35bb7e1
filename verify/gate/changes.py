"""What has changed in a draft since a revision, as git tells it."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from verify.errors import ConfigError
from verify.rules.notices import NAMES
from verify.types import Checked, Document, Span

HEADER = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
LONGEST = 60
"""Seconds after which git is taken to hang."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines in a row that were added or changed: `count` of them from `first`, counted from 1.

    With a `count` of 0 lines were taken away after `first`.
    """

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """How a draft differs from a revision: in all of it, where it is new, or else in some of its lines."""

    whole: bool
    hunks: tuple[Hunk, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is a difference."""
        return self.whole or bool(self.hunks)


def change_since(revision: str, draft: Path) -> Change:
    """How `draft`, as it lies in its folder, differs from where its branch left `revision`.

    Raises ConfigError where it is in no git repository, or `revision` isn't known there.
    """
    if not os.path.isfile(draft):
        return Change(whole=True)
    folder, name = draft.parent, draft.name
    base = _base(revision, folder)
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames")
    try:
        if not _git(folder, "ls-tree", base, "--", name).strip():
            return Change(whole=True)
        differences = _git(folder, "diff", *options, base, "--", name)
    except subprocess.CalledProcessError as error:
        problem = f"git can't compare {draft} ({_last_line(error.stderr)})"
        raise ConfigError(f"--changed-since {revision}", problem, "mend the repository") from error
    hunks = tuple(Hunk(int(m[1]), int(m[2] or 1)) for m in HEADER.finditer(differences))
    # Without hunks git says only that the files differ: they are binary, or UTF-16.
    return Change(whole=bool(differences) and not hunks, hunks=hunks)


def within(checked: Checked, change: Change) -> Checked:
    """The document with the findings that have a passage in a changed paragraph, and all about suppressions.

    Where the text isn't the file's own (HTML, docx, PDF), any change is a change of the whole.
    """
    document = checked.document
    if change.whole or (change.hunks and any(block.place for block in document.blocks)):
        return checked
    changed = tuple(_changed(document, change))
    return replace(
        checked,
        findings=tuple(
            finding
            for finding in checked.findings
            if finding.rule in NAMES
            or any(span.overlaps(other) for span in finding.spans for other in changed)
        ),
    )


def _changed(document: Document, change: Change) -> Iterator[Span]:
    """The blocks of a document that were added or changed, or have lost a line in their middle."""
    # Lines as git counts them, which a lone carriage return doesn't end.
    starts = [0, *(m.end() for m in re.finditer("\n", document.text))]
    added = {line for hunk in change.hunks for line in range(hunk.first, hunk.first + hunk.count)}
    gone_after = {hunk.first for hunk in change.hunks if not hunk.count}
    for block in document.blocks:
        first, last = bisect_right(starts, block.span.start), bisect_left(starts, block.span.end)
        if not added.isdisjoint(range(first, last + 1)) or not gone_after.isdisjoint(range(first, last)):
            yield block.span


def _base(revision: str, folder: Path) -> str:
    """The commit at which the branch in `folder` left `revision`."""
    where = f"--changed-since {revision}"
    try:
        commit = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    except subprocess.CalledProcessError as error:
        problem = f"git knows no such revision for {folder} ({_last_line(error.stderr)})"
        raise ConfigError(where, problem, "name a commit, branch or tag that is there") from error
    try:
        return _git(folder, "merge-base", commit.decode(), "HEAD").strip().decode()
    except subprocess.CalledProcessError as error:
        problem = "has no history in common with HEAD here"
        raise ConfigError(where, problem, "fetch more of it (fetch-depth: 0 in a workflow)") from error


def _git(folder: Path, *arguments: str) -> bytes:
    """What git says; nothing that the repository's settings name is run for it."""
    safe = ("-c", "core.fsmonitor=false", "--no-pager", "--literal-pathspecs")
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *safe, *arguments], capture_output=True, check=True, timeout=LONGEST
        )
    except FileNotFoundError as error:
        raise ConfigError(
            "--changed-since", "git isn't installed", "install it, or leave this out"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ConfigError("--changed-since", f"git took over {LONGEST} seconds", "look for a lock") from error
    return done.stdout


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "no reason given"
