"""All, most, some, few and none; shares of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.train.facts import Fact
from verify.train.families.base import C, E, Made, N, World, family, swap


@family("quantifier", "quantifier")
def _quantifier(fact: Fact, world: World) -> Iterator[Made]:
    if fact.has("q"):
        old, _, news = fact.slots["q"].partition(" > ")
        for new in news.split("; "):
            label = {"E": E, "N": N, "C": C}[new[0]]
            changed = swap(fact.text, old, new[3:])
            yield fact.text, changed, label
            if label == C:
                yield changed, fact.text, C


SCALE = {
    "all": {"most": E, "some": E, "none": C, "few": C},
    "most": {"all": N, "some": E, "none": C, "few": C},
    "some": {"all": N, "most": N, "none": C},
    "none": {"all": C, "most": C, "some": C, "few": C},
    "few": {"all": C, "most": C, "some": E, "none": C},
}
"""What a quantifier says about another: from premise to hypothesis."""

WORDINGS = {
    "all": "All of the",
    "most": "Most of the",
    "some": "Some of the",
    "none": "None of the",
    "few": "Only a few of the",
}
OTHER_WORDINGS = {
    "all": "Every one of the",
    "most": "A majority of the",
    "some": "At least one of the",
    "none": "Not one of the",
    "few": "Hardly any of the",
}


def _scaled(fact: Fact, wordings: dict[str, str]) -> Iterator[Made]:
    rest = fact.text.removeprefix("All of the")
    if rest != fact.text:
        for one, others in SCALE.items():
            for other, label in others.items():
                yield WORDINGS[one] + rest, wordings[other] + rest, label


@family("scale", "quantifier")
def _scale(fact: Fact, world: World) -> Iterator[Made]:
    yield from _scaled(fact, WORDINGS)


@family("scale-words", "quantifier", held_out=True)
def _scale_words(fact: Fact, world: World) -> Iterator[Made]:
    # "Hardly any" may be none at all, and "some" is no limit: only what follows in every reading is asked.
    for premise, hypothesis, label in _scaled(fact, OTHER_WORDINGS):
        if not hypothesis.startswith("Hardly any"):
            yield premise, hypothesis, label


PART = re.compile(r"^(\d[\d,]*) of (the|its|his|her) (\d[\d,]*) ")


@family("share", "quantifier")
def _share(fact: Fact, world: World) -> Iterator[Made]:
    if found := PART.match(fact.slots.get("n", "")):
        part, whole = int(found[1]), int(found[3])
        old = found[0].strip()
        yield fact.text, swap(fact.text, old, f"all {found[2]} {whole}"), C
        yield fact.text, swap(fact.text, old, f"some of {found[2]} {whole}"), E
        yield fact.text, swap(fact.text, old, f"none of {found[2]} {whole}"), C
        yield fact.text, swap(fact.text, old, f"most of {found[2]} {whole}"), E if part > whole / 2 else C


@family("fraction", "quantifier", held_out=True)
def _fraction(fact: Fact, world: World) -> Iterator[Made]:
    if found := PART.match(fact.slots.get("n", "")):
        part, whole = int(found[1]), int(found[3])
        old = found[0].strip()
        yield fact.text, swap(fact.text, old, f"every one of {found[2]} {whole}"), C
        yield (
            fact.text,
            swap(fact.text, old, f"fewer than half of {found[2]} {whole}"),
            E if part < whole / 2 else C,
        )
    if fact.has("q") and fact.slots["q"].startswith(("All", "all", "Every", "every", "Most", "most")):
        old = fact.slots["q"].partition(" > ")[0]
        none = re.sub(
            r"^(all|every|most)( of)?( the)?",
            "not one of the" if not re.match(r"(?i)every", old) else "not one",
            old,
            flags=re.I,
        )
        yield fact.text, swap(fact.text, old, none), C


MORE_WORDINGS = {
    "all": ("Each of the", "The whole lot of the"),
    "most": ("More than half of the", "The larger part of the"),
    "some": ("One or more of the", "A number of the"),
    "none": ("Not a single one of the", "Zero of the"),
    "few": ("Very few of the", "Just a handful of the"),
}


@family("scale-more", "quantifier")
def _scale_more(fact: Fact, world: World) -> Iterator[Made]:
    yield from _scaled(fact, {key: world.rng.choice(words) for key, words in MORE_WORDINGS.items()})
