"""What a figure or a claim is about: the slot of an event that it fills."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.language.values import Agreement, Value, ValueKind, compare, find_values
from verify.types import Kind, Role

FIGURE_SLOTS = {
    "killed": """killed kill kills killing dead deaths death died die dies toll fatalities fatality bodies
    lost slain""",
    "injured": "injured injures injuring injuries injury wounded wounding wounds hurt hurts hurting",
    "missing": "missing unaccounted",
    "arrested": "arrested arrests arresting detained detaining detains detentions custody charged",
    "displaced": "displaced evacuated evacuees fled homeless",
    "captured": "captured captives prisoners hostages abducted kidnapped",
    "released": "released releases releasing freed frees freeing",
}
"""Words near a figure that tell what it counts; figures of different slots never clash."""

SLOT_OF = {word: slot for slot, words in FIGURE_SLOTS.items() for word in words.split()}
NEAR = 40
"""Characters on either side of a figure in which its slot is looked for."""

EQUATED = re.compile(r"\b(?:to|at|was|is|were|reached|passed|exceeded)\s*$")
"""What comes before a bare figure that its subject is said to be, however far back that stands."""

HARMING = re.compile(
    r"\b(?P<verb>kill(?:s|ed|ing)|injur(?:es|ed|ing)|wound(?:s|ed|ing)|hurt(?:s|ing)?|arrest(?:s|ed|ing)"
    r"|detain(?:s|ed|ing)|free[sd]|freeing|releas(?:es|ed|ing))\s+$",
    re.IGNORECASE,
)
"""What comes before a figure that it governs: "kills two, injures nine"."""

PART = re.compile(
    r"\b(?:another|others?|more(?! than\b)|further|additional|including|alone|elsewhere|separate(?:ly)?|each"
    r"|per|every|(?:among|of) (?:them|whom|these|those)|a (?:day|week|month|year))\b",
    re.IGNORECASE,
)
"""What tells that a figure counts some of those that others count, or others than those."""

KIND_WORDS: dict[Kind, frozenset[str]] = {
    Kind.CAUSE: frozenset(
        """cause caused causes causing because due led sparked triggered ignited reason explains drove
        driven fault failure""".split()
    ),
    Kind.RESPONSIBILITY: frozenset(
        """responsible responsibility behind blame ordered orchestrated carried perpetrated involved
        involvement fired launched shelled attacked struck shot bombed sabotaged planted hacked poisoned
        assisted helped aided supplied downed guilty accused conspired complicit culprit""".split()
    ),
    Kind.STATUS: frozenset(
        """safe unsafe closed open alive arrested suspended resigned banned legal illegal valid invalid
        approved working robust danger dangerous effective fit solvent""".split()
    ),
    Kind.PLACE: frozenset("crossed border territory airspace located inside outside".split()),
    Kind.IDENTITY: frozenset("identified identity named citizen citizens member members".split()),
}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """The words of `text`, in lower case."""
    return [w.lower() for w in WORD.findall(text)]


def figure_slot(text: str, value: Value) -> str:
    """What the figure `value` of `text` counts: one of FIGURE_SLOTS, else its noun or unit, else ""."""
    if value.kind in {
        ValueKind.PERCENT,
        ValueKind.MONEY,
        ValueKind.MEASURE,
        ValueKind.LEVEL,
        ValueKind.AGE,
        ValueKind.DATE,
    }:
        return value.unit or value.kind.value
    if (harming := HARMING.search(text[: value.start])) is not None:
        return SLOT_OF.get(harming["verb"].lower(), value.noun)
    after = words_of(text[value.end : value.end + NEAR])
    before = words_of(text[max(0, value.start - NEAR) : value.start])
    for word in [*after[:5], *reversed(before[-5:])]:
        if word in SLOT_OF:
            return SLOT_OF[word]
    if not value.noun and EQUATED.search(text[: value.start]):
        before = words_of(text[: value.start])
    return value.noun or next((SLOT_OF[w] for w in [*after, *reversed(before)] if w in SLOT_OF), "")


@dataclass(frozen=True, slots=True)
class Figures:
    """How the figures of two propositions bear on each other, and the two that differ where they do."""

    agreement: Agreement = Agreement.INCOMPARABLE
    clash: tuple[Value, Value] | None = None


def compare_figures(
    text_a: str, values_a: Sequence[Value], text_b: str, values_b: Sequence[Value]
) -> Figures:
    """The strongest word that the figures of two propositions have on each other.

    SAME beats COMPATIBLE beats DIFFERENT within one slot: a proposition that repeats the other's
    figure among others doesn't contradict it. Dates are left to compare_dates.
    """
    best = Figures()
    rank = {Agreement.INCOMPARABLE: 0, Agreement.DIFFERENT: 1, Agreement.COMPATIBLE: 2, Agreement.SAME: 3}
    for a in values_a:
        if a.kind is ValueKind.DATE:
            continue
        for b in values_b:
            if b.kind is ValueKind.DATE or not same_slot(text_a, a, text_b, b):
                continue
            agreement = compare(a, b)
            if rank[agreement] > rank[best.agreement]:
                best = Figures(agreement, (a, b) if agreement is Agreement.DIFFERENT else None)
    return best


def counts_differ(values_a: Sequence[Value], values_b: Sequence[Value]) -> bool:
    """Whether two propositions count things of one name, whatever their slot, and no two counts agree."""
    found = {compare(a, b) for a in values_a for b in values_b if a.noun and a.noun == b.noun}
    return Agreement.DIFFERENT in found and found.isdisjoint({Agreement.SAME, Agreement.COMPATIBLE})


def compare_dates(values_a: Sequence[Value], values_b: Sequence[Value]) -> Agreement:
    """How the dates of two propositions bear on each other: they differ if no two of them agree."""
    dates = [(a, b) for a in values_a for b in values_b if a.kind is ValueKind.DATE is b.kind]
    agreements = [compare(a, b) for a, b in dates]
    agreeing = (agreement for agreement in agreements if agreement is not Agreement.DIFFERENT)
    return next(agreeing, Agreement.DIFFERENT if agreements else Agreement.INCOMPARABLE)


QUESTIONS = {
    "killed": "How many people were killed?",
    "injured": "How many people were injured?",
    "missing": "How many people are missing?",
    "arrested": "How many people were arrested?",
    "displaced": "How many people were displaced?",
    "captured": "How many people were captured?",
    "released": "How many people were released?",
}


def lead_figure(text: str) -> Value | None:
    """The first figure of a proposition that isn't a date."""
    return next((v for v in find_values(text) if v.kind is not ValueKind.DATE), None)


