"""Quotations that the archive doesn't have.

Most quotations are news and stand in no archive yet; these may have been said to the reporter. One finding,
at the first of them, tells whose they are and what was searched, so that nobody takes the silence of
`altered-quote` for a check that was passed.

Fragments of fewer than four words are left alone. Runs with `--index` alone, and not over an empty archive.

## Bad

```
---
id: briefing
title: Transcript of the briefing at Sarnow
published: 2025-03-04
---
ILSE BRANDT: The bridge stays closed.

%%%

Lorry falls from bridge

4 March 2025

“My brother drove over that bridge every day for eleven years,” Karel Dusek said.
```

## Good

```
---
id: briefing
title: Transcript of the briefing at Sarnow
published: 2025-03-04
---
KAREL DUSEK: My brother drove over that bridge every day for eleven years.

%%%

Lorry falls from bridge

4 March 2025

“My brother drove over that bridge every day for eleven years,” Karel Dusek said.
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.record import looked_up, told
from verify.types import Level, LookedUp, Verdict


def check(context: Context) -> Iterator[Hit]:
    """Yield one hit for all quotations that were looked up and not found, with what was searched."""
    searched = context.searched
    missing = [looked for looked in context.quotations if looked.verdict is Verdict.NOT_FOUND]
    if searched is None or not searched.documents or not missing:
        return
    if len(missing) == 1:
        yield looked_up(context, missing[0], f"not found among the {told(searched)}")
        return
    message = f"{len(missing)} quotations are not among the {told(searched)}: {_whose(context, missing)}."
    claims = tuple(dict.fromkeys(looked.claim for looked in missing))
    yield Hit(message, claims, tuple(looked.span for looked in missing), 0.5)


def _whose(context: Context, missing: Sequence[LookedUp]) -> str:
    """Return "2 of Karel Dusek, 1 of Ilse Brandt"."""
    sources = (context.claims_by_id[looked.claim].source for looked in missing)
    counts = Counter(source.name if source is not None else "nobody by name" for source in sources)
    return ", ".join(f"{count} of {name}" for name, count in counts.items())


RULE = Rule(
    name="quote-not-found",
    code="VFY307",
    level=Level.INFO,
    summary="Quotations that aren't in the archive.",
    check=check,
    against=Against.ARCHIVE,
)
