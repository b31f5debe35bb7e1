"""Which claims are held against which: nearest propositions of other parties, never all pairs."""

from __future__ import annotations

import re

from verify.attribution.lexicon import CLAIM_NOUN
from verify.models.protocols import Matrix
from verify.types import Claim, Role, Stance

SILENT = frozenset({Stance.DOUBTS, Stance.DECLINES})
"""Stances that neither support nor contradict anything."""

BARE = re.compile(
    r"There (?:was|were) (?:an? |the )?[\w-]+\.$|\w+\.$|It was so\.$"
    r"|There (?:was|were) (?:[A-Z][\w-]+ )+[A-Z][\w-]+,"
    r"|The (?:number|figure|total) (?:was|were) [\w,.-]+\.$"
    r"|Something (?:(?:be|been|being|could|did|else|ever|had|has|is|more|was|will|would) )*"
    r"(?:do|done|happen|happened|occurred|said|wrong)(?: so far| about it)?\.$"
)
"""One word, a list of names, a number of nobody knows what, that something was done: too little to be held
against anything."""

ON_THE_QUARREL = re.compile(
    r"(?:The |An? )?(?:[\w-]+ ){0,2}(?:quarrel|row|dispute|debate|controversy|feud|war of words)\b"
    r"(?! (?:was|were|is|are) (?:over|settled|resolved|caused|started|sparked)\b)",
    re.IGNORECASE,
)
"""What a draft says of the dispute itself, by which it takes no side: "The row over the warning grew"."""

OFFICES = frozenset(
    """the of for and army air force forces navy military police government cabinet ministry minister
    president prime foreign defence defense interior office department embassy spokesman spokeswoman
    spokesperson official officials executive executives director chief chairman electronics group company
    corporation corp inc ltd plc co holdings ag gmbh sa nv""".split()
)
"""Words that, added to the name of a party, don't make it another one."""

OPPOSED = frozenset("critics rivals opponents victims strikers protesters rebels separatists".split())
"""Common nouns for those who don't speak for the party that they are named after."""


def neighbour_pairs(vectors: Matrix, *, neighbours: int, min_cosine: float) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, of claims whose propositions are near each other.

    `vectors` are the unit rows of the claims' propositions, shape (claims, dimension). Each claim is
    paired with at most `neighbours` others, so that work grows with the number of claims.
    """
    import faiss

    if len(vectors) < 2:
        return []
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    cosines, places = index.search(vectors, min(neighbours + 1, len(vectors)))
    pairs = {
        (min(i, int(j)), max(i, int(j)))
        for i in range(len(vectors))
        for cosine, j in zip(cosines[i], places[i], strict=True)
        if j != i and cosine >= min_cosine
    }
    return sorted(pairs)


def comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims can support or contradict each other at all.

    Not where a source is silent, or wants, hopes or fears something; where a proposition says too little;
    where one only repeats the other ("Tass quoted the FSB", "Tass said, citing the FSB", or a headline that
    says who says so); where the draft speaks of the dispute itself; or within one party. The outlet's own
    voice is held against its sources and its headline against its text.
    """
    if a.stance in SILENT or b.stance in SILENT or a.within == b.id or b.within == a.id:
        return False
    if not (a.cue_class.factual and b.cue_class.factual) or any(_says_nothing(c.proposition) for c in (a, b)):
        return False
    if any(c.role is Role.HEADLINE and c.source is not None for c in (a, b)):
        return False
    if any(c.source is None and ON_THE_QUARREL.match(c.proposition) for c in (a, b)):
        return False
    if a.source is None or b.source is None:
        return a.source is not b.source or Role.HEADLINE in {a.role, b.role}
    return not (one_party(a.party, b.party) or _echoes(a, b) or _echoes(b, a))


def _says_nothing(proposition: str) -> bool:
    """Whether a proposition is bare, or an answer to nobody knows what: "The Russian account."."""
    words = proposition.rstrip(".").split()
    return BARE.match(proposition) is not None or (len(words) <= 4 and words[-1].lower() in CLAIM_NOUN)


def _echoes(a: Claim, b: Claim) -> bool:
    """Whether a gives b's source for what it says; unless one of them denies, that is no second voice."""
    agree = (a.stance is Stance.DENIES) == (b.stance is Stance.DENIES)
    return agree and b.source is not None and b.source.name in a.cites


def one_party(a: str, b: str) -> bool:
    """Whether two names are of one party: the same, or the other's with an office ("Tesla executives")."""
    shorter, longer = sorted((_words(a), _words(b)), key=len)
    named = any(word[:1].isupper() and len(word) > 2 and word.lower() not in OFFICES for word in shorter)
    return a == b or (named and shorter <= longer and all(_office(word) for word in longer - shorter))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.sub(r"['’]s?\b", "", word) for word in name.split())


def _office(word: str) -> bool:
    """Whether a word only tells who speaks for a party: a common noun, or an office or legal form."""
    return word.lower().strip(".,") in OFFICES or (word[:1].islower() and word not in OPPOSED)
