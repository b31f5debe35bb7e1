"""Documents as rows of the database, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from verify.types import Block, Document, Passage, Role, Span, Unchecked

UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
"""What SQLite's text can't hold; replaced one for one, so that every offset stays."""

DOCUMENT = "id, path, text, sha256, title, published, byline, publisher, url, speaker, layout"
"""The columns that `to_document` takes, in this order."""

PASSAGE = """
    SELECT d.id, start, length, substr(d.text, start + 1, length), d.title, d.publisher, d.published,
        d.speaker, o.id
    FROM passage JOIN document AS d ON d.key = passage.document JOIN document AS o ON o.key = d.origin
    WHERE row = ?
"""
"""The columns that `to_passage` takes, of the passage with this row."""

Stored = tuple[str, int, int, str, str | None, str | None, str | None, str | None, str]


def storable(text: str) -> str:
    """`text` with the replacement character for what SQLite can't hold."""
    return UNSTORABLE.sub("\ufffd", text)


def to_row(document: Document) -> dict[str, str | None]:
    """The columns of DOCUMENT for `document`, by name."""
    row = {
        "id": document.id,
        "path": document.path,
        "text": document.text,
        "sha256": document.sha256,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "byline": document.byline,
        "publisher": document.publisher,
        "url": document.url,
        "speaker": document.speaker,
        "layout": _layout(document),
    }
    return {name: None if value is None else storable(value) for name, value in row.items()}


def to_document(row: Sequence[str]) -> Document:
    """The document whose columns DOCUMENT `row` holds; raises ValueError, KeyError or TypeError on others."""
    id, path, text, sha256, title, published, byline, publisher, url, speaker, layout = row
    stored = json.loads(layout)
    return Document(
        id=id,
        path=path,
        text=text,
        sha256=sha256,
        title=title,
        published=_day(published),
        byline=byline,
        blocks=tuple(
            Block(Role(role), Span(*span), tuple(Span(*gap) for gap in masked), place)
            for role, span, masked, place in stored["blocks"]
        ),
        unread=tuple(Unchecked(reason, Span(*span)) for reason, span in stored["unread"]),
        own_id=id,
        publisher=publisher,
        url=url,
        speaker=speaker,
    )


def to_passage(row: Stored) -> Passage:
    """The passage whose columns PASSAGE `row` holds."""
    document, start, length, text, title, publisher, published, speaker, origin = row
    return Passage(
        document=document,
        span=Span(start, start + length),
        text=text,
        title=title,
        publisher=publisher,
        published=_day(published),
        speaker=speaker,
        origin=origin,
    )


def _layout(document: Document) -> str:
    blocks = [[b.role, b.span, b.masked, b.place] for b in document.blocks]
    unread = [[u.reason, u.span] for u in document.unread]
    return json.dumps({"blocks": blocks, "unread": unread}, separators=(",", ":"))


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
