"""One module per output format; each has `render(run, display) -> str`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from verify.report import concise, json, terminal
from verify.report.display import Display
from verify.types import Run


class Format(StrEnum):
    """The output formats by the names that `--format` takes."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"


FORMATS: Mapping[Format, Callable[[Run, Display], str]] = {
    Format.FULL: terminal.render,
    Format.CONCISE: concise.render,
    Format.JSON: json.render,
}

__all__ = ["FORMATS", "Display", "Format"]
