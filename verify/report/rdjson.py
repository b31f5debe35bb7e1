"""The diagnostics that reviewdog posts to a code review; its columns are bytes of UTF-8.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lines import Lines, Place
from verify.printable import printable
from verify.report.display import Display
from verify.report.json import Json, encode
from verify.report.path import posix
from verify.report.region import in_original, region_in_bytes
from verify.report.summary import UNCHECKED, left_out, standing
from verify.types import Checked, Level, Run, Span


def render(run: Run, display: Display) -> str:
    """Return the findings that count, and what wasn't checked.

    reviewdog would comment on a finding that is let stand as on any other: such findings are left out.
    """
    diagnostics = [d for checked in run.documents for d in _diagnostics(checked)]
    return encode({"source": {"name": "verify"}, "diagnostics": diagnostics}) + "\n"


def _diagnostics(checked: Checked) -> Iterator[Json]:
    document, lines = checked.document, Lines.of(checked.document)

    def location(span: Span) -> Json:
        if lines.original(span.start):
            return {"path": posix(document.path)}
        start, end = region_in_bytes(document, lines, span)
        return {"path": posix(document.path), "range": {"start": _position(start), "end": _position(end)}}

    for finding in standing(checked.findings):
        yield {
            "message": printable(in_original(lines, finding.spans[0].start, finding.message)),
            "location": location(finding.spans[0]),
            "severity": finding.level.upper(),
            "code": {"value": finding.code},
            "related_locations": [
                {"message": "the other side", "location": location(span)} for span in finding.spans[1:]
            ],
        }
    level = Level.ERROR if checked.nothing_checked else Level.INFO
    for reason, parts in left_out(checked).items():
        for part in parts:
            yield {
                "message": printable(in_original(lines, part.span.start, f"Not checked: {reason}")),
                "location": location(part.span),
                "severity": level.upper(),
                "code": {"value": UNCHECKED},
            }


def _position(place: Place) -> Json:
    return {"line": place.line, "column": place.column}
