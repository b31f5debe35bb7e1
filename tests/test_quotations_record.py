"""Quotations against the record: what counts as the same words, what doesn't, and where they stand."""

from __future__ import annotations

import pytest
from archives import archived
from evidencing import SPEAKER, looked_up, person, transcript
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.evidence.alignment import align
from verify.evidence.speech import same_person, turns_of
from verify.evidence.words import wording_of
from verify.report.diff import Edit, word_diff
from verify.types import RelationType, Sort, Source, Span, Verdict

RECORD = transcript(
    """QUESTION: Was the bridge overloaded?

ILSE BRANDT: We do not rule out that the bridge was overloaded. The lorry weighed 44 tonnes, and it should
not have been on that road. It may have been 14 years since anybody looked at the cables. We will close the
bridge if the engineers tell us to.

KAREL DUSEK: My office warned the ministry three times before the winter. Nobody listened, and we have found
no survivor in the river since Thursday morning of last week.

ILSE BRANDT: I would never send people over a bridge that I do not trust. Under the presumption that a crime
has been committed, the prosecutor has seized the log. The organisation has lost its programme, and the
defence is ready. We regret this."""
)

SAYS = f" {SPEAKER} said."


def verdict(words: str, *, speaker: str = SPEAKER) -> Verdict | None:
    found = looked_up(f"“{words}” {speaker} said.", RECORD, source=person(speaker))
    return found[0].verdict if found else None


def test_a_number_without_end_is_a_word_as_others_are() -> None:
    digits = "1" * 5000 + "0"
    assert wording_of(f"{digits} 5", [Span(0, 5003)]).forms == [digits, "5"]


@pytest.mark.parametrize(
    "words",
    [
        "We do not rule out that the bridge was overloaded,",
        "We don’t rule out that the bridge was overloaded,",
        "The lorry weighed forty-four tonnes, and it shouldn't have been on that road,",
        "The organization has lost its program, and the defense is ready,",
        "WE REGRET THIS,",
    ],
)
def test_the_same_words_are_verbatim_whatever_the_desk_s_style(words: str) -> None:
    assert verdict(words) is Verdict.VERBATIM


@pytest.mark.parametrize(
    "words",
    [
        "The lorry weighed 44 tonnes,",
        "The lorry weighed 44 tonnes … on that road,",
        "The lorry weighed 44 tonnes, and it [...] on that road,",
        "The lorry weighed 44 tonnes, and [the vehicle] should not have been on that road,",
    ],
)
def test_what_is_left_out_at_a_comma_or_with_a_sign_is_fair(words: str) -> None:
    assert verdict(words) is Verdict.TRIMMED


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("was safe then", SPEAKER, Verdict.SENSE),
        ("was not safe", SPEAKER, Verdict.VERBATIM),
        ("was safe then", "Karel Dusek", None),
        ("was very safe", SPEAKER, Verdict.PARAPHRASE),
    ],
)
def test_a_fragment_that_lost_its_not_is_told_of_its_own_speaker(
    words: str, speaker: str, expected: Verdict | None
) -> None:
    record = transcript("ILSE BRANDT: The bridge was not safe then, and we said so.")
    found = looked_up(f"The bridge “{words}”, {speaker} said.", record, source=person(speaker))
    assert [each.verdict for each in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We do rule out that the bridge was overloaded,", Verdict.SENSE),
        ("It has been 14 years since anybody looked at the cables,", Verdict.SENSE),
        ("We will close the bridge,", Verdict.SENSE),
        ("A crime has been committed,", Verdict.SENSE),
        ("I would never send people over a bridge,", Verdict.SENSE),
        ("We do … rule out that the bridge was overloaded,", Verdict.SENSE),
        ("The lorry weighed 54 tonnes, and it should not have been on that road,", Verdict.NUMBER),
        ("We do not rule out that the bridge was neglected,", Verdict.ALTERED),
        ("The organisation has deliberately lost its programme, and the defence is ready,", Verdict.ALTERED),
        (
            "We do not rule out that the lorry weighed 44 tonnes, and it should not have been on that road,",
            Verdict.SPLICED,
        ),
        (
            "The lorry weighed 44 tonnes, and it should not have been on that road since anybody looked at "
            "the cables,",
            Verdict.SPLICED,
        ),
    ],
)
def test_altered_words_are_told_apart_by_what_was_done_to_them(words: str, expected: Verdict) -> None:
    assert verdict(words) is expected


