"""Several documents of the archive bear a claim out, and all are one piece of copy.

Ten papers that carry one agency story are one voice. Who counts them as ten has seen the claim confirmed by
nobody.

Runs with `--index` alone.

## Bad

Two papers with the same wire copy:

```
---
id: herald
publisher: Tellin Herald
published: 2025-03-03
---
Two inspectors at the mine at Sarnow had taken bribes from the owners, the union of miners said on Monday. The
inspectors had been in charge of the mine for nine years and had never found a fault with its ventilation.

%%%

---
id: courier
publisher: Velka Courier
published: 2025-03-03
---
Two inspectors at the mine at Sarnow had taken bribes from the owners, the union of miners said on Monday. The
inspectors had been in charge of the mine for nine years and had never found fault with its ventilation.

%%%

Mine at Sarnow is shut

4 March 2025

The mine at Sarnow was shut on Monday. Two inspectors at the mine had taken bribes from the owners, the
engineer Karel Dusek said.
```

## Good

One paper is no more than one voice:

```
---
id: herald
publisher: Tellin Herald
published: 2025-03-03
---
Two inspectors at the mine at Sarnow had taken bribes from the owners, the union of miners said on Monday. The
inspectors had been in charge of the mine for nine years and had never found a fault with its ventilation.

%%%

Mine at Sarnow is shut

4 March 2025

The mine at Sarnow was shut on Monday. Two inspectors at the mine had taken bribes from the owners, the
engineer Karel Dusek said.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.record import cited, voices
from verify.types import Level, RelationType, Role


def check(context: Context) -> Iterator[Hit]:
    """Yield each claim that several documents of one origin bear out, and none of another."""
    for claim in context.claims:
        origins = voices(context, claim)
        documents = {e.passage.document: e.passage for found in origins.values() for e in found}
        if claim.role is Role.HEADLINE or len(origins) != 1 or len(documents) < 2:
            continue
        (origin,) = origins
        first = documents.get(origin, next(iter(documents.values())))
        message = (
            f"{len(documents)} documents bear this out, all of them the copy of {cited(first)}: one voice."
        )
        yield Hit(message, (claim.id,), claim.content, max(e.score for e in origins[origin]))


RULE = Rule(
    name="same-origin",
    code="VFY304",
    level=Level.INFO,
    summary="Documents that bear a claim out, all of them copies of one.",
    check=check,
    against=Against.ARCHIVE,
    rests_on=RelationType.SUPPORTS,
)
