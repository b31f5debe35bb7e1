"""Two stories of the same desk tell the same thing differently.

Each may be sound in itself. Read side by side, one of them is wrong, or the reader isn't told why they
differ. The rule runs where many drafts are checked together (`verify batch`), on stories about one event.

A later story that has another figure brings the news up to date, and nothing is wrong with that. Nor is it
where a story tells of both sides itself.

## Bad

Two drafts, neither of them dated:

```
Floods kill 12 in Tellin

Twelve people were killed when the river Velm flooded Tellin on Monday night, police said.

%%%

Velm bursts its banks at Tellin

The river Velm flooded Tellin on Monday night and 15 people were killed, police said.
```

## Good

The second story comes later:

```
Floods kill 12 in Tellin

4 March 2025

Twelve people were killed when the river Velm flooded Tellin on Monday night, police said.

%%%

Velm bursts its banks at Tellin

5 March 2025

The river Velm flooded Tellin on Monday night and 15 people were killed, police said.
```

The second story tells of the other figure itself:

```
Floods kill 12 in Tellin

Twelve people were killed when the river Velm flooded Tellin on Monday night, police said.

%%%

Velm bursts its banks at Tellin

The river Velm flooded Tellin on Monday night and 15 people were killed, the fire brigade said. Police put
the number of people killed at 12.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.pairs import elsewhere
from verify.types import Level, RelationType


def check(context: Context) -> Iterator[Hit]:
    """Yield each claim that another story of the batch contradicts."""
    yield from elsewhere(context, RelationType.CONTRADICTS, "The other story")


RULE = Rule(
    name="conflict-across-stories",
    code="VFY501",
    level=Level.WARNING,
    summary="Two stories on the same event that can't both be right.",
    check=check,
    against=Against.BATCH,
)
