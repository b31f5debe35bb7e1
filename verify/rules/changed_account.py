"""A source contradicts its own words.

A ministry that rules something out on Monday and admits it on Friday, or a spokesman who gives two figures
for one thing, has changed its account. Whether that is news, a slip of the source or one of the desk, the
reader has to be told of it, and the editor has to know which of the two still stands.

What has changed since isn't a changed account: a toll that grows, a road that is open again, a plan that is
given up. Nor is what the source itself corrects, or the words of somebody else whom it quotes. Only what is
said in nearly the same words is compared, so that a long and a short version of one account stay silent.

## Bad

```
The defence ministry said on Monday that its soldiers had not entered the school in Sarnow. On Friday the
defence ministry admitted that its soldiers had entered the school in Sarnow.
```

## Good

A toll that grows:

```
The hospital in Tellin said on Monday that 12 people had been treated for burns. By Friday 19 people had been
treated for burns, the hospital said.
```

What was so on Monday is no longer so on Friday:

```
The railway said on Monday that the bridge at Sarnow was not open to trains. On Friday the railway said that
the bridge at Sarnow was open to trains.
```

A source that corrects itself:

```
The defence ministry said on Monday that its soldiers had not entered the school in Sarnow. It corrected that
on Friday and said that its soldiers had entered the school in Sarnow.
```

A change of plan:

```
The owners said in May that they would not sell the mine at Sarnow. In June the owners said that they would
sell the mine at Sarnow.
```
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from verify.language.values import Agreement, Value, ValueKind, find_values
from verify.relate.slots import FIGURE_SLOTS, Figure, compare_dates, figures_of, set_against
from verify.rules.base import Context, Hit, Rule
from verify.rules.lexicon import PRIVATE
from verify.rules.names import proper
from verify.rules.origins import nested
from verify.rules.wording import ALIKE, FEWEST, stems
from verify.types import UNKNOWN, Claim, Level, Role, Sort, Stance

STATE = re.compile(r"\b(?:is|are|was|were|am|remain(?:s|ed)?|stay(?:s|ed)?)\b")
"""What tells how things stand, and not what was done: it may be otherwise on another day."""

CHANGED = re.compile(
    r"\b(?:later|now|earlier|initially|at first|originally|previously|again|since|by then|until"
    r"|(?:rose|risen|rises|climbed|up|down|fell|fallen|dropped|updated|raised|lowered)"
    r" (?:to|from|it|the|its))\b",
    re.IGNORECASE,
)
"""What tells that two statements are of different times."""

CORRECTED = re.compile(
    r"\b(?:correct(?:ed|s|ing|ion)|retract\w*|withdr[ae]w\w*|took back|revis\w+|clarif\w+|apologi[sz]\w+"
    r"|mistaken(?:ly)?|in error|misspoke)\b",
    re.IGNORECASE,
)
"""What tells that the source itself has taken back what it said."""

PASSIVE = re.compile(r"\b(?:was|were|been|being)\s(?:\w+ly\s)?\w+(?:ed|en|t|n)\b")
"""What is told without those who did it."""

FEWEST_EQUAL = 2
"""Telling words from which two propositions without any other say the same."""

SCORE = 0.7

WORD = re.compile(r"[\w'’-]+")
NAME = re.compile(r"(?<=\s)[A-Z][\w'’-]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What is worked out once for a claim. `frame` is its sentence without what the source says in it."""

    claim: Claim
    values: tuple[Value, ...]
    figures: tuple[Figure, ...]
    words: frozenset[str]
    names: frozenset[str]
    frame: str
    days: frozenset[tuple[float, float]]


def check(context: Context) -> Iterator[Hit]:
    """Yield each pair of claims in which a source says what it denies, or gives two figures for one thing."""
    by_source: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in context.claims:
        if _one_voice(claim, context.document.text):
            by_source[claim.source_name].append(claim)
    for name, claims in by_source.items():
        if len(claims) > 1:
            yield from _changes(name, [_told(claim, context) for claim in claims])


def _one_voice(claim: Claim, text: str) -> bool:
    """Whether a claim is of one source that speaks for itself: no crowd, no "an official", no echo."""
    source = claim.source
    if source is None or source.anonymous or source.party == UNKNOWN or claim.cites:
        return False
    if claim.role is Role.HEADLINE or not claim.cue_class.factual or PRIVATE.search(claim.proposition):
        return False
    crowd = (
        source.sort is Sort.PLURAL and source.name != "police" and not proper(source.name.split()[0], text)
    )
    return not crowd


