"""Pages of lines as they are set, put together again to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from statistics import median, mode

from verify.load.story import Part
from verify.load.text import HEADLINE_WORDS, is_byline
from verify.types import Role

EDGE = 2
"""Lines at the top and at the foot of a page among which its head and foot are looked for."""

PAGE_NUMBER = re.compile(r"[\s–—-]*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[\s–—-]*", re.IGNORECASE)
"""A line of its own; never with a full stop, as the last line of a paragraph may be ("2024.")."""

PRINTED = re.compile(r"\d\d?/\d\d?/\d{2,4}, \d\d?:\d\d.*|(?:https?|file)://\S+(?:\s+\d+/\d+)?")
"""What browsers print at the head and at the foot of a page."""

ENDED = re.compile(r"[.!?:…][\"'”’)\]]*$")

SOFT = "\x02"
"""What pdfium writes for a hyphen at the end of a line."""

HYPHENS = frozenset("\x02\u00ad\u2010-")
BROKEN = re.compile(r"\S*[\x02\u00ad\u2010-]\n\S*")
"""The halves of a word over two lines."""

LARGER = 1.08
"""Size over that of the story's text from which a line is set larger, and is a heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as set; lengths in points, `base` rising from the foot of the page.

    `size` is that of its font before the page's scaling: to compare, and no length. `first` is the width of
    its first word.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    height: float
    size: float
    first: float


@dataclass(frozen=True, slots=True)
class Setting:
    """How the story is set: the size of its text, the step from line to line, and whether it indents."""

    size: float
    step: float
    indents: bool


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[Part]:
    """The paragraphs of all pages, the headline and the headings among them by their size.

    What pages have in common at their heads and feet is left out.
    """
    flows = [flow for lines in _without_furniture(pages) for flow in _flows(lines)]
    every = [line for flow in flows for line in flow]
    if not every:
        return
    setting = _setting(flows)
    whole = BROKEN.sub(" ", "\n".join(line.text.casefold() for line in every))
    known = frozenset(re.findall(r"[\w’'-]*\w", whole))
    groups = _groups(flows, setting)
    top = max((group[0].size for group in groups[:8] if group[0].page == groups[0][0].page), default=0.0)
    headline = next((k for k, g in enumerate(groups) if g[0].size == top > setting.size * LARGER), None)
    numbers: Counter[int] = Counter()
    for index, group in enumerate(groups):
        page = group[0].page
        numbers[page] += 1
        part = Part(_joined(group, known), f"page {page}, paragraph {numbers[page]}")
        if index == headline:
            part = replace(part, role=Role.HEADLINE)
        elif headline is not None and index < headline and not is_byline(part.text):
            part = replace(part, reason="above the headline")
        elif group[0].size > setting.size * LARGER and len(part.text.split()) <= HEADLINE_WORDS:
            part = replace(part, role=Role.HEADING)
        yield part


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines without page numbers, and without the heads and feet that pages have in common."""
    edges = [_edges(lines) for lines in pages]
    counts = Counter(key for lines in edges for key in {_key(line) for line in lines})
    least = max(2, len(pages) // 3)
    return [
        [line for line in lines if line not in edge or not (_is_printed(line) or counts[_key(line)] >= least)]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _is_printed(line: Line) -> bool:
    return bool(PAGE_NUMBER.fullmatch(line.text) or PRINTED.fullmatch(line.text))


def _edges(lines: Sequence[Line]) -> list[Line]:
    down = sorted(lines, key=lambda line: -line.base)
    return [*down[:EDGE], *down[-EDGE:]]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _flows(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in runs that go down a column without a gap."""
    flows: list[list[Line]] = []
    for line in lines:
        last = flows[-1][-1] if flows else None
        if last is not None and _follows(last, line):
            flows[-1].append(line)
        else:
            flows.append([line])
    return flows


def _follows(last: Line, line: Line) -> bool:
    """Whether a line stands right under another, in the same column and type."""
    down = last.base - line.base
    across = line.left < last.right and last.left < line.right
    return across and line.size == last.size and 0 < down < 1.9 * max(last.height, line.height)


