"""Propositions as the questions that they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verify.language.question import LONGEST, how_much, question_of

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("proposition", "question"),
    [
        ("Ukraine was involved in the attack.", "Was Ukraine involved in the attack?"),
        ("Korvex dumped oil in the river.", "Did Korvex dump oil in the river?"),
        ("Korvex had dumped oil in the river.", "Had Korvex dumped oil in the river?"),
        ("The company will pay the victims.", "Will the company pay the victims?"),
        ("The bridge is safe.", "Is the bridge safe?"),
        ("There was radiation.", "Was there radiation?"),
        ("At least 43 people were killed.", "Were at least 43 people killed?"),
        ("The crew was to blame for the fire.", "Was the crew to blame for the fire?"),
        ("Responsibility", "Is it so that “Responsibility”?"),
    ],
)
def test_question(nlp: Language, proposition: str, question: str) -> None:
    assert question_of(proposition, nlp) == question


def test_long_propositions_are_cut_at_a_clause(nlp: Language) -> None:
    proposition = (
        "The company had dumped oil in the river for eleven years, although the ministry had warned it in "
        "letters that it had sent to its seat in Velm and to its lawyers in the capital each spring."
    )
    question = question_of(proposition, nlp)
    assert question.startswith("Had the company dumped oil in the river for eleven years")
    assert question.endswith("?")
    assert len(question.split()) <= LONGEST + 6


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_gives_one_question(nlp: Language, text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    assert question_of(clean, nlp).endswith("?")


@pytest.mark.parametrize(
    ("proposition", "amount", "question"),
    [
        ("The damage is put at €140 million.", True, "How much is the damage?"),
        ("Its payments were €96m.", True, "How much are its payments?"),
        ("The ship is 14 months late.", False, "Which figure is right for the ship?"),
        ("It came to €96m.", True, "How much is it?"),
    ],
)
def test_figures_are_asked_for(nlp: Language, proposition: str, amount: bool, question: str) -> None:
    assert how_much(proposition, nlp, amount=amount) == question
