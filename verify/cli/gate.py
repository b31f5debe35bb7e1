"""`verify gate`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.checking import Draft, Outcome, any_draft_of, check_each, settings_of
from verify.cli.options import (
    ArchivePath,
    Coloured,
    ConfigFile,
    ExitZero,
    FailOn,
    OutputFile,
    ProfileName,
)
from verify.cli.outputs import require_free
from verify.cli.status import ExitStatus, status_of, worst
from verify.cli.streams import Color, complain, display_of, note, write_report, write_stdout
from verify.errors import ConfigError
from verify.printable import printable
from verify.report import FORMATS, Format
from verify.report.summary import standing
from verify.report.text import plural
from verify.types import Diff, Run

if TYPE_CHECKING:
    from verify.config import Config
    from verify.gate.baseline import Baseline
    from verify.gate.changes import Change
    from verify.types import Checked


def gate(  # noqa: PLR0913, PLR0917 (typer takes options as arguments)
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Drafts, and folders of drafts.")],
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.CONCISE,
    output: OutputFile = None,
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=FILE", help="Write one more report, as in sarif=verify.sarif."),
    ] = None,
    config: ConfigFile = None,
    profile: ProfileName = None,
    index: ArchivePath = None,
    fail_on: FailOn = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Findings known before, which don't fail.")
    ] = None,
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
    verbose: Annotated[
        bool, typer.Option("--verbose", help="List what the baseline holds too, line by line.")
    ] = False,
    exit_zero: ExitZero = False,
    color: Coloured = Color.AUTO,
) -> None:
    """Decide whether drafts may pass: new findings fail, known and suppressed ones don't.

    Exit status: 0 passed, 1 findings that count, 2 error, 3 could not be checked.
    """
    if changed_since is not None and (write_baseline or prune):
        option = "--write-baseline" if write_baseline else "--prune"
        raise ConfigError(option, "needs all drafts, and --changed-since leaves some out", "give only one")
    by_file = settings_of(config=config, profile=profile, index=index, fail_on=fail_on)

    def settings(path: Path) -> Config:
        found = by_file(path)
        given = {"baseline": baseline, "diff": diff}
        own = found.gate.model_copy(update={key: value for key, value in given.items() if value is not None})
        return found.model_copy(update={"gate": own})

    found = _find(paths, settings)
    targets = [(format_, output), *(_format_and_file(word) for word in report or ())]
    require_free(
        [path for _, path in targets if path is not None],
        drafts=map(Path, found.drafts),
        settings=config,
        baselines=found.baselines,
        ignorable=True,
    )
    baselines = _read(found, write=write_baseline, prune=prune)
    changes = {path: _change(path, changed_since, one.gate.diff) for path, one in found.drafts.items()}
    changed = [path for path in found.drafts if changes[path].any]

    outcome = check_each(changed, found.drafts.__getitem__)
    baselines = {
        file: _kept(known, _drafts_of(outcome, file), write=write_baseline, prune=prune)
        for file, known in baselines.items()
    }
    marked, outcome = _against(outcome, baselines, changes)

    to_write = [target for target in targets if target[1] is not None or not audit]
    _report(outcome, to_write, color, verbose=verbose)
    if audit:
        write_stdout(_audit(outcome))
    note(_summary(outcome, found, len(found.drafts) - len(changed), _standing(marked) - _standing(outcome)))
    statuses = [status_of(*draft, exit_zero=exit_zero) for draft in outcome.drafts]
    statuses += [ExitStatus.ERROR] * (outcome.failures + len(found.closed))
    if not found.drafts and not found.ignored:
        statuses.append(ExitStatus.UNCHECKED)
    raise typer.Exit(int(worst(statuses)))


@dataclass(frozen=True, slots=True)
class _Found:
    """The drafts in the paths with their settings, and the baselines that these name.

    `ignored` drafts are left out by `.verifyignore`, `closed` folders couldn't be looked into.
    """

    drafts: Mapping[str, Config]
    baselines: tuple[Path, ...]
    ignored: tuple[str, ...]
    closed: tuple[str, ...]


def _format_and_file(word: str) -> tuple[Format, Path]:
    from verify.config import nearest

    name, _, file = word.partition("=")
    if name not in set(Format):
        raise ConfigError(f"--report {word}", f"there is no format `{name}`", nearest(name, list(Format)))
    if not file:
        raise ConfigError(f"--report {word}", "names no file", f"write it as {name}=FILE")
    return Format(name), Path(file)


def _find(paths: Sequence[Path], settings: Callable[[Path], Config]) -> _Found:
    """What is to be checked, and by which settings; folders that can't be looked into are complained of."""
    from verify.batch.drafts import find_drafts
    from verify.gate.ignored import ignoring

    is_ignored = ignoring()
    files = find_drafts(paths, ignored=lambda path: False)
    ignored = {path for path in files.paths if is_ignored(Path(path))}
    drafts = {path: settings(Path(path)) for path in files.paths if path not in ignored}
    # The settings of folders too: a baseline may outlive the last of its drafts.
    everywhere = [*(settings(any_draft_of(path)) for path in paths), *drafts.values()]
    baselines = dict.fromkeys(file for one in everywhere if (file := one.gate.baseline) is not None)
    own = {os.path.abspath(file) for file in baselines}
    for folder, reason in files.closed:
        complain(f"{folder}: can't be looked into ({reason}); mend its permissions")
    return _Found(
        drafts={path: one for path, one in drafts.items() if os.path.abspath(path) not in own},
        baselines=tuple(baselines),
        ignored=tuple(path for path in files.paths if path in ignored),
        closed=tuple(folder for folder, _ in files.closed),
    )


