"""Fit the scorer that tells how a passage of an archive bears on a claim.

    python -m verify.train.evidence seeds/stories/train \
        --entailment checkpoints/crossfit/part-0/exported --entailment checkpoints/crossfit/part-1/exported

A multinomial logistic regression over the labelled stories with their archives: the claims that the
program finds in the stories, and the sentences of the archives. The thresholds are those at which the F1 of
the links is best, each story scored by weights that were fitted on the others (five folds).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from verify.evaluate.archives import Link, archive_of, links_of, place_of
from verify.evaluate.gold import Story, aligned
from verify.evaluate.stories import sentence_of_claim
from verify.evidence.bearing import Held
from verify.evidence.library import Library
from verify.evidence.scorer import FEATURES, FILE, LABELS, UNASKED
from verify.files import write_text
from verify.models.protocols import Matrix
from verify.train.crossfit import Judges, dealt
from verify.train.relations import named, require_each
from verify.types import Claim, RelationType

if TYPE_CHECKING:
    from verify.pipeline import Models

STRENGTH = 1.0
"""Inverse of the weight of the penalty on standardised features; by cross-validation over the stories."""

PROMISE = 0.08
"""Probability of any relation from which the entailment model is asked."""

FOLDS = 5
GRID = tuple(np.arange(0.25, 0.8, 0.025))
"""Thresholds to choose from. Lower ones raise the F1 a little, with more than half of the links wrong; a
false link costs an editor's trust, so precision goes first."""

LEAST_ALARM = 0.3
"""The lowest threshold for a contradiction, which is told as a finding: at lower ones most were wrong."""

QUOTED = frozenset({RelationType.MISQUOTE.value, RelationType.WRONG_SPEAKER.value})
IGNORED = -1
"""The label of a pair whose claim, or one that it agrees or clashes with, is linked to that document by
another sentence, or as a quotation."""

Place = tuple[int, str, str]
"""A story by its number, a claim of it, and an archived document."""

Told = tuple[int, int, str, int]
"""A story, a sentence of it, an archived document, and an index into LABELS: what is counted once."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs of claims of some stories and sentences of their archives.

    Features (n, len(FEATURES)); labels, indices into LABELS or IGNORED; the story of each pair, its place,
    the labelled sentence that the claim stands in (None where it's in none). `wanted` are the links of the
    labels, `quoted` the sentences and documents whose quotations are looked up in the place of this, and
    `copies` the documents of a story that carry one copy, by any one of them.
    """

    features: Matrix
    labels: tuple[int, ...]
    places: tuple[Place, ...]
    sentences: tuple[int | None, ...]
    wanted: frozenset[Told]
    quoted: frozenset[tuple[int, int, str]]
    copies: Mapping[tuple[int, str], frozenset[str]]

    def of(self, stories: frozenset[int]) -> Matrix:
        """Which pairs are of these stories, shape (n,)."""
        return np.array([place[0] in stories for place in self.places])


def examples(stories: Iterable[tuple[Story, Models]]) -> Examples:
    """All pairs of `stories`, labelled by their links."""
    from verify.evidence.bearing import hold
    from verify.pipeline import library_of, read
    from verify.relate import see

    rows: list[Matrix] = []
    labels: list[int] = []
    places: list[Place] = []
    sentences: list[int | None] = []
    wanted: set[Told] = set()
    quoted: set[tuple[int, int, str]] = set()
    copies: dict[tuple[int, str], frozenset[str]] = {}
    for number, (story, models) in enumerate(stories):
        links = links_of(story.file)
        standing = {claim.id: claim.sentence for claim in story.claims}
        wanted |= {
            (number, standing[x.claim], x.document, LABELS.index(x.relation))
            for x in links
            if x.relation in LABELS
        }
        quoted |= {(number, standing[x.claim], x.document) for x in links if x.relation in QUOTED}
        claims = read(story.document, models).claims
        seen = see(claims, story.document, models.registry, models.encoder)
        gold = aligned(story, claims)
        with archive_of({"": story.file}, models.encoder) as archive:
            library = library_of(archive, models)
            for held in hold(story.document, seen, library, models.entailment, None):
                rows.append(held.features)
                labels += _labels(story, claims, gold, held, library, links)
                places += [(number, claims[i].id, held.document) for i, _ in held.pairs]
                sentences += [sentence_of_claim(story, claims[i]) for i, _ in held.pairs]
                origin = library.origin(held.document)
                copies[number, held.document] = frozenset(
                    other for other in library.found() if library.origin(other) == origin
                )
        typer.echo(f"{story.name}: {len(labels)} pairs so far", err=True)
    return Examples(
        np.concatenate(rows),
        tuple(labels),
        tuple(places),
        tuple(sentences),
        frozenset(wanted),
        frozenset(quoted),
        copies,
    )


def _labels(
    story: Story,
    claims: Sequence[Claim],
    gold: Mapping[str, frozenset[str]],
    held: Held,
    library: Library,
    links: Sequence[Link],
) -> Iterator[int]:
    text = library.record(held.document).document.text
    told = [x for x in links if x.document == held.document and x.relation in {*LABELS, *QUOTED}]
    near = related(story, {x.claim for x in told})
    for i, j in held.pairs:
        mine = [x for x in told if x.claim in gold[claims[i].id]]
        sentence = held.told.facts[j].claim.span
        here = [
            x.relation
            for x in mine
            if x.relation in LABELS
            and (place := place_of(x.passage, text)) is not None
            and sentence.overlaps(place)
        ]
        yield LABELS.index(here[0]) if here else IGNORED if mine or near & gold[claims[i].id] else 0


