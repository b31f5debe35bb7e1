"""Quotations that the archive doesn't have.

Most quotations are news and stand in no archive yet; these may have been said to the reporter. One finding
for each source, at the first of its quotations, tells how many there are and what was searched, so that
nobody takes the silence of `altered-quote` for a check that was passed. A suppression of it lets stand what
that source says, and nobody else; tied to the fingerprint, it lapses when the source has another quotation.

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
from verify.types import UNKNOWN, Level, LookedUp, Verdict


def check(context: Context) -> Iterator[Hit]:
    """Yield one hit for the quotations of each source that were looked up and not found."""
    searched = context.searched
    if searched is None or not searched.documents:
        return
    missing: dict[str, list[LookedUp]] = {}
    for looked in context.quotations:
        if looked.verdict is Verdict.NOT_FOUND:
            source = context.claims_by_id[looked.claim].source
            missing.setdefault(UNKNOWN if source is None else source.name, []).append(looked)
    for name, quotations in missing.items():
        if len(quotations) == 1:
            yield looked_up(quotations[0], f"not found among the {told(searched)}")
            continue
        whose = "whose speaker isn't named" if name == UNKNOWN else f"of {name}"
        yield Hit(
            message=f"{len(quotations)} quotations {whose} are not among the {told(searched)}.",
            claims=tuple(dict.fromkeys(looked.claim for looked in quotations)),
            spans=tuple(looked.span for looked in quotations),
            score=0.5,
        )


RULE = Rule(
    name="quote-not-found",
    code="VFY307",
    level=Level.INFO,
    summary="Quotations that aren't in the archive.",
    check=check,
    against=Against.ARCHIVE,
)
