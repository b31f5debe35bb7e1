"""An archive with what was read of it in a run: a document is taken apart once, for all claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from verify.attribution.quotations import find_quotations
from verify.attribution.registry import Registry
from verify.evidence.speech import Turn, in_turns, is_record, speaker_of, turns_of, with_speakers
from verify.evidence.words import Break, Wording, wording_of
from verify.index.origin import copy_words, overlap, shingles_of
from verify.index.passages import sentences_of
from verify.index.protocols import Archive, Match
from verify.models.protocols import Encoder
from verify.relate import Seen, see
from verify.types import Claim, Document, Passage, Quote, Role, Searched, Span, Stance

Read = Callable[[Document], Sequence[Claim]]
"""What finds the claims of a document: the pipeline's own way of reading a draft."""

KEPT = 256
"""Archived documents that are kept in memory."""


SAME_TEXT = 0.6
"""Share of the longer text's words that another edition of it has, in order and in runs: a story that quotes
an earlier one is no copy of it. On the labelled stories copies have at least 0.7. Where the longer one opens
with the shorter one's words, a story has grown at its end, and the share is that of the shorter text's."""


LEAST_WORDS = 40
"""Words below which a text is too short to be told from another one on the same matter by its words."""


@dataclass(frozen=True, slots=True)
class Record:
    """An archived document as what was said in it: its words, its turns, what stands in quotation marks."""

    document: Document
    turns: tuple[Turn, ...]
    wording: Wording
    marks: tuple[Span, ...]

    def quoted(self, span: Span) -> bool:
        """Whether `span` begins in quotation marks."""
        place = bisect_right(self.marks, span.start, key=lambda m: m.start) - 1
        return place >= 0 and span.start < self.marks[place].end

    def is_speech(self, span: Span) -> bool:
        """Whether the words at `span` are given as somebody's own."""
        return bool(self.turns) or is_record(self.document) or self.quoted(span)

    def sentence(self, first: int, last: int) -> tuple[int, int]:
        """The words, by index, of the sentences that the words `first` to `last` stand in, both included."""
        words = self.wording.words
        while first and words[first - 1].after is not Break.STRONG:
            first -= 1
        while last + 1 < len(words) and words[last].after is not Break.STRONG:
            last += 1
        return first, last

    def around(self, span: Span) -> Span:
        """The sentences that `span` stands in; of a headline no more than itself."""
        words = self.wording.words
        first = bisect_right(words, span.start, key=lambda w: w.span.end)
        last = bisect_left(words, span.end, key=lambda w: w.span.start) - 1
        if first > last:
            return span
        first, last = self.sentence(first, last)
        return Span(min(words[first].span.start, span.start), max(words[last].span.end, span.end))


class Library:
    """An open archive and the documents that were read from it so far; for one thread, to be closed."""

    def __init__(self, archive: Archive, read: Read, registry: Registry, encoder: Encoder) -> None:
        self._archive = archive
        self._found: dict[str, tuple[str, date | None]] = {}
        self._read = read
        self.registry = registry
        self.encoder = encoder
        self.record = lru_cache(KEPT)(self._record)
        self.seen = lru_cache(KEPT)(self._seen)
        self.told = lru_cache(KEPT)(self._told)
        self.shingles = lru_cache(KEPT)(self._shingles)

    @property
    def searched(self) -> Searched:
        """What there is to search."""
        return self._archive.searched

    def search(self, queries: Sequence[str], *, k: int, besides: Document) -> tuple[tuple[Match, ...], ...]:
        """Per query its best passages, `k` at the most; their documents can be looked into from then on.

        Copies of the document `besides` are left out: it can't bear itself out.
        """
        found = self._archive.search(queries, k=k) if queries else ()
        passages = {m.passage.document: m.passage for matches in found for m in matches}
        own = {id_ for id_ in passages if self._copies(id_, besides)}
        self._found |= {id_: (p.origin, p.published) for id_, p in passages.items() if id_ not in own}
        return tuple(tuple(m for m in ms if m.passage.document not in own) for ms in found)

    def close(self) -> None:
        """Let go of the archive."""
        self._archive.close()

    def forget(self) -> None:
        """Have nothing found yet: what one draft finds has no say in what the next one does."""
        self._found.clear()

    def origin(self, document: str) -> str:
        """The earliest document that carries the same copy as one that was found."""
        return self._found[document][0]

    def published(self, document: str) -> date | None:
        """The date of a document that was found."""
        return self._found[document][1]

    def found(self) -> Sequence[str]:
        """The documents that were found so far."""
        return tuple(self._found)

    def speaker(self, document: str, span: Span) -> str | None:
        """Who says what stands at `span`: the source of a quotation, of the turn, or of all of it."""
        record = self.record(document)
        if record.quoted(span):
            for facts in self.seen(document).facts:
                if facts.claim.source is not None and any(s.overlaps(span) for s in facts.claim.content):
                    return facts.claim.source.name
            return None
        return speaker_of(record.document, record.turns, span)

    def passage(self, document: str, span: Span, *, speaker: str | None) -> Passage:
        """The words of `document` at `span`, said by `speaker`."""
        found = self.record(document).document
        return Passage(
            document=document,
            span=span,
            text=found.text[span.start : span.end],
            title=found.title,
            publisher=found.publisher,
            published=found.published,
            speaker=speaker,
            origin=self.origin(document),
        )

    def _copies(self, id: str, document: Document) -> bool:
        """Whether an archived document is the draft itself, or another edition of it; a record never is."""
        record = self.record(id)
        if record.document.sha256 == document.sha256:
            return True
        if record.turns or is_record(record.document):
            return False
        shared = overlap(copy_words(record.document), copy_words(document))
        same = shared.of_longer >= SAME_TEXT or (shared.of_shorter >= SAME_TEXT and shared.opens)
        return same and shared.shorter >= LEAST_WORDS

    def _shingles(self, id: str) -> frozenset[str]:
        return shingles_of(copy_words(self.record(id).document))

    def _record(self, id: str) -> Record:
        document = self._archive.document(id)
        turns = turns_of(document)
        document = in_turns(document, turns)
        prose = [b.span for b in document.blocks if b.role in {Role.PARAGRAPH, Role.HEADING}]
        marks = find_quotations(document.text, [(s.start, s.end) for s in prose]).found
        return Record(
            document,
            turns,
            wording_of(unmasked(document), prose),
            tuple(Span(m.start, m.end) for m in marks),
        )

    def _seen(self, id: str) -> Seen:
        record = self.record(id)
        claims = with_speakers(self._read(record.document), record.document, record.turns)
        return see(claims, record.document, self.registry, self.encoder)

    def _told(self, id: str) -> Seen:
        """What a document tells, whoever it has that from: each sentence a claim of whoever speaks."""
        record = self.record(id)
        claims = [
            Claim(
                id=sentence.id,
                sentence=sentence.id,
                span=sentence.span,
                source=None,
                cue=None,
                content=(sentence.span,),
                quote=Quote.NONE,
                stance=Stance.ASSERTS,
                proposition=shown,
                within=None,
                role=sentence.role,
            )
            for sentence, shown in sentences_of(record.document)
        ]
        return see(
            with_speakers(claims, record.document, record.turns),
            record.document,
            self.registry,
            self.encoder,
        )


def unmasked(document: Document) -> str:
    """The document's text with blanks for what is markup, every character in its place."""
    pieces = []
    place = 0
    for start, end in sorted(span for block in document.blocks for span in block.masked):
        pieces += [document.text[place:start], " " * (end - max(start, place))]
        place = max(place, end)
    return "".join([*pieces, document.text[place:]])
