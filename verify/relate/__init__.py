"""Which claims support or contradict each other, how surely, and by which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from verify.attribution.registry import Registry
from verify.config import RelateSettings
from verify.language.values import Agreement
from verify.models.cascade import steps
from verify.models.entailment import both_ways
from verify.models.protocols import Encoder, Entailment, Matrix
from verify.relate.candidates import SILENT, comparable, neighbour_pairs
from verify.relate.features import NAMES, Facts, Nearness, answered, facts_of, features_of
from verify.relate.headline import headline_figures
from verify.relate.reasons import reason_of
from verify.relate.scorer import Gate, Scorer, load_scorer
from verify.relate.slots import PART, at_odds, compare_dates, kind_of, set_against
from verify.relate.tolls import clashing_tolls, counted_apart
from verify.types import Claim, Document, Kind, Relation, RelationType, Stance

SAME_QUESTION = 0.6
"""Cosine from which a source that says nothing certain is taken to speak of the same question."""

FIGURES_DIFFER, SHARED_WORDS, OPPOSED = (
    NAMES.index(name) for name in ("figures_differ", "shared_words", "opposed")
)

LEAST_CLASH = 0.2
"""Probability of a contradiction below which the model's word is no ground for one."""

STRANGE = 0.25
"""Cosine below which two propositions without a word or a party in common are on different matters."""

APART = 4
"""Sentences from which on they are; nearer a denial may leave to the context what it denies."""

CLEARLY_RELATED = 0.9
"""Probability of a relation one way from which the entailment model isn't asked the other way."""

SAME_WORDS = 0.6
"""Share of words in common from which two propositions that differ in a date differ in it alone."""

AT_FIRST = re.compile(
    r"\b(?:initial(?:ly)?|at first|first (?:said|put|reported)|original(?:ly)?)\b", re.IGNORECASE
)
LATER = re.compile(r"\b(?:later|since then|now|revised|raised|lowered|updated)\b", re.IGNORECASE)
"""What tells, of two figures, which was the first and which took its place."""


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

    They are what is left of the `asked` pairs that an entailment model saw. On `open_to` see Related.
    """

    facts: Sequence[Facts]
    pairs: Sequence[tuple[int, int]]
    features: Matrix
    asked: int
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
    compared = compare(
        claims,
        document,
        registry,
        encoder=encoder,
        entailment=entailment,
        settings=settings,
        scorer=scorer,
    )
    pairs = [(compared.facts[i], compared.facts[j]) for i, j in compared.pairs]
    relations = [
        relation
        for a, b, relation in judge(pairs, compared.features, settings, scorer)
        if relation.kind is not Kind.NUMBER or not counted_apart(a, b, document)
    ]
    told = {(r.a, r.b) for r in relations}
    counted = [*headline_figures(compared.facts), *clashing_tolls(compared.facts, document)]
    relations += [r for r in counted if (r.a, r.b) not in told]
    return Related(tuple(relations), compared.open_to, compared.asked)


def judge(
    pairs: Sequence[tuple[Facts, Facts]],
    features: Matrix,
    settings: RelateSettings,
    scorer: Scorer | None = None,
) -> Iterator[tuple[Facts, Facts, Relation]]:
    """Those of `pairs`, with features of shape (len(pairs), len(NAMES)), that have a relation, and which."""
    probabilities = (scorer or load_scorer()).probabilities(features)
    for (a, b), row, (_, supports, contradicts) in zip(pairs, features, probabilities, strict=True):
        if contradicts >= max(settings.contradicts, supports) and not _agree(a, b, row):
            yield a, b, _relation(a, b, RelationType.CONTRADICTS, float(contradicts), row)
        elif supports >= settings.supports and _may_agree(a, b, row):
            yield a, b, _relation(a, b, RelationType.SUPPORTS, float(supports), row)


def compare(
    claims: Sequence[Claim],
    document: Document,
    registry: Registry,
    *,
    encoder: Encoder,
    entailment: Entailment,
    settings: RelateSettings,
    scorer: Scorer | None = None,
) -> Compared:
    """Pair the claims and put what can be known of each pair into numbers.

    The small entailment model is asked about the pairs that promise something before it is, and the larger
    one, where there is one, about those that promise something still: its word is the one that counts, and is
    taken both ways.
    """
    scorer = scorer or load_scorer()
    seen = see(claims, document, registry, encoder)
    near, pairs = pairs_of(claims, seen, settings)
    pairs, features = promising(pairs, unasked_features(seen, seen, pairs), scorer.gate, settings.promise)
    asked = len(pairs)
    quick, *larger = steps(entailment)
    features = ask(features, seen, seen, pairs, quick, both=not larger)
    for model in larger:
        pairs, features = promising(pairs, features, scorer.larger_gate, settings.larger_promise)
        features = ask(features, seen, seen, pairs, model)
    return Compared(seen.facts, pairs, features, asked, tuple(_open(claims, seen.vectors, near)))


def pairs_of(
    claims: Sequence[Claim], seen: Seen, settings: RelateSettings
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs (i, j) of claims that are near each other, and those of them that are comparable."""
    near = neighbour_pairs(seen.vectors, neighbours=settings.neighbours, min_cosine=settings.min_cosine)
    return near, [(i, j) for i, j in near if comparable(claims[i], claims[j])]


@dataclass(frozen=True, slots=True)
class Seen:
    """A document's claims as the encoder sees them.

    Unit rows of shape (claims, dimension) for their propositions and for the passages that they stand in, and
    the cosine of each passage with the gist of them all, shape (claims,).
    """

    facts: Sequence[Facts]
    vectors: Matrix
    passages: Matrix
    gist: Matrix


