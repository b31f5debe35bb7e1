"""Which claims support or contradict each other, how surely, and by which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from verify.attribution.registry import Registry
from verify.config import RelateSettings
from verify.language.values import Agreement
from verify.models.entailment import LABELS
from verify.models.protocols import Encoder, Entailment, Matrix
from verify.relate.candidates import SILENT, comparable, neighbour_pairs
from verify.relate.features import NAMES, Facts, Nearness, answers_by_name, facts_of, features_of
from verify.relate.headline import headline_figures
from verify.relate.reasons import reason_of
from verify.relate.scorer import Scorer, load_scorer
from verify.relate.slots import compare_dates, compare_figures, kind_of
from verify.types import Claim, Document, Relation, RelationType, Stance

SAME_QUESTION = 0.6
"""Cosine from which a source that says nothing certain is taken to speak of the same question."""

CONTRADICTION, SUPPORT, FIGURES_DIFFER, SHARED_WORDS, OPPOSED = (
    NAMES.index(n) for n in ("contradiction", "support", "figures_differ", "shared_words", "opposed")
)

ANSWERED_COSINE = 0.2
"""Cosine from which a denial is held against what is said of the party that denies: it is often brief."""

CLEARLY_NEUTRAL = 0.8
"""Probability of "neutral" from which the other direction isn't worth the time."""

NEUTRAL = LABELS.index("neutral")

SAME_WORDS = 0.6
"""Share of words in common from which two propositions that differ in a date differ in it alone."""


@dataclass(frozen=True, slots=True)
class Related:
    """The relations found, and how many pairs were compared to find them.

    `open_to` pairs the ids of claims whose sources leave a question open with those that raise it.
    """

    relations: tuple[Relation, ...]
    open_to: tuple[tuple[str, str], ...]
    pairs_compared: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Candidate pairs (i, j) of claims with their features, of shape (len(pairs), len(NAMES)).

    On `open_to` see Related.
    """

    facts: Sequence[Facts]
    pairs: Sequence[tuple[int, int]]
    features: Matrix
    open_to: tuple[tuple[str, str], ...]


def relate(
    claims: Sequence[Claim],
    document: Document,
    registry: Registry,
    *,
    encoder: Encoder,
    entailment: Entailment,
    settings: RelateSettings,
    scorer: Scorer | None = None,
) -> Related:
    """Find the relations among `claims` of `document`, in the order of the text."""
    compared = compare(claims, document, registry, encoder=encoder, entailment=entailment, settings=settings)
    probabilities = (scorer or load_scorer()).probabilities(compared.features)
    relations = []
    for (i, j), features, (_, supports, contradicts) in zip(
        compared.pairs, compared.features, probabilities, strict=True
    ):
        a, b = compared.facts[i], compared.facts[j]
        if contradicts >= max(settings.contradicts, supports) and not _agree(a, b, features):
            relations.append(_relation(a, b, RelationType.CONTRADICTS, float(contradicts), features))
        elif supports >= settings.supports and a.claim.source is not None and b.claim.source is not None:
            relations.append(_relation(a, b, RelationType.SUPPORTS, float(supports), features))
    told = {(r.a, r.b) for r in relations}
    relations += [r for r in headline_figures(compared.facts) if (r.a, r.b) not in told]
    return Related(tuple(relations), compared.open_to, len(compared.pairs))


def compare(
    claims: Sequence[Claim],
    document: Document,
    registry: Registry,
    *,
    encoder: Encoder,
    entailment: Entailment,
    settings: RelateSettings,
) -> Compared:
    """Pair the claims and put what can be known of each pair into numbers."""
    facts = facts_of(claims, document, registry)
    texts = [f.text for f in facts]
    vectors = encoder.encode(texts)
    passages = encoder.encode([f.context for f in facts])
    gist = passages @ (passages.sum(axis=0) / max(float(np.linalg.norm(passages.sum(axis=0))), 1e-9))
    floor = min(settings.min_cosine, ANSWERED_COSINE)
    near = neighbour_pairs(vectors, neighbours=settings.neighbours, min_cosine=floor)
    pairs = [
        (i, j)
        for i, j in near
        if comparable(claims[i], claims[j])
        and (vectors[i] @ vectors[j] >= settings.min_cosine or answers_by_name(facts[i], facts[j]))
    ]
    forward, backward = _both_ways(entailment, [(texts[i], texts[j]) for i, j in pairs])
    rows = [
        features_of(
            facts[i],
            facts[j],
            forward[k],
            backward[k],
            Nearness(
                float(vectors[i] @ vectors[j]), float(passages[i] @ passages[j]), float(min(gist[i], gist[j]))
            ),
        )
        for k, (i, j) in enumerate(pairs)
    ]
    features: Matrix = np.stack(rows) if rows else np.zeros((0, len(NAMES)), dtype=np.float32)
    return Compared(facts, pairs, features, tuple(_open(claims, vectors, near)))


def _agree(a: Facts, b: Facts, features: Matrix) -> bool:
    """Whether a pair can’t contradict: both deny, one date is told alike, or the model clearly says so."""
    both_deny = a.claim.stance is b.claim.stance is Stance.DENIES
    one_date = _same_but_for_dates(features) and compare_dates(a.values, b.values)[0] is Agreement.SAME
    return both_deny or one_date or bool(features[SUPPORT] > 0.5 and features[CONTRADICTION] < 0.1)


def _same_but_for_dates(features: Matrix) -> bool:
    """Whether two propositions share so many words that a date is what may set them apart."""
    return bool(features[SHARED_WORDS] >= SAME_WORDS and not features[OPPOSED])


def _both_ways(entailment: Entailment, pairs: Sequence[tuple[str, str]]) -> tuple[Matrix, Matrix]:
    """The model's rows, shape (len(pairs), 3), for the pairs and for the pairs turned round.

    What is clearly neutral one way isn't asked the other way, and counts as equally neutral there.
    """
    forward = entailment.predict(pairs)
    backward = forward.copy()
    unclear = [k for k, row in enumerate(forward) if row[NEUTRAL] < CLEARLY_NEUTRAL]
    if unclear:
        backward[unclear] = entailment.predict([(pairs[k][1], pairs[k][0]) for k in unclear])
    return forward, backward


def _open(
    claims: Sequence[Claim], vectors: Matrix, near: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """Which claims leave open what which other claims raise."""
    for i, j in near:
        for silent, raised in ((claims[i], claims[j]), (claims[j], claims[i])):
            apart = silent.party != raised.party and raised.stance not in SILENT
            if silent.stance in SILENT and apart and vectors[i] @ vectors[j] >= SAME_QUESTION:
                yield silent.id, raised.id


def _relation(a: Facts, b: Facts, relation: RelationType, score: float, features: Matrix) -> Relation:
    figures = compare_figures(a.text, a.values, b.text, b.values)
    dates = compare_dates(a.values, b.values)
    by_figures = bool(features[FIGURES_DIFFER]) and relation is RelationType.CONTRADICTS
    by_dates = dates[0] is Agreement.DIFFERENT and not by_figures and _same_but_for_dates(features)
    kind = kind_of(a.text, b.text, (a.claim.role, b.claim.role), figures=by_figures, dates=by_dates)
    return Relation(
        a=a.claim.id,
        b=b.claim.id,
        relation=relation,
        kind=kind,
        score=round(score, 3),
        reason=reason_of(a, b, relation, figures=figures if by_figures else None),
    )