def test_the_right_words_in_another_mouth() -> None:
    words = "We have found no survivor in the river since Thursday morning of last week,"
    assert verdict(words) is Verdict.WRONG_SPEAKER
    assert verdict(words, speaker="Karel Dusek") is Verdict.TRIMMED


def test_words_that_anybody_may_use_are_in_nobody_s_mouth() -> None:
    assert verdict("We have found,") is not Verdict.WRONG_SPEAKER


SENTENCES = [
    "There is no evidence that the water was poisoned on purpose.",
    "We will not sell the hospital to anybody who asks.",
    "It is too early to say what caused the fire.",
    "We will appeal against the verdict.",
    "I have never taken money from a contractor.",
    "What we have seen today is a crime against the whole nation.",
    "We will do everything in our power to help the families of the miners.",
    "I will not go beyond what I have said.",
]
SPOKEN = transcript(f"ILSE BRANDT: {' '.join(SENTENCES)}", id="spoken")


@pytest.mark.parametrize(
    "words",
    [
        "There is no danger to people who drink the water,",
        "It is too early to speak of arson,",
        "We will respect the verdict, whatever it is,",
        "I have never met the contractor that you name,",
        "What we have seen today is the courage of ordinary firefighters,",
        "We will do everything in our power to find out why the pumps failed,",
        "We will not let this stand,",
        "The hospital opened 40 years ago,",
        "I have never been to that town,",
    ],
)
def test_another_sentence_on_the_same_matter_is_no_altered_one(words: str) -> None:
    (found,) = looked_up(f"“{words}”{SAYS}", SPOKEN)
    assert found.verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("We are going to do that,", "We are not going to do that."),
        ("He should have been there,", "He should not have been there at all."),
        ("I said that about her,", "I never said that about her."),
        ("I was there with her,", "I was not there with her."),
        ("He will go to them,", "He will not go to them."),
        ("I was with her,", "I was not with her."),
        ("I did kill him,", "I did not kill him."),
    ],
)
def test_a_quotation_without_its_not_is_the_record_s_whatever_its_words(words: str, said: str) -> None:
    record = transcript(f"ILSE BRANDT: The road is closed. {said} The engineers are at the bridge.")
    (found,) = looked_up(f"“{words}”{SAYS}", record)
    assert found.verdict is Verdict.SENSE


@pytest.mark.parametrize(
    "words", ["We are going to be there with them,", "She should have done that,", "I was with them,"]
)
def test_another_sentence_of_common_words_is_no_altered_one(words: str) -> None:
    record = transcript("ILSE BRANDT: We are not going to do that. He should not have been there at all.")
    (found,) = looked_up(f"“{words}”{SAYS}", record)
    assert found.verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("There is evidence that the water was poisoned on purpose,", Verdict.SENSE),
        ("There is no evidence that the river was poisoned on purpose,", Verdict.ALTERED),
        ("It is too late to say what caused the fire,", Verdict.ALTERED),
        ("We may appeal against the verdict,", Verdict.SENSE),
        ("I have never taken money from a developer,", Verdict.ALTERED),
        ("What we have seen today is a crime against a whole city,", Verdict.ALTERED),
        ("We will do everything in our power to help the owners of the mine,", Verdict.ALTERED),
        ("I will go beyond what I have said,", Verdict.SENSE),
        ("I will not sell the hospital to anybody who pays,", Verdict.ALTERED),
    ],
)
def test_a_sentence_with_a_few_words_changed_is_an_altered_one(words: str, expected: Verdict) -> None:
    (found,) = looked_up(f"“{words}”{SAYS}", SPOKEN)
    assert found.verdict is expected


def test_what_the_record_does_not_have_is_not_found() -> None:
    assert verdict("My brother drove over that river every single day,") is Verdict.NOT_FOUND


def test_a_fragment_that_is_not_found_is_passed_over() -> None:
    assert verdict("a disgrace") is None


def test_the_words_of_one_who_asks_are_nobody_s_statement() -> None:
    (found,) = looked_up(
        f"“The bridge was overloaded again,” {SPEAKER} said.",
        transcript("QUESTION: Was the bridge overloaded?"),
    )
    assert found.verdict is Verdict.NOT_FOUND


