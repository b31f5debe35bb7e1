"""Workflow commands, by which a step of GitHub Actions annotates the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from verify.lines import Lines
from verify.printable import printable
from verify.report.display import Display
from verify.report.path import posix
from verify.report.region import Region, in_original, region
from verify.report.summary import (
    aside,
    counts,
    left_out,
    looked_at,
    standing,
    why_aside,
)
from verify.report.text import plural
from verify.types import Checked, Level, Run, Span

SHOWN_PER_LEVEL = 10
"""Annotations of one level that GitHub shows of a step; it drops the others without a word."""

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


class _Annotation(NamedTuple):
    """`region` is None where the original isn't text: the message says where it is."""

    level: Level
    path: str
    region: Region | None
    title: str
    message: str


def render(run: Run, display: Display) -> str:
    """Return the gravest annotations as commands, all others as lines of the log, and a summary."""
    annotations = sorted(
        (a for checked in run.documents for a in _annotations(checked)), key=lambda a: a.level.severity
    )
    issued: Counter[Level] = Counter()
    lines = []
    for annotation in annotations:
        issued[annotation.level] += 1
        shown = issued[annotation.level] <= SHOWN_PER_LEVEL
        lines.append(_command(annotation) if shown else _plain(annotation))
    for checked in run.documents:
        for finding in aside(checked.findings):
            lines.append(
                _logged(f"{checked.document.path}: {why_aside(finding)}: {finding.code} {finding.message}")
            )
        lines.append(_logged(f"{checked.document.path}: {_summary(checked)}"))
    beyond = issued.total() - sum(min(count, SHOWN_PER_LEVEL) for count in issued.values())
    if beyond:
        lines.append(
            _logged(f"{plural(beyond, 'line')} above beyond the {SHOWN_PER_LEVEL} that GitHub shows")
        )
    return "".join(f"{line}\n" for line in lines)


def _annotations(checked: Checked) -> Iterator[_Annotation]:
    """What wasn't checked comes first in its level, so that findings can't crowd it out."""
    path, lines = posix(checked.document.path), Lines.of(checked.document)

    def annotation(level: Level, span: Span, title: str, message: str) -> _Annotation:
        place = None if lines.original(span.start) else region(lines, span)
        return _Annotation(level, path, place, title, in_original(lines, span.start, message))

    level = Level.ERROR if checked.nothing_checked else Level.INFO
    for reason, parts in left_out(checked).items():
        more = "" if len(parts) == 1 else f" (and {len(parts) - 1} more)"
        yield annotation(level, parts[0].span, "not checked", reason + more)
    for finding in standing(checked.findings):
        yield annotation(finding.level, finding.spans[0], f"{finding.code} {finding.rule}", finding.message)


def _command(annotation: _Annotation) -> str:
    properties = {"file": annotation.path, **_lines(annotation.region), "title": annotation.title}
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{COMMANDS[annotation.level]} {written}::{_data(annotation.message)}"


def _lines(place: Region | None) -> dict[str, str]:
    if place is None:
        return {}
    start, end = place
    # GitHub takes columns for a single line only.
    columns = {"col": str(start.column), "endColumn": str(end.column)} if start.line == end.line else {}
    return {"line": str(start.line), "endLine": str(end.line), **columns}


def _plain(annotation: _Annotation) -> str:
    place = f":{annotation.region.start}" if annotation.region else ""
    return _logged(f"{annotation.path}{place}: {annotation.level} {annotation.title}: {annotation.message}")


def _summary(checked: Checked) -> str:
    if checked.nothing_checked:
        return "nothing could be checked"
    count = sum(map(len, left_out(checked).values()))
    unchecked = f"{plural(count, 'part')} not checked" if count else "nothing left out"
    return f"{counts(standing(checked.findings))}; {looked_at(checked)}; {unchecked}"


def _logged(line: str) -> str:
    """A line that the runner can't take for a command, neither `::command::` nor `##[command]`."""
    return f"- {printable(line).replace('##[', '## [')}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
