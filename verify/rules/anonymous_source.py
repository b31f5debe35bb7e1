"""A source speaks without a name.

Readers can't weigh a voice that they can't place, so style guides ask for two things: that the desk knows
who it is, and that the copy says why the name is kept back. "On condition of anonymity" is no reason; it
only says that there was a bargain. An unnamed source is no place for an opinion of somebody else either.

The spokesman of a named body isn't anonymous, since the body answers for what is said, nor are "the police"
or "residents", or "health officials", who speak for their office; "two officials" and "Western officials"
are. Somebody whom the copy has named before and now calls "the official" isn't either. Plain "officials" are
where they accuse somebody, or ask not to be named; a crash or a count of the dead they give as any office
does.

A death, a crime or somebody's guilt that rests on the anonymous source alone is told here too, and not by
`single-source` once more.

## Bad

```
The ministry will sell the port of Tellin next year, a senior official who asked not to be named said on
Monday.
```

## Good

A named official:

```
The ministry will sell the port of Tellin next year, its secretary Karel Dusek said on Monday.
```

A spokeswoman, who speaks for a body that is named:

```
The ministry will sell the port of Tellin next year, a spokeswoman for the ministry said on Monday.
```

Officials who tell what happened:

```
A bus ran into a barrier at the port of Tellin on Monday, officials said.
```
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from verify.attribution.lexicon import WITHHELD
from verify.rules.base import Context, Hit, Rule
from verify.rules.lexicon import SAID, wrongdoing
from verify.rules.single_source import rest_on_one
from verify.types import Claim, Level, Role, Source, Span

OFFICES = frozenset({"officials", "authorities"})
"""Those who, as a group without any other word, speak for their office."""

REASON = re.compile(
    r"\b(?P<reason>because (?!of the\b)[^,.;”]+"
    r"|(?:was|were|is|are)(?:n['’]t| not) (?:authori[sz]ed|allowed|permitted)[^,.;”]*"
    r"|(?:who )?feared [^,.;”]+|(?:for fear of|fearing) [^,.;”]+|citing (?:the sensitivity|fears?)[^,.;”]*"
    r"|(?:to|in order to) (?:discuss|describe|speak (?:freely|candidly|frankly|openly))[^,.;”]*)",
    re.IGNORECASE,
)
"""What a draft may give as the reason why a name is kept back."""

OWING = re.compile(
    r"\b(?:named|identified|names?|anonymity|anonymously)\b[^.;“”]{0,20}?\b"
    r"(?P<reason>(?:because of|owing to|due to|given|for (?=(?:\w+ )?(?:fear|reasons?|safety|security)\b))"
    r" ?[^.,;”]+)",
    re.IGNORECASE,
)
"""The same where only the words before tell that it is the name's: "not to be named because of the rules"."""


def check(context: Context) -> Iterator[Hit]:
    """Yield what each anonymous source says in a paragraph, with the reason that the draft gives, if any."""
    told: dict[tuple[int, str], list[Claim]] = {}
    reasons: dict[str, str] = {}
    for claim in context.claims:
        if claim.source is not None and _is_kept_back(claim, claim.source, context):
            block = context.sentences_by_id[claim.sentence].block
            told.setdefault((block, claim.source.name), []).append(claim)
            if (reason := _reason(context, claim)) is not None:
                reasons.setdefault(claim.source.name, reason)
    alone = {claim.id for claim in rest_on_one(context)} if told else set()
    for (_, name), claims in told.items():
        ids = tuple(claim.id for claim in claims)
        rest = " No other party in the draft bears it out." if alone.intersection(ids) else ""
        yield Hit(_message(name, reasons.get(name)) + rest, ids, _spans(claims), 0.9)
    yield from _withheld(context, {claim.sentence for claims in told.values() for claim in claims})


def _is_kept_back(claim: Claim, source: Source, context: Context) -> bool:
    """Whether a claim is that of an anonymous source who doesn't tell plain facts for an office."""
    if not source.anonymous or claim.role is Role.HEADLINE:
        return False
    kept = WITHHELD.search(context.sentence_text(claim)) is not None
    return kept or source.name.lower() not in OFFICES or wrongdoing(claim.proposition) is not None


def _withheld(context: Context, known: Collection[str]) -> Iterator[Hit]:
    """Hits for sentences that keep a name back although none of their claims has an anonymous source."""
    for sentence in context.sentences:
        text = context.text(sentence.span)
        found = WITHHELD.search(text)
        if found is None or sentence.id in known or not SAID.search(text):
            continue
        start = sentence.span.start
        ids = tuple(c.id for c in context.claims if c.sentence == sentence.id and c.source is not None)
        message = _message("a source", _given(context, sentence.span))
        yield Hit(message, ids, (Span(start + found.start(), start + found.end()),), 0.7)


def _message(name: str, reason: str | None) -> str:
    who = name[:1].upper() + name[1:]
    if reason is None:
        return f"{who}: not named, and the draft doesn't say why."
    return f"{who}: not named; the draft gives as its reason “{reason}”."


def _spans(claims: list[Claim]) -> tuple[Span, ...]:
    mentions = [
        claim.source.text for claim in claims if claim.source is not None and claim.source.text is not None
    ]
    contents = [span for claim in claims for span in claim.content]
    return (*dict.fromkeys(mentions), *dict.fromkeys(contents))


def _reason(context: Context, claim: Claim) -> str | None:
    """The reason that the sentence of `claim` gives outside of what the source says there."""
    start, end = context.sentences_by_id[claim.sentence].span
    cues = () if claim.cue is None else (claim.cue,)
    for said in sorted((*claim.content, *cues)):
        if (reason := _given(context, Span(start, max(start, said.start)))) is not None:
            return reason
        start = said.end
    return _given(context, Span(start, max(start, end)))


def _given(context: Context, span: Span) -> str | None:
    """The reason that stands in `span`."""
    found = REASON.search(context.document.text, *span) or OWING.search(context.document.text, *span)
    return " ".join(found["reason"].split()) if found is not None else None


RULE = Rule(
    name="anonymous-source",
    code="VFY203",
    level=Level.INFO,
    summary="A source without a name, and whether the draft says why.",
    check=check,
    in_place_of=frozenset({"single-source", "uncorroborated"}),
)
