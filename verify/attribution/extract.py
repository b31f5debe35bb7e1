"""Attributions by dependency rules and lexicons: who says what, and by which cue.

Needs no weights beyond the parser's. The patterns of a sentence are in `patterns`; here their drafts are
cut to the document's characters, nested, and carried on over sentence boundaries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.denials import told_denial
from verify.attribution.mentions import OWNERS
from verify.attribution.patterns import Draft, in_sentence
from verify.attribution.phrases import is_nobody, tells_no_word, without_own_acts
from verify.attribution.spoken import carry_on, quote_of, quoted_tokens, runs_of, sentence_tokens
from verify.types import Attribution, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

FIRST_PERSON = frozenset({"i", "we", "you", "one"})

MENTAL = lexicon.SUGGEST | frozenset("reckon feel consider know agree judge doubt hold".split())
"""Cues that, inside what somebody else says, colour it rather than open another attribution."""


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution with the draft that it was cut from."""

    attribution: Attribution
    draft: Draft


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """Find the attributions of a document, in the order of their sentences and of their contents."""
    inside = quoted_tokens(parsed)
    drafts: list[tuple[int, Draft]] = []
    for index, tokens in enumerate(sentence_tokens(parsed)):
        if parsed.sentences[index].role is Role.HEADING or not parsed.readable(index):
            continue
        found = list(in_sentence(tokens, inside))
        drafts.extend((index, draft) for draft in _apart(_distinct(found)))
    attributions = [_cut(parsed, index, draft, inside) for index, draft in drafts]
    once: dict[tuple[Span | None, tuple[Span, ...]], Found] = {}
    for attribution, (_, draft) in zip(attributions, drafts, strict=True):
        if attribution is not None:  # what somebody says they deny is found twice
            once.setdefault((attribution.cue, attribution.content), Found(attribution, draft))
    return carry_on(parsed, _nest([*once.values()]))


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


def _nest(kept: Sequence[Found]) -> list[Attribution]:
    """Record which attribution stands within which, and drop a speaker's own musings inside what they say.

    "Said its intelligence showed P" is one claim: the inner one, as the speaker's.
    """
    outer_of = _outers(kept)
    shown = {i: outer for i, outer in outer_of.items() if _is_shown(kept[i].draft)}
    folded = set(shown.values())
    musings = {i for i in outer_of if _is_musing(kept[i].draft)}
    left = [i for i in range(len(kept)) if i in shown or i not in folded | musings]
    place: dict[int | None, int] = {i: k for k, i in enumerate(left)}
    nested = []
    for i in left:
        inner = kept[i].attribution
        if i in shown:
            speaker = kept[shown[i]].attribution
            nested.append(replace(inner, source=speaker.source, cue=speaker.cue))
        else:
            nested.append(replace(inner, within=place.get(outer_of.get(i))))
    return nested


def _outers(kept: Sequence[Found]) -> dict[int, int]:
    """By the place of each attribution that is nested in another, the place of that one."""
    sentences = groupby(range(len(kept)), key=lambda i: kept[i].attribution.sentence)
    places = [[*found] for _, found in sentences]
    return {
        i: outer
        for together in places
        for i in together
        if (outer := next((j for j in together if j != i and _holds(kept[j], kept[i])), None)) is not None
    }


def _holds(outer: Found, inner: Found) -> bool:
    """Whether one attribution of a sentence is nested in another: by its pattern, or in its content.

    Of "said P, which Kyiv denies" P is what Kyiv denies, but nobody says that it does.
    """
    if any(_takes_which(token) for token in inner.draft.cue) or inner.attribution.cue is None:
        return False
    if inner.draft.outer is not None:
        return inner.draft.outer in outer.draft.cue
    cue = inner.attribution.cue
    return outer.attribution.cue != cue and any(c.contains(cue) for c in outer.attribution.content)


def _takes_which(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ == "which" and c.dep_ == "dobj" for c in verb.children)


def _is_shown(draft: Draft) -> bool:
    """Whether a nested draft's source is only what the speaker goes by: "its inquiry", "evidence"."""
    first, last = draft.source[0], draft.source[-1]
    return first.lower_ in OWNERS or (len(draft.source) == 1 and last.lemma_.lower() in lexicon.EVIDENCE)


def _is_musing(draft: Draft) -> bool:
    """Whether a nested draft only colours what the speaker says: "he said he believed", "I think"."""
    verb = draft.cue[0] if len(draft.cue) == 1 else max(draft.cue, key=lambda t: t.pos_ == "VERB")
    return verb.lemma_.lower() in MENTAL or draft.source[0].lower_ in FIRST_PERSON
