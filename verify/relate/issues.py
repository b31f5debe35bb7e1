"""The contested questions of a document, and where each party stands on them.

Claims that contradict each other make an issue together with those that support one of them, and with
the sources that were asked and left the question open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from verify.language.question import how_much, question_of, quoted
from verify.language.values import ValueKind, find_values
from verify.relate.slots import (
    Figure,
    compare_figures,
    count_the_same,
    figure_question,
    figures_of,
    lead_figure,
)
from verify.types import Agreed, Claim, Issue, Kind, Position, Relation, RelationType, Stance

if TYPE_CHECKING:
    from spacy.language import Language

ANSWERS = {
    Stance.ASSERTS: "yes",
    Stance.SUGGESTS: "perhaps",
    Stance.DENIES: "no",
    Stance.DOUBTS: "doubts",
    Stance.DECLINES: "no comment",
}
CLEAR = 4
"""Words from which a proposition says enough to be asked."""

POINTING = frozenset("it this that these those he she they there".split())
"""Words that don't say of whom or what a proposition speaks."""

UNNAMED = frozenset("he him it me she them they us".split())
"""Words behind which a question leaves open whom it asks about."""

AGREED = 0.5
"""Score from which two parties are told to agree: of the training stories' supports from 0.4 on three in four
are right, and a party that is said to admit what it denies is worse than an agreement that is missed."""

MOST_CLAIMS = 12
"""Claims of an issue; beyond, those that clash with fewest others give way."""


def find_issues(
    claims: Sequence[Claim], relations: Sequence[Relation], open_to: Sequence[tuple[str, str]], nlp: Language
) -> tuple[Issue, ...]:
    """The issues of a document, those first that stand first in it.

    `open_to` pairs the ids of claims that leave a question open with those of the claims that raise it.
    """
    by_id = {claim.id: claim for claim in claims}
    place = {id_: k for k, id_ in enumerate(by_id)}
    clashes = [r for r in relations if r.relation is RelationType.CONTRADICTS]
    clashes_of, relations_of = _by_claim(clashes), _by_claim(relations)
    left_open = [pair for pair in open_to if by_id[pair[0]].source is not None]
    issues = []
    for group, inner in _groups(clashes, place):
        if len({by_id[i].party for i in group}) < 2:
            continue
        core = _central(group, clashes_of, place)
        silent = {silent for silent, raised in left_open if raised in core}
        joined = core | _supporting(core, relations_of) | silent
        members = [by_id[i] for i in sorted(joined, key=lambda i: (by_id[i].span.start, place[i]))]
        figures = sum(_by_figures(r, by_id) for r in inner) * 2 > len(inner)
        leads = _leads([claim for claim in members if claim.id in core], clashes_of)
        issues.append(
            (_figure_issue(leads, members, nlp) if figures else None)
            or _issue(leads, members, relations_of, nlp)
        )
    return tuple(issues)


def find_agreed(claims: Sequence[Claim], relations: Sequence[Relation]) -> tuple[Agreed, ...]:
    """What parties say alike and nobody contradicts, in the order of the text, in the plainest words."""
    by_id = {claim.id: claim for claim in claims}
    place = {id_: k for k, id_ in enumerate(by_id)}
    disputed = {id_ for r in relations if r.relation is RelationType.CONTRADICTS for id_ in (r.a, r.b)}
    agreed = []
    surely = [r for r in relations if r.relation is RelationType.SUPPORTS and r.score >= AGREED]
    for group, _ in _groups(surely, place):
        members = sorted((by_id[i] for i in group), key=lambda c: (c.span.start, place[c.id]))
        asserted = [c for c in members if c.stance is Stance.ASSERTS]
        if asserted and not group & disputed and len({c.party for c in members}) > 1:
            lead = min(asserted, key=lambda c: (not _clear(c), len(c.proposition)))
            agreed.append(Agreed(lead.proposition, tuple(c.id for c in members)))
    return tuple(agreed)


def _issue(
    leads: Sequence[Claim],
    members: Sequence[Claim],
    relations_of: Mapping[str, Sequence[Relation]],
    nlp: Language,
) -> Issue:
    """An issue whose question the first of `leads` that makes one answers with yes."""
    turned = ((claim, question_of(claim.proposition, nlp)) for claim in leads)
    lead, question = next(
        ((claim, question) for claim, question in turned if question is not None),
        (leads[0], quoted(leads[0].proposition)),
    )
    sides = _sides(lead, {claim.id for claim in members}, relations_of)
    return Issue(question, _positions(members, lambda claim: _answer(claim, sides.get(claim.id))))


def _figure_issue(leads: Sequence[Claim], members: Sequence[Claim], nlp: Language) -> Issue | None:
    """An issue whose answers are figures; None where the claims that lead it have none."""
    figures = [figure for claim in leads if (figure := lead_figure(claim.proposition)) is not None]
    if not figures:
        return None
    asked = ((figure, _figure_question(figure, nlp)) for figure in figures)
    lead, question = next(
        ((figure, question) for figure, question in asked if question is not None),
        (figures[0], "Which figure is right?"),
    )
    return Issue(question, _positions(members, lambda claim: _figure(claim, lead)))


