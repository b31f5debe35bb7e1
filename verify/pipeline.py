"""The whole line on one screen: a document in, everything found in it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.attribution.extract import attribute
from verify.attribution.registry import Registry, load_registry
from verify.attribution.resolve import resolve_sources
from verify.attribution.spoken import quotations_of
from verify.claims import make_claims, unspoken
from verify.config import Config
from verify.language.english import leave_out_foreign
from verify.language.parse import LONGEST_SENTENCE, load_parser, parse, skipped
from verify.models.encoder import load_encoder
from verify.models.entailment import load_entailment
from verify.models.protocols import Encoder, Entailment
from verify.relate import relate
from verify.relate.issues import find_issues
from verify.rules import run as run_rules
from verify.rules.base import Context
from verify.types import Checked, Claim, Coverage, Document, Span, Unchecked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language

    from verify.language.parse import Parsed


@dataclass(frozen=True, slots=True)
class Models:
    """What a check needs besides the document; loaded once, used for many."""

    nlp: Language
    encoder: Encoder
    entailment: Entailment
    registry: Registry

    @property
    def names(self) -> Mapping[str, str]:
        """What the report calls the models."""
        return {
            "encoder": self.encoder.name,
            "entailment": self.entailment.name,
            "attribution": "rules",
            "parser": f"{self.nlp.meta['lang']}_{self.nlp.meta['name']} {self.nlp.meta['version']}",
        }


def load_models(config: Config) -> Models:
    """Load what `config` names. Raises ModelError or ConfigError where it isn't there or isn't right."""
    return Models(
        nlp=load_parser(config.models.parser),
        encoder=load_encoder(config.models.encoder),
        entailment=load_entailment(config.models.entailment),
        registry=load_registry(config.registry),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What a document says: its sentences, its claims, and what couldn't be read."""

    parsed: Parsed
    claims: tuple[Claim, ...]
    unchecked: tuple[Unchecked, ...]


def read(document: Document, models: Models) -> Read:
    """Find the claims of a document and who makes them."""
    document, foreign = leave_out_foreign(document)
    parsed = parse(document, models.nlp)
    attributions = attribute(parsed)
    sources = resolve_sources(parsed, attributions, models.registry)
    claims = make_claims(parsed, attributions, sources, models.registry)
    voiceless = (
        Unchecked("quotation whose speaker isn't named", span) for span in unspoken(parsed, attributions)
    )
    unchecked = (*foreign, *skipped(document), *_overlong(parsed), *_unbalanced(parsed), *voiceless)
    return Read(parsed, claims, unchecked)


def check(document: Document, models: Models, config: Config) -> Checked:
    """Check one document. The same document, models and configuration give the same result."""
    found = read(document, models)
    related = relate(
        found.claims,
        document,
        models.registry,
        encoder=models.encoder,
        entailment=models.entailment,
        settings=config.relate,
    )
    issues = find_issues(found.claims, related.relations, related.open_to, models.nlp)
    sentences = found.parsed.sentences
    context = Context(document, sentences, found.claims, related.relations, issues, models.registry.parties)
    return Checked(
        document=document,
        sentences=sentences,
        claims=found.claims,
        relations=related.relations,
        issues=issues,
        findings=run_rules(context, config.levels),
        coverage=Coverage(
            sentences=len(sentences),
            claims=len(found.claims),
            pairs_compared=related.pairs_compared,
            unchecked=found.unchecked,
        ),
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
