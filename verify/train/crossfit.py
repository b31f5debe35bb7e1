"""Entailment models that haven't seen some of the labelled stories, to fit scorers on all of them.

    python -m verify.train.crossfit configs/train-crossfit.toml --calibrate ../shared/nli/dev.jsonl.gz

A scorer that is fitted where the entailment model was trained trusts it too much (the leak of stacked
generalization, Wolpert 1992, Neural Networks 5(2)). So the stories are dealt into parts, and for each part
there is a model that is trained as the bundled one, but without that part; it alone judges the part.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.evaluate.gold import Story, load_stories
from verify.train.pairs import read_pairs
from verify.train.settings import SourceSettings, TrainSettings, load_settings

if TYPE_CHECKING:
    from verify.config import Config
    from verify.pipeline import Models

PARTS = 2

CALIBRATING = 2000
"""Pairs that a temperature is fitted on: it is one number."""

Judges = Annotated[
    list[str] | None,
    typer.Option(help="An entailment model that hasn't seen the stories, or one for each part of them."),
]


def dealt(
    folders: Sequence[Path], config: Config, entailment: Sequence[str]
) -> Iterator[tuple[Story, Models]]:
    """Each story of `folders` with models whose entailment model hasn't seen it.

    Of n entailment models the k-th judges every n-th story of a folder.

    A single one is taken to have seen none of them; with none given, the configured one judges all.
    """
    from verify.config import override
    from verify.pipeline import load_models

    judges = [load_models(override(config, entailment=name)) for name in entailment] or [load_models(config)]
    for folder in folders:
        for number, story in enumerate(load_stories(folder)):
            yield story, judges[number % len(judges)]


def without(settings: TrainSettings, part: int, parts: int) -> TrainSettings:
    """The settings with every `parts`-th story held out from number `part` on, and their own output."""

    def held_out(source: SourceSettings) -> SourceSettings:
        names = [file.stem for file in sorted(source.path.glob("*.json"))]
        return source.model_copy(update={"hold_out": tuple(names[part::parts])})

    sources = tuple(held_out(s) if s.kind == "stories" else s for s in settings.sources)
    return settings.model_copy(update={"sources": sources, "output": settings.output / f"part-{part}"})


def main(
    config: Annotated[Path, typer.Argument(help="Settings of the training.")],
    calibrate: Annotated[Path, typer.Option(help="Labelled pairs to fit the temperatures on.")],
    parts: Annotated[int, typer.Option(min=2)] = PARTS,
) -> None:
    """Train and export one model for each part of the stories; prints where they are."""
    from verify.train.calibrate import temperature_of
    from verify.train.entailment import train
    from verify.train.export import export_entailment

    settings = load_settings(config)
    pairs = read_pairs(calibrate)
    pairs = tuple(random.Random(settings.seed).sample(pairs, min(CALIBRATING, len(pairs))))
    for part in range(parts):
        trained = train(without(settings, part, parts))
        target = settings.output / f"part-{part}" / "exported"
        temperature = temperature_of(trained.folder, pairs, max_tokens=settings.max_tokens)
        export_entailment(
            trained.folder, target, name=f"part-{part}", precision="fp16", temperature=temperature
        )
        typer.echo(str(target))


if __name__ == "__main__":
    typer.run(main)
