"""What a rule is: metadata, and a function from a finished context to hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from verify.accusing import Accusation
from verify.types import (
    Claim,
    Document,
    Evidence,
    Issue,
    Level,
    LookedUp,
    Relation,
    RelationType,
    Reliance,
    Searched,
    Sentence,
    Span,
)


@dataclass(frozen=True)
class Context:
    """All that a rule may read: a document whose claims, relations and issues are final.

    `parties` are the parties that the registry knows by name or alias, in lower case and without an article;
    `across` is what other stories of a batch have that bears on this one. `evidence` and `quotations` are
    what the archive has on it, and `searched` is that archive, None where there is none. `accusations` are
    the draft's own statements that accuse by what they mean, by the ids of their claims.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    issues: tuple[Issue, ...]
    parties: Mapping[str, str] = field(default_factory=dict)
    reliances: tuple[Reliance, ...] = ()
    across: tuple[Evidence, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    quotations: tuple[LookedUp, ...] = ()
    searched: Searched | None = None
    accusations: Mapping[str, Accusation] = field(default_factory=dict)

    def text(self, span: Span) -> str:
        """The document's own characters in `span`."""
        return self.document.text[span.start : span.end]

    def sentence_text(self, claim: Claim) -> str:
        """The whole sentence that `claim` stands in."""
        return self.text(self.sentences_by_id[claim.sentence].span)

    @cached_property
    def claims_by_id(self) -> Mapping[str, Claim]:
        """The claims by their ids."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def evidence_by_claim(self) -> Mapping[str, Sequence[Evidence]]:
        """What the archive has on each claim that it has something on."""
        found: dict[str, list[Evidence]] = {}
        for evidence in self.evidence:
            found.setdefault(evidence.claim, []).append(evidence)
        return found

    @cached_property
    def contradicted(self) -> frozenset[str]:
        """The ids of claims that another claim of the document contradicts."""
        return frozenset(
            id_ for r in self.relations if r.relation is RelationType.CONTRADICTS for id_ in (r.a, r.b)
        )

    @cached_property
    def sentences_by_id(self) -> Mapping[str, Sentence]:
        """The sentences by their ids."""
        return {sentence.id: sentence for sentence in self.sentences}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule applies. `spans` starts with the passage itself; counterparts follow."""

    message: str
    claims: tuple[str, ...]
    spans: tuple[Span, ...]
    score: float

    @classmethod
    def on(cls, message: str, claims: Iterable[Claim], score: float) -> Hit:
        """The hit on `claims`, in the order of the text, each with all of its content."""
        ordered = sorted(claims, key=lambda claim: claim.span)
        return cls(message, tuple(c.id for c in ordered), tuple(s for c in ordered for s in c.content), score)


class Against(StrEnum):
    """What a rule holds a draft against: itself, an archive, or the other drafts of a batch."""

    ITSELF = "itself"
    ARCHIVE = "archive"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's metadata and its check; its page is the docstring of the module that it lives in.

    `in_place_of` names rules for whose findings on the same claims, or on some of them, this one's stand, at
    the graver level.
    `rests_on` says how the evidence that a finding is shown with bears on its claims; None where a rule goes
    by the draft alone, or by what the archive hasn't.
    """

    name: str
    code: str
    level: Level
    summary: str
    check: Callable[[Context], Iterator[Hit]]
    against: Against = Against.ITSELF
    in_place_of: frozenset[str] = frozenset()
    rests_on: RelationType | None = None


Levels = Mapping[str, Level | None]
"""Levels by rule name that a configuration overrides; None switches the rule off."""
