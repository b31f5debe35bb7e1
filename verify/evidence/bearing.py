"""How an archive bears on the claims of a draft: claim by claim, as within a story, and then by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from verify.evidence.candidates import documents_for, pairs_for
from verify.evidence.library import Library
from verify.evidence.scorer import FEATURES, RELATIONS, Between, Scorer, Told, between, with_archive
from verify.language.values import Agreement, Value, ValueKind
from verify.models.entailment import LABELS
from verify.models.protocols import Entailment, Matrix
from verify.relate import Seen, pair_features
from verify.relate.features import Facts, facts_of
from verify.relate.reasons import reason_of
from verify.relate.slots import compare_dates, compare_figures, kind_of
from verify.types import Document, Evidence, Passage, RelationType, Source, Span, Stance

SUPPORTED = tuple(map(FEATURES.index, ("support_both", "told_support")))
CONTRADICTED = tuple(map(FEATURES.index, ("contradiction_both", "told_contradiction")))
CLEAR = 0.5
"""Probability from which the entailment model is clear, each way it is asked."""

LONG_AGO = 60
"""Days before a draft from which what it dates is another event, and no earlier state of this one."""


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
        archived, document = library.seen(id_), library.record(id_).document
        whole = between(draft, document.published, seen, archived)
        as_told = [replace(f.claim, proposition=f.context) for f in archived.facts]
        passages = facts_of(as_told, document, library.registry)
        pairs = pairs_for(seen, archived)
        if scorer is not None:
            chances = scorer.promising(_features(seen, archived, passages, pairs, _Unasked(), whole))
            pairs = [pair for pair, promising in zip(pairs, chances, strict=True) if promising]
        features = _features(seen, archived, passages, pairs, entailment, whole)
        held.append(Held(id_, archived, pairs, features))
    return held


def _features(
    seen: Seen,
    archived: Seen,
    passages: Sequence[Facts],
    pairs: Sequence[tuple[int, int]],
    entailment: Entailment,
    whole: Between,
) -> Matrix:
    rows = pair_features(seen, archived, pairs, entailment)
    facts = [(seen.facts[i], archived.facts[j]) for i, j in pairs]
    cosines = seen.vectors @ archived.vectors.T
    near = seen.vectors @ archived.passages.T
    asked = entailment.predict([(b.context, a.text) for a, b in facts])
    told = [
        Told(
            *_as_claimed(a, row),
            cosine=float(near[i, j]),
            best=bool(cosines[i, j] >= cosines[i].max()),
            passage=passages[j],
        )
        for (i, j), (a, _), row in zip(pairs, facts, asked, strict=True)
    ]
    return with_archive(rows, facts, whole, told)


def _as_claimed(claim: Facts, row: Matrix) -> tuple[float, float]:
    """How probable it is that a passage bears a claim out and that it contradicts it.

    What entails the proposition contradicts the one who denies it.
    """
    entails, clashes = float(row[LABELS.index("entailment")]), float(row[LABELS.index("contradiction")])
    return (clashes, entails) if claim.claim.stance is Stance.DENIES else (entails, clashes)


def bearings(
    draft: Document, seen: Seen, held: Sequence[Held], library: Library, scorer: Scorer
) -> Iterator[Evidence]:
    """What bears on each claim: of each document the passage that does so most surely."""
    for one in held:
        best: dict[int, _Bearing] = {}
        chances = scorer.probabilities(one.features)
        for (i, j), row, features in zip(one.pairs, chances, one.features, strict=True):
            for relation, chance, least in zip(RELATIONS, row, scorer.thresholds, strict=True):
                surer = i not in best or chance > best[i].score
                if relation is not None and chance >= least and surer:
                    sure = _where_clear(relation, features)
                    best[i] = _Bearing(seen.facts[i], one.archived.facts[j], sure, float(chance))
        for _, bearing in sorted(best.items(), key=lambda item: item[0]):
            timed = _in_time(bearing, draft.published, library.record(one.document).document.published)
            if timed is not None:
                yield _evidence(timed, one.document, library)


def _where_clear(relation: RelationType, features: Matrix) -> RelationType:
    """The relation, corrected where the entailment model says the opposite of it whichever way it is asked.

    Words in common tell the scorer that two claims are on one thing; "open" for "closed" is lost on it.
    """
    support = min(features[k] for k in SUPPORTED)
    contradiction = min(features[k] for k in CONTRADICTED)
    if relation is RelationType.SUPPORTS and contradiction >= CLEAR:
        return RelationType.CONTRADICTS
    if relation is RelationType.CONTRADICTS and support >= CLEAR:
        return RelationType.SUPPORTS
    return relation


@dataclass(frozen=True, slots=True)
class _Bearing:
    """A claim of a draft, and what a claim of an archived document does to it."""

    own: Facts
    archived: Facts
    relation: RelationType
    score: float

    @property
    def figures(self) -> tuple[Value, Value] | None:
        """The two figures for one thing that differ, where that is what sets the claims apart."""
        if self.relation is RelationType.SUPPORTS:
            return None
        agreement, one, other = compare_figures(
            self.own.text, self.own.values, self.archived.text, self.archived.values
        )
        different = agreement is Agreement.DIFFERENT and one is not None and other is not None
        return (one, other) if different and one is not None and other is not None else None


def _in_time(bearing: _Bearing, published: date | None, archived: date | None) -> _Bearing | None:
    """What time makes of it: a later figure contradicts nothing, and an earlier one overtakes nothing.

    What the draft tells of an earlier event, by its date, isn't overtaken by a later one; and a document from
    long before speaks of another event, unless the draft's claim does too.
    """
    if published is not None and archived is not None and (published - archived).days > LONG_AGO:
        return bearing if _is_past(bearing.own, published) else None
    later = published is not None and archived is not None and archived > published
    relation = bearing.relation
    if relation is RelationType.CONTRADICTS and later and bearing.figures is not None:
        relation = RelationType.UPDATE
    if relation is RelationType.UPDATE and not later:
        relation = RelationType.CONTRADICTS
    if relation is RelationType.UPDATE and published is not None and _is_past(bearing.own, published):
        return None
    return replace(bearing, relation=relation)


def _is_past(facts: Facts, published: date) -> bool:
    """Whether a claim is on what was long over when it was published, as far as it has a date."""
    dates = [v for v in facts.values if v.kind is ValueKind.DATE]
    return any(v.high < published.toordinal() - LONG_AGO for v in dates)


def _evidence(bearing: _Bearing, document: str, library: Library) -> Evidence:
    a, b, figures = bearing.own, bearing.archived, bearing.figures
    spans = b.claim.content or (b.claim.span,)
    span = Span(spans[0].start, spans[-1].end)
    speaker = b.claim.source.name if b.claim.source is not None else None
    passage = library.passage(document, library.record(document).around(span), speaker=speaker)
    dates = compare_dates(a.values, b.values)[0] is Agreement.DIFFERENT and figures is None
    within = RelationType.CONTRADICTS if bearing.relation is RelationType.UPDATE else bearing.relation
    reason = reason_of(
        a,
        _told_by(b, passage),
        within,
        figures=(Agreement.DIFFERENT, *figures) if figures is not None else None,
    )
    return Evidence(
        claim=a.claim.id,
        passage=passage,
        span=span,
        relation=bearing.relation,
        kind=kind_of(a.text, b.text, (a.claim.role,), figures=figures is not None, dates=dates),
        score=round(bearing.score, 3),
        reason=reason,
    )


def _told_by(facts: Facts, passage: Passage) -> Facts:
    """The facts of an archived claim, its own voice by the name of the paper, which is not the draft's."""
    if facts.claim.source is not None:
        return facts
    name = passage.publisher or passage.document
    source = Source(name, None, name, anonymous=False)
    return replace(facts, claim=replace(facts.claim, source=source))
