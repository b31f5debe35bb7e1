"""What the measures on labelled stories are taken of: the program, its parts, and a naive peer.

The comparison on labelled claims tells what attribution costs; the program without one of its parts, an
ablation, what that part is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from verify.evaluate.gold import Story, as_claims
from verify.evaluate.stories import Answer, System
from verify.models.protocols import Encoder, Entailment
from verify.relate import relate
from verify.relate.features import NAMES
from verify.relate.scorer import Scorer, load_scorer
from verify.types import Claim, Kind, Quote, Relation, RelationType, Role, Stance

if TYPE_CHECKING:
    from verify.config import Config, RelateSettings
    from verify.pipeline import Models

PEER_COSINE, PEER_PROBABILITY = 0.5, 0.5
"""From where on the peer compares two sentences, and believes the entailment model."""


def whole(models: Models, config: Config) -> System:
    """The program as it is."""
    from verify.pipeline import check

    def answer(story: Story) -> Answer:
        checked = check(story.document, models, config)
        return Answer(checked.claims, checked.relations, checked.coverage.pairs_compared, checked.findings)

    return answer


def compared(
    models: Models,
    claims_of: Callable[[Story], Sequence[Claim]],
    settings: RelateSettings,
    scorer: Scorer | None = None,
) -> System:
    """The comparison alone, on claims that come from elsewhere."""

    def answer(story: Story) -> Answer:
        claims = claims_of(story)
        related = relate(
            claims,
            story.document,
            models.registry,
            encoder=models.encoder,
            entailment=models.entailment,
            settings=settings,
            scorer=scorer,
        )
        return Answer(claims, related.relations, related.pairs_compared)

    return answer


def on_labelled_claims(models: Models, config: Config) -> System:
    """The comparison on the labelled claims, propositions and stances."""
    return compared(models, as_claims, config.relate)


def naive(encoder: Encoder, entailment: Entailment) -> System:
    """What most tools do: all pairs of near sentences to the entailment model, no attribution and no gate."""

    def answer(story: Story) -> Answer:
        texts = [story.document.text[slice(*s)] for s in story.sentences]
        vectors = encoder.encode(texts)
        near = [p for p in combinations(range(len(texts)), 2) if vectors[p[0]] @ vectors[p[1]] >= PEER_COSINE]
        rows = entailment.predict([(texts[i], texts[j]) for i, j in near])
        relations = [
            Relation(
                a=f"c{i}",
                b=f"c{j}",
                relation=RelationType.CONTRADICTS if row[2] > row[0] else RelationType.SUPPORTS,
                kind=Kind.OCCURRENCE,
                score=float(max(row[0], row[2])),
                reason="",
            )
            for (i, j), row in zip(near, rows, strict=True)
            if max(row[0], row[2]) >= PEER_PROBABILITY
        ]
        claims = [_sentence_as_claim(story, n) for n in range(len(texts))]
        return Answer(claims, relations, len(near))

    return answer


def _sentence_as_claim(story: Story, number: int) -> Claim:
    span = story.sentences[number]
    return Claim(
        id=f"c{number}",
        sentence=f"s{number}",
        span=span,
        source=None,
        cue=None,
        content=(span,),
        quote=Quote.NONE,
        stance=Stance.ASSERTS,
        proposition=story.document.text[slice(*span)],
        within=None,
        role=Role.PARAGRAPH if number else Role.HEADLINE,
    )


def ablations(stories: Iterable[Story], models: Models, config: Config) -> dict[str, System]:
    """The comparison as it is and without each of its parts, on the claims that the program finds.

    The scorer isn't fitted again: what is measured is what it leans on.
    """
    from verify.pipeline import read

    found = {story.name: read(story.document, models).claims for story in stories}

    def claims(change: Callable[[Claim], Claim]) -> Callable[[Story], Sequence[Claim]]:
        return lambda story: [change(claim) for claim in found[story.name]]

    unlimited = {"neighbours": 1000, "min_cosine": -1.0, "promise": 0.0, "larger_promise": 0.0}
    ungated = config.relate.model_copy(update=unlimited)
    return {
        "all of it": compared(models, claims(lambda claim: claim), config.relate),
        "without gating": compared(models, claims(lambda claim: claim), ungated),
        "without value rules": compared(
            models, claims(lambda claim: claim), config.relate, _blind_to_values()
        ),
        "without stance algebra": compared(models, claims(_asserting), config.relate),
        "without origin": compared(models, claims(_of_its_own), config.relate),
    }


def _blind_to_values() -> Scorer:
    """The scorer without a weight on figures and dates."""
    scorer = load_scorer()
    kept = np.array([not name.startswith(("figures", "dates")) for name in NAMES], dtype=np.float32)
    gate, larger_gate = (
        replace(gate, weights=gate.weights * kept) for gate in (scorer.gate, scorer.larger_gate)
    )
    return replace(scorer, weights=scorer.weights * kept, gate=gate, larger_gate=larger_gate)


def _asserting(claim: Claim) -> Claim:
    """The claim as if a denial were an assertion of what it denies."""
    return replace(claim, stance=Stance.ASSERTS) if claim.stance is Stance.DENIES else claim


def _of_its_own(claim: Claim) -> Claim:
    """The claim as if it drew on nobody."""
    return replace(claim, cites=frozenset(), within=None)
