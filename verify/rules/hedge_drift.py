"""The top states flatly what the story gives only as possible, or on one side's word.

"May have", "suspects" and "according to the prosecutor" are what a story stands on in court. They get lost on
the way up: the body says that the police suspect arson, the headline that it was arson, and most people read
the headline.

The headline and the first paragraph are held against the rest of the story, where that says the same in
nearly the same words. A top that hedges, asks, quotes or names who says so is silent, and so is one that the
story states in its own voice further down, or that two sides of separate origin bear out. What a side says
on its own is a drift only where it accuses: nobody writes "the railway says" over a timetable.

## Bad

```
Arsonists burned down mill in Sarnow

The mill in Sarnow was destroyed on Monday. Arsonists may have burned down the mill in Sarnow, the inspector
Karel Dusek said.
```

## Good

The headline hedges as the story does:

```
Arsonists may have burned down mill in Sarnow

The mill in Sarnow was destroyed on Monday. Arsonists may have burned down the mill in Sarnow, the inspector
Karel Dusek said.
```

It says who says so:

```
Owner bribed inspectors for years, engineer says

The mine at Sarnow was shut on Monday. The owner had bribed inspectors for years, the engineer Karel Dusek
said. The owner did not respond to a request for comment.
```

It puts the words in quotation marks:

```
Mine owner “bribed inspectors” for years

The mine at Sarnow was shut on Monday. The mine owner had bribed inspectors for years, the engineer Karel
Dusek said. The owner did not respond to a request for comment.
```

A plain fact on one source's word:

```
Bridge at Sarnow to be closed until June

The bridge at Sarnow will be closed until June, the railway said on Monday. It was built in 1911.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verify.reference.naming import called
from verify.rules.base import Context, Hit, Rule
from verify.rules.lexicon import FORMAL, PRIVATE, SAID, wrongdoing
from verify.rules.names import read, speaks_of
from verify.rules.origins import Origins, independent, origins
from verify.rules.wording import alike, stems
from verify.types import OUTLET, UNKNOWN, Claim, Level, Role, Stance

CAREFUL = re.compile(
    r"[“”„«»\"‘?]|\b(?:may|might|could|appears?|seems?|apparently|likely|possibl[ey]|probabl[ey]|perhaps"
    r"|reported(?:ly)?|purported(?:ly)?|suspected|feared|believed|thought|claims?|claimed|report)\b"
    r"|: | [–—] ",
    re.IGNORECASE,
)
"""How a top shows that it doesn't vouch: hedges, quotation marks, the colon or dash before who says so."""


def check(context: Context) -> Iterator[Hit]:
    """Yield each flat statement of the top with what the story has instead."""
    top = [claim for claim in _top(context) if _flat(claim, context)]
    if not top:
        return
    known = origins(context)
    told = {claim.id: stems(claim.proposition) for claim in context.claims}
    seen: set[str] = set()
    for claim in top:
        body = [c for c in _below(claim, context, top) if alike(told[claim.id], told[c.id])]
        if claim.id in context.contradicted or seen & {c.id for c in body}:
            continue
        if (message := _drift(claim, body, known, context)) is not None:
            seen |= {c.id for c in body}
            spans = (*claim.content, *(span for c in body for span in c.content))
            yield Hit(message, (claim.id, *(c.id for c in body)), spans, 0.7)


def _top(context: Context) -> Iterator[Claim]:
    """The claims of the headline and of the first paragraph in the draft's own voice."""
    first = next((s.block for s in context.sentences if s.role is Role.PARAGRAPH), None)
    for claim in context.claims:
        sentence = context.sentences_by_id[claim.sentence]
        if claim.source is None and (claim.role is Role.HEADLINE or sentence.block == first):
            yield claim


def _flat(claim: Claim, context: Context) -> bool:
    """Whether a claim of the top is stated without any care: it neither hedges nor says who says so."""
    text = context.sentence_text(claim)
    careful = CAREFUL.search(text) or FORMAL.search(text) or PRIVATE.search(text) or SAID.search(text)
    return claim.stance is Stance.ASSERTS and careful is None


def _below(claim: Claim, context: Context, top: Sequence[Claim]) -> list[Claim]:
    """What the story says after `claim`, without the rest of the flat top."""
    above = {c.id for c in top}
    return [
        c for c in context.claims if c.span > claim.span and c.id not in above and c.role is not Role.HEADLINE
    ]


def _drift(claim: Claim, body: Sequence[Claim], known: Origins, context: Context) -> str | None:
    """What to say of `claim`, whose statement the claims of `body` repeat; None where it has lost nothing."""
    if not body or any(c.stance not in {Stance.ASSERTS, Stance.SUGGESTS} for c in body):
        return None
    where = "headline" if claim.role is Role.HEADLINE else "first paragraph"
    if all(c.stance is Stance.SUGGESTS for c in body):
        return f"The {where} states flatly what is only possible in the words of {_who(body[0])}."
    if any(c.party in {OUTLET, UNKNOWN} for c in body) or wrongdoing(claim.proposition) is None:
        return None
    if any(independent(one, other, known) for one in body for other in body):
        return None
    told = read(claim.proposition, context.parties)
    if any(speaks_of(told, read(name, context.parties)) for c in body for name in _names(c)):
        return None
    return f"The {where} states flatly what the story has on the word of {_who(body[0])} alone."


def _names(claim: Claim) -> tuple[str, ...]:
    return () if claim.source is None else (claim.source.name, claim.source.party)


def _who(claim: Claim) -> str:
    return "the story" if claim.source is None or claim.party == UNKNOWN else called(claim.source)


RULE = Rule(
    name="hedge-drift",
    code="VFY106",
    level=Level.WARNING,
    summary="A flat headline or opening over a story that hedges or has one side's word.",
    check=check,
)
