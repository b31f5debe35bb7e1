"""`verify check`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.status import ExitStatus, status_of, worst
from verify.cli.streams import Color, complain, debugging, stdout_display, write_file, write_stdout
from verify.errors import InputError, VerifyError
from verify.report import FORMATS, Display, Format
from verify.types import Checked, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from verify.config import Config, ModelSettings
    from verify.pipeline import Models

STDIN = "-"


def check(  # noqa: PLR0913, PLR0917 (typer takes options as arguments)
    paths: Annotated[list[str], typer.Argument(metavar="PATHS...", help="Drafts to check; - reads stdin.")],
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.FULL,
    output: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings, instead of the nearest file's.")] = None,
    profile: Annotated[str | None, typer.Option(help="Shipped settings: default, strict or ci.")] = None,
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
    from verify.rules import RULES

    codes = {rule.name: rule.code for rule in RULES}

    def settings(path: str) -> Config:
        folder = (stdin_filename or Path("x")).parent if path == STDIN else Path(path).parent
        found = load_config(folder, path=config, profile=profile, rules=codes)
        return override(found, encoder=encoder, entailment=entailment, fail_on=fail_on or (), rules=codes)

    if output is not None:
        _refuse_input(output, [stdin_filename if path == STDIN else Path(path) for path in paths])
    run, statuses = _check_all(paths, settings, stdin_filename, exit_zero=exit_zero)
    if run.documents:
        display = stdout_display(color) if output is None else Display(color=color is Color.ALWAYS)
        report = FORMATS[format_](run, display)
        if output is None:
            write_stdout(report)
        else:
            write_file(output, report)
    raise typer.Exit(int(worst(statuses)))


def _check_all(
    paths: Sequence[str],
    settings: Callable[[str], Config],
    stdin_filename: Path | None,
    *,
    exit_zero: bool,
) -> tuple[Run, list[ExitStatus]]:
    """Check each file; one that can't be checked costs a line of complaint and not the others' reports."""
    from verify.load import load

    statuses: list[ExitStatus] = []
    documents: list[Checked] = []
    loaded: dict[tuple[ModelSettings, Path | None], Models] = {}
    for number, path in enumerate(paths, start=1):
        try:
            config = settings(path)
            document = load(path, stdin_filename=stdin_filename, id=f"d{number}")
            # After the document: a wrong path shouldn't cost the seconds that models take.
            from verify.pipeline import check as check_document
            from verify.pipeline import load_models

            key = (config.models, config.registry)
            if key not in loaded:
                loaded[key] = load_models(config)
            checked = check_document(document, loaded[key], config)
        except VerifyError as error:
            if debugging():
                raise
            complain(str(error))
            statuses.append(ExitStatus.ERROR)
            continue
        documents.append(checked)
        statuses.append(status_of(checked, config, exit_zero=exit_zero))
    names: Mapping[str, str] = next((models.names for models in loaded.values()), {})
    return Run(tuple(documents), names), statuses


def _refuse_input(output: Path, inputs: Sequence[Path | None]) -> None:
    """Raise InputError where the report would be written over a draft."""
    for path in inputs:
        with suppress(OSError, ValueError):
            if path is not None and path.samefile(output):
                problem = f"is a draft to check ({path})"
                raise InputError(str(output), problem, "give --output another file")
