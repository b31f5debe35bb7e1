"""Fit the weights by which a statement in a draft's own voice is found to accuse.

    python -m verify.train.accusing seeds/own-voice seeds/stories/train seeds/stories/more

From the statements that the program finds in the labelled stories, those that their editors wanted a source
for against the others; and from sentences that were written for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from verify.accusing import FILE, own_statements, statement_of
from verify.errors import InputError
from verify.evaluate.gold import Story, aligned, load_stories
from verify.files import write_text
from verify.models.protocols import Matrix
from verify.types import Claim

STRENGTH = 3.0
"""Inverse of the weight of the penalty; by ten-fold cross-validation over the training stories."""

Statement = tuple[str, bool]
"""A statement, and whether it accuses."""


def written(folder: Path) -> list[Statement]:
    """The sentences of `accusing.txt` and `plain.txt`, one a line. Raises InputError."""
    try:
        return [
            (line, name == "accusing")
            for name in ("accusing", "plain")
            for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
            if line
        ]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            str(folder), f"can't be read ({error})", "give a folder such as seeds/own-voice"
        ) from error


def labelled(story: Story, claims: Sequence[Claim]) -> Iterator[Statement]:
    """The statements of a story, by what its editors wanted a source for."""
    gold = aligned(story, claims)
    for claim in own_statements(claims):
        yield statement_of(claim, story.document), bool(gold[claim.id] & story.needs_source)


def fit(vectors: Matrix, accuses: NDArray[np.bool_], encoder: str) -> dict[str, object]:
    """The weights as their file holds them, from vectors of shape (n, dimension) and labels of shape (n,)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(vectors, accuses)
    return {
        "encoder": encoder,
        "bias": round(float(model.intercept_[0]), 4),
        "weights": [round(float(weight), 4) for weight in model.coef_[0]],
    }


def main(
    sentences: Annotated[Path, typer.Argument(help="A folder with accusing.txt and plain.txt.")],
    stories: Annotated[list[Path], typer.Argument(help="Folders of labelled stories.")],
    output: Annotated[Path, typer.Option(help="Where to write the weights.")] = FILE,
) -> None:
    """Fit the weights on labelled stories and on sentences that were written for it."""
    from verify.config import Config
    from verify.pipeline import load_models, read

    models = load_models(Config())
    statements = written(sentences)
    for story in (story for folder in stories for story in load_stories(folder)):
        statements += labelled(story, read(story.document, models).claims)
    vectors = models.encoder.encode([text for text, _ in statements])
    table = fit(vectors, np.array([accuses for _, accuses in statements]), models.encoder.name)
    text = json.dumps(table) + "\n"
    write_text(output, text)


if __name__ == "__main__":
    typer.run(main)
