"""Markdown: the blocks that are prose, by markdown-it's reading, and the markup inside them masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from verify.load.text import BYLINE, DATE_LINE
from verify.types import Block, Role, Span

INLINE = re.compile(
    r"""
      <!--.*?-->                                   # comments
    | </?[A-Za-z][^<>\n]{0,300}>                   # tags and autolinks
    | !\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)      # pictures
    | \[\^[^\[\]\s]{1,60}\]                        # references to footnotes
    | (?P<open>\[)(?=[^\[\]\n]{1,500}\]\([^()\n]{0,500}\))
    | (?P<target>\]\([^()\n]{0,500}\))
    | (?<![\w*])\*{1,3}(?=\S) | (?<=\S)\*{1,3}(?![\w*])
    | (?<![\w_])_{1,3}(?=\S) | (?<=\S)_{1,3}(?![\w_])
    | ~~ | `{1,3}
    | \\(?=[\\`*_{}\[\]()\#+\-.!>"'])
    """,
    re.VERBOSE | re.DOTALL,
)
PREFIX = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|\#{1,6}[ \t]+)+|[ \t]+")
SETEXT = re.compile(r"\n[ \t]*(?:=+|-+)[ \t]*$")
CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")


def markdown_blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The headings and paragraphs of Markdown from `start` on, list items and block quotes included."""
    from markdown_it import MarkdownIt

    body = text[start:]
    # markdown-it counts lines by \n alone, after turning \r\n and \r into it.
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", body)
    starts = [start, *accumulate((len(line) for line in lines), initial=start)][1:]
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    blocks: list[Block] = []
    for place, token in enumerate(tokens):
        if token.type != "inline" or token.map is None or not token.content.strip():
            continue
        opener = tokens[place - 1]
        if opener.type not in {"paragraph_open", "heading_open"}:
            continue
        first, last = token.map
        if last >= len(starts):
            last = len(starts) - 1
        block = _block(text, starts[first], starts[last], opener.tag, blocks)
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def _block(text: str, start: int, end: int, tag: str, before: list[Block]) -> Block | None:
    raw = text[start:end]
    if tag.startswith("h"):
        raw = CLOSING_HASHES.sub("", SETEXT.sub("", raw.rstrip()))
    prefix = PREFIX.match(raw)
    left = start + (prefix.end() if prefix else 0)
    right = start + len(raw.rstrip())
    if left >= right:
        return None
    masked = tuple(_masks(text, left, right))
    line = text[left:right]
    role = Role.PARAGRAPH
    if tag.startswith("h"):
        role = (
            Role.HEADLINE
            if not any(b.role in {Role.HEADLINE, Role.PARAGRAPH} for b in before)
            else Role.HEADING
        )
    elif (
        len(before) < 5
        and len(line) < 120
        and (BYLINE.fullmatch(line.strip("*_ ")) or DATE_LINE.match(line.strip("*_ ")))
    ):
        role = Role.BYLINE
    return Block(role, Span(left, right), masked)


def _masks(text: str, start: int, end: int) -> Iterator[Span]:
    """Inline markup, and the markers that open the further lines of quotes and lists; ordered, apart."""
    spans = [Span(m.start(), m.end()) for m in INLINE.finditer(text, start, end)]
    for line in re.finditer(r"(?<=\n)(?:[ \t]*>)+[ \t]?", text[start:end]):
        spans.append(Span(start + line.start(), start + line.end()))
    done = start
    for span in sorted(spans):
        if span.end > done:
            yield Span(max(span.start, done), span.end)
            done = span.end
