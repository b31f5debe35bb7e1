"""`verify evaluate stories`: how well the comparison and the rules do on labelled stories."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verify.cli.options import EncoderName, EntailmentName
from verify.cli.streams import write_stdout


def stories(  # noqa: PLR0917 (typer takes options as arguments)
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Labelled stories, as in seeds/stories/dev.")
    ],
    gold_claims: Annotated[
        bool, typer.Option("--gold-claims", help="Also the comparison alone, on the labelled claims.")
    ] = False,
    ablations: Annotated[
        bool, typer.Option("--ablations", help="Also the comparison without each of its parts.")
    ] = False,
    naive: Annotated[
        bool, typer.Option("--naive", help="Also a peer: all pairs of near sentences, by entailment alone.")
    ] = False,
    encoder: EncoderName = None,
    entailment: EntailmentName = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write the results as JSON too.")
    ] = None,
) -> None:
    """Score claims, sources, stances, conflicts, support, traps and findings, with the shipped settings."""
    from verify.config import load_config, override, shipped
    from verify.evaluate import systems
    from verify.evaluate.gold import load_stories
    from verify.evaluate.stories import evaluate, to_json, to_text
    from verify.files import write_text
    from verify.pipeline import load_models

    labelled = load_stories(folder)
    config = override(load_config(folder, path=shipped("default")), encoder=encoder, entailment=entailment)
    models = load_models(config)
    measured = {"verify": systems.whole(models, config)}
    if gold_claims:
        measured["on labelled claims"] = systems.on_labelled_claims(models, config)
    if ablations:
        measured |= systems.ablations(labelled, models, config)
    if naive:
        measured["naive peer"] = systems.naive(models.encoder, models.entailment)
    results = {name: evaluate(labelled, system) for name, system in measured.items()}
    if output is not None:
        write_text(output, to_json(results, models.names, len(labelled)))
    write_stdout(to_text(results, models.names, len(labelled)))
