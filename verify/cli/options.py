"""What several commands have in common: options of the same name mean the same, and are explained once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verify.cli.streams import Color

OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to this file.")
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings, instead of the nearest file's.")
]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME", help="Shipped settings: draft, publish, strict or ci."),
]
ArchivePath = Annotated[
    Path | None,
    typer.Option("--index", metavar="PATH", help="The archive to check against, made by `verify index`."),
]
EncoderName = Annotated[
    str | None, typer.Option("--encoder", metavar="NAME", help="Sentence encoder, by name or path.")
]
EntailmentName = Annotated[
    str | None,
    typer.Option(
        "--entailment",
        metavar="NAME",
        help="Entailment model, by name or path, in the place of the bundled two.",
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option("--fail-on", metavar="LEVEL|CODE", help="What makes the exit status 1; may be repeated."),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit 0 in spite of findings.")]
Coloured = Annotated[Color, typer.Option("--color", help="When to colour.")]


def group() -> typer.Typer:
    """A command that has commands of its own."""
    return typer.Typer(
        no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
