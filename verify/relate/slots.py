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
    "survived": "survived survive survives survivors survivor",
}
"""Words near a figure that tell what it counts; figures of different slots never clash."""

IN_A_WORD = tuple(
    (re.compile(phrase, re.IGNORECASE), slot)
    for phrase, slot in (
        (r"\blos(?:t|e|es|ing) (?:their|his|her) li(?:fe|ves)\b", "killed"),
        (r"\b(?:los(?:t|e|es|ing)|driven from|forced from) their (?:own )?(?:home|house)s?\b", "displaced"),
        (r"\b(?:left|are|were|been) without (?:a |their )?(?:home|house|shelter|roof)s?\b", "displaced"),
        (r"\b(?:could|might|would|may) have (?:lived|survived|been (?:saved|rescued))\b", "survived"),
        (r"\b(?:be|been) saved\b", "survived"),
        # What else than life one has lost, and isn't lost oneself.
        (r"\blost (?:their|his|her|its|our|my|the|an?|all|both|contact|control|power|touch|sight)\b", ""),
    )
)
"""What several words say that one of FIGURE_SLOTS would, or "" where such a word says no such thing."""

NO_VICTIMS = frozenset(
    """sides parties countries nations states powers governments agencies ministries sources reports accounts
    provinces regions districts counties cities towns villages neighbourhoods neighborhoods streets places
    sites areas houses homes buildings apartments flats hospitals schools vehicles cars buses trucks boats
    ships aircraft planes helicopters drones missiles rockets shells bombs bullets shots rounds attacks
    strikes raids blasts explosions bombings shootings fires floods storms quakes earthquakes aftershocks
    crashes accidents jobs seats positions""".split()
)
"""Things, bodies and events, which nobody counts among the killed: "64 dead as three sides trade blame"."""

COUNTED_BEFORE = re.compile(
    r"\b(?:number|figure|total|count|tally) (?:of|for) (?P<things>(?:[\w'’-]+ ){1,6}?)"
    r"(?:to|at|was|is|were|reached|passed|exceeded) $",
    re.IGNORECASE,
)
"""What a bare figure counts, before it: "the number of damaged houses was"."""

OF_SURVIVORS = re.compile(r" (?:[\w'’-]+ ){1,3}who [^.;\d]*\b(?:surviv\w+|lived)\b")
"""What comes after a figure that counts survivors, whatever is told of them in passing."""

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