def _told(claim: Claim, context: Context) -> Told:
    values = find_values(claim.proposition, published=context.document.published)
    sentence = context.sentences_by_id[claim.sentence].span
    inside = sorted(claim.content)
    edges = [sentence.start, *(edge for span in inside for edge in span), sentence.end]
    frame = " ".join(context.document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    dates = find_values(frame, published=context.document.published)
    return Told(
        claim=claim,
        values=values,
        figures=figures_of(claim.proposition, values),
        words=stems(_without(claim.proposition, values)),
        names=frozenset(NAME.findall(claim.proposition)),
        frame=frame,
        days=frozenset((v.low, v.high) for v in dates if v.kind is ValueKind.DATE),
    )


def _changes(name: str, told: Sequence[Told]) -> Iterator[Hit]:
    denied = [t for t in told if t.claim.stance is Stance.DENIES]
    asserted = [t for t in told if t.claim.stance is Stance.ASSERTS]
    for denial, assertion in ((d, a) for d in denied for a in asserted):
        if (
            (_covers(assertion, denial) or _same(assertion, denial))
            and _figures_clash(denial, assertion) is None
            and _comparable(denial, assertion)
            and not _state_of_its_day(denial, assertion)
        ):
            words = assertion.claim.proposition.rstrip(".")
            message = f"{name} both denies and says “{words}”: which of the two stands?"
            yield Hit.on(message, (denial.claim, assertion.claim), SCORE)
    counting = [t for t in asserted if any(v.kind is not ValueKind.DATE for v in t.values)]
    for one, other in combinations(counting, 2):
        told_alike = _covers(one, other) and _covers(other, one)
        if not (told_alike or _passive_of(one, other) or _passive_of(other, one)) or _apart(one, other):
            continue
        clash = _figures_clash(one, other)
        if clash is not None and _comparable(one, other):
            figures = f"“{clash[0].text}” and “{clash[1].text}”"
            message = f"{name} gives {figures} for one thing: which of the two stands?"
            yield Hit.on(message, (one.claim, other.claim), SCORE)


def _figures_clash(one: Told, other: Told) -> tuple[Value, Value] | None:
    return set_against(one.figures, other.figures).clash


def _covers(longer: Told, shorter: Told) -> bool:
    """Whether `longer` has the names and nearly all words of `shorter`: who says it all says the part."""
    if len(shorter.words) < FEWEST or not shorter.names <= longer.names:
        return False
    return len(longer.words & shorter.words) >= ALIKE * len(shorter.words)


def _same(one: Told, other: Told) -> bool:
    """Whether two propositions have no word that the other lacks, so that two words are enough."""
    return one.words == other.words and one.names == other.names and len(one.words) >= FEWEST_EQUAL


def _passive_of(passive: Told, active: Told) -> bool:
    """Whether `passive` leaves out who did what `active` tells.

    "Three shots had been fired" beside "officers had fired one shot"; casualties and arrests may be others'
    doing as well.
    """
    told = [
        w for word in WORD.findall(_without(active.claim.proposition, active.values)) for w in stems(word)
    ]
    subject = len(active.words - passive.words)
    return (
        PASSIVE.search(passive.claim.proposition) is not None
        and PASSIVE.search(active.claim.proposition) is None
        and len(passive.words) >= FEWEST_EQUAL
        and passive.words < active.words
        and passive.names == active.names
        and passive.words.isdisjoint(told[:subject])
        and all(figure.slot not in FIGURE_SLOTS for figure in passive.figures)
    )


def _comparable(one: Told, other: Told) -> bool:
    """Whether both speak of one time, neither within the other, and nothing has been taken back."""
    dates = compare_dates(one.values, other.values)
    taken_back = CORRECTED.search(one.frame) or CORRECTED.search(other.frame)
    return dates is not Agreement.DIFFERENT and not taken_back and not nested(one.claim, other.claim)


def _state_of_its_day(one: Told, other: Told) -> bool:
    """Whether they tell how things stand on two days."""
    states = STATE.search(one.claim.proposition) or STATE.search(other.claim.proposition)
    return states is not None and _apart(one, other)


def _apart(one: Told, other: Told) -> bool:
    marked = CHANGED.search(one.frame) or CHANGED.search(other.frame)
    return marked is not None or one.days != other.days


def _without(text: str, values: Sequence[Value]) -> str:
    for value in sorted(values, key=lambda v: -v.start):
        text = text[: value.start] + " " + text[value.end :]
    return text


RULE = Rule(
    name="changed-account",
    code="VFY105",
    level=Level.WARNING,
    summary="A source that contradicts its own words.",
    check=check,
)
