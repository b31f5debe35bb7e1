"""`verify check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.checking import STDIN, check_each, refuse_input
from verify.cli.status import ExitStatus, status_of, worst
from verify.cli.streams import Color, stdout_display, write_file, write_stdout
from verify.report import FORMATS, Display, Format
from verify.types import Run

if TYPE_CHECKING:
    from verify.config import Config


def check(  # noqa: PLR0913, PLR0917 (typer takes options as arguments)
    paths: Annotated[list[str], typer.Argument(metavar="PATHS...", help="Drafts to check; - reads stdin.")],
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.FULL,
    output: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings, instead of the nearest file's.")] = None,
    profile: Annotated[
        str | None, typer.Option(help="Shipped settings: draft, publish, strict or ci.")
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The archive to check against, made by `verify index`."),
    ] = None,
    encoder: Annotated[str | None, typer.Option(help="Sentence encoder, by name or path.")] = None,
    entailment: Annotated[str | None, typer.Option(help="Entailment model, by name or path.")] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="LEVEL|CODE", help="What makes the exit status 1; may be repeated."),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 in spite of findings.")] = False,
    stdin_filename: Annotated[
        Path | None, typer.Option(help="The file that stdin stands for, in reports and for settings.")
    ] = None,
    color: Annotated[Color, typer.Option(help="When to colour.")] = Color.AUTO,
) -> None:
    """Check drafts: who says what, where the parties contradict each other, what stands unsupported.

    Exit status: 0 clean, 1 findings at or above the threshold, 2 error, 3 could not be checked.
    """
    from verify.config import load_config, override
    from verify.gate.notices import known_rules

    codes = known_rules()

    def settings(path: str) -> Config:
        draft = stdin_filename if path == STDIN else Path(path)
        folder = draft.parent if draft is not None else Path()
        found = load_config(folder, path=config, profile=profile, rules=codes, draft=draft)
        return override(
            found, encoder=encoder, entailment=entailment, index=index, fail_on=fail_on or (), rules=codes
        )

    if output is not None:
        refuse_input(output, [stdin_filename if path == STDIN else Path(path) for path in paths])
    outcome = check_each(paths, settings, stdin_filename=stdin_filename)
    statuses = [status_of(*draft, exit_zero=exit_zero) for draft in outcome.drafts]
    statuses += [ExitStatus.ERROR] * outcome.failures
    if outcome.drafts:
        run = Run(outcome.documents, outcome.models)
        display = stdout_display(color) if output is None else Display(color=color is Color.ALWAYS)
        report = FORMATS[format_](run, display)
        if output is None:
            write_stdout(report)
        else:
            write_file(output, report)
    raise typer.Exit(int(worst(statuses)))
