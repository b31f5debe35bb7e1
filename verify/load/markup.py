"""HTML and XML: parsed without entities, network or scripts, and walked for the pieces of text in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING

from verify.errors import InputError
from verify.load.decode import decode
from verify.load.story import Part, one_line
from verify.types import Role

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([\w.-]+)""", re.IGNORECASE)
NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{0,31};)")

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure
    footer h1 h2 h3 h4 h5 h6 header hl1 hl2 hr html li main ol p pre section summary table tbody td tfoot th
    thead tr ul block body.content body.end body.head bq byline bytag credit datasource dateline distributor
    fn hedline media media-caption media-producer note abstract tagline""".split()
)
"""Elements of HTML and NITF whose text stands on lines of its own."""

SKIPPED = frozenset(
    """script style template noscript svg math head nav button select iframe object embed canvas audio
    video textarea media-metadata media-reference""".split()
)
"""Elements that hold no prose."""

REASONS = {
    "table": "table",
    "figure": "caption",
    "caption": "caption",
    "media": "caption",
    "aside": "aside",
    "pre": "code block",
    "fn": "footnote",
    "note": "note to editors",
    "del": "struck-out text",
    "s": "struck-out text",
    "strike": "struck-out text",
}
"""What isn't read as prose of the story, by the element that holds it."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on lines of its own.

    `number` counts the elements with this `tag` from the root, from 1; `line` is the element's own in the
    file. `reason` says why it is no prose of a story.
    """

    text: str
    tag: str
    number: int
    line: int
    reason: str | None

    @property
    def role(self) -> Role:
        """HEADING or PARAGRAPH, by the element."""
        return Role.HEADING if self.tag in HEADINGS else Role.PARAGRAPH

    def part(self, within: str) -> Part:
        """It as a part of a story; `within` names what the element is counted in."""
        return Part(self.text, f"{within} {self.tag}[{self.number}]", self.role, self.reason)


def decode_markup(raw: bytes, path: str) -> str:
    """The characters of an HTML or XML file, which may say its encoding in its first bytes."""
    declared = DECLARED.search(raw[:2048])
    return decode(raw, path, declared=declared.group(1).decode("ascii", "replace") if declared else None)


def parse_html(text: str, path: str) -> Element | None:
    """The root element of HTML, mended as browsers do; None where there is none.

    Raises InputError where elements are nested so deep that the parser drops what is in them.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:  # of comments alone, say
        return None
    if parser.error_log.filter_from_fatals():
        raise InputError(path, "nests HTML too deep", "save the story alone, or as text")
    return root


def parse_xml(raw: bytes, path: str) -> Element:
    """The root element of an XML file; raises InputError where it isn't well-formed or declares entities.

    A document type may be named, and isn't fetched.
    """
    from lxml import etree

    text = decode_markup(raw, path)
    if "<!ENTITY" in text:
        raise InputError(path, "declares XML entities, which aren't trusted", "write their text out")
    text = NAMED.sub(lambda m: escape(html5[m[1]]) if m[1] in html5 else m[0], text).lstrip()
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        problem = " ".join(error.msg.split())[:120]
        raise InputError(path, f"isn't well-formed XML ({problem})", "export it anew") from error
    unknown = next(root.iter(etree.Entity), None)
    if unknown is not None:
        raise InputError(path, f"uses the unknown entity {unknown.text}", "write its text out")
    return root


def name_of(element: Element) -> str:
    """An element's name in lower case, without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def pieces(root: Element) -> Iterator[Piece]:
    """The pieces of text under `root`, in order."""
    from lxml import etree

    walk = _Walk()
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        name = name_of(element)
        if event == "start":
            if name in SKIPPED:
                events.skip_subtree()
                continue
            yield from walk.open(name, element)
        elif event == "end" and name not in SKIPPED:
            yield from walk.close(name)
        if event != "start" and element is not root:
            walk.buffers[-1].append(element.tail or "")
    yield from walk.flush()


@dataclass(slots=True)
class _Open:
    name: str
    number: int
    line: int
    reason: str | None
    apart: bool
    """Whether its text is kept apart from that around it, though it stands in the same line."""


@dataclass(slots=True)
class _Walk:
    """Where the walk is: the open elements, and the text since the last break."""

    stack: list[_Open] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    buffers: list[list[str]] = field(default_factory=lambda: [[]])

    def open(self, name: str, element: Element) -> Iterator[Piece]:
        block = name in BLOCKS
        if block:
            yield from self.flush()
        self.counts[name] += 1
        outer = self.stack[-1].reason if self.stack else None
        hidden = element.get("hidden") is not None or HIDDEN.search(element.get("style") or "")
        reason = outer or ("hidden text" if hidden else REASONS.get(name))
        apart = not block and reason is not None and outer is None
        if apart:
            self.buffers.append([])
        self.stack.append(_Open(name, self.counts[name], element.sourceline or 0, reason, apart))
        if name == "br":
            self.buffers[-1].append("\v")
        self.buffers[-1].append(element.text or "")

    def close(self, name: str) -> Iterator[Piece]:
        last = self.stack[-1]
        if name in BLOCKS or last.apart:
            yield from self.flush()
        if last.apart:
            self.buffers.pop()
        self.stack.pop()

    def flush(self) -> Iterator[Piece]:
        """What stands in the innermost block since the last break; two line breaks in a row part it too."""
        text = "".join(self.buffers[-1])
        self.buffers[-1].clear()
        inside = next((o for o in reversed(self.stack) if o.name in BLOCKS or o.apart), None)
        for run in re.split(r"\v\s*\v", text):
            shown = one_line(run)
            if any(c.isalnum() for c in shown):
                tag, number, line = (inside.name, inside.number, inside.line) if inside else ("text", 1, 0)
                yield Piece(shown, tag, number, line, self.stack[-1].reason if self.stack else None)
