"""Pairs of claims as their stories tell them, labelled by what the stories' editors marked.

    python -m verify.train.tell seeds/stories/more checkpoints/more-told.jsonl

Of each story its labelled claims, and twice those that the program finds, so that a model learns to live with
the faults of attribution. Claims that contradict each other are a contradiction, whatever their stances make
of their propositions; claims that support each other an entailment.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from verify.files import write_whole
from verify.train.pairs import Pair

SET = "told"
VERDICTS = {"supports": "entailment", "contradicts": "contradiction", "unrelated": "neutral"}
NEUTRALS = 1.5
"""Unrelated pairs that are taken for each related one, of those that the gate lets in."""


def told_pairs(folder: Path, *, seed: int) -> Iterator[Pair]:
    """The pairs of set `told` from every story in `folder`, both ways round where they are related."""
    from verify.config import load_config, shipped
    from verify.relate import promising
    from verify.relate.scorer import LABELS
    from verify.relate.telling import told_pair
    from verify.train.crossfit import dealt
    from verify.train.relations import examples

    config = load_config(Path(), path=shipped("default"))
    stories = [*dealt([folder], config, ())]
    for one, (story, _) in zip(
        examples(stories, config.relate), (s for s in stories for _ in range(2)), strict=True
    ):
        rng = random.Random(f"{seed}/{story.name}")
        labels = dict(zip(one.pairs, one.labels, strict=True))
        related = [pair for pair, label in labels.items() if LABELS[label] != "unrelated"]
        let_in = promising(one.seen, one.seen, one.pairs, config.relate)
        others = [pair for pair in let_in if LABELS[labels[pair]] == "unrelated"]
        others = rng.sample(others, min(len(others), max(10, round(NEUTRALS * len(related)))))
        for i, j in [*related, *others]:
            a, b = one.seen.facts[i], one.seen.facts[j]
            verdict = VERDICTS[LABELS[labels[i, j]]]
            for x, y in ((a, b), (b, a)):
                yield Pair(*told_pair(x, y, story.document.title), verdict, SET, f"x{one.times}", story.name)


def main(folder: Annotated[Path, typer.Argument()], target: Annotated[Path, typer.Argument()]) -> None:
    """Write pairs of claims as their stories tell them."""
    rows = [
        {"premise": p.premise, "hypothesis": p.hypothesis, "label": p.label}
        | {"set": p.set, "phenomenon": p.phenomenon, "group": p.group}
        for p in told_pairs(folder, seed=7)
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_whole(target, lambda aside: aside.write_text(text, encoding="utf-8"))
    typer.echo(f"{len(rows)} pairs")


if __name__ == "__main__":
    typer.run(main)
