"""Markdown for the description of a pull request or a comment on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from verify.lines import Lines
from verify.printable import printable
from verify.report.archive import origin
from verify.report.display import Display
from verify.report.own_words import own_words
from verify.report.passages import grouped
from verify.report.summary import (
    aside,
    counts,
    left_out,
    looked_at,
    party_shown,
    some_of,
    spelled,
    standing,
    where,
    who,
    why_aside,
)
from verify.report.text import plural, window
from verify.types import Checked, Claim, Finding, Issue, Level, Run, Span

LONGEST = 60_000
"""Characters of a report, but for line breaks and remarks; GitHub's comments hold 65,536."""

LONGEST_OVERVIEW = LONGEST // 2
"""Characters of the table of documents at its head."""

LONGEST_PASSAGE = 240
"""Code points of a quoted passage; a longer one is cut."""

MARKS = {Level.ERROR: "🔴 error", Level.WARNING: "🟠 warning", Level.INFO: "🔵 info"}

SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
"""Punctuation that Markdown gives a meaning to in the midst of a line."""

LINKING = re.compile(r"(@|#|:(?=//)|\bwww(?=\.))", re.IGNORECASE)
"""What GitHub makes mentions, references and links of, a backslash before it or not."""


def render(run: Run, display: Display) -> str:
    """Return an overview of the documents, then what was found in each; what there is no room for is counted.

    Documents with findings are given room before others, and short parts before long ones, so that one long
    document can't crowd out the rest.
    """
    overview = _overview(run.documents)
    silent = [not standing(checked.findings) for checked in run.documents]
    room = LONGEST - len(overview)
    wholes = [_sections(checked) for checked in run.documents]
    parts: dict[int, str] = {}
    for number in sorted(range(len(wholes)), key=lambda n: (silent[n], sum(map(len, wholes[n])))):
        part = _fitted(wholes[number], room)
        if part:
            parts[number] = part
            room -= len(part)
    missing = len(wholes) - len(parts)
    remark = [f"No room here for the details of {plural(missing, 'document')}.\n"] if missing else []
    return "\n".join([overview, *(parts[number] for number in sorted(parts)), *remark])


def _fitted(sections: Sequence[str], room: int) -> str:
    """A document's sections in about `room` characters: the first, the last, and as many others as fit.

    Empty where none of these does.
    """
    head, *middle, last = sections
    room -= len(head) + len(last)
    kept: list[str] = []
    for section in middle:
        room -= len(section)
        if room < 0:
            break
        kept.append(section)
    if room < 0 and not kept:
        return ""
    left = len(middle) - len(kept)
    remark = [f"No room here for {plural(left, 'more part')} of what was found."] if left else []
    return "\n\n".join([head, *kept, *remark, last]) + "\n"


def _overview(documents: Sequence[Checked]) -> str:
    """A row for each document; if not all fit, for those with findings before others."""
    rows = [_row(checked) for checked in documents]
    listed: list[int] = []
    room = LONGEST_OVERVIEW
    for number in sorted(range(len(rows)), key=lambda number: not standing(documents[number].findings)):
        room -= len(rows[number])
        if room < 0:
            break
        listed.append(number)
    left = [documents[number] for number in set(range(len(rows))).difference(listed)]
    found = sum(bool(standing(checked.findings)) for checked in left)
    remark = f"\nNo room here for {plural(len(left), 'more document')}, {found} of them with findings.\n"
    return (
        "## verify\n\n"
        "| Document | Findings | Disputed questions | Set aside | Parts not checked |\n"
        f"|---|---|--:|--:|--:|\n{''.join(rows[number] for number in sorted(listed))}{remark if left else ''}"
    )


def _row(checked: Checked) -> str:
    return (
        f"| {_plain(checked.document.path)} | {_verdict(checked)} | {len(checked.issues)} "
        f"| {len(aside(checked.findings))} | {sum(map(len, left_out(checked).values()))} |\n"
    )


