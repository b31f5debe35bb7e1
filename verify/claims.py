"""From attributions and sources to claims.

The stance stands apart from the proposition, which is written in the positive; what no source says is a
claim in the outlet's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.attribution.citing import citations
from verify.attribution.lexicon import ACCUSES, BLAME, CLAIM_NOUN, DENY, JUDGE, MOVE, PEJORATIVE
from verify.attribution.phrases import SUBJECTS, trim_marks
from verify.attribution.registry import Registry
from verify.attribution.spoken import quoted_sentences, runs_of
from verify.attribution.stance import (
    Polarity,
    cue_class_of,
    gainsays,
    polarity_of,
    repeats,
    root_of,
    stance_of,
)
from verify.proposition import UNSAID, Wording, held, plain, positive, proposition_of
from verify.proposition.figures import bare_figure, with_figure
from verify.types import Attribution, Claim, CueClass, Quote, Role, Source, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

PAUSES = frozenset({":", ";"})

ABOUT = DENY | JUDGE | BLAME
"""Cues of which the first thing in their content is the object."""

CLAUSE_SUBJECTS = SUBJECTS | {"expl"}

REACH = 6
"""Sentences back to which "denied it" or "that account" may refer."""

TIMES = frozenset({"DATE", "TIME"})

FIGURE_REACH = 2
"""Sentences back to which a bare figure may count the same as another."""

LEAST_FITNESS = 1.0
"""What a claim must reach to be taken for the one that another answers; chosen on the training stories."""

POINTED = re.compile(
    r"(?:it was )?(?:that|this|so)\b(?! (?:account|version|explanation|story)\b)", re.IGNORECASE
)
"""How an answer to what was said right before begins: "that suggestion". An account takes longer to give."""

ACCOUNT = re.compile(r"\b(?:account|version|explanation|story)\b", re.IGNORECASE)
"""What somebody gives first of all: "the Korvex explanation" isn't the last thing that Korvex said."""

SEVERAL = re.compile(
    r"\b(?:these|those|reports|claims|allegations|accusations|charges|suggestions|figures|numbers)\b",
    re.IGNORECASE,
)
"""What tells that several claims are answered at once: then hardly a denial."""

EITHER = re.compile(r"either\b.*\bor\b", re.IGNORECASE)
"""A claim that leaves two things open, which nobody rejects as "the accusation"."""

JOINS_IN = frozenset({"also", "too", "likewise", "well"})