def _figure_question(figure: Figure, nlp: Language) -> str | None:
    amount = figure.value.kind in {ValueKind.MONEY, ValueKind.PERCENT}
    return figure_question(figure) or how_much(figure.text, nlp, amount=amount)


def _by_figures(relation: Relation, by_id: Mapping[str, Claim]) -> bool:
    """Whether the two claims clash by their figures, in the story or between it and its headline."""
    if relation.kind is not Kind.HEADLINE:
        return relation.kind is Kind.NUMBER
    a, b = by_id[relation.a].proposition, by_id[relation.b].proposition
    return compare_figures(a, find_values(a), b, find_values(b)).clash is not None


def _by_claim(relations: Iterable[Relation]) -> Mapping[str, Sequence[Relation]]:
    """The relations of each claim that has any, by its id."""
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        found[relation.a].append(relation)
        found[relation.b].append(relation)
    return found


def _groups(
    relations: Sequence[Relation], place: Mapping[str, int]
) -> list[tuple[set[str], Sequence[Relation]]]:
    """The claims that `relations` join, together with these; those groups first that begin first.

    `place` is the place of each claim in the text by its id.
    """
    import networkx as nx

    groups = nx.connected_components(nx.Graph([(r.a, r.b) for r in relations]))
    ordered = sorted(groups, key=lambda group: min(place[i] for i in group))
    group_of = {i: k for k, group in enumerate(ordered) for i in group}
    inner: list[list[Relation]] = [[] for _ in ordered]
    for relation in relations:
        inner[group_of[relation.a]].append(relation)
    return list(zip(ordered, inner, strict=True))


def _central(
    group: set[str], clashes_of: Mapping[str, Sequence[Relation]], place: Mapping[str, int]
) -> set[str]:
    """The claims of a group that are most contested, MOST_CLAIMS at most."""
    contested = {i: sum(r.score for r in clashes_of[i]) for i in group}
    return set(sorted(group, key=lambda i: (-contested[i], place[i]))[:MOST_CLAIMS])


def _supporting(core: set[str], relations_of: Mapping[str, Sequence[Relation]]) -> set[str]:
    """What supports a claim of the issue."""
    supports = (r for i in core for r in relations_of[i] if r.relation is RelationType.SUPPORTS)
    return {i for r in supports for i in (r.a, r.b)}


def _leads(core: Sequence[Claim], clashes_of: Mapping[str, Sequence[Relation]]) -> list[Claim]:
    """The claims whose propositions can be put as the question, the best first.

    Best is what somebody affirms, what says of whom or what it speaks, what is most contested, and short.
    """

    def weight(claim: Claim) -> tuple[bool, bool, bool, float, int]:
        contested = sum(r.score for r in clashes_of[claim.id])
        affirmed = claim.stance is not Stance.DENIES
        return _clear(claim), affirmed, _named(claim), contested, -len(claim.proposition)

    return sorted(core, key=weight, reverse=True)


def _clear(claim: Claim) -> bool:
    """Whether a proposition says enough, and of whom or what, to stand alone."""
    words = claim.proposition.split()
    return len(words) >= CLEAR and words[0].lower() not in POINTING


def _named(claim: Claim) -> bool:
    """Whether a proposition does without a pronoun for somebody or something."""
    return UNNAMED.isdisjoint(claim.proposition.lower().rstrip(".").split())


def _sides(lead: Claim, members: set[str], relations_of: Mapping[str, Sequence[Relation]]) -> dict[str, bool]:
    """For each member whether it holds the lead's proposition true, spread along the relations."""
    sides = {lead.id: lead.stance is not Stance.DENIES}
    waiting = [lead.id]
    while waiting:
        known = waiting.pop()
        for r in relations_of[known]:
            other = r.b if r.a == known else r.a
            if other in members and other not in sides:
                sides[other] = sides[known] == (r.relation is RelationType.SUPPORTS)
                waiting.append(other)
    return sides


def _positions(members: Sequence[Claim], answer: Callable[[Claim], str]) -> tuple[Position, ...]:
    positions: dict[tuple[str, str], list[str]] = {}
    for claim in members:
        positions.setdefault((claim.party, answer(claim)), []).append(claim.id)
    return tuple(Position(party, answer, tuple(ids)) for (party, answer), ids in positions.items())


def _figure(claim: Claim, asked: Figure) -> str:
    """The claim's figure for what the figure `asked` for counts; without one, its stance."""
    if claim.stance is Stance.ASSERTS:
        for own in figures_of(claim.proposition, find_values(claim.proposition)):
            if own.value.kind is asked.value.kind and count_the_same(own, asked):
                return own.value.text
    return ANSWERS[claim.stance]


def _answer(claim: Claim, with_lead: bool | None) -> str:
    """The claim's answer to the question that the lead's proposition affirms."""
    if claim.stance in {Stance.DOUBTS, Stance.DECLINES} or with_lead is None:
        return ANSWERS[claim.stance]
    if with_lead:
        return "perhaps" if claim.stance is Stance.SUGGESTS else "yes"
    return "no"
