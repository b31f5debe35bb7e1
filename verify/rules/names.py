"""Names in plain text, and whether two of them are of the same party."""

from __future__ import annotations

import re
from collections.abc import Mapping

from verify.attribution.citing import words
from verify.attribution.registry import parties_named

NAME = re.compile(r"(?:[A-Z][\w'’.&-]*)(?: (?:(?:of|de|du|von|van|der|bin|al|and|the) ){0,2}[A-Z][\w'’&-]*)*")

TITLES = frozenset(
    """mr mrs ms dr sir lord lady president minister prime chancellor general colonel captain judge mayor
    governor senator king queen prince pope chief director professor secretary foreign defence defense
    interior transport former police state national company group office department agency""".split()
)
"""Words that many names share and that tell none of them apart."""


def same_party(one: str, other: str, parties: Mapping[str, str]) -> bool:
    """Whether two names are of one of the known `parties` ("Russian army" and "Kremlin").

    Where one of them is of none, whether they share a word of their own ("Karel Dusek" and "Dusek").
    """
    a, b = parties_named(one, parties), parties_named(other, parties)
    return bool(a & b) if a and b else any(len(word) > 2 for word in words(one) & words(other) - TITLES)


def named_in(text: str) -> list[re.Match[str]]:
    """The runs of capitalised words in `text`, without an article at their start."""
    return list(NAME.finditer(re.sub(r"^(?:The|An?) ", lambda m: " " * len(m.group()), text)))


def proper(name: str, text: str) -> bool:
    """Whether `text` uses `name` as a name: with two capitals, or with a capital inside a sentence."""
    return " " in name or re.search(rf"[a-z,;] (?:[Tt]he )?{re.escape(name)}\b", text) is not None