def test_indirect_speech_is_no_record() -> None:
    report = archived(
        "wire",
        "The minister did not rule out on Tuesday that the bridge had been neglected.",
        publisher="Wire",
    )
    (found,) = looked_up(
        "“We do not rule out that the bridge had been overloaded,” Ilse Brandt said.", report
    )
    assert found.verdict is Verdict.NOT_FOUND


def test_a_quotation_that_is_interrupted_is_one() -> None:
    (found,) = looked_up("“We do not,” she said, “rule out that the bridge was overloaded.”", RECORD)
    assert found.verdict is Verdict.VERBATIM


def test_a_quotation_in_the_record_may_be_interrupted_too() -> None:
    report = archived(
        "wire",
        "“We do not rule out,” she said, “that the bridge was overloaded.” The river is high, and divers "
        "could not reach the wreck of the lorry before noon on Wednesday, the police said.",
        publisher="Wire",
    )
    (found,) = looked_up("“We do not rule out that the bridge was overloaded,” Ilse Brandt said.", report)
    assert found.verdict.faithful


def test_a_document_that_has_the_words_right_settles_it() -> None:
    garbled = transcript("ILSE BRANDT: We rule out that the bridge was overloaded.", id="garbled")
    (found,) = looked_up(f"“We do not rule out that the bridge was overloaded,”{SAYS}", garbled, RECORD)
    assert found.verdict is Verdict.VERBATIM
    assert found.evidence is not None
    assert found.evidence.passage.document == "record"


def test_evidence_says_where_who_and_what() -> None:
    (found,) = looked_up(f"“We do rule out that the bridge was overloaded,”{SAYS}", RECORD)
    evidence = found.evidence
    assert evidence is not None
    assert evidence.relation is RelationType.MISQUOTE
    assert RECORD.text[slice(*evidence.span)] == "We do not rule out that the bridge was overloaded"
    assert RECORD.text[slice(*evidence.passage.span)] == evidence.passage.text
    assert evidence.passage.speaker == "Ilse Brandt"
    assert "“not” is left out" in evidence.reason


def test_a_fragment_of_two_telling_words_that_lost_its_not() -> None:
    record = transcript("KAREL DUSEK: The police have opened an inquiry. We have not identified any suspect.")
    (found,) = looked_up(
        "“We have identified a suspect,” Karel Dusek said.", record, source=person("Karel Dusek")
    )
    assert found.verdict is Verdict.SENSE


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We could lower rates before the end of the year,", Verdict.SENSE),
        ("We will look at rents again in the spring,", Verdict.TRIMMED),
        ("If wages fall, we could lower rates before the end of the year,", Verdict.VERBATIM),
    ],
)
def test_a_condition_that_stood_before_the_words_is_missed(words: str, expected: Verdict) -> None:
    record = transcript(
        "ILSE BRANDT: If wages fall, we could lower rates before the end of the year. In any case, we will "
        "look at rents again in the spring."
    )
    (found,) = looked_up(f"“{words}”{SAYS}", record)
    assert found.verdict is expected


@pytest.mark.parametrize(
    ("words", "left_out"),
    [
        ("I would never send people over a bridge,", "that I do not trust"),
        ("We will close the bridge,", "if the engineers tell us to"),
        ("A crime has been committed,", "Under the presumption that"),
    ],
)
def test_what_is_left_out_around_a_quotation_is_shown(words: str, left_out: str) -> None:
    (found,) = looked_up(f"“{words}”{SAYS}", RECORD)
    assert found.evidence is not None
    assert f"“{left_out}” is left out" in found.evidence.reason


# Property: whatever run of the record's words is quoted, it is found, in its place.

WORDS = wording_of(RECORD.text, [turn.body for turn in turns_of(RECORD) if turn.speaker == SPEAKER]).words


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WORDS) - 12), st.integers(5, 12), st.sampled_from([" ", "  ", " \t"]))
def test_any_run_of_recorded_words_is_found_in_its_place(start: int, size: int, space: str) -> None:
    run = WORDS[start : start + size]
    if any(a.after == 2 for a in run[:-1]) or run[-1].span.end < run[0].span.start:
        return
    words = RECORD.text[run[0].span.start : run[-1].span.end]
    quoted = space.join(words.split()).replace("'", "’")
    (found,) = looked_up(f"{SPEAKER} spoke of “{quoted[0].lower()}{quoted[1:]}”.", RECORD)
    assert found.verdict is Verdict.VERBATIM
    assert found.evidence is not None
    assert wording_of(RECORD.text, [found.evidence.span]).forms == [w.form for w in run]


