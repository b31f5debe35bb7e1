"""What copies of an archived document carry: the same words, and no word of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from verify.evidence.alignment import align
from verify.evidence.library import Library
from verify.evidence.words import wording_of
from verify.types import Evidence, Span

LEAST = 0.7
"""Share of a passage's words that a copy has, from which it carries that passage."""


def with_copies(evidence: Iterable[Evidence], library: Library) -> Iterator[Evidence]:
    """Each evidence, and after it the same passage in the documents found that carry the same copy.

    They share its `origin`: whoever counts voices counts origins.
    """
    for one in evidence:
        yield one
        for other in library.found():
            if other != one.passage.document and library.origin(other) == one.passage.origin:
                copy = _in_copy(one, other, library)
                if copy is not None:
                    yield copy


def _in_copy(evidence: Evidence, document: str, library: Library) -> Evidence | None:
    original = library.record(evidence.passage.document).document
    words = wording_of(original.text, [evidence.span]).forms
    record = library.record(document)
    alignment = align(words, record.wording.forms) if words else None
    if alignment is None or alignment.matched < LEAST * len(words):
        return None
    recorded = record.wording.words
    first, last = record.sentence(alignment.first, alignment.last)
    around = Span(recorded[first].span.start, recorded[last].span.end)
    span = Span(recorded[alignment.first].span.start, recorded[alignment.last].span.end)
    passage = library.passage(document, around, speaker=evidence.passage.speaker)
    return replace(evidence, passage=passage, span=span)
