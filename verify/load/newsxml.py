"""News in XML, by its root: NITF 3, NewsML-G2 2, or XHTML.

https://iptc.org/std/NITF/3.6/ and https://iptc.org/std/NewsML-G2/2.35/
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verify.errors import InputError
from verify.load.html import read_html
from verify.load.markup import name_of, parse_html, parse_xml, pieces
from verify.load.story import Part, Story, iso_date, plain_parts, string, web_address, with_headline
from verify.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element


LAYOUT = frozenset({"byline", "dateline", "distributor"})


def read_news_xml(raw: bytes, path: str) -> Story:
    """The story in an XML file; raises InputError where it is no such XML, or holds no story or many."""
    root = parse_xml(raw, path)
    name = name_of(root)
    if name == "nitf":
        return read_nitf(root)
    if name == "html":
        return read_html(raw, path)
    if name in {"newsitem", "newsmessage"}:
        items = [root] if name == "newsitem" else list(_all(root, "newsitem"))
        if len(items) != 1:
            problem = f"holds {len(items)} news items" if items else "holds no news item"
            raise InputError(path, problem, "give files of one news item each")
        return _news_item(items[0], path)
    raise InputError(
        path, f"is XML with the root {name[:40]}", "give NITF (nitf), NewsML-G2 (newsItem) or XHTML (html)"
    )


def read_nitf(root: Element) -> Story:
    """The story in an `nitf` element."""
    body = _first(root, "body")
    above = _first(body, "body.head")
    below = [child for child in (body if body is not None else ()) if child is not above]
    parts = [*_above(above), *(piece.part(name_of(child)) for child in below for piece in pieces(child))]
    issued = (_attribute(root, name, "norm") for name in ("date.issue", "date.release", "story.date"))
    published = next((day for day in map(iso_date, issued) if day), None)
    return Story(
        parts=with_headline(parts, _words(_first(above, "hl1")) or _words(_first(root, "title")), "title"),
        published=published or iso_date(_attribute(root, "pubdata", "date.publication")),
        byline=_words(_first(above, "byline")),
        publisher=_attribute(root, "pubdata", "name"),
        url=web_address(_attribute(root, "pubdata", "ex-ref")),
    )


def _above(head: Element | None) -> Iterator[Part]:
    """What stands above the story; where and by whom it was filed is layout, like a dateline."""
    for child in head if head is not None else ():
        name = name_of(child)
        for piece in pieces(child):
            part = piece.part(f"body.head {name}" if piece.tag != name else "body.head")
            if name in LAYOUT:
                part = replace(part, role=Role.BYLINE)
            elif name == "abstract":
                part = replace(part, reason=part.reason or "summary")
            yield part


def _news_item(item: Element, path: str) -> Story:
    inline = [e for e in _children(item, "contentset") if name_of(e) in {"inlinexml", "inlinedata"}]
    if not inline:
        raise InputError(path, "is a news item without text (no inlineXML or inlineData)", "give a text item")
    about = _first(item, "contentmeta")
    story, *others = (_inline(element, path) for element in inline)
    parts = story.parts
    if all(part.role is not Role.HEADLINE for part in parts):
        headlines = sorted(_all(about, "headline"), key=lambda e: e.get("role") not in {None, "hldrole:main"})
        parts = with_headline(parts, _words(next(iter(headlines), None)), "contentMeta headline")
    # The further renditions of one text say nothing new; what they alone have is told of.
    seen = {part.text for part in parts}
    more = [
        replace(part, reason=part.reason or "further rendition")
        for other in others
        for part in other.parts
        if part.text not in seen
    ]
    summaries = [
        Part(words, "contentMeta description", reason="summary")
        for element in _all(about, "description")
        if (words := _words(element))
    ]
    authors = (_named(e) for e in _children(item, "contentmeta") if name_of(e) in {"creator", "contributor"})
    times = (_words(_first(about, "contentcreated")), _words(_first(item, "versioncreated")))
    provider = _first(item, "provider")
    return Story(
        parts=(*parts, *more, *summaries),
        published=story.published or next((day for day in map(iso_date, times) if day), None),
        byline=story.byline or _words(_first(about, "by")) or ", ".join(filter(None, authors)) or None,
        publisher=story.publisher or _named(provider) or _code(provider),
        url=story.url,
    )


def _inline(element: Element, path: str) -> Story:
    """The story in `inlineXML` (NITF or XHTML) or `inlineData` (text, or HTML written out)."""
    where = "inlineXML" if name_of(element) == "inlinexml" else "inlineData"
    child = next((e for e in element if name_of(e)), None)
    if child is not None and name_of(child) == "nitf":
        return read_nitf(child)
    if child is not None:
        return Story(tuple(piece.part(where) for piece in pieces(element)))
    text = element.text or ""
    root = parse_html(text, path) if "html" in (element.get("contenttype") or "") else None
    if root is not None:
        return Story(tuple(piece.part(where) for piece in pieces(root)))
    return Story(plain_parts(text, where))


def _all(root: Element | None, name: str) -> Iterator[Element]:
    return (element for element in (() if root is None else root.iter()) if name_of(element) == name)


def _first(root: Element | None, name: str) -> Element | None:
    return next(_all(root, name), None)


def _children(root: Element, name: str) -> list[Element]:
    """The elements in the first one of this name."""
    outer = _first(root, name)
    return [] if outer is None else list(outer)


def _words(element: Element | None) -> str | None:
    return None if element is None else string("".join(element.itertext()))


def _attribute(root: Element, name: str, attribute: str) -> str | None:
    return next((value for e in _all(root, name) if (value := e.get(attribute))), None)


def _named(element: Element | None) -> str | None:
    """A party's name."""
    return None if element is None else _words(_first(element, "name")) or element.get("literal")


def _code(element: Element | None) -> str | None:
    """What stands for a party without a name: `AFP` in `nprov:AFP`."""
    return None if element is None else (element.get("qcode") or "").rpartition(":")[2] or None
