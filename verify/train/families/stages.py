"""Arrested, charged, convicted, acquitted."""

from __future__ import annotations

from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import C, E, Made, N, World, family

CRIMES = (
    "the murder of his neighbour",
    "tax fraud",
    "spying for a foreign power",
    "arson",
    "the theft of a Rembrandt",
    "bribery",
    "smuggling arms",
    "blackmail",
)


@family("stage", "status")
def _stage(fact: Fact, world: World) -> Iterator[Made]:
    if not fact.has("per"):
        return
    who, crime = fact.slots["per"], world.rng.choice(CRIMES).replace("his", "a")
    arrested = f"{who} has been arrested on suspicion of {crime}."
    charged = f"{who} has been charged with {crime}."
    convicted = f"{who} has been convicted of {crime}."
    acquitted = f"{who} has been acquitted of {crime}."
    suspected = f"Police suspect {who} of {crime}."
    yield from world.rng.sample(
        [
            (arrested, convicted, N),
            (arrested, charged, N),
            (charged, convicted, N),
            (charged, f"{who} has not been charged with {crime}.", C),
            (convicted, charged, E),
            (convicted, acquitted, C),
            (acquitted, convicted, C),
            (acquitted, charged, E),
            (suspected, charged, N),
            (suspected, convicted, N),
            (convicted, f"A court has found {who} guilty of {crime}.", E),
            (arrested, f"{who} is suspected of {crime}.", E),
        ],
        5,
    )


@family("stage-now", "status", held_out=True)
def _stage_now(fact: Fact, world: World) -> Iterator[Made]:
    if not fact.has("per"):
        return
    who, crime = fact.slots["per"], world.rng.choice(CRIMES).replace("his", "a")
    yield from world.rng.sample(
        [
            (f"{who} is on trial for {crime}.", f"{who} has been found guilty of {crime}.", N),
            (f"{who} has been found guilty of {crime}.", f"{who} has been cleared of {crime}.", C),
            (f"{who} has been cleared of {crime}.", f"{who} has been found guilty of {crime}.", C),
            (f"{who} is under investigation for {crime}.", f"{who} has been found guilty of {crime}.", N),
            (f"{who} has been found guilty of {crime}.", f"{who} has been convicted of {crime}.", E),
        ],
        3,
    )


@family("stage-words", "status")
def _stage_words(fact: Fact, world: World) -> Iterator[Made]:
    if not fact.has("per"):
        return
    who, crime = fact.slots["per"], world.rng.choice(CRIMES).replace("his", "a")
    jailed = f"{who} has been sentenced to ten years in prison for {crime}."
    guilty = f"A jury has declared {who} guilty of {crime}."
    freed = f"Judges have dismissed the charge of {crime} against {who}."
    innocent = f"{who} was found not guilty of {crime}."
    tried = f"The trial of {who} for {crime} has begun."
    suspect = f"{who} is a suspect in a case of {crime}."
    convicted = f"{who} was convicted of {crime}."
    yield from world.rng.sample(
        [
            (jailed, guilty, E),
            (guilty, convicted, E),
            (convicted, innocent, C),
            (innocent, guilty, C),
            (guilty, innocent, C),
            (freed, convicted, C),
            (innocent, convicted, C),
            (tried, guilty, N),
            (tried, convicted, N),
            (tried, innocent, N),
            (suspect, tried, N),
            (suspect, guilty, N),
        ],
        6,
    )
