"""How well attributions are found: spans, links, and both, on annotated articles.

The measures are those of `attribution/score.py` beside the PolNeAR data, number by number: fragments
and whole units, exact and with at least half of their characters in common; tokens; attributions whose
content and source (`pair`), and cue too (`triple`), have at least half in common. Edges are first
shrunk past spaces, quotation marks and punctuation.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict, TypeVar

from verify.errors import InputError
from verify.evaluate.measures import Count, added, characters, in_common
from verify.types import Attribution, Span

if TYPE_CHECKING:
    from spacy.language import Language

    from verify.models.protocols import Tagger

TOKEN = re.compile(r"\w+|[^\w\s]")
TRIMMED = frozenset(" \t\r\n\u00a0\"'“”‘’„«»`,.:;-–—()[]…")
ROLES = ("source", "cue", "content")
LEAST_OVERLAP = 0.5

T = TypeVar("T")
Fragments = tuple[Span, ...]
Spans = Sequence[Sequence[int]]


class Marked(TypedDict):
    """An attribution as it stands in a file; `type` may be missing."""

    source: Spans
    cue: Spans
    content: Spans
    type: NotRequired[str]


class Row(TypedDict):
    """An annotated article as it stands in a file."""

    doc_id: str
    split: str
    date: str
    text: str
    attributions: Sequence[Marked]


@dataclass(frozen=True, slots=True)
class Unit:
    """An attribution as spans alone; `type` is direct, indirect or mixed where that is known."""

    source: Fragments
    cue: Fragments
    content: Fragments
    type: str = ""

    def role(self, name: str) -> Fragments:
        """The fragments of one of ROLES."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its attributions as people marked them."""

    id: str
    split: str
    text: str
    units: tuple[Unit, ...]


Scores = Mapping[str, Count]


def read_annotated(file: Path, split: str) -> tuple[Annotated, ...]:
    """The articles of one split of a file (as `json_lines`). Raises InputError."""
    return tuple(read_split(file, split, _annotated))


def read_split(file: Path, split: str, article_of: Callable[[Row], T]) -> list[T]:
    """What `article_of` makes of each row of one split of a file (as `json_lines`).

    Raises InputError, also where it raises ValueError, KeyError or TypeError.
    """
    try:
        articles = [article_of(row) for row in json_lines(file) if row["split"] == split]
    except (ValueError, KeyError, TypeError) as error:
        problem = f"holds no annotated articles ({error!r:.80})"
        remedy = "give JSON lines with text, split, date and attributions"
        raise InputError(str(file), problem, remedy) from error
    if not articles:
        raise InputError(str(file), f"has no article of the split {split!r}", "name one that it has")
    return articles


def json_lines(file: Path) -> list[Row]:
    """The rows of a file of one JSON object a line, gzipped if it ends in `.gz`. Raises InputError."""
    try:
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(
            str(file), f"can't be read ({error})", "give a file of one JSON object a line"
        ) from error


def _annotated(row: Row) -> Annotated:
    units = tuple(
        Unit(_spans(a["source"]), _spans(a["cue"]), _spans(a["content"]), str(a.get("type", "")))
        for a in row["attributions"]
    )
    return Annotated(row["doc_id"], row["split"], row["text"], units)


def _spans(rows: Sequence[Sequence[int]]) -> Fragments:
    return tuple(Span(start, end) for start, end in rows)


def evaluate(
    articles: Iterable[Annotated], find: Callable[[str], Sequence[Unit]], *, only: str | None = None
) -> Scores:
    """The counts of every measure, summed over `articles`, of what `find` finds in their texts.

    With `only` (a type), the wanted answers are those of that type, and precision has no meaning.
    """
    return total(score(article, find(article.text), only=only) for article in articles)


def total(scores: Iterable[Scores]) -> Scores:
    """The sums of the counts by measure."""
    sums: Scores = {}
    for one in scores:
        sums = added(sums, one, Count())
    return sums


def score(article: Annotated, found: Sequence[Unit], *, only: str | None = None) -> Scores:
    """The counts of every measure for one article, named as `content.exact` or `link.pair`."""
    text = article.text
    wanted = [_shrunk(text, unit) for unit in article.units if only is None or unit.type == only]
    given = [_shrunk(text, unit) for unit in found]
    tokens = [Span(*match.span()) for match in TOKEN.finditer(text)]
    counts: dict[str, Count] = {}
    for role in ROLES:
        g, w = [u.role(role) for u in given], [u.role(role) for u in wanted]
        g_fragments, w_fragments = {f for unit in g for f in unit}, {f for unit in w for f in unit}
        g_units, w_units = {unit for unit in g if unit}, {unit for unit in w if unit}
        counts[f"{role}.exact"] = in_common(g_fragments, w_fragments)
        matched = _matched([(f,) for f in sorted(w_fragments)], [(f,) for f in sorted(g_fragments)])
        counts[f"{role}.partial"] = Count(len(matched), len(g_fragments), len(w_fragments))
        counts[f"{role}.unit_exact"] = in_common(g_units, w_units)
        matched = _matched(sorted(w_units), sorted(g_units))
        counts[f"{role}.unit_partial"] = Count(len(matched), len(g_units), len(w_units))
        counts[f"{role}.token"] = in_common(_covered(tokens, g_fragments), _covered(tokens, w_fragments))
    return counts | _linked(wanted, given)


