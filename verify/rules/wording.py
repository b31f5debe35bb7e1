"""Whether two propositions say the same, as far as their words alone can tell."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from verify.attribution.citing import words

ALIKE = 0.8
"""Share of the shorter proposition's words that the longer one must have to say the same."""

FEWEST = 3
"""Words below which a proposition is too short to tell by its words alone."""

HELPERS = frozenset(
    """may might could can will would shall should must do does did being
    probably possibly perhaps likely apparently also""".split()
)
"""Words that tell how sure or when, and not what."""

ENDINGS = ("ing", "ed", "es", "s", "e")
SHORTEST_STEM = 4


def stems(text: str) -> frozenset[str]:
    """The words of `text` that carry its content, without their commonest endings."""
    return frozenset(_stem(word) for word in words(text) - HELPERS)


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether of two propositions, as their stems, one says nearly word for word what the other says."""
    shorter = min(len(a), len(b))
    return shorter >= FEWEST and len(a & b) >= ALIKE * shorter


def alike_among(told: Sequence[frozenset[str]]) -> Callable[[frozenset[str]], Iterator[int]]:
    """A function that yields the numbers of those of the propositions `told` that are `alike` to one.

    It doesn't look at each of them: of two that are alike, the longer one has one of the shorter one's rarest
    words, of which so many tell that it can't lack them all.
    """
    common = Counter(word for theirs in told for word in theirs)
    having: defaultdict[str, set[int]] = defaultdict(set)
    rare: defaultdict[str, set[int]] = defaultdict(set)

    def rarest(stems: frozenset[str]) -> list[str]:
        spare = len(stems) - math.ceil(ALIKE * len(stems))
        return sorted(stems, key=lambda word: (common[word], word))[: spare + 1]

    for number, theirs in enumerate(told):
        for word in theirs:
            having[word].add(number)
        for word in rarest(theirs):
            rare[word].add(number)

    def find(own: frozenset[str]) -> Iterator[int]:
        shorter = [rare[word] for word in own if word in rare]
        longer = [having[word] for word in rarest(own) if word in having]
        return (number for number in set().union(*shorter, *longer) if alike(own, told[number]))

    return find


def _stem(word: str) -> str:
    """Enough to match "poisons" and "poisoned"."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
