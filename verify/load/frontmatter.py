"""YAML front matter: what a newsroom's system knows about a draft, above its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from verify.errors import InputError
from verify.load.story import web_address
from verify.load.text import plausible
from verify.types import Block, Role, Span, Unchecked

FENCE = re.compile(r"---[ \t]*\r?\n")
END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
LONGEST = 20_000
DEFAULTS = (datetime(1904, 1, 1), datetime(2000, 12, 31))
"""Dates that lend a partial one what it lacks: unless both give the same, it isn't a full date."""

NULLS = ("", "~", "null", "Null", "NULL")
"""What stands for no value in YAML."""

ESCAPES = {"'": re.compile(r"'(?=')"), '"': re.compile(r'\\(?=["\\/])')}
"""The characters of a quoted YAML string that aren't its own, by the mark that quotes it."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields that are used; None where a draft hasn't got them."""

    title: str | None = None
    published: date | None = None
    byline: str | None = None
    headline: Block | None = None
    """The title's own characters in the draft."""

    own_id: str | None = None
    publisher: str | None = None
    url: str | None = None
    speaker: str | None = None
    unread: tuple[Unchecked, ...] = ()
    """Fields that nothing closes, and that therefore tell nothing."""


TITLES = ("title", "headline")
"""The fields that hold a story's headline, the likelier first."""

DAYS = ("published", "date")
"""The fields that hold its day, likewise."""

FIELDS = re.compile(r"(?:(?:[A-Za-z_][\w-]*:(?:[ \t].*)?|-?[ \t]+\S.*)(?:\r?\n|\Z))+")
"""Lines that look like YAML, one below the other."""

USED = re.compile(r"^(?:title|headline|published|date|byline|author|id|publisher|url|speaker):", re.MULTILINE)
"""A field that is used; prose may begin with "Update: " below a line of dashes."""

UNCLOSED = "front matter without an end: close it with a line of ---"


def read_front_matter(text: str, path: str) -> tuple[FrontMatter, int]:
    """The front matter of `text` and the place where the story begins; raises InputError where it isn't YAML.

    A first line of dashes that nothing closes, or that holds no fields, is part of the story; known fields
    that nothing closes are left out, which is told.
    """
    opening = FENCE.match(text)
    closing = END.search(text, opening.end(), opening.end() + LONGEST) if opening else None
    if opening is None:
        return FrontMatter(), 0
    if closing is None:
        return _unclosed(text, opening.end())
    source = text[opening.end() : closing.start()]
    fields = _parse(source, path)
    if fields is None:
        return FrontMatter(), 0
    field = next((key for key in TITLES if fields.get(key)), TITLES[0])
    title = _text(fields.get(field))
    byline = fields.get("byline") or fields.get("author")
    return (
        FrontMatter(
            title=title,
            published=_date(fields, path),
            byline=", ".join(map(str, byline)) if isinstance(byline, list) else _text(byline),
            headline=_headline(text, source, opening.end(), field) if title else None,
            own_id=_text(fields.get("id")),
            publisher=_text(fields.get("publisher")),
            url=web_address(fields.get("url")),
            speaker=_text(fields.get("speaker")),
        ),
        closing.end(),
    )


def _unclosed(text: str, start: int) -> tuple[FrontMatter, int]:
    """Front matter of which no end is found, and the place behind its fields; nothing where it has none."""
    fields = FIELDS.match(text, start, start + LONGEST)
    if fields is None or not USED.search(fields.group()):
        return FrontMatter(), 0
    span = Span(start, start + len(fields.group().rstrip()))
    return FrontMatter(unread=(Unchecked(UNCLOSED, span),)), fields.end()


def _parse(source: str, path: str) -> dict[str, object] | None:
    import yaml

    try:
        if any(isinstance(t, yaml.AliasToken | yaml.AnchorToken) for t in yaml.scan(source)):
            raise InputError(path, "its front matter holds YAML anchors", "write the values out")
        # All scalars as they are written: a title may be "Yes" or "12:30", and no truth or number.
        fields = yaml.load(source, yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        problem = " ".join(str(error).split())[:120]
        raise InputError(path, f"its front matter isn't YAML ({problem})", "mend or remove it") from error
    if not isinstance(fields, dict):
        return None
    return {str(key): value for key, value in fields.items() if value not in NULLS}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _date(fields: Mapping[str, object], path: str) -> date | None:
    field = next((key for key in DAYS if fields.get(key)), None)
    if field is None:
        return None
    value = str(fields[field])
    from dateutil import parser

    found = set()
    with suppress(ValueError, OverflowError):
        found = {parser.parse(value[:64], default=default).date() for default in DEFAULTS}
    day = plausible(found.pop()) if len(found) == 1 else None
    if day is None:
        raise InputError(path, f"`{field}` is {value!r}, no full date", "write it as 2024-03-24")
    return day


def _headline(text: str, source: str, start: int, field: str) -> Block | None:
    """The `field` of the front matter `source`, which begins at `start`, without quotation marks and escapes.

    None where it isn't in the text as it reads, but spelled with codes.
    """
    import yaml

    root = yaml.compose(source)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    node = next((value for key, value in pairs if key.value == field), None)
    if not isinstance(node, yaml.ScalarNode):
        return None
    left, right = start + node.start_mark.index, start + node.end_mark.index
    if node.style in ESCAPES:
        left, right = left + 1, right - 1
    elif node.style in {"|", ">"}:
        left = text.index("\n", left)
    left += len(text[left:right]) - len(text[left:right].lstrip())
    right = left + len(text[left:right].rstrip())
    masked = tuple(Span(*m.span()) for m in _escapes(node.style, text, left, right))
    block = Block(Role.HEADLINE, Span(left, right), masked)
    return block if left < right and block.shown(text).split() == node.value.split() else None


def _escapes(style: str | None, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return ESCAPES[style].finditer(text, start, end) if style in ESCAPES else iter(())
