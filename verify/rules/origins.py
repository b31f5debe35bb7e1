"""Where a claim comes from: a source that repeats another is that other's echo, not a second source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from verify.rules.base import Context
from verify.rules.wording import alike, stems
from verify.types import OUTLET, UNKNOWN, Claim, RelationType

Origins = Mapping[str, frozenset[str]]
"""By the id of each claim that a source makes, the names of those from whom its word comes."""


def origins(context: Context) -> Origins:
    """Follow who relies on whom to its end: where A cites B and B, for the same, cites C, both come from C.

    Those who cite each other in a circle are all the origin of what they say.
    """
    citing: defaultdict[str, set[str]] = defaultdict(set)
    for reliance in context.reliances:
        for id_ in reliance.claims:
            citing[id_].add(reliance.relies_on)
    own = {claim.id: frozenset({claim.source.name}) for claim in context.claims if claim.source is not None}
    return {**own, **_followed(citing, context.claims_by_id)} if citing else own


def _followed(citing: Mapping[str, Collection[str]], claims: Mapping[str, Claim]) -> Origins:
    """The origins of the claims that cite; those that are cited are followed where they say the same."""
    import networkx as nx

    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for id_ in citing:
        by_name[claims[id_].source_name].append(id_)
    told = {id_: stems(claims[id_].proposition) for id_ in citing}
    graph = nx.DiGraph()
    last: defaultdict[str, set[str]] = defaultdict(set)
    for id_, names in citing.items():
        graph.add_node(id_)
        for name in names:
            onward = [other for other in by_name.get(name, ()) if alike(told[id_], told[other])]
            graph.add_edges_from((id_, other) for other in onward)
            if not onward:
                last[id_].add(name)
    found: dict[str, frozenset[str]] = {}
    # Tarjan's algorithm yields a circle, or a claim outside of any, after all that can be reached from it.
    for circle in nx.strongly_connected_components(graph):
        reached = {other for id_ in circle for other in graph.successors(id_)} - circle
        names = {name for id_ in circle for name in last[id_]}.union(*(found[other] for other in reached))
        names = names or {claims[id_].source_name for id_ in circle}
        found |= dict.fromkeys(circle, frozenset(names))
    return found


def independent(one: Claim, other: Claim, known: Origins) -> bool:
    """Whether two claims come from two parties of which neither draws on the other, nor both on a third."""
    if {one.party, other.party} & {OUTLET, UNKNOWN} or one.party == other.party or nested(one, other):
        return False
    return not known[one.id] & known[other.id]


def nested(one: Claim, other: Claim) -> bool:
    """Whether one of the claims is what the other one reports."""
    return one.within == other.id or other.within == one.id


def supported(context: Context) -> Collection[frozenset[str]]:
    """The pairs of ids of claims that support each other."""
    return {frozenset((r.a, r.b)) for r in context.relations if r.relation is RelationType.SUPPORTS}
