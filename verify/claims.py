"""From attributions and sources to claims.

The stance stands apart from the proposition, which is written in the positive; what no source says is a
claim in the outlet's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verify.attribution.citing import citations
from verify.attribution.lexicon import ACCUSES
from verify.attribution.registry import Registry
from verify.attribution.spoken import quoted_sentences
from verify.attribution.stance import Polarity, polarity_of, stance_of
from verify.proposition import Wording, plain, positive, proposition_of
from verify.types import Attribution, Claim, Quote, Role, Source, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

REACH = 6
"""Sentences back to which "denied it" or "that account" may refer."""

LEAST_FITNESS = 1.0
"""What a claim must reach to be taken for the one that another answers; chosen on the training stories."""

COUNTED = re.compile(r"\b(?:figures?|numbers?|toll|estimates?|count)\b", re.IGNORECASE)
WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Worded:
    """A claim with what its proposition leaves to the context."""

    claim: Claim
    wording: Wording
    index: int


def make_claims(
    parsed: Parsed, attributions: Sequence[Attribution], sources: Sequence[Source], registry: Registry
) -> tuple[Claim, ...]:
    """The claims of a document in the order of their text.

    `sources` are those of `attributions`, one each. A sentence that no source speaks is a claim in the
    outlet's own voice, unless it is a question, no sentence at all, or somebody's words all the same.
    """
    worded = [_attributed(parsed, a, s) for a, s in zip(attributions, sources, strict=True)]
    for attribution, inner in zip(attributions, worded[:], strict=True):
        if attribution.within is not None and _quotes(parsed, attributions[attribution.within]):
            outer = worded[attribution.within]
            repeated = replace(outer.claim, proposition=inner.claim.proposition, stance=inner.claim.stance)
            worded[attribution.within] = replace(outer, claim=repeated, wording=inner.wording)
    spoken = {a.sentence for a in attributions} | quoted_sentences(parsed)
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
            claim = _bind(claim, item, claims, parsed, registry)
        claims.append(claim)
    citing = citations(claims, {s.id: s for s in parsed.sentences}, parsed.document)
    return tuple(replace(c, cites=citing[c.id]) if c.id in citing else c for c in claims)


def unspoken(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Span, ...]:
    """The sentences that are quoted as a whole and that nobody is said to have spoken."""
    silent = quoted_sentences(parsed) - {a.sentence for a in attributions}
    return tuple(parsed.sentences[i].span for i in sorted(silent) if _own_voice(parsed, i) is not None)


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


def _quotes(parsed: Parsed, attribution: Attribution) -> bool:
    """Whether the source only passes on another's words: "Tass quoted the FSB as saying P" says P."""
    cue = _tokens(parsed, (attribution.cue,)) if attribution.cue else []
    return any(t.lemma_.lower() in {"quote", "cite"} for t in cue)


def _own_voice(parsed: Parsed, index: int) -> Claim | None:
    sentence = parsed.sentences[index]
    words = [t for t in parsed.tokens(sentence.span) if not t.is_space]
    if sentence.role is Role.HEADING or not parsed.readable(index):
        return None
    if sum(t.is_alpha for t in words) < 3 or words[-1].text == "?":
        return None
    if not any(t.pos_ in {"VERB", "AUX"} for t in words):
        return None
    denied = polarity_of(words) is Polarity.NEGATIVE
    end = sentence.span.end
    while end > sentence.span.start and parsed.document.text[end - 1] in ".!…":
        end -= 1
    span = Span(parsed.span(words[0], words[0]).start, end)
    return Claim(
        id="",
        sentence=sentence.id,
        span=span,
        source=None,
        cue=None,
        content=(span,),
        quote=Quote.NONE,
        stance=Stance.DENIES if denied else Stance.ASSERTS,
        proposition=positive(words) if denied else plain(words),
        within=None,
        role=sentence.role,
    )


def _bind(claim: Claim, item: Worded, before: Sequence[Claim], parsed: Parsed, registry: Registry) -> Claim:
    """Give "denied it" and "rejected that account" the proposition of the claim that they answer.

    That is the earlier one of another party that fits best: it names the answering party, accuses it,
    stands near. Where none fits, the claim keeps its own words.
    """
    place = {s.id: i for i, s in enumerate(parsed.sentences)}
    rivals = [
        (_fitness(claim, rival, item, item.index - place[rival.sentence], registry), -number, rival)
        for number, rival in enumerate(reversed(before))
        if rival.party != claim.party
        and item.index - place[rival.sentence] <= REACH
        and rival.stance not in {Stance.DECLINES, Stance.DOUBTS}
    ]
    fitness, _, answered = max(rivals, default=(0.0, 0, claim))
    if fitness < LEAST_FITNESS:
        return claim
    stance = claim.stance
    if answered.stance is Stance.DENIES:
        # To deny a denial is to assert; the proposition stays in the positive.
        stance = {Stance.DENIES: Stance.ASSERTS, Stance.ASSERTS: Stance.DENIES}.get(stance, stance)
    return replace(claim, proposition=answered.proposition, stance=stance)


def _fitness(claim: Claim, rival: Claim, item: Worded, distance: int, registry: Registry) -> float:
    """How well `rival`, `distance` sentences back, fits as what `claim` answers."""
    text = rival.proposition.lower()
    names = {claim.party.lower()} | ({claim.source.name.lower()} if claim.source else set())
    named = any(name in text for name in names) or claim.party in registry.parties_in(rival.proposition)
    cited = _cites(item.claim.proposition, rival)
    if item.wording.needs_name and not named:
        return 0.0
    counted = bool(COUNTED.search(item.claim.proposition))
    if counted and not any(c.isdigit() for c in text):
        return 0.0
    accuses = bool(ACCUSES & set(WORD.findall(text)))
    return (
        3.0 * named
        + 2.0 * cited
        + 1.5 * accuses
        + 1.0 * (rival.source is not None)
        + 2.0 * counted
        - 0.7 * max(distance - 1, 0)
    )


def _cites(answer: str, rival: Claim) -> bool:
    """Whether an answer such as "the Islamist group's claims" names whose claim it answers."""
    if rival.source is None:
        return False
    said = set(WORD.findall(answer.lower()))
    names = (*WORD.findall(rival.source.name.lower()), *WORD.findall(rival.party.lower()))
    return any(len(word) > 3 and any(w.startswith(word[:5]) for w in said) for word in names)


def _tokens(parsed: Parsed, spans: Sequence[Span]) -> list[Token]:
    return [t for span in spans for t in parsed.tokens(span) if not t.is_space]
