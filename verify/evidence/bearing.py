"""How an archive bears on the claims of a draft: sentence by sentence, as it tells them, and then by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from verify.evidence.candidates import documents_for, pairs_for
from verify.evidence.library import Library
from verify.evidence.scorer import RELATIONS, Between, Scorer, ask, features_of
from verify.language.values import Agreement, Value, ValueKind
from verify.models.protocols import Entailment, Matrix
from verify.relate import Seen
from verify.relate.features import Facts
from verify.relate.opening import event_names, shared_event
from verify.relate.reasons import reason_of
from verify.relate.slots import at_odds, compare_dates, kind_of, set_against
from verify.types import Document, Evidence, Passage, RelationType, Source, Span, Stance

LONG_AGO = 60
"""Days before a draft from which what it dates is another event, and no earlier state of this one."""


@dataclass(frozen=True, slots=True)
class Held:
    """A draft held against an archived document: pairs (i, j) of a claim and a sentence, and their features.

    Those have the shape (len(pairs), len(FEATURES)).
    """

    document: str
    told: Seen
    pairs: Sequence[tuple[int, int]]
    features: Matrix


def hold(
    draft: Document, seen: Seen, library: Library, entailment: Entailment, scorer: Scorer | None
) -> list[Held]:
    """Compare the claims of a draft with the sentences of the archived documents on the same matter.

    The entailment model is asked about the pairs that `scorer` finds promising, about all without one.
    """
    held = []
    event = event_names(draft)
    for id_ in documents_for(draft, seen, library):
        told = library.told(id_)
        archived = library.record(id_).document
        dates = archived.published, draft.published
        days = (dates[0] - dates[1]).days if dates[0] and dates[1] else None
        pairs = pairs_for(seen, told)
        features = features_of(seen, told, pairs, Between(days, shared_event(event, archived)))
        if scorer is not None:
            kept = [k for k, promising in enumerate(scorer.promising(features)) if promising]
            pairs, features = [pairs[k] for k in kept], features[kept]
        held.append(Held(id_, told, pairs, ask(features, seen, told, pairs, entailment)))
    return held


def bearings(
    draft: Document, seen: Seen, held: Sequence[Held], library: Library, scorer: Scorer
) -> Iterator[Evidence]:
    """What bears on each claim: of each document the passage that does so most surely."""
    for one in held:
        best: dict[int, _Bearing] = {}
        for (i, j), row in zip(one.pairs, scorer.probabilities(one.features), strict=True):
            for relation, chance, least in zip(RELATIONS, row, scorer.thresholds, strict=True):
                surer = i not in best or chance > best[i].score
                if relation is not None and chance >= least and surer:
                    bearing = _Bearing(seen.facts[i], one.told.facts[j], relation, float(chance))
                    if relation is not RelationType.SUPPORTS or _may_bear_out(bearing):
                        best[i] = bearing
        for _, bearing in sorted(best.items(), key=lambda item: item[0]):
            said = replace(bearing, archived=_as_said(bearing, library.seen(one.document)))
            timed = _in_time(said, draft.published, library.record(one.document).document.published)
            if timed is not None:
                yield _evidence(timed, one.document, library)


def _may_bear_out(bearing: _Bearing) -> bool:
    """Whether a sentence says something, and no other figure than the claim; a question says nothing."""
    own, archived = bearing.own, bearing.archived
    denied = own.claim.stance is Stance.DENIES
    asks = archived.text.rstrip("”\"’'").endswith("?")
    return not asks and (denied or not at_odds(own.figures, archived.figures))


def _as_said(bearing: _Bearing, archived: Seen) -> Facts:
    """What is claimed in the sentence that bears on a claim, and comes nearest to it in its words.

    So the evidence names who says it there. A sentence without a claim is its teller's.
    """
    claimed = [f for f in archived.facts if f.claim.span.overlaps(bearing.archived.claim.span)]
    words = bearing.own.words
    return max(claimed, key=lambda f: len(f.words & words), default=bearing.archived)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """A claim of a draft, and what an archived document does to it, and where."""

    own: Facts
    archived: Facts
    relation: RelationType
    score: float

    @property
    def figures(self) -> tuple[Value, Value] | None:
        """The two figures for one thing that differ, where that is what sets the claims apart."""
        if self.relation is RelationType.SUPPORTS:
            return None
        return set_against(self.own.figures, self.archived.figures).clash


def _in_time(bearing: _Bearing, published: date | None, archived: date | None) -> _Bearing | None:
    """What time makes of it: a later figure contradicts nothing, and an earlier one overtakes nothing.

    What the draft tells of an earlier event, by its date, isn't overtaken by a later one; and a document from
    long before speaks of another event, unless the draft's claim does too.
    """
    if published is not None and archived is not None and (published - archived).days > LONG_AGO:
        return bearing if _is_past(bearing.own, published) else None
    later = published is not None and archived is not None and archived > published
    relation = bearing.relation
    # The scorer has told so of the sentence; here it is the claim in it, and a denied figure is one too.
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
    dates = compare_dates(a.values, b.values) is Agreement.DIFFERENT and figures is None
    within = RelationType.CONTRADICTS if bearing.relation is RelationType.UPDATE else bearing.relation
    reason = reason_of(a, _told_by(b, passage), within, figures=figures)
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
