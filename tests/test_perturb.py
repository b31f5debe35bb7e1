"""Pairs by construction: what holds for all of them, and an example of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.errors import InputError
from verify.train.facts import Fact, lowered, parse, read_facts, words
from verify.train.families import FAMILIES, HELD_OUT
from verify.train.families.base import negated, passive
from verify.train.families.roles import swappable
from verify.train.pairs import Pair
from verify.train.perturb import held_out_pairs, made_pairs, split, training_pairs

FACTS = Path(__file__).parents[1] / "seeds" / "facts"
PHENOMENA = set(
    words(
        """
        number bound unit date name place role negation antonym hedge quantifier partial denial cause status
        paraphrase
        """
    )
)


@pytest.fixture(scope="module")
def facts() -> tuple[Fact, ...]:
    return read_facts(FACTS)


@pytest.fixture(scope="module")
def pairs(facts: tuple[Fact, ...]) -> tuple[Pair, ...]:
    return made_pairs(facts, seed=7)


def only(line: str, name: str) -> dict[str, str]:
    """What the family `name` makes of a fact among the seeds, as its premise: labels by hypothesis."""
    fact = parse(line, "test")
    made = made_pairs([fact, *read_facts(FACTS)], seed=7)
    return {p.hypothesis: p.label for p in made if p.set == f"made-{name}" and p.premise == fact.text}


def test_there_are_several_hundred_facts_and_none_twice(facts: tuple[Fact, ...]) -> None:
    assert len(facts) >= 300
    assert len({f.text for f in facts}) == len(facts)


def test_the_same_seed_makes_the_same_pairs(facts: tuple[Fact, ...], pairs: tuple[Pair, ...]) -> None:
    assert made_pairs(facts, seed=7) == pairs != made_pairs(facts, seed=8)


def test_a_pair_has_one_label(pairs: tuple[Pair, ...]) -> None:
    assert len({(p.premise, p.hypothesis) for p in pairs}) == len(pairs)


def test_a_sentence_only_entails_itself(pairs: tuple[Pair, ...]) -> None:
    assert all(p.label == "entailment" for p in pairs if p.premise == p.hypothesis)


@pytest.mark.parametrize("side", ["premise", "hypothesis"])
def test_sentences_are_whole(pairs: tuple[Pair, ...], side: str) -> None:
    for pair in pairs:
        text = getattr(pair, side)
        assert text.endswith(".")
        assert not text.endswith("..")
        assert text[0].isupper() or text[0].isdigit()
        assert "  " not in text
        assert " ," not in text


def test_every_family_makes_pairs_and_every_phenomenon_is_measured(pairs: tuple[Pair, ...]) -> None:
    assert {p.set.removeprefix("made-") for p in pairs} == set(FAMILIES)
    assert {FAMILIES[name][0] for name in HELD_OUT} >= PHENOMENA - {"unit"}


def test_neither_family_nor_fact_of_the_reported_figure_is_trained_on() -> None:
    learnt, measured = training_pairs(FACTS, seed=7), held_out_pairs(FACTS, seed=7)
    assert not {p.set for p in learnt} & {p.set for p in measured}
    assert not {p.premise for p in learnt} & {p.premise for p in measured}
    assert not {p.hypothesis for p in learnt if "unrelated" not in p.phenomenon} & {
        p.hypothesis for p in measured
    }


def test_a_split_depends_on_the_sentences_alone(facts: tuple[Fact, ...]) -> None:
    kept, measured = split(facts)
    assert 0.15 < len(measured) / len(facts) < 0.35
    assert {f.text for f in split(facts[::-1])[0]} == {f.text for f in kept}


def test_swapped_contradictions_hold_both_ways(pairs: tuple[Pair, ...]) -> None:
    labels = {(p.premise, p.hypothesis): p.label for p in pairs}
    for (premise, hypothesis), label in labels.items():
        back = labels.get((hypothesis, premise))
        if back is not None and "contradiction" in {label, back}:
            assert label == back, (premise, hypothesis)


COAST = (
    "The coast guard rescued 41 sailors off Cape Orlen on Tuesday. | a: The coast guard "
    "| v: rescue/rescued/rescued/were | p: 41 sailors | n: 41 sailors | loc: Cape Orlen"
)
MINE = "A mine sank a ship. | a: A mine | v: sink/sank/sunk/was | p: a ship"


@pytest.mark.parametrize(
    ("name", "hypothesis", "label"),
    [
        ("passive", "41 sailors were rescued by the coast guard off Cape Orlen on Tuesday.", "entailment"),
        ("not", "The coast guard did not rescue 41 sailors off Cape Orlen on Tuesday.", "contradiction"),
        ("never", "The coast guard never rescued 41 sailors off Cape Orlen on Tuesday.", "contradiction"),
        ("bound-upper", "The coast guard rescued over 40 sailors off Cape Orlen on Tuesday.", "entailment"),
        (
            "bound-upper",
            "The coast guard rescued under 40 sailors off Cape Orlen on Tuesday.",
            "contradiction",
        ),
        ("bound", "The coast guard rescued more than 50 sailors off Cape Orlen on Tuesday.", "contradiction"),
        ("number-none", "The coast guard rescued no sailors off Cape Orlen on Tuesday.", "contradiction"),
        ("date-dropped", "The coast guard rescued 41 sailors off Cape Orlen.", "entailment"),
        (
            "cleft",
            "It was 41 sailors that rescued the coast guard off Cape Orlen on Tuesday.",
            "contradiction",
        ),
    ],
)
def test_families(name: str, hypothesis: str, label: str) -> None:
    assert only(COAST, name)[hypothesis] == label


def test_a_changed_name_keeps_the_rest() -> None:
    line = (
        "Police arrested Leon Farkas in Zell. | a: Police | v: arrest/arrested/arrested/was "
        "| p: Leon Farkas | per: Leon Farkas | loc: Zell"
    )
    (changed,) = only(line, "surname-changed")
    assert changed.startswith("Police arrested Leon ")
    assert changed.endswith(" in Zell.")
    assert "Farkas" not in changed


def test_a_hedge_says_less_than_the_fact() -> None:
    fact = parse(COAST, "test")
    made = [
        p
        for p in made_pairs([fact, *read_facts(FACTS)], seed=7)
        if p.phenomenon == "hedge" and p.hypothesis == fact.text
    ]
    assert made
    assert {p.label for p in made} == {"neutral"}


def test_inside_a_sentence_only_names_keep_their_capital() -> None:
    assert lowered("The mine at Garrick was flooded.") == "the mine at Garrick was flooded."
    assert lowered("Norvik Steel cut jobs.") == "Norvik Steel cut jobs."
    assert lowered("Forty-one sailors were saved.") == "forty-one sailors were saved."


def test_what_cannot_be_negated_or_turned_is_left_alone() -> None:
    assert negated(parse("Snow has fallen. | aux: has | neg: no", "test")) is None
    assert not swappable(parse(MINE, "test"))
    assert passive(parse(MINE, "test")) == "A ship was sunk by a mine."


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Snow fell | v: fall/fell", "doesn't end in a full stop"),
        ("Snow fell. | w: fall/fell", "no known part"),
        ("Snow fell. | v: fall/fell | loc: Rome", "which isn't in the sentence"),
        ("Snow fell. | v: rise/rose", "second form isn't in the sentence"),
        ("Snow fell.", "either 'v' or 'aux'"),
        ("Rain fell on snow. | a: Snow | v: fall/fell | p: snow", "which isn't in the sentence"),
        ("Snow fell. | v: fall/fell | opp: fell", "not a word of the sentence and its opposite"),
    ],
)
def test_a_bad_fact_is_named(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / "facts.txt").write_text("Rain fell. | v: fall/fell\n" + line + "\n")
    with pytest.raises(InputError, match=r"facts\.txt:2") as caught:
        read_facts(tmp_path)
    assert problem in str(caught.value)


def test_a_folder_without_facts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no facts"):
        read_facts(tmp_path)
