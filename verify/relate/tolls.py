"""Two parties' counts of the same people, held against each other by their words alone.

Every editor wants to hear of these, and among the labelled stories there are too few for a scorer to learn
them from. So they are decided by rule, and only where nothing tells of another place, time or part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from verify.language import dates
from verify.language.dates import WEEKDAYS
from verify.language.values import Agreement, Value, ValueKind
from verify.relate.candidates import comparable
from verify.relate.features import EARLIER, STOP, Facts
from verify.relate.opening import NAME, opening_of
from verify.relate.reasons import figures_differ
from verify.relate.slots import (
    FIGURE_SLOTS,
    PART,
    SLOT_OF,
    WORD,
    compare_dates,
    figure_slot,
    set_against,
    words_of,
)
from verify.types import Document, Kind, Relation, RelationType, Role, Stance

SCORE = 0.8
"""How sure it is that such a pair can't both be right: three in four in the training stories can't."""

WHERE = re.compile(
    r"\b(?:in|on|at|near|along|across|inside|outside|around)\s(?:the |an? |its |their )?"
    r"(?!(?:least|most|first|last|once|all)\b)(?P<place>[\w-]+(?:\s(?!and\b|or\b|by\b|on\b|when\b|after\b|as\b)[\w-]+){0,3})",
    re.IGNORECASE,
)
"""Where, or in what, those counted came to harm."""

EVENTS = frozenset(
    """attack attacks strike strikes raid raids blast blasts explosion explosions bombing shelling
    shooting fire fires flood floods flooding storm earthquake quake landslide avalanche crash collision
    accident collapse fall sinking disaster clashes fighting violence battle riot stampede crush outbreak
    incident hospital hospitals custody""".split()
)
"""What a count may name without narrowing it."""

DAYS = frozenset([*WEEKDAYS, "weekend", "total", "all"])

EVERYBODY = frozenset("people persons civilians".split())
"""What is counted where nobody is left out."""

YEAR = re.compile(rf"\b{dates.YEAR}\b(?!\s(?:[a-z]+s|people|men|women|children)\b)")
"""A year by its number, and not so many things."""

BEFORE = 300
"""Letters before a sentence in which the one before it is looked for."""

HYPOTHETICAL = "survived"
"""The slot of those who might have been saved."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s")

AS_OF = re.compile(
    r"\b(?:by|as of|until|so far|since|morning|noon|afternoon|evening|night|midnight|overnight|later|now"
    r"|still)\b",
    re.IGNORECASE,
)
"""What tells of the hour of a count."""


POINTS_BACK = re.compile(
    r"[\W_]*(?:(?:That|Those|The (?:earlier|previous)) [\w-]+|Then|At (?:that|the) time)\b"
)
"""How a sentence begins that goes on about what the one before it speaks of: "That quake killed 2,000"."""

OTHERS = re.compile(r"\b(?:and|while) (?:that )?[\w,-]+ (?:others|more)\b", re.IGNORECASE)
"""Those whom a sentence counts beside its first figure, which is no part of them."""

SOME = re.compile(r"[,–—] (?:[\w-]+ ){1,3}of (?:them|whom)\b[^,.;–—]*", re.IGNORECASE)
"""What is told in passing of some of those counted: ", most of them in the village of Tellin"."""

EYEWITNESS = re.compile(r"\b(?:I|we)(?:\s|['’]ve\s)(?:have |had |only |myself )*(?:counted|saw|seen)\b")
"""What tells that a count is of what one saw from where one stood."""

FEWEST = 2
"""Telling words, besides its figure, from which two statements in the same words are of the same thing."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What everybody in a story speaks of, since its opening does.

    Its names, the years of its first sentence, and its words with those of events and days.
    """

    names: frozenset[str]
    years: frozenset[str]
    words: frozenset[str]


def clashing_tolls(facts: Sequence[Facts], document: Document) -> Iterator[Relation]:
    """A relation for each two parties that give different counts of the same people, or of the same things in
    the same words.
    """
    counts = [f for f in facts if _counts(f)]
    opening = _opening(opening_of(document))
    for a, b in combinations(counts, 2):
        if a.claim.stance is not b.claim.stance or not comparable(a.claim, b.claim):
            continue
        clash = set_against(a.figures, b.figures).clash
        if clash is None or not _same_event(a, b, opening, document):
            continue
        if _same_people(a, clash[0], b, clash[1]) or _same_words(a, b):
            reason = figures_differ(a, clash[0], b, clash[1])
            yield Relation(a.claim.id, b.claim.id, RelationType.CONTRADICTS, Kind.NUMBER, SCORE, reason)


