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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verify.rules.base import Context, Hit, Rule
from verify.rules.lexicon import FORMAL, PRIVATE, VIOLENCE, pattern, wrongdoing
from verify.rules.names import Name, named_in, one_party, proper, read, same_party, speaks_of
from verify.types import Claim, Level, Role, Stance

ANSWER = pattern(
    r"""
    (?:declin|refus)(?:ed|es|ing)_to_(?:comment|answer|discuss|say|respond) no_comment
    den(?:ied|ies|ying) reject(?:ed|s) dismiss(?:ed|es) apologi[sz]ed admitted unavailable_for_comment
    (?:did|has|have|had|could|would)(?:_not|n['’]t)_(?:immediately_|yet_)?(?:respond|repl|answer|return|be_reach|comment)\w*
    """
)
"""How a draft tells that the accused answered, or was asked."""

INTRODUCED = re.compile(
    r"(?:\b(?:[A-Z][\w'’.-]*|of|the|for|chief|executive|president|minister|head|owner),? ){1,8}$"
)
"""What may introduce a name that follows: names and offices, without a verb."""

LONGEST_INTRODUCTION = 200

PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are)\s(?:\w+ly\s)?$", re.IGNORECASE)

DETERMINER = r"(?:the|an?|its|his|her|their)"
OFFICE = re.compile(
    rf"{DETERMINER}(?:\s(?:(?:of|at|in|for)\s(?:the\s)?)?(?!(?:{DETERMINER}|and|who)\b)[\w'’-]+){{1,8}},\s"
    r"(?:(?:Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Prof|Professor)\.?\s)?",
    re.IGNORECASE,
)
"""The office that opens a sentence before the name of who holds it: "The then director, Dr" Colin Vane."""

PREDICATE = re.compile(r",\s(?!(?:and|or|but|who|whom|whose|which|when|after|before|as|then|while|\w+ing)\b)")
"""What follows a name that stands between its office and the verb of the sentence."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Who has a say in a draft.

    The `names` and mentions of its sources, as they stand and as `sources`, the `parties` that these speak
    for, and the sentences that tell of `answers`.
    """

    names: frozenset[str]
    sources: tuple[Name, ...]
    parties: tuple[Name, ...]
    answers: tuple[Name, ...]


def check(context: Context) -> Iterator[Hit]:
    """Yield the first accusation against each name that nobody answers for in the draft."""
    heard = _heard(context)
    answered: dict[str, bool] = {}
    found: dict[str, list[Claim]] = {}
    read_as: dict[str, Name] = {}
    for claim in context.claims:
        accused = _accused(claim, context)
        if accused is None:
            continue
        name = read_as.setdefault(accused, read(accused, context.parties))
        if accused not in answered:
            answered[accused] = _answered(accused, name, heard, context)
        if not answered[accused]:
            known = next((other for other in found if one_party(read_as[other], name)), accused)
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
        opens = match.start() <= len("The ") or _holds_office(match, text)
        doer = opens and match.end() <= place and not _undergoes(text[:place], words)
        agent = match.start() > place and re.search(r"\bby (?:the )?$", text[: match.start()]) is not None
        if (doer or agent) and proper(match.group(), context.document.text):
            own = claim.source is not None and any(
                same_party(match.group(), name, context.parties)
                for name in (claim.source.name, claim.source.party)
            )
            return None if own else match.group()
    return None


def _undergoes(before: str, words: str) -> bool:
    """Whether the violence that `words` tell of is done to whom the sentence is about."""
    return PASSIVE.search(before) is not None and VIOLENCE.fullmatch(words) is not None


def _holds_office(name: re.Match[str], text: str) -> bool:
    """Whether `name` is that of who is called by an office at the start: "The director, Colin Vane, had"."""
    office = OFFICE.fullmatch(text, 0, name.start())
    return office is not None and PREDICATE.match(text, name.end()) is not None


def _heard(context: Context) -> Heard:
    sources = [claim.source for claim in context.claims if claim.source is not None]
    names = {name for source in sources for name in (source.name, source.party)}
    names |= {context.text(source.text) for source in sources if source.text is not None}
    sentences = (context.text(sentence.span) for sentence in context.sentences)
    answers = (text for text in sentences if ANSWER.search(text))
    return Heard(
        names=frozenset(names),
        sources=_read(names, context),
        parties=_read({source.party for source in sources}, context),
        answers=_read(answers, context),
    )


def _read(texts: Iterable[str], context: Context) -> tuple[Name, ...]:
    return tuple(read(text, context.parties) for text in texts)


def _answered(accused: str, name: Name, heard: Heard, context: Context) -> bool:
    """Whether the accused, or somebody who speaks for them, has a say in the draft."""
    if not name.parties.isdisjoint(heard.names) or any(one_party(name, other) for other in heard.sources):
        return True
    introductions = _read(_introductions(accused, context.document.text), context)
    return any(speaks_of(text, party) for text in introductions for party in heard.parties) or any(
        speaks_of(text, name) for text in heard.answers
    )


def _introductions(accused: str, text: str) -> set[str]:
    """What introduces the accused wherever the text names them: "Russian President Vladimir" Putin."""
    last = re.escape(accused.rsplit(maxsplit=1)[-1])
    places = [match.start() for match in re.finditer(rf"{last}\b", text)]
    before = (INTRODUCED.search(text[max(0, place - LONGEST_INTRODUCTION) : place]) for place in places)
    return {match.group() for match in before if match is not None}


RULE = Rule(
    name="no-right-of-reply",
    code="VFY205",
    level=Level.WARNING,
    summary="Somebody is accused by name and has no say in the draft.",
    check=check,
)
