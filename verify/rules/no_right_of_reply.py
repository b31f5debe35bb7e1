"""Somebody is accused by name, and the story doesn't have their answer.

Fairness and libel law ask for the same thing: whoever is accused of wrongdoing is asked for an answer,
and the answer, or the refusal of one, stands in the same story.

A denial, a comment and "did not respond to a request for comment" all count, from the accused or from
whoever speaks for them. What a court has found needs no reply, and nobody answers for themselves twice.

## Bad

```
The mine at Sarnow was shut on Monday. The engineer Karel Dusek said that Olga Brenn had taken bribes from
the owners for years. The engineer Pavel Horn said that Olga Brenn had taken bribes.
```

## Good

The accused has answered:

```
Karel Dusek, an engineer, said that Olga Brenn had taken bribes from the owners. Brenn denied that she had
taken bribes.
```

The accused was asked:

```
The mine at Sarnow was shut on Monday. Olga Brenn had taken bribes from its owners, the engineer Karel
Dusek said. Brenn did not respond to a request for comment.
```

Nobody is named:

```
The mine at Sarnow was shut on Monday. Its owners will sell it next year, the engineer Karel Dusek said.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.attribution.registry import parties_named
from verify.rules.base import Context, Hit, Rule
from verify.rules.lexicon import FORMAL, PRIVATE, pattern, wrongdoing
from verify.rules.names import named_in, proper, same_party
from verify.types import Claim, Level, Role, Stance

ANSWER = pattern(
    r"""
    (?:declin|refus)(?:ed|es|ing)_to_(?:comment|answer|discuss|say|respond) no_comment
    den(?:ied|ies|ying) reject(?:ed|s) dismiss(?:ed|es) apologi[sz]ed admitted unavailable_for_comment
    (?:did|has|have|had|could|would)(?:_not|n['’]t)_(?:immediately_|yet_)?(?:respond|repl|answer|return|be_reach|comment)\w*
    """
)
"""How a draft tells that the accused answered, or was asked."""

OFFICE = (
    r"(?P<office>(?:\b(?:[A-Z][\w'’.-]*|of|the|for|chief|executive|president|minister|head|owner),? ){1,8})"
)
"""What an introduction is made of: names and offices, without a verb."""


def check(context: Context) -> Iterator[Hit]:
    """Yield the first accusation against each name that nobody answers for in the draft."""
    found: dict[str, list[Claim]] = {}
    for claim in context.claims:
        accused = _accused(claim, context)
        if accused is not None and not _answered(accused, context):
            known = next((name for name in found if same_party(name, accused, context.parties)), accused)
            found.setdefault(known, []).append(claim)
    for accused, claims in found.items():
        yield Hit(
            message=f"{accused} is accused, and the draft has no answer from there; was one asked for?",
            claims=tuple(claim.id for claim in claims),
            spans=tuple(span for claim in claims for span in claim.content),
            score=0.6,
        )


def _accused(claim: Claim, context: Context) -> str | None:
    """The name that `claim` lays something at the door of, if it isn't its own source."""
    text = claim.proposition
    words = wrongdoing(text)
    if words is None or claim.role is Role.HEADLINE or claim.stance not in {Stance.ASSERTS, Stance.SUGGESTS}:
        return None
    if FORMAL.search(text) or PRIVATE.search(text):
        return None
    place = text.index(words)
    for match in named_in(text):
        doer = match.start() <= len("The ") and match.end() <= place
        agent = match.start() > place and re.search(r"\bby (?:the )?$", text[: match.start()]) is not None
        if (doer or agent) and proper(match.group(), context.document.text):
            own = claim.source is not None and any(
                same_party(match.group(), name, context.parties)
                for name in (claim.source.name, claim.source.party)
            )
            return None if own else match.group()
    return None


def _answered(accused: str, context: Context) -> bool:
    """Whether the accused, or somebody who speaks for them, has a say in the draft."""
    sources = [claim.source for claim in context.claims if claim.source is not None]
    names = {name for source in sources for name in (source.name, source.party)}
    names |= {context.text(source.text) for source in sources if source.text is not None}
    sides = parties_named(accused, context.parties)
    if sides & names or any(same_party(accused, name, context.parties) for name in names):
        return True
    if any(_stands_for(accused, source.party, context) for source in sources):
        return True
    return any(
        ANSWER.search(text) and same_party(accused, text, context.parties)
        for text in (context.text(sentence.span) for sentence in context.sentences)
    )


def _stands_for(accused: str, party: str, context: Context) -> bool:
    """Whether the text introduces the accused by the name of `party` ("Russian President Vladimir Putin")."""
    last = re.escape(accused.rsplit(maxsplit=1)[-1])
    introductions = re.finditer(rf"{OFFICE}{last}\b", context.document.text)
    return any(same_party(match["office"], party, context.parties) for match in introductions)


RULE = Rule(
    name="no-right-of-reply",
    code="VFY205",
    level=Level.WARNING,
    summary="Somebody is accused by name and has no say in the draft.",
    check=check,
)
