"""Two dates for the same event that can't both be right.

A wrong day is a small slip with large consequences: alibis, deadlines and the order of events hang on
it. Weekdays are read against the date of the story, so that "Tuesday" and "March 4" can agree: "would open on
Friday" is the Friday ahead, "opened on Friday" the one before, "last Sunday" on a Sunday a week ago.

The dates must be of the same event. An announcement on Monday of a meeting on Friday is no conflict, nor
are the days of two different events.

## Bad

```
The ministry said that the reactor was shut down on March 3, 2025. The utility Velm Power said that the
reactor was shut down on March 9, 2025.
```

## Good

The two dates are those of two events:

```
The ministry said that the first reactor was shut down on March 3, 2025. The utility Velm Power said that a
new turbine was delivered on March 9, 2025.
```

A day and its month agree:

```
The ministry said that the reactor was shut down on March 3, 2025. The utility Velm Power said that the
reactor was shut down in March 2025.
```

A weekday ahead and its date agree (March 24, 2024, is a Sunday):

```
March 24, 2024

The ministry said that the reactor would open on Friday. The utility Velm Power said that the reactor would
open on March 29.
```

"Last Sunday" on a Sunday is a week ago:

```
March 24, 2024

The ministry said that the reactor was shut down last Sunday. The utility Velm Power said that the reactor
was shut down on March 17.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Context, Hit, Rule
from verify.rules.pairs import conflicts
from verify.types import Kind, Level


def check(context: Context) -> Iterator[Hit]:
    """Yield each pair of claims whose dates for one event exclude each other."""
    yield from conflicts(context, {Kind.DATE})


RULE = Rule(
    name="date-conflict",
    code="VFY103",
    level=Level.ERROR,
    summary="Two dates for the same event that can't both be right.",
    check=check,
)