def see(claims: Sequence[Claim], document: Document, registry: Registry, encoder: Encoder) -> Seen:
    """Work out what is needed of each claim of `document` by itself."""
    facts = facts_of(claims, document, registry)
    texts = [*(f.context for f in facts), *(f.text for f in facts)]
    passages, vectors = np.split(encoder.encode(texts), [len(facts)])
    gist = passages @ (passages.sum(axis=0) / max(float(np.linalg.norm(passages.sum(axis=0))), 1e-9))
    return Seen(facts, vectors, passages, gist)


def promising(
    pairs: Sequence[tuple[int, int]], features: Matrix, gate: Gate, least: float
) -> tuple[list[tuple[int, int]], Matrix]:
    """Those of `pairs` to which `gate` gives at least `least`, and their rows of `features`."""
    kept = gate.promise(features) >= least
    return [pair for pair, keep in zip(pairs, kept, strict=True) if keep], features[kept]


def unasked_features(a: Seen, b: Seen, pairs: Sequence[tuple[int, int]]) -> Matrix:
    """Features of shape (len(pairs), len(NAMES)) with what only the entailment model can tell left at 0."""
    rows = [
        features_of(
            a.facts[i],
            b.facts[j],
            Nearness(
                float(a.vectors[i] @ b.vectors[j]),
                float(a.passages[i] @ b.passages[j]),
                float(min(a.gist[i], b.gist[j])),
            ),
        )
        for i, j in pairs
    ]
    features: Matrix = np.stack(rows) if rows else np.zeros((0, len(NAMES)), dtype=np.float32)
    return features


def pair_features(
    a: Seen, b: Seen, pairs: Sequence[tuple[int, int]], entailment: Entailment, *, both: bool = True
) -> Matrix:
    """All features, shape (len(pairs), len(NAMES)), of pairs (i, j) of a claim of `a` and one of `b`."""
    return ask(unasked_features(a, b, pairs), a, b, pairs, entailment, both=both)


def ask(
    features: Matrix,
    a: Seen,
    b: Seen,
    pairs: Sequence[tuple[int, int]],
    entailment: Entailment,
    *,
    both: bool = True,
) -> Matrix:
    """The `features` of pairs (i, j) of a claim of `a` and one of `b`, with what the entailment model says.

    Unless the model is asked `both` ways, a pair turned round counts as the same.
    """
    texts = [(a.facts[i].text, b.facts[j].text) for i, j in pairs]
    if not both:
        rows = entailment.predict(texts)
        return answered(features, rows, rows)
    return answered(features, *both_ways(entailment, texts, settled=CLEARLY_RELATED))


def _agree(a: Facts, b: Facts, features: Matrix) -> bool:
    """Whether a pair can’t contradict, whatever the scorer takes it for.

    Both deny; they are on different matters; nothing speaks for a clash but that they are near; a headline
    has the text's own figure; one of two figures counts others, or a part, or took the other's place; one
    date is told alike; or the entailment model clearly says that they agree.
    """
    told = dict(zip(NAMES, features, strict=True))
    both_deny = a.claim.stance is b.claim.stance is Stance.DENIES
    grounds = ("opposed", "figures_differ", "dates_differ")
    groundless = told["contradiction"] < LEAST_CLASH and not any(told[name] for name in grounds)
    headline_borne_out = told["headline"] and told["figures_same"] and not told["opposed"]
    counts_others = told["figures_differ"] and bool(PART.search(a.context)) != bool(PART.search(b.context))
    one_date = _same_but_for_dates(features) and compare_dates(a.values, b.values) is Agreement.SAME
    revised = told["figures_differ"] and any(
        AT_FIRST.search(x.context) and LATER.search(y.context) for x, y in ((a, b), (b, a))
    )
    in_common = any(told[name] for name in ("shared_words", "shared_names", "names_party"))
    strangers = told["opposed"] and told["cosine"] < STRANGE and not in_common
    strangers = strangers and abs(a.sentence - b.sentence) >= APART
    model_agrees = told["support"] > 0.5 and told["contradiction"] < 0.1
    return bool(
        both_deny
        or strangers
        or groundless
        or headline_borne_out
        or counts_others
        or revised
        or one_date
        or model_agrees
    )


def _may_agree(a: Facts, b: Facts, features: Matrix) -> bool:
    """Whether two sources speak, and not of different figures."""
    two = a.claim.source is not None and b.claim.source is not None
    return two and not features[FIGURES_DIFFER] and not at_odds(a.figures, b.figures)


def _same_but_for_dates(features: Matrix) -> bool:
    """Whether two propositions share so many words that a date is what may set them apart."""
    return bool(features[SHARED_WORDS] >= SAME_WORDS and not features[OPPOSED])


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
    by_figures = bool(features[FIGURES_DIFFER]) and relation is RelationType.CONTRADICTS
    clash = set_against(a.figures, b.figures).clash if by_figures else None
    dates = compare_dates(a.values, b.values)
    by_dates = dates is Agreement.DIFFERENT and not by_figures and _same_but_for_dates(features)
    kind = kind_of(a.text, b.text, (a.claim.role, b.claim.role), figures=by_figures, dates=by_dates)
    return Relation(
        a=a.claim.id,
        b=b.claim.id,
        relation=relation,
        kind=kind,
        score=round(score, 3),
        reason=reason_of(a, b, relation, figures=clash),
    )
