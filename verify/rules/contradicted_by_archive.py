"""The archive has it otherwise.

What the paper, an agency or the source itself has said before about the same event can't be right together
with what the draft says now. Where the draft has both sides itself, `source-conflict` says so already, and
this rule stays silent; a later figure is told of by `outdated`.

It is the least sure of all rules ([docs/archive.md](../archive.md) has the figures) and asks for no more than
a look.

Runs with `--index` alone.

## Bad

An archived document, and the draft that it contradicts:

```
---
id: log
publisher: Tellin Wire
published: 2025-03-04
---
The bridge at Sarnow was open to lorries on Monday, the ministry of transport said.

%%%

Lorry falls from bridge

4 March 2025

The bridge at Sarnow was closed to lorries on Monday, the ministry of transport said.
```

## Good

The archive says the same:

```
---
id: log
publisher: Tellin Wire
published: 2025-03-04
---
The bridge at Sarnow was closed to lorries on Monday, the ministry of transport said.

%%%

Lorry falls from bridge

4 March 2025

The bridge at Sarnow was closed to lorries on Monday, the ministry of transport said.
```

The archive speaks of another bridge:

```
---
id: log
publisher: Harbour News
published: 2009-06-11
---
The bridge over the Ost at Karlshaven was open to coaches on Friday, the port authority said.

%%%

Lorry falls from bridge

4 March 2025

The bridge at Sarnow was closed to lorries on Monday, the ministry of transport said.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.pairs import sentence
from verify.rules.record import bearing, cited
from verify.types import Level, RelationType


def check(context: Context) -> Iterator[Hit]:
    """Yield each claim that a passage contradicts and no other claim of the draft does."""
    for claim, evidence in bearing(context, RelationType.CONTRADICTS):
        if claim.id not in context.contradicted:
            message = f"{sentence(evidence.reason)} The archive has it in {cited(evidence.passage)}."
            yield Hit(message, (claim.id,), claim.content, evidence.score)


RULE = Rule(
    name="contradicted-by-archive",
    code="VFY301",
    level=Level.INFO,
    summary="A claim that the archive has otherwise.",
    check=check,
    against=Against.ARCHIVE,
    rests_on=RelationType.CONTRADICTS,
)
