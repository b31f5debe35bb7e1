"""Pairs by construction: a fact, something done to it, and the label that follows from what was done.

Each family is a function from a fact to pairs, listed in FAMILIES with the phenomenon that it probes. Some
families are kept for measuring alone (HELD_OUT), with facts that no training pair comes from, so that
the reported figure is about constructions and sentences that the model never saw.

Facts are single events: another number, day, person or place for the same event contradicts, as editors and
the news pairs take it (and as in Breaking NLI, Glockner et al. 2018), where strict logic would say nothing.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

from verify.train.facts import Fact, names, read_facts
from verify.train.families import FAMILIES, HELD_OUT
from verify.train.families.base import E, World
from verify.train.pairs import Pair


def made_pairs(facts: Sequence[Fact], *, seed: int) -> tuple[Pair, ...]:
    """Every pair that the families make of the facts: of set `made-FAMILY`, one group for each fact."""
    people, places = names(facts, "per"), names(facts, "loc")
    pairs: dict[tuple[str, str], Pair] = {}
    for place, fact in enumerate(facts):
        neighbours = [f for i, f in enumerate(facts) if i != place and f.desk == fact.desk]
        for name, (phenomenon, function) in sorted(FAMILIES.items()):
            world = World(people, places, neighbours, random.Random(f"{seed}/{name}/{fact.text}"))
            for premise, hypothesis, label in function(fact, world):
                if premise != hypothesis or label == E:
                    pair = Pair(
                        premise, hypothesis, label, f"made-{name}", phenomenon, f"{fact.desk}/{place}"
                    )
                    pairs.setdefault((premise, hypothesis), pair)
    return tuple(pairs.values())


def split(facts: Sequence[Fact], *, share: float = 0.25) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The facts to train on and, about `share` of all, those to measure on; it depends on the words alone."""
    measured = {f.text for f in facts if _digit(f.text) < share}
    return tuple(f for f in facts if f.text not in measured), tuple(f for f in facts if f.text in measured)


def training_pairs(folder: Path, *, seed: int) -> tuple[Pair, ...]:
    """The made pairs that may be trained on: no family and no fact of those held out."""
    kept, _ = split(read_facts(folder))
    return tuple(p for p in made_pairs(kept, seed=seed) if p.set.removeprefix("made-") not in HELD_OUT)


def held_out_pairs(folder: Path, *, seed: int) -> tuple[Pair, ...]:
    """The made pairs of the reported figure: the families held out, over the facts held out."""
    _, measured = split(read_facts(folder))
    return tuple(p for p in made_pairs(measured, seed=seed) if p.set.removeprefix("made-") in HELD_OUT)


def _digit(text: str) -> float:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 16**8
