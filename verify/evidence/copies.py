"""What copies of an archived document carry: the same words, and no word of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from verify.evidence.alignment import align
from verify.evidence.library import Library
from verify.evidence.words import wording_of
from verify.index.origin import SHINGLE, shingles_of, words_of
from verify.types import Evidence, Span

LEAST = 0.7
"""Share of a passage's words that a copy has, from which it carries that passage."""

LEAST_WORDS = 8
"""Words below which a passage may be alike by chance."""


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


def by_first_origin(evidence: Iterable[Evidence], library: Library) -> Iterator[Evidence]:
    """The evidence, where its words stand in an earlier document of those found with the origin of that one.

    A story of its own may quote an earlier one, and is no second voice for what it has from there.
    """
    dated = [(day, id) for id in library.found() if (day := library.published(id)) is not None]
    earliest = sorted(dated)
    for one in evidence:
        first = _first(one, earliest, library)
        yield one if first is None else replace(one, passage=replace(one.passage, origin=first))


def _first(evidence: Evidence, earliest: Sequence[tuple[date, str]], library: Library) -> str | None:
    """The origin of the earliest document before that of `evidence` that has its words."""
    passage = evidence.passage
    shingles = shingles_of(words_of(passage.text))
    if passage.published is None or len(shingles) <= LEAST_WORDS - SHINGLE:
        return None
    for day, id in earliest:
        if day >= passage.published:
            return None
        if library.origin(id) != passage.origin and len(shingles & library.shingles(id)) >= LEAST * len(
            shingles
        ):
            return library.origin(id)
    return None


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
