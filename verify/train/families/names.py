"""Other people and places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import C, E, Made, World, family, swap


@family("person-changed", "name")
def _person_changed(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("per"):
        other = world.other(world.people, fact.slots["per"])
        yield fact.text, swap(fact.text, fact.slots["per"], other), C
        yield swap(fact.text, fact.slots["per"], other), fact.text, C
        if fact.has("same"):
            yield fact.text, swap(fact.slots["same"], fact.slots["per"], other), C


@family("surname-changed", "name", held_out=True)
def _surname_changed(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("per"):
        first = fact.slots["per"].split(" ")[0]
        last = world.other(world.people, fact.slots["per"]).split(" ")[-1]
        yield fact.text, swap(fact.text, fact.slots["per"], f"{first} {last}"), C
        yield swap(fact.text, fact.slots["per"], f"{first} {last}"), fact.text, C


@family("place-changed", "place")
def _place_changed(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("loc"):
        other = world.other(world.places, fact.slots["loc"])
        yield fact.text, swap(fact.text, fact.slots["loc"], other), C
        yield swap(fact.text, fact.slots["loc"], other), fact.text, C
        if fact.has("same") and fact.slots["loc"] in fact.slots["same"]:
            yield fact.text, swap(fact.slots["same"], fact.slots["loc"], other), C


@family("place-not", "place", held_out=True)
def _place_not(fact: Fact, world: World) -> Iterator[Made]:
    found = (
        re.search(rf" (in|near|off|outside|at|above) {re.escape(fact.slots['loc'])}(?= on |\.$)", fact.text)
        if fact.has("loc")
        else None
    )
    if found:
        other = world.other(world.places, fact.slots["loc"])
        both = f" {found[1]} {other}, not {found[1]} {fact.slots['loc']},"
        yield fact.text, fact.text.replace(found[0], both, 1).replace(",.", "."), C
        right = f" {found[1]} {fact.slots['loc']}, not {found[1]} {other},"
        yield fact.text, fact.text.replace(found[0], right, 1).replace(",.", "."), E


@family("person-not", "name")
def _person_not(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("per"):
        who = fact.slots["per"]
        other = world.other(world.people, who)
        yield fact.text, swap(fact.text, who, f"{who}, not {other},").replace(",,", ","), E
        yield fact.text, swap(fact.text, who, f"{other}, not {who},").replace(",,", ","), C
