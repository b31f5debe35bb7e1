"""What an archive has on a draft: who bears it out, contradicts or overtakes it, and what was really said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.evidence.bearing import bearings, hold
from verify.evidence.copies import by_first_origin, with_copies
from verify.evidence.library import Library, Read
from verify.evidence.quotations import look_up
from verify.evidence.quoted import quoted_in
from verify.evidence.scorer import Scorer, load_scorer
from verify.models.protocols import Entailment
from verify.relate import see
from verify.types import Claim, Document, Evidence, LookedUp, Searched, Sentence

__all__ = ["Found", "Library", "Read", "find_evidence"]


@dataclass(frozen=True, slots=True)
class Found:
    """What bears on a draft's claims, what became of its quotations, and how many pairs were compared.

    Quotations are evidence as well: of the same words, of others, or of another speaker. `searched` is the
    archive, None where there is none.
    """

    evidence: tuple[Evidence, ...] = ()
    quotations: tuple[LookedUp, ...] = ()
    searched: Searched | None = None
    pairs_compared: int = 0


def find_evidence(
    document: Document,
    sentences: Sequence[Sentence],
    claims: Sequence[Claim],
    library: Library,
    entailment: Entailment,
    *,
    scorer: Scorer | None = None,
) -> Found:
    """Hold the claims of a draft, and what it quotes, against an archive; in the order of the claims.

    The draft itself, where the archive has it, isn't held against itself.
    """
    library.forget()
    scorer = scorer or load_scorer()
    seen = see(claims, document, library.registry, library.encoder)
    held = hold(document, seen, library, entailment, scorer)
    quotations = look_up(quoted_in(document, sentences, claims), library)
    told = [q.evidence for q in quotations if q.evidence is not None]
    settled = {(e.claim, e.passage.document) for e in told}
    rest = [
        e
        for e in bearings(document, seen, held, library, scorer)
        if (e.claim, e.passage.document) not in settled
    ]
    place = {claim.id: number for number, claim in enumerate(claims)}
    copied = by_first_origin(with_copies([*told, *rest], library), library)
    evidence = sorted(copied, key=lambda e: (place[e.claim], -e.score))
    return Found(
        tuple(dict.fromkeys(evidence)), quotations, library.searched, sum(len(h.pairs) for h in held)
    )
