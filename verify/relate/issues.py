"""The contested questions of a document, and where each party stands on them.

Claims that contradict each other make an issue together with those that support one of them, and with
the sources that were asked and left the question open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from verify.language.question import how_much, question_of
from verify.language.values import Agreement, Value, ValueKind, find_values
from verify.relate.slots import compare_figures, figure_question, lead_figure, same_slot
from verify.types import Claim, Issue, Kind, Position, Relation, RelationType, Stance

if TYPE_CHECKING:
    from spacy.language import Language

ANSWERS = {
    Stance.ASSERTS: "yes",
    Stance.SUGGESTS: "perhaps",
    Stance.DENIES: "no",
    Stance.DOUBTS: "doubts",
    Stance.DECLINES: "no comment",
}
MOST_CLAIMS = 12
"""Claims of an issue; beyond, those that clash with fewest others give way."""


def find_issues(
    claims: Sequence[Claim], relations: Sequence[Relation], open_to: Sequence[tuple[str, str]], nlp: Language
) -> tuple[Issue, ...]:
    """The issues of a document, those first that stand first in it.

    `open_to` pairs the ids of claims that leave a question open with those of the claims that raise it.
    """
    by_id = {claim.id: claim for claim in claims}
    clashes = [r for r in relations if r.relation is RelationType.CONTRADICTS]
    issues = []
    for group in _groups(clashes):
        inner = [r for r in clashes if r.a in group]
        if len({by_id[i].party for i in group}) < 2:
            continue
        core = _central(group, inner)
        members = sorted(core | _joined(core, relations, open_to, by_id), key=lambda i: by_id[i].span.start)
        figures = sum(_by_figures(r, by_id) for r in inner) * 2 > len(inner)
        lead = _lead([by_id[i] for i in members if i in core], inner)
        sides = _sides(lead.id, members, relations)
        people = [by_id[i] for i in members]
        issues.append(_figure_issue(lead, people, nlp) if figures else _issue(lead, people, sides, nlp))
    return tuple(issues)


def _issue(lead: Claim, members: Sequence[Claim], sides: Mapping[str, bool], nlp: Language) -> Issue:
    positions = _positions(members, lambda claim: _answer(claim, sides.get(claim.id)))
    return Issue(question_of(lead.proposition, nlp), positions)


def _figure_issue(lead: Claim, members: Sequence[Claim], nlp: Language) -> Issue:
    """An issue whose answers are figures."""
    text = lead.proposition
    value = lead_figure(text)
    if value is None:
        return _issue(lead, members, {}, nlp)
    amount = value.kind in {ValueKind.MONEY, ValueKind.PERCENT}
    question = figure_question(text, value) or how_much(text, nlp, amount=amount)
    return Issue(question, _positions(members, lambda claim: _figure(claim, text, value)))


def _by_figures(relation: Relation, by_id: Mapping[str, Claim]) -> bool:
    """Whether the two claims clash by their figures, in the story or between it and its headline."""
    if relation.kind is not Kind.HEADLINE:
        return relation.kind is Kind.NUMBER
    a, b = by_id[relation.a].proposition, by_id[relation.b].proposition
    agreement, _, _ = compare_figures(a, find_values(a), b, find_values(b))
    return agreement is Agreement.DIFFERENT


def _groups(clashes: Iterable[Relation]) -> list[set[str]]:
    """The connected components of the claims that clash, in the order of the text."""
    groups: list[set[str]] = []
    for relation in clashes:
        pair = {relation.a, relation.b}
        touched = [g for g in groups if g & pair]
        groups = [g for g in groups if not g & pair] + [pair.union(*touched)]
    return sorted(groups, key=lambda g: min(int(i[1:]) for i in g))


def _central(group: set[str], clashes: Sequence[Relation]) -> set[str]:
    degree = {i: sum(r.score for r in clashes if i in {r.a, r.b}) for i in group}
    return set(sorted(group, key=lambda i: (-degree[i], int(i[1:])))[:MOST_CLAIMS])


def _joined(
    core: set[str],
    relations: Iterable[Relation],
    open_to: Iterable[tuple[str, str]],
    by_id: Mapping[str, Claim],
) -> set[str]:
    """What supports a claim of the issue, and who, asked about one, leaves it open."""
    support = {
        i for r in relations if r.relation is RelationType.SUPPORTS and core & {r.a, r.b} for i in (r.a, r.b)
    }
    return support | {
        silent for silent, raised in open_to if raised in core and by_id[silent].source is not None
    }


def _lead(core: Sequence[Claim], clashes: Sequence[Relation]) -> Claim:
    """The claim whose proposition is put as the question: affirmed by somebody, and most contested."""

    def weight(claim: Claim) -> tuple[bool, float, int]:
        contested = sum(r.score for r in clashes if claim.id in {r.a, r.b})
        return claim.stance is not Stance.DENIES, contested, -len(claim.proposition)

    return max(core, key=weight)


def _sides(lead: str, members: Sequence[str], relations: Sequence[Relation]) -> dict[str, bool]:
    """For each member whether it stands with the lead (True) or against it, spread along the relations."""
    sides = {lead: True}
    waiting = [lead]
    while waiting:
        known = waiting.pop()
        for r in relations:
            other = r.b if r.a == known else r.a if r.b == known else None
            if other in members and other is not None and other not in sides:
                sides[other] = sides[known] == (r.relation is RelationType.SUPPORTS)
                waiting.append(other)
    return sides


def _positions(members: Sequence[Claim], answer: Callable[[Claim], str]) -> tuple[Position, ...]:
    positions: dict[tuple[str, str], list[str]] = {}
    for claim in members:
        positions.setdefault((claim.party, answer(claim)), []).append(claim.id)
    return tuple(Position(party, answer, tuple(ids)) for (party, answer), ids in positions.items())


def _figure(claim: Claim, text: str, value: Value) -> str:
    """The claim's figure for what `value` of `text` counts; without one, its stance."""
    if claim.stance is Stance.ASSERTS:
        for own in find_values(claim.proposition):
            if own.kind is value.kind and same_slot(claim.proposition, own, text, value):
                return own.text
    return ANSWERS[claim.stance]


def _answer(claim: Claim, with_lead: bool | None) -> str:
    """The claim's answer to the question that the lead claim affirms."""
    if claim.stance in {Stance.DOUBTS, Stance.DECLINES} or with_lead is None:
        return ANSWERS[claim.stance]
    if with_lead:
        return "perhaps" if claim.stance is Stance.SUGGESTS else "yes"
    return "no"
