"""What a draft has in quotation marks, sentence by sentence, and in whose mouth it puts it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from verify.attribution.quotations import find_quotations
from verify.evidence.library import unmasked
from verify.evidence.words import Wording, wording_of
from verify.types import Claim, Document, Role, Sentence, Span

ENDS = ".!?…"
SPACE = ' \t\r\n"“”‘’«»'


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words of one sentence; a quotation that "he said" interrupts is one.

    `opens` tells that a sentence of the source begins with them, `closes` that it ends with them, as far as
    the draft has it.
    """

    document: Document
    claim: Claim
    span: Span
    wording: Wording
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    claim: Claim
    sentence: str
    span: Span
    opens: bool
    closes: bool


def quoted_in(
    document: Document, sentences: Sequence[Sentence], claims: Sequence[Claim]
) -> tuple[Quoted, ...]:
    """The quoted words that `claims` give to a source, in the order of the text; none of headlines."""
    shown = unmasked(document)
    found: list[Quoted] = []
    group: list[_Piece] = []
    for piece in _pieces(document, sentences, claims):
        if group and not _goes_on(group[-1], piece):
            found.append(_whole(document, shown, group))
            group = []
        group.append(piece)
    if group:
        found.append(_whole(document, shown, group))
    return tuple(quoted for quoted in found if quoted.wording.words)


def _pieces(document: Document, sentences: Sequence[Sentence], claims: Sequence[Claim]) -> Iterator[_Piece]:
    text = document.text
    prose = [(b.span.start, b.span.end) for b in document.blocks if b.role is Role.PARAGRAPH]
    spoken = _by_sentence(sentences, claims)
    for mark in find_quotations(text, prose).found:
        inner = Span(mark.start + 1, mark.end)
        for number in _touched(sentences, inner):
            sentence = sentences[number]
            start, end = max(inner.start, sentence.span.start), min(inner.end, sentence.span.end)
            while start < end and text[start] in SPACE:
                start += 1
            while start < end and text[end - 1] in SPACE:
                end -= 1
            closes = text[max(end - 1, start)] in f"{ENDS}," or text[mark.end : mark.end + 1] in tuple(ENDS)
            while start < end and text[end - 1] in f"{ENDS},;:{SPACE}":
                end -= 1
            span = Span(start, end)
            claim = _owner(span, spoken.get(number, ()))
            if start == end or claim is None:
                continue
            whole = start > inner.start or _begins(text, sentence.span.start, mark.start)
            yield _Piece(
                claim,
                sentence.id,
                span,
                opens=whole and text[start].isupper(),
                closes=closes,
            )


def _by_sentence(sentences: Sequence[Sentence], claims: Sequence[Claim]) -> Mapping[int, Sequence[Claim]]:
    """The claims of a source whose content stands, in part at least, in a sentence, by its number."""
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.source is not None and claim.role is Role.PARAGRAPH:
            for number in {n for span in claim.content for n in _touched(sentences, span)}:
                found[number].append(claim)
    return found


def _touched(sentences: Sequence[Sentence], span: Span) -> range:
    """The numbers of the sentences that share a character with `span`."""
    first = bisect_right(sentences, span.start, key=lambda s: s.span.end)
    return range(first, bisect_left(sentences, span.end, key=lambda s: s.span.start))


def _owner(span: Span, claims: Sequence[Claim]) -> Claim | None:
    """The claim whose content shares most with `span`; of equals the inner one."""

    def shared(claim: Claim) -> int:
        return sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in claim.content)

    best = max(claims, key=lambda c: (shared(c), c.within is not None), default=None)
    return best if best is not None and shared(best) else None


def _begins(text: str, sentence: int, mark: int) -> bool:
    """Whether the quotation that opens at `mark` begins a sentence: the draft's own, or after "He said:"."""
    before = text[sentence:mark].strip(SPACE)
    return not before or before[-1] in ",:"


def _goes_on(before: _Piece, piece: _Piece) -> bool:
    """Whether a piece goes on with the sentence that the one before it began: "We are," he said, "sorry."."""
    return (
        before.opens
        and not piece.opens
        and (before.claim.id, before.sentence) == (piece.claim.id, piece.sentence)
    )


def _whole(document: Document, shown: str, pieces: Sequence[_Piece]) -> Quoted:
    first, last = pieces[0], pieces[-1]
    return Quoted(
        document,
        first.claim,
        Span(first.span.start, last.span.end),
        wording_of(shown, [piece.span for piece in pieces]),
        opens=first.opens,
        closes=first.opens and last.closes,
    )
