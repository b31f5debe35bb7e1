"""The draft says in its own voice what an editor would want somebody named for.

Accusations, blame, tolls of an event that is still unfolding, and whatever the parties of the story
dispute are somebody's word until the desk has established them; printed bare, they are the paper's word.

An accusation is known by its words, or by what the statement means as a whole; the finding then names the
words that weigh most in it. With an encoder other than the bundled one it is known by its words alone.

Settled background needs no source: events of a named day or an earlier year, what a court, a regulator or
another body formally did, the calendar ahead. Nor does what the draft attributes in the same sentence, be it
to "he" or to what "a court was told", or a toll that one of its sources gives too.

## Bad

```
The ferry Alma ran aground off Tellin on Monday. For years the owners had pocketed subsidies instead of
repairing the hull.
```

## Good

An accusation that somebody makes:

```
The ferry Alma ran aground off Tellin on Monday. The owners had neglected the hull for years, the engineer
Karel Dusek said.
```

What a court did is on the record:

```
The ferry Alma ran aground off Tellin on Monday. Its former captain was convicted of fraud in 2019.
```

A settled toll of an earlier year:

```
The ferry Alma ran aground off Tellin on Monday. In 1994 the sinking of the Estonia killed 852 people.
```

Plain facts and the calendar:

```
The ferry Alma ran aground off Tellin on Monday. The harbour will open again on Friday.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from verify.reference.naming import called
from verify.rules.base import Context, Hit, Rule
from verify.rules.lexicon import FORMAL, SAID, SETTLED, casualties, wrongdoing
from verify.rules.tolls import Toll, tolls_by_source, tolls_of
from verify.types import OUTLET, UNKNOWN, Claim, Kind, Level, RelationType, Role, Sort, Source, Span

HEARD = re.compile(r"\b(?:was|were|been) told\b|\bheard\b", re.IGNORECASE)
"""Cues by which a hearing, a court or a meeting is where something was said."""

OPEN = re.compile(r"\bwhether\b(?! or not\b)", re.IGNORECASE)
"""What stands behind it is asked, and laid at nobody's door yet."""

BACK = re.compile(r"(?:That|Those|The same) (?!is\b|was\b|were\b|are\b)\w+")
"""How a sentence begins that goes on about the event of the sentence before: "That quake killed"."""


def check(context: Context) -> Iterator[Hit]:
    """Yield each passage in the draft's own voice that accuses, counts victims, or is disputed."""
    rivals = _rivals(context)
    told = {toll for _, tolls in tolls_by_source(context) for toll in tolls}
    for claim in context.claims:
        if claim.party in {OUTLET, UNKNOWN} and (reason := _reason(claim, context, rivals, told)) is not None:
            yield Hit(reason[0], (claim.id,), claim.content, reason[1])
    for passage in own_words(context):
        text = context.text(passage)
        if not SAID.search(text) and (message := _bare_count(text, text, told)) is not None:
            yield Hit(message, (), (passage,), 0.6)


def _reason(
    claim: Claim, context: Context, rivals: dict[str, Source], told: Set[Toll]
) -> tuple[str, float] | None:
    """Why `claim` needs a source, and how surely, or None."""
    text = " ".join(context.text(span) for span in claim.content)
    if FORMAL.search(text) or SAID.search(text) or _is_voiced(claim, context):
        return None
    headline = claim.role is Role.HEADLINE
    if not headline and (words := wrongdoing(OPEN.split(text)[0])) is not None:
        return _accuses(words), 0.7
    if not headline and (message := _bare_count(text, _around(claim, context), told)) is not None:
        return message, 0.6
    accusation = context.accusations.get(claim.id)
    if accusation is not None and not SETTLED.search(text):
        return _accuses(accusation.words), 0.6
    rival = rivals.get(claim.id)
    if rival is None:
        return None
    contradicts = "contradict" if rival.sort is Sort.PLURAL else "contradicts"
    return f"The draft says so in its own voice, but {called(rival)} {contradicts} it.", 0.8


def _accuses(words: str) -> str:
    return f"“{words}” accuses in the draft's own voice; who says so?"


def _is_voiced(claim: Claim, context: Context) -> bool:
    """Whether the sentence says who says so, though not by name: "he said", "a court was told"."""
    if claim.source is None or claim.cue is None:
        return False
    return claim.source.text is not None or HEARD.search(context.text(claim.cue)) is not None


def _bare_count(text: str, around: str, told: Set[Toll]) -> str | None:
    """What to say of a count of victims in `text`.

    None where `around` dates the event, which is settled then, or where a source tells the same counts.
    """
    tolls = tolls_of(text)
    answered = bool(tolls) and tolls <= told
    words = None if SETTLED.search(around) or answered else casualties(text)
    return f"“{words}” has no source; whose count is it?" if words is not None else None


def _around(claim: Claim, context: Context) -> str:
    """The sentence of `claim`, with the one before where it goes on about the event of that."""
    text = context.sentence_text(claim)
    if not BACK.match(text):
        return text
    start = context.sentences_by_id[claim.sentence].span.start
    before = [sentence.span for sentence in context.sentences if sentence.span.end <= start]
    return " ".join([*map(context.text, before[-1:]), text])


def own_words(context: Context) -> Iterator[Span]:
    """What stands in a sentence before or after all that its sources say: the draft's own words again."""
    told: dict[str, list[Span]] = {}
    for claim in context.claims:
        told.setdefault(claim.sentence, []).append(claim.span)
    for sentence in context.sentences:
        spans = told.get(sentence.id)
        if spans is None or sentence.role is Role.HEADLINE:
            continue
        yield Span(sentence.span.start, max(sentence.span.start, min(s.start for s in spans)))
        yield Span(min(sentence.span.end, max(s.end for s in spans)), sentence.span.end)


def _rivals(context: Context) -> dict[str, Source]:
    """By the ids of the draft's own claims, a source that contradicts each.

    Clashes of the headline with the text are told by `headline-conflict`.
    """
    claims = context.claims_by_id
    pairs = [
        (r.a, r.b)
        for r in context.relations
        if r.relation is RelationType.CONTRADICTS and r.kind is not Kind.HEADLINE
    ]
    return {
        own: source
        for one, other in pairs
        for own, theirs in ((one, other), (other, one))
        if claims[own].source is None and (source := claims[theirs].source) is not None
    }


RULE = Rule(
    name="unattributed-claim",
    code="VFY201",
    level=Level.INFO,
    summary="An accusation, a toll or a disputed fact in the draft's own voice.",
    check=check,
)
