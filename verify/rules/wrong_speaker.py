"""The right words in the wrong mouth.

The record has the quoted words, and has them from somebody else. Two people stood at one microphone, or a
name was carried over from the sentence before.

It takes a name on both sides to tell: "the president" may be anybody, and a ministry speaks through its
minister. A phrase of a few words that anybody may use is left alone.

Runs with `--index` alone.

## Bad

```
---
id: briefing
title: Transcript of the briefing at Sarnow
published: 2025-03-04
---
ILSE BRANDT: The bridge stays closed.

KAREL DUSEK: We have found no survivor in the river since Thursday morning of last week.

%%%

Lorry falls from bridge

4 March 2025

“We have found no survivor in the river since Thursday morning of last week,” Transport Minister Ilse Brandt
said on Tuesday.
```

## Good

```
---
id: briefing
title: Transcript of the briefing at Sarnow
published: 2025-03-04
---
ILSE BRANDT: The bridge stays closed.

MR DUSEK: We have found no survivor in the river since Thursday morning of last week.

%%%

Lorry falls from bridge

4 March 2025

“We have found no survivor in the river since Thursday morning of last week,” the engineer Karel Dusek said on
Tuesday.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.record import looked_up
from verify.types import Level, RelationType, Verdict


def check(context: Context) -> Iterator[Hit]:
    """Yield each quotation that the record has from another speaker."""
    for looked in context.quotations:
        if looked.verdict is Verdict.WRONG_SPEAKER and looked.evidence is not None:
            yield looked_up(looked, looked.evidence.reason)


RULE = Rule(
    name="wrong-speaker",
    code="VFY306",
    level=Level.WARNING,
    summary="A quotation that the record has from somebody else.",
    check=check,
    against=Against.ARCHIVE,
    rests_on=RelationType.WRONG_SPEAKER,
)
