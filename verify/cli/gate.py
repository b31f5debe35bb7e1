"""`verify gate`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.checking import complaining, settings_of, warn_of_empty
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
from verify.report.text import plural
from verify.types import Diff, Run

if TYPE_CHECKING:
    from verify.config import Config
    from verify.gate.checking import CheckedDraft, CheckResult
    from verify.gate.run import GateResult, HeldBaseline
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
    from verify.gate.audit import audit_lines
    from verify.gate.run import gate_drafts, run_gate
    from verify.gate.summary import summary_lines

    if changed_since is not None and (write_baseline or prune):
        option = "--write-baseline" if write_baseline else "--prune"
        raise ConfigError(option, "needs all drafts, and --changed-since leaves some out", "give only one")
    by_file = settings_of(config=config, profile=profile, index=index, fail_on=fail_on)

    def settings(path: Path) -> Config:
        found = by_file(path)
        given = {"baseline": baseline, "diff": diff}
        own = found.gate.model_copy(update={key: value for key, value in given.items() if value is not None})
        return found.model_copy(update={"gate": own})

    drafts = gate_drafts(paths, settings)
    for folder, reason in drafts.closed:
        complain(f"{folder}: can't be looked into ({reason}); mend its permissions")
    targets = [(format_, output), *(_format_and_file(word) for word in report or ())]
    require_free(
        [path for _, path in targets if path is not None],
        drafts=map(Path, drafts.settings),
        settings=config,
        baselines=drafts.baselines,
        ignorable=True,
    )
    today = date.today()
    result = run_gate(
        drafts,
        today=today,
        revision=changed_since,
        extend=write_baseline,
        prune=prune,
        failed=complaining(),
        opened=warn_of_empty,
    )
    for held in result.baselines:
        _keep(held, write=write_baseline or prune)
    to_write = [target for target in targets if target[1] is not None or not audit]
    _report(result.checked, to_write, color, verbose=verbose)
    if audit:
        lines = (line for document in result.checked.documents for line in audit_lines(document, today=today))
        write_stdout(_text(lines))
    note(_text(summary_lines(result)))
    raise typer.Exit(int(_status(result, exit_zero=exit_zero)))


def _format_and_file(word: str) -> tuple[Format, Path]:
    from verify.config import nearest

    name, _, file = word.partition("=")
    if name not in set(Format):
        raise ConfigError(f"--report {word}", f"there is no format `{name}`", nearest(name, list(Format)))
    if not file:
        raise ConfigError(f"--report {word}", "names no file", f"write it as {name}=FILE")
    return Format(name), Path(file)


def _keep(held: HeldBaseline, *, write: bool) -> None:
    """Write the baseline where that is wanted, and tell of it; where it isn't, of what is stale in it."""
    from verify.gate.baseline import write_baseline
    from verify.gate.summary import stale_lines

    if write:
        write_baseline(held.baseline)
        note(f"{printable(str(held.baseline.file))}: {plural(len(held.baseline.entries), 'finding')}\n")
    else:
        note(_text(stale_lines(held)))


def _report(
    checked: CheckResult, targets: Sequence[tuple[Format, Path | None]], color: Color, *, verbose: bool
) -> None:
    """Write the reports, one without a file to standard output.

    There a line for each finding has room only for those that are new, unless it is `verbose`.
    """
    for form, target in targets:
        brief = form is Format.CONCISE and target is None and not verbose
        told = checked.each(_without_known) if brief else checked
        write_report(target, FORMATS[form](Run(told.documents, told.models), display_of(target, color)))


def _without_known(draft: CheckedDraft) -> Checked:
    """The draft without the findings that the baseline holds."""
    return replace(draft.checked, findings=tuple(f for f in draft.checked.findings if not f.known))


def _status(result: GateResult, *, exit_zero: bool) -> ExitStatus:
    statuses = [status_of(*draft, exit_zero=exit_zero) for draft in result.checked.drafts]
    statuses += [ExitStatus.ERROR] * (len(result.checked.failures) + len(result.drafts.closed))
    if not result.drafts.settings and not result.drafts.ignored:
        statuses.append(ExitStatus.UNCHECKED)
    return worst(statuses)


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
