"""What stands in quotation marks in a parsed document, and who goes on speaking there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from verify.attribution.quotations import Quotation, Quotations, find_quotations
from verify.types import Attribution, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

EDGES = frozenset(' \t\r\n"“”‘’„«»‹›,.;:—–-()[]')
"""Characters that a span neither starts nor ends with; a closing bracket may end one."""

GOES_ON = 3
"""Sentences after an attribution in which its source may go on speaking."""

CLOSES = 8
"""Sentences of a quotation before the one that names its speaker."""


# Several steps of reading one document ask for what follows: the last one's is kept.


@lru_cache(maxsize=1)
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


@lru_cache(maxsize=1)
def quoted_sentences(parsed: Parsed) -> Mapping[int, Quotation]:
    """The sentences that stand in quotation marks as a whole, by index, each with its quotation."""
    groups = enumerate(sentence_tokens(parsed))
    found = ((index, _whole_in(tokens, parsed)) for index, tokens in groups)
    return {index: quotation for index, quotation in found if quotation is not None}


@lru_cache(maxsize=1)
def sentence_tokens(parsed: Parsed) -> Sequence[list[Token]]:
    """The tokens of each sentence, white space left out."""
    groups: list[list[Token]] = [[] for _ in parsed.sentences]
    for token in parsed.doc:
        if not token.is_space and groups:
            groups[parsed.token_sentence[token.i]].append(token)
    return groups


@lru_cache(maxsize=1)
def quoted_tokens(parsed: Parsed) -> frozenset[int]:
    """The indices of the tokens that stand in quotation marks, marks included."""
    found = iter(quotations_of(parsed).found)
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


def carry_on(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Give the sentences of a quotation that lack a cue of their own to the source of its neighbours."""
    by_sentence: dict[int, list[int]] = {}
    for i, attribution in enumerate(attributions):
        by_sentence.setdefault(attribution.sentence, []).append(i)

    def between(first: int, last: int) -> Iterator[int]:
        return (i for sentence in range(first, last + 1) for i in by_sentence.get(sentence, ()))

    carried: list[Attribution] = []
    for index, quotation in quoted_sentences(parsed).items():
        if index in by_sentence:
            continue
        block = parsed.sentences[index].block
        close = any(
            attributions[i].within is None and block - parsed.sentences[attributions[i].sentence].block <= 1
            for i in between(index - GOES_ON, index - 1)
        )
        closing = next(
            (i for i in between(index + 1, index + CLOSES) if _closes(attributions[i], quotation, parsed)),
            None,
        )
        content = runs_of(parsed, sentence_tokens(parsed)[index])
        if content and (close or closing is not None):
            carried.append(Attribution(index, None, None, content, Quote.DIRECT, spoken_as=closing))
    return _ordered([*attributions, *carried])


def _whole_in(tokens: list[Token], parsed: Parsed) -> Quotation | None:
    """The quotation that a sentence stands in as a whole, if there is one."""
    inside = quoted_tokens(parsed)
    words = [t for t in tokens if t.is_alpha or t.like_num]
    quoted = [t for t in words if t.i in inside]
    if not words or len(quoted) < 0.9 * len(words):
        return None
    found = quotations_of(parsed).found
    return found[bisect_right(found, quoted[0].idx, key=lambda q: q.start) - 1]


def _closes(a: Attribution, quotation: Quotation, parsed: Parsed) -> bool:
    """Whether `a`, after a sentence of `quotation`, names its speaker."""
    return a.quote is not Quote.INDIRECT and sentence_tokens(parsed)[a.sentence][0].idx < quotation.end


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
