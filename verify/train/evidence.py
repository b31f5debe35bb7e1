"""Fit the scorer that tells how a passage of an archive bears on a claim.

    python -m verify.train.evidence seeds/stories/train --entailment ../shared/nli/v0

A multinomial logistic regression over the labelled stories with their archives, on the claims that the program
finds in both. The thresholds are those at which the F1 of each relation is best, each story scored by a model
that was fitted on the others (five folds).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from verify.evaluate.archives import Link, archive_of, links_of
from verify.evaluate.gold import Story, aligned, load_stories
from verify.evidence.bearing import Held
from verify.evidence.scorer import FEATURES, FILE, LABELS, UNASKED
from verify.files import write_whole
from verify.models.protocols import Matrix
from verify.types import Claim

if TYPE_CHECKING:
    from verify.config import Config
    from verify.pipeline import Models

STRENGTH = 0.3
"""Inverse of the weight of the penalty, as in `verify.train.relations`."""

PROMISE = 0.05
"""Probability of any relation from which the entailment model is asked."""

FOLDS = 5
GRID = np.arange(0.15, 0.8, 0.025)
IGNORED = -1
"""The label of a pair that the annotation says nothing about: another passage of a document that is linked."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs of all stories: features (n, len(FEATURES)), labels (indices into LABELS, or IGNORED), the story of
    each, and the claim's sentence with the document: what is told of once, whatever the number of pairs.
    """

    features: Matrix
    labels: Sequence[int]
    stories: Sequence[int]
    places: Sequence[tuple[int, int, str]]
    wanted: frozenset[tuple[tuple[int, int, str], int]]


def examples(stories: Sequence[Story], folder: Path, models: Models, config: Config) -> Examples:
    """The pairs of all `stories`, labelled by the links in the files of `folder`."""
    from verify.evidence import Library
    from verify.evidence.bearing import hold
    from verify.pipeline import read
    from verify.relate import see

    rows: list[Matrix] = []
    labels: list[int] = []
    numbers: list[int] = []
    places: list[tuple[int, int, str]] = []
    wanted: set[tuple[tuple[int, int, str], int]] = set()
    for number, story in enumerate(stories):
        with tempfile.TemporaryDirectory() as aside, archive_of(folder, story, Path(aside), models.encoder) as archive:
            library = Library(archive, lambda d: read(d, models).claims, models.registry, models.encoder)
            claims = read(story.document, models).claims
            seen = see(claims, story.document, models.registry, models.encoder)
            links = links_of(folder, story)
            own = {link.document for link in links}
            for held in hold(story.document, seen, library, models.entailment, None):
                rows.append(held.features)
                labels += _labels(story, claims, held, links)
                numbers += [number] * len(held.pairs)
                places += [(number, int(claims[i].sentence[1:]), held.document) for i, _ in held.pairs]
            del own
        typer.echo(f"{story.name}: {len(labels)} pairs", err=True)
    return Examples(np.concatenate(rows), labels, numbers, places, frozenset(wanted))


def _labels(story: Story, claims: Sequence[Claim], held: Held, links: Sequence[Link]) -> Iterator[int]:
    gold = aligned(story, claims)
    for i, j in held.pairs:
        mine = [x for x in links if x.document == held.document and x.claim in gold[claims[i].id]]
        content = held.archived.facts[j].claim.content
        here = [x for x in mine if any(s.overlaps(x.span) for s in content)]
        related = [x.relation for x in here if x.relation in LABELS]
        if related:
            yield LABELS.index(related[0])
        else:
            yield IGNORED if any(x.relation in LABELS or x.relation == "misquote" for x in mine) else 0
