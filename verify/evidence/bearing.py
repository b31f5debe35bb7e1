"""How an archive bears on the claims of a draft: claim by claim, as within a story, and then by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from verify.evidence.candidates import documents_for, pairs_for
from verify.evidence.library import Library
from verify.evidence.scorer import RELATIONS, Between, Scorer, Told, between, with_archive
from verify.language.values import Agreement, find_values
from verify.models.entailment import LABELS
from verify.models.protocols import Entailment, Matrix
from verify.relate import Seen, pair_features
from verify.relate.features import Facts
from verify.relate.reasons import reason_of
from verify.relate.slots import compare_dates, compare_figures, kind_of
from verify.types import Document, Evidence, RelationType, Span, Stance


class _Unasked:
    """Stands in for the entailment model as long as that isn't asked."""

    name = "none"

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Nothing known of any pair."""
        return np.zeros((len(pairs), len(LABELS)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Held:
    """A draft held against an archived document: pairs (i, j) of claims, and their features.

    Those have the shape (len(pairs), len(FEATURES)).
    """

    document: str
    archived: Seen
    pairs: Sequence[tuple[int, int]]
    features: Matrix


def hold(
    draft: Document, seen: Seen, library: Library, entailment: Entailment, scorer: Scorer | None
) -> list[Held]:
    """Compare the claims of a draft with those of the archived documents on the same matter.

    The entailment model is asked about the pairs that `scorer` finds promising, about all without one.
    """
    held = []
    for id_ in documents_for(draft, seen, library):
        archived = library.seen(id_)
        whole = between(draft, library.record(id_).document.published, seen, archived)
        pairs = pairs_for(seen, archived)
        if scorer is not None:
            chances = scorer.promising(_features(seen, archived, pairs, _Unasked(), whole))
            pairs = [pair for pair, promising in zip(pairs, chances, strict=True) if promising]
        held.append(Held(id_, archived, pairs, _features(seen, archived, pairs, entailment, whole)))
    return held


def _features(
    seen: Seen, archived: Seen, pairs: Sequence[tuple[int, int]], entailment: Entailment, whole: Between
) -> Matrix:
    rows = pair_features(seen, archived, pairs, entailment)
    facts = [(seen.facts[i], archived.facts[j]) for i, j in pairs]
    cosines = seen.vectors @ archived.vectors.T
    passages = seen.vectors @ archived.passages.T
    asked = entailment.predict([(b.context, a.text) for a, b in facts])
    told = [
        Told(
            *_as_claimed(a, row),
            cosine=float(passages[i, j]),
            best=bool(cosines[i, j] >= cosines[i].max()),
            values=find_values(b.context),
        )
        for (i, j), (a, b), row in zip(pairs, facts, asked, strict=True)
    ]
    return with_archive(rows, facts, whole, told)


def _as_claimed(claim: Facts, row: Matrix) -> tuple[float, float]:
    """How probable it is that a passage bears a claim out and that it contradicts it.

    What entails the proposition contradicts the one who denies it.
    """
    entails, clashes = float(row[LABELS.index("entailment")]), float(row[LABELS.index("contradiction")])
    return (clashes, entails) if claim.claim.stance is Stance.DENIES else (entails, clashes)


def bearings(seen: Seen, held: Sequence[Held], library: Library, scorer: Scorer) -> Iterator[Evidence]:
    """What bears on each claim: of each document the passage that does so most surely."""
    for one in held:
        best: dict[int, tuple[float, int, RelationType]] = {}
        for (i, j), row in zip(one.pairs, scorer.probabilities(one.features), strict=True):
            for relation, chance, least in zip(RELATIONS, row, scorer.thresholds, strict=True):
                told = relation is not None and chance >= least
                if told and relation is not None and chance > best.get(i, (0.0, 0, relation))[0]:
                    best[i] = (float(chance), j, relation)
        for i, (chance, j, relation) in sorted(best.items()):
            yield _evidence(seen, one, i, j, relation, chance, library)


def _evidence(  # noqa: PLR0917 (a pair and what is known of it)
    seen: Seen, held: Held, i: int, j: int, relation: RelationType, score: float, library: Library
) -> Evidence:
    a, b = seen.facts[i], held.archived.facts[j]
    figures = compare_figures(a.text, a.values, b.text, b.values)
    by_figures = figures[0] is Agreement.DIFFERENT and relation is not RelationType.SUPPORTS
    by_dates = compare_dates(a.values, b.values)[0] is Agreement.DIFFERENT and not by_figures
    spans = b.claim.content or (b.claim.span,)
    document = library.record(held.document).document
    block = next(k.span for k in document.blocks if k.span.overlaps(spans[0]))
    speaker = b.claim.source.name if b.claim.source is not None else None
    around = Span(min(b.claim.span.start, spans[0].start), max(b.claim.span.end, spans[-1].end))
    around = Span(max(around.start, min(block.start, spans[0].start)), around.end)
    return Evidence(
        claim=a.claim.id,
        passage=library.passage(held.document, around, speaker=speaker),
        span=Span(spans[0].start, spans[-1].end),
        relation=relation,
        kind=kind_of(a.text, b.text, (a.claim.role,), figures=by_figures, dates=by_dates),
        score=round(score, 3),
        reason=reason_of(a, b, _as_within(relation), figures=figures if by_figures else None),
    )


def _as_within(relation: RelationType) -> RelationType:
    return RelationType.CONTRADICTS if relation is RelationType.UPDATE else relation
