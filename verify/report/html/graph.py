"""Who relies on whose word, drawn: origins on the left, those who repeat them to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.printable import printable
from verify.types import Reliance

ROW, COLUMN, MARGIN = 48, 290, 8
"""Pixels from one node to the next, and around the drawing."""

BEND = 50
"""Pixels by which a line within a column swings out."""

HEIGHT, WIDTH = 32, 210
"""Pixels of a node."""

LONGEST_NAME = 27
"""Characters of a name that fit into a node; a longer one is cut, and whole in its title."""


@dataclass(frozen=True, slots=True)
class Node:
    """A source, with its left upper corner in pixels."""

    name: str
    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from an origin to who relies on it, as the path of an SVG."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing, its size in pixels."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int


def draw(reliances: Sequence[Reliance]) -> Graph | None:
    """Lay the sources out in columns by the length of their chain; None where nobody relies on anybody."""
    if not reliances:
        return None
    columns = _columns(reliances)
    nodes = {
        name: Node(printable(name), _label(name), MARGIN + COLUMN * x, MARGIN + ROW * y)
        for x, column in enumerate(columns)
        for y, name in enumerate(column)
    }
    edges = tuple(
        Edge(
            _path(nodes[reliance.relies_on], nodes[reliance.source]),
            printable(f"{reliance.source} relies on {reliance.relies_on}"),
        )
        for reliance in reliances
    )
    return Graph(
        nodes=tuple(nodes.values()),
        edges=edges,
        width=2 * MARGIN + COLUMN * (len(columns) - 1) + WIDTH + BEND,
        height=2 * MARGIN + ROW * (max(map(len, columns)) - 1) + HEIGHT,
    )


def _columns(reliances: Sequence[Reliance]) -> list[list[str]]:
    """The names by column; sources that rely on each other in a circle share one."""
    import networkx as nx

    graph = nx.DiGraph((r.relies_on, r.source) for r in reliances)
    circles = nx.condensation(graph)
    columns: list[list[str]] = []
    rows: dict[str, int] = {}
    for generation in nx.topological_generations(circles):
        names = [name for circle in generation for name in circles.nodes[circle]["members"]]
        # Near the rows of those relied on, so that few lines cross; by name, so that all runs agree.
        names.sort(key=lambda name: (_mean([rows[n] for n in graph.predecessors(name) if n in rows]), name))
        rows.update({name: row for row, name in enumerate(names)})
        columns.append(names)
    return columns


def _mean(rows: Sequence[int]) -> float:
    return sum(rows) / len(rows) if rows else 0.0


def _label(name: str) -> str:
    shown = printable(name)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1]}…"


def _path(origin: Node, other: Node) -> str:
    """A curve from the right of `origin` to the left of `other`; within a column, around on the right."""
    start_y, end_y = origin.y + HEIGHT // 2, other.y + HEIGHT // 2
    start_x = origin.x + WIDTH
    if origin.x == other.x:
        end_x = other.x + WIDTH + 6
        return f"M{start_x},{start_y} C{start_x + BEND},{start_y} {end_x + BEND},{end_y} {end_x},{end_y}"
    end_x = other.x - 6
    middle = (start_x + end_x) // 2
    return f"M{start_x},{start_y} C{middle},{start_y} {middle},{end_y} {end_x},{end_y}"
