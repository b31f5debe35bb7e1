"""The archive has a later figure, or tells what has happened since.

A toll that has grown, a sale that was called off: the draft's words were right on their day and aren't any
more. Only documents that are dated after the draft can say so; the earlier one of two different figures is no
news. About half of its findings are borne out ([docs/archive.md](../archive.md)): it asks for a look.

Runs with `--index` alone.

## Bad

A document of the archive with a later count:

```
---
id: friday
publisher: Tellin Wire
published: 2025-03-07
---
The floods at Tellin have killed 19 people, police said on Friday.

%%%

Floods kill 12 in Tellin

4 March 2025

The floods at Tellin have killed 12 people, police said on Tuesday.
```

## Good

The earlier figure is the archive's:

```
---
id: monday
publisher: Tellin Wire
published: 2025-03-03
---
The floods at Tellin have killed nine people, police said on Monday.

%%%

Floods kill 12 in Tellin

4 March 2025

The floods at Tellin have killed 12 people, police said on Tuesday.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.pairs import sentence
from verify.rules.record import bearing, cited
from verify.types import Level, RelationType


def check(context: Context) -> Iterator[Hit]:
    """Yield each claim that a later document has overtaken."""
    for claim, evidence in bearing(context, RelationType.UPDATE):
        message = f"{sentence(evidence.reason)} The later account is {cited(evidence.passage)}."
        yield Hit(message, (claim.id,), claim.content, evidence.score)


RULE = Rule(
    name="outdated",
    code="VFY302",
    level=Level.INFO,
    summary="A claim that a later document has overtaken.",
    check=check,
    against=Against.ARCHIVE,
    rests_on=RelationType.UPDATE,
)
