"""Two sources, or a source and the draft itself, can't both be right about what happened.

Rival accounts are often the news itself. The editor's question is whether the reader is told of both,
close enough together to see that they clash, and whether the draft's own voice has taken a side.

A hedged accusation and a flat denial clash. A source that doubts, has no evidence or won't comment
leaves the question open and clashes with nobody. Figures, dates and headlines have rules of their own.

## Bad

```
The defence ministry said on Monday that the rebels had shelled the market in Sarnow. The rebels denied
that they had shelled the market in Sarnow.
```

## Good

Both parties say the same:

```
The defence ministry said on Monday that the bridge at Sarnow had been closed. The rebels said that the
bridge at Sarnow had been closed.
```

A refusal to comment contradicts nothing:

```
The defence ministry said on Monday that its engineers had closed the bridge at Sarnow. The railway
declined to comment on the bridge.
```

Each account is of something else:

```
The defence ministry said on Monday that the road to Sarnow was open. The railway said that no trains
would run to Tellin before Friday.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Context, Hit, Rule
from verify.rules.pairs import disputes
from verify.types import Kind, Level

KINDS = frozenset(Kind) - {Kind.NUMBER, Kind.DATE, Kind.HEADLINE}


def check(context: Context) -> Iterator[Hit]:
    """Yield each two parties that contradict each other on who, what, where, why or whether."""
    yield from disputes(context, KINDS)


RULE = Rule(
    name="source-conflict",
    code="VFY101",
    level=Level.WARNING,
    summary="Two accounts of the same event that can't both be right.",
    check=check,
)