COUNTED = re.compile(r"\b(?:figures?|numbers?|toll|estimates?|count)\b", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
WORD = re.compile(r"[a-z]+")

ANSWERING = (
    CLAIM_NOUN | PEJORATIVE | {*"about called into made says said such them they were what which".split()}
)
"""Words by which an answer tells nothing of what it answers."""

SHORTEST = 4
"""Letters of a word that tells what a claim is about."""

STEM = 5
"""Letters by which two words are taken for forms of one: "cheated" and "cheating"."""


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
    A content that runs over several sentences is one claim, worded by the sentence with its cue; of the
    others, those that are quoted whole and hold a name or a figure are claims of their own besides.
    """
    worded = [_attributed(parsed, a, s) for a, s in zip(attributions, sources, strict=True)]
    for attribution, inner in zip(attributions, worded[:], strict=True):
        if attribution.within is not None and _quotes(parsed, attributions[attribution.within]):
            outer = worded[attribution.within]
            repeated = replace(outer.claim, proposition=inner.claim.proposition, stance=inner.claim.stance)
            worded[attribution.within] = replace(outer, claim=repeated, wording=inner.wording)
    quoted = quoted_sentences(parsed)
    spoken = _spoken(parsed, attributions) | quoted
    worded += [
        _attributed(parsed, piece, replace(source, text=None))
        for attribution, source in zip(attributions, sources, strict=True)
        for piece in _further(parsed, attribution, quoted)
    ]
    worded += [
        Worded(claim, Wording(claim.proposition, answers=False), index)
        for index in range(len(parsed.sentences))
        if index not in spoken and (claim := _own_voice(parsed, index)) is not None
    ]
    order = sorted(range(len(worded)), key=lambda i: (worded[i].index, worded[i].claim.content[0].start))
    names = {old: f"c{new + 1}" for new, old in enumerate(order)}
    place = {s.id: i for i, s in enumerate(parsed.sentences)}
    claims: list[Claim] = []
    for old in order:
        item = worded[old]
        within = attributions[old].within if old < len(attributions) else None
        claim = replace(item.claim, id=names[old], within=names[within] if within is not None else None)
        if item.wording.answers:
            claim = _bind(claim, item, claims, parsed, registry, place)
        claims.append(_counted(claim, item.index, claims, parsed, place))
    citing = citations(claims, {s.id: s for s in parsed.sentences}, parsed.document)
    return tuple(replace(c, cites=citing[c.id]) if c.id in citing else c for c in claims)


def unspoken(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Span, ...]:
    """The sentences that are quoted as a whole and that nobody is said to have spoken."""
    silent = quoted_sentences(parsed) - _spoken(parsed, attributions)
    return tuple(parsed.sentences[i].span for i in sorted(silent) if _own_voice(parsed, i) is not None)


def _spoken(parsed: Parsed, attributions: Sequence[Attribution]) -> frozenset[int]:
    """The sentences in which an attribution stands, or to which its content runs on."""
    held = (parsed.held_by(span) for a in attributions for span in a.content)
    return frozenset(a.sentence for a in attributions).union(*held)


def _further(parsed: Parsed, attribution: Attribution, quoted: frozenset[int]) -> Iterator[Attribution]:
    """What a source goes on to say, as contents by themselves.

    That is the rest of "that A and that B", and the other sentences of a content where they are quoted
    whole and hold a name or a figure: those can be held against what others say.
    """
    shares = _shares(parsed, attribution.content)
    main = _main_sentence(attribution, shares)
    cue = _cue(parsed, attribution)
    for clause in _clauses(cue, _tokens(parsed, shares.get(main, attribution.content)))[1:]:
        yield replace(attribution, sentence=main, source=None, cue=None, content=runs_of(parsed, clause))
    for sentence, content in shares.items():
        telling = any(t.pos_ in {"PROPN", "NUM"} for t in _tokens(parsed, content))
        if sentence != main and sentence in quoted and telling:
            yield Attribution(sentence, None, None, content, Quote.DIRECT)


def _clauses(cue: Sequence[Token], content: Sequence[Token]) -> list[list[Token]]:
    """The A and the B of "that A and that B", each without what joins it to its neighbour; never empty.

    So too of "A, he said, and B" and "A; B", where both are clauses with a subject, and of "A, and B" where
    one of them is denied and the other isn't. Of "(told) another story: B" only the B tells anything, unless
    the first is an answer, "(said) the opposite: B", or what the cue is about, "(dismissed) the idea: B".
    """
    starts = [k for k in range(1, len(content) - 1) if _parts(content, k)]
    pieces = [content[a:b] for a, b in pairwise([0, *starts, len(content)])]
    about = any(t.lemma_.lower() in ABOUT for t in cue)
    paused = starts and _pauses(content[starts[0]], content[starts[0] - 1])
    answers = gainsays(cue, pieces[0]) or repeats(cue, pieces[0])
    if paused and not (about or answers or _is_clause(pieces[0])):
        del pieces[0]
    return [kept for piece in pieces if (kept := trim_marks(list(piece)))] or [list(content)]


def _parts(content: Sequence[Token], k: int) -> bool:
    """Whether the token at `k` parts one clause of a content from the next."""
    token, before, after = content[k], content[:k], content[k + 1 :]
    if token.lower_ in {"and", "but"}:
        if after[0].lower_ == "that" and after[0].dep_ == "mark":
            return True
        if before[-1].text == "," and _is_clause(before) and _is_clause(after) and _opposed(before, after):
            return True
    told_on = [token, *after] if token.i > before[-1].i + 1 else after
    if _pauses(token, before[-1]):
        points = any(c.dep_ in CLAUSE_SUBJECTS and c.tag_ == "DT" for c in root_of(told_on).children)
        return _is_clause(told_on) and (_is_clause(before) or not points)
    return told_on != after and _is_clause(before) and _is_clause(told_on)


def _pauses(token: Token, before: Token) -> bool:
    """Whether a token is a colon or semicolon, or one stands in the gap between it and the token before."""
    return token.text in PAUSES or (token.i > before.i + 1 and token.nbor(-1).text in PAUSES)


def _opposed(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether one of two clauses is denied and the other isn't."""
    return (polarity_of(one) is Polarity.NEGATIVE) != (polarity_of(other) is Polarity.NEGATIVE)


def _is_clause(tokens: Sequence[Token]) -> bool:
    """Whether `tokens` are a main clause: a verb with its subject, and no "if" or "while" before them."""
    root = root_of(tokens)
    ids = {t.i for t in tokens}
    own = [c for c in root.children if c.i in ids]
    subordinate = any(c.dep_ == "mark" and c.lower_ != "that" for c in own) or root.dep_ in {"advcl", "relcl"}
    return root.pos_ in {"VERB", "AUX"} and not subordinate and any(c.dep_ in CLAUSE_SUBJECTS for c in own)


def _main_sentence(attribution: Attribution, shares: Mapping[int, tuple[Span, ...]]) -> int:
    """The sentence that words a claim: that of its cue, or else the first that its content stands in."""
    return (
        attribution.sentence if attribution.sentence in shares else min(shares, default=attribution.sentence)
    )


def _shares(parsed: Parsed, content: Sequence[Span]) -> dict[int, tuple[Span, ...]]:
    """What each sentence holds of `content`, by the sentence's index."""
    shares: dict[int, tuple[Span, ...]] = {}
    for span in content:
        for index in parsed.held_by(span):
            start, end = parsed.sentences[index].span
            share = Span(max(span.start, start), min(span.end, end))
            shares[index] = (*shares.get(index, ()), share)
    return shares


def _attributed(parsed: Parsed, attribution: Attribution, source: Source) -> Worded:
    shares = _shares(parsed, attribution.content)
    content = _tokens(parsed, shares.get(_main_sentence(attribution, shares), attribution.content))
    cue = _cue(parsed, attribution)
    cue, content = held(cue, _clauses(cue, content)[0], source)
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
        cue_class=cue_class_of(cue, content, stance) if cue else CueClass.SAYS,
    )
    return Worded(claim, wording, attribution.sentence)


