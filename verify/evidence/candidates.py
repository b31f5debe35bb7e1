"""Which archived documents, and which of their sentences, a draft's claims are held against."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from verify.evidence.library import Library
from verify.relate import Seen
from verify.relate.candidates import BARE
from verify.types import Claim, Document

PASSAGES = 10
"""Passages that are looked up for each claim."""

NEAR = 0.4
"""Cosine of a passage and a claim from which the passage speaks for its document."""

DOCUMENTS = 12
"""Documents of different origin that a draft is held against in depth."""

PER_DOCUMENT = 4
"""Sentences of a document that each claim of the draft is compared with, the nearest ones."""

LEAST_COSINE = 0.15
"""Below this similarity a sentence isn't compared with a claim."""


def documents_for(draft: Document, seen: Seen, library: Library) -> tuple[str, ...]:
    """The archived documents that speak of what the draft does, one of each origin, the nearest first.

    What counts for a document are the cosines of its best passage with each claim that finds it.
    """
    queries = list(dict.fromkeys(facts.text for facts in seen.facts if _telling(facts.claim)))
    weights: defaultdict[str, float] = defaultdict(float)
    for matches in library.search(queries, k=PASSAGES, besides=draft):
        best: dict[str, float] = {}
        for match in matches:
            best.setdefault(match.passage.document, match.cosine)
        for document, cosine in best.items():
            weights[document] += max(0.0, cosine - NEAR)
    nearest: dict[str, str] = {}
    for document in sorted(weights, key=lambda d: (-weights[d], d)):
        if weights[document] > 0:
            nearest.setdefault(library.origin(document), document)
    return tuple(nearest.values())[:DOCUMENTS]


def pairs_for(draft: Seen, told: Seen) -> list[tuple[int, int]]:
    """Pairs (i, j) of a claim of the draft and one of its nearest sentences in an archived document."""
    if not draft.facts or not told.facts:
        return []
    cosines = draft.vectors @ told.vectors.T
    return [
        (i, int(j))
        for i, row in enumerate(cosines)
        for j in np.argsort(-row, kind="stable")[:PER_DOCUMENT]
        if row[j] >= LEAST_COSINE and _telling(draft.facts[i].claim)
    ]


def _telling(claim: Claim) -> bool:
    """Whether a claim has something that can be borne out or overtaken: it is no wish and no single word."""
    return claim.cue_class.factual and not BARE.match(claim.proposition)
