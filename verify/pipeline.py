"""The whole line on one screen: a document in, everything found in it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from verify.accusing import find_accusations
from verify.attribution.registry import Registry, load_registry
from verify.cache import Store
from verify.cache.models import cached_encoder, cached_entailment, cached_tagger
from verify.config import Config
from verify.evidence import Found, Library, find_evidence
from verify.index import open_archive
from verify.language.parse import load_parser
from verify.language.writable import writable
from verify.models.limits import Limits, limits_of
from verify.models.protocols import Encoder, Entailment, Tagger
from verify.models.tagger import RULES
from verify.reading import Read
from verify.reading import read as read_document
from verify.relate import Related, relate
from verify.relate.issues import find_agreed, find_issues
from verify.relate.reliance import find_reliances
from verify.rules import run as run_rules
from verify.rules import running, unattributed_claim
from verify.rules.base import Against, Context, Levels
from verify.types import Checked, Coverage, Document, Unchecked

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from spacy.language import Language

    from verify.index.protocols import Archive


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
    limits: Limits = field(default_factory=Limits)

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
        limits=limits_of(config.models),
    )


def read(document: Document, models: Models) -> Read:
    """Find the claims of a document and who makes them."""
    return read_document(document, models.nlp, models.registry, models.tagger)


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
    held = _held_against(library, document, found, models)
    rules = _rules_that_run(config.levels, library)
    context = _context(document, found, related, held, rules, models)
    return Checked(
        document=document,
        sentences=context.sentences,
        claims=context.claims,
        relations=context.relations,
        issues=context.issues,
        findings=run_rules(context, config.levels),
        coverage=_coverage(found, related, held, models),
        agreed=find_agreed(context.claims, context.relations),
        reliances=context.reliances,
        evidence=context.evidence,
        searched=context.searched,
        rules=rules,
        quotations=context.quotations,
    )


def _held_against(library: Library | None, document: Document, found: Read, models: Models) -> Found:
    """What the archive has on the document; nothing where there is no archive."""
    if library is None:
        return Found()
    return find_evidence(document, found.parsed.sentences, found.claims, library, models.entailment)


def _rules_that_run(levels: Levels, library: Library | None) -> tuple[str, ...]:
    """The names of the rules on the document itself, and of those on the archive where there is one."""
    itself = running(levels, against=Against.ITSELF)
    return itself if library is None else (*itself, *running(levels, against=Against.ARCHIVE))


def _context(
    document: Document, found: Read, related: Related, held: Found, rules: Collection[str], models: Models
) -> Context:
    """What `rules` may read: the document with all that was found in it, and in the archive on it."""
    accusing = unattributed_claim.RULE.name in rules
    return Context(
        document=document,
        sentences=found.parsed.sentences,
        claims=found.claims,
        relations=related.relations,
        issues=find_issues(found.claims, related.relations, related.open_to, models.nlp),
        parties=models.registry.parties,
        reliances=find_reliances(found.claims),
        evidence=held.evidence,
        quotations=held.quotations,
        searched=held.searched,
        accusations=find_accusations(found.claims, document, models.encoder) if accusing else {},
    )


def _coverage(found: Read, related: Related, held: Found, models: Models) -> Coverage:
    """How much was looked at, in the document and in the archive, and what wasn't."""
    return Coverage(
        sentences=len(found.parsed.sentences),
        claims=len(found.claims),
        pairs_compared=related.pairs_compared + held.pairs_compared,
        unchecked=(*found.unchecked, *_too_long(found, models)),
    )


def _too_long(found: Read, models: Models) -> tuple[Unchecked, ...]:
    """The sentences, and the passages of claims, of which a model may not have seen the end."""
    parsed = found.parsed
    sentences = [s.span for k, s in enumerate(parsed.sentences) if parsed.readable(k)]
    passages = [writable(parsed.text(span)) for span in sentences]
    spans = list(compress(sentences, models.limits.cut_passages(passages)))
    propositions = [models.registry.canonical(claim.proposition) for claim in found.claims]
    for claim in compress(found.claims, models.limits.cut_propositions(propositions)):
        if not any(span.contains(claim.span) for span in spans):
            spans.append(claim.span)
    return tuple(Unchecked("too long for the model", span) for span in spans)
