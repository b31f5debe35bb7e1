"""What copies of an archived document carry: the same words, and no word of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from verify.evidence.alignment import align
from verify.evidence.library import Library
from verify.evidence.words import wording_of
from verify.index.origin import SHINGLE, shingles_of, words_of
from verify.types import Evidence, Passage, Span

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
    evidence = tuple(evidence)
    origins = _first_origins({one.passage for one in evidence}, library)
    for one in evidence:
        origin = origins.get(one.passage, one.passage.origin)
        yield replace(one, passage=replace(one.passage, origin=origin))


def _first_origins(passages: Iterable[Passage], library: Library) -> dict[Passage, str]:
    """The origin of the earliest document that has the words of a passage, where one is before its own.

    Each document is looked into once, however many passages there are.
    """
    later = [
        (passage, passage.published, shingles)
        for passage in passages
        if passage.published is not None
        and len(shingles := shingles_of(words_of(passage.text))) > LEAST_WORDS - SHINGLE
    ]
    dated = [(day, id) for id in library.found() if (day := library.published(id)) is not None]
    first: dict[Passage, str] = {}
    for day, id in sorted(dated):
        later = [one for one in later if day < one[1] and one[0] not in first]
        if not later:
            break
        has = library.shingles(id)
        for passage, _, shingles in later:
            if len(shingles & has) >= LEAST * len(shingles):
                first[passage] = library.origin(id)
    return first


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
