"""A document's text cut into pieces, each of which belongs to the same claims and findings throughout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verify.printable import printable
from verify.types import Block, Checked, Claim, Finding, Role, Span, Stance


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `claims` and `findings` are ids, `ends` the findings whose passages end with it.

    `stance` is that of the innermost claim, `part` the piece's part in it: "source", "cue" or "content".
    """

    id: str
    start: int
    text: str
    claims: tuple[str, ...]
    stance: Stance | None
    own_voice: bool
    part: str
    findings: tuple[str, ...]
    ends: tuple[str, ...]
    unchecked: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the document; `place` says where it stood in an original that isn't text."""

    role: Role
    place: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    part: str
    claim: Claim


def paragraphs(checked: Checked, findings: Sequence[Finding]) -> tuple[Paragraph, ...]:
    """The document's blocks in pieces, with the passages of `findings` marked in them."""
    marks = [mark for claim in checked.claims for mark in _marks(claim)]
    made: list[Paragraph] = []
    for block in checked.document.blocks:
        number = sum(len(paragraph.pieces) for paragraph in made)
        pieces = tuple(_pieces(checked, block, marks, findings, number))
        made.append(Paragraph(block.role, block.place, pieces))
    return tuple(made)


def _marks(claim: Claim) -> Iterator[_Mark]:
    """The parts of a claim; the outlet's own claims have no content but the claim itself."""
    for span in claim.content or (claim.span,):
        yield _Mark(span, "content", claim)
    if claim.cue is not None:
        yield _Mark(claim.cue, "cue", claim)
    if claim.source is not None and claim.source.text is not None:
        yield _Mark(claim.source.text, "source", claim)


def _pieces(
    checked: Checked, block: Block, marks: Sequence[_Mark], findings: Sequence[Finding], number: int
) -> Iterator[Piece]:
    here = [mark for mark in marks if mark.span.overlaps(block.span)]
    passages = [(f.id, span) for f in findings for span in f.spans if span.overlaps(block.span)]
    unchecked = [u for u in checked.coverage.unchecked if u.span.overlaps(block.span)]
    spans = [m.span for m in here] + [s for _, s in passages] + [u.span for u in unchecked] + [*block.masked]
    inside = {edge for span in spans for edge in span if block.span.start < edge < block.span.end}
    for edges in pairwise(sorted({*block.span, *inside})):
        span = Span(*edges)
        if any(gap.contains(span) for gap in block.masked):
            continue
        around = sorted((m for m in here if m.span.contains(span)), key=lambda m: m.span.start - m.span.end)
        innermost = around[-1] if around else None
        yield Piece(
            id=f"{checked.document.id}-p{number}",
            start=span.start,
            text=printable(checked.document.text[span.start : span.end]),
            claims=tuple(dict.fromkeys(m.claim.id for m in around)),
            stance=innermost.claim.stance if innermost else None,
            own_voice=innermost is not None and innermost.claim.source is None,
            part=innermost.part if innermost else "",
            findings=tuple(dict.fromkeys(id_ for id_, passage in passages if passage.contains(span))),
            ends=tuple(
                dict.fromkeys(
                    id_
                    for id_, passage in passages
                    if passage.contains(span) and min(passage.end, block.span.end) == span.end
                )
            ),
            unchecked=next((u.reason for u in unchecked if u.span.contains(span)), None),
        )
        number += 1


def places(blocks: Sequence[Paragraph]) -> Mapping[int, str]:
    """The ids of the pieces by the offsets at which they start."""
    return {piece.start: piece.id for block in blocks for piece in block.pieces}