def counted_apart(a: Facts, b: Facts, document: Document) -> bool:
    """Whether two claims count apart.

    One gives its figures for a year of its own, or in the same words for a day of its own, or counts
    casualties at an hour of its own or in a place of its own. A year or place that the opening names is
    everybody's. What somebody counted with their own eyes is apart from what others count.
    """
    opening = _opening(opening_of(document))
    seen = any(EYEWITNESS.search(f.context) for f in (a, b))
    another_day = compare_dates(a.values, b.values) is Agreement.DIFFERENT and _same_words(a, b)
    counted = all(any(figure_slot(f.text, value) in FIGURE_SLOTS for value in f.values) for f in (a, b))
    return (
        seen
        or another_day
        or not _one_year(a, b, opening, document)
        or (counted and not (_one_hour(a, b) and _one_place(a, b, opening)))
    )


@lru_cache(maxsize=1)
def _opening(text: str) -> Opening:
    """What the opening `text` has; kept, for it is asked about each pair of one story."""
    first = SENTENCE_END.split(text, maxsplit=1)[0]
    return Opening(
        frozenset(NAME.findall(text)), frozenset(YEAR.findall(first)), EVENTS | DAYS | {*words_of(text)}
    )


def _counts(facts: Facts) -> bool:
    """Whether a claim flatly gives a figure that is this moment's, and of all that there are.

    How many could have been saved nobody can say flatly, and so it is a count however it is hedged.
    """
    counted = {figure.slot for figure in facts.figures}
    stances = {Stance.ASSERTS, Stance.SUGGESTS} if HYPOTHETICAL in counted else {Stance.ASSERTS}
    flat = facts.claim.stance in stances and facts.claim.role is not Role.HEADLINE
    part = PART.search(SOME.sub("", facts.text)) or PART.search(OTHERS.sub("", SOME.sub("", facts.context)))
    apart = part or EARLIER.search(facts.context) or EYEWITNESS.search(facts.context)
    return flat and bool(counted) and not apart


def _same_event(a: Facts, b: Facts, opening: Opening, document: Document) -> bool:
    """Whether nothing tells the two apart: no name or place but the opening's, no day, no hour of the day."""
    one_day = compare_dates(a.values, b.values) is not Agreement.DIFFERENT
    one_name = _names(a) ^ _names(b) <= opening.names
    one_time = one_day and _one_year(a, b, opening, document) and _one_hour(a, b)
    return one_time and one_name and _one_place(a, b, opening)


def _names(facts: Facts) -> frozenset[str]:
    """The names of a claim; a figure that begins its sentence is none ("Fewer than 40 buses")."""
    passing = {word for aside in SOME.findall(facts.text) for word in WORD.findall(aside)}
    return facts.names - passing - {word for value in facts.values for word in WORD.findall(value.text)}


def _one_year(a: Facts, b: Facts, opening: Opening, document: Document) -> bool:
    """Whether neither has a year of its own; that of the event stands in the first sentence at the latest."""
    years, others = (_years(f, document) for f in (a, b))
    return years ^ others <= opening.years


def _years(facts: Facts, document: Document) -> set[str]:
    """The years of a claim's sentence, and those of the one before where it goes on about that."""
    start = facts.claim.span.start
    before = SENTENCE_END.split(document.text[max(0, start - BEFORE) : start].rstrip())[-1]
    back = POINTS_BACK.match(facts.context) is not None
    return {*YEAR.findall(facts.context), *(YEAR.findall(before) if back else ())}


def _one_hour(a: Facts, b: Facts) -> bool:
    return bool(AS_OF.search(a.context)) == bool(AS_OF.search(b.context))


def _one_place(a: Facts, b: Facts, opening: Opening) -> bool:
    return _places(a) ^ _places(b) <= opening.words


def _places(facts: Facts) -> frozenset[str]:
    main = SOME.sub("", facts.context)
    return frozenset(word for match in WHERE.finditer(main) for word in words_of(match["place"]))


def _same_people(a: Facts, one: Value, b: Facts, other: Value) -> bool:
    slot = figure_slot(a.text, one)
    return slot in FIGURE_SLOTS and slot == figure_slot(b.text, other) and _who(one) == _who(other)


def _same_words(a: Facts, b: Facts) -> bool:
    """Whether two statements have a figure each, of one noun, and are the same but for it."""
    told = [_but_for_figures(f) for f in (a, b)]
    counted = [[g for g in f.figures if g.value.noun or g.value.kind is not ValueKind.COUNT] for f in (a, b)]
    one = all(len(f.figures) == len(c) == 1 for f, c in zip((a, b), counted, strict=True))
    return one and told[0] == told[1] and len(told[0]) >= FEWEST


def _but_for_figures(facts: Facts) -> frozenset[str]:
    text = facts.text
    for value in sorted(facts.values, key=lambda v: -v.start):
        text = f"{text[: value.start]} {text[value.end :]}"
    return frozenset(words_of(text)) - STOP


def _who(value: Value) -> str:
    """Who is counted; "" for everybody, and where only the slot's own word says who ("12 dead")."""
    told = set(words_of(value.noun)) - EVERYBODY
    return "" if told <= SLOT_OF.keys() else value.noun
