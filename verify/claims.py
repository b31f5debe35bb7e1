"""From attributions and sources to claims: stance apart, proposition in the positive, the outlet's own voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verify.attribution.stance import Polarity, polarity_of, stance_of
from verify.proposition import Wording, positive, proposition_of
from verify.types import Attribution, Claim, Quote, Role, Source, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

REACH = 6
"""Sentences back to which "denied it" or "that account" may refer."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A claim with what its proposition leaves to the context."""

    claim: Claim
    wording: Wording
    index: int


def make_claims(
    parsed: Parsed, attributions: Sequence[Attribution], sources: Sequence[Source]
) -> tuple[Claim, ...]:
    """The claims of a document in the order of their text.

    `sources` are those of `attributions`, one each. A sentence that no source speaks is a claim in the
    outlet's own voice, unless it is a question or no sentence at all.
    """
    worded = [_attributed(parsed, a, s) for a, s in zip(attributions, sources, strict=True)]
    spoken = {a.sentence for a in attributions}
    worded += [
        Worded(claim, Wording(claim.proposition, answers=False), index)
        for index in range(len(parsed.sentences))
        if index not in spoken and (claim := _own_voice(parsed, index)) is not None
    ]
    order = sorted(range(len(worded)), key=lambda i: (worded[i].index, worded[i].claim.content[0].start))
    names = {old: f"c{new + 1}" for new, old in enumerate(order)}
    claims: list[Claim] = []
    for old in order:
        item = worded[old]
        within = attributions[old].within if old < len(attributions) else None
        claim = replace(item.claim, id=names[old], within=names[within] if within is not None else None)
        if item.wording.answers:
            claim = _bind(claim, item, claims, parsed)
        claims.append(claim)
    return tuple(claims)


def _attributed(parsed: Parsed, attribution: Attribution, source: Source) -> Worded:
    content = _tokens(parsed, attribution.content)
    cue = _tokens(parsed, (attribution.cue,)) if attribution.cue else []
    stance = stance_of(cue, content)
    wording = proposition_of(cue, content, source, stance)
    spans = [*attribution.content, *(s for s in (attribution.source, attribution.cue) if s)]
    claim = Claim(
        id="",
        sentence=parsed.sentences[attribution.sentence].id,
        span=Span(min(s.start for s in spans), max(s.end for s in spans)),
        source=source,
        cue=attribution.cue,
        content=attribution.content,
        quote=attribution.quote,
        stance=stance,
        proposition=wording.text,
        within=None,
        role=parsed.sentences[attribution.sentence].role,
    )
    return Worded(claim, wording, attribution.sentence)


def _own_voice(parsed: Parsed, index: int) -> Claim | None:
    sentence = parsed.sentences[index]
    words = [t for t in parsed.tokens(sentence.span) if not t.is_space]
    if sentence.role is Role.HEADING or sum(t.is_alpha for t in words) < 3 or words[-1].text == "?":
        return None
    if not any(t.pos_ in {"VERB", "AUX"} for t in words):
        return None
    content = _without_dateline(words)
    denied = polarity_of(content) is Polarity.NEGATIVE
    end = sentence.span.end
    while end > sentence.span.start and parsed.document.text[end - 1] in ".!…":
        end -= 1
    span = Span(parsed.span(content[0], content[0]).start, end)
    return Claim(
        id="",
        sentence=sentence.id,
        span=span,
        source=None,
        cue=None,
        content=(span,),
        quote=Quote.NONE,
        stance=Stance.DENIES if denied else Stance.ASSERTS,
        proposition=positive(content) if denied else _plain(content),
        within=None,
        role=sentence.role,
    )


def _without_dateline(words: list[Token]) -> list[Token]:
    """Without "WARSAW/BRUSSELS —" or "MOSCOW, March 24 (Reuters) -" before the first sentence."""
    for k, token in enumerate(words[:14]):
        if token.text in {"—", "–", "-", "--"} and words[0].is_upper and k + 3 < len(words):
            return words[k + 1 :]
        if token.pos_ == "VERB":
            break
    return words


def _plain(words: Sequence[Token]) -> str:
    doc = words[0].doc
    text = doc.text[words[0].idx : words[-1].idx + len(words[-1])].strip()
    return text if text.endswith((".", "!", "?", "”", '"')) else text + "."


def _bind(claim: Claim, item: Worded, before: Sequence[Claim], parsed: Parsed) -> Claim:
    """Give "denied it" and "rejected that account" the proposition of the claim that they answer.

    That is the nearest earlier one of another party; one that speaks of the answering party goes first.
    """
    place = {s.id: i for i, s in enumerate(parsed.sentences)}
    rivals = [
        c
        for c in reversed(before)
        if c.party != claim.party
        and item.index - place[c.sentence] <= REACH
        and c.stance not in {Stance.DECLINES, Stance.DOUBTS}
        and c.within is None
    ]
    names = {w for w in (claim.party.lower(), claim.source.name.lower() if claim.source else "") if w}
    about = [c for c in rivals if any(n in c.proposition.lower() for n in names)]
    if item.wording.needs_name:
        rivals = [c for c in about if c.source is not None] or about
    else:
        rivals = [c for c in about if item.index - place[c.sentence] <= 2] or rivals
    if not rivals:
        return claim
    answered = rivals[0]
    stance = claim.stance
    if answered.stance is Stance.DENIES:
        # To deny a denial is to assert; the proposition stays in the positive.
        stance = {Stance.DENIES: Stance.ASSERTS, Stance.ASSERTS: Stance.DENIES}.get(stance, stance)
    return replace(claim, proposition=answered.proposition, stance=stance)


def _tokens(parsed: Parsed, spans: Sequence[Span]) -> list[Token]:
    return [t for span in spans for t in parsed.tokens(span) if not t.is_space]


