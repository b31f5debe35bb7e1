"""A story repeats what another story of the same desk has corrected.

Corrections get lost between versions: the toll is revised in one story, and the next one is written from the
first. The rule runs where many drafts are checked together (`verify batch`), on stories about one event, and
names the story that is behind. The older story that was right in its time is left alone.

## Bad

Two drafts, neither of them dated, of which the second tells of the first one's figure as an earlier one:

```
Floods kill 12 in Tellin

Twelve people were killed when the river Velm flooded Tellin on Monday night, police said.

%%%

Velm bursts its banks at Tellin

The river Velm flooded Tellin on Monday night and 15 people were killed, police said. Police had earlier said
that 12 people were killed.
```

## Good

The story with the earlier figure is the older one:

```
Floods kill 12 in Tellin

4 March 2025

Twelve people were killed when the river Velm flooded Tellin on Monday night, police said.

%%%

Velm bursts its banks at Tellin

5 March 2025

The river Velm flooded Tellin on Monday night and 15 people were killed, police said. Police had earlier said
that 12 people were killed.
```

What was counted is something else:

```
Floods kill 12 in Tellin

Twelve people were killed when the river Velm flooded Tellin on Monday night, police said.

%%%

Velm bursts its banks at Tellin

The river Velm flooded Tellin on Monday night and 15 people were injured, police said. Police had earlier
said that 14 people were injured.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.pairs import elsewhere
from verify.types import Level, RelationType


def check(context: Context) -> Iterator[Hit]:
    """Yield each claim that another story of the batch has corrected."""
    yield from elsewhere(context, RelationType.UPDATE, "The story that has corrected it")


RULE = Rule(
    name="outdated-across-stories",
    code="VFY502",
    level=Level.WARNING,
    summary="A claim that another story has corrected.",
    check=check,
    against=Against.BATCH,
)
