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
        "The mayor said 17 people had been killed, most of them in the village of Tarn.",
        "The mayor said 17 people had been killed and that 37 others were being treated for burns.",
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
        "The mayor said 9,000 people had lost their homes.",
        "The mayor put the number of damaged or destroyed houses at 900.",
        "The mayor spoke of the flood of 1970. That flood killed 300 people, the archivist said.",
        "Three sides trade blame for those killed, the mayor said.",
        "Three attacks have killed 12 people, the mayor said.",
        "Four of the dead had been identified, the mayor said.",
        "Three of them were killed at the mill, the mayor said.",
        "The mayor said that, among them, five children had been killed.",
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
        "homes",
        "houses",
        "the year of the sentence before",
        "sides",
        "attacks",
        "some of the dead",
        "some of them",
        "some among them",
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


def test_the_opening_is_prose_and_at_least_no_place(models: Models) -> None:
    lede = "The police and the mayor disagreed on Monday on how many had died in the flood in Velm."
    police = "At least 64 people were killed, the police said."
    assert clashes(models, lede, police, "The army put the number of dead at 23.")
    assert not clashes(models, lede, police, "The army put the number of dead in Tarn at 23.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fewer than 40 buses were running on Monday", "more than 210 buses were running on Monday"),
        ("Forty buses were running", "210 buses were running"),
    ],
)
def test_two_counts_in_the_same_words(models: Models, one: str, other: str) -> None:
    (reason,) = clashes(models, f"{one}, the union said. Korvex Transit said that {other}.")
    assert "210" in reason


@pytest.mark.parametrize(
    "other",
    [
        "more than 30 buses were running on Monday",
        "more than 210 buses were running on Tuesday",
        "more than 210 trams were running on Monday",
        "more than 210 buses were running in Tarn on Monday",
        "another 210 buses were running on Monday",
    ],
)
def test_other_words_are_of_other_things(models: Models, other: str) -> None:
    union = "Fewer than 40 buses were running on Monday, the union said."
    assert not clashes(models, f"{union} Korvex Transit said that {other}.")


def test_what_one_saw_is_no_count_of_all(models: Models) -> None:
    driver = '"I have stood here since four in the morning and I have counted three buses," Anna Holt said.'
    assert not clashes(models, "Korvex Transit said that more than 210 buses were running.", driver)


@pytest.mark.parametrize(
    ("headline", "text", "clash"),
    [
        ("Flood toll in Velm passes 1,200", "The death toll rose to 1,214, the police said.", False),
        ("Flood toll in Velm tops 1,200", "The death toll rose to 914, the police said.", True),
        (
            "Raid leaves dozens dead as three sides trade blame",
            "At least 64 people died, police said.",
            False,
        ),
        ("Raid kills dozens as two agencies trade blame", "Nine people were killed, police said.", True),
        ("27 babies could have lived", "Nineteen babies might have survived, the report says.", True),
        ("19 babies could have lived", "Nineteen babies might have survived, the report says.", False),
        ("27 babies could have lived", "Nineteen babies survived, the report says.", False),
    ],
)
def test_a_headline_s_figure(models: Models, headline: str, text: str, clash: bool) -> None:
    relations = checked(models, headline, text).relations
    assert [r.kind for r in relations] == [Kind.HEADLINE] * clash


def test_those_who_might_have_been_saved(models: Models) -> None:
    report = "Nineteen babies might have survived, the report says, and 14 others were left with injuries."
    inquiry = "Twenty-seven babies who died in the flood might have survived, an inquiry concluded."
    (reason,) = clashes(models, inquiry, report)
    assert "Nineteen" in reason
    assert not clashes(models, "Twenty-seven babies survived, an inquiry concluded.", report)


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
