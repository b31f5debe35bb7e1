"""Sets aside the findings that an editor let stand, and says which suppressions no longer do so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from verify.gate.entries import SHORTEST, Refused, SuppressionEntry
from verify.gate.inline import inline_entries
from verify.gate.sidecar import sidecar_entries
from verify.rules.base import Hit, Levels
from verify.rules.notices import INVALID, NAMES, UNPINNED, UNUSED, Notice
from verify.rules.run import Unnumbered, numbered
from verify.types import Checked, Document, Finding, Span, Suppression


def let_stand(checked: Checked, levels: Levels, *, today: date) -> Checked:
    """Mark the findings that are suppressed in the draft or beside it; add what is wrong with suppressions.

    `levels` are those of the configuration. What an earlier call has marked and added is decided anew. Raises
    ConfigError where the file beside the draft is wrong.
    """
    own = (replace(f, suppression=None) for f in checked.findings if f.rule not in NAMES)
    checked = replace(checked, findings=tuple(own))
    entries, refused = _written(checked.document)
    in_force = [entry for entry in entries if not entry.expired(today)]
    findings = tuple(_marked(finding, in_force, checked.document.text) for finding in checked.findings)
    remarks = [
        *(_Remark(INVALID, r.said_at, f"This suppression can't be followed: {r.problem}.") for r in refused),
        *_unused(entries, checked, today),
        *_unpinned(in_force, checked),
    ]
    return replace(checked, findings=(*findings, *_findings(remarks, checked, levels)))


def entries_of(document: Document) -> tuple[SuppressionEntry, ...]:
    """The suppressions in a draft and beside it that can be followed; raises ConfigError."""
    return tuple(_written(document)[0])


def _written(document: Document) -> tuple[list[SuppressionEntry], list[Refused]]:
    """The suppressions in a draft and beside it, those that can be followed and those that can't."""
    written = (*inline_entries(document), *sidecar_entries(document))
    followed = [w for w in written if isinstance(w, SuppressionEntry)]
    return followed, [w for w in written if isinstance(w, Refused)]


def _marked(finding: Finding, entries: Sequence[SuppressionEntry], text: str) -> Finding:
    entry = next((entry for entry in entries if entry.covers(finding, text)), None)
    if entry is None:
        return finding
    return replace(finding, suppression=Suppression(entry.reason, entry.place, entry.until))


@dataclass(frozen=True, slots=True)
class _Remark:
    """Something that is wrong with a suppression; `said_at` is None where it isn't in the text."""

    notice: Notice
    said_at: Span | None
    message: str


def _unused(entries: Sequence[SuppressionEntry], checked: Checked, today: date) -> Iterator[_Remark]:
    """Suppressions that suppress nothing, but for those of rules that didn't run."""
    text = checked.document.text
    for entry in entries:
        if entry.until is not None and entry.expired(today):
            message = f"the suppression of {entry.target} expired on {entry.until}: renew or remove it."
        elif entry.rule in checked.rules and not any(entry.covers(f, text) for f in checked.findings):
            others = _pinned(entry, checked)
            message = f"{entry.target} suppresses nothing: remove it."
            if entry.tied and others:
                message = (
                    f"the words that {entry.target} let stand have changed: what is there now is {others}."
                )
        else:
            continue
        yield _remark(UNUSED, entry, message)


def _unpinned(entries: Sequence[SuppressionEntry], checked: Checked) -> Iterator[_Remark]:
    """Suppressions in use that would go on holding if the words changed."""
    for entry in entries:
        if not entry.tied and (pinned := _pinned(entry, checked)):
            yield _remark(
                UNPINNED,
                entry,
                f"{entry.code} is suppressed whatever the words become: write {pinned} instead.",
            )


def _pinned(entry: SuppressionEntry, checked: Checked) -> str:
    """How to write the findings that `entry` aims at, each tied to its words."""
    found = (f.fingerprint[:SHORTEST] for f in checked.findings if entry.aims_at(f))
    return ", ".join(f"{entry.code}#{pin}" for pin in found)


def _remark(notice: Notice, entry: SuppressionEntry, message: str) -> _Remark:
    if entry.said_at is None:
        return _Remark(notice, None, f"{entry.place}: {message}")
    return _Remark(notice, entry.said_at, message[0].upper() + message[1:])


def _findings(remarks: Sequence[_Remark], checked: Checked, levels: Levels) -> tuple[Finding, ...]:
    document = checked.document
    first = document.blocks[0].span if document.blocks else Span(0, 0)
    return numbered(
        (
            Unnumbered(
                remark.notice.name,
                remark.notice.code,
                level,
                Hit(remark.message, (), (remark.said_at or first,), 1.0),
                (remark.message if remark.said_at is None else document.text[slice(*remark.said_at)],),
            )
            for remark in remarks
            if (level := levels.get(remark.notice.name, remark.notice.level)) is not None
        ),
        first=len(checked.findings) + 1,
    )
