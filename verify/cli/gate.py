"""`verify gate`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.checking import Outcome, check_each, refuse_input
from verify.cli.status import ExitStatus, status_of, worst
from verify.cli.streams import Color, complain, note, stdout_display, write_file, write_stdout
from verify.errors import ConfigError
from verify.report import FORMATS, Display, Format
from verify.report.summary import nothing_checked, standing
from verify.report.text import plural, printable
from verify.types import Run

if TYPE_CHECKING:
    from verify.config import Config
    from verify.gate.baseline import Baseline
    from verify.gate.changes import Change


class Diff(StrEnum):
    """Which findings count where a revision is given."""

    ADDED = "added"
    FILE = "file"
    NOFILTER = "nofilter"


def gate(  # noqa: PLR0913, PLR0917 (typer takes options as arguments)
    paths: Annotated[list[str], typer.Argument(metavar="PATHS...", help="Drafts, and folders of drafts.")],
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.CONCISE,
    output: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=FILE", help="Write one more report, as in sarif=verify.sarif."),
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings, instead of the nearest file's.")] = None,
    profile: Annotated[
        str | None, typer.Option(help="Shipped settings: draft, publish, strict or ci.")
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="LEVEL|CODE", help="What makes the exit status 1; may be repeated."),
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="Findings known before, which don't fail.")] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Write what stands now to the baseline.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out of the baseline what matches nothing now.")
    ] = False,
    changed_since: Annotated[
        str | None, typer.Option(metavar="REV", help="Only what has changed since this git revision.")
    ] = None,
    diff: Annotated[
        Diff | None, typer.Option(help="With --changed-since: changed paragraphs, files, or everything.")
    ] = None,
    audit: Annotated[
        bool, typer.Option("--audit", help="List what was let stand, and why, in place of the report.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 in spite of findings.")] = False,
    color: Annotated[Color, typer.Option(help="When to colour.")] = Color.AUTO,
) -> None:
    """Decide whether drafts may pass: new findings fail, known and suppressed ones don't.

    Exit status: 0 passed, 1 findings that count, 2 error, 3 could not be checked.
    """
    if changed_since is not None and (write_baseline or prune):
        option = "--write-baseline" if write_baseline else "--prune"
        raise ConfigError(option, "needs all drafts, and --changed-since leaves some out", "give only one")
    settings = _settings(config, profile, fail_on or ())
    own = settings(str(Path(paths[0]) / "draft") if os.path.isdir(paths[0]) else paths[0]).gate
    file = baseline or own.baseline
    targets = [(format_, output), *(_format_and_file(word) for word in report or ())]
    written = [path for path in (file, *(path for _, path in targets)) if path is not None]
    found = _find(paths, written)
    changes = _changes(found.paths, changed_since, diff or Diff(own.diff))
    changed = [path for path in found.paths if changes[path].any]

    known = _baseline(file, write=write_baseline, prune=prune)
    outcome = check_each(changed, settings)
    known = _kept(known, outcome, write=write_baseline, prune=prune)
    marked, outcome = _against(outcome, known, changes)

    run = Run(outcome.documents, outcome.models)
    for form, target in targets:
        if target is not None:
            write_file(target, FORMATS[form](run, Display(color=color is Color.ALWAYS)))
        elif not audit:
            write_stdout(FORMATS[form](run, stdout_display(color)))
    if audit:
        write_stdout(_audit(outcome))
    note(_summary(outcome, found, len(found.paths) - len(changed), _standing(marked) - _standing(outcome)))
    statuses = [status_of(*draft, exit_zero=exit_zero) for draft in outcome.drafts]
    statuses += [ExitStatus.ERROR] * (outcome.failures + len(found.closed))
    if not found.paths and not found.ignored:
        statuses.append(ExitStatus.UNCHECKED)
    raise typer.Exit(int(worst(statuses)))


@dataclass(frozen=True, slots=True)
class _Found:
    """The drafts in the paths, those that `.verifyignore` leaves out, and folders that can't be opened."""

    paths: tuple[str, ...]
    ignored: tuple[str, ...]
    closed: tuple[str, ...]


def _settings(config: Path | None, profile: str | None, fail_on: Sequence[str]) -> Callable[[str], Config]:
    from verify.config import load_config, override
    from verify.gate.notices import known_rules

    codes = known_rules()

    def settings(path: str) -> Config:
        draft = Path(path)
        found = load_config(draft.parent, path=config, profile=profile, rules=codes, draft=draft)
        return override(found, fail_on=fail_on, rules=codes)

    return settings


def _format_and_file(word: str) -> tuple[Format, Path]:
    from verify.config import nearest

    name, _, file = word.partition("=")
    if name not in set(Format):
        raise ConfigError(f"--report {word}", f"there is no format `{name}`", nearest(name, list(Format)))
    if not file:
        raise ConfigError(f"--report {word}", "names no file", f"write it as {name}=FILE")
    return Format(name), Path(file)


