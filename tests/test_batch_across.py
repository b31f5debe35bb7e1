"""What stories on the same event tell differently: the rules' examples, time, and who says what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import StubEncoder, StubEntailment, claim
from examples import cases, joined

from verify.attribution.registry import load_registry
from verify.batch.across import Clash, find_clashes
from verify.batch.events import same_event
from verify.batch.journal import Journal, Outcome
from verify.batch.reports import last_piece, lines_across, whole
from verify.batch.standing import Policy
from verify.batch.told import RULES_ACROSS, hold_against_each_other
from verify.config import Config
from verify.load import document_of
from verify.pipeline import Models, check
from verify.report import Display, Format
from verify.rules import running
from verify.rules.base import Rule
from verify.stored import Result
from verify.types import (
    Checked,
    Coverage,
    Kind,
    Relation,
    RelationType,
    Role,
    Sentence,
    Span,
    Stance,
)

EVENT = 7
"""The direction of all that is on one event."""


CASES = cases(RULES_ACROSS, lambda example: joined(example).split("\n\n%%%\n\n"))


@pytest.mark.parametrize(("rule", "heading", "drafts"), CASES)
def test_example(rule: Rule, heading: str, drafts: list[str], models: Models, tmp_path: Path) -> None:
    policy = Policy(lambda path: Config(), date(2025, 6, 1))
    with Journal(tmp_path / "journal", resume=False) as journal:
        for number, draft in enumerate(drafts):
            document = document_of(draft.encode(), path=f"{number}.txt", suffix=".txt")
            result = Result(check(document, models, Config()), models.names)
            journal.append(Outcome(document.path, None, result))
        across = hold_against_each_other(journal, policy, Config(), None)
        found = {finding.rule for story in across for finding in story.findings}
        if heading == "Good":
            assert rule.name not in found
            return
        assert found == {rule.name}
        assert all(
            story.checked.rules == running({}) + tuple(r.name for r in RULES_ACROSS) for story in across
        )
        lines = list(lines_across(across))
        assert all(re.match(r"\d\.txt:\d+:\d+: \w+: VFY50[12] .*\d\.txt:\d+:\d+\.$", line) for line in lines)
        report = whole(journal, across, policy, Format.CONCISE, Display())
        assert set(lines) <= set(report.splitlines())
        assert rule.code in last_piece(across, Format.JSON_LINES)


# Hand-built stories.

Told = tuple[str | None, str]
"""A source, or None for the outlet, and what it says."""


def story(*told: Told, on: date | None = None, stances: Sequence[Stance] = ()) -> Checked:
    """A story whose sentences are one claim each."""
    text, sentences, claims = "", [], []
    for number, (name, words) in enumerate(told):
        start = len(text)
        text += f"{words} "
        span = Span(start, start + len(words))
        sentences.append(Sentence(f"s{number}", span, 0, Role.PARAGRAPH))
        stance = stances[number] if stances else Stance.ASSERTS
        claims.append(claim(number, name, stance, words, span=span, content=(span,)))
    document = replace(document_of(text.encode(), path="story.txt", suffix=".txt"), published=on)
    coverage = Coverage(len(claims), len(claims), 0, ())
    return Checked(document, tuple(sentences), tuple(claims), (), (), (), coverage)


class OneEvent(StubEncoder):
    """All that speaks of Tellin is alike; all else is unlike anything."""

    def __init__(self) -> None:
        super().__init__({})

    def encode(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]
        self.directions = {text: EVENT for text in texts if "Tellin" in text}
        return super().encode(texts)


def clashes(*stories: Checked) -> list[tuple[int, int, RelationType]]:
    found = find_clashes(
        lambda number: stories[number],
        len(stories),
        load_registry(),
        encoder=OneEvent(),
        entailment=StubEntailment({}),
    )
    return [(clash.a.story, clash.b.story, clash.relation) for clash in found]


def dead(number: int, *, who: str | None = "police", after: str = "", on: date | None = None) -> Checked:
    return story((who, f"The flood at Tellin on the Velm killed {number} people{after}."), on=on)


CONFLICT, UPDATE = RelationType.CONTRADICTS, RelationType.UPDATE
MONDAY, TUESDAY, WEDNESDAY = date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)


def test_figures_of_undated_stories_clash() -> None:
    assert clashes(dead(12), dead(15)) == [(0, 1, CONFLICT)]
    assert clashes(dead(12, on=MONDAY), dead(15)) == [(0, 1, CONFLICT)]


def test_figures_of_the_same_day_clash() -> None:
    assert clashes(dead(12, on=MONDAY), dead(15, on=MONDAY)) == [(0, 1, CONFLICT)]


def test_a_later_figure_is_no_conflict_whichever_is_read_first() -> None:
    assert clashes(dead(12, on=MONDAY), dead(15, on=TUESDAY)) == []
    assert clashes(dead(15, on=TUESDAY), dead(12, on=MONDAY)) == []


def test_a_figure_that_was_brought_up_to_date_and_is_repeated_is_out_of_date() -> None:
    stories = (dead(12, on=MONDAY), dead(15, on=TUESDAY), dead(12, on=WEDNESDAY))
    assert clashes(*stories) == [(2, 1, UPDATE)]
    assert clashes(*reversed(stories)) == [(0, 1, UPDATE)]


def test_a_figure_that_goes_on_rising_is_out_of_date_nowhere() -> None:
    assert clashes(dead(12, on=MONDAY), dead(15, on=TUESDAY), dead(17, on=WEDNESDAY)) == []


def test_a_story_that_tells_of_the_other_figure_as_an_earlier_one_has_overtaken_it() -> None:
    correcting = story(
        ("police", "The flood at Tellin on the Velm killed 15 people."),
        ("police", "The number of people killed was earlier put at 12."),
    )
    assert clashes(dead(12), correcting) == [(0, 1, UPDATE)]
    assert clashes(correcting, dead(12)) == [(1, 0, UPDATE)]
    dated = replace(correcting, document=replace(correcting.document, published=TUESDAY))
    assert clashes(dead(12, on=MONDAY), dated) == []
    assert clashes(dead(12, on=WEDNESDAY), dated) == [(0, 1, UPDATE)]


def test_a_story_that_has_both_figures_tells_of_the_difference_itself() -> None:
    both = story(
        ("fire brigade", "The flood at Tellin on the Velm killed 15 people."),
        ("police", "The number of people killed was 12."),
    )
    assert clashes(dead(12), both) == []


@pytest.mark.parametrize(
    "other",
    [
        dead(12),
        dead(12, who="mayor"),
        story(("police", "The flood at Tellin on the Velm killed at least 10 people.")),
        story(("police", "The flood at Tellin on the Velm injured 15 people.")),
        story(("police", "The flood in Sarnow killed 15 people.")),
        story(("police", "In Tellin the Velm is 15 metres deep.")),
        story(("police", "The flood at Tellin on the Velm killed 15 people."), stances=[Stance.DENIES]),
        story(("police", "The flood at Tellin on the Velm killed 15 people."), stances=[Stance.DECLINES]),
        dead(15, on=date(2024, 1, 1)),
    ],
    ids=[
        "same",
        "same by another",
        "bound",
        "other slot",
        "other event",
        "other thing",
        "denied",
        "silent",
        "old",
    ],
)
def test_near_misses(other: Checked) -> None:
    assert clashes(dead(12, on=TUESDAY if other.document.published else None), other) == []


def test_the_outlet_and_a_source_may_clash() -> None:
    assert clashes(dead(12, who=None), dead(15, who="mayor")) == [(0, 1, CONFLICT)]


def test_the_same_copy_twice_clashes_with_nothing() -> None:
    assert clashes(dead(12), dead(12), dead(12)) == []


def contradicting(*texts: str) -> StubEntailment:
    """Each of `texts` contradicts every other, and entails itself."""
    clash, same = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)
    return StubEntailment({(a, b): same if a == b else clash for a in texts for b in texts})


SHUT, OPEN = (
    "The bridge at Tellin was closed by police on Monday.",
    "The bridge at Tellin stayed open on Monday.",
)


SECOND, THIRD = (f"Reactor {n} at Tellin was shut down by its operator." for n in (2, 3))
RAN = "Reactor 2 at Tellin ran on as usual."


def by_words(*stories: Checked) -> tuple[Clash, ...]:
    return find_clashes(
        lambda number: stories[number],
        len(stories),
        load_registry(),
        encoder=OneEvent(),
        entailment=contradicting(SHUT, OPEN, SECOND, THIRD, RAN),
    )


def test_one_source_in_two_stories() -> None:
    (clash,) = by_words(story(("ministry", SHUT)), story(("ministry", OPEN)))
    assert (clash.a.story, clash.b.story, clash.relation) == (0, 1, CONFLICT)
    assert 0.6 <= clash.score <= 1


def test_two_of_a_row_are_two_things() -> None:
    assert by_words(story(("ministry", SECOND)), story(("operator", THIRD))) == ()
    assert by_words(story(("ministry", SECOND)), story(("operator", RAN))) != ()
    assert by_words(story(("ministry", THIRD)), story(("operator", RAN))) == ()


def test_one_of_a_row_is_no_answer_for_another() -> None:
    (clash,) = by_words(story(("ministry", SECOND)), story(("operator", RAN), ("operator", THIRD)))
    assert (clash.a.story, clash.b.story) == (0, 1)


def test_what_a_source_says_on_another_day_may_be_true_as_well() -> None:
    assert by_words(story(("ministry", SHUT), on=MONDAY), story(("ministry", OPEN), on=TUESDAY)) == ()


def test_a_story_that_corrects_has_overtaken_the_other() -> None:
    correction = story(("ministry", OPEN))
    text = f"Correction: {correction.document.text}"
    moved = Span(0, len(text) - 1)
    correction = replace(
        correction,
        document=replace(correction.document, text=text),
        sentences=(replace(correction.sentences[0], span=moved),),
    )
    (clash,) = by_words(story(("ministry", SHUT)), correction)
    assert (clash.a.story, clash.relation) == (0, UPDATE)


def test_what_a_story_says_an_earlier_version_had_is_out_of_date_elsewhere() -> None:
    told = "An earlier version of this story said that the bridge at Tellin was closed by police on Monday."
    withdrawn = story(("earlier version", told), ("ministry", OPEN))
    claims = (replace(withdrawn.claims[0], proposition=SHUT), withdrawn.claims[1])
    (clash,) = by_words(story(("ministry", SHUT)), replace(withdrawn, claims=claims))
    assert (clash.a.story, clash.b.story, clash.relation) == (0, 1, UPDATE)


def test_a_dispute_that_one_of_the_stories_has_itself_is_no_clash() -> None:
    both = story(("ministry", SHUT), ("railway", OPEN))
    disputed = Relation("c0", "c1", CONFLICT, Kind.STATUS, 0.9, "They differ.")
    assert len(by_words(story(("railway", OPEN)), story(("ministry", SHUT)))) == 1
    assert by_words(story(("railway", OPEN)), replace(both, relations=(disputed,))) == ()


def test_stories_that_could_not_be_checked_are_passed_over() -> None:
    stories = (dead(12), None, dead(15))
    found = find_clashes(
        lambda number: stories[number],
        3,
        load_registry(),
        encoder=OneEvent(),
        entailment=StubEntailment({}),
    )
    assert [(clash.a.story, clash.b.story) for clash in found] == [(0, 2)]


def test_no_story_is_on_the_same_event_as_nothing() -> None:
    assert same_event([], OneEvent()) == []
    assert same_event([(0, dead(12))], OneEvent()) == []
    assert clashes(replace(dead(15), claims=()), dead(12)) == []