# The parts.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("we can't", "we cannot"),
        ("3,416 people", "3416 people"),
        ("€8.5bn", "8.5 billion euros"),
        ("twenty-one per cent", "21%"),
        ("co-operate", "cooperate"),
        ("it’s centred", "it is centred"),
        ("recognised", "recognized"),
        ("um, we, er, travelled", "we traveled"),
    ],
)
def test_two_spellings_of_one_wording(one: str, other: str) -> None:
    forms = [wording_of(text, [Span(0, len(text))]).forms for text in (one, other)]
    assert forms[0] == forms[1]


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("no", "know"), ("may", "will"), ("1.5", "15")])
def test_words_that_only_look_alike(one: str, other: str) -> None:
    forms = [wording_of(text, [Span(0, len(text))]).forms for text in (one, other)]
    assert forms[0] != forms[1]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from("a b c d e f".split()), min_size=1, max_size=40), st.data())
def test_alignment_finds_every_run_of_words(recorded: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(recorded) - 1))
    end = data.draw(st.integers(start + 1, len(recorded)))
    found = align(recorded[start:end], recorded)
    assert found is not None
    assert found.matched == end - start


def test_alignment_has_nothing_to_say_of_other_words() -> None:
    assert align(["x", "y"], ["a", "b"]) is None
    assert align(["x"], []) is None


@pytest.mark.parametrize(
    ("recorded", "name", "expected"),
    [
        ("MR TENEV", "Vlad Tenev", True),
        ("Karel Dusek", "Ilse Brandt", False),
        ("THE PRESIDENT", "Joe Biden", None),
        ("External Affairs Ministry", "S. Jaishankar", None),
        ("QUESTION", "Ilse Brandt", None),
        ("Volodymyr Zelenskyy", "Zelensky", True),
        ("Ilse Brandt", "he", None),
        ("police", "Ilse Brandt", None),
    ],
)
def test_whether_two_names_are_of_one_person(recorded: str, name: str, expected: bool | None) -> None:
    assert same_person(recorded, person(name)) is expected


def test_a_body_speaks_through_its_people() -> None:
    body = Source("Coast Guard", None, "Coast Guard", anonymous=False, sort=Sort.BODY)
    assert same_person("John Mauger", body) is None


def test_a_colon_does_not_make_a_transcript() -> None:
    report = archived("a", "Note: the bridge is closed.\n\nIt said: we regret this.")
    assert turns_of(report) == ()
    named = archived("b", "Ilse Brandt: It is closed.\n\nQ: Why?\n\nIlse Brandt: It fell.")
    assert [turn.speaker for turn in turns_of(named)] == ["Ilse Brandt", "Q", "Ilse Brandt"]


@pytest.mark.parametrize(
    ("words", "recorded"),
    [
        (
            "We have found no survivor in the river since Thursday morning of last month,",
            "we have found no survivor in the river since Thursday morning of last week",
        ),
        (
            "The company warned the ministry three times before the winter,",
            "My office warned the ministry three times before the winter",
        ),
        (
            "My office warned the ministry three times before the summer,",
            "My office warned the ministry three times before the winter",
        ),
        (
            "My office warned the ministry four times before the winter,",
            "My office warned the ministry three times before the winter",
        ),
    ],
)
def test_the_words_in_whose_place_others_stand_are_shown(words: str, recorded: str) -> None:
    (found,) = looked_up(f"“{words}” Karel Dusek said.", RECORD, source=person("Karel Dusek"))
    assert found.evidence is not None
    passage, (start, end) = found.evidence.passage, found.evidence.span
    assert passage.text[start - passage.span.start : end - passage.span.start].replace("\n", " ") == recorded


def test_word_diff_shows_what_was_kept_dropped_and_added() -> None:
    changes = word_diff("We do not rule it out", "We do rule that out")
    assert [(c.edit, c.text) for c in changes] == [
        (Edit.KEPT, "We do"),
        (Edit.DROPPED, "not"),
        (Edit.KEPT, "rule"),
        (Edit.DROPPED, "it"),
        (Edit.ADDED, "that"),
        (Edit.KEPT, "out"),
    ]
