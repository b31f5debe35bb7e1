"""Two figures for the same thing that can't both be right.

A toll that differs between two paragraphs is what readers write in about, and the correction costs more
than the check. The figures are compared with their comparators and units, and only where they count the
same thing: the killed with the killed, the damage with the damage.

A range and a figure inside it agree, and so do a rounded figure and the exact one. The killed and the
injured, one town and the whole country, this year and last are different things.

## Bad

```
The bridge cost €40 million, the ministry said. The bridge cost €52 million, according to the railway.
```

## Good

A bound and a figure that keeps to it:

```
Police said on Tuesday that at least 12 houses in Tellin were under water. The mayor said that 14 houses
in Tellin were under water.
```

Different things are counted:

```
Police said on Tuesday that 12 roads around Tellin were closed. The mayor said that 19 schools in Tellin
were closed.
```

The same figure in words and in digits:

```
Police said on Tuesday that twelve roads around Tellin were closed. The mayor said that 12 roads around
Tellin were closed.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Context, Hit, Rule
from verify.rules.pairs import conflicts
from verify.types import Kind, Level


def check(context: Context) -> Iterator[Hit]:
    """Yield each pair of claims whose figures for one thing exclude each other."""
    yield from conflicts(context, {Kind.NUMBER})


RULE = Rule(
    name="number-conflict",
    code="VFY102",
    level=Level.ERROR,
    summary="Two figures for the same thing that can't both be right.",
    check=check,
)
