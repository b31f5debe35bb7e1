"""Two sources that look separate turn out to be one.

"Two independent sources" is the rule of thumb for a serious allegation, and it fails where the second
source only repeats the first: an agency that cites the ministry that the draft has quoted already, two
channels that both quote the same statement, or two outlets that cite each other.

Citing somebody is no fault by itself. Only where the draft shows both as if each stood for the claim on
its own does the editor need to know.

## Bad

```
The defence ministry said on Monday that the depot at Sarnow was empty. The agency Tarn, citing the
defence ministry, reported that the depot at Sarnow was empty.
```

## Good

A second source that cites nobody:

```
The defence ministry said on Monday that the depot at Sarnow was empty. The agency Tarn reported that the
depot at Sarnow was empty.
```

A source that is only known through another one:

```
The agency Tarn quoted the defence ministry as saying on Monday that the depot at Sarnow was empty.
```

What is cited is something else:

```
The defence ministry said on Monday that the depot at Sarnow was empty. The agency Tarn, citing the
railway, reported that no trains would run to Tellin before Friday.
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from verify.attribution.citing import words
from verify.rules.base import Context, Hit, Rule
from verify.rules.origins import alike, cited, nested, origins, supported
from verify.types import Claim, Level, Role, Source


def check(context: Context) -> Iterator[Hit]:
    """Yield each pair of sources that stand for one claim and rest on one origin, or on each other."""
    citations = cited(context)
    supports = supported(context)
    told = {claim.id: words(claim.proposition) for claim in context.claims}
    seen: set[frozenset[str]] = set()
    for one, other in combinations(_in_body(context), 2):
        left, right = _name(one.source), _name(other.source)
        pair = frozenset((left, right))
        if left == right or pair in seen or nested(one, other) or not citations.keys() & {one.id, other.id}:
            continue
        shared = origins(one, citations) & origins(other, citations)
        same = frozenset((one.id, other.id)) in supports or (
            one.stance is other.stance and alike(told[one.id], told[other.id])
        )
        if shared and same:
            seen.add(pair)
            yield _hit(one, other, _message(left, right, min(shared)))
        elif right in citations.get(one.id, ()) and left in citations.get(other.id, ()):
            seen.add(pair)
            yield _hit(one, other, f"{left} cites {right} and {right} cites {left}: who has it first-hand?")


def _in_body(context: Context) -> list[Claim]:
    return [c for c in context.claims if c.source is not None and c.role is not Role.HEADLINE]


def _hit(one: Claim, other: Claim, message: str) -> Hit:
    return Hit(message, (one.id, other.id), (*one.content, *other.content), 0.8)


def _message(left: str, right: str, origin: str) -> str:
    if origin in {left, right}:
        echo = right if origin == left else left
        return f"{echo} only repeats {origin}: that is one source, not two."
    return f"{left} and {right} both rest on {origin}: that is one source, not two."


def _name(source: Source | None) -> str:
    return "" if source is None else source.name


RULE = Rule(
    name="circular-sourcing",
    code="VFY204",
    level=Level.WARNING,
    summary="Two sources for one claim of which one only repeats the other.",
    check=check,
)
