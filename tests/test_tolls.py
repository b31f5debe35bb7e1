"""Two parties' counts of the same people: told apart from parts, updates and other places."""

from __future__ import annotations

import pytest

from verify.config import Config
from verify.load import document_of
from verify.pipeline import Models, check, load_models
from verify.types import Checked, Kind


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models(Config())


def checked(models: Models, headline: str, *paragraphs: str) -> Checked:
    text = "\n\n".join([f"# {headline}", *paragraphs])
    return check(document_of(text.encode(), path="velm.md", suffix=".md"), models, Config())


def clashes(models: Models, *paragraphs: str) -> list[str]:
    """The reasons of the clashes of figures in a draft on a flood."""
    relations = checked(models, "Flood in Velm", *paragraphs).relations
    return [r.reason for r in relations if r.kind is Kind.NUMBER]


GOVERNOR = "Twelve people were killed in the flood, the governor said on Monday."


@pytest.mark.parametrize(
    "rival",
    [
        "The fire brigade put the toll at 17.",
        "The mayor said 17 people had died.",
        "The police said that 17 people were killed in Velm.",
    ],
)
def test_two_counts_of_the_same_people(models: Models, rival: str) -> None:
    (reason,) = clashes(models, GOVERNOR, rival)
    assert "Twelve" in reason
    assert "17" in reason


@pytest.mark.parametrize(
    "other",
    [
        "The police said another three people were killed.",
        "The army said five soldiers were killed.",
        "The mayor said 17 people had been killed in Tarn.",
        "The fire brigade said that by Monday evening 17 were dead.",
        "The mayor had earlier spoken of nine dead.",
        "The mayor said that 17 people were injured.",
        "The mayor said at least 12 people had died.",
        "The mayor said perhaps 17 people had died.",
        "The governor said later that 17 people had died.",
        "A reporter counted three bodies on one farm.",
        "In the lower part of the valley 17 people were killed, the mayor said.",
    ],
    ids=[
        "more",
        "a part",
        "elsewhere",
        "later",
        "earlier",
        "injured",
        "at least",
        "hedged",
        "his own",
        "a farm",
        "a part of the valley",
    ],
)
def test_what_is_no_clash(models: Models, other: str) -> None:
    assert clashes(models, GOVERNOR, other) == []


def test_an_earlier_year_is_another_event(models: Models) -> None:
    earlier = "In 2019 seven people were killed in a flood in the same street, the mayor said."
    assert clashes(models, GOVERNOR, earlier) == []
    assert clashes(models, f"{GOVERNOR} {earlier}") == []


def test_the_year_of_the_event_is_everybody_s(models: Models) -> None:
    governor = "Twelve people were killed in the flood of 2019, the governor said."
    assert clashes(models, governor, "The mayor said 17 people were killed.")


@pytest.mark.parametrize(
    "obituary",
    [
        (
            "Marta Lindqvist dies at 91",
            "Marta Lindqvist, the mother of three sons, died at her home. She was 91.",
        ),
        ("Choir leader dies at 80", "She taught the valley to sing in four parts, and died on 3 November."),
    ],
)
def test_an_obituary_counts_no_victims(models: Models, obituary: tuple[str, str]) -> None:
    result = checked(models, *obituary)
    assert not result.relations
    assert not result.findings


def test_more_than_tells_of_no_others(models: Models) -> None:
    (reason,) = clashes(
        models, "Police said 5,000 people marched.", "Organisers said more than 20,000 people marched."
    )
    assert "5,000" in reason


def test_different_figures_are_nothing_that_two_agree_on(models: Models) -> None:
    text = (
        "According to a report published last week, 84,000 people used the pool in 2025. The Friends put the "
        "number at more than 100,000."
    )
    assert not checked(models, "Council meets over the pool", text).agreed
