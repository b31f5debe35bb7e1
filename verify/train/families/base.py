"""What the families share: the registry, what they may draw on, and small rewritings of a fact."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from verify.train.facts import Fact, lowered, raised, words

E, N, C = "entailment", "neutral", "contradiction"
MONTHS = words("January February March April May June July August September October November December")
DAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
LIVING = frozenset(
    words(
        """
    airline ambassador armies army banker bear biologist bishop board bookkeeper brewer cabinet
    captain chairman children civilians clerk coach coast colonel company conductor council court
    customs cyclist dancers delegates deputies detectives doctor dog driver editor families family
    farmer firefighters general generals geologist girl goalkeeper governor guard guards guerrillas
    guests guides heiress hunter inmates instructors insurer insurgents investigators judge jury
    kidnappers king landlord lawyer leader man mayor militia minister mother neighbour nurse nurses
    officer officers ombudsman orchestra party passengers patient patients patrol peacekeepers
    photographer pilot poacher police policeman president priest prisoners prosecutors pupils ranger
    rebels referee regiment reporter rescuers researchers rival robber saboteurs sailors senator
    shareholders sheriff sniper soldiers speaker sprinter spy student students surgeon teachers
    tenants town troops union united volunteers widow witness wolf workers
    """
    )
)
"""Nouns whose bearers can act, so that agent and patient may change places."""


@dataclass(frozen=True, slots=True)
class World:
    """What a family may draw on beside its fact: the names in the others, those of its desk, and chance."""

    people: Sequence[str]
    places: Sequence[str]
    neighbours: Sequence[Fact]
    rng: random.Random

    def other(self, pool: Sequence[str], than: str) -> str:
        """A member of `pool` that isn't `than` and shares no name with it."""
        named = set(re.findall(r"[A-Z]\w+", than))
        return self.rng.choice([x for x in pool if x != than and not named & set(re.findall(r"[A-Z]\w+", x))])


Made = tuple[str, str, str]
"""Premise, hypothesis, label."""

Family = Callable[[Fact, World], Iterator[Made]]
FAMILIES: dict[str, tuple[str, Family]] = {}
"""By name: the phenomenon, and the function that makes the pairs."""

HELD_OUT: set[str] = set()


def family(name: str, phenomenon: str, *, held_out: bool = False) -> Callable[[Family], Family]:
    """Register a family; one that is `held_out` is never trained on."""

    def register(function: Family) -> Family:
        FAMILIES[name] = (phenomenon, function)
        if held_out:
            HELD_OUT.add(name)
        return function

    return register


def swap(text: str, old: str, new: str) -> str:
    """`text` with `new` for the first `old` that is a whole word; as it was where there is none."""
    found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", text)
    if found is None:
        return text
    return text[: found.start()] + (raised(new) if found.start() == 0 else new) + text[found.end() :]


def inner(sentence: str) -> str:
    """A sentence as a clause inside another: no capital but for a name, no full stop."""
    return lowered(sentence).rstrip(".")


def negated(fact: Fact) -> str | None:
    """The fact with "not" after its auxiliary, or "did not" for its verb; None where that can't be done."""
    if fact.has("neg"):
        return None
    if fact.has("aux"):
        return swap(fact.text, fact.slots["aux"], fact.slots["aux"] + " not")
    if (
        fact.verb[1].endswith("s")
        and fact.verb[1].startswith(fact.verb[0][:3])
        and fact.verb[1] in {fact.verb[0] + "s", fact.verb[0] + "es"}
    ):
        return None
    return swap(fact.text, fact.verb[1], f"did not {fact.verb[0]}")


def passive(fact: Fact, *, inserted: str = "") -> str:
    """The fact in the passive, with `inserted` ("not ", "never ") before the participle."""
    _, _, participle, was = fact.verb
    return raised(f"{fact.patient} {was} {inserted}{participle} by {fact.agent}{fact.rest}.")


def eventful(fact: Fact) -> bool:
    """Whether the sentence tells of something that happened, rather than of how things are."""
    if fact.has("neg"):
        return False
    if fact.has("aux"):
        return (
            fact.slots["aux"] in {"was", "were"}
            and re.search(r"(was|were) \w+(ed|en|own|ound|ot)\b", fact.text) is not None
        )
    return fact.verb[0] not in {"have", "know", "remain", "contain", "weigh", "owe", "hold", "own"}


def without(fact: Fact, part: str) -> str:
    """The sentence without a part of it."""
    text = fact.text.replace(part, "", 1).replace("  ", " ")
    return raised(re.sub(r"\s+([.,])", r"\1", text).replace(",.", ".").strip())