def _quotes(parsed: Parsed, attribution: Attribution) -> bool:
    """Whether the source only passes on another's words: "Tass quoted the FSB as saying P" says P."""
    return any(t.lemma_.lower() in {"quote", "cite"} for t in _cue(parsed, attribution))


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


def _bind(
    claim: Claim,
    item: Worded,
    before: Sequence[Claim],
    parsed: Parsed,
    registry: Registry,
    place: Mapping[str, int],
) -> Claim:
    """Give "denied it" and "rejected that account" the proposition of the claim that they answer.

    That is the earlier one of another party that fits best: it names the answering party, accuses it,
    stands near. "The Russian account" is one of Russia's. Where none fits, the claim keeps its own words.
    """
    counted = COUNTED.search(item.claim.proposition) is not None
    if item.wording.repeats:
        others = [rival for rival in reversed(before) if rival.party != claim.party]
        told = [r for r in others if not counted or FIGURE.search(r.proposition)]
        unsaid = replace(claim, proposition=UNSAID)
        said = next((r for r in told if _cites(item.claim.proposition, r)), next(iter(told), unsaid))
        return replace(claim, proposition=said.proposition, stance=said.stance)
    several = SEVERAL.search(item.claim.proposition) is not None
    answered_parties = registry.parties_in(item.claim.proposition) - {claim.party}
    rivals = [
        (_fitness(claim, rival, item, item.index - place[rival.sentence], registry), -number, rival)
        for number, rival in enumerate(reversed(before))
        if rival.party != claim.party
        and (not answered_parties or rival.party in answered_parties)
        and item.index - place[rival.sentence] <= REACH
        and rival.role is not Role.HEADLINE
        and not EITHER.match(rival.proposition)
        and rival.stance not in {Stance.DECLINES, Stance.DOUBTS}
        and not (several and rival.stance is Stance.DENIES)
    ]
    fitness, _, answered = max(rivals, key=_likelihood, default=(0.0, 0, claim))
    if fitness < LEAST_FITNESS:
        return claim
    stance = claim.stance
    if answered.stance is Stance.DENIES and not (item.wording.elided or _joins_in(claim, parsed)):
        # To deny a denial is to assert; the proposition stays in the positive.
        stance = {Stance.DENIES: Stance.ASSERTS, Stance.ASSERTS: Stance.DENIES}.get(stance, stance)
    return replace(claim, proposition=answered.proposition, stance=stance)


