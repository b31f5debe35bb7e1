"""One sentence for an editor on the words that decide a relation."""

from __future__ import annotations

import re

from verify.language.values import Value
from verify.reference.naming import called
from verify.relate.features import Facts, are_opposed
from verify.relate.slots import FIGURE_SLOTS, figure_slot
from verify.types import UNKNOWN, Claim, RelationType, Role, Sort, Source, Stance

VERBS = {
    Stance.ASSERTS: "says",
    Stance.SUGGESTS: "suggests",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.DECLINES: "won't say",
}

PLURAL_VERBS = {
    Stance.ASSERTS: "say",
    Stance.SUGGESTS: "suggest",
    Stance.DENIES: "deny",
    Stance.DOUBTS: "doubt",
    Stance.DECLINES: "won't say",
}

POLICE = re.compile(r"(?:[A-Z][\w’'-]* )*[Pp]olice")
"""A body that takes its verb in the plural: "Velm Police deny"."""


def who(claim: Claim) -> str:
    """What a claim's source is called within a sentence: "Korvex", "the ministry", "the headline"."""
    if claim.source is not None:
        return called(claim.source) if claim.source.name != UNKNOWN else "somebody not named"
    return "the headline" if claim.role is Role.HEADLINE else "the story itself"


def is_several(source: Source | None) -> bool:
    """Whether the verb of a source is in the plural."""
    return source is not None and (source.sort is Sort.PLURAL or POLICE.fullmatch(source.name) is not None)


def _holds(claim: Claim) -> str:
    """What a source does with its proposition: "says", or of several "say"."""
    return (PLURAL_VERBS if is_several(claim.source) else VERBS)[claim.stance]


def reason_of(a: Facts, b: Facts, relation: RelationType, *, figures: tuple[Value, Value] | None) -> str:
    """Why a and b bear on each other; `figures` are the two that clash, where figures decide."""
    left, right = f"{who(a.claim)} {_holds(a.claim)}", f"{who(b.claim)} {_holds(b.claim)}"
    if figures is not None:
        return figures_differ(a, figures[0], b, figures[1])
    if are_opposed(a.claim, b.claim):
        denier, other = (a, b) if a.claim.stance is Stance.DENIES else (b, a)
        said = f"{who(denier.claim)} {_holds(denier.claim)} what {who(other.claim)} {_holds(other.claim)}"
        if relation is RelationType.CONTRADICTS:
            return f"{said}: “{_short(other.text)}”"
        fits = f"“{_short(other.text)}” ({who(other.claim)}) fits"
        return f"{fits} that {who(denier.claim)} {_holds(denier.claim)} “{_short(denier.text)}”"
    joint = "but" if relation is RelationType.CONTRADICTS else "and"
    return f"{left} “{_short(a.text)}” {joint} {right} “{_short(b.text)}”"


def figures_differ(a: Facts, left: Value, b: Facts, right: Value) -> str:
    """ "the headline has “31” killed, the ministry “27”"."""
    slot = figure_slot(a.text, left)
    about = f" {slot}" if slot in FIGURE_SLOTS or slot == left.noun != "" else ""
    has = "have" if is_several(a.claim.source) else "has"
    return f"{who(a.claim)} {has} “{left.text}”{about}, {who(b.claim)} “{right.text}”"


def _short(text: str, longest: int = 120) -> str:
    text = text.rstrip(".")
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"
