"""What is too long for the models is told of, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verify.config import Config
from verify.load import document_of
from verify.models import limits
from verify.models.limits import Limit, Limits
from verify.pipeline import check
from verify.resources import weights_folder

if TYPE_CHECKING:
    from verify.pipeline import Models

SHORT = "The mayor said that the bridge at Sarnow was closed."
LONG = f"The ministry said that {'the mud was on the road and ' * 80}the road was shut."


def test_a_sentence_of_five_hundred_words_is_not_passed_off_as_checked(models: Models) -> None:
    assert 500 <= len(LONG.split()) < 600
    document = document_of(f"{SHORT}\n\n{LONG}\n".encode(), path="draft.txt", suffix=".txt")
    (unchecked,) = check(document, models, Config()).coverage.unchecked
    assert unchecked.reason == "too long for the model"
    assert document.text[unchecked.span.start : unchecked.span.end] == LONG


@pytest.mark.parametrize(
    ("text", "cut"),
    [("mud " * 10, False), ("mud " * 11, True), ("government " * 10, False), ("", False)],
    ids=["as much as there is room for", "one word more", "many characters", "nothing"],
)
def test_tokens_are_counted_and_not_characters(text: str, cut: bool) -> None:
    assert Limit(weights_folder() / "encoder", 10).cut([text, "mud"]) == [cut, False]


def test_what_can_only_be_short_is_not_tokenised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_tokenizer", None)
    assert Limit(Path("nowhere"), 10).cut(["ten signs."]) == [False]


def test_one_model_that_cuts_is_enough_and_without_limits_nothing_is_cut() -> None:
    encoder = weights_folder() / "encoder"
    limits = Limits(proposition=[Limit(encoder, 20), Limit(encoder, 10)])
    assert limits.cut_propositions(["mud " * 11, "mud"]) == [True, False]
    assert limits.cut_passages(["mud " * 11, "mud"]) == [False, False]
