"""The rules that hold a draft against itself: changed accounts, lost hedges, quotation marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.relate.reliance import find_reliances
from verify.rules import run
from verify.rules.base import Context
from verify.rules.odd_quotation_marks import oddities
from verify.types import Finding

if TYPE_CHECKING:
    from verify.reading import Read


@pytest.fixture
def findings(read: Callable[[str], Read]) -> Callable[[str, str], list[Finding]]:
    """A function from a rule's name and a draft to what the rule finds in it."""

    def find(rule: str, text: str) -> list[Finding]:
        found = read(text)
        context = Context(
            found.parsed.document,
            found.parsed.sentences,
            found.claims,
            (),
            (),
            reliances=find_reliances(found.claims),
        )
        return [finding for finding in run(context, {}) if finding.rule == rule]

    return find


Find = Callable[[str, str], list[Finding]]


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (
            "Karel Dusek, the mayor, said he had never met Olga Brenn. Weeks later Dusek said he had met "
            "Olga Brenn in Tellin.",
            "Karel Dusek both denies and says “Karel Dusek had met Olga Brenn in Tellin”: "
            "which of the two stands?",
        ),
        (
            "The bridge at Sarnow had cost €40 million, the ministry said. The road was shut in May. "
            "The ministry said that the bridge at Sarnow had cost €52 million.",
            "ministry gives “€40 million” and “€52 million” for one thing: which of the two stands?",
        ),
        (
            "Karel Dusek, the harbour master, said on Monday that a map had been found. On Tuesday Dusek "
            "said that no map had been found.",
            "Karel Dusek both denies and says “A map had been found”: which of the two stands?",
        ),
        (
            "Karel Dusek, the harbour master, said on Monday morning that guards had fired one shot. On "
            "Monday evening Dusek said that three shots had been fired.",
            "Karel Dusek gives “one” and “Three” for one thing: which of the two stands?",
        ),
    ],
    ids=["denied and admitted", "two figures", "two telling words", "a passive"],
)
def test_a_changed_account(findings: Find, draft: str, message: str) -> None:
    (finding,) = findings("changed-account", draft)
    assert finding.message == message
    assert len(finding.claims) == len(finding.spans) == 2


@pytest.mark.parametrize(
    "draft",
    [
        "The bridge had cost €40 million, the ministry said. The bridge had cost €52 million, police said.",
        "Karel Dusek said the bridge at Sarnow had not cost €52 million. Dusek said the bridge at Sarnow had "
        "cost €40 million.",
        "The ministry said on Monday that the bridge would cost €40 million. On Friday the ministry said "
        "that the bridge would cost €52 million.",
        "Police said on Monday that 12 people had been killed in Tellin. On Friday police said that 15 "
        "people had been killed in Tellin.",
        "The ministry said that 12 roads around Tellin had been closed. The ministry said that 14 roads "
        "around Sarnow had been closed.",
        "The ministry said that soldiers had not entered the school in Sarnow on Monday. The ministry said "
        "that soldiers had entered the school in Sarnow on Friday.",
        "Residents said that soldiers had not entered the school. Residents said that soldiers had entered "
        "the school.",
        "An official said that soldiers had not entered the school. An official said that soldiers had "
        "entered the school.",
        "The ministry said that soldiers may have entered the school. The ministry said that soldiers had "
        "entered the school.",
        "The agency Tarn, citing the rebels, said that soldiers had not entered the school. The agency Tarn, "
        "citing the ministry, said that soldiers had entered the school.",
        "Karel Dusek said that rebels had killed two soldiers. Dusek said that five soldiers had "
        "been killed.",
        "Karel Dusek said that guards had fired one shot. Dusek said that three shots had been "
        "fired in Tellin.",
        "Karel Dusek said on Monday that a map had been found. Dusek said on Tuesday that no letter had been "
        "found.",
    ],
    ids=[
        "two parties",
        "another figure is denied",
        "a plan",
        "a toll of two days",
        "two towns",
        "two days",
        "a crowd",
        "two officials",
        "surer than before",
        "on the word of others",
        "all the dead, and the rebels' share",
        "a passive of another town",
        "another thing found",
    ],
)
def test_no_changed_account(findings: Find, draft: str) -> None:
    assert not findings("changed-account", draft)


BODY = "\n\nThe mill at Sarnow burned down on Monday. "
HEDGED = "The fire at the mill was probably started by a faulty cable, the inspector Karel Dusek said."
ACCUSED = "The owners had bribed two inspectors at Sarnow, the engineer Karel Dusek said."


@pytest.mark.parametrize(
    ("headline", "body", "message"),
    [
        (
            "Fire at mill started by faulty cable",
            HEDGED,
            "The headline states flatly what is only possible in the words of Karel Dusek.",
        ),
        (
            "Owners bribed two inspectors at Sarnow",
            ACCUSED,
            "The headline states flatly what the story has on the word of Karel Dusek alone.",
        ),
    ],
)
def test_a_hedge_is_lost(findings: Find, headline: str, body: str, message: str) -> None:
    (finding,) = findings("hedge-drift", f"# {headline}{BODY}{body}")
    assert finding.message == message


