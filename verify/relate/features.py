"""What the scorer knows about a pair of claims, as numbers between 0 and about 1."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verify.attribution.lexicon import ACCUSES
from verify.attribution.registry import Registry
from verify.language.values import Agreement, Value, find_values
from verify.language.writable import writable
from verify.models.protocols import Matrix
from verify.relate.slots import Figure, compare_dates, figures_of, set_against, words_of
from verify.types import Claim, Document, Role, Stance

NAMES = (
    "contradiction", "contradiction_both", "support", "support_both", "cosine", "opposed", "both_deny",
    "hedged", "outlet", "headline", "figures_differ", "figures_same", "figures_compatible", "dates_differ",
    "shared_names",
    "shared_words", "distance", "answers", "names_party", "earlier", "conditional", "opposed_x_cosine",
    "contradiction_x_cosine", "support_x_cosine", "opposed_x_names_party", "figures_differ_x_cosine",
    "figures_clash", "context_cosine", "centrality", "accuses", "brief_denial", "accused_x_denies",
    "opposed_x_context", "contradiction_x_context",
    "another_culprit",
)  # fmt: skip

ASKED = frozenset(
    """contradiction contradiction_both support support_both contradiction_x_cosine support_x_cosine
    contradiction_x_context""".split()
)
"""Those of NAMES that only the entailment model can tell."""

EARLIER = re.compile(
    r"\b(?:earlier|initially|at first|first said|previously|originally|"
    r"had (?:said|put|spoken|reported|counted|told|given)|"
    r"(?:rose|risen|rises|climbed|up|down|fell|dropped) (?:to|from)|"
    r"later|since then|by then|revised|raised|lowered)\b",
    re.IGNORECASE,
)
"""What tells that a figure belongs to another time than the rest of the story."""

BRIEF = 4
"""Words, not counting the commonest, up to which a denial leaves to the context what it denies."""

CONDITIONAL = re.compile(r"\b(?:if|should|unless|would have|were to|in case)\b", re.IGNORECASE)
STOP = frozenset(
    """the a an of and to in is that for on was with as by at from it be are this have has had not but were
    its his her their he she they which who will would been or than into out up over after before about
    there""".split()
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is worked out once for each claim; `text` is its proposition with acronyms spelt out."""

    claim: Claim
    text: str
    values: tuple[Value, ...]
    figures: tuple[Figure, ...]
    words: frozenset[str]
    names: frozenset[str]
    parties: frozenset[str]
    accuses: bool
    sentence: int
    context: str


