"""Two sources that look separate turn out to be one.

"Two independent sources" is the rule of thumb for a serious allegation, and it fails where the second
source only repeats the first: an agency that cites the ministry that the draft has quoted already, two
channels that both quote the same statement, or two outlets that cite each other.

The trail is followed to its end: where a paper cites an agency that cites the ministry, all three are one.

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

from collections import defaultdict
from collections.abc import Iterator, Mapping

from verify.reference.naming import called
from verify.rules.base import Context, Hit, Rule
from verify.rules.origins import Origins, nested, origins, supported
from verify.rules.pairs import sentence
from verify.rules.wording import alike, stems
from verify.types import UNKNOWN, Claim, Level, Reliance, Role

SCORE = 0.8


def check(context: Context) -> Iterator[Hit]:
    """Yield each origin that several sources of one claim rest on, and each circle of who cites whom."""
    circles = list(_circles(context))
    shown = {claim.source.name: called(claim.source) for claim in context.claims if claim.source is not None}
    for origin, claims in _echoes(context, origins(context)).items():
        names = list(dict.fromkeys(claim.source_name for claim in claims))
        if not any(set(names) <= circle for circle in circles):
            message = _message([shown.get(name, name) for name in names], shown.get(origin, origin))
            yield Hit.on(sentence(message), claims, SCORE)
    for circle in circles:
        links: dict[str, Reliance] = {}
        for reliance in context.reliances:
            if reliance.source in circle and reliance.relies_on in circle:
                links.setdefault(reliance.source, reliance)
        told = " and ".join(
            f"{shown.get(link.source, link.source)} cites {shown.get(link.relies_on, link.relies_on)}"
            for link in links.values()
        )
        claims = [context.claims_by_id[link.claims[0]] for link in links.values()]
        yield Hit.on(f"{sentence(told)[:-1]}: who has it first-hand?", claims, SCORE)


def _echoes(context: Context, known: Origins) -> Mapping[str, list[Claim]]:
    """By the name of the origin, the claims of different sources that say the same and come from there."""
    body = [
        c
        for c in context.claims
        if c.source is not None and c.party != UNKNOWN and c.role is not Role.HEADLINE
    ]
    citing = {id_ for reliance in context.reliances for id_ in reliance.claims}
    supports = supported(context)
    told = {claim.id: stems(claim.proposition) for claim in body} if citing else {}
    found: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
    for one in (claim for claim in body if claim.id in citing):
        for other in body:
            shared = known[one.id] & known[other.id]
            if not shared or one.source_name == other.source_name or nested(one, other):
                continue
            same_words = one.stance is other.stance and alike(told[one.id], told[other.id])
            if same_words or frozenset((one.id, other.id)) in supports:
                found[min(shared)] |= {one.id: one, other.id: other}
    return {origin: [c for c in body if c.id in claims] for origin, claims in found.items()}


def _circles(context: Context) -> Iterator[frozenset[str]]:
    """The names of those who rely on each other, each circle once."""
    if not context.reliances:
        return
    import networkx as nx

    graph = nx.DiGraph((reliance.source, reliance.relies_on) for reliance in context.reliances)
    yield from (frozenset(c) for c in nx.strongly_connected_components(graph) if len(c) > 1)


def _message(names: list[str], origin: str) -> str:
    echoes = [name for name in names if name != origin]
    several = f"{', '.join(echoes[:-1])} and {echoes[-1]}" if len(echoes) > 1 else echoes[0]
    count = {2: "two", 3: "three"}.get(len(names), str(len(names)))
    if origin not in names:
        both = "both" if len(echoes) == 2 else "all"
        return f"{several} {both} rest on {origin}: that is one source, not {count}."
    verb = "only repeat" if len(echoes) > 1 else "only repeats"
    return f"{several} {verb} {origin}: that is one source, not {count}."


RULE = Rule(
    name="circular-sourcing",
    code="VFY204",
    level=Level.WARNING,
    summary="Two sources for one claim of which one only repeats the other.",
    check=check,
)