def test_a_hedge_is_lost_in_the_first_paragraph(findings: Find) -> None:
    draft = f"# Mill burns down\n\nThe owners bribed two inspectors at Sarnow.\n\n{ACCUSED}"
    (finding,) = findings("hedge-drift", draft)
    assert finding.message.startswith("The first paragraph states flatly")


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Fire at mill may have started at faulty cable", HEDGED),
        ("Fire at mill started by faulty cable, inspector says", HEDGED),
        ("Was fire at mill started by faulty cable?", HEDGED),
        ("Inspector: Fire at mill was started by faulty cable", HEDGED),
        ("Fire at mill started by “faulty cable”", HEDGED),
        (
            "Fire at mill started by faulty cable",
            f"{HEDGED}\n\nThe fire at the mill was started by a faulty cable.",
        ),
        ("Roof of mill to be mended in June", HEDGED),
        ("Owners accused of bribing two inspectors at Sarnow", ACCUSED),
        ("Owners alleged to have bribed two inspectors at Sarnow", ACCUSED),
        (
            "Owners bribed two inspectors at Sarnow",
            f"{ACCUSED} The union said that the owners had bribed two inspectors at Sarnow.",
        ),
        (
            "Owners bribed two inspectors at Sarnow",
            "The owners admitted that the owners had bribed two inspectors.",
        ),
        ("Mill to open again in June", "The mill will open again in June, the owners said."),
    ],
    ids=[
        "hedged",
        "attributed",
        "asked",
        "attributed by a colon",
        "quoted",
        "established",
        "something else",
        "accused",
        "alleged",
        "borne out",
        "admitted",
        "a plain fact",
    ],
)
def test_no_hedge_is_lost(findings: Find, headline: str, body: str) -> None:
    assert not findings("hedge-drift", f"# {headline}{BODY}{body}")


@pytest.mark.parametrize(
    ("text", "word", "message"),
    [
        ("“The mine is safe, he said.", "“", "is never closed"),
        ("The mine is safe,” he said.", "”", "never opened"),
        ("”The mine is safe,” he said.", "”", "turned the wrong way"),
        ("»Safe«, he said.", "»", "turned the wrong way"),
        ("“Safe, “yes”, he said.", "“", "opens again"),
        ('He said “safe" again.', '"', 'opens with “ and closes with "'),
        ("“Safe“, he said.", "“", "opens with “ and closes with “"),
        ("“He said ‘no” and left’.", "‘", "isn't closed before the outer one"),
        ('"Safe," he said, "and sound.', '"', "is never closed"),
        ("— I saw nothing, said the guard.", "—", "put it in quotation marks"),
    ],
)
def test_marks_out_of_order(text: str, word: str, message: str) -> None:
    (oddity,) = oddities(text, "")
    assert text[oddity.place] == word
    assert message in oddity.message


@pytest.mark.parametrize(
    "text",
    [
        "“A”, “B” and (“C”)—“D”/“E”.",
        "„Gut“, he said; „so”.",
        '«Safe», « Bonjour », “ spaced ”, " spaced ".',
        "“‘No,’ he said,” she said.",
        "“He said, ‘They called it “safe” then.’”",
        "‘Tis the miners’ day; rock ‘n’ roll of the ‘90s, the ’60s and the workers’ rights.",
        "“I went to ‘Iolani Palace,” she said.",
        'He is 6\' 2" tall, she 5’6”, the pipe 12".',
        '"The 12" pipe burst," he said.',
        '"I was—" he said. "Yes."',
        "— Two men were arrested, police said.",
        "- We were told nothing",
        "",
    ],
)
def test_marks_in_order(text: str) -> None:
    assert not list(oddities(text, ""))


def test_a_quotation_that_runs_on_is_right(findings: Find) -> None:
    right = "“The mine is safe,” Karel Dusek said. “It was built in 1911.\n\n“It has never been shut.”"
    assert not findings("odd-quotation-marks", right)
    wrong = right.replace("\n\n“", "\n\n")
    messages = [finding.message for finding in findings("odd-quotation-marks", wrong)]
    assert messages == [
        "“ is never closed: where does the quotation end?",
        "” closes a quotation that was never opened.",
    ]


def test_marks_of_markup_and_other_languages_are_left_alone(findings: Find) -> None:
    assert not findings("odd-quotation-marks", 'The mine is [safe](https://velm.example/ "mine), he said.')


@given(st.text(alphabet='“”‘’"«»„ —aI6.,said', max_size=40), st.text(alphabet='“"a', max_size=2))
def test_any_marks_give_places_in_the_text(text: str, follower: str) -> None:
    assert all(0 <= oddity.place < len(text) for oddity in oddities(text, follower))
