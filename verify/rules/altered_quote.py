"""A quotation hasn't the words of the record.

Between quotation marks stand the speaker's own words. A dropped "not" or "may", another figure, two sentences
made into one or a paraphrase put into marks makes somebody say what they didn't. The report shows both
wordings; what counts as the same words is listed in [docs/archive.md](../archive.md).

What is left out at a comma, or marked with dots or brackets, is fair, unless a condition or a denial goes
with it. Only somebody's own words in the archive count as the record: a transcript, a statement, a quotation.
Nobody's indirect speech does.

Runs with `--index` alone.

## Bad

A "not" is missing:

```
---
id: briefing
title: Transcript of the briefing of the transport minister
published: 2025-03-04
---
ILSE BRANDT: We do not rule out that the bridge was overloaded. The bridge stays closed.

%%%

Lorry falls from bridge

4 March 2025

“We do rule out that the bridge was overloaded,” Transport Minister Ilse Brandt said on Tuesday.
```

## Good

The same words, and the end left out at a comma:

```
---
id: briefing
title: Transcript of the briefing of the transport minister
published: 2025-03-04
---
ILSE BRANDT: We do not rule out that the bridge was overloaded, and the bridge stays closed until May.

%%%

Lorry falls from bridge

4 March 2025

“We don't rule out that the bridge was overloaded,” Transport Minister Ilse Brandt said on Tuesday.
```

Another sentence on the same matter is no altered one:

```
---
id: briefing
title: Transcript of the briefing of the transport minister
published: 2025-03-04
---
ILSE BRANDT: It is too early to say what brought down the bridge.

%%%

Lorry falls from bridge

4 March 2025

“It is too early to speak of sabotage,” Transport Minister Ilse Brandt said on Tuesday.
```

Another paper's indirect speech is no record:

```
---
id: wire
publisher: Tellin Wire
published: 2025-03-04
---
The transport minister, Ilse Brandt, did not rule out on Tuesday that the bridge had been too heavily loaded.

%%%

Lorry falls from bridge

4 March 2025

“We don't rule out that the bridge was overloaded,” Transport Minister Ilse Brandt said on Tuesday.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.rules.base import Against, Context, Hit, Rule
from verify.rules.record import looked_up
from verify.types import Level, RelationType


def check(context: Context) -> Iterator[Hit]:
    """Yield each quotation whose words aren't those that the record has."""
    for looked in context.quotations:
        if looked.evidence is not None and looked.evidence.relation is RelationType.MISQUOTE:
            yield looked_up(looked, looked.evidence.reason)


RULE = Rule(
    name="altered-quote",
    code="VFY305",
    level=Level.WARNING,
    summary="A quotation whose words the record has otherwise.",
    check=check,
    against=Against.ARCHIVE,
    rests_on=RelationType.MISQUOTE,
)
