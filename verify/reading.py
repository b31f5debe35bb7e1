"""What a document says: its claims, who makes them, and what of it couldn't be read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.attribution import extract, tagged
from verify.attribution.registry import Registry
from verify.attribution.resolve import resolve_sources
from verify.attribution.spoken import quotations_of
from verify.claims import make_claims, unspoken
from verify.language.english import leave_out_foreign
from verify.language.parse import LONGEST_SENTENCE, paragraphs_of, parse, skipped
from verify.models.protocols import Tagger
from verify.models.tagger import read_ahead
from verify.types import Attribution, Claim, Document, Span, Unchecked

if TYPE_CHECKING:
    from spacy.language import Language

    from verify.language.parse import Parsed


@dataclass(frozen=True, slots=True)
class Read:
    """What a document says: its sentences, its claims, and what couldn't be read."""

    parsed: Parsed
    claims: tuple[Claim, ...]
    unchecked: tuple[Unchecked, ...]


def read(document: Document, nlp: Language, registry: Registry, tagger: Tagger | None) -> Read:
    """Find the claims of a document and who makes them; without a `tagger`, by rules alone."""
    document, foreign = leave_out_foreign(document)
    parsed, tagger = _parsed_and_tagged(document, nlp, tagger)
    attributions = _attributions(parsed, tagger)
    sources = resolve_sources(parsed, attributions, registry)
    claims = make_claims(parsed, attributions, sources, registry)
    voiceless = (
        Unchecked("quotation whose speaker isn't named", span) for span in unspoken(parsed, attributions)
    )
    unchecked = (*foreign, *skipped(document), *_overlong(parsed), *_unbalanced(parsed), *voiceless)
    return Read(parsed, claims, unchecked)


def _parsed_and_tagged(
    document: Document, nlp: Language, tagger: Tagger | None
) -> tuple[Parsed, Tagger | None]:
    """A parsed document, and a tagger that has read it: spaCy, which knows one core, runs beside the tagger.

    In a thread of its own, since the tagger's store is for the thread that opened it. Paragraphs of which a
    sentence may be too long for the tagger to be asked of are left until that is known.
    """
    paragraphs = paragraphs_of(document)
    if tagger is None or any(len(paragraph) > LONGEST_SENTENCE for paragraph in paragraphs):
        return parse(document, nlp), tagger
    with ThreadPoolExecutor(1) as aside:
        parsing = aside.submit(parse, document, nlp)
        ahead = read_ahead(tagger, paragraphs)
        return parsing.result(), ahead


def _attributions(parsed: Parsed, tagger: Tagger | None) -> tuple[Attribution, ...]:
    """By the tagger, with what only the rules find; by the rules alone where there is no tagger."""
    ruled = extract.attribute(parsed)
    return (
        ruled
        if tagger is None
        else tagged.combine(tagged.attribute(parsed, tagger), ruled, parsed.document.text)
    )


def _overlong(parsed: Parsed) -> tuple[Unchecked, ...]:
    """Sentences that go on for longer than anything that can be parsed."""
    reason = f"sentence of more than {LONGEST_SENTENCE:,} characters: break it up"
    return tuple(
        Unchecked(reason, sentence.span)
        for index, sentence in enumerate(parsed.sentences)
        if not parsed.readable(index)
    )


def _unbalanced(parsed: Parsed) -> tuple[Unchecked, ...]:
    """Quotation marks without a partner: what they quote, and from whom, can't be told."""
    return tuple(
        Unchecked("quotation mark without a partner", Span(place.start, place.end))
        for i in quotations_of(parsed).unbalanced
        for place in [parsed.characters(i, i + 1)]
    )
