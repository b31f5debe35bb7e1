"""W3C Web Annotations: findings that stay on their words when the text around them is edited.

https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from verify import __version__
from verify.lines import originals
from verify.printable import printable
from verify.report.display import Display
from verify.report.json import Json, encode
from verify.report.path import uri
from verify.report.summary import UNCHECKED, in_order, left_out, why_aside
from verify.types import Checked, Document, Run, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

AROUND = 32
"""Code points before and after a passage by which it is found again."""


def render(run: Run, display: Display) -> str:
    """Return a page of annotations: a comment on each finding, a question on what wasn't checked."""
    items = [item for checked in run.documents for item in _annotations(checked)]
    drafts = " ".join(f"{uri(c.document.path)}:{c.document.sha256}" for c in run.documents)
    page: Json = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, drafts)}",
        "type": "AnnotationPage",
        "items": items,
    }
    return encode(page) + "\n"


def _annotations(checked: Checked) -> Iterator[Json]:
    document = checked.document
    for finding in in_order(checked.findings):
        tags = [
            finding.code,
            finding.rule,
            finding.level.value,
            *(["set aside"] if finding.is_aside else []),
        ]
        comment = finding.message + (f" ({why_aside(finding)})" if finding.is_aside else "")
        yield _annotation(document, "commenting", comment, tags, finding.spans, finding.fingerprint)
    for reason, parts in left_out(checked).items():
        for number, part in enumerate(parts):
            identity = f"{UNCHECKED}:{reason}:{number}"
            yield _annotation(
                document, "questioning", f"Not checked: {reason}", [UNCHECKED], (part.span,), identity
            )


def _annotation(
    document: Document, motivation: str, comment: str, tags: list[str], spans: tuple[Span, ...], identity: str
) -> Json:
    bodies: list[Json] = [
        {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag} for tag in tags
    ]
    words: Json = {
        "type": "TextualBody",
        "purpose": motivation,
        "format": "text/plain",
        "language": "en",
        "value": printable(comment),
    }
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, printable(f'{uri(document.path)}:{identity}'))}",
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"type": "Software", "name": f"verify {__version__}"},
        "body": [words, *bodies],
        "target": [_target(document, span) for span in spans],
    }


def _target(document: Document, span: Span) -> Json:
    """The passage by its words and, where the file is its own text, by its offsets; the file for no words."""
    text, source = document.text, document.url or uri(document.path)
    quote: Json = {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(span.start - AROUND, 0) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    position: Json = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    selectors = [quote] if originals(document) else [quote, position]
    return {"source": source, **({"selector": selectors} if span.start < span.end else {})}
