"""Nothing independent in the archive bears out a consequential claim.

A death, a crime or somebody's guilt on the word of one party, where neither the draft nor the archive has it
from another. That isn't to say that it's wrong: the news is often the first to say so. The finding tells what
was searched, since an archive that doesn't know of the matter proves nothing.

Runs with `--index` alone, and not over an empty archive. It stands in the place of `single-source`, and takes
its level where that is graver.

## Bad

The archive has it from the same source alone:

```
---
id: weekly
publisher: Velka Weekly
published: 2025-03-03
---
Two inspectors at the mine had taken bribes from the owners, the engineer Karel Dusek said on Monday.

%%%

Mine at Sarnow is shut

4 March 2025

The mine at Sarnow was shut on Monday. Two inspectors had taken bribes from the owners, the engineer Karel
Dusek said.
```

## Good

Another voice has said the same before:

```
---
id: weekly
publisher: Velka Weekly
published: 2025-03-03
---
Two inspectors at the mine at Sarnow had taken bribes from the owners, the union of miners said on Monday.

%%%

Mine at Sarnow is shut

4 March 2025

The mine at Sarnow was shut on Monday. Two inspectors at the mine had taken bribes from the owners, the
engineer Karel Dusek said.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.reference.naming import called
from verify.rules import single_source
from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.record import told
from verify.types import Level


def check(context: Context) -> Iterator[Hit]:
    """Yield each claim of `single-source`, with what was searched in vain."""
    searched = context.searched
    if searched is None or not searched.documents:
        return
    for hit in single_source.check(context):
        claim = context.claims_by_id[hit.claims[0]]
        if claim.source is not None:
            message = (
                f"On the word of {called(claim.source)} alone; nothing independent bears it out,"
                f" neither here nor among the {told(searched)}."
            )
            yield Hit(message, hit.claims, hit.spans, hit.score)


RULE = Rule(
    name="uncorroborated",
    code="VFY303",
    level=Level.INFO,
    summary="A death, a crime or somebody's guilt that the archive doesn't bear out.",
    check=check,
    against=Against.ARCHIVE,
    in_place_of=frozenset({"single-source"}),
)
