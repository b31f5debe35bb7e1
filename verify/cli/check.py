"""`verify check`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.checking import STDIN, complaining, settings_of, warn_of_empty
from verify.cli.options import (
    ArchivePath,
    Coloured,
    ConfigFile,
    EncoderName,
    EntailmentName,
    ExitZero,
    FailOn,
    OutputFile,
    ProfileName,
)
from verify.cli.outputs import require_free
from verify.cli.status import ExitStatus, status_of, why_failed, worst
from verify.cli.streams import Color, display_of, remark, write_report
from verify.report import FORMATS, Format
from verify.types import Run

if TYPE_CHECKING:
    from verify.config import Config


def check(  # noqa: PLR0913, PLR0917 (typer takes options as arguments)
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Drafts to check; - reads stdin.")],
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.FULL,
    output: OutputFile = None,
    config: ConfigFile = None,
    profile: ProfileName = None,
    index: ArchivePath = None,
    encoder: EncoderName = None,
    entailment: EntailmentName = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file that stdin stands for, in reports and for settings."),
    ] = None,
    color: Coloured = Color.AUTO,
) -> None:
    """Check drafts: who says what, where the parties contradict each other, what stands unsupported.

    Exit status: 0 clean, 1 findings at or above the threshold, 2 error, 3 could not be checked.
    """
    from verify.gate.checking import check_each

    by_file = settings_of(
        config=config,
        profile=profile,
        encoder=encoder,
        entailment=entailment,
        index=index,
        fail_on=fail_on,
    )

    def file_of(path: str) -> Path | None:
        return stdin_filename if path == STDIN else Path(path)

    def settings(path: str) -> Config:
        return by_file(file_of(path))

    if output is not None:
        drafts = [file for path in paths if (file := file_of(path)) is not None]
        require_free([output], drafts=drafts, settings=config)
    result = check_each(
        paths,
        settings,
        today=date.today(),
        stdin_filename=stdin_filename,
        failed=complaining(),
        opened=warn_of_empty,
    )
    statuses = [status_of(*draft, exit_zero=exit_zero) for draft in result.drafts]
    statuses += [ExitStatus.ERROR] * len(result.failures)
    if result.drafts:
        run = Run(result.documents, result.models)
        write_report(output, FORMATS[format_](run, display_of(output, color)))
    status = worst(statuses)
    if status is ExitStatus.FINDINGS and format_ is Format.FULL:
        remark(why_failed(result.drafts))
    raise typer.Exit(int(status))
