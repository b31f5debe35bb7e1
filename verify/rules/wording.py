"""Whether two propositions say the same, as far as their words alone can tell."""

from __future__ import annotations

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


def _stem(word: str) -> str:
    """Enough to match "poisons" and "poisoned"."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