def _verdict(checked: Checked) -> str:
    if checked.nothing_checked:
        return "⚪ **nothing could be checked**"
    found = standing(checked.findings)
    return f"{MARKS[found[0].level].split()[0]} {counts(found)}" if found else "none"


def _sections(checked: Checked) -> list[str]:
    """What is told of a document, the gravest findings first; its name before all and its coverage last."""
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
    return parts


def _finding(checked: Checked, finding: Finding, lines: Lines) -> str:
    head = f"{MARKS[finding.level]} **{finding.code}** {finding.rule}: {_plain(finding.message)}"
    quotes = "\n".join(
        f"> {_plain(lines.shown(spans[0].start))} {_quoted(checked.document.text, outer, spans[0])}  "
        for outer, spans in grouped(checked, finding.spans)
    )
    return f"{head}\n\n{quotes}"


def _issue(checked: Checked, issue: Issue, lines: Lines) -> str:
    claims = {claim.id: claim for claim in checked.claims}
    rows = "".join(
        f"| {_plain(party_shown(position.party))} | {_plain(who(claims[id_]))} "
        f"| {_plain(position.answer)} | {claims[id_].stance} "
        f"| {_claimed(checked.document.text, claims[id_])} "
        f"| {lines.shown(claims[id_].span.start)} |\n"
        for position in issue.positions
        for id_ in position.claims
    )
    table = f"| Party | Who | Answer | Stance | Words | Place |\n|---|---|---|---|---|---|\n{rows}"
    return _folded(f"Disputed: {issue.question}", table)


def _evidence(checked: Checked, lines: Lines) -> Iterator[str]:
    claims = {claim.id: claim for claim in checked.claims}
    for evidence in checked.evidence:
        claim = claims[evidence.claim]
        place, relation = lines.shown(claim.span.start), spelled(evidence.relation)
        yield (
            f"- {_plain(place)} **{relation}**: {_plain(evidence.reason)} "
            f"“{_plain(evidence.passage.text)}” ({_plain(origin(evidence.passage))})"
        )


def _coverage(checked: Checked, lines: Lines) -> str:
    told = [f"Checked: {_plain(looked_at(checked))}."]
    if checked.nothing_checked:
        told.insert(0, "**Nothing in this document could be checked.**")
    unchecked = left_out(checked)
    for reason, parts in unchecked.items():
        places, more = some_of([_plain(where(part, lines)) for part in parts])
        told.append(f"Not checked: {_plain(reason)} ({', '.join(places)}{more}).")
    if not unchecked:
        told.append("No part of the prose was left out.")
    return "  \n".join(told)


def _folded(summary: str, body: str) -> str:
    # On the line of an HTML tag Markdown isn't read.
    shown = _unlinked(escape(printable(summary), quote=False))
    return f"<details><summary>{shown}</summary>\n\n{body}\n\n</details>"


def _claimed(text: str, claim: Claim) -> str:
    words = own_words(text, claim)
    shown = window(words, Span(0, len(words)), Span(0, 0), LONGEST_PASSAGE)
    return f"{_plain(words[: shown.end])}{'…' if shown.end < len(words) else ''}"


def _quoted(text: str, outer: Span, inner: Span) -> str:
    shown = window(text, outer, inner, LONGEST_PASSAGE)
    before, after = "…" * (shown.start > outer.start), "…" * (shown.end < outer.end)
    return f"“{before}{_plain(text[shown.start : shown.end])}{after}”"


def _plain(text: str) -> str:
    """`text` as Markdown that shows its very characters, and links and mentions nobody."""
    return _unlinked(SPECIAL.sub(r"\\\1", escape(printable(text), quote=False)))


def _unlinked(text: str) -> str:
    """`text`, already escaped, with nothing in it that GitHub would make a link or a mention of."""
    return LINKING.sub(r"\1<!-- -->", text)
