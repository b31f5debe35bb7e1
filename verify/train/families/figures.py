"""Other numbers, units and bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact, words
from verify.train.families.base import C, E, Made, N, World, family, swap

SMALL = words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty"""
)
UNITS = {
    "kilometres": ("miles", "metres", 1000),
    "metres": ("feet", "centimetres", 100),
    "tonnes": ("ounces", "kilograms", 1000),
    "kilograms": ("tonnes", "grams", 1000),
    "hours": ("days", "minutes", 60),
    "minutes": ("hours", "seconds", 60),
    "days": ("weeks", "hours", 24),
    "hectares": ("square kilometres", "square metres", 10000),
}
"""A unit: one that makes the same figure false, and a smaller one with how many of it make the unit."""
CURRENCIES = {
    "euros": "dollars",
    "dollars": "pounds",
    "crowns": "euros",
    "million": "billion",
    "billion": "million",
    "percent": "percentage points",
}


def figure(fact: Fact) -> tuple[str, float] | None:
    """The figure of slot `n` as written and as a number; None where it is a fraction or a list."""
    phrase = fact.slots.get("n", "")
    if " of " in phrase and not phrase.startswith(("age of", "magnitude of")):
        return None
    if fact.text.startswith(phrase) or re.search(rf"\b(All|below|above|than) {re.escape(phrase)}", fact.text):
        return None
    found = re.search(r"\d[\d,]*(\.\d+)?", phrase)
    if found:
        return found[0], float(found[0].replace(",", ""))
    word = phrase.split(" ")[0].lower()
    return (phrase.split(" ")[0], float(SMALL.index(word))) if word in SMALL else None


