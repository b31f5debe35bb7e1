"""Pairs from labelled stories: their propositions, with the stances folded in, and sentences as printed.

Propositions are written in the positive, so what two sources' dispute says about them depends on the
stances. If one asserts A and the other denies D, they clash only where A entails D; if both assert, where
A contradicts D. See GUIDELINES.md beside the stories for what their editors marked.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from verify.evaluate.gold import story_files, understood
from verify.train.archives import DENIED, archive_pairs
from verify.train.facts import words
from verify.train.pairs import Pair

FLAT = {"asserts": True, "suggests": True, "denies": False}
"""Whether a stance holds its proposition true; the other stances commit their source to nothing."""

NEUTRAL_TRAPS = frozenset(
    {"scope", "update", "hypothetical", "restatement", "other_event", "list", "opinion"}
)
SMALL_WORDS = frozenset(
    words("The A An It There No Some Any One Both All Its Their This These He She They Two Three")
)
OTHERS = 60
"""Unmarked pairs that are taken from a story, as neutral."""


@dataclass(frozen=True, slots=True)
class StoryClaim:
    """What training needs of a labelled claim."""

    proposition: str
    stance: str
    party: str
    sentence: str


def read_stories(folder: Path, *, seed: int) -> tuple[Pair, ...]:
    """Pairs of the sets `stories`, `sentences` and `archives` from every story in `folder`.

    Raises InputError where there are none, or one is malformed.
    """
    pairs: dict[Pair, None] = {}
    for file in story_files(folder):
        with understood(file):
            story = json.loads(file.read_text(encoding="utf-8"))
            printed = {c["id"]: story["sentences"][c["s"]] for c in story["claims"]}
            found = _story(story, printed, file.stem, random.Random(f"{seed}/{file.stem}"))
            pairs.update(dict.fromkeys(found))
    return tuple(pairs)


def _story(
    story: Mapping[str, list[dict[str, str]]], printed: Mapping[str, str], name: str, rng: random.Random
) -> Iterator[Pair]:
    """The pairs of one story; `printed` holds the sentence that each claim stands in, by its id."""
    claims = {
        c["id"]: StoryClaim(c["proposition"], c["stance"], c["party"], printed[c["id"]])
        for c in story["claims"]
    }
    marked = set()

    def both(row: Mapping[str, str]) -> tuple[StoryClaim, StoryClaim]:
        marked.add(frozenset((row["a"], row["b"])))
        return claims[row["a"]], claims[row["b"]]

    def pair(premise: str, hypothesis: str, label: str, phenomenon: str) -> Pair:
        return Pair(premise, hypothesis, label, "stories", phenomenon, name)

    for row in story["conflicts"]:
        yield from _related(*both(row), clash=True, phenomenon=row["kind"], name=name)
    for row in story["supports"]:
        yield from _related(*both(row), clash=False, phenomenon="support", name=name)
    for row in story["traps"]:
        a, b = both(row)
        if not {a.stance, b.stance} <= set(FLAT):
            continue
        if row["trap"] in NEUTRAL_TRAPS:
            yield pair(a.proposition, b.proposition, "neutral", row["trap"])
            yield pair(b.proposition, a.proposition, "neutral", row["trap"])
        elif row["trap"] == "paraphrase":
            yield from _related(a, b, clash=False, phenomenon="paraphrase", name=name)
    yield from archive_pairs(story, _flat(claims), name, rng)
    others = [
        (claims[i], claims[j])
        for i, j in itertools.combinations(sorted(claims), 2)
        if frozenset((i, j)) not in marked and _apart(claims[i], claims[j])
    ]
    for a, b in rng.sample(others, min(OTHERS, len(others))):
        one, other = rng.sample([a, b], 2)
        yield pair(one.proposition, other.proposition, "neutral", "unmarked")
    yield from _as_printed(story, claims, marked, name, rng)


def _as_printed(
    story: Mapping[str, list[dict[str, str]]],
    claims: Mapping[str, StoryClaim],
    marked: Set[frozenset[str]],
    name: str,
    rng: random.Random,
) -> Iterator[Pair]:
    """Pairs of set `sentences`: the sentence that one claim stands in, as printed, and another claim.

    What its source leaves open the sentence leaves open; the stance of the other claim is folded in.
    """

    def pair(own: str, other: str, label: str, phenomenon: str) -> Iterator[Pair]:
        a, b = claims[own], claims[other]
        if a.sentence == b.sentence or b.stance not in FLAT:
            return
        told = label if FLAT[b.stance] else DENIED[label]
        if told != "entailment" or a.stance != "suggests":
            yield Pair(a.sentence, b.proposition, told, "sentences", phenomenon, name)

    for row in story["conflicts"]:
        yield from pair(row["a"], row["b"], "contradiction", row["kind"])
        yield from pair(row["b"], row["a"], "contradiction", row["kind"])
    for row in story["supports"]:
        shorter, longer = sorted((row["a"], row["b"]), key=lambda id_: len(claims[id_].proposition))
        # Who denies the less specific denies the more specific too, and not the other way round.
        both_deny = claims[row["a"]].stance == claims[row["b"]].stance == "denies"
        own, other = (shorter, longer) if both_deny else (longer, shorter)
        yield from pair(own, other, "entailment", "support")
    beside = {
        one: [id_ for id_, claim in claims.items() if claim.sentence == claims[one].sentence]
        for one in claims
    }
    # A sentence may hold another claim too, which is marked with that other one.
    others = [
        (one, other)
        for one, other in itertools.permutations(claims, 2)
        if not any(frozenset((id_, other)) in marked for id_ in beside[one])
    ]
    for one, other in rng.sample(others, min(OTHERS, len(others))):
        if claims[one].party != claims[other].party:
            yield from pair(one, other, "neutral", "unmarked")
    for one, other in others:
        if claims[one].stance not in FLAT and _alike(claims[one], claims[other]):
            yield from pair(one, other, "neutral", claims[one].stance)


def _related(a: StoryClaim, b: StoryClaim, *, clash: bool, phenomenon: str, name: str) -> Iterator[Pair]:
    """The pairs that follow from a marked conflict (`clash`) or agreement between two claims."""
    if not {a.stance, b.stance} <= set(FLAT):
        return
    alike = FLAT[a.stance] == FLAT[b.stance]
    if alike and not FLAT[a.stance] and clash:
        return
    one, other = a.proposition, b.proposition
    if alike == clash:
        # Both hold theirs true and clash, or one's truth is the other's falsehood and they agree.
        yield Pair(one, other, "contradiction", "stories", phenomenon, name)
        yield Pair(other, one, "contradiction", "stories", phenomenon, name)
    elif clash:
        asserted, denied = (one, other) if FLAT[a.stance] else (other, one)
        yield Pair(asserted, denied, "entailment", "stories", phenomenon, name)
        yield Pair(asserted, untrue(denied), "contradiction", "stories", phenomenon, name)
        yield Pair(untrue(denied), asserted, "contradiction", "stories", phenomenon, name)
    else:
        longer, shorter = sorted((one, other), key=len, reverse=True)
        yield Pair(longer, shorter, "entailment", "stories", phenomenon, name)
        if len(shorter) > 0.8 * len(longer):
            yield Pair(shorter, longer, "entailment", "stories", phenomenon, name)


def _flat(claims: Mapping[str, StoryClaim]) -> dict[str, tuple[str, bool]]:
    """The propositions of the claims whose source commits itself, each with whether it holds it true."""
    return {id_: (c.proposition, FLAT[c.stance]) for id_, c in claims.items() if c.stance in FLAT}


def _apart(a: StoryClaim, b: StoryClaim) -> bool:
    """Whether two unmarked claims can be taken for neutral: other parties, and not nearly the same words."""
    return a.party != b.party and {a.stance, b.stance} <= set(FLAT) and not _alike(a, b)


def _alike(a: StoryClaim, b: StoryClaim) -> bool:
    """Whether two propositions have nearly the same words."""
    words, others = (set(c.proposition.lower().split()) for c in (a, b))
    return len(words & others) >= 0.6 * len(words | others)


def untrue(proposition: str) -> str:
    """The proposition denied as a whole: "It is not true that ..."."""
    first, _, rest = proposition.partition(" ")
    return f"It is not true that {first.lower() if first in SMALL_WORDS else first} {rest}".strip()
