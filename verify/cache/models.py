"""The models' seams with a store behind them: what was computed once isn't computed again.

The model itself is loaded at the first text that the store doesn't know.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from verify.cache.store import Key, Store
from verify.config import ModelSettings
from verify.models.cascade import Cascade, larger_name
from verify.models.encoder import load_encoder
from verify.models.entailment import LABELS, load_entailment
from verify.models.fingerprint import encoder_print, entailment_print, tagger_print
from verify.models.protocols import Encoder, Entailment, Matrix, Tagged, Tagger
from verify.models.tagger import RULES, choose_tagger, load_tagger, tagger_folder
from verify.types import Span

VECTORS, VERDICTS, TAGS = "vectors", "verdicts", "tags"
"""The kinds under which the models' answers are kept."""

Text = TypeVar("Text", str, tuple[str, str])


@dataclass(frozen=True, slots=True)
class CachedEncoder:
    """An encoder with a store behind it. `inner` loads the model; `fingerprint` is that of its files."""

    name: str
    fingerprint: str
    inner: Callable[[], Encoder]
    store: Store

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return unit rows of shape (len(texts), dimension)."""
        if not texts:
            return self.inner().encode(texts)
        return _rows(self.store, VECTORS, self.fingerprint, texts, lambda new: self.inner().encode(new))


@dataclass(frozen=True, slots=True)
class CachedEntailment:
    """An entailment model with a store behind it; see CachedEncoder."""

    name: str
    fingerprint: str
    inner: Callable[[], Entailment]
    store: Store

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return probabilities of shape (len(pairs), 3)."""
        if not pairs:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        return _rows(self.store, VERDICTS, self.fingerprint, pairs, lambda new: self.inner().predict(new))


@dataclass(frozen=True, slots=True)
class CachedTagger:
    """A tagger with a store behind it; see CachedEncoder. A document's paragraphs are read together."""

    name: str
    fingerprint: str
    inner: Callable[[], Tagger]
    store: Store

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        """Return the attributions of a document whose paragraphs are given in order."""
        key = key_of(self.fingerprint, *paragraphs)
        kept = self.store.get(TAGS, [key]).get(key)
        found = _tags(kept) if kept is not None else None
        if found is None:
            found = self.inner().tag(paragraphs)
            rows = [[t.paragraph, t.cue, t.source, t.content, t.score] for t in found]
            self.store.put(TAGS, {key: json.dumps(rows).encode()})
        return found


def cached_encoder(settings: ModelSettings, store: Store | None) -> Encoder:
    """The encoder that `settings` name, with `store` behind it, or alone. Raises ModelError."""
    print_ = encoder_print(settings.encoder)
    if store is None or print_ is None:  # where there is no such model, loading says so
        return load_encoder(settings.encoder)
    return CachedEncoder(*print_, cache(lambda: load_encoder(settings.encoder)), store)


def cached_entailment(settings: ModelSettings, store: Store | None) -> Entailment:
    """The entailment model or models that `settings` name, with `store` behind them, or alone.

    Raises ModelError.
    """
    quick, larger = _entailment(settings.entailment, store), larger_name(settings)
    return quick if larger is None else Cascade(quick, _entailment(larger, store))


def _entailment(name: str | None, store: Store | None) -> Entailment:
    print_ = entailment_print(name)
    if store is None or print_ is None:
        return load_entailment(name)
    return CachedEntailment(*print_, cache(lambda: load_entailment(name)), store)


def cached_tagger(settings: ModelSettings, store: Store | None) -> Tagger | None:
    """The tagger that `settings` name, with `store` behind it, or alone; None for attribution by rules.

    Raises ModelError.
    """
    print_ = tagger_print(settings.attribution)
    if store is None or print_ is None or print_.name == RULES:
        return choose_tagger(settings.attribution)
    return CachedTagger(*print_, cache(lambda: load_tagger(tagger_folder(settings.attribution))), store)


def key_of(*parts: str) -> Key:
    """16 bytes for `parts`: 2^64 of them may come before two are likely to share a key."""
    return blake2b(json.dumps(parts).encode(), digest_size=16).digest()


def _rows(
    store: Store, kind: str, fingerprint: str, texts: Sequence[Text], compute: Callable[[list[Text]], Matrix]
) -> Matrix:
    """A row for each of `texts`, of which only the new ones are computed. `texts` isn't empty."""
    keys = [key_of(fingerprint, *([text] if isinstance(text, str) else text)) for text in texts]
    rows = {key: np.frombuffer(value, np.float32) for key, value in store.get(kind, keys).items()}
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
    if new:
        computed = np.ascontiguousarray(compute(list(new.values())), dtype=np.float32)
        store.put(kind, {key: row.tobytes() for key, row in zip(new, computed, strict=True)})
        rows |= dict(zip(new, computed, strict=True))
    return np.stack([rows[key] for key in keys])


def _tags(kept: bytes) -> tuple[Tagged, ...] | None:
    """The kept attributions; None where they aren't what this version keeps."""
    try:
        return tuple(
            Tagged(
                paragraph,
                Span(*cue),
                Span(*source) if source else None,
                tuple(Span(*c) for c in content),
                score,
            )
            for paragraph, cue, source, content, score in json.loads(kept)
        )
    except (ValueError, TypeError):
        return None
