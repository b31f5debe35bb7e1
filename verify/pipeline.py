"""The whole line on one screen: a document in, everything found in it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.accusing import find_accusations
from verify.attribution import extract, tagged
from verify.attribution.registry import Registry, load_registry
from verify.attribution.resolve import resolve_sources
from verify.attribution.spoken import quotations_of
from verify.cache import Store
from verify.cache.models import cached_encoder, cached_entailment, cached_tagger
from verify.claims import make_claims, unspoken
from verify.config import Config
from verify.evidence import Library, find_evidence
from verify.index import open_archive
from verify.language.english import leave_out_foreign
from verify.language.parse import LONGEST_SENTENCE, load_parser, parse, skipped
from verify.models.protocols import Encoder, Entailment, Tagger
from verify.models.tagger import RULES
from verify.relate import relate
from verify.relate.issues import find_agreed, find_issues
from verify.relate.reliance import find_reliances
from verify.rules import run as run_rules
from verify.rules import running, unattributed_claim
from verify.rules.base import Against, Context
from verify.types import Attribution, Checked, Claim, Coverage, Document, Span, Unchecked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language

    from verify.index.protocols import Archive
    from verify.language.parse import Parsed


@dataclass(frozen=True, slots=True)
class Models:
    """What a check needs besides the document; loaded once, used for many.

    Without a `tagger`, attribution is by rules alone.
    """

    nlp: Language
    encoder: Encoder
    entailment: Entailment
    registry: Registry
    tagger: Tagger | None = None

    @property
    def names(self) -> Mapping[str, str]:
        """What the report calls the models."""
        return {
            "encoder": self.encoder.name,
            "entailment": self.entailment.name,
            "attribution": self.tagger.name if self.tagger is not None else RULES,
            "parser": f"{self.nlp.meta['lang']}_{self.nlp.meta['name']} {self.nlp.meta['version']}",
        }


def load_models(config: Config, *, store: Store | None = None) -> Models:
    """Load what `config` names; with a `store`, a model is loaded when it is asked something new.

    Raises ModelError or ConfigError where one isn't there or isn't right.
    """
    return Models(
        nlp=load_parser(config.models.parser),
        encoder=cached_encoder(config.models, store),
        entailment=cached_entailment(config.models, store),
        registry=load_registry(config.registry),
        tagger=cached_tagger(config.models, store),
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
    attributions = _attributions(parsed, models.tagger)
    sources = resolve_sources(parsed, attributions, models.registry)
    claims = make_claims(parsed, attributions, sources, models.registry)
    voiceless = (
        Unchecked("quotation whose speaker isn't named", span) for span in unspoken(parsed, attributions)
    )
    unchecked = (*foreign, *skipped(document), *_overlong(parsed), *_unbalanced(parsed), *voiceless)
    return Read(parsed, claims, unchecked)


def _attributions(parsed: Parsed, tagger: Tagger | None) -> tuple[Attribution, ...]:
    """By the tagger, with what only the rules find; by the rules alone where there is no tagger."""
    ruled = extract.attribute(parsed)
    return (
        ruled
        if tagger is None
        else tagged.combine(tagged.attribute(parsed, tagger), ruled, parsed.document.text)
    )


def open_library(config: Config, models: Models) -> Library | None:
    """The archive that `config` names, open for checks with these models; None where it names none.

    Raises ArchiveError where it can't be used.
    """
    if config.index is None:
        return None
    return library_of(open_archive(config.index, models.encoder), models)


def library_of(archive: Archive, models: Models) -> Library:
    """An open archive, read with these models."""
    return Library(archive, lambda document: read(document, models).claims, models.registry, models.encoder)


def check(document: Document, models: Models, config: Config, *, library: Library | None = None) -> Checked:
    """Check one document, with a `library` against its archive too.

    The same document, models, configuration and archive give the same result.
    """
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
    reliances = find_reliances(found.claims)
    held = (
        find_evidence(document, sentences, found.claims, library, models.entailment)
        if library is not None
        else None
    )
    against = (Against.ITSELF, Against.ARCHIVE) if held is not None else (Against.ITSELF,)
    rules = tuple(name for side in against for name in running(config.levels, against=side))
    context = Context(
        document,
        sentences,
        found.claims,
        related.relations,
        issues,
        models.registry.parties,
        reliances,
        evidence=held.evidence if held is not None else (),
        quotations=held.quotations if held is not None else (),
        searched=held.searched if held is not None else None,
        accusations=find_accusations(found.claims, document, models.encoder)
        if unattributed_claim.RULE.name in rules
        else {},
    )
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
            pairs_compared=related.pairs_compared + (held.pairs_compared if held is not None else 0),
            unchecked=found.unchecked,
        ),
        agreed=find_agreed(found.claims, related.relations),
        reliances=reliances,
        evidence=context.evidence,
        searched=context.searched,
        rules=rules,
        quotations=context.quotations,
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
