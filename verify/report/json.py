"""The wire format: what editors' plug-ins, scorers and CI jobs read. Its schema is `wire-schema.json`."""

from __future__ import annotations

import json

from verify import __version__
from verify.lines import Lines, originals
from verify.report.display import Display
from verify.types import (
    Checked,
    Claim,
    Coverage,
    Document,
    Evidence,
    Finding,
    Issue,
    LookedUp,
    Relation,
    Reliance,
    Run,
    Searched,
    Span,
    Suppression,
)

SCHEMA = "verify/1"

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def render(run: Run, display: Display) -> str:
    """Return the run as JSON, its keys always in the same order."""
    return encode(wire(run)) + "\n"


def wire(run: Run) -> Json:
    """The run as the schema has it."""
    tool: Json = {
        "name": "verify",
        "version": __version__,
        "models": {key: run.models[key] for key in sorted(run.models)},
    }
    return {"schema": SCHEMA, "tool": tool, "documents": [_document(c) for c in run.documents]}


def encode(value: Json, *, indent: int | None = 1) -> str:
    """Return `value` as JSON; on one line without `indent`.

    Lone surrogates, which no encoding can carry, are written as JSON escapes.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _document(checked: Checked) -> Json:
    document = checked.document
    lines = Lines(document.text)
    return {
        "id": document.id,
        "path": document.path,
        "sha256": document.sha256,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "sentences": [{"id": s.id, "start": s.span.start, "end": s.span.end} for s in checked.sentences],
        "claims": [_claim(c) for c in checked.claims],
        "relations": [_relation(r) for r in checked.relations],
        "evidence": [_evidence(e) for e in checked.evidence],
        "quotations": [_quotation(q) for q in checked.quotations],
        "searched": _searched(checked.searched),
        "issues": [_issue(i) for i in checked.issues],
        "reliances": [_reliance(r) for r in checked.reliances],
        "findings": [_finding(f, lines) for f in checked.findings],
        "coverage": _coverage(checked.coverage),
        **_original(document),
    }


def _original(document: Document) -> dict[str, Json]:
    """The text that offsets count in and where it stands in the file, for a file that isn't its own text."""
    places: list[Json] = [{"start": start, "place": place} for start, place in originals(document)]
    return {"original": {"text": document.text, "places": places}} if places else {}


def _claim(claim: Claim) -> Json:
    source: Json = None
    if claim.source is not None:
        source = {
            "name": claim.source.name,
            "text": _span(claim.source.text),
            "party": claim.source.party,
            "anonymous": claim.source.anonymous,
        }
    return {
        "id": claim.id,
        "sentence": claim.sentence,
        "start": claim.span.start,
        "end": claim.span.end,
        "source": source,
        "cue": _span(claim.cue),
        "content": [_span(s) for s in claim.content],
        "quote": claim.quote.value,
        "stance": claim.stance.value,
        "cue_class": claim.cue_class.value,
        "proposition": claim.proposition,
        "within": claim.within,
    }


def _relation(relation: Relation) -> Json:
    return {
        "a": relation.a,
        "b": relation.b,
        "relation": relation.relation.value,
        "kind": relation.kind.value,
        "score": _score(relation.score),
        "reason": relation.reason,
    }


def _evidence(evidence: Evidence) -> dict[str, Json]:
    passage = evidence.passage
    return {
        "claim": evidence.claim,
        "document": passage.document,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "relation": evidence.relation.value,
        "kind": evidence.kind.value,
        "score": _score(evidence.score),
        "reason": evidence.reason,
        "passage": {"start": passage.span.start, "end": passage.span.end, "text": passage.text},
        "title": passage.title,
        "publisher": passage.publisher,
        "published": passage.published.isoformat() if passage.published else None,
        "speaker": passage.speaker,
        "origin": passage.origin,
    }


def _quotation(looked: LookedUp) -> Json:
    return {
        "claim": looked.claim,
        "span": _span(looked.span),
        "verdict": looked.verdict.value,
        "document": looked.evidence.passage.document if looked.evidence else None,
        "recorded": _span(looked.evidence.span) if looked.evidence else None,
    }


def _searched(searched: Searched | None) -> Json:
    if searched is None:
        return None
    return {"archive": searched.archive, "documents": searched.documents, "passages": searched.passages}


def _issue(issue: Issue) -> Json:
    return {
        "question": issue.question,
        "positions": [
            {"party": p.party, "answer": p.answer, "claims": list(p.claims)} for p in issue.positions
        ],
    }


def _finding(finding: Finding, lines: Lines) -> Json:
    place = lines.place(finding.spans[0].start)
    return {
        "id": finding.id,
        "rule": finding.rule,
        "code": finding.code,
        "level": finding.level.value,
        "message": finding.message,
        "claims": list(finding.claims),
        "spans": [_span(s) for s in finding.spans],
        "score": _score(finding.score),
        "fingerprint": finding.fingerprint,
        "suppression": _suppression(finding.suppression),
        "known": finding.known,
        "line": place.line,
        "column": place.column,
    }


def _suppression(suppression: Suppression | None) -> Json:
    if suppression is None:
        return None
    expires = suppression.expires.isoformat() if suppression.expires else None
    return {"reason": suppression.reason, "place": suppression.place, "expires": expires}


def _reliance(reliance: Reliance) -> Json:
    return {"source": reliance.source, "relies_on": reliance.relies_on, "claims": list(reliance.claims)}


def _coverage(coverage: Coverage) -> Json:
    return {
        "sentences": coverage.sentences,
        "claims": coverage.claims,
        "pairs_compared": coverage.pairs_compared,
        "unchecked": [{"reason": u.reason, "span": _span(u.span)} for u in coverage.unchecked],
    }


def _span(span: Span | None) -> Json:
    return None if span is None else [span.start, span.end]


def _score(score: float) -> float:
    """Four digits: what is beyond them changes with the processor."""
    return round(float(score), 4)
