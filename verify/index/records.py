"""Documents as rows of the database, and back."""

from __future__ import annotations

import json
import re
from datetime import date

from verify.types import Block, Document, Passage, Role, Span, Unchecked

UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
"""What SQLite's text can't hold; replaced one for one, so that every offset stays."""

COLUMNS = ("id", "path", "sha256", "title", "published", "byline", "publisher", "url", "speaker")
DOCUMENT = f"SELECT {', '.join(COLUMNS)}, text, layout FROM document JOIN body ON document = key WHERE id = ?"
"""The columns of the document with this id that `to_document` takes."""

_Maybe = str | None
DocumentRow = tuple[str, str, str, _Maybe, _Maybe, _Maybe, _Maybe, _Maybe, _Maybe, str, str]

PASSAGE = """
    SELECT d.id, start, length, substr(text, start + 1, length), d.title, d.publisher, d.published, d.speaker,
        o.id
    FROM passage JOIN body USING (document)
        JOIN document AS d ON d.key = passage.document JOIN document AS o ON o.key = d.origin
    WHERE row = ?
"""
"""The columns of the passage with this row that `to_passage` takes."""

PassageRow = tuple[str, int, int, str, _Maybe, _Maybe, _Maybe, _Maybe, str]


def storable(text: str) -> str:
    """`text` with the replacement character for what SQLite can't hold."""
    return UNSTORABLE.sub("\ufffd", text)


def to_row(document: Document) -> DocumentRow:
    """The columns of DOCUMENT for `document`."""
    return (
        storable(document.id),
        storable(document.path),
        document.sha256,
        _storable(document.title),
        document.published.isoformat() if document.published else None,
        _storable(document.byline),
        _storable(document.publisher),
        _storable(document.url),
        _storable(document.speaker),
        storable(document.text),
        _layout(document),
    )


def to_document(row: DocumentRow) -> Document:
    """The document whose columns DOCUMENT `row` holds; raises ValueError, KeyError or TypeError on others."""
    id, path, sha256, title, published, byline, publisher, url, speaker, text, layout = row
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
        unread=tuple(
            # Older rows have no place.
            Unchecked(reason, Span(*span), *place)
            for reason, span, *place in stored["unread"]
        ),
        own_id=id,
        publisher=publisher,
        url=url,
        speaker=speaker,
    )


def to_passage(row: PassageRow) -> Passage:
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


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _layout(document: Document) -> str:
    blocks = [[b.role, b.span, b.masked, b.place] for b in document.blocks]
    unread = [[u.reason, u.span, u.place] for u in document.unread]
    return json.dumps({"blocks": blocks, "unread": unread}, separators=(",", ":"))


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
