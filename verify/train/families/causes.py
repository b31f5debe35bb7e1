"""Other causes, and none."""

from __future__ import annotations

from collections.abc import Iterator

from verify.train.facts import Fact, lowered, raised
from verify.train.families.base import C, E, Made, N, World, family, without

CAUSES = (
    "because of a power cut",
    "because of a court order",
    "because of a clerical error",
    "because of threats against the staff",
    "because of a lack of money",
    "because of a dispute over land",
    "because of pressure from abroad",
)


@family("cause-changed", "cause")
def _cause_changed(fact: Fact, world: World) -> Iterator[Made]:
    why = fact.slots.get("why", "")
    if why and fact.text.endswith(f"{why}."):
        other = world.rng.choice(CAUSES)
        yield fact.text, fact.text.replace(why, other), C
        yield fact.text.replace(why, other), fact.text, C
        yield fact.text, fact.text.replace(f" {why}", f", but not {why}"), C
        yield without(fact, why), fact.text.replace(why, other), N


@family("cause-cleft", "cause", held_out=True)
def _cause_cleft(fact: Fact, world: World) -> Iterator[Made]:
    why = fact.slots.get("why", "")
    if why.startswith(("because", "over", "for")) and fact.text.endswith(f"{why}."):
        bare = lowered(without(fact, why))
        yield fact.text, f"It was {why} that {bare}", E
        yield fact.text, f"It was {world.rng.choice(CAUSES)} that {bare}", C
        yield fact.text, f"It was not {why} that {bare}", C


@family("cause-fronted", "cause")
def _cause_fronted(fact: Fact, world: World) -> Iterator[Made]:
    why = fact.slots.get("why", "")
    if why and fact.text.endswith(f"{why}."):
        bare = lowered(without(fact, why))
        yield fact.text, f"{raised(why)}, {bare}", E
        yield fact.text, f"{raised(world.rng.choice(CAUSES))}, {bare}", C
        yield fact.text, f"The reason was another: {bare[:-1]}, but not {why}.", C


@family("cause-apart", "cause")
def _cause_apart(fact: Fact, world: World) -> Iterator[Made]:
    why = fact.slots.get("why", "")
    if why and fact.text.endswith(f"{why}."):
        bare, other = without(fact, why)[:-1], world.rng.choice(CAUSES)
        yield fact.text, f"{bare}. That was {why}.", E
        yield fact.text, f"{bare}. That was {other}.", C
        yield fact.text, f"{bare}, and that not {why} but {other}.", C
        yield fact.text, f"{bare}, and that {why} rather than {other}.", E
