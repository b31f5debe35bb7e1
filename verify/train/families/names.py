"""Other people and places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import C, E, Made, World, family, swap


def located(fact: Fact) -> re.Match[str] | None:
    """Where the place stands with its preposition, as the end of the clause or before a day."""
    if not fact.has("loc"):
        return None
    place = re.escape(fact.slots["loc"])
    return re.search(rf" (in|near|off|outside|at|above) {place}(?= on |\.$)", fact.text)


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
    if found := located(fact):
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


@family("place-rather", "place")
def _place_rather(fact: Fact, world: World) -> Iterator[Made]:
    if found := located(fact):
        word, here = found[1], fact.slots["loc"]
        there = world.other(world.places, here)
        frame = world.rng.choice(
            [" {} rather than {}", " {} and not {}", " {}, instead of {},", " {} but nowhere {}"]
        )
        for first, second, label in ((here, there, E), (there, here, C)):
            both = frame.format(f"{word} {first}", f"{word} {second}")
            yield fact.text, fact.text.replace(found[0], both, 1).replace(",.", "."), label
        never = f" far from {here}, {word} {there},"
        yield fact.text, fact.text.replace(found[0], never, 1).replace(",.", "."), C
