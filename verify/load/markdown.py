"""Markdown: the blocks that are prose, by markdown-it's reading, and the markup inside them masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Any

from verify.load.text import TOP, is_byline
from verify.types import Block, Role, Span, Unchecked

if TYPE_CHECKING:
    from markdown_it.token import Token

INLINE = re.compile(
    r"""
      </?[A-Za-z][^<>\n]{0,300}>                   # tags and autolinks
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
MARKER = re.compile(r"(?<=\n)(?:[ \t]*>)+[ \t]?")
"""What opens the further lines of a quote."""

SETEXT = re.compile(r"\n[ \t]*(?:=+|-+)[ \t]*$")
UNREAD = {"table_open": "table", "html_block": "HTML", "fence": "code block"}
"""What isn't read as prose, by the token that opens it."""

HEADING = re.compile(r" {0,3}#{1,6}[ \t]+\S|[^\n]+\n {0,3}={3,}[ \t]*(?:\n|\Z)")
"""What begins with a heading. A "#" without a blank behind it is a number or a hashtag."""

LONGEST_OPENING = 5_000
"""Characters from the top among which the first heading is looked for."""

TOO_DEEP = "quote or list nested too deep"


def is_markdown(text: str) -> bool:
    """Whether text that nothing names is Markdown: one of its first paragraphs begins with a heading."""
    opening = re.split(r"\n[ \t]*\n", re.sub(r"\r\n?", "\n", text[:LONGEST_OPENING]).lstrip("\n"))[:TOP]
    return any(HEADING.match(paragraph.lstrip("\n")) for paragraph in opening)


def markdown_blocks(text: str, start: int = 0) -> tuple[tuple[Block, ...], tuple[Unchecked, ...]]:
    """The headings and paragraphs of Markdown from `start` on, and what is neither of these and holds words.

    List items and block quotes are paragraphs, and so is what is indented: few writers mean it as code.
    """
    from markdown_it import MarkdownIt

    body = text[start:]
    # markdown-it counts lines by \n alone, after turning \r\n and \r into it.
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", body)
    starts = [start, *accumulate((len(line) for line in lines), initial=start)][1:]
    # The inline rules are left out: what they find is masked by INLINE, at places in the draft.
    reader = MarkdownIt("commonmark").enable("table").disable(["code", "inline"])
    found: dict[str, Any] = {}
    tokens = reader.parse(body, found)
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
    links = (*found.get("references", {}).values(), *found.get("duplicate_refs", ()))
    definitions = [link["map"] for link in links]
    return tuple(blocks), tuple(_unread(text, starts, tokens, definitions))


def _unread(
    text: str, starts: Sequence[int], tokens: Sequence[Token], definitions: Sequence[Sequence[int]]
) -> Iterator[Unchecked]:
    """The runs of lines that hold words and stand in no paragraph, heading or definition of a link."""
    reasons: list[str | None] = [TOO_DEEP] * (len(starts) - 1)
    for token in tokens:
        if token.map and (token.type in UNREAD or token.type in {"paragraph_open", "heading_open", "hr"}):
            first, last = token.map
            reasons[first:last] = [UNREAD.get(token.type)] * (min(last, len(reasons)) - first)
    for first, last in definitions:
        reasons[first:last] = [None] * (min(last, len(reasons)) - first)
    lines = ((reason, Span(*span)) for reason, span in zip(reasons, pairwise(starts), strict=True))
    for reason, run in groupby(lines, key=lambda line: line[0]):
        spans = [span for _, span in run]
        raw = text[spans[0].start : spans[-1].end]
        shown = Block(Role.PARAGRAPH, Span(0, len(raw)), tuple(_masks(raw, 0, len(raw)))).shown(raw)
        if reason and any(c.isalpha() for c in shown):
            left = spans[0].start + len(raw) - len(raw.lstrip())
            yield Unchecked(reason, Span(left, left + len(raw.strip())))


def _block(text: str, start: int, end: int, tag: str, before: list[Block]) -> Block | None:
    raw = text[start:end]
    if tag.startswith("h"):
        raw = SETEXT.sub("", raw.rstrip())
        if (bare := raw.rstrip("#")).endswith((" ", "\t")):
            raw = bare
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
    elif len(before) < TOP and is_byline(line.strip("*_ ")):
        role = Role.BYLINE
    return Block(role, Span(left, right), masked)


def _masks(text: str, start: int, end: int) -> Iterator[Span]:
    """Inline markup, comments, and the markers of further lines; ordered, apart."""
    markup = (Span(*m.span()) for m in INLINE.finditer(text, start, end))
    markers = (Span(start + m.start(), start + m.end()) for m in MARKER.finditer(text[start:end]))
    done = start
    for span in sorted([*_comments(text, start, end), *markup, *markers]):
        if span.end > done:
            yield Span(max(span.start, done), span.end)
            done = span.end


def _comments(text: str, start: int, end: int) -> Iterator[Span]:
    """HTML comments; by `find`, since a pattern would look for the end of each unclosed one anew."""
    while (start := text.find("<!--", start, end)) >= 0:
        close = text.find("-->", start + 4, end)
        if close < 0:
            return
        yield Span(start, close + 3)
        start = close + 3
