"""HTML pages: what the story in them is, and what they say about it in schema.org's terms.

Trafilatura (Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15) decides which of a page's paragraphs
are the story. Their text and place are taken from the page itself.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from verify.errors import InputError
from verify.load.markup import Piece, decode_markup, parse_html, pieces
from verify.load.story import Part, Story, is_prose, iso_date, squeezed, string, web_address, with_headline
from verify.load.text import is_byline
from verify.types import Role

if TYPE_CHECKING:
    from datetime import date

    from lxml.etree import _Element as Element

OUTSIDE = "not taken for part of the story"
LONG = 40
"""Characters from which a paragraph inside a longer one of the story is no coincidence."""

DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='dc.date' or @name='DC.date.issued' or @name='parsely-pub-date']/@content",
    "//article//time/@datetime",
)
Object = dict[str, object]


def read_html(raw: bytes, path: str) -> Story:
    """The story in an HTML page. Raises InputError where it isn't text or holds no element."""
    text = decode_markup(raw, path)
    page = parse_html(text, path)
    if page is None:
        raise InputError(path, "holds no HTML", "give a page with the text of an article")
    article = next(_articles(page), {})
    found = list(pieces(page))
    inside = _story(found, page, text)
    parts = _parts(found, inside)
    headings = [index for index, piece in enumerate(found) if piece.tag == "h1" and not piece.reason]
    # The page's own before that in its metadata, which is often cut or a shorter one for search engines.
    shown = next((found[index].text for index in headings if index in inside), None)
    title = _first(page, "//meta[@property='og:title']/@content", "//head/title/text()") or ""
    headline = (
        shown
        or string(article.get("headline"))
        or (found[headings[0]].text if headings else title.split(" | ")[0])
    )
    address = article.get("url") or article.get("mainEntityOfPage")
    if isinstance(address, dict):
        address = address.get("@id")
    site = _first(page, "//meta[@property='og:site_name']/@content")
    return Story(
        parts=with_headline(parts, headline, "headline in the page's metadata"),
        published=iso_date(article.get("datePublished")) or _published(page),
        byline=_names(article.get("author")) or _first(page, "//meta[@name='author']/@content"),
        publisher=_names(article.get("publisher")) or site,
        url=web_address(address) or web_address(_first(page, "//link[@rel='canonical']/@href")),
    )


def _story(found: Sequence[Piece], page: Element, text: str) -> frozenset[int]:
    """Which of the pieces of a page are the story, by their index."""
    import trafilatura

    # Its log would go to standard error, and says nothing that an editor could use.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    prose = [index for index, piece in enumerate(found) if piece.reason is None]
    extracted = trafilatura.bare_extraction(
        text, include_comments=False, include_tables=False, with_metadata=False, deduplicate=False
    )
    sources = [] if extracted is None or isinstance(extracted, dict) else [_as_html(extracted.body)]
    # Of a page with hardly any text trafilatura makes nothing.
    sources += [element for name in ("article", "main", "body") for element in page.iter(name)]
    for source in sources:
        # Where trafilatura can't tell paragraphs it gives one of many lines.
        lines = (line for text in source.itertext() for line in str(text).splitlines())
        runs = frozenset(map(squeezed, (*(piece.text for piece in pieces(source)), *lines)))
        whole = "\n".join(runs)
        texts = {index: squeezed(found[index].text) for index in prose}
        inside = frozenset(i for i, t in texts.items() if t in runs or (len(t) >= LONG and t in whole))
        if inside:
            return inside
    return frozenset(prose)


def _as_html(body: Element) -> Element:
    """Trafilatura's own elements by their names in HTML."""
    names = {"head": "h2", "item": "li", "quote": "blockquote", "list": "ul", "lb": "br"}
    for element in body.iter():
        if element.tag in names:
            element.tag = names[element.tag]
    return body


def _parts(found: Sequence[Piece], inside: frozenset[int]) -> list[Part]:
    """The story, the byline above it, and whatever else in the page is prose and was left out."""
    first = min((i for i in inside if found[i].role is Role.PARAGRAPH), default=0)
    parts = []
    for index, piece in enumerate(found):
        place = f"{piece.tag}[{piece.number}], line {piece.line}"
        if index in inside:
            parts.append(Part(piece.text, place, piece.role))
        elif index < first and piece.reason is None and is_byline(piece.text):
            parts.append(Part(piece.text, place, Role.BYLINE))
        elif piece.reason is not None or is_prose(piece.text) or piece.tag == "h1":
            parts.append(Part(piece.text, place, piece.role, piece.reason or OUTSIDE))
    return parts


def _articles(page: Element) -> Iterator[Object]:
    """The articles that the page describes in JSON-LD."""
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                objects = list(_objects(json.loads(script.text or "")))
            except (ValueError, RecursionError):  # a page's metadata are often broken
                continue
            yield from filter(_is_article, objects)


def _objects(value: object) -> Iterator[Object]:
    """The objects of a JSON-LD script: alone, in a list, or in its graph."""
    if isinstance(value, list):
        for member in value:
            if isinstance(member, dict):
                yield from _objects(member)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))


def _is_article(found: Object) -> bool:
    types = found.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(("Article", "Posting"))
        for kind in (types if isinstance(types, list) else [types])
    )


def _names(value: object) -> str | None:
    """The names of persons or organisations, however they are written down."""
    members = value if isinstance(value, list) else [value]
    names = (string(member.get("name") if isinstance(member, dict) else member) for member in members)
    return ", ".join(name for name in names if name) or None


def _published(page: Element) -> date | None:
    days = (iso_date(value) for path in DATES for value in _values(page, path))
    return next((day for day in days if day), None)


def _first(page: Element, *paths: str) -> str | None:
    return next((text for path in paths for value in _values(page, path) if (text := string(value))), None)


def _values(page: Element, path: str) -> list[str]:
    found = page.xpath(path)
    return [str(value) for value in found] if isinstance(found, list) else []
