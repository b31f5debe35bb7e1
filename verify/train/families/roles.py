"""Who did it to whom: passives, changed places, other agents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact, raised
from verify.train.families.base import LIVING, C, E, Made, World, family, passive

AKIN = (
    frozenset(
        {"police", "detectives", "officers", "investigators", "prosecutors", "customs", "peacekeepers"}
    ),
    frozenset(
        {
            "guard",
            "firefighters",
            "rescuers",
            "guides",
            "divers",
            "doctors",
            "doctor",
            "pilot",
            "firefighter",
            "nurse",
        }
    ),
    frozenset({"judge", "jury", "court", "tribunal", "appeals"}),
    frozenset(
        {
            "troops",
            "soldiers",
            "army",
            "armies",
            "sniper",
            "force",
            "general",
            "militia",
            "rebels",
            "guerrillas",
            "regiment",
        }
    ),
)
"""Words for agents that may well be the same ones."""


@family("passive", "role")
def _passive(fact: Fact, world: World) -> Iterator[Made]:
    if fact.transitive:
        yield fact.text, passive(fact), E
        yield passive(fact), fact.text, E


def swappable(fact: Fact) -> bool:
    """Whether agent and patient may change places and still make sense."""
    sides = [set(re.findall(r"[a-z]+", fact.slots[s].lower())) for s in ("a", "p")] if fact.transitive else []
    return bool(sides) and all(side & LIVING for side in sides)


@family("roles-swapped", "role")
def _roles_swapped(fact: Fact, world: World) -> Iterator[Made]:
    if swappable(fact):
        turned = raised(f"{fact.patient} {fact.verb[1]} {fact.agent}{fact.rest}.")
        was = "were" if fact.agent.endswith("s") or fact.agent == "police" else "was"
        suffered = raised(f"{fact.agent} {was} {fact.verb[2]} by {fact.patient}{fact.rest}.")
        yield fact.text, turned, C
        yield turned, fact.text, C
        yield fact.text, suffered, C
        yield passive(fact), suffered, C
        yield turned, suffered, E


@family("cleft", "role", held_out=True)
def _cleft(fact: Fact, world: World) -> Iterator[Made]:
    if fact.transitive:
        yield fact.text, f"It was {fact.agent} that {fact.verb[1]} {fact.patient}{fact.rest}.", E
    if swappable(fact):
        yield fact.text, f"It was {fact.patient} that {fact.verb[1]} {fact.agent}{fact.rest}.", C


@family("other-agent", "role")
def _other_agent(fact: Fact, world: World) -> Iterator[Made]:
    others = [f for f in world.neighbours if f.transitive and f.has("a") and set(f.agent.split()) & LIVING]
    if fact.transitive and set(fact.agent.lower().split()) & LIVING and others:
        other = world.rng.choice(others).agent
        if not any(group & set(other.split()) and group & set(fact.agent.split()) for group in AKIN):
            yield fact.text, raised(f"{other} {fact.verb[1]} {fact.patient}{fact.rest}."), C
            yield fact.text, raised(f"{fact.patient} {fact.verb[3]} {fact.verb[2]} by {other}{fact.rest}."), C
            yield (
                fact.text,
                raised(f"{fact.patient} {fact.verb[3]} not {fact.verb[2]} by {other}{fact.rest}."),
                E,
            )


@family("pseudo-cleft", "role")
def _pseudo_cleft(fact: Fact, world: World) -> Iterator[Made]:
    if fact.transitive:
        yield fact.text, f"What {fact.verb[1]} {fact.patient}{fact.rest} was {fact.agent}.", E
    if swappable(fact):
        yield fact.text, f"What {fact.verb[1]} {fact.agent}{fact.rest} was {fact.patient}.", C
        yield passive(fact), f"What {fact.verb[1]} {fact.agent}{fact.rest} was {fact.patient}.", C


@family("cleft-passive", "role")
def _cleft_passive(fact: Fact, world: World) -> Iterator[Made]:
    if not fact.transitive:
        return
    done = f"{fact.verb[2]} by"
    yield fact.text, f"It was {fact.patient} that {fact.verb[3]} {done} {fact.agent}{fact.rest}.", E
    if swappable(fact):
        was = "were" if fact.agent.endswith("s") or fact.agent == "police" else "was"
        turned = f"It was {fact.agent} that {was} {done} {fact.patient}{fact.rest}."
        yield fact.text, turned, C
        yield turned, fact.text, C


@family("among-those", "role")
def _among_those(fact: Fact, world: World) -> Iterator[Made]:
    if swappable(fact):
        yield fact.text, f"Those who {fact.verb[1]} {fact.patient}{fact.rest} included {fact.agent}.", E
        yield fact.text, f"Those who {fact.verb[1]} {fact.agent}{fact.rest} included {fact.patient}.", C
