"""One module per output format; each has `render(run, display) -> str`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from verify.report import (
    claimreview,
    claims,
    concise,
    github,
    gitlab,
    html,
    json,
    json_lines,
    junit,
    markdown,
    rdjson,
    sarif,
    terminal,
    webannotation,
)
from verify.report.display import Display
from verify.types import Run


class Format(StrEnum):
    """The output formats by the names that `--format` takes."""

    FULL = "full"
    CONCISE = "concise"
    CLAIMS = "claims"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    JSON_LINES = "json-lines"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"
    RDJSON = "rdjson"
    SARIF = "sarif"
    CLAIMREVIEW = "claimreview"
    WEBANNOTATION = "webannotation"


FORMATS: Mapping[Format, Callable[[Run, Display], str]] = {
    Format.FULL: terminal.render,
    Format.CONCISE: concise.render,
    Format.CLAIMS: claims.render,
    Format.HTML: html.render,
    Format.MARKDOWN: markdown.render,
    Format.JSON: json.render,
    Format.JSON_LINES: json_lines.render,
    Format.JUNIT: junit.render,
    Format.GITHUB: github.render,
    Format.GITLAB: gitlab.render,
    Format.RDJSON: rdjson.render,
    Format.SARIF: sarif.render,
    Format.CLAIMREVIEW: claimreview.render,
    Format.WEBANNOTATION: webannotation.render,
}

__all__ = ["FORMATS", "Display", "Format"]