def _setting(flows: Sequence[Sequence[Line]]) -> Setting:
    counts: Counter[float] = Counter()
    for flow in flows:
        for line in flow:
            counts[line.size] += len(line.text)
    size = counts.most_common(1)[0][0]
    steps = [
        above.base - line.base
        for flow in flows
        for above, line in pairwise(flow)
        if above.size == line.size == size
    ]
    body = [line for flow in flows for line in flow if line.size == size]
    height = median(line.height for line in body)
    # Short paragraphs have more steps between them than in them, and none is smaller than a line.
    steps = sorted(step for step in steps if step > 0.8 * height)
    step = steps[len(steps) // 10] if steps else 1.5 * height
    if sum(map(_ended, body)) > 0.6 * len(body):  # paragraphs of a line each: all steps are between them
        step = min(step, 1.5 * height)
    indented = [
        line.left - _left(flow) > height / 2 and above.left - _left(flow) < height / 4
        for flow in flows
        for above, line in pairwise(flow)
        if above.base - line.base < 1.25 * step
    ]
    return Setting(size, step, sum(indented) >= 2)


def _left(flow: Sequence[Line]) -> int:
    return mode(round(line.left) for line in flow)


def _edges_of_columns(flows: Sequence[Sequence[Line]]) -> Mapping[int, float]:
    """How far to the right the lines of a column go, by its left edge."""
    edges: dict[int, float] = {}
    for flow in flows:
        if len(flow) >= 3:  # a line or two, such as the head of a page, may be wider or shorter
            edges[_left(flow)] = max(edges.get(_left(flow), 0.0), *(line.right for line in flow))
    return edges


def _groups(flows: Sequence[Sequence[Line]], setting: Setting) -> list[list[Line]]:
    """The lines of each paragraph."""
    groups: list[list[Line]] = []
    edges = _edges_of_columns(flows)
    edge = inf
    for flow in flows:
        left, before = _left(flow), edge
        edge = edges.get(left, inf)
        right = edges.get(left, max(line.right for line in flow))
        for place, line in enumerate(flow):
            last = groups[-1][-1] if groups else None
            indented = setting.indents and line.left - left > line.height / 2
            large = line.size > setting.size * LARGER
            if (
                last is None
                or indented
                or is_byline(last.text)
                or abs(line.size - last.size) > 0.04 * setting.size
            ):
                new = True
            elif large:
                step = setting.step * line.size / setting.size
                new = place == 0 or last.base - line.base > 1.5 * step
            else:
                # That the next word would have fitted tells a line that was ended on purpose.
                room = (right if place else before) - last.right > line.first + line.height / 2
                apart = last.page == line.page and last.base - line.base > 1.25 * setting.step
                new = apart or (room and _ended(last))
            if new:
                groups.append([])
            groups[-1].append(line)
    return groups


def _ended(line: Line) -> bool:
    return ENDED.search(line.text) is not None


def _joined(lines: Sequence[Line], known: Set[str]) -> str:
    """The lines as one, words that were broken at a line's end whole again."""
    text = ""
    for line in lines:
        before = text.rpartition(" ")[2]
        if text[-1:] in HYPHENS and len(before) > 1:
            after = re.match(r"[\w’'-]*", line.text)
            text = text[:-1] + _hyphen(before[:-1], after.group() if after else "", known) + line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    return text.replace(SOFT, "-")


def _hyphen(before: str, after: str, known: Set[str]) -> str:
    """What stands between the halves of a word that was broken after a hyphen: nothing, or the hyphen.

    `known` are the words of the document in lower case.
    """
    one, other = before.casefold(), after.casefold()
    if f"{one}{other}" in known or f"{one.rpartition('-')[2]}{other}" in known:
        return ""
    if not after[:1].islower() or not before[-1:].isalpha() or "-" in before or "-" in after:
        return "-"
    # Two words of the story make a compound; short ones are as likely parts of one word ("with-out").
    both = min(len(one), len(other)) > 3 and {one, other} <= known
    return "-" if both or f"{one}-{other}" in known else ""