def _change(path: str, revision: str | None, diff: Diff) -> Change:
    """What is to be looked at in a draft: all of it, or what has changed."""
    from verify.gate.changes import Change, change_since

    if revision is None or diff is Diff.NOFILTER:
        return Change(whole=True)
    change = change_since(revision, Path(path))
    return Change(whole=change.any) if diff is Diff.FILE else change


def _read(found: _Found, *, write: bool, prune: bool) -> dict[Path, Baseline]:
    """The baselines as they are; an empty one for one that is yet to be written."""
    from verify.gate.baseline import Baseline, read_baseline

    option = "--write-baseline" if write else "--prune"
    remedy = "name one with --baseline, or in [gate]"
    if (write or prune) and not found.baselines:
        raise ConfigError(option, "there is no baseline to write", remedy)
    homeless = next((path for path, config in found.drafts.items() if config.gate.baseline is None), None)
    if write and homeless is not None:
        raise ConfigError(option, f"there is no baseline for {homeless}", remedy)
    return {
        file: Baseline(file, {}) if write and not file.exists() else read_baseline(file)
        for file in found.baselines
    }


def _drafts_of(outcome: Outcome, file: Path) -> tuple[Checked, ...]:
    """The drafts whose settings name this baseline."""
    return tuple(checked for checked, config in outcome.drafts if config.gate.baseline == file)


def _kept(known: Baseline, documents: Sequence[Checked], *, write: bool, prune: bool) -> Baseline:
    """The baseline as it holds from now on, written where that is wanted; what is stale in it is told."""
    from verify.gate.baseline import extended, stale, without, write_baseline

    gone = stale(known, documents)
    file = printable(str(known.file))
    if write:
        known = extended(known, documents)
    elif prune:
        known = without(known, gone)
    if write or prune:
        write_baseline(known)
        note(f"{file}: {plural(len(known.entries), 'finding')}\n")
    elif gone:
        told = (f"{k.path}: {k.rule} {k.fingerprint[:8]}: {known.entries[k]}" for k in gone)
        lines = "".join(f"  {printable(line)}\n" for line in told)
        note(f"{file}: these match nothing now; take them out with --prune\n{lines}")
    return known


def _against(
    outcome: Outcome, baselines: Mapping[Path, Baseline], changes: Mapping[str, Change]
) -> tuple[Outcome, Outcome]:
    """The drafts with the findings marked that are known, and then without those outside of the changes."""
    from verify.gate.baseline import mark_known
    from verify.gate.changes import within

    def mark(draft: Draft) -> Checked:
        file = draft.config.gate.baseline
        return draft.checked if file is None else mark_known(draft.checked, baselines[file])

    def narrow(draft: Draft) -> Checked:
        return within(draft.checked, changes[draft.checked.document.path])

    marked = outcome.each(mark)
    return marked, marked.each(narrow)


def _report(
    outcome: Outcome, targets: Sequence[tuple[Format, Path | None]], color: Color, *, verbose: bool
) -> None:
    """Write the reports, one without a file to standard output.

    There a line for each finding has room only for those that are new, unless it is `verbose`.
    """
    for form, target in targets:
        brief = form is Format.CONCISE and target is None and not verbose
        told = outcome.each(_without_known) if brief else outcome
        write_report(target, FORMATS[form](Run(told.documents, told.models), display_of(target, color)))


def _without_known(draft: Draft) -> Checked:
    """The draft without the findings that the baseline holds."""
    return replace(draft.checked, findings=tuple(f for f in draft.checked.findings if not f.known))


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
    from verify.gate.inline import comment_on, takes_comments
    from verify.gate.policy import failing, too_little_checked, unchecked_share

    findings = [finding for checked in outcome.documents for finding in checked.findings]
    fatal = [(finding, draft.checked.document) for draft in outcome.drafts for finding in failing(*draft)]
    count = len(fatal)
    parts = [
        f"{plural(len(outcome.drafts), 'draft')} checked",
        f"{plural(count, 'finding')} that fail{'s' if count == 1 else ''}",
        f"{sum(f.suppression is not None for f in findings)} suppressed",
        f"{sum(f.known for f in findings)} in the baseline",
    ]
    lines = [", ".join(parts)]
    first = next((finding for finding, document in fatal if takes_comments(document)), None)
    if first is not None:
        lines.append(f"To let one stand, write above it: {comment_on(first)}")
    if unchanged:
        lines.append(f"Not checked: {plural(unchanged, 'draft')} that didn't change")
    if outside:
        where = "in paragraphs that didn't change; --diff file counts them"
        lines.append(f"Not counted: {plural(outside, 'finding')} {where}")
    if found.ignored:
        lines.append(f"Not checked: {plural(len(found.ignored), 'draft')} left out by .verifyignore")
    if not found.drafts and not found.ignored:
        lines.append("Not checked: there are no drafts here")
    for checked, config in outcome.drafts:
        if too_little_checked(checked, config):
            share = (
                "all of it" if checked.nothing_checked else f"{100 * unchecked_share(checked):.0f} % of it"
            )
            lines.append(f"Not checked: {printable(checked.document.path)}: {share}")
    return "".join(f"{line}\n" for line in lines)