def written(value: float) -> str:
    """A number as news copy writes it."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _refigured(fact: Fact, new: str) -> str:
    old, _ = figure(fact) or ("", 0.0)
    phrase = fact.slots["n"]
    return fact.text.replace(phrase, phrase.replace(old, new, 1), 1)


def _step(value: float) -> float:
    """A round amount that is clearly less than `value`, 1 at least."""
    if value < 10:
        return 1 if value == int(value) else 0.5
    return float(10 ** (len(str(int(value))) - 1)) / (2 if str(int(value))[0] in "12" else 1)


def _below(value: float) -> float:
    step = _step(value)
    low = (value // step) * step
    return low if low < value else value - step


def _above(value: float) -> float:
    step = _step(value)
    return (value // step + 1) * step


@family("number-changed", "number")
def _number_changed(fact: Fact, world: World) -> Iterator[Made]:
    if found := figure(fact):
        factor = world.rng.choice([0.5, 0.7, 1.4, 2, 3, 10])
        value = found[1] * factor
        value = round(value) if found[1] == int(found[1]) else round(value, 1)
        if value not in {found[1], 0, 1}:
            changed = _refigured(fact, written(value))
            yield fact.text, changed, C
            yield changed, fact.text, C
            if fact.has("same") and found[0] in fact.slots["same"]:
                yield fact.text, swap(fact.slots["same"], found[0], written(value)), C


@family("number-near", "number")
def _number_near(fact: Fact, world: World) -> Iterator[Made]:
    found = figure(fact)
    if found and found[1] >= 11 and found[1] == int(found[1]):
        yield fact.text, _refigured(fact, written(found[1] + world.rng.choice([-3, -2, -1, 1, 2, 3]))), C


@family("number-digits", "number", held_out=True)
def _number_digits(fact: Fact, world: World) -> Iterator[Made]:
    found = figure(fact)
    if not found or not found[0][0].isdigit():
        return
    digits = [c for c in found[0] if c.isdigit()]
    if len(digits) > 1 and digits[0] != digits[1] and digits[1] != "0":
        yield (
            fact.text,
            _refigured(fact, found[0].replace(digits[0] + digits[1], digits[1] + digits[0], 1)),
            C,
        )
    wrong = str((int(digits[0]) + world.rng.choice([1, 2, 3]) - 1) % 9 + 1)
    if wrong != digits[0]:
        yield _refigured(fact, wrong + found[0][1:]), fact.text, C


@family("number-spelled", "number")
def _number_spelled(fact: Fact, world: World) -> Iterator[Made]:
    found = figure(fact)
    if found and found[1] == int(found[1]) and 2 <= found[1] <= 20 and "million" not in fact.slots["n"]:
        yield (
            fact.text,
            _refigured(fact, str(int(found[1])) if found[0].isalpha() else SMALL[int(found[1])]),
            E,
        )


@family("number-none", "number")
def _number_none(fact: Fact, world: World) -> Iterator[Made]:
    if fact.transitive and fact.patient == fact.slots.get("n") and figure(fact):
        counted = fact.slots["n"].partition(" ")[2]
        nobody = f"{fact.slots['a']} {fact.verb[1]} no {counted}{fact.rest}."
        yield fact.text, nobody, C
        yield nobody, fact.text, C


@family("unit-changed", "unit")
def _unit_changed(fact: Fact, world: World) -> Iterator[Made]:
    if not figure(fact):
        return
    for unit, (wrong, smaller, many) in UNITS.items():
        if re.search(rf"\b{unit}$", fact.slots["n"]):
            yield fact.text, swap(fact.text, unit, wrong), C
            value = written((figure(fact) or ("", 0.0))[1] * many)
            yield fact.text, swap(_refigured(fact, value), unit, smaller), E
    for unit, wrong in CURRENCIES.items():
        if re.search(rf"\b{unit}\b", fact.slots["n"]) and unit != "percent":
            yield fact.text, swap(fact.text, unit, wrong), C
            yield swap(fact.text, unit, wrong), fact.text, C


@family("bound", "bound")
def _bound(fact: Fact, world: World) -> Iterator[Made]:
    if not (found := figure(fact)) or found[1] < 4:
        return
    value = found[1]
    low, high = _below(value), _above(value)
    least, more = world.rng.choice(["at least", "no fewer than"]), "more than"
    yield fact.text, _refigured(fact, f"{least} {written(low)}"), E
    yield fact.text, _refigured(fact, f"{more} {written(low)}"), E
    yield fact.text, _refigured(fact, f"{more} {written(high)}"), C
    yield fact.text, _refigured(fact, f"fewer than {written(low)}"), C
    yield _refigured(fact, f"{least} {written(low)}"), fact.text, N
    yield _refigured(fact, f"more than {written(high)}"), fact.text, C
    yield _refigured(fact, f"fewer than {written(low)}"), fact.text, C
    yield _refigured(fact, f"at least {written(value)}"), _refigured(fact, f"fewer than {written(low)}"), C
    yield _refigured(fact, f"at least {written(value)}"), _refigured(fact, f"more than {written(high)}"), N


@family("bound-rounded", "bound")
def _bound_rounded(fact: Fact, world: World) -> Iterator[Made]:
    found = figure(fact)
    if found and found[1] >= 21 and found[1] == int(found[1]):
        step = _step(found[1]) / 2 if found[1] < 100 else _step(found[1]) / 10
        near = round(found[1] / step) * step
        word = world.rng.choice(["about", "some", "roughly", "around"])
        yield fact.text, _refigured(fact, f"{word} {written(near)}"), E
        yield fact.text, _refigured(fact, f"{word} {written(near * world.rng.choice([2, 3]))}"), C


@family("bound-upper", "bound", held_out=True)
def _bound_upper(fact: Fact, world: World) -> Iterator[Made]:
    if not (found := figure(fact)) or found[1] < 4:
        return
    low, high = _below(found[1]), _above(found[1])
    yield fact.text, _refigured(fact, f"over {written(low)}"), E
    yield fact.text, _refigured(fact, f"over {written(high)}"), C
    yield fact.text, _refigured(fact, f"under {written(high)}"), E
    yield fact.text, _refigured(fact, f"under {written(low)}"), C
    yield (
        _refigured(fact, f"up to {written(high)}"),
        _refigured(fact, f"more than {written(high + _step(high))}"),
        C,
    )


@family("bound-words", "bound")
def _bound_words(fact: Fact, world: World) -> Iterator[Made]:
    if not (found := figure(fact)) or found[1] < 4:
        return
    low, high = written(_below(found[1])), written(_above(found[1]))
    least = world.rng.choice(
        ["upwards of {}", "{} or more", "above {}", "in excess of {}", "a minimum of {}"]
    )
    most = world.rng.choice(["below {}", "at most {}", "no more than {}", "a maximum of {}", "not quite {}"])
    yield fact.text, _refigured(fact, least.format(low)), E
    yield fact.text, _refigured(fact, least.format(high)), C
    yield fact.text, _refigured(fact, most.format(high)), E
    yield fact.text, _refigured(fact, most.format(low)), C
    yield fact.text, _refigured(fact, f"between {low} and {high}"), E
    yield _refigured(fact, most.format(low)), _refigured(fact, least.format(high)), C


@family("number-not", "number")
def _number_not(fact: Fact, world: World) -> Iterator[Made]:
    found = figure(fact)
    if found and found[1] == int(found[1]) and found[1] > 2:
        wrong = written(found[1] + world.rng.choice([1, 2, 5, 10]))
        yield fact.text, _refigured(fact, f"{found[0]}, not {wrong},"), E
        yield fact.text, _refigured(fact, f"{wrong}, not {found[0]},"), C


@family("bound-loose", "bound")
def _bound_loose(fact: Fact, world: World) -> Iterator[Made]:
    if not (found := figure(fact)) or found[1] < 4:
        return
    low, high = _below(found[1]), _above(found[1])
    higher = written(high + _step(high))
    least = world.rng.choice(
        ["well above {}", "comfortably more than {}", "at the very least {}", "a good deal more than {}"]
    )
    most = world.rng.choice(
        ["as many as {}", "at the most {}", "perhaps as many as {}", "anything from none to {}"]
    )
    yield fact.text, _refigured(fact, least.format(written(low))), E
    yield fact.text, _refigured(fact, least.format(written(high))), C
    yield _refigured(fact, least.format(written(high))), fact.text, C
    yield _refigured(fact, most.format(written(high))), _refigured(fact, f"more than {higher}"), C
    yield _refigured(fact, most.format(written(high))), _refigured(fact, f"fewer than {higher}"), E
    yield _refigured(fact, most.format(written(high))), fact.text, N
