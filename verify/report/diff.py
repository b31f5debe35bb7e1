"""What was done to recorded words when they were quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\w+(?:[’'.,]\w+)*|\S")


class Edit(StrEnum):
    """What became of words of the record in the quotation."""

    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words with what became of them, white space within them as in the original."""

    edit: Edit
    text: str


def word_diff(recorded: str, quoted: str) -> tuple[Change, ...]:
    """Return the runs of words that were kept, dropped or added, in their order; case doesn't matter.

    Kept words are shown as they were quoted.
    """
    old, new = list(WORD.finditer(recorded)), list(WORD.finditer(quoted))
    matcher = SequenceMatcher(None, [_folded(m) for m in old], [_folded(m) for m in new], autojunk=False)
    changes = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            changes.append(Change(Edit.KEPT, quoted[new[c].start() : new[d - 1].end()]))
            continue
        if b > a:
            changes.append(Change(Edit.DROPPED, recorded[old[a].start() : old[b - 1].end()]))
        if d > c:
            changes.append(Change(Edit.ADDED, quoted[new[c].start() : new[d - 1].end()]))
    return tuple(changes)


def _folded(word: re.Match[str]) -> str:
    return word.group().casefold().replace("’", "'")
