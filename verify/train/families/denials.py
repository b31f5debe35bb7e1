"""Denials, admissions and accusations put into words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import LIVING, C, E, Made, N, World, family, negated


def _speaks(fact: Fact) -> bool:
    return fact.transitive and bool(
        set(re.findall(r"[a-z]+", fact.agent.lower())) & (LIVING - {"wolf", "dog", "bear"})
    )


@family("denied", "denial")
def _denied(fact: Fact, world: World) -> Iterator[Made]:
    if _speaks(fact):
        did = f"having {fact.verb[2]} {fact.patient}{fact.rest}"
        denied = f"{fact.slots['a']} denied {did}."
        rejected = f"{fact.slots['a']} rejected the accusation of {did}."
        admitted = f"{fact.slots['a']} admitted {did}."
        yield denied, fact.text, N
        yield fact.text, denied, N
        yield denied, rejected, E
        yield rejected, denied, E
        yield denied, admitted, C
        yield admitted, denied, C
        yield admitted, fact.text, E
        if no := negated(fact):
            yield denied, no, N
            yield admitted, no, C


@family("no-part", "denial")
def _no_part(fact: Fact, world: World) -> Iterator[Made]:
    if _speaks(fact):
        frame = world.rng.choice(["is wrong", "is baseless", "is a lie", "is pure invention"])
        says = f"The report that {fact.agent} {fact.verb[1]} {fact.patient}{fact.rest} {frame}."
        yield says, fact.text, C
        yield fact.text, says, C
        if no := negated(fact):
            yield says, no, E
            yield no, says, E


@family("disputed", "denial", held_out=True)
def _disputed(fact: Fact, world: World) -> Iterator[Made]:
    if _speaks(fact):
        clause = f"{fact.agent} {fact.verb[1]} {fact.patient}{fact.rest}"
        yield f"There is no truth in the report that {clause}.", fact.text, C
        yield fact.text, f"There is no truth in the report that {clause}.", C
        if no := negated(fact):
            yield no, f"Nothing is right about the claim that {clause}.", E


@family("refuted", "denial")
def _refuted(fact: Fact, world: World) -> Iterator[Made]:
    if _speaks(fact):
        clause = f"{fact.agent} {fact.verb[1]} {fact.patient}{fact.rest}"
        frame = world.rng.choice(
            [
                "Contrary to what was reported, it is not so that {}.",
                "There is nothing in the story that {}.",
                "No part of the allegation that {} holds up.",
                "Allegations that {} have proved false.",
            ]
        )
        yield frame.format(clause), fact.text, C
        yield fact.text, frame.format(clause), C
        if no := negated(fact):
            yield no, frame.format(clause), E
            yield frame.format(clause), no, E