KIN = re.compile(
    r"\b(?:(?:grand|step)?(?:mother|father|parent)s?(?:-in-law)?|widow(?:er)?|wife|husband|guardians?)\sof\s"
    r"(?:the\s|his\s|her\s|their\s)?$"
    r"|\bsurvived\sby\s[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What comes before a figure that counts somebody's family: "the mother of three"."""

GOVERNED = re.compile(r"\b(?:in|of|for|to|with|by|from|on|into|over|through)\s(?:the\s)?$", re.IGNORECASE)
"""What comes before a figure that can't be the subject of a verb beyond the next comma."""

AMOUNT_OF = re.compile(
    r"\b(?P<of>[^\W\d_]{4,})\s(?:of|was|were|is|are|came\sto|amounted\sto|totall?ed)\s$"
    r"|\b(?:puts?|putting|estimat\w+|valu(?:es?|ed|ing))\s(?:[\w'’-]+\s){0,4}?(?P<at>[^\W\d_]{4,})\sat\s$",
    re.IGNORECASE,
)
"""What an amount is the size of: "damages of €30m", "the payments were €81m", "put the payments at €81m"."""

PART = re.compile(
    r"\b(?:another|others?|more(?! than\b)|further|additional|including|alone|elsewhere|separate(?:ly)?|each"
    r"|per|every|(?:among|of) (?:them|whom|these|those)"
    r"|(?<!number )(?<!toll )(?<!count )of the (?:dead|injured|wounded|missing|victims|survivors|casualties)"
    r"|a (?:day|week|month|year))\b",
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


def is_family(text: str, value: Value) -> bool:
    """Whether the figure `value` of `text` counts somebody's children or others of the family."""
    return KIN.search(text[: value.start]) is not None


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
    if value.noun in NO_VICTIMS:
        return value.noun
    if is_family(text, value):
        return value.noun or "family"
    leading, rest = _in_a_word(text[: value.start]), _in_a_word(text[value.end :])
    if OF_SURVIVORS.match(rest):
        return "survived"
    if (harming := HARMING.search(leading)) is not None:
        return SLOT_OF.get(harming["verb"].lower(), value.noun)
    following = rest[:NEAR]
    after = words_of(following.partition(",")[0] if GOVERNED.search(leading) else following)
    before = words_of(leading[-NEAR:])
    for word in [*after[:5], *reversed(before[-5:])]:
        if word in SLOT_OF:
            return SLOT_OF[word]
    if not value.noun and EQUATED.search(leading):
        before = words_of(leading)
    slot = next((SLOT_OF[w] for w in [*after, *reversed(before)] if w in SLOT_OF), "")
    return value.noun or slot or _counted_before(leading)


def _in_a_word(text: str) -> str:
    for phrase, slot in IN_A_WORD:
        text = phrase.sub(slot, text)
    return text


def _counted_before(leading: str) -> str:
    """The plural noun of COUNTED_BEFORE; "" where there is none."""
    found = COUNTED_BEFORE.search(leading)
    nouns = [w for w in words_of(found["things"]) if w.endswith("s")] if found is not None else []
    return nouns[-1] if nouns else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the proposition `text` that isn't a date, with the slot that it fills there.

    `amount_of` is what a sum of money is the size of, "" where nothing next to it tells.
    """

    text: str
    value: Value
    slot: str
    amount_of: str


def figures_of(text: str, values: Sequence[Value]) -> tuple[Figure, ...]:
    """Those of the `values` of a proposition that aren't dates, which are left to compare_dates."""
    return tuple(
        Figure(text, v, figure_slot(text, v), _amount_of(text, v) if v.kind is ValueKind.MONEY else "")
        for v in values
        if v.kind is not ValueKind.DATE
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How the figures of two propositions bear on each other, and the two that differ where they do."""

    agreement: Agreement = Agreement.INCOMPARABLE
    clash: tuple[Value, Value] | None = None


RANK = {Agreement.INCOMPARABLE: 0, Agreement.DIFFERENT: 1, Agreement.COMPATIBLE: 2, Agreement.SAME: 3}


def set_against(one: Sequence[Figure], other: Sequence[Figure]) -> Figures:
    """The strongest word that the figures of two propositions have on each other.

    SAME beats COMPATIBLE beats DIFFERENT within one slot: a proposition that repeats the other's
    figure among others doesn't contradict it.
    """
    best = Figures()
    for a in one:
        for b in other:
            if not count_the_same(a, b):
                continue
            agreement = compare(a.value, b.value)
            if RANK[agreement] > RANK[best.agreement]:
                clash = (a.value, b.value) if agreement is Agreement.DIFFERENT else None
                best = Figures(agreement, clash)
    return best


def at_odds(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Whether a figure of one proposition has a counterpart in the other, and none that it agrees with.

    So two propositions may agree in one figure and not in another: neither bears the other out then. A
    counterpart counts the same thing by its slot, or by its noun whatever the slot.
    """
    pairs = [(a.value, b.value, compare(a.value, b.value)) for a in one for b in other if _counterparts(a, b)]
    agreeing = {v for a, b, agreement in pairs if agreement is not Agreement.DIFFERENT for v in (a, b)}
    return any(a not in agreeing and b not in agreeing for a, b, _ in pairs)


def _counterparts(a: Figure, b: Figure) -> bool:
    named = bool(a.value.noun) and a.value.noun == b.value.noun
    slotted = a.slot != "" and count_the_same(a, b)
    return (named or slotted) and compare(a.value, b.value) is not Agreement.INCOMPARABLE


def compare_figures(
    text_a: str, values_a: Sequence[Value], text_b: str, values_b: Sequence[Value]
) -> Figures:
    """`set_against` for two propositions of which the figures aren't worked out yet."""
    return set_against(figures_of(text_a, values_a), figures_of(text_b, values_b))


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
    "survived": "How many people survived?",
}


def lead_figure(text: str) -> Figure | None:
    """The first figure of a proposition."""
    return next(iter(figures_of(text, find_values(text))), None)


def figure_question(figure: Figure) -> str | None:
    """The question that a figure of a proposition answers, where its slot or its noun tells."""
    if figure.slot in QUESTIONS:
        return QUESTIONS[figure.slot]
    value = figure.value
    return f"How many {value.noun}?" if value.kind is ValueKind.COUNT and value.noun else None


def count_the_same(a: Figure, b: Figure) -> bool:
    """Whether two figures of two propositions count the same thing, as far as the words near them tell."""
    return _same_slot(a.slot, b.slot) and not _other_amounts(a, b)


def _other_amounts(a: Figure, b: Figure) -> bool:
    """Whether two sums of money are of things by two names, neither of which the other proposition has."""
    named = bool(a.amount_of and b.amount_of)
    return named and a.amount_of not in b.text.lower() and b.amount_of not in a.text.lower()


def _amount_of(text: str, amount: Value) -> str:
    """The noun that an amount is the size of, without its plural's ending; "" where none is next to it."""
    found = AMOUNT_OF.search(text[: amount.start])
    return (found["of"] or found["at"]).lower().rstrip("s") if found is not None else ""


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