def links(article: Annotated, found: Sequence[Unit]) -> Scores:
    """The counts of the measures `link.*` alone, for one article."""
    text = article.text
    return _linked([_shrunk(text, unit) for unit in article.units], [_shrunk(text, unit) for unit in found])


def _linked(all_wanted: Sequence[Unit], all_given: Sequence[Unit]) -> dict[str, Count]:
    wanted, given = [u for u in all_wanted if u.content], [u for u in all_given if u.content]
    pair = triple = sourced = source_right = 0
    for i, j in _matched([u.content for u in wanted], [u.content for u in given]):
        source = _agree(wanted[i].source, given[j].source)
        pair += source
        triple += source and _agree(wanted[i].cue, given[j].cue)
        if wanted[i].source:
            sourced += 1
            source_right += source
    return {
        "link.pair": Count(pair, len(given), len(wanted)),
        "link.triple": Count(triple, len(given), len(wanted)),
        "link.source_given_content": Count(source_right, sourced, sourced),
    }


def _shrunk(text: str, unit: Unit) -> Unit:
    source, cue, content = (_trimmed(text, unit.role(role)) for role in ROLES)
    return Unit(source, cue, content, unit.type)


def _trimmed(text: str, fragments: Fragments) -> Fragments:
    kept = set()
    for start, end in fragments:
        first, last = max(0, start), min(len(text), end)
        while first < last and text[first] in TRIMMED:
            first += 1
        while last > first and text[last - 1] in TRIMMED:
            last -= 1
        if last > first:
            kept.add(Span(first, last))
    return tuple(sorted(kept))


def overlap(a: Fragments, b: Fragments) -> float:
    """The characters that two sets of fragments share, over those of either, in 0..1."""
    x, y = characters(a), characters(b)
    return len(x & y) / len(x | y) if x & y else 0.0


def _agree(a: Fragments, b: Fragments) -> bool:
    return overlap(a, b) >= LEAST_OVERLAP if a and b else not a and not b


def _matched(wanted: Sequence[Fragments], given: Sequence[Fragments]) -> list[tuple[int, int]]:
    """Pairs of places in `wanted` and `given` that overlap enough, one to one, the best first."""
    pairs = sorted(
        (-share, i, j)
        for i, w in enumerate(wanted)
        for j, g in enumerate(given)
        if g[0].start < w[-1].end and g[-1].end > w[0].start and (share := overlap(w, g)) >= LEAST_OVERLAP
    )
    used_w: set[int] = set()
    used_g: set[int] = set()
    result = []
    for _, i, j in pairs:
        if i not in used_w and j not in used_g:
            used_w.add(i)
            used_g.add(j)
            result.append((i, j))
    return result


def _covered(tokens: Sequence[Span], fragments: Iterable[Span]) -> set[int]:
    """The tokens at least half of whose characters some fragment holds."""
    held = characters(fragments)
    return {
        i
        for i, (start, end) in enumerate(tokens)
        if 2 * (inside := sum(c in held for c in range(start, end))) >= end - start and inside
    }


def to_text(scores: Scores) -> str:
    """A table of the measures, in per cent."""
    lines = [f"{'measure':<28}{'P':>7}{'R':>7}{'F1':>7}{'wanted':>8}"]
    lines += [
        f"{name:<28}{100 * c.precision:7.1f}{100 * c.recall:7.1f}{100 * c.f1:7.1f}{c.wanted:8d}"
        for name, c in scores.items()
    ]
    return "\n".join(lines) + "\n"


def find_with(nlp: Language, tagger: Tagger | None, *, rules: bool) -> Callable[[str], Sequence[Unit]]:
    """What `evaluate` needs to measure the tagger, the rules, or both together.

    `nlp` is the parser, `tagger` None for the rules alone.
    """
    from verify.attribution import extract, tagged
    from verify.language.parse import parse
    from verify.load import document_of

    def find(text: str) -> Sequence[Unit]:
        document = document_of(text.encode("utf-8", "surrogatepass"), path="article.txt", suffix=".txt")
        parsed = parse(document, nlp)
        ruled = extract.attribute(parsed) if rules or tagger is None else ()
        found = tagged.attribute(parsed, tagger) if tagger is not None else ()
        return tuple(_unit(a) for a in (tagged.combine(found, ruled, text) if tagger is not None else ruled))

    return find


def _unit(attribution: Attribution) -> Unit:
    source = (attribution.source,) if attribution.source else ()
    return Unit(source, (attribution.cue,) if attribution.cue else (), attribution.content)
