"""An archive in memory, and a draft with one quotation, for the tests of what an archive has on a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import archives
import numpy as np

from verify.attribution.registry import Registry
from verify.evidence import Library, Read
from verify.evidence.quotations import look_up
from verify.evidence.quoted import quoted_in
from verify.index.passages import split
from verify.index.protocols import EVERYTHING, Filter, Match
from verify.load import document_of
from verify.models.protocols import Encoder
from verify.types import (
    Claim,
    Document,
    LookedUp,
    Passage,
    Quote,
    Role,
    Searched,
    Sentence,
    Sort,
    Source,
    Span,
    Stance,
)

SPEAKER = "Ilse Brandt"


@dataclass(frozen=True)
class MemoryArchive:
    """An `Archive` of a few documents; `origins` maps copies to what they are copies of."""

    documents: tuple[Document, ...]
    encoder: Encoder = archives.ENCODER
    origins: tuple[tuple[str, str], ...] = ()

    @property
    def searched(self) -> Searched:
        return Searched("memory", len(self.documents), len(self._passages()))

    def search(
        self, queries: Sequence[str], *, k: int, where: Filter = EVERYTHING
    ) -> tuple[tuple[Match, ...], ...]:
        passages = self._passages()
        if not passages:
            return tuple(() for _ in queries)
        cosines = self.encoder.encode(queries) @ self.encoder.encode([p.text for p in passages]).T
        return tuple(
            tuple(Match(passages[i], float(row[i])) for i in np.argsort(-row, kind="stable")[:k])
            for row in cosines
        )

    def document(self, id: str) -> Document:
        return next(d for d in self.documents if d.id == id)

    def close(self) -> None:
        """There is nothing to let go of."""

    def _passages(self) -> list[Passage]:
        origins = dict(self.origins)
        return [
            Passage(d.id, span, text, d.title, d.publisher, d.published, d.speaker, origins.get(d.id, d.id))
            for d in self.documents
            for found in [split(d)]
            for span, text in zip(found.passages, found.shown, strict=True)
        ]


def library(
    *documents: Document, read: Read = lambda _: (), origins: dict[str, str] | None = None
) -> Library:
    """The documents as an archive that is open for checks, without any model."""
    archive = MemoryArchive(documents, origins=tuple((origins or {}).items()))
    return Library(archive, read, Registry({}, {}), archives.ENCODER)


def transcript(text: str, *, id: str = "record", **fields: str) -> Document:
    """A transcript whose turns are parted by blank lines; one without labels is all said by SPEAKER."""
    title = fields.pop("title", "Transcript of the briefing")
    return archives.archived(id, text, title=title, **fields)


def person(name: str) -> Source:
    return Source(name, None, name, anonymous=False, sort=Sort.PERSON)


def quoting(
    text: str, *, source: Source | None = None, quote: Quote = Quote.DIRECT
) -> tuple[Document, Claim]:
    """A draft of one sentence, `text`, in which all that is in quotation marks is one claim's content."""
    draft = document_of(f"Headline\n\n{text}\n".encode(), path="draft.txt", suffix=".txt")
    start = draft.text.index(text)
    opened = [i + 1 for i in range(start, start + len(text)) if draft.text[i] in "“"]
    closed = [i for i in range(start, start + len(text)) if draft.text[i] in "”"]
    content = tuple(Span(*edges) for edges in zip(opened, closed, strict=True))
    claim = Claim(
        id="c1",
        sentence="s1",
        span=Span(start, start + len(text)),
        source=source or person(SPEAKER),
        cue=None,
        content=content,
        quote=quote,
        stance=Stance.ASSERTS,
        proposition=" ".join(draft.text[a:b] for a, b in content),
        within=None,
    )
    return draft, claim


def looked_up(text: str, *documents: Document, source: Source | None = None) -> tuple[LookedUp, ...]:
    """What becomes of the quotations in a sentence of a draft."""
    return looked_up_in(library(*documents), text, source=source)


def looked_up_in(open_library: Library, text: str, *, source: Source | None = None) -> tuple[LookedUp, ...]:
    draft, claim = quoting(text, source=source)
    sentence = Sentence("s1", claim.span, len(draft.blocks) - 1, Role.PARAGRAPH)
    return look_up(quoted_in(draft, [sentence], [claim]), open_library)


def renamed(document: Document, id: str) -> Document:
    return replace(document, id=id)
