"""Propositions as the questions that they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verify.language.question import LONGEST, how_much, question_of, quoted

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("proposition", "question"),
    [
        ("Ukraine was involved in the attack.", "Was Ukraine involved in the attack?"),
        ("Korvex dumped oil in the river.", "Did Korvex dump oil in the river?"),
        ("There should be an inquiry.", "Should there be an inquiry?"),
        ("Korvex will name the supplier.", "Will Korvex name the supplier?"),
        ("Some of the passengers were hurt.", "Were some of the passengers hurt?"),
        ("Ilse Brandt is ill.", "Is Ilse Brandt ill?"),
        ("Police officers were hurt.", "Were police officers hurt?"),
        ("Korvex had dumped oil in the river.", "Did Korvex dump oil in the river?"),
        ("The missile had been fired from Velm.", "Was the missile fired from Velm?"),
        ("Residents had been free to leave the town.", "Were residents free to leave the town?"),
        ("There had been warnings of a flood.", "Were there warnings of a flood?"),
        ("The United States had ordered the attack.", "Did the United States order the attack?"),
        ("The United States had been warned of it.", "Was the United States warned of it?"),
        ("The bridge would open on Friday.", "Will the bridge open on Friday?"),
        ("The bridge would open if it were safe.", "Would the bridge open if it were safe?"),
        ("The bridge should have been closed.", "Should the bridge have been closed?"),
        (
            "Olga Brenn, the fiercest critic of the mayor, was poisoned with arsenic.",
            "Was Olga Brenn poisoned with arsenic?",
        ),
        (
            "Soldiers were shooting at people in Sarnow, a town north of the capital.",
            "Were soldiers shooting at people in Sarnow?",
        ),
        (
            "The guard took the gun from a cart and gave it to the actor.",
            "Did the guard take the gun from a cart and give it to the actor?",
        ),
        (
            "The firm should have mended the bridge and did not do it.",
            "Should the firm have mended the bridge?",
        ),
        ("The maker, Velm Power of Tellin, was a rival.", "Was the maker, Velm Power of Tellin, a rival?"),
        ("The company will pay the victims.", "Will the company pay the victims?"),
        ("The bridge is safe.", "Is the bridge safe?"),
        ("There was radiation.", "Was there radiation?"),
        ("At least 43 people were killed.", "Were at least 43 people killed?"),
        ("The crew was to blame for the fire.", "Was the crew to blame for the fire?"),
    ],
)
def test_question(nlp: Language, proposition: str, question: str) -> None:
    assert question_of(proposition, nlp) == question


@pytest.mark.parametrize(
    "words", ["Responsibility", "It of fraud.", "Which showed guards on a boat.", "", "…"]
)
def test_what_is_no_sentence_is_quoted(nlp: Language, words: str) -> None:
    assert question_of(words, nlp) is None
    assert quoted("Responsibility.") == "Is it so that “Responsibility”?"


def test_long_propositions_are_cut_at_a_clause(nlp: Language) -> None:
    proposition = (
        "The company had dumped oil in the river for eleven years, although the ministry had warned it in "
        "letters that it had sent to its seat in Velm and to its lawyers in the capital each spring."
    )
    question = question_of(proposition, nlp)
    assert question is not None
    assert question.startswith("Did the company dump oil in the river for eleven years")
    assert question.endswith("?")
    assert len(question.split()) <= LONGEST + 6


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_gives_a_question_or_none(nlp: Language, text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    question = question_of(clean, nlp)
    assert question is None or question.endswith("?")
    assert quoted(clean).endswith("?")


@pytest.mark.parametrize(
    ("proposition", "amount", "question"),
    [
        ("The damage is put at €140 million.", True, "How much is the damage?"),
        ("Its payments were €96m.", True, "How much are its payments?"),
        ("The ship is 14 months late.", False, "How late is the ship?"),
        ("The wall was three metres high.", False, "How high is the wall?"),
        ("The strike lasted 14 days.", False, "Which figure is right for the strike?"),
        ("About 900 litres had leaked.", False, "How many litres?"),
        ("It came to €96m.", True, None),
        ("Has paid €96m so far.", True, None),
    ],
)
def test_figures_are_asked_for(nlp: Language, proposition: str, amount: bool, question: str | None) -> None:
    assert how_much(proposition, nlp, amount=amount) == question
