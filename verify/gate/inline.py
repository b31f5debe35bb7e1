"""Suppressions in the draft itself, as comments above a paragraph, in its lines, or around several.

    <!-- verify ignore VFY101#3f9a12c8: reason -->
    <!-- verify ignore-start VFY101, single-source until 2026-12-31: reason -->
    <!-- verify ignore-end -->

What follows `#` is the fingerprint of a finding, or the beginning of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from verify.gate.entries import SHORTEST, Refused, SuppressionEntry, codes, day_of, pin_of, rule_named
from verify.lines import LINE_BREAK, Lines
from verify.load.comments import Comment, comments
from verify.types import Document, Finding, Span

FORMS = ("ignore", "ignore-start", "ignore-end")
SAID = re.compile(
    r"(?P<form>[\w-]+)(?P<targets>(?:[\s,]+(?!until\b)[\w-]+(?:#\w*)?)*)"
    r"(?:\s+until\s+(?P<until>[^\s:]+))?\s*(?::(?P<reason>.*))?"
)
TARGET = re.compile(r"(?P<rule>[\w-]+)(?P<pin>#\w*)?")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a comment says: `targets` are names of rules, with a pin or ""."""

    form: str
    targets: tuple[tuple[str, str], ...]
    until: date | None
    reason: str

    @property
    def rules(self) -> set[str]:
        return {rule for rule, _ in self.targets}


def comment_on(finding: Finding) -> str:
    """The comment that lets a finding stand, but for the reason."""
    return f"<!-- verify ignore {finding.code}#{finding.fingerprint[:SHORTEST]}: reason -->"


def takes_comments(document: Document) -> bool:
    """Whether a draft's text is the file's own, as that of HTML, docx and PDF isn't."""
    return not any(block.place for block in document.blocks)


def inline_entries(document: Document) -> Iterator[SuppressionEntry | Refused]:
    """The suppressions in a draft's own text."""
    if not takes_comments(document):
        return
    beside = _Beside(document)
    lines = Lines(document.text)
    opened: list[tuple[Comment, _Said]] = []
    for comment in comments(document.text):
        try:
            said = _parse(comment.words)
        except ValueError as error:
            yield Refused(comment.span, str(error))
            continue
        if said.form == "ignore-start":
            opened.append((comment, said))
        elif said.form == "ignore":
            yield from _entries(document, lines, comment, said, beside.span(comment.span))
        elif not opened or (said.rules and said.rules != opened[-1][1].rules):
            yield Refused(comment.span, "it doesn't end what began last; ranges nest like brackets")
        else:
            start, begun = opened.pop()
            span = Span(start.span.end, comment.span.start)
            yield from _entries(document, lines, start, begun, span)
    for comment, _ in opened:
        yield Refused(comment.span, "nothing ends it; write <!-- verify ignore-end --> where it should end")


def _entries(
    document: Document, lines: Lines, comment: Comment, said: _Said, span: Span
) -> Iterator[SuppressionEntry]:
    for rule, pin in said.targets:
        yield SuppressionEntry(
            rule=rule,
            code=codes()[rule],
            reason=said.reason,
            place=f"{document.path}:{lines.place(comment.span.start).line}",
            said_at=comment.span,
            span=span,
            pin=pin,
            until=said.until,
        )


def _parse(words: str) -> _Said:
    """What a comment says; raises ValueError with what is wrong with it."""
    match = SAID.fullmatch(words)
    if match is None:
        raise ValueError("it can't be read; write `ignore RULE#FINGERPRINT until DATE: reason`")
    form, until, reason = match["form"], match["until"], (match["reason"] or "").strip()
    if form not in FORMS:
        raise ValueError(f"`{form}` is none of {', '.join(FORMS)}")
    found = TARGET.finditer(match["targets"])
    targets = tuple((rule_named(t["rule"]), pin_of(t["pin"][1:]) if t["pin"] else "") for t in found)
    if form != "ignore-end" and not targets:
        raise ValueError("it names no rule; write one in front of the colon")
    if form != "ignore-end" and not reason:
        raise ValueError("it gives no reason; write one after a colon")
    return _Said(form, targets, day_of(until) if until else None, reason)


class _Beside:
    """Finds what a comment is about: the blocks on its own lines, or else the next one."""

    def __init__(self, document: Document) -> None:
        text = document.text
        self._blocks = sorted(block.span for block in document.blocks)
        self._breaks = [0, *(m.end() for m in LINE_BREAK.finditer(text)), len(text)]

    def span(self, comment: Span) -> Span:
        """The passage; an empty one where nothing follows."""
        first = self._breaks[bisect_right(self._breaks, comment.start) - 1]
        last = self._breaks[min(bisect_left(self._breaks, comment.end), len(self._breaks) - 1)]
        k = bisect_left(self._blocks, Span(first, first))
        # The one before may reach into the line: paragraphs are hard-wrapped.
        start = k - 1 if k and self._blocks[k - 1].end > first else k
        end = bisect_left(self._blocks, Span(last, last))
        beside = self._blocks[start:end] or self._blocks[end : end + 1]
        return Span(beside[0].start, beside[-1].end) if beside else Span(comment.end, comment.end)