def _find(paths: Sequence[str], written: Sequence[Path]) -> _Found:
    """What is to be checked, without what the gate itself writes. Raises InputError where that is a draft."""
    from verify.batch.drafts import find_drafts
    from verify.gate.ignored import ignoring

    own = {os.path.abspath(path) for path in written}
    is_ignored = ignoring()
    drafts = find_drafts([Path(path) for path in paths], ignored=lambda path: os.path.abspath(path) in own)
    ignored = {path for path in drafts.paths if is_ignored(Path(path))}
    for target in written:
        refuse_input(target, [Path(path) for path in drafts.paths])
    for folder, reason in drafts.closed:
        complain(f"{folder}: can't be looked into ({reason}); mend its permissions")
    return _Found(
        tuple(path for path in drafts.paths if path not in ignored),
        tuple(path for path in drafts.paths if path in ignored),
        tuple(folder for folder, _ in drafts.closed),
    )


def _changes(paths: Sequence[str], revision: str | None, diff: Diff) -> Mapping[str, Change]:
    """What is to be looked at in each draft: all of it, or what has changed."""
    from verify.gate.changes import Change, change_since

    if revision is None or diff is Diff.NOFILTER:
        return dict.fromkeys(paths, Change(whole=True))
    changes = {path: change_since(revision, Path(path)) for path in paths}
    if diff is Diff.FILE:
        return {path: Change(whole=change.any) for path, change in changes.items()}
    return changes


def _baseline(file: Path | None, *, write: bool, prune: bool) -> Baseline:
    """The baseline as it is; an empty one where there is none, or none yet."""
    from verify.gate.baseline import Baseline, read_baseline

    if file is None and (write or prune):
        option = "--write-baseline" if write else "--prune"
        raise ConfigError(option, "there is no baseline to write", "name one with --baseline, or in [gate]")
    if file is None or (write and not file.exists()):
        return Baseline(file or Path(), {})
    return read_baseline(file)


def _kept(known: Baseline, outcome: Outcome, *, write: bool, prune: bool) -> Baseline:
    """The baseline as it holds from now on, written where that is wanted; what is stale in it is told."""
    from verify.gate.baseline import extended, stale, without, write_baseline

    gone = stale(known, outcome.documents)
    file = printable(str(known.file))
    if write:
        known = extended(known, outcome.documents)
    elif prune:
        known = without(known, gone)
    if write or prune:
        write_baseline(known)
        note(f"{file}: {plural(len(known.known), 'finding')}\n")
    elif gone:
        told = (f"{k.path}: {k.rule} {k.fingerprint[:8]}: {known.known[k]}" for k in gone)
        lines = "".join(f"  {printable(line)}\n" for line in told)
        note(f"{file}: these match nothing now; take them out with --prune\n{lines}")
    return known


def _against(outcome: Outcome, known: Baseline, changes: Mapping[str, Change]) -> tuple[Outcome, Outcome]:
    """The drafts with the findings marked that are known, and then without those outside of the changes."""
    from verify.gate.baseline import mark_known
    from verify.gate.changes import within

    marked = outcome.each(lambda checked: mark_known(checked, known))
    return marked, marked.each(lambda checked: within(checked, changes[checked.document.path]))


def _standing(outcome: Outcome) -> int:
    return sum(len(standing(checked.findings)) for checked in outcome.documents)


def _audit(outcome: Outcome) -> str:
    from verify.gate.audit import audit_lines

    lines = [line for checked in outcome.documents for line in audit_lines(checked, today=date.today())]
    return "".join(f"{line}\n" for line in lines)


def _summary(outcome: Outcome, found: _Found, unchanged: int, outside: int) -> str:
    """What was looked at and what came of it, in lines for people.

    `unchanged` drafts weren't checked, and `outside` findings stand in unchanged paragraphs.
    """
    from verify.gate.policy import failing, too_little_checked, unchecked_share

    findings = [finding for checked in outcome.documents for finding in checked.findings]
    count = sum(len(failing(*draft)) for draft in outcome.drafts)
    parts = [
        f"{plural(len(outcome.drafts), 'draft')} checked",
        f"{plural(count, 'finding')} that fail{'s' if count == 1 else ''}",
        f"{sum(f.suppression is not None for f in findings)} suppressed",
        f"{sum(f.known for f in findings)} in the baseline",
    ]
    lines = [", ".join(parts)]
    if unchanged:
        lines.append(f"Not checked: {plural(unchanged, 'draft')} that didn't change")
    if outside:
        where = "in paragraphs that didn't change; --diff file counts them"
        lines.append(f"Not counted: {plural(outside, 'finding')} {where}")
    if found.ignored:
        lines.append(f"Not checked: {plural(len(found.ignored), 'draft')} left out by .verifyignore")
    if not found.paths and not found.ignored:
        lines.append("Not checked: there are no drafts here")
    for checked, config in outcome.drafts:
        if too_little_checked(checked, config):
            share = (
                "all of it" if nothing_checked(checked) else f"{100 * unchecked_share(checked):.0f} % of it"
            )
            lines.append(f"Not checked: {printable(checked.document.path)}: {share}")
    return "".join(f"{line}\n" for line in lines)
