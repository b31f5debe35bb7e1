"""What stories tell differently, as findings of the stories that it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from verify.attribution.registry import load_registry
from verify.batch.across import Clash, find_clashes
from verify.batch.differences import Side
from verify.batch.journal import Journal
from verify.batch.standing import Policy
from verify.cache import Store
from verify.cache.models import cached_encoder, cached_entailment
from verify.config import Config
from verify.lines import Lines
from verify.rules import RULES
from verify.rules.base import Against, Context, Levels
from verify.rules.run import findings_of
from verify.types import Checked, Evidence, Finding, Passage, RelationType, Span

RULES_ACROSS = tuple(rule for rule in RULES if rule.against is Against.BATCH)
"""The rules that run over a batch."""

NAMES = frozenset(rule.name for rule in RULES_ACROSS)


@dataclass(frozen=True, slots=True)
class Across:
    """A story of the batch, by its number from 0, of which others tell something else.

    `checked` has all its findings, those that other stories make among them; `evidence` is what they rest on.
    """

    number: int
    checked: Checked
    evidence: tuple[Evidence, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those that other stories make."""
        return tuple(finding for finding in self.checked.findings if finding.rule in NAMES)


def hold_against_each_other(
    journal: Journal, policy: Policy, config: Config, store: Store | None
) -> tuple[Across, ...]:
    """The stories of the journal of which others tell something else, in their order.

    `config` says by which models and how they are compared. Raises ModelError.
    """

    def story(number: int) -> Checked | None:
        result = journal[number].result
        return None if result is None else result.checked

    if len(journal) < 2:
        return ()
    clashes = find_clashes(
        story,
        len(journal),
        load_registry(config.registry),
        encoder=cached_encoder(config.models, store),
        entailment=cached_entailment(config.models, store),
    )
    sides = {side.story for clash in clashes for side in (clash.a, clash.b)}
    stories = {number: checked for number in sides if (checked := story(number)) is not None}
    across = []
    for number, evidence in sorted(_bearings(clashes, stories).items()):
        outcome = journal[number]
        found = _findings(stories[number], evidence, policy.settings(outcome.path).levels)
        result = policy.decide(outcome, found).result
        if found and result is not None:
            across.append(Across(number, result.checked, evidence))
    return tuple(across)


def _findings(checked: Checked, evidence: tuple[Evidence, ...], levels: Levels) -> tuple[Finding, ...]:
    """What `evidence` of other stories makes of `checked`, numbered on from its own findings."""
    context = Context(
        checked.document,
        checked.sentences,
        checked.claims,
        checked.relations,
        checked.issues,
        across=evidence,
    )
    return findings_of(RULES_ACROSS, context, levels, first=len(checked.findings) + 1)


def _bearings(clashes: Iterable[Clash], stories: Mapping[int, Checked]) -> Mapping[int, tuple[Evidence, ...]]:
    """By the number of a story, what other stories have that bears on it."""
    by_story: defaultdict[int, list[Evidence]] = defaultdict(list)
    for clash in clashes:
        of_a, of_b = (
            _bearing(clash, own, other, stories[other.story], reason)
            for own, other, reason in zip((clash.a, clash.b), (clash.b, clash.a), clash.reasons, strict=True)
        )
        by_story[clash.a.story].append(of_a)
        if clash.relation is RelationType.CONTRADICTS:  # what is out of date bears on nobody
            by_story[clash.b.story].append(of_b)
    return {story: tuple(evidence) for story, evidence in by_story.items()}


def _bearing(clash: Clash, own: Side, other: Side, story: Checked, reason: str) -> Evidence:
    """The other story's claim as evidence; its document goes by its path and the place in it."""
    document, claim = story.document, other.claim
    span = Span(claim.content[0].start, claim.content[-1].end) if claim.content else claim.span
    passage = Passage(
        document=f"{document.path}:{Lines.of(document).shown(span.start)}",
        span=claim.span,
        text=document.text[claim.span.start : claim.span.end],
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        speaker=document.speaker,
        origin=document.path,
    )
    return Evidence(own.claim.id, passage, span, clash.relation, clash.kind, clash.score, reason)
