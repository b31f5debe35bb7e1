"""Pairs from the archives of labelled stories: what an archived sentence, as printed, says of a claim.

The premise is the whole sentence that a labelled passage stands in, since that is what a draft's claim is
held against. A document that no label links to a claim doesn't bear on it: there the sentence most like it is
neutral.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from rapidfuzz import fuzz

from verify.evaluate.archives import place_of
from verify.index.passages import sentences_of
from verify.load import document_of
from verify.train.pairs import Pair
from verify.types import Sentence

SET = "archives"
LABELS = {"supports": "entailment", "contradicts": "contradiction", "unrelated_lookalike": "neutral"}
"""What a labelled link makes of a claim whose source holds it true. The other links are left out: a later
figure contradicts only who doesn't know that it is later, and quotations are compared word by word."""

DENIED = {"entailment": "contradiction", "contradiction": "entailment", "neutral": "neutral"}
"""What bears out a denial contradicts what is denied."""

UNLINKED = 40
"""Pairs with documents that don't bear on the claim that are taken from a story."""

COPY = 60.0
"""Likeness in percent from which a document carries another one's copy, and so the same links."""


def archive_pairs(
    story: Mapping[str, list[dict[str, str]]],
    claims: Mapping[str, tuple[str, bool]],
    name: str,
    rng: random.Random,
) -> Iterator[Pair]:
    """Pairs of set `archives` from one labelled story, which is their group.

    `claims` holds, by id, each proposition and whether the claim's source holds it true.
    """
    if not story["evidence_links"]:
        return
    texts = {row["id"]: row["text"] for row in story["evidence"]}
    sentences = {id_: _sentences(text) for id_, text in texts.items()}
    linked = defaultdict(set)
    for row in story["evidence_links"]:
        linked[row["claim"]].add(row["evidence"])
        label = LABELS.get(row["relation"])
        if label is None or row["claim"] not in claims:
            continue
        proposition, held_true = claims[row["claim"]]
        premise = _around(row["passage"], texts[row["evidence"]], sentences[row["evidence"]])
        yield Pair(premise, proposition, label if held_true else DENIED[label], SET, row["relation"], name)
    for row in (*story["conflicts"], *story["supports"]):
        # What bears on one of two related claims may well bear on the other.
        linked[row["a"]], linked[row["b"]] = (linked[row["a"]] | linked[row["b"]],) * 2
    unlinked = [
        (proposition, document)
        for id_, (proposition, _) in claims.items()
        for document, text in texts.items()
        if not any(document == x or fuzz.ratio(text, texts[x]) >= COPY for x in linked[id_])
    ]
    for proposition, document in rng.sample(unlinked, min(UNLINKED, len(unlinked))):
        shown = (words for _, words in sentences[document])
        nearest = max(shown, key=partial(fuzz.token_set_ratio, proposition), default=None)
        if nearest is not None:
            yield Pair(nearest, proposition, "neutral", SET, "unlinked", name)


def _sentences(text: str) -> tuple[tuple[Sentence, str], ...]:
    return sentences_of(document_of(text.encode(), path="archived.md", suffix=".md"))


def _around(passage: str, text: str, sentences: Sequence[tuple[Sentence, str]]) -> str:
    """What a reader sees of the sentences around the passage; the passage itself where it isn't found."""
    place = place_of(passage, text)
    if place is None:
        return passage
    return " ".join(shown for sentence, shown in sentences if sentence.span.overlaps(place)) or passage
