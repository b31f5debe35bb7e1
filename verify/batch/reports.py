"""The report of a batch: streamed where the format allows it, or written in the end from the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from verify.batch.journal import Journal, Outcome
from verify.batch.standing import Policy
from verify.batch.told import Across
from verify.lines import Lines
from verify.printable import printable
from verify.report import FORMATS, Display, Format
from verify.report.concise import finding_line
from verify.report.json import Json, encode, wire
from verify.report.summary import names_together, standing
from verify.types import Checked, Run

STREAMED = frozenset({Format.JSON_LINES, Format.CONCISE})
"""Formats whose report on many documents is that on one after the other."""


def piece(outcome: Outcome, format_: Format, display: Display) -> str:
    """What a streamed report has on one draft; one that couldn't be checked has its place too."""
    if outcome.result is not None:
        return FORMATS[format_](Run((outcome.result.checked,), outcome.result.models), display)
    problem = outcome.problem or "not checked"
    if format_ is Format.JSON_LINES:
        return _json_line({"failed": [{"path": outcome.path, "problem": problem}]})
    why = printable(problem.removeprefix(f"{outcome.path}: "))
    return f"{printable(outcome.path)}:1:1: not checked: {why}\n"


def last_piece(across: Sequence[Across], format_: Format) -> str:
    """What a streamed report has in the end on what the stories tell differently."""
    if format_ is Format.JSON_LINES:
        run = Run(tuple(_trimmed(story) for story in across), {})
        return _json_line({"across": cast(dict[str, Json], wire(run))["documents"]})
    return "".join(f"{line}\n" for line in lines_across(across))


def whole(
    journal: Journal, across: Sequence[Across], policy: Policy, format_: Format, display: Display
) -> str:
    """The report in a format that is written at once. All stories are in memory for it."""
    told = {story.number: story.checked for story in across}
    documents: list[Checked] = []
    models: list[Mapping[str, str]] = []
    for number, outcome in enumerate(journal):
        result = policy.decide(outcome, ()).result
        if result is not None:
            documents.append(told.get(number, result.checked))
            models.append(result.models)
    return FORMATS[format_](Run(tuple(documents), names_together(models)), display)


def lines_across(across: Sequence[Across]) -> Iterator[str]:
    """A line of the concise report for each finding that other stories make."""
    for story in across:
        document = story.checked.document
        lines = Lines.of(document)
        for finding in standing(story.findings):
            yield finding_line(document, lines, finding)


def _trimmed(story: Across) -> Checked:
    """The story with nothing but what others make of it."""
    return replace(
        story.checked,
        sentences=(),
        claims=(),
        relations=(),
        issues=(),
        findings=story.findings,
        evidence=story.evidence,
    )


def _json_line(fields: dict[str, Json]) -> str:
    """A report without documents, and with `fields`."""
    return encode({**cast(dict[str, Json], wire(Run((), {}))), **fields}, indent=None) + "\n"
