"""The headline says something that the story contradicts.

More people read the headline than the story, and it is often written last, by somebody else, from an
older version of the copy. A figure that has moved, or an allegation that lost its "police say", is a
correction waiting to be printed.

A headline may round, shorten and leave out; it may not say more than the story, or the opposite.

## Bad

```
New bridge at Sarnow cost €40 million

The new bridge at Sarnow, which was opened on Monday, cost €52 million.
```

## Good

The headline attributes what the story attributes:

```
Bridge at Sarnow was sound, engineer says

The bridge at Sarnow was sound, the engineer Karel Dusek said on Monday.
```

The headline leaves out who says so, and the story agrees:

```
Bridge at Sarnow to be closed until June

The bridge at Sarnow will be closed until June, the railway said on Monday. It was built in 1911.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Context, Hit, Rule
from verify.rules.pairs import conflicts
from verify.types import Kind, Level


def check(context: Context) -> Iterator[Hit]:
    """Yield each pair of claims that contradict each other and of which one is in the headline."""
    yield from conflicts(context, {Kind.HEADLINE})


RULE = Rule(
    name="headline-conflict",
    code="VFY104",
    level=Level.ERROR,
    summary="A headline that the story contradicts.",
    check=check,
)
