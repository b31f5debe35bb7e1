"""Details left out and added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import DAYS, E, Made, N, World, eventful, family, without
from verify.train.families.dates import DAY_OF_MONTH

DETAILS = (
    "for the second time in a year",
    "in front of television cameras",
    "at the insistence of the insurers",
    "against the advice of experts",
    "to the surprise of local residents",
    "as the mayor looked on",
    "in spite of a court order",
    "after a tip from a neighbour",
    "at a cost of 2 million crowns",
    "with the help of foreign specialists",
)


@family("detail-dropped", "partial")
def _detail_dropped(fact: Fact, world: World) -> Iterator[Made]:
    for key in ("add", "why"):
        if fact.has(key):
            dropped = without(fact, fact.slots[key])
            yield fact.text, dropped, E
            yield dropped, fact.text, N


@family("date-dropped", "partial")
def _date_dropped(fact: Fact, world: World) -> Iterator[Made]:
    found = re.search(rf" on ({'|'.join(DAYS)})(?= |\.|,)(?! night)", fact.text) or DAY_OF_MONTH.search(
        fact.text
    )
    if found:
        dropped = fact.text.replace(found[0], "", 1)
        yield fact.text, dropped, E
        yield dropped, fact.text, N


@family("detail-added", "partial")
def _detail_added(fact: Fact, world: World) -> Iterator[Made]:
    if eventful(fact) and not fact.has("why") and not fact.has("add"):
        detailed = f"{fact.text[:-1]} {world.rng.choice(DETAILS[:6])}."
        yield fact.text, detailed, N
        yield detailed, fact.text, E


@family("detail-other", "partial", held_out=True)
def _detail_other(fact: Fact, world: World) -> Iterator[Made]:
    if eventful(fact) and not fact.has("why") and not fact.has("add"):
        detailed = f"{fact.text[:-1]} {world.rng.choice(DETAILS[6:])}."
        yield fact.text, detailed, N
        yield detailed, fact.text, E
