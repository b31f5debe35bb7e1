"""The same fact in other words, and other facts."""

from __future__ import annotations

from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import C, E, Made, N, World, eventful, family, inner, negated
from verify.train.families.details import DETAILS
from verify.train.families.negation import RIGHT, WRONG


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
        yield fact.text, f"Reports that {inner(fact.slots['same'])} are correct.", E
        yield fact.text, f"Reports that {inner(fact.slots['same'])} are false.", C


@family("other-fact", "unrelated")
def _other_fact(fact: Fact, world: World) -> Iterator[Made]:
    if world.neighbours:
        yield fact.text, world.rng.choice(world.neighbours).text, N


@family("paraphrase-verdict", "paraphrase")
def _paraphrase_verdict(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("same"):
        right, wrong = world.rng.choice(RIGHT), world.rng.choice(WRONG)
        clause, same = inner(fact.text), inner(fact.slots["same"])
        yield fact.text, right.format(same), E
        yield fact.text, wrong.format(same), C
        yield right.format(clause), fact.slots["same"], E
        yield wrong.format(clause), fact.slots["same"], C
        yield f"It may be that {clause}.", fact.slots["same"], N
        if no := negated(fact):
            yield no, wrong.format(same), E
            yield no, right.format(same), C


@family("paraphrase-detail", "paraphrase")
def _paraphrase_detail(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("same") and eventful(fact) and not fact.has("why") and not fact.has("add"):
        detail = world.rng.choice(DETAILS[:6])
        yield f"{fact.text[:-1]} {detail}.", fact.slots["same"], E
        yield fact.slots["same"], f"{fact.text[:-1]} {detail}.", N
