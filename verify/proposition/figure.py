"""A bare figure, told in the words of the figure before it: "39" after "50 people had died" is 39 people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verify.language.values import Value, ValueKind, find_values

BARE = re.compile(r"There (?:was|were) (?P<figure>.+)\.")
"""How a proposition reads that says how many, and not of what."""

WHEN = re.compile(r" (?:as of|at|by|in|on|since|until|up to)$")


def counted_like(bare: str, earlier: Iterable[str]) -> str:
    """ "There were 39." in the words of the first of `earlier` propositions with a figure, if that counts.

    What isn't bare stays as it is.
    """
    told = BARE.fullmatch(bare)
    figure = _count(bare)
    if told is None or figure is None or figure.text != told["figure"]:
        return bare
    clauses = (text.rstrip(".").split(", ")[0] for text in earlier)
    clause = next((c for c in clauses if _figures(c)), "")
    count = _count(clause)
    if count is None or count.low <= 1:
        return bare
    text = f"{clause[: count.start]}{figure.text}{_without_date(clause[count.end :])}."
    return text[0].upper() + text[1:]


def _figures(text: str) -> list[Value]:
    return [v for v in find_values(text) if v.kind is not ValueKind.DATE]


def _count(text: str) -> Value | None:
    """The only figure in `text`, where it counts something; None for money, hours, or several figures."""
    figures = _figures(text)
    return figures[0] if len(figures) == 1 and figures[0].kind is ValueKind.COUNT else None


def _without_date(text: str) -> str:
    """Without "by Tuesday", which told of the earlier figure."""
    for date in reversed(find_values(text)):
        if date.kind is ValueKind.DATE:
            text = WHEN.sub("", text[: date.start].rstrip()) + text[date.end :]
    return text
