"""The baseline: findings that were there before the gate, which don't fail it.

It is a JSON file, sorted so that it merges well, and holds rule, file and fingerprint of each finding; no
line number. Files are named relative to its own folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from verify.errors import ConfigError
from verify.files import write_text
from verify.rules.notices import NAMES
from verify.types import Checked, Finding

SCHEMA = "verify-baseline/1"


class BaselineEntry(NamedTuple):
    """A known finding: the draft's path from the baseline's folder, the rule, and the fingerprint."""

    path: str
    rule: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known, with the messages for people to read; `file` is where it is kept."""

    file: Path
    entries: Mapping[BaselineEntry, str]

    def path(self, draft: str) -> str:
        """How the baseline names a draft."""
        return Path(os.path.relpath(draft, self.file.parent)).as_posix()

    def entry(self, draft: str, finding: Finding) -> BaselineEntry:
        """The entry that holds a finding of a draft."""
        return BaselineEntry(self.path(draft), finding.rule, finding.fingerprint)


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")
    path: str
    rule: str
    fingerprint: str
    message: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    format: Literal["verify-baseline/1"] = Field(alias="schema")
    findings: list[_Row]


def read_baseline(file: Path) -> Baseline:
    """Read a baseline; raises ConfigError where it isn't there or isn't one."""
    where = str(file)
    try:
        held = _File.model_validate(json.loads(file.read_bytes()))
    except OSError as error:
        remedy = "write it with `verify gate --write-baseline`"
        raise ConfigError(where, f"can't be read ({error.strerror})", remedy) from error
    except (ValidationError, ValueError, RecursionError) as error:
        raise ConfigError(
            where, "is no baseline", "write it anew with `verify gate --write-baseline`"
        ) from error
    return Baseline(file, {BaselineEntry(e.path, e.rule, e.fingerprint): e.message for e in held.findings})


def write_baseline(baseline: Baseline) -> None:
    """Write it whole or not at all; raises InputError."""
    findings = [{**entry._asdict(), "message": baseline.entries[entry]} for entry in sorted(baseline.entries)]
    text = json.dumps({"schema": SCHEMA, "findings": findings}, indent=1) + "\n"
    write_text(baseline.file, text)


def mark_known(checked: Checked, baseline: Baseline) -> Checked:
    """Mark the findings that the baseline holds, but for those that are suppressed."""
    path = checked.document.path
    return replace(
        checked,
        findings=tuple(
            replace(f, known=f.suppression is None and baseline.entry(path, f) in baseline.entries)
            for f in checked.findings
        ),
    )


def stale(baseline: Baseline, documents: Sequence[Checked]) -> tuple[BaselineEntry, ...]:
    """What nothing matches now: entries of rules that ran on `documents`, and of drafts that are gone."""
    ran = {baseline.path(checked.document.path): NAMES.union(checked.rules) for checked in documents}
    found = set(_standing(baseline, documents))
    return tuple(
        entry
        for entry in sorted(baseline.entries)
        if entry not in found
        and (entry.rule in ran.get(entry.path, ()) or not os.path.exists(baseline.file.parent / entry.path))
    )


def without(baseline: Baseline, gone: Iterable[BaselineEntry]) -> Baseline:
    """The baseline less some entries."""
    gone = set(gone)
    return replace(baseline, entries={e: said for e, said in baseline.entries.items() if e not in gone})


def extended(baseline: Baseline, documents: Sequence[Checked]) -> Baseline:
    """The baseline with all that stands in `documents` now, and of them nothing else."""
    paths = {baseline.path(checked.document.path) for checked in documents}
    others = {entry: said for entry, said in baseline.entries.items() if entry.path not in paths}
    return replace(baseline, entries=others | _standing(baseline, documents))


def _standing(baseline: Baseline, documents: Sequence[Checked]) -> dict[BaselineEntry, str]:
    return {
        baseline.entry(checked.document.path, f): f.message
        for checked in documents
        for f in checked.findings
        if f.suppression is None
    }
