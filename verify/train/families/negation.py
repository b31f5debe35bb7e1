"""Negations and opposites."""

from __future__ import annotations

from collections.abc import Iterator

from verify.train.facts import Fact, lowered
from verify.train.families.base import C, E, Made, World, family, inner, negated, passive, swap


@family("not", "negation")
def _not(fact: Fact, world: World) -> Iterator[Made]:
    if no := negated(fact):
        yield fact.text, no, C
        yield no, fact.text, C
        yield no, no, E


@family("not-passive", "negation")
def _not_passive(fact: Fact, world: World) -> Iterator[Made]:
    no = negated(fact)
    if fact.transitive and no:
        yield fact.text, passive(fact, inserted="not "), C
        yield no, passive(fact, inserted="not "), E
        yield passive(fact), no, C


@family("untrue", "negation")
def _untrue(fact: Fact, world: World) -> Iterator[Made]:
    frame = world.rng.choice(["It is not true that {}", "It is untrue that {}", "It is not the case that {}"])
    yield fact.text, frame.format(lowered(fact.text)), C
    yield frame.format(lowered(fact.text)), fact.text, C
    if no := negated(fact):
        yield no, frame.format(lowered(fact.text)), E
        yield frame.format(lowered(fact.text)), no, E
    if fact.has("same"):
        yield frame.format(lowered(fact.text)), fact.slots["same"], C


@family("true", "negation")
def _true(fact: Fact, world: World) -> Iterator[Made]:
    frame = world.rng.choice(["It is true that {}", "It is a fact that {}", "It is correct that {}"])
    yield fact.text, frame.format(lowered(fact.text)), E
    if no := negated(fact):
        yield no, frame.format(lowered(fact.text)), C


@family("false-claim", "negation", held_out=True)
def _false_claim(fact: Fact, world: World) -> Iterator[Made]:
    claim = f"The claim that {inner(fact.text)} is false."
    yield fact.text, claim, C
    yield claim, fact.text, C
    if no := negated(fact):
        yield no, claim, E


@family("never", "negation", held_out=True)
def _never(fact: Fact, world: World) -> Iterator[Made]:
    if not fact.has("neg") and negated(fact):
        if fact.has("aux"):
            never = swap(fact.text, fact.slots["aux"], fact.slots["aux"] + " never")
        else:
            never = swap(fact.text, fact.verb[1], "never " + fact.verb[1])
        yield fact.text, never, C
        yield never, fact.text, C


@family("opposite", "antonym")
def _opposite(fact: Fact, world: World) -> Iterator[Made]:
    if turned := _turned(fact):
        yield fact.text, turned, C
        yield turned, fact.text, C
        yield fact.text, f"It is not true that {lowered(turned)}", E
        yield turned, f"It is not true that {lowered(fact.text)}", E
        if fact.has("same"):
            yield turned, fact.slots["same"], C


@family("opposite-claim", "antonym", held_out=True)
def _opposite_claim(fact: Fact, world: World) -> Iterator[Made]:
    if turned := _turned(fact):
        yield fact.text, f"Reports that {inner(turned)} are correct.", C
        yield f"It is certain that {lowered(turned)}", fact.text, C
        yield fact.text, f"It is wrong to say that {lowered(turned)}", E


def _turned(fact: Fact) -> str | None:
    return swap(fact.text, *fact.slots["opp"].split("/")) if fact.has("opp") else None


RIGHT = (
    "It is an established fact that {}.",
    "The news that {} has been confirmed.",
    "The statement that {} is right.",
)
WRONG = (
    "It is a myth that {}.",
    "The rumour that {} turned out to be unfounded.",
    "It was a mistake to report that {}.",
    "The statement that {} is wrong.",
    "The news that {} has been refuted.",
)


@family("verdict", "negation")
def _verdict(fact: Fact, world: World) -> Iterator[Made]:
    clause = inner(fact.text)
    right, wrong = world.rng.choice(RIGHT).format(clause), world.rng.choice(WRONG).format(clause)
    yield fact.text, right, E
    yield right, fact.text, E
    yield fact.text, wrong, C
    yield wrong, fact.text, C
    if no := negated(fact):
        yield no, wrong, E
        yield wrong, no, E
        yield no, right, C


@family("opposite-verdict", "antonym")
def _opposite_verdict(fact: Fact, world: World) -> Iterator[Made]:
    if turned := _turned(fact):
        clause = inner(turned)
        yield fact.text, world.rng.choice(WRONG).format(clause), E
        yield fact.text, world.rng.choice(RIGHT).format(clause), C
        yield world.rng.choice(RIGHT).format(clause), fact.text, C


SURE = (
    "There is no doubt that {}.",
    "Nobody disputes that {}.",
    "Accounts by which {} are accurate.",
    "It is beyond question that {}.",
)
MISTAKEN = (
    "Whoever says that {} is mistaken.",
    "Accounts by which {} are inaccurate.",
    "Nothing supports the notion that {}, and it is false.",
    "It would be a lie to claim that {}.",
)


@family("sure", "negation")
def _sure(fact: Fact, world: World) -> Iterator[Made]:
    sure, mistaken = world.rng.choice(SURE), world.rng.choice(MISTAKEN)
    yield fact.text, mistaken.format(inner(fact.text)), C
    yield mistaken.format(inner(fact.text)), fact.text, C
    yield sure.format(inner(fact.text)), fact.text, E
    if no := negated(fact):
        yield no, mistaken.format(inner(fact.text)), E
        yield sure.format(inner(fact.text)), no, C
    if fact.has("same"):
        yield sure.format(inner(fact.text)), fact.slots["same"], E
        yield fact.slots["same"], mistaken.format(inner(fact.text)), C


@family("opposite-sure", "antonym")
def _opposite_sure(fact: Fact, world: World) -> Iterator[Made]:
    if turned := _turned(fact):
        sure, mistaken = world.rng.choice(SURE), world.rng.choice(MISTAKEN)
        yield fact.text, sure.format(inner(turned)), C
        yield sure.format(inner(turned)), fact.text, C
        yield fact.text, mistaken.format(inner(turned)), E
        yield sure.format(inner(turned)), turned, E