def related(story: Story, claims: Set[str]) -> frozenset[str]:
    """The labelled claims that contradict or support one of `claims`."""
    pairs = (*story.conflicts, *story.supports)
    return frozenset(b for pair in pairs for a, b in (pair, pair[::-1]) if a in claims)


def fit(given: Examples, chosen: Matrix) -> dict[str, object]:
    """The weights, as the scorer's file holds them, by the pairs that are `chosen`, shape (n,).

    Raises InputError where a relation is missing among them.
    """
    labels = np.array(given.labels)
    known = chosen & (labels != IGNORED)
    require_each(LABELS, labels[known], "links")
    unasked = [FEATURES.index(name) for name in UNASKED]
    ((gate,), (gate_bias,)) = _regression(given.features[known][:, unasked], labels[known] > 0)
    promising = given.features[:, unasked] @ gate + gate_bias >= np.log(PROMISE / (1 - PROMISE))
    rows, biases = _regression(given.features[known & promising], labels[known & promising])
    return {
        "gate": {
            "weights": named(UNASKED, gate),
            "bias": round(float(gate_bias), 4),
            "promise": PROMISE,
        },
        "weights": {label: named(FEATURES, row) for label, row in zip(LABELS, rows, strict=True)},
        "biases": {label: round(float(b), 4) for label, b in zip(LABELS, biases, strict=True)},
    }


def _regression(features: Matrix, labels: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    """Weights, a row for each class, and biases, for the features as they are.

    The penalty is on standardised ones; a class against one other has one row.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(features), labels)
    rows: Matrix = model.coef_ / scaler.scale_
    biases: Matrix = model.intercept_ - rows @ scaler.mean_
    return rows, biases


def thresholds(given: Examples) -> dict[str, float]:
    """The probabilities from which to tell of each relation, by cross-validation over the stories."""
    probabilities = _held_out(given)
    chosen = dict.fromkeys(LABELS[1:], 0.3)
    for _ in range(3):
        for label in LABELS[1:]:
            grid = [t for t in GRID if label != RelationType.CONTRADICTS or t >= LEAST_ALARM]
            chosen[label] = max(grid, key=lambda t: f1(given, probabilities, {**chosen, label: float(t)}))
    return {label: round(float(least), 3) for label, least in chosen.items()}


def _held_out(given: Examples) -> Matrix:
    """Probabilities, shape (n, len(LABELS)), of each story by weights that were fitted on other ones."""
    from verify.evidence.scorer import scorer_of

    stories = sorted({place[0] for place in given.places})
    order = np.random.default_rng(0).permutation(stories)
    rows: Matrix = np.zeros((len(given.labels), len(LABELS)), dtype=np.float32)
    for fold in range(FOLDS):
        out = given.of(frozenset(int(n) for n in order[fold::FOLDS]))
        rest = np.logical_not(out)
        scorer = scorer_of({**fit(given, rest), "thresholds": dict.fromkeys(LABELS[1:], 0.5)})
        promising = np.array(scorer.promising(given.features))
        rows[out & promising] = scorer.probabilities(given.features[out & promising])
    return rows


def f1(given: Examples, probabilities: Matrix, least: Mapping[str, float]) -> float:
    """The F1 of the links, in 0..1: each claim has the surest relation to a document, and to its copies."""
    best: dict[Place, tuple[float, int, int | None]] = {}
    for row, place, sentence in zip(probabilities, given.places, given.sentences, strict=True):
        for k, label in enumerate(LABELS[1:], start=1):
            if row[k] >= least[label] and row[k] > best.get(place, (0.0, 0, 0))[0]:
                best[place] = (float(row[k]), k, sentence)
    told = {
        (place[0], sentence, other, k)
        for place, (_, k, sentence) in best.items()
        for other in given.copies[place[0], place[2]]
        if (place[0], sentence, other) not in given.quoted
    }
    right = len(told & given.wanted)
    return 2 * right / max(len(told) + len(given.wanted), 1)


def main(
    stories: Annotated[list[Path], typer.Argument(help="Folders of labelled stories.")],
    entailment: Judges = None,
    output: Annotated[Path, typer.Option(help="Where to write the weights.")] = FILE,
) -> None:
    """Fit the scorer on labelled stories and their archives, by entailment models that haven't seen them."""
    from verify.config import load_config, shipped

    config = load_config(Path(), path=shipped("default"))
    given = examples(dealt(stories, config, entailment or ()))
    least = thresholds(given)
    table = fit(given, np.ones(len(given.labels), dtype=bool)) | {"thresholds": least}
    text = json.dumps(table, indent=1) + "\n"
    write_text(output, text)
    found = f1(given, _held_out(given), least)
    typer.echo(f"F1 of the links on stories held out in turn: {100 * found:.1f}", err=True)


if __name__ == "__main__":
    typer.run(main)
