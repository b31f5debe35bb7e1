"""YAML front matter: what a newsroom's system knows about a draft, above its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from verify.errors import InputError

FENCE = re.compile(r"---[ \t]*\r?\n")
END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields that are used; None where a draft hasn't got them."""

    title: str | None = None
    published: date | None = None
    byline: str | None = None


def read_front_matter(text: str, path: str) -> tuple[FrontMatter, int]:
    """The front matter of `text` and the place where the story begins; raises InputError where it isn't YAML.

    A first line of dashes that nothing closes, or that holds no fields, is part of the story.
    """
    opening = FENCE.match(text)
    closing = END.search(text, opening.end(), opening.end() + LONGEST) if opening else None
    if opening is None or closing is None:
        return FrontMatter(), 0
    source = text[opening.end() : closing.start()]
    fields = _parse(source, path)
    if fields is None:
        return FrontMatter(), 0
    byline = fields.get("byline") or fields.get("author")
    return (
        FrontMatter(
            title=_text(fields.get("title")),
            published=_date(fields.get("published") or fields.get("date"), path),
            byline=", ".join(map(str, byline)) if isinstance(byline, list) else _text(byline),
        ),
        closing.end(),
    )


def _parse(source: str, path: str) -> dict[str, object] | None:
    import yaml

    try:
        if any(isinstance(t, yaml.AliasToken | yaml.AnchorToken) for t in yaml.scan(source)):
            raise InputError(path, "its front matter holds YAML anchors", "write the values out")
        fields = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())[:120]
        raise InputError(path, f"its front matter isn't YAML ({problem})", "mend or remove it") from error
    return {str(k): v for k, v in fields.items()} if isinstance(fields, dict) else None


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str | int | float) and str(value).strip() else None


def _date(value: object, path: str) -> date | None:
    if value is None or isinstance(value, datetime):
        return value.date() if value else None
    if isinstance(value, date):
        return value
    from dateutil import parser

    try:
        return parser.parse(str(value)[:64]).date()
    except (parser.ParserError, OverflowError) as error:
        raise InputError(path, f"`published` is {value!r}, no date", "write it as 2024-03-24") from error
