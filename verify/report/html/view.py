"""A checked document as the page's template reads it: words ready to be shown, and links between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from verify.lines import Lines
from verify.printable import printable
from verify.report.archive import origin
from verify.report.diff import Change, word_diff
from verify.report.html.graph import Graph, draw
from verify.report.html.pieces import Paragraph, paragraphs, places
from verify.report.own_words import own_words
from verify.report.passages import grouped
from verify.report.summary import (
    aside,
    counts,
    day_shown,
    left_out,
    looked_at,
    party_shown,
    standing,
    where,
    who,
    why_aside,
)
from verify.report.text import plural
from verify.types import (
    Checked,
    Claim,
    Evidence,
    Finding,
    Kind,
    Level,
    RelationType,
    Span,
    Stance,
    Unchecked,
)

QUOTED = (RelationType.MISQUOTE, RelationType.WRONG_SPEAKER)

AROUND_QUOTED = ' ,"“”‘’'
"""Characters at the ends of a quotation that are the writer's."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the document, where they stand, and the id of the piece to jump to, or "" for none."""

    text: str
    place: str
    target: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its passages; `number` is from 1, gravest first; `aside` says why it doesn't count."""

    number: int
    id: str
    level: Level
    code: str
    rule: str
    message: str
    claims: tuple[str, ...]
    passages: tuple[Words, ...]
    aside: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim in a table of who says what."""

    id: str
    party: str
    who: str
    anonymous: bool
    stance: Stance
    proposition: str
    words: Words


@dataclass(frozen=True, slots=True)
class PositionView:
    """A claim on an issue, with its party's answer."""

    answer: str
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class IssueView:
    """A disputed question, with a row for each claim."""

    question: str
    rows: tuple[PositionView, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A passage of the archive on a claim, its deciding words apart; `changes` of a quotation only."""

    claim: ClaimView
    relation: RelationType
    reason: str
    before: str
    deciding: str
    after: str
    origin: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RelianceView:
    """Who relies on whom, and where."""

    source: str
    relies_on: str
    places: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class UncheckedView:
    """A reason for which something wasn't checked, and where."""

    reason: str
    places: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A document's part of the page."""

    id: str
    path: str
    title: str
    published: str
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[FindingView, ...]
    aside: tuple[FindingView, ...]
    counts: str
    levels: Mapping[str, int]
    issues: tuple[IssueView, ...]
    evidence: tuple[EvidenceView, ...]
    reliances: tuple[RelianceView, ...]
    graph: Graph | None
    claims: tuple[ClaimView, ...]
    looked_at: str
    searched: bool
    nothing_checked: bool
    unchecked: tuple[UncheckedView, ...]

    @property
    def left_out(self) -> str:
        """Return "1 part", "2 parts"."""
        return plural(sum(len(unchecked.places) for unchecked in self.unchecked), "part")

    @property
    def marked(self) -> Mapping[str, FindingView]:
        """All findings by their ids, those set aside too."""
        return {finding.id: finding for finding in (*self.findings, *self.aside)}


def story(checked: Checked) -> Story:
    """Make the part of one document."""
    return _Writer(checked).story()


class _Writer:
    """Holds what the views of one document share: its lines, and the pieces that links jump to."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.lines = Lines.of(checked.document)
        self.paragraphs = paragraphs(checked, [*standing(checked.findings), *aside(checked.findings)])
        self.places = places(self.paragraphs)
        self.claims = {claim.id: self.claim(claim) for claim in checked.claims}

    def story(self) -> Story:
        checked, document = self.checked, self.checked.document
        found, stood = standing(checked.findings), aside(checked.findings)
        return Story(
            id=document.id,
            path=printable(document.path),
            title=printable(document.title or document.path),
            published=day_shown(document.published) if document.published else "",
            paragraphs=self.paragraphs,
            findings=self.findings(found, 1),
            aside=self.findings(stood, len(found) + 1),
            counts=counts(found),
            levels={level.value: sum(f.level is level for f in found) for level in Level},
            issues=self.issues(),
            evidence=tuple(self.evidence(e) for e in checked.evidence),
            reliances=self.reliances(),
            graph=draw(checked.reliances),
            claims=tuple(self.claims.values()),
            looked_at=printable(looked_at(checked)),
            searched=checked.searched is not None,
            nothing_checked=checked.nothing_checked,
            unchecked=tuple(
                UncheckedView(printable(reason), tuple(map(self.unchecked, parts)))
                for reason, parts in left_out(checked).items()
            ),
        )

    def words(self, span: Span) -> Words:
        text = printable(self.checked.document.text[span.start : span.end])
        return Words(text, self.lines.shown(span.start), self.places.get(span.start, ""))

    def passage(self, around: Span, spans: Sequence[Span]) -> Words:
        """The sentences around passages of a finding, and a link to the first of these."""
        return replace(self.words(spans[0]), text=self.words(around).text)

    def unchecked(self, part: Unchecked) -> Words:
        return replace(self.words(part.span), place=where(part, self.lines))

    def findings(self, findings: Sequence[Finding], first: int) -> tuple[FindingView, ...]:
        return tuple(
            FindingView(
                number=number,
                id=f.id,
                level=f.level,
                code=f.code,
                rule=f.rule,
                message=printable(f.message),
                claims=f.claims,
                passages=tuple(self.passage(*group) for group in grouped(self.checked, f.spans)),
                aside=printable(why_aside(f)) if f.is_aside else "",
            )
            for number, f in enumerate(findings, start=first)
        )

    def claim(self, claim: Claim) -> ClaimView:
        return ClaimView(
            id=claim.id,
            party=party_shown(claim.party),
            who=who(claim),
            anonymous=claim.source is not None and claim.source.anonymous,
            stance=claim.stance,
            proposition=printable(claim.proposition),
            words=replace(
                self.words(claim.content[0] if claim.content else claim.span),
                text=printable(own_words(self.checked.document.text, claim)),
            ),
        )

    def issues(self) -> tuple[IssueView, ...]:
        return tuple(
            IssueView(
                printable(issue.question),
                tuple(
                    PositionView(printable(position.answer), self.claims[id_])
                    for position in issue.positions
                    for id_ in position.claims
                ),
            )
            for issue in self.checked.issues
        )

    def evidence(self, evidence: Evidence) -> EvidenceView:
        passage = evidence.passage
        start, end = evidence.span.start - passage.span.start, evidence.span.end - passage.span.start
        deciding = passage.text[start:end]
        claim = next(c for c in self.checked.claims if c.id == evidence.claim)
        quotation = evidence.relation in QUOTED or evidence.kind is Kind.QUOTE
        quoted = " ".join(self.words(span).text for span in claim.content)
        return EvidenceView(
            claim=self.claims[claim.id],
            relation=evidence.relation,
            reason=printable(evidence.reason),
            before=printable(passage.text[:start]),
            deciding=printable(deciding),
            after=printable(passage.text[end:]),
            origin=printable(origin(passage)),
            changes=word_diff(printable(deciding), quoted.strip(AROUND_QUOTED)) if quotation else (),
        )

    def reliances(self) -> tuple[RelianceView, ...]:
        return tuple(
            RelianceView(
                printable(reliance.source),
                printable(reliance.relies_on),
                tuple(self.claims[id_].words for id_ in reliance.claims if id_ in self.claims),
            )
            for reliance in self.checked.reliances
        )
