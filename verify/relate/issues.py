"""The contested questions of a document, and where each party stands on them.

Claims that contradict each other make an issue together with those that support one of them, and with
the sources that were asked and left the question open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from verify.language.question import question_of
from verify.relate.slots import figure_question
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
        figures = sum(r.kind is Kind.NUMBER for r in inner) * 2 > len(inner)
        lead = _lead([by_id[i] for i in members if i in core], inner)
        sides = _sides(lead.id, members, relations)
        question = (figure_question(lead.proposition) if figures else None) or question_of(
            lead.proposition, nlp
        )
        issues.append(Issue(question, _positions([by_id[i] for i in members], sides)))
    return tuple(issues)


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
    return set(sorted(group, key=lambda i: -degree[i])[:MOST_CLAIMS])


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


def _positions(members: Sequence[Claim], sides: Mapping[str, bool]) -> tuple[Position, ...]:
    positions: dict[tuple[str, str], list[str]] = {}
    for claim in members:
        positions.setdefault((claim.party, _answer(claim, sides.get(claim.id))), []).append(claim.id)
    return tuple(Position(party, answer, tuple(ids)) for (party, answer), ids in positions.items())


def _answer(claim: Claim, with_lead: bool | None) -> str:
    """The claim's answer to the question that the lead claim affirms."""
    if claim.stance in {Stance.DOUBTS, Stance.DECLINES} or with_lead is None:
        return ANSWERS[claim.stance]
    if with_lead:
        return "perhaps" if claim.stance is Stance.SUGGESTS else "yes"
    return "no"
