"""Findings about suppressions themselves: they have codes, levels and pages as the rules do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verify.rules import RULES
from verify.rules.base import Rule
from verify.types import Level


@dataclass(frozen=True, slots=True)
class Notice:
    """What can be wrong with a suppression; `page` explains it, in Markdown."""

    name: str
    code: str
    level: Level
    summary: str
    page: str


UNUSED = Notice(
    name="unused-suppression",
    code="VFY401",
    level=Level.WARNING,
    summary="A suppression that suppresses nothing: out of place, for words that have changed, or expired.",
    page="""
What an editor let stand isn't there any more: the paragraph was rewritten, the words that the suppression is
tied to have changed, or its date has passed. Left in place, it would hide whatever comes next. Remove it or,
if the new words may stand too, tie it to them.

A suppression of a rule that didn't run isn't reported: nobody knows.

## Bad
```
<!-- verify ignore VFY101#3f9a12c8 until 2024-12-31: both accounts are given on purpose -->
```
once 2024 is over, or nothing in the next paragraph has that fingerprint.

## Good
No comment.
""",
)

UNPINNED = Notice(
    name="unpinned-suppression",
    code="VFY402",
    level=Level.WARNING,
    summary="A suppression that isn't tied to the words that it lets stand.",
    page="""
A suppression is a decision about certain words. Tied to their fingerprint it lapses when they change; without
one it holds for whatever is written in the paragraph later. The message gives the fingerprint to add.

## Bad
```
<!-- verify ignore VFY101: both accounts are given on purpose -->
```

## Good
```
<!-- verify ignore VFY101#3f9a12c8: both accounts are given on purpose -->
```
""",
)

INVALID = Notice(
    name="invalid-suppression",
    code="VFY403",
    level=Level.ERROR,
    summary="A suppression that can't be followed: no reason, no such rule, no such date, no end.",
    page="""
A comment that begins with `verify ignore` and can't be followed suppresses nothing.

## Bad
```
<!-- verify ignore VFY101 -->
```

## Good
```
<!-- verify ignore VFY101#3f9a12c8 until 2026-12-31: the ministry's answer is due on Monday -->
```
""",
)

NOTICES = (UNUSED, UNPINNED, INVALID)
NAMES = frozenset(notice.name for notice in NOTICES)


def catalogue() -> tuple[Rule | Notice, ...]:
    """All that has a name, a code and a level, in the order of the codes."""
    return tuple(sorted((*RULES, *NOTICES), key=lambda rule: rule.code))


def known_rules() -> Mapping[str, str]:
    """The codes by name: all that settings may speak of."""
    return {rule.name: rule.code for rule in catalogue()}