def figure_question(text: str, value: Value) -> str | None:
    """The question that a figure of a proposition answers, where its slot or its noun tells."""
    slot = figure_slot(text, value)
    if slot in QUESTIONS:
        return QUESTIONS[slot]
    return f"How many {value.noun}?" if value.kind is ValueKind.COUNT and value.noun else None


def same_slot(text_a: str, a: Value, text_b: str, b: Value) -> bool:
    """Whether two figures of two propositions count the same thing, as far as the words near them tell."""
    return _same_slot(figure_slot(text_a, a), figure_slot(text_b, b))


def _same_slot(a: str, b: str) -> bool:
    if not a or not b:
        return not (a in FIGURE_SLOTS or b in FIGURE_SLOTS) or not (a and b)
    return a == b or a.rstrip("s") == b.rstrip("s") or ({a, b} == {"killed", "people"})


def kind_of(text_a: str, text_b: str, roles: Sequence[Role], *, figures: bool, dates: bool) -> Kind:
    """The kind of slot on which two propositions meet."""
    if Role.HEADLINE in roles:
        return Kind.HEADLINE
    if figures:
        return Kind.NUMBER
    if dates:
        return Kind.DATE
    a, b = set(words_of(text_a)), set(words_of(text_b))
    scores = {kind: len(a & words) + len(b & words) for kind, words in KIND_WORDS.items()}
    kind = max(scores, key=lambda k: scores[k])
    return kind if scores[kind] else Kind.OCCURRENCE
