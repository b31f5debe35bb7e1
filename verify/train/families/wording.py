"""The same fact in other words, and other facts."""

from __future__ import annotations

from collections.abc import Iterator

from verify.train.facts import Fact, lowered
from verify.train.families.base import C, E, Made, N, World, family, negated


@family("paraphrase", "paraphrase")
def _paraphrase(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("same"):
        yield fact.text, fact.slots["same"], E
        if no := negated(fact):
            yield no, fact.slots["same"], C
            yield fact.slots["same"], no, C


@family("paraphrase-claim", "paraphrase", held_out=True)
def _paraphrase_claim(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("same"):
        yield fact.text, f"Reports that {lowered(fact.slots['same']).rstrip('.')} are correct.", E
        yield fact.text, f"Reports that {lowered(fact.slots['same']).rstrip('.')} are false.", C


@family("other-fact", "unrelated")
def _other_fact(fact: Fact, world: World) -> Iterator[Made]:
    if world.neighbours:
        yield fact.text, world.rng.choice(world.neighbours).text, N
