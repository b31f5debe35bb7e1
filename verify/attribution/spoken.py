"""What stands in quotation marks in a parsed document, and who goes on speaking there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.attribution.quotations import Quotation, Quotations, find_quotations
from verify.types import Attribution, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

EDGES = frozenset(' \t\r\n"“”‘’„«»‹›,.;:—–-()[]')
"""Characters that a span neither starts nor ends with; a closing bracket may end one."""


def quotations_of(parsed: Parsed) -> Quotations:
    """The quotations of a parsed document, as offsets into `parsed.doc.text`."""
    text = parsed.doc.text
    paragraphs: list[tuple[int, int]] = []
    block = None
    for tokens, sentence in zip(sentence_tokens(parsed), parsed.sentences, strict=True):
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
        if sentence.block == block:
            paragraphs[-1] = (paragraphs[-1][0], end)
        else:
            paragraphs.append((start, end))
        block = sentence.block
    return find_quotations(text, paragraphs)


def quoted_sentences(parsed: Parsed) -> frozenset[int]:
    """The sentences that stand in quotation marks as a whole."""
    quotations = quotations_of(parsed)
    inside = quoted_tokens(parsed, quotations)
    groups = enumerate(sentence_tokens(parsed))
    return frozenset(index for index, tokens in groups if _whole_in(tokens, quotations, inside) is not None)


def sentence_tokens(parsed: Parsed) -> list[list[Token]]:
    """The tokens of each sentence, white space left out."""
    groups: list[list[Token]] = [[] for _ in parsed.sentences]
    for token in parsed.doc:
        if not token.is_space and groups:
            groups[parsed.token_sentence[token.i]].append(token)
    return groups


def quoted_tokens(parsed: Parsed, quotations: Quotations) -> frozenset[int]:
    """The indices of the tokens that stand in quotation marks, marks included."""
    found = iter(quotations.found)
    quotation = next(found, None)
    inside = set()
    for token in parsed.doc:
        while quotation is not None and token.idx >= quotation.end:
            quotation = next(found, None)
        if quotation is None:
            break
        if token.idx >= quotation.start:
            inside.add(token.i)
    return frozenset(inside)


def quote_of(content: Iterable[Token], inside: frozenset[int]) -> Quote:
    """How a content is reported: nine words in ten in quotation marks make it direct, none indirect."""
    words = [t for t in content if not t.is_punct and not t.is_space]
    quoted = sum(t.i in inside for t in words)
    if not quoted:
        return Quote.INDIRECT
    return Quote.DIRECT if quoted >= 0.9 * len(words) else Quote.MIXED


def runs_of(parsed: Parsed, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Spans of the contiguous runs of `tokens`, without punctuation at their edges."""
    runs: list[list[Token]] = []
    for token in sorted(set(tokens), key=lambda t: t.i):
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = []
    for run in runs:
        span = parsed.span(run[0], run[-1])
        text = parsed.text(span)
        start, end = span
        while start < end and text[start - span.start] in EDGES:
            start += 1
        while end > start and text[end - 1 - span.start] in EDGES - {")"}:
            end -= 1
        if any(c.isalnum() for c in text[start - span.start : end - span.start]):
            spans.append(Span(start, end))
    return tuple(spans)


def carry_on(
    parsed: Parsed, attributions: list[Attribution], quotations: Quotations, inside: frozenset[int]
) -> tuple[Attribution, ...]:
    """Give the sentences of a quotation that lack a cue of their own to the source of its neighbours."""
    attributed = {a.sentence for a in attributions}
    groups = sentence_tokens(parsed)
    carried: list[Attribution] = []
    for index, tokens in enumerate(groups):
        quotation = _whole_in(tokens, quotations, inside)
        if quotation is None or index in attributed:
            continue
        block = parsed.sentences[index].block
        before = [
            a
            for a in attributions
            if a.sentence < index and block - parsed.sentences[a.sentence].block <= 1 and a.within is None
        ]
        close = bool(before) and index - before[-1].sentence <= 3
        closing = next((i for i, a in enumerate(attributions) if _closes(a, index, groups, quotation)), None)
        content = runs_of(parsed, tokens)
        if content and (close or closing is not None):
            carried.append(Attribution(index, None, None, content, Quote.DIRECT, spoken_as=closing))
    return _ordered([*attributions, *carried])


def _whole_in(tokens: list[Token], quotations: Quotations, inside: frozenset[int]) -> Quotation | None:
    """The quotation that a sentence stands in as a whole, if there is one."""
    words = [t for t in tokens if t.is_alpha or t.like_num]
    quoted = [t for t in words if t.i in inside]
    if not words or len(quoted) < 0.9 * len(words):
        return None
    return next((q for q in quotations.found if q.start <= quoted[0].idx < q.end), None)


def _closes(a: Attribution, index: int, groups: list[list[Token]], quotation: Quotation) -> bool:
    """Whether `a`, after the sentence `index`, names the speaker of the same quotation."""
    if not index < a.sentence <= index + 8 or a.quote is Quote.INDIRECT:
        return False
    return groups[a.sentence][0].idx < quotation.end


def _ordered(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    order = sorted(
        range(len(attributions)), key=lambda i: (attributions[i].sentence, attributions[i].content[0].start)
    )
    place = {old: new for new, old in enumerate(order)}

    def moved(index: int | None) -> int | None:
        return None if index is None else place[index]

    return tuple(
        replace(a, within=moved(a.within), spoken_as=moved(a.spoken_as))
        for a in (attributions[i] for i in order)
    )
