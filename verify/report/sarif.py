"""SARIF 2.1.0, which GitHub's code scanning and most editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from verify import __version__
from verify.lines import Lines
from verify.printable import printable
from verify.report.display import Display
from verify.report.json import Json, encode
from verify.report.path import uri
from verify.report.region import in_original, region
from verify.report.summary import UNCHECKED, in_order, left_out
from verify.types import Checked, Document, Finding, Level, Run, Span, Suppression

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}

MOST_RELATED = 999
"""Places beside the first; GitHub refuses a result with more than 1,000 locations."""


@dataclass(frozen=True, slots=True)
class _Used:
    """What the results of a run have in common: they all tell of suppressions, or none does."""

    rules: Mapping[str, int]
    suppressions: bool
    baseline: bool


def render(run: Run, display: Display) -> str:
    """Return one SARIF run over all documents; what wasn't checked is a result of the kind `open`."""
    findings = [f for checked in run.documents for f in checked.findings]
    rules = _rules(findings)
    used = _Used(
        rules={code: index for index, code in enumerate(rules)},
        suppressions=any(f.suppression for f in findings),
        baseline=any(f.known for f in findings),
    )
    driver: Json = {
        "name": "verify",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": list(rules.values()),
    }
    results = [
        result for index, checked in enumerate(run.documents) for result in _results(checked, index, used)
    ]
    log: Json = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "artifacts": [_artifact(checked) for checked in run.documents],
                "results": results,
            }
        ],
    }
    return encode(log) + "\n"


def _rules(findings: Iterable[Finding]) -> dict[str, Json]:
    """A descriptor by the code for each rule that found something, and for what wasn't checked."""
    from verify.rules.notices import catalogue

    summaries = {rule.code: rule.summary for rule in catalogue()}
    rules = {f.code: _rule(f.code, f.rule, summaries[f.code]) for f in findings}
    rules[UNCHECKED] = _rule(UNCHECKED, UNCHECKED, "A part of the document that wasn't checked.")
    return rules


def _rule(code: str, name: str, summary: str) -> Json:
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": summary},
        "help": {"text": f"{summary}\n\n`verify rules` lists the rules, `verify rule {code}` explains one."},
    }


def _artifact(checked: Checked) -> Json:
    coverage = checked.coverage
    return {
        "location": {"uri": uri(checked.document.path)},
        "hashes": {"sha-256": checked.document.sha256},
        "properties": {
            "sentences": coverage.sentences,
            "claims": coverage.claims,
            "pairsCompared": coverage.pairs_compared,
        },
    }


def _results(checked: Checked, artifact: int, used: _Used) -> Iterator[Json]:
    document, lines = checked.document, Lines.of(checked.document)
    for finding in in_order(checked.findings):
        first, *others = finding.spans
        yield {
            "ruleId": finding.code,
            "ruleIndex": used.rules[finding.code],
            "kind": "fail",
            "level": LEVELS[finding.level],
            "message": _message(in_original(lines, first.start, finding.message)),
            "locations": [_location(document, artifact, lines, first)],
            "relatedLocations": [
                {
                    "id": number,
                    "message": _message(in_original(lines, span.start, document.text[slice(*span)])),
                    **_location(document, artifact, lines, span),
                }
                for number, span in enumerate(others[:MOST_RELATED], start=1)
            ],
            "partialFingerprints": {"verify/v1": finding.fingerprint},
            "rank": round(100 * float(finding.score), 2),
            **_states(used, document, finding.suppression, known=finding.known),
        }
    for reason, parts in left_out(checked).items():
        for part in parts:
            yield {
                "ruleId": UNCHECKED,
                "ruleIndex": used.rules[UNCHECKED],
                "kind": "open",
                "level": "none",
                "message": _message(in_original(lines, part.span.start, f"Not checked: {reason}")),
                "locations": [_location(document, artifact, lines, part.span)],
                **_states(used, document, None, known=False),
            }


def _message(text: str) -> Json:
    """A message without links, which viewers would make of `[words](address)` (SARIF 3.11.6)."""
    return {"text": printable(text).replace("](", "] (")}


def _states(
    used: _Used, document: Document, suppression: Suppression | None, *, known: bool
) -> dict[str, Json]:
    states: dict[str, Json] = {}
    if used.baseline:
        states["baselineState"] = "unchanged" if known else "new"
    if used.suppressions:
        states["suppressions"] = [_suppression(document, suppression)] if suppression else []
    return states


def _suppression(document: Document, suppression: Suppression) -> Json:
    expires = suppression.expires
    return {
        "kind": "inSource" if suppression.place.startswith(f"{document.path}:") else "external",
        "status": "accepted",
        "justification": printable(suppression.reason),
        "properties": {
            "place": printable(suppression.place),
            **({"expires": expires.isoformat()} if expires else {}),
        },
    }


def _location(document: Document, artifact: int, lines: Lines, span: Span) -> dict[str, Json]:
    """Lines and columns of a text; of another original its place, such as "page 2, paragraph 3"."""
    file: Json = {"uri": uri(document.path), "index": artifact}
    original = lines.original(span.start)
    if original:
        # An original that isn't text has no lines, and GitHub wants one of every result.
        return {
            "physicalLocation": {"artifactLocation": file, "region": {"startLine": 1}},
            "logicalLocations": [{"fullyQualifiedName": original}],
        }
    start, end = region(lines, span)
    return {
        "physicalLocation": {
            "artifactLocation": file,
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
                "charOffset": span.start,
                "charLength": span.end - span.start,
            },
        }
    }
