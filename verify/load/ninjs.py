"""ninjs 1 to 3, the IPTC's news in JSON: https://iptc.org/std/ninjs/"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from verify.errors import InputError
from verify.load.decode import decode
from verify.load.markup import parse_html, pieces
from verify.load.story import (
    Part,
    Story,
    is_prose,
    iso_date,
    plain_parts,
    squeezed,
    string,
    web_address,
    with_headline,
)

Object = Mapping[str, object]

BODIES = ("body_xhtml", "body_html", "bodyXhtml", "bodyHtml", "body_text", "bodyText")
"""Members that hold a body in ninjs 1 and 2, those with paragraphs marked first."""

DATES = (
    *("versioncreated", "versionCreated", "contentcreated", "contentCreated"),
    *("firstcreated", "firstCreated"),
)
SUMMARIES = ("description_text", "description_xhtml", "description_html", "descriptions", "summary")


def read_ninjs(raw: bytes, path: str) -> Story:
    """The story in a ninjs item. Raises InputError where it isn't JSON, or has no body."""
    try:
        item = json.loads(decode(raw, path))
    except (ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())[:120]
        raise InputError(path, f"isn't JSON ({problem})", "export it anew") from error
    bodies = list(_bodies(item)) if isinstance(item, dict) else []
    if not bodies:
        raise InputError(path, "is JSON without a ninjs body", "give ninjs with `bodies` or `body_text`")
    (place, main), *others = bodies
    parts = list(_paragraphs(main, place, path))
    seen = squeezed("".join(part.text for part in parts))
    for place, other in others:
        # The same text in another format is no further prose.
        parts += (
            Part(part.text, part.place, part.role, part.reason or "further body")
            for part in _paragraphs(other, place, path)
            if squeezed(part.text) not in seen
        )
    headlines = list(_texts(item, ("headline", "headlines", "title")))
    headline = headlines[0] if headlines else ("", None)
    parts = list(with_headline(parts, headline[1], headline[0]))
    told = {squeezed(part.text) for part in parts}
    for reason, found in (
        ("further headline", headlines[1:]),
        ("summary", list(_texts(item, SUMMARIES))),
        ("caption", list(_captions(item))),
    ):
        for place, text in found:
            if squeezed(text) not in told and is_prose(text):
                parts.append(Part(text, place, reason=reason))
    return Story(
        parts=tuple(parts),
        published=next((day for name in DATES if (day := iso_date(item.get(name)))), None),
        byline=string(item.get("byline")) or string(item.get("by")),
        publisher=_publisher(item),
        url=web_address(item.get("url")) or web_address(item.get("uri")),
    )


def _bodies(item: Object) -> Iterator[tuple[str, Object]]:
    """The bodies with their JSON pointers, the main one in its richest form first."""
    listed = [
        (f"/bodies/{index}", body)
        for index, body in enumerate(_objects(item.get("bodies")))
        if string(body.get("value"))
    ]
    listed.sort(key=lambda pair: (_role(pair[1]) not in {"main", "body", ""}, "html" not in _type(pair[1])))
    yield from ((f"{place}/value", body) for place, body in listed)
    for name in BODIES:
        if string(item.get(name)):
            kind = "text/plain" if "text" in name.lower() else "text/html"
            yield f"/{name}", {"value": item[name], "contentType": kind}


def _paragraphs(body: Object, place: str, path: str) -> tuple[Part, ...]:
    text = str(body["value"])
    root = parse_html(text, path) if "html" in _type(body) or "xml" in _type(body) else None
    if root is None:
        return plain_parts(text, place)
    return tuple(piece.part(place) for piece in pieces(root))


def _texts(item: Object, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Texts by their JSON pointers, each a string or, in ninjs 2 and 3, a list of objects with a value."""
    for name in names:
        if text := string(item.get(name)):
            yield f"/{name}", text
        entries = list(enumerate(_objects(item.get(name))))
        entries.sort(key=lambda pair: _role(pair[1]) not in {"main", "headline", ""})
        for index, entry in entries:
            if text := string(entry.get("value")):
                yield f"/{name}/{index}/value", text


def _captions(item: Object) -> Iterator[tuple[str, str]]:
    """What is said of the pictures and stories that go with this one."""
    associations = item.get("associations")
    pairs = (
        list(associations.items())
        if isinstance(associations, dict)
        else list(enumerate(_objects(associations)))
    )
    for key, other in pairs:
        if isinstance(other, dict):
            for place, text in _texts(other, ("description_text", "descriptions", "body_text")):
                pointer = str(key).replace("~", "~0").replace("/", "~1")
                yield f"/associations/{pointer}{place}", text


def _publisher(item: Object) -> str | None:
    sources = [*_objects(item.get("infosource")), *_objects(item.get("infoSources"))]
    named = (string(source.get("name")) for source in sources)
    return next((name for name in named if name), None) or string(item.get("copyrightholder"))


def _objects(value: object) -> list[Object]:
    """The objects in a list; what else is in it keeps its place as an empty one."""
    return [v if isinstance(v, dict) else {} for v in value] if isinstance(value, list) else []


def _role(entry: Object) -> str:
    return str(entry.get("role") or "").rpartition(":")[2].lower()


def _type(entry: Object) -> str:
    return str(entry.get("contentType") or entry.get("contenttype") or "").lower()
