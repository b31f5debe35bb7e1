"""The words of a claim in the tables of who says what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import claim, place

from verify.report.own_words import own_words
from verify.types import Stance


def words(text: str, content: str, cue: str | None = None) -> str:
    made = claim(1, None, Stance.ASSERTS, "x")
    span, found = place(text, content), place(text, cue) if cue is not None else None
    return own_words(text, replace(made, content=(span,), cue=found, span=span))


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        (
            '"They have cooked the figures to fit the decision," said Berg.',
            "They have cooked the figures to fit the decision,",
            "said",
            '"They have cooked the figures to fit the decision,"',
        ),
        (
            "Berg said they “have cooked the figures”, and left.",
            "they “have cooked the figures",
            "said",
            "said they “have cooked the figures”",
        ),
        ('He said: "We did. We lost," and left.', 'We lost," and left', None, '"We lost," and left'),
        ("It took 4 percent, according to him.", "It took 4 percent,", "according", "It took 4 percent"),
        ("Fourteen are dead. Two are hurt.", "Fourteen are dead.", None, "Fourteen are dead."),
        ("He is accused of causing the death of Ellen Pryor, a 34-year-old teacher from a town by the sea.",
         "He is accused of causing the death of Ellen Pryor, a", None,
         "He is accused of causing the death of Ellen Pryor, a…"),
        ("Dusek laughed it off.", "it", "laughed", "laughed it off"),
        ("Dusek laughed it off in front of all the cameras.", "it", "laughed it off", "laughed it off…"),
        ("Dusek laughed it off in front of all the cameras.", "it", "laughed", "laughed it…"),
        ("Dusek laughed at it and left.", "it", "laughed", "laughed at it…"),
        ("Dusek gave them 1 of some 2,000 keys.", "1", "gave", "gave them 1…"),
        ("He denied that, and left.", "that", "denied", "denied that"),
        ('The "deal" is off.', 'The "deal" is off', None, 'The "deal" is off'),
        ('The judge said "no deal. It is over', '"no deal. It', "said", 'said "no deal. It…"'),
    ],
)  # fmt: skip
def test_a_claim_s_own_words(text: str, content: str, cue: str | None, expected: str) -> None:
    assert words(text, content, cue) == expected
