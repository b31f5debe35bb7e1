"""The gate as a whole: drafts in, what fails them out; what is suppressed, known or unchanged is set aside.

Nothing is written: whoever wants a baseline kept hands it to `write_baseline`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verify.config import Config
from verify.errors import ConfigError
from verify.gate.baseline import (
    Baseline,
    BaselineEntry,
    extended,
    mark_known,
    read_baseline,
    stale,
    without,
)
from verify.gate.changes import Change, change_since, within
from verify.gate.checking import CheckedDraft, CheckResult, Failure, check_each, unheard
from verify.gate.drafts import any_draft_of, find_drafts
from verify.gate.ignored import ignoring
from verify.report.summary import standing
from verify.types import Checked, Diff, Searched


@dataclass(frozen=True, slots=True)
class GateDrafts:
    """The drafts to check, by their paths with their settings, and the baselines that these name.

    `ignored` drafts are left out by `.verifyignore`, `closed` folders couldn't be looked into, each with the
    reason.
    """

    settings: Mapping[str, Config]
    baselines: tuple[Path, ...]
    ignored: tuple[str, ...]
    closed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeldBaseline:
    """A baseline as it holds from now on, and the entries that nothing matches, in it or pruned from it."""

    baseline: Baseline
    stale: tuple[BaselineEntry, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What came of a gate: `checked` has the findings that changes let count, those that are known marked.

    `unchanged` is the number of drafts that weren't checked, and `outside` that of the findings in unchanged
    paragraphs.
    """

    drafts: GateDrafts
    checked: CheckResult
    baselines: tuple[HeldBaseline, ...]
    unchanged: int
    outside: int


def gate_drafts(paths: Sequence[Path], settings: Callable[[Path], Config]) -> GateDrafts:
    """What is to be checked among `paths`, drafts and folders of drafts; raises ConfigError."""
    is_ignored = ignoring()
    files = find_drafts(paths, ignored=lambda path: False)
    ignored = {path for path in files.paths if is_ignored(Path(path))}
    drafts = {path: settings(Path(path)) for path in files.paths if path not in ignored}
    # The settings of folders too: a baseline may outlive the last of its drafts.
    everywhere = [*(settings(any_draft_of(path)) for path in paths), *drafts.values()]
    baselines = dict.fromkeys(file for one in everywhere if (file := one.gate.baseline) is not None)
    own = {os.path.abspath(file) for file in baselines}
    return GateDrafts(
        settings={path: one for path, one in drafts.items() if os.path.abspath(path) not in own},
        baselines=tuple(baselines),
        ignored=tuple(path for path in files.paths if path in ignored),
        closed=files.closed,
    )


def run_gate(
    drafts: GateDrafts,
    *,
    today: date,
    revision: str | None = None,
    extend: bool = False,
    prune: bool = False,
    failed: Callable[[Failure], object] = unheard,
    opened: Callable[[Searched], object] = unheard,
) -> GateResult:
    """Check the drafts, or those that changed since `revision`, and hold each against its baseline.

    To `extend` a baseline is to let it have all that stands now, to `prune` it is to take out what is stale.
    `failed` and `opened` are those of `check_each`. Raises ConfigError.
    """
    baselines = _read(drafts, extend=extend, prune=prune)
    changes = {path: _change(path, revision, config.gate.diff) for path, config in drafts.settings.items()}
    changed = [path for path, change in changes.items() if change.any]
    checked = check_each(changed, drafts.settings.__getitem__, today=today, failed=failed, opened=opened)
    held = {
        file: _held(baseline, _drafts_of(checked, file), extend=extend, prune=prune)
        for file, baseline in baselines.items()
    }

    def mark(draft: CheckedDraft) -> Checked:
        file = draft.config.gate.baseline
        return draft.checked if file is None else mark_known(draft.checked, held[file].baseline)

    def narrow(draft: CheckedDraft) -> Checked:
        return within(draft.checked, changes[draft.checked.document.path])

    marked = checked.each(mark)
    narrowed = marked.each(narrow)
    return GateResult(
        drafts=drafts,
        checked=narrowed,
        baselines=tuple(held.values()),
        unchanged=len(changes) - len(changed),
        outside=_standing(marked) - _standing(narrowed),
    )


def _change(path: str, revision: str | None, diff: Diff) -> Change:
    """What is to be looked at in a draft: all of it, or what has changed."""
    if revision is None or diff is Diff.NOFILTER:
        return Change(whole=True)
    change = change_since(revision, Path(path))
    return Change(whole=change.any) if diff is Diff.FILE else change


def _read(drafts: GateDrafts, *, extend: bool, prune: bool) -> dict[Path, Baseline]:
    """The baselines as they are; an empty one for one that is yet to be written."""
    option = "--write-baseline" if extend else "--prune"
    remedy = "name one with --baseline, or in [gate]"
    if (extend or prune) and not drafts.baselines:
        raise ConfigError(option, "there is no baseline to write", remedy)
    homeless = next((path for path, one in drafts.settings.items() if one.gate.baseline is None), None)
    if extend and homeless is not None:
        raise ConfigError(option, f"there is no baseline for {homeless}", remedy)
    return {
        file: Baseline(file, {}) if extend and not file.exists() else read_baseline(file)
        for file in drafts.baselines
    }


def _drafts_of(checked: CheckResult, file: Path) -> tuple[Checked, ...]:
    """The drafts whose settings name this baseline."""
    return tuple(draft.checked for draft in checked.drafts if draft.config.gate.baseline == file)


def _held(baseline: Baseline, documents: Sequence[Checked], *, extend: bool, prune: bool) -> HeldBaseline:
    gone = stale(baseline, documents)
    if extend:
        baseline = extended(baseline, documents)
    elif prune:
        baseline = without(baseline, gone)
    return HeldBaseline(baseline, gone)


def _standing(checked: CheckResult) -> int:
    return sum(len(standing(document.findings)) for document in checked.documents)
