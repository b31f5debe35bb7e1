"""Other days, months and years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import DAYS, MONTHS, C, E, Made, N, World, eventful, family

DAY_OF_MONTH = re.compile(rf" on (\d+) ({'|'.join(MONTHS)})\b")
WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})\b")
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


@family("date-changed", "date")
def _date_changed(fact: Fact, world: World) -> Iterator[Made]:
    if found := DAY_OF_MONTH.search(fact.text):
        day, month = int(found[1]), found[2]
        for new in (
            f" on {world.rng.choice([d for d in range(1, 29) if abs(d - day) > 1])} {month}",
            f" on {day} {world.rng.choice([m for m in MONTHS if m != month])}",
        ):
            changed = fact.text.replace(found[0], new, 1)
            yield fact.text, changed, C
            yield changed, fact.text, C
            if fact.has("same") and found[0].strip() in fact.slots["same"]:
                yield fact.text, fact.slots["same"].replace(found[0].strip(), new.strip()), C


@family("date-month", "date", held_out=True)
def _date_month(fact: Fact, world: World) -> Iterator[Made]:
    if found := DAY_OF_MONTH.search(fact.text):
        yield fact.text, fact.text.replace(found[0], f" in {found[2]}", 1), E
        other = world.rng.choice([m for m in MONTHS if m != found[2]])
        yield fact.text, fact.text.replace(found[0], f" in {other}", 1), C
        yield fact.text.replace(found[0], f" in {other}", 1), fact.text, C


@family("weekday-changed", "date")
def _weekday_changed(fact: Fact, world: World) -> Iterator[Made]:
    if found := WEEKDAY.search(fact.text):
        other = world.rng.choice([d for d in DAYS if d != found[0]])
        yield fact.text, fact.text.replace(found[0], other, 1), C
        yield fact.text.replace(found[0], other, 1), fact.text, C
        if fact.has("same") and found[0] in fact.slots["same"]:
            yield fact.text, fact.slots["same"].replace(found[0], other), C


@family("date-added", "date")
def _date_added(fact: Fact, world: World) -> Iterator[Made]:
    if not (
        WEEKDAY.search(fact.text) or YEAR.search(fact.text) or any(m in fact.text for m in MONTHS)
    ) and not fact.has("why"):
        dated = f"{fact.text[:-1]} on {world.rng.randint(1, 28)} {world.rng.choice(MONTHS)}."
        if eventful(fact) and not fact.has("add"):
            yield fact.text, dated, N
            yield dated, fact.text, E


@family("year-changed", "date", held_out=True)
def _year_changed(fact: Fact, world: World) -> Iterator[Made]:
    if found := YEAR.search(fact.text):
        other = str(int(found[0]) + world.rng.choice([-12, -4, -1, 1, 3, 10]))
        yield fact.text, fact.text.replace(found[0], other, 1), C
        yield fact.text.replace(found[0], other, 1), fact.text, C


@family("date-not", "date")
def _date_not(fact: Fact, world: World) -> Iterator[Made]:
    if found := re.search(rf" on ({'|'.join(DAYS)})(?= |\.|,)(?! night)", fact.text):
        other = world.rng.choice([d for d in DAYS if d != found[1]])
        yield (
            fact.text,
            fact.text.replace(found[0], f" on {found[1]}, not on {other},", 1).replace(",.", "."),
            E,
        )
        yield (
            fact.text,
            fact.text.replace(found[0], f" on {other}, not on {found[1]},", 1).replace(",.", "."),
            C,
        )
        weekend = found[1] in {"Saturday", "Sunday"}
        yield fact.text, fact.text.replace(found[0], " at the weekend", 1), E if weekend else C


@family("date-range", "date")
def _date_range(fact: Fact, world: World) -> Iterator[Made]:
    if found := DAY_OF_MONTH.search(fact.text):
        half = "first" if MONTHS.index(found[2]) < 6 else "second"
        wrong = "second" if half == "first" else "first"
        yield fact.text, fact.text.replace(found[0], f" in the {half} half of the year", 1), E
        yield fact.text, fact.text.replace(found[0], f" in the {wrong} half of the year", 1), C