def facts_of(claims: Sequence[Claim], document: Document, registry: Registry) -> list[Facts]:
    """The facts of each claim of `document`."""
    facts = []
    for claim in claims:
        text = registry.canonical(claim.proposition)
        values = find_values(text, published=document.published)
        words, lowered = re.findall(r"[^\W_]+", text), words_of(text)
        facts.append(
            Facts(
                claim=claim,
                text=text,
                values=values,
                figures=figures_of(text, values),
                words=frozenset(_stem(w) for w in lowered if w not in STOP),
                names=frozenset(
                    w
                    for k, w in enumerate(words)
                    if w[0].isupper() and len(w) > 2 and (k or w.lower() not in STOP)
                ),
                parties=registry.parties_in(text),
                accuses=not ACCUSES.isdisjoint(lowered),
                sentence=int(claim.sentence[1:]),
                context=writable(document.text[claim.span.start : claim.span.end]),
            )
        )
    return facts


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines of a pair.

    Of the propositions, of their passages, and of the less central passage with the story's gist.
    """

    propositions: float
    passages: float
    gist: float


def features_of(a: Facts, b: Facts, near: Nearness) -> Matrix:
    """The features of a pair, in the order of NAMES, with those that are ASKED left at 0 (see `answered`)."""
    opposed = are_opposed(a.claim, b.claim)
    both = a.claim.stance is b.claim.stance is Stance.DENIES
    figures = set_against(a.figures, b.figures).agreement
    dates = compare_dates(a.values, b.values)
    names_b, names_a = names_party(a, b), names_party(b, a)
    differ = figures is Agreement.DIFFERENT and not opposed
    shared_words = share(a.words, b.words)
    cosine = near.propositions
    accused = (a.accuses and names_b) or (b.accuses and names_a)
    brief = any(f.claim.stance is Stance.DENIES and len(f.words) <= BRIEF for f in (a, b))
    row = {
        "cosine": cosine,
        "opposed": opposed,
        "both_deny": both,
        "hedged": Stance.SUGGESTS in {a.claim.stance, b.claim.stance},
        "outlet": a.claim.source is None or b.claim.source is None,
        "headline": Role.HEADLINE in {a.claim.role, b.claim.role},
        "figures_differ": differ,
        "figures_same": figures is Agreement.SAME,
        "figures_compatible": figures is Agreement.COMPATIBLE,
        "dates_differ": dates is Agreement.DIFFERENT,
        "shared_names": share(a.names, b.names),
        "shared_words": shared_words,
        "distance": math.log1p(abs(a.sentence - b.sentence)) / 4,
        "answers": opposed and a.text == b.text,
        "names_party": names_a or names_b,
        "earlier": bool(EARLIER.search(a.context)) != bool(EARLIER.search(b.context)),
        "conditional": bool(CONDITIONAL.search(a.text) or CONDITIONAL.search(b.text)),
        "opposed_x_cosine": opposed * cosine,
        "opposed_x_names_party": opposed * (names_a or names_b),
        "figures_differ_x_cosine": differ * cosine,
        "figures_clash": differ * shared_words,
        "context_cosine": near.passages,
        "centrality": near.gist,
        "accuses": a.accuses or b.accuses,
        "brief_denial": opposed and brief,
        "accused_x_denies": opposed and accused,
        "opposed_x_context": opposed * near.passages,
        "another_culprit": opposed and (_clears(a, b) or _clears(b, a)),
    }
    return np.array([float(row.get(name, 0.0)) for name in NAMES], dtype=np.float32)


def answered(features: Matrix, forward: Matrix, backward: Matrix) -> Matrix:
    """The `features` of pairs, shape (n, len(NAMES)), with what an entailment model says of them.

    `forward` are its rows for the pairs, `backward` for the pairs turned round. Contradiction and support are
    those of the claims: entailment between an assertion and a denial counts as contradiction (the stance
    algebra of docs/comparison.md).
    """
    known = dict(zip(NAMES, features.T, strict=True))
    opposed = known["opposed"] > 0
    entails, clashes = (np.stack([forward[:, k], backward[:, k]]) for k in (0, 2))
    contra = np.where(known["both_deny"] > 0, 0, np.where(opposed, entails, clashes))
    support = np.where(opposed, clashes, entails)
    asked = {
        "contradiction": contra.max(0),
        "contradiction_both": contra.min(0),
        "support": support.max(0),
        "support_both": support.min(0),
        "contradiction_x_cosine": contra.max(0) * known["cosine"],
        "support_x_cosine": support.max(0) * known["cosine"],
        "contradiction_x_context": contra.max(0) * known["context_cosine"],
    }
    columns: Matrix = np.stack([asked.get(name, known[name]) for name in NAMES], axis=1)
    return columns


def are_opposed(a: Claim, b: Claim) -> bool:
    """Whether one of the two denies and the other doesn't."""
    return (a.stance is Stance.DENIES) != (b.stance is Stance.DENIES)


def _clears(denial: Facts, other: Facts) -> bool:
    """Whether something is denied of one party while the other claim speaks of other parties alone."""
    apart = bool(denial.parties) and bool(other.parties) and not denial.parties & other.parties
    return apart and denial.claim.stance is Stance.DENIES


def names_party(a: Facts, b: Facts) -> bool:
    """Whether a's proposition speaks of b's party, as an accusation does of the one who denies it."""
    if b.claim.source is None:
        return False
    if b.claim.party in a.parties:
        return True
    names = {w.lower() for w in a.names}
    return any(
        len(w) > 3 and w.lower() in names for w in (*b.claim.party.split(), *b.claim.source.name.split())
    )


def share(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of the smaller set lies in the other, in 0..1; 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _stem(word: str) -> str:
    """A word without its commonest endings; enough to match "missile" with "missiles"."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
