"""`verify evaluate attribution`: how well attributions are found in annotated articles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from verify.cli.streams import write_stdout


class Method(StrEnum):
    """What finds the attributions."""

    RULES = "rules"
    TAGGER = "tagger"
    BOTH = "both"


def attribution(
    data: Annotated[Path, typer.Argument(metavar="ARTICLES", help="Annotated articles (JSON lines).")],
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="FOLDER", help="A trained tagger, instead of the bundled one."),
    ] = None,
    method: Annotated[Method, typer.Option("--method", help="What finds the attributions.")] = Method.BOTH,
    split: Annotated[str, typer.Option("--split", help="The split of the articles to measure on.")] = "dev",
) -> None:
    """Score attributions: source, cue and content, exact, partial and by token, and their links."""
    from verify.evaluate.attribution import evaluate, find_with, read_annotated, to_text
    from verify.language.parse import load_parser
    from verify.models.tagger import choose_tagger

    articles = read_annotated(data, split)
    tagger = None if method is Method.RULES else choose_tagger(str(model) if model is not None else None)
    find = find_with(load_parser(), tagger, rules=method is not Method.TAGGER)
    write_stdout(to_text(evaluate(articles, find)))
