"""Markdown for the description of a pull request or a comment on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from verify.report.display import Display
from verify.report.lines import Lines
from verify.report.summary import (
    aside,
    counts,
    left_out,
    looked_at,
    nothing_checked,
    standing,
    where,
    why_aside,
)
from verify.report.text import plural, printable, window
from verify.types import OUTLET, Checked, Claim, Evidence, Finding, Issue, Level, Run, Span

LONGEST = 60_000
"""Characters of a report; GitHub's comments hold 65,536."""

LONGEST_PASSAGE = 240
"""Code points of a quoted passage; a longer one is cut."""

MARKS = {Level.ERROR: "🔴 error", Level.WARNING: "🟠 warning", Level.INFO: "🔵 info"}

SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
"""Punctuation that Markdown gives a meaning to in the midst of a line."""

LINKING = re.compile(r"(@|#|:(?=//)|\bwww(?=\.))", re.IGNORECASE)
"""What GitHub makes mentions, references and links of, a backslash before it or not."""


def render(run: Run, display: Display) -> str:
    """Return an overview of the documents, then what was found in each.

    A document whose part would make the report longer than a comment may be is named at the end instead.
    """
    parts = [_overview(run.documents)]
    room = LONGEST - len(parts[0])
    dropped = []
    for checked in run.documents:
        part = _document(checked)
        if len(part) > room:
            dropped.append(checked)
            continue
        room -= len(part)
        parts.append(part)
    if dropped:
        names = ", ".join(_plain(c.document.path) for c in dropped[:20])
        more = f" and {len(dropped) - 20} more" if len(dropped) > 20 else ""
        parts.append(f"No room here for the details of {plural(len(dropped), 'document')}: {names}{more}.\n")
    return "\n".join(parts)


def _overview(documents: Iterable[Checked]) -> str:
    rows = "".join(
        f"| {_plain(c.document.path)} | {_verdict(c)} | {len(c.issues)} | {len(aside(c.findings))} "
        f"| {sum(map(len, left_out(c).values()))} |\n"
        for c in documents
    )
    return (
        "## verify\n\n"
        "| Document | Findings | Disputed questions | Set aside | Parts not checked |\n"
        f"|---|---|--:|--:|--:|\n{rows}"
    )


def _verdict(checked: Checked) -> str:
    if nothing_checked(checked):
        return "⚪ **nothing could be checked**"
    found = standing(checked.findings)
    return f"{MARKS[found[0].level].split()[0]} {counts(found)}" if found else "none"


def _document(checked: Checked) -> str:
    lines = Lines.of(checked.document)
    title = checked.document.title
    heading = f"### {_plain(checked.document.path)}" + (f": {_plain(title)}" if title else "")
    parts = [heading]
    parts += [_finding(checked, finding, lines) for finding in standing(checked.findings)]
    parts += [_issue(checked, issue, lines) for issue in checked.issues]
    if checked.evidence:
        parts.append(_folded("From the archive", "\n".join(_evidence(checked, lines))))
    if stood := aside(checked.findings):
        items = [
            f"- {_plain(lines.shown(f.spans[0].start))} {f.code} {_plain(f.message)} ({_plain(why_aside(f))})"
            for f in stood
        ]
        parts.append(_folded(f"Set aside ({len(stood)})", "\n".join(items)))
    parts.append(_coverage(checked, lines))
    return "\n\n".join(parts) + "\n"


def _finding(checked: Checked, finding: Finding, lines: Lines) -> str:
    head = f"{MARKS[finding.level]} **{finding.code}** {finding.rule}: {_plain(finding.message)}"
    quotes = "\n".join(
        f"> {_plain(lines.shown(span.start))} {_quoted(checked.document.text, span)}  "
        for span in finding.spans
    )
    return f"{head}\n\n{quotes}"


def _issue(checked: Checked, issue: Issue, lines: Lines) -> str:
    claims = {claim.id: claim for claim in checked.claims}
    rows = "".join(
        f"| {_plain('the outlet' if position.party == OUTLET else position.party)} | {_who(claims[id_])} "
        f"| {_plain(position.answer)} | {claims[id_].stance} "
        f"| {_quoted(checked.document.text, claims[id_].span)} "
        f"| {lines.shown(claims[id_].span.start)} |\n"
        for position in issue.positions
        for id_ in position.claims
    )
    table = f"| Party | Who | Answer | Stance | Words | Place |\n|---|---|---|---|---|---|\n{rows}"
    return _folded(f"Disputed: {issue.question}", table)


def _who(claim: Claim) -> str:
    return _plain(claim.source.name) if claim.source else "own voice"


def _evidence(checked: Checked, lines: Lines) -> Iterator[str]:
    claims = {claim.id: claim for claim in checked.claims}
    for evidence in checked.evidence:
        claim = claims[evidence.claim]
        relation = evidence.relation.replace("_", " ")
        yield (
            f"- {_plain(lines.shown(claim.span.start))} **{relation}**: {_plain(evidence.reason)} "
            f"“{_plain(evidence.passage.text)}” ({_plain(_origin(evidence))})"
        )


def _origin(evidence: Evidence) -> str:
    passage = evidence.passage
    day = passage.published.isoformat() if passage.published else None
    return ", ".join(part for part in (passage.publisher, passage.title, day, passage.document) if part)


def _coverage(checked: Checked, lines: Lines) -> str:
    told = [f"Checked: {_plain(looked_at(checked))}."]
    if nothing_checked(checked):
        told.insert(0, "**Nothing in this document could be checked.**")
    unchecked = left_out(checked)
    for reason, parts in unchecked.items():
        places = ", ".join(_plain(where(part, lines)) for part in parts[:8])
        more = f" and {len(parts) - 8} more" if len(parts) > 8 else ""
        told.append(f"Not checked: {_plain(reason)} ({places}{more}).")
    if not unchecked:
        told.append("No part of the prose was left out.")
    return "  \n".join(told)


def _folded(summary: str, body: str) -> str:
    # On the line of an HTML tag Markdown isn't read.
    shown = _unlinked(escape(printable(summary), quote=False))
    return f"<details><summary>{shown}</summary>\n\n{body}\n\n</details>"


def _quoted(text: str, span: Span) -> str:
    shown = window(text, span, span, LONGEST_PASSAGE)
    return f"“{_plain(text[shown.start : shown.end])}{'…' if shown.end < span.end else ''}”"


def _plain(text: str) -> str:
    """`text` as Markdown that shows its very characters, and links and mentions nobody."""
    return _unlinked(SPECIAL.sub(r"\\\1", escape(printable(text), quote=False)))


def _unlinked(text: str) -> str:
    """`text`, already escaped, with nothing in it that GitHub would make a link or a mention of."""
    return LINKING.sub(r"\1<!-- -->", text)
