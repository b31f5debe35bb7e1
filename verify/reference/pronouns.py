"""The words that a reference is made with: pronouns, by whom they can stand for."""

from __future__ import annotations

FIRST = frozenset({"i", "we", "us", "me", "our", "my", "ours", "mine", "ourselves", "myself"})
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
POSSESSIVE = frozenset({"our", "my", "ours", "mine", "his", "hers", "its", "their", "theirs"})