def _counted(
    claim: Claim, index: int, before: Sequence[Claim], parsed: Parsed, place: Mapping[str, int]
) -> Claim:
    """A claim of a bare figure ("spoke of 39") as one of what the figure right before it counts.

    Not where its sentence tells of another time ("in the morning"), or its cue of a change ("raised it").
    """
    figure = bare_figure(claim.proposition) if claim.source is not None else None
    timed = any(t.ent_type_ in TIMES and not t.like_num for t in parsed.tokens(parsed.sentences[index].span))
    moved = any(t.lemma_.lower() in MOVE for t in _cue(parsed, claim))
    if figure is None or timed or moved:
        return claim
    near = (c for c in reversed(before) if index - place[c.sentence] <= FIGURE_REACH)
    told = (with_figure(c.proposition, figure) for c in near if c.role is not Role.HEADLINE)
    return replace(claim, proposition=next((text for text in told if text), claim.proposition))


def _joins_in(claim: Claim, parsed: Parsed) -> bool:
    """Whether a denial is one more of what another has denied: "she also denied it", "denied it as well"."""
    cue = _cue(parsed, claim)
    if not cue:
        return False
    around = {t.lower_ for t in cue[0].doc[max(cue[0].sent.start, cue[0].i - 2) : cue[0].sent.end]}
    denies = any(t.lemma_.lower() == "deny" for t in cue)
    return denies and bool(around & JOINS_IN)


def _likelihood(rival: tuple[float, int, Claim]) -> tuple[float, int]:
    """How rivals compare: what affirms is answered sooner than what denies, or than what was only said on."""
    fitness, nearness, claim = rival
    said_on = claim.source is not None and claim.cue is None
    return fitness - (claim.stance is Stance.DENIES) - 0.1 * said_on, nearness


def _fitness(claim: Claim, rival: Claim, item: Worded, distance: int, registry: Registry) -> float:
    """How well `rival`, `distance` sentences back, fits as what `claim` answers."""
    text = rival.proposition.lower()
    names = {claim.party.lower()} | ({claim.source.name.lower()} if claim.source else set())
    named = any(name in text for name in names) or claim.party in registry.parties_in(rival.proposition)
    cited = _cites(item.claim.proposition, rival)
    of_party = rival.party in registry.parties_in(item.claim.proposition)
    if (item.wording.needs_name and not named) or (item.wording.needs_citing and not (cited or of_party)):
        return 0.0
    counted = COUNTED.search(item.claim.proposition) is not None
    if counted and not any(c.isdigit() for c in text):
        return 0.0
    figures = set(FIGURE.findall(item.claim.proposition))
    if counted and figures and not figures & set(FIGURE.findall(text)):
        return 0.0
    accuses = bool(ACCUSES & set(WORD.findall(text)))
    points = item.wording.elided or POINTED.match(item.claim.proposition) is not None
    pointed = distance <= 1 and points
    if item.claim.proposition == UNSAID and rival.stance is Stance.DENIES:
        pointed = False  # "nothing of the sort" is no answer to "nobody did"
    return (
        3.0 * named
        + 2.0 * cited
        + 1.5 * accuses
        + 1.5 * (rival.source is not None)
        + 1.0 * _names_same(item.claim.proposition, rival)
        + 2.0 * counted
        + 4.0 * pointed
        + (
            0.1 * distance
            if of_party and ACCOUNT.search(item.claim.proposition)
            else -0.7 * max(distance - 1, 0)
        )
    )


def _names_same(answer: str, rival: Claim) -> bool:
    """Whether an answer names something that the rival tells of: "called the drip a fairy tale"."""
    source = rival.source.name.lower() if rival.source is not None else ""
    named = {w[:STEM] for w in WORD.findall(answer.lower()) if w not in ANSWERING and w not in source}
    told = (w[:STEM] for w in WORD.findall(rival.proposition.lower()))
    return any(len(w) >= SHORTEST and w in named for w in told)


def _cites(answer: str, rival: Claim) -> bool:
    """Whether an answer such as "the Islamist group's claims" names whose claim it answers."""
    if rival.source is None:
        return False
    said = set(WORD.findall(answer.lower()))
    names = (*WORD.findall(rival.source.name.lower()), *WORD.findall(rival.party.lower()))
    return any(len(word) > 3 and any(w.startswith(word[:STEM]) for w in said) for word in names)


def _cue(parsed: Parsed, told: Attribution | Claim) -> list[Token]:
    return _tokens(parsed, (told.cue,)) if told.cue is not None else []


def _tokens(parsed: Parsed, spans: Sequence[Span]) -> list[Token]:
    return [t for span in spans for t in parsed.tokens(span) if not t.is_space]
