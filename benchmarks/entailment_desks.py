"""How the recipe does on desks of the news pairs that it hasn't seen: two held out at a time, until all were.

    python benchmarks/entailment_desks.py --config configs/train-desks.toml

Every turn starts from the same base and learns the same short mixture, less the news pairs of two desks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verify.evaluate.entailment import Evaluation, Score, evaluate_entailment, to_json, to_text
from verify.files import write_text
from verify.models.entailment import load_entailment
from verify.train.entailment import train
from verify.train.pairs import by_set, read_pairs
from verify.train.settings import TrainSettings, load_settings

TURNS = (("war", "business"), ("politics", "numbers"), ("accidents", "denials"), ("science", "war"))
NEWS = Path("seeds/news-pairs")


def main(
    config: Annotated[Path, typer.Option()] = Path("configs/train-desks.toml"),
    output: Annotated[Path, typer.Option()] = Path("benchmarks/results/entailment-desks.json"),
) -> None:
    """Train once for each of TURNS and score the two desks that were held out."""
    settings = load_settings(config)
    sets = by_set(read_pairs(NEWS))
    scores: dict[str, Score] = {}
    phenomena: dict[str, tuple[Score, ...]] = {}
    for turn in TURNS:
        trained = train(without(settings, turn))
        pairs = [pair for desk in turn for pair in sets[desk]]
        evaluation = evaluate_entailment(load_entailment(str(trained.folder)), pairs)
        print(to_text(evaluation), flush=True)
        for score in evaluation.sets:
            scores.setdefault(score.name, score)
            phenomena.setdefault(score.name, evaluation.phenomena[score.name])
        so_far = Evaluation(f"{settings.output.name}, each desk held out", tuple(scores.values()), phenomena)
        write_text(output, to_json(so_far))
    total = sum(score.pairs * score.accuracy for score in scores.values()) / sum(
        s.pairs for s in scores.values()
    )
    print(f"all desks {100 * total:.1f}")


def without(settings: TrainSettings, desks: tuple[str, ...]) -> TrainSettings:
    """The settings with `desks` held out of the news pairs, and an output of their own."""
    sources = [
        source.model_copy(update={"hold_out": desks}) if source.path == NEWS else source
        for source in settings.sources
    ]
    output = settings.output / "-".join(desks)
    return settings.model_copy(update={"sources": tuple(sources), "output": output})


if __name__ == "__main__":
    typer.run(main)
