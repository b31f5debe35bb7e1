"""`verify evaluate entailment`: how well an entailment model does on labelled pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verify.cli.streams import write_stdout


def entailment(
    data: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PAIRS", help="Files or folders of labelled pairs (JSON lines)."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="NAME", help="A folder or a cross-encoder; the bundled one by default."
        ),
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option(
            "--facts", metavar="FOLDER", help="Also pairs made of these facts by held-out families."
        ),
    ] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", help="Only these sets; may be repeated.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write the results as JSON too.")
    ] = None,
) -> None:
    """Score an entailment model: accuracy, F1, calibration and false support, by set and phenomenon."""
    from dataclasses import replace

    from verify.errors import ConfigError
    from verify.evaluate.entailment import evaluate_entailment, to_json, to_text
    from verify.files import write_text
    from verify.models.entailment import load_entailment
    from verify.train.pairs import read_pairs
    from verify.train.perturb import held_out_pairs

    pairs = [pair for path in data or [] for pair in read_pairs(path)]
    if facts is not None:
        pairs += [replace(pair, set="made") for pair in held_out_pairs(facts, seed=7)]
    if sets:
        known = {pair.set for pair in pairs}
        for name in sets:
            if name not in known:
                raise ConfigError(
                    "--set", f"there is no set {name!r}", f"known are {', '.join(sorted(known))}"
                )
        pairs = [pair for pair in pairs if pair.set in sets]
    evaluation = evaluate_entailment(load_entailment(model), pairs)
    if output is not None:
        write_text(output, to_json(evaluation))
    write_stdout(to_text(evaluation))
