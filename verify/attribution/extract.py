"""Attributions by dependency rules and lexicons: who says what, and by which cue.

Needs no weights beyond the parser's. The patterns of a sentence are in `patterns`; here their drafts are
cut to the document's characters, nested, and carried on over sentence boundaries.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.denials import told_denial
from verify.attribution.patterns import Draft, in_sentence
from verify.attribution.phrases import is_nobody, tells_no_word, without_own_acts
from verify.attribution.spoken import (
    carry_on,
    quotations_of,
    quote_of,
    quoted_tokens,
    runs_of,
    sentence_tokens,
)
from verify.types import Attribution, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

POSSESSIVES = frozenset({"its", "his", "her", "their"})

FIRST_PERSON = frozenset({"i", "we", "you", "one"})

MENTAL = lexicon.SUGGEST | frozenset("reckon feel consider know agree judge doubt hold".split())
"""Cues that, inside what somebody else says, colour it rather than open another attribution."""

DROPPED = -1
"""In place of an index: an attribution that isn't one by itself."""


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """Find the attributions of a document, in the order of their sentences and of their contents."""
    quotations = quotations_of(parsed)
    inside = quoted_tokens(parsed, quotations)
    drafts: list[tuple[int, Draft]] = []
    for index, tokens in enumerate(sentence_tokens(parsed)):
        if parsed.sentences[index].role is Role.HEADING or not parsed.readable(index):
            continue
        found = list(in_sentence(tokens, inside))
        drafts.extend((index, draft) for draft in _apart(_distinct(found)))
    attributions = [_cut(parsed, index, draft, inside) for index, draft in drafts]
    once: dict[tuple[Span | None, tuple[Span, ...]], tuple[Attribution, Draft]] = {}
    for attribution, (_, draft) in zip(attributions, drafts, strict=True):
        if attribution is not None:  # what somebody says they deny is found twice
            once.setdefault((attribution.cue, attribution.content), (attribution, draft))
    kept = [*once.values()]
    return carry_on(parsed, _nest(kept), quotations, inside)


def _distinct(found: list[Draft]) -> list[Draft]:
    """Without drafts that repeat another's source and content; the first pattern to find one keeps it."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for draft in found:
        if not draft.content:
            continue
        key = (draft.content[0].i, draft.source[0].i if draft.source else -1)
        if key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Without, at a content's end, the source of the next cue, where the parser joined the two by "and"."""
    apart = []
    for draft in drafts:
        ids = {t.i for t in draft.content}
        taken = [
            other.source[0].i
            for other in drafts
            if other.source
            and other.cue[0].i not in ids
            and draft.content[0].i < other.source[0].i
            and other.source[-1].i == draft.content[-1].i
        ]
        content = [t for t in draft.content if t.i < min(taken)] if taken else list(draft.content)
        while content and content[-1].dep_ in {"cc", "punct"}:
            content.pop()
        apart.append(replace(draft, content=tuple(content)) if content else draft)
    return apart


def _cut(parsed: Parsed, index: int, draft: Draft, inside: frozenset[int]) -> Attribution | None:
    kept = without_own_acts(draft.cue, draft.content)
    told = told_denial(draft.cue, kept)
    said_by, said = told if told is not None else (draft.cue, kept)
    content = runs_of(parsed, said)
    cue = runs_of(parsed, said_by)
    source = runs_of(parsed, draft.source)
    if not content or not cue or not source or is_nobody(draft.source) or tells_no_word(draft.cue):
        return None
    return Attribution(
        sentence=index,
        source=Span(source[0].start, source[-1].end),
        cue=Span(cue[0].start, cue[-1].end) if cue[-1].end - cue[0].start < 80 else cue[-1],
        content=content,
        quote=quote_of(draft.content, inside),
    )


def _nest(kept: list[tuple[Attribution, Draft]]) -> list[Attribution]:
    """Record which attribution stands within which, and drop a speaker's own musings inside what they say."""
    nested: list[tuple[Attribution, int | None]] = []
    folded: set[int] = set()
    for i, (inner, draft) in enumerate(kept):
        within = _outer_of(i, kept)
        if within is not None and _is_shown(draft):
            # "said its intelligence showed P": one claim, the speaker's.
            outer = kept[within][0]
            nested[:] = [(a, DROPPED if a is outer else w) for a, w in nested]
            folded.add(within)
            nested.append((replace(inner, source=outer.source, cue=outer.cue), None))
            continue
        musing = within is not None and _is_musing(draft)
        nested.append((inner, DROPPED if musing or i in folded else within))
    places: dict[int, int] = {}
    result: list[Attribution] = []
    for i, (attribution, within) in enumerate(nested):
        if within != DROPPED:
            places[i] = len(result)
            result.append(replace(attribution, within=within))
    return [replace(a, within=places.get(a.within) if a.within is not None else None) for a in result]


def _outer_of(i: int, kept: list[tuple[Attribution, Draft]]) -> int | None:
    """The place of the attribution in whose content, or by whose pattern, the i-th is nested."""
    inner, draft = kept[i]
    if any(_takes_which(token) for token in draft.cue):
        return None  # "said P, which Kyiv denies": P is what Kyiv denies, but nobody says that it does
    for j, (outer, other) in enumerate(kept):
        if i == j or outer.sentence != inner.sentence or inner.cue is None:
            continue
        if draft.outer is not None:
            if draft.outer in other.cue:
                return j
        elif outer.cue != inner.cue and any(c.contains(inner.cue) for c in outer.content):
            return j
    return None


def _takes_which(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ == "which" and c.dep_ == "dobj" for c in verb.children)


def _is_shown(draft: Draft) -> bool:
    """Whether a nested draft's source is only what the speaker goes by: "its inquiry", "evidence"."""
    first, last = draft.source[0], draft.source[-1]
    return first.lower_ in POSSESSIVES or (len(draft.source) == 1 and last.lemma_.lower() in lexicon.EVIDENCE)


def _is_musing(draft: Draft) -> bool:
    """Whether a nested draft only colours what the speaker says: "he said he believed", "I think"."""
    verb = draft.cue[0] if len(draft.cue) == 1 else max(draft.cue, key=lambda t: t.pos_ == "VERB")
    return verb.lemma_.lower() in MENTAL or draft.source[0].lower_ in FIRST_PERSON
