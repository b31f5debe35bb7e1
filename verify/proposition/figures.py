"""What a bare figure counts: "Korvex spoke of 39", told right after "42 people had died"."""

from __future__ import annotations

import re
from dataclasses import replace

from verify.language.values import Value, ValueKind, find_values

BARE = re.compile(
    r"(?:There (?:was|were)|It was|They were|The (?:count|estimate|figure|number|toll|total) was)"
    r"(?P<near> (?:nearer(?: to)?|closer to|more like))? \."
)
"""A proposition without its figure, where it tells nothing else."""

DEAD = re.compile(r"\b(?:casualties|dead|deaths?|die[ds]?|fatalities|kill(?:ed|s|ing)|perished)\b")
"""What a figure counts that is a toll."""

NEAR = 12
"""Letters before a figure within which a verb says that it counts the dead: "killed 42 people"."""

COUNTED = frozenset({ValueKind.COUNT, ValueKind.MEASURE})
"""Kinds of a figure whose unit a bare one may leave out."""


def bare_figure(text: str) -> Value | None:
    """The figure that is all a proposition tells, without what it counts; None for other propositions."""
    values = find_values(text)
    if len(values) != 1 or values[0].noun or values[0].kind is ValueKind.MEASURE:
        return None
    figure = values[0]
    bare = BARE.fullmatch(text[: figure.start] + text[figure.end :])
    if bare is None:
        return None
    return replace(figure, text=f"about {figure.text}", exact=False) if bare["near"] else figure


def with_figure(text: str, figure: Value, *, toll: bool = False) -> str | None:
    """`text`, told of another figure, with `figure` in its place; None where there is none of its kind.

    A `toll` counts only the dead.
    What a comma parts from that figure isn't taken over: "42 people had died, three of them minors".
    """
    kinds = COUNTED if figure.kind is ValueKind.COUNT else {figure.kind}
    values = find_values(text)
    other = next(iter(values), None)
    if other is None or other.kind not in kinds or bare_figure(text) is not None:
        return None
    end = text.find(",", other.end)
    end = len(text.rstrip(".")) if end < 0 else end
    if any(other.end < value.start < end for value in values) or text.startswith(" and a half", other.end):
        return None
    if toll and DEAD.search(text, max(0, other.start - NEAR)) is None:
        return None
    unit = f" {other.noun}" if other.kind is ValueKind.MEASURE else ""
    told = f"{text[: other.start]}{figure.text}{unit}{text[other.end : end]}."
    return told[0].upper() + told[1:]
