"""What may be, is said to be, or is feared."""

from __future__ import annotations

from collections.abc import Iterator

from verify.train.facts import Fact, lowered, raised
from verify.train.families.base import C, E, Made, N, World, family, inner, negated, passive, swap


@family("hedged", "hedge")
def _hedged(fact: Fact, world: World) -> Iterator[Made]:
    hedges = [
        "It is possible that {}",
        "It may be that {}",
        "It is suspected that {}",
        "It is alleged that {}",
        "It has been suggested that {}",
    ]
    frame = world.rng.choice(hedges)
    hedged = frame.format(lowered(fact.text))
    yield hedged, fact.text, N
    if no := negated(fact):
        yield hedged, no, N
    if frame.startswith("It is possible"):
        yield hedged, f"It may be that {lowered(fact.text)}", E
        yield hedged, f"It is impossible that {lowered(fact.text)}", C


@family("may-have", "hedge")
def _may_have(fact: Fact, world: World) -> Iterator[Made]:
    if fact.transitive:
        word = world.rng.choice(["may have", "might have", "could have"])
        hedged = f"{fact.slots['a']} {word} {fact.verb[2]} {fact.slots['p']}{fact.rest}."
        yield hedged, fact.text, N
        yield hedged, passive(fact), N
        yield hedged, f"It is possible that {lowered(fact.text)}", E
        yield hedged, f"It is certain that {lowered(fact.text)}", N
        if no := negated(fact):
            yield hedged, no, N


@family("hedging-adverb", "hedge")
def _hedging_adverb(fact: Fact, world: World) -> Iterator[Made]:
    if fact.transitive:
        word = world.rng.choice(["allegedly", "reportedly", "probably", "apparently", "supposedly"])
        yield f"{fact.slots['a']} {word} {fact.verb[1]} {fact.slots['p']}{fact.rest}.", fact.text, N


@family("hedged-late", "hedge", held_out=True)
def _hedged_late(fact: Fact, world: World) -> Iterator[Made]:
    tail = world.rng.choice(
        ["perhaps", "it is feared", "if rumours are to be believed", "according to unconfirmed reports"]
    )
    yield f"{fact.text[:-1]}, {tail}.", fact.text, N
    yield f"There is speculation that {lowered(fact.text)}", fact.text, N


FRONTED = (
    "in all likelihood",
    "if the leaked papers are genuine",
    "as far as anyone can tell",
    "according to rivals",
    "maybe",
)
TAILS = (
    *FRONTED,
    "it seems",
    "investigators believe",
    "some witnesses say",
    "it is rumoured",
    "or so it is claimed",
)


@family("hedged-tail", "hedge")
def _hedged_tail(fact: Fact, world: World) -> Iterator[Made]:
    tail = world.rng.choice(TAILS)
    yield f"{fact.text[:-1]}, {tail}.", fact.text, N
    if tail in FRONTED:
        yield f"{raised(tail)}, {lowered(fact.text)}", fact.text, N
    rumour = world.rng.choice(["suspicions", "fears", "hints", "signs"])
    yield f"There are {rumour} that {lowered(fact.text)}", fact.text, N
    if no := negated(fact):
        yield f"{fact.text[:-1]}, {tail}.", no, N


@family("hedged-aside", "hedge")
def _hedged_aside(fact: Fact, world: World) -> Iterator[Made]:
    aside = world.rng.choice(
        ["presumably", "possibly", "so it is thought", "unless the accounts are mistaken", "some suspect"]
    )
    yield f"{fact.text[:-1]}, {aside}.", fact.text, N
    talk = world.rng.choice(
        [
            "Talk has it that {}.",
            "Some wonder whether {}.",
            "There are claims that {}.",
            "Word has spread that {}.",
        ]
    )
    yield talk.format(inner(fact.text)), fact.text, N
    if fact.has("aux") and fact.slots["aux"] in {"was", "were"} and not fact.has("neg"):
        yield swap(fact.text, fact.slots["aux"], f"{fact.slots['aux']} possibly"), fact.text, N
    if no := negated(fact):
        yield talk.format(inner(fact.text)), no, N
