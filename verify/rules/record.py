"""What the rules on an archive share: how a passage is cited, and which voices are independent."""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Context, Hit
from verify.rules.names import same_party
from verify.rules.pairs import sentence
from verify.types import Claim, Evidence, LookedUp, Passage, RelationType, Searched, Span, Stance

SURE = {RelationType.CONTRADICTS: 0.6, RelationType.UPDATE: 0.3}
"""Probability of a relation from which an editor hears of it; below, it is listed as evidence alone."""


def cited(passage: Passage) -> str:
    """Return "Lake Times, 4 March 2025 (e1)": where a passage stands, as far as that is known."""
    day = passage.published
    known = [passage.publisher or passage.title or "", f"{day.day} {day:%B %Y}" if day else ""]
    place = ", ".join(part for part in known if part)
    return f"{place} ({passage.document})" if place else passage.document


def bearing(context: Context, relation: RelationType) -> Iterator[tuple[Claim, Evidence]]:
    """For each claim on which the archive surely enough bears so its surest evidence, and no copy of it.

    Where a passage bears on several claims of one sentence, such as what somebody is said to have admitted
    and that they have, the surest of these tells it.
    """
    best: dict[str, Evidence] = {}
    for evidence in context.evidence:
        known = best.get(evidence.claim)
        surer = evidence.score >= SURE[relation] and (known is None or evidence.score > known.score)
        # Whoever declines to say anything has said nothing that could be otherwise.
        declined = context.claims_by_id[evidence.claim].stance is Stance.DECLINES
        if evidence.relation is relation and surer and not declined:
            best[evidence.claim] = evidence
    once: dict[tuple[str, str, Span], Evidence] = {}
    for id_, evidence in best.items():
        key = (context.claims_by_id[id_].sentence, evidence.passage.document, evidence.span)
        if key not in once or evidence.score > once[key].score:
            once[key] = evidence
    for evidence in once.values():
        yield context.claims_by_id[evidence.claim], evidence


def voices(context: Context, claim: Claim) -> dict[str, list[Evidence]]:
    """What bears a claim out, by its origin, apart from the source's own words."""
    found: dict[str, list[Evidence]] = {}
    for evidence in context.evidence_by_claim.get(claim.id, ()):
        if evidence.relation is RelationType.SUPPORTS and not _own_words(claim, evidence, context):
            found.setdefault(evidence.passage.origin, []).append(evidence)
    return found


def looked_up(looked: LookedUp, message: str) -> Hit:
    """The hit for a quotation, and where it stands in the record."""
    evidence = looked.evidence
    place = f" The record is {cited(evidence.passage)}." if evidence is not None else ""
    return Hit(
        message=sentence(message) + place,
        claims=(looked.claim,),
        spans=(looked.span,),
        score=evidence.score if evidence is not None else 0.5,
    )


def told(searched: Searched) -> str:
    """Return "1,200 documents in indexes/wire"."""
    return f"{searched.documents:,} document{'' if searched.documents == 1 else 's'} in {searched.archive}"


def _own_words(claim: Claim, evidence: Evidence, context: Context) -> bool:
    """Whether a passage has it from the very source of the claim."""
    speaker = evidence.passage.speaker
    if claim.source is None or speaker is None:
        return False
    return any(same_party(name, speaker, context.parties) for name in (claim.source.name, claim.party))
