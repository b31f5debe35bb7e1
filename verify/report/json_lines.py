"""The wire format with a line for each document: each line is a whole report, and obeys the schema."""

from __future__ import annotations

from dataclasses import replace

from verify.report.display import Display
from verify.report.json import encode, wire
from verify.types import Run


def render(run: Run, display: Display) -> str:
    """Return a line of JSON for each document."""
    alone = (replace(run, documents=(checked,)) for checked in run.documents)
    return "".join(f"{encode(wire(one), indent=None)}\n" for one in alone)
