"""A quotation that the archive doesn't have.

Most quotations are news and stand in no archive yet; this one may have been said to the reporter. The finding
tells what was searched, so that nobody takes the silence of `altered-quote` for a check that was passed.

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

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.record import looked_up, told
from verify.types import Level, Verdict


def check(context: Context) -> Iterator[Hit]:
    """Yield each quotation that was looked up and not found, with what was searched."""
    searched = context.searched
    if searched is None or not searched.documents:
        return
    for looked in context.quotations:
        if looked.verdict is Verdict.NOT_FOUND:
            yield looked_up(context, looked, f"not found among the {told(searched)}")


RULE = Rule(
    name="quote-not-found",
    code="VFY307",
    level=Level.INFO,
    summary="A quotation that isn't in the archive.",
    check=check,
    against=Against.ARCHIVE,
)
