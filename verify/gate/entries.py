"""A suppression as an editor wrote it: which findings may stand, where, why, and until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from verify.config import nearest
from verify.rules import RULES
from verify.rules.run import normalised
from verify.types import Finding, Span

SHORTEST = 8
"""Digits of a fingerprint that tell findings apart."""

PIN = re.compile(rf"[0-9a-f]{{{SHORTEST},32}}")


@dataclass(frozen=True, slots=True)
class SuppressionEntry:
    """One rule's findings that may stand: those with a passage in `span`.

    `rule` is the rule's name. Where `pin` is given, their fingerprints begin with it; where `quoted` is, all
    their passages stand in these words, as `normalised` gives them. `place` says where the entry is written,
    and `said_at` which part of the text it is; None outside the text.
    """

    rule: str
    code: str
    reason: str
    place: str
    said_at: Span | None
    span: Span
    pin: str = ""
    quoted: tuple[str, ...] = ()
    until: date | None = None

    @property
    def tied(self) -> bool:
        """Whether it lapses when the words change."""
        return bool(self.pin or self.quoted)

    @property
    def target(self) -> str:
        """The code, with the fingerprint where there is one: `VFY101#3f9a12c8`."""
        return f"{self.code}#{self.pin}" if self.pin else self.code

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < today

    def aims_at(self, finding: Finding) -> bool:
        """Whether the finding is of its rule and in its span, whatever the words."""
        return finding.rule == self.rule and any(self.span.overlaps(span) for span in finding.spans)

    def covers(self, finding: Finding, text: str) -> bool:
        """Whether it is for `finding`, in a document with this text."""
        return (
            self.aims_at(finding)
            and finding.fingerprint.startswith(self.pin)
            and (not self.quoted or all(self._quotes(text[a:b]) for a, b in finding.spans))
        )

    def _quotes(self, passage: str) -> bool:
        words = normalised(passage)
        return any(words in quoted for quoted in self.quoted)


@dataclass(frozen=True, slots=True)
class Refused:
    """A comment that can't be followed, and why."""

    said_at: Span
    problem: str


def codes() -> Mapping[str, str]:
    """The codes of the rules whose findings may be let stand, by the rules' names."""
    return {rule.name: rule.code for rule in RULES}


def rule_named(word: str) -> str:
    """The name of the rule with this name or code; raises ValueError where there is none."""
    names = {word.casefold(): name for name, code in codes().items() for word in (name, code)}
    if word.casefold() not in names:
        raise ValueError(f"there is no rule `{word}`; {nearest(word, [*codes(), *codes().values()])}")
    return names[word.casefold()]


def pin_of(word: str) -> str:
    """`word` as the beginning of a fingerprint; raises ValueError where it isn't, or is too short."""
    pin = word.lower()
    if not PIN.fullmatch(pin):
        raise ValueError(f"`{word}` is no fingerprint; give {SHORTEST} or more of its digits")
    return pin


def day_of(word: str) -> date:
    """The day written as 2026-12-31; raises ValueError where it is none."""
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise ValueError(f"`{word}` is no date; write it as 2026-12-31") from error
