"""What the rules on conflicts share: a relation that contradicts is one hit, with both sides' words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from verify.rules.base import Context, Hit
from verify.types import Kind, Relation, RelationType


def conflicts(context: Context, kinds: Collection[Kind]) -> Iterator[Hit]:
    """A hit for each pair of sources that contradict each other on one of `kinds` in the same two sentences.

    Where several of their claims there clash, the clearest clash is the one that is told.
    """
    claims = context.claims_by_id
    clearest: dict[tuple[str, ...], Relation] = {}
    for relation in context.relations:
        if relation.relation is RelationType.CONTRADICTS and relation.kind in kinds:
            a, b = claims[relation.a], claims[relation.b]
            key = (a.sentence, a.party, b.sentence, b.party)
            if key not in clearest or clearest[key].score < relation.score:
                clearest[key] = relation
    for relation in clearest.values():
        yield Hit(
            message=sentence(relation.reason),
            claims=(relation.a, relation.b),
            spans=(*claims[relation.a].content, *claims[relation.b].content),
            score=relation.score,
        )


def disputes(context: Context, kinds: Collection[Kind]) -> Iterator[Hit]:
    """A hit for each two parties that contradict each other on one of `kinds` within one disputed question.

    The clearest clash is told; what else the two say in the dispute follows among its claims and passages.
    """
    claims = context.claims_by_id
    question = {
        id_: number
        for number, issue in enumerate(context.issues)
        for position in issue.positions
        for id_ in position.claims
    }
    groups: dict[tuple[object, ...], list[Relation]] = {}
    for relation in context.relations:
        if relation.relation is RelationType.CONTRADICTS and relation.kind in kinds:
            parties = frozenset(claims[id_].party for id_ in (relation.a, relation.b))
            asked = {question.get(id_) for id_ in (relation.a, relation.b)}
            one = len(asked) == 1 and None not in asked
            groups.setdefault((parties, *(asked if one else (relation.a, relation.b))), []).append(relation)
    for relations in groups.values():
        clearest = max(relations, key=lambda r: r.score)
        told = dict.fromkeys((clearest.a, clearest.b, *(id_ for r in relations for id_ in (r.a, r.b))))
        more = len(told) - 2
        rest = f" Their further claims on the same question: {more}." if more else ""
        yield Hit(
            message=sentence(clearest.reason) + rest,
            claims=tuple(told),
            spans=tuple(span for id_ in told for span in claims[id_].content),
            score=clearest.score,
        )


def elsewhere(context: Context, relation: RelationType, story: str) -> Iterator[Hit]:
    """A hit for each claim on which another story of the batch bears so; `story` is what that is called."""
    for evidence in context.across:
        if evidence.relation is relation:
            claim = context.claims_by_id[evidence.claim]
            yield Hit(
                message=f"{sentence(evidence.reason)} {story} is {evidence.passage.document}.",
                claims=(claim.id,),
                spans=claim.content,
                score=evidence.score,
            )


def sentence(text: str) -> str:
    """`text` with a capital at its start and a full stop at its end."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."
