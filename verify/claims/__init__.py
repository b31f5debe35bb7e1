"""From attributions and sources to claims.

The stance stands apart from the proposition, which is written in the positive; what no source says is a
claim in the outlet's own voice. What a claim leaves to those before it (`binding`) is filled in on the way.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.attribution.citing import citations
from verify.attribution.lexicon import BLAME, DENY, JUDGE
from verify.attribution.phrases import SUBJECTS, WH, root_of, trim_marks
from verify.attribution.polarity import Polarity, polarity_of
from verify.attribution.registry import Registry
from verify.attribution.spoken import quoted_sentences, runs_of
from verify.attribution.stance import cue_class_of, gainsays, repeats, stance_of
from verify.attribution.untold import announces, tells_nothing
from verify.claims.binding import Before, bind, counted
from verify.proposition import Wording, for_client, held, plain, positive, proposition_of, what_is_wanted
from verify.types import Attribution, Claim, CueClass, Quote, Role, Source, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

PAUSES = frozenset({":", ";"})

ABOUT = DENY | JUDGE | BLAME
"""Cues of which the first thing in their content is the object."""

CLAUSE_SUBJECTS = SUBJECTS | {"expl"}


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
    attributions, sources = _telling(parsed, attributions, sources)
    worded = [_attributed(parsed, a, s) for a, s in zip(attributions, sources, strict=True)]
    for attribution, inner in zip(attributions, worded[:], strict=True):
        if attribution.within is not None and _quotes(parsed, attributions[attribution.within]):
            outer = worded[attribution.within]
            repeated = replace(outer.claim, proposition=inner.claim.proposition, stance=inner.claim.stance)
            worded[attribution.within] = replace(outer, claim=repeated, wording=inner.wording)
    quoted = quoted_sentences(parsed)
    spoken = _spoken(parsed, attributions).union(quoted)
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
        before = Before(claims, place, item.index)
        if item.wording.answers:
            claim = bind(claim, item.wording, before, parsed, registry)
        claims.append(counted(claim, before, parsed))
    citing = citations(claims, {s.id: s for s in parsed.sentences}, parsed.document)
    return tuple(replace(c, cites=citing[c.id]) if c.id in citing else c for c in claims)


def _telling(
    parsed: Parsed, attributions: Sequence[Attribution], sources: Sequence[Source]
) -> tuple[Sequence[Attribution], Sequence[Source]]:
    """The attributions that tell something, with their sources; "asked why not" only brings in its source."""
    kept = [
        i
        for i, a in enumerate(attributions)
        if a.cue is None or not tells_nothing(parsed.words(a.cue), parsed.words(*a.content))
    ]
    place: dict[int | None, int] = {old: new for new, old in enumerate(kept)}
    telling = [replace(attributions[i], within=place.get(attributions[i].within)) for i in kept]
    return telling, [sources[i] for i in kept]


def unspoken(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Span, ...]:
    """The sentences that are quoted as a whole and that nobody is said to have spoken."""
    silent = quoted_sentences(parsed).keys() - _spoken(parsed, attributions)
    return tuple(parsed.sentences[i].span for i in sorted(silent) if _own_voice(parsed, i) is not None)


def _spoken(parsed: Parsed, attributions: Sequence[Attribution]) -> frozenset[int]:
    """The sentences in which an attribution stands, or to which its content runs on."""
    held = (parsed.held_by(span) for a in attributions for span in a.content)
    return frozenset(a.sentence for a in attributions).union(*held)


def _further(parsed: Parsed, attribution: Attribution, quoted: Container[int]) -> Iterator[Attribution]:
    """What a source goes on to say, as contents by themselves.

    That is the rest of "that A and that B", and the other sentences of a content where they are quoted
    whole and hold a name or a figure: those can be held against what others say.
    """
    shares = _shares(parsed, attribution.content)
    main = _main_sentence(attribution, shares)
    cue = parsed.words(attribution.cue)
    for clause in _clauses(cue, parsed.words(*shares.get(main, attribution.content)))[1:]:
        yield replace(attribution, sentence=main, source=None, cue=None, content=runs_of(parsed, clause))
    for sentence, content in shares.items():
        telling = any(t.pos_ in {"PROPN", "NUM"} for t in parsed.words(*content))
        if sentence != main and sentence in quoted and telling:
            yield Attribution(sentence, None, None, content, Quote.DIRECT)


def _clauses(cue: Sequence[Token], content: Sequence[Token]) -> list[list[Token]]:
    """The A and the B of "that A and that B", each without what joins it to its neighbour; never empty.

    So too of "A, he said, and B" and "A; B", where both are clauses with a subject, and of "A, and B" where
    one of them is denied and the other isn't. Of "(told) another story: B" and "(she) saw it differently: B"
    only the B tells anything, unless the first is an answer, "(said) the opposite: B", or what the cue is
    about, "(dismissed) the idea: B".
    """
    starts = [k for k in range(1, len(content) - 1) if _parts(content, k)]
    pieces = [content[a:b] for a, b in pairwise([0, *starts, len(content)])]
    about = any(t.lemma_.lower() in ABOUT for t in cue)
    paused = starts and _pauses(content[starts[0]], content[starts[0] - 1])
    answers = gainsays(cue, pieces[0]) or repeats(cue, pieces[0])
    if paused and not (about or answers) and (announces(root_of(pieces[0])) or not _is_clause(pieces[0])):
        del pieces[0]
    return [kept for piece in pieces if (kept := trim_marks(list(piece)))] or [list(content)]


def _parts(content: Sequence[Token], k: int) -> bool:
    """Whether the token at `k` parts one clause of a content from the next."""
    token, before, after = content[k], content[:k], content[k + 1 :]
    if token.lower_ == "that" and token.dep_ == "mark" and token.i > before[-1].i + 1:
        return token.nbor(-1).lower_ in {"and", "but"}
    if token.lower_ in {"and", "but"}:
        if after[0].lower_ == "that" and after[0].dep_ == "mark":
            return True
        if before[-1].text == "," and _is_clause(before) and _is_clause(after) and _opposed(before, after):
            return True
    told_on = [token, *after] if token.i > before[-1].i + 1 else after
    if _pauses(token, before[-1]):
        points = any(c.dep_ in CLAUSE_SUBJECTS and c.tag_ == "DT" for c in root_of(told_on).children)
        return _is_clause(told_on) and (_is_clause(before) or not points)
    return told_on != after and _is_clause(before) and _is_clause(told_on) and not _hangs_on(token)


def _hangs_on(word: Token) -> bool:
    """Whether a clause that begins so belongs to the one before: "she did not know, she said, who did it"."""
    return word.tag_ in WH or word.lower_ == "that"


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
    content = parsed.words(*shares.get(_main_sentence(attribution, shares), attribution.content))
    cue = parsed.words(attribution.cue)
    cue, content = held(cue, what_is_wanted(cue, _clauses(cue, content)[0]), source)
    cue, content, speaker = for_client(cue, content, source)
    stance = stance_of(cue, content)
    wording = proposition_of(cue, content, speaker, stance)
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
    return any(t.lemma_.lower() in {"quote", "cite"} for t in parsed.words(attribution.cue))


def _own_voice(parsed: Parsed, index: int) -> Claim | None:
    sentence = parsed.sentences[index]
    words = parsed.words(sentence.span)
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
