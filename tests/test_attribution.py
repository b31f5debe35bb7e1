"""Who says what, pattern by pattern, as the claims of short drafts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from verify.attribution.untold import tells_nothing
from verify.reading import Read
from verify.types import Claim, CueClass, Quote, Stance

if TYPE_CHECKING:
    from spacy.language import Language

Claims = Callable[[str], tuple[Claim, ...]]
Reader = Callable[[str], Read]
TOLL = "twelve people had died in the flood"


@pytest.mark.parametrize(
    ("text", "cue", "quote"),
    [
        (f"The ministry said that {TOLL}.", "said", Quote.INDIRECT),
        (f"The ministry said {TOLL}.", "said", Quote.INDIRECT),
        ("Twelve people had died in the flood, the ministry said.", "said", Quote.INDIRECT),
        ("Twelve people, the ministry said, had died in the flood.", "said", Quote.INDIRECT),
        ("“Twelve people had died in the flood,” the ministry said.", "said", Quote.DIRECT),
        ('"Twelve people had died in the flood," the ministry said.', "said", Quote.DIRECT),
        ("The ministry said: “Twelve people had died in the flood.”", "said", Quote.DIRECT),
        ("The ministry said that “twelve people” had died in the flood.", "said", Quote.MIXED),
        (f"According to the ministry, {TOLL}.", "According to", Quote.INDIRECT),
        ("Twelve people had died in the flood, according to the ministry.", "according to", Quote.INDIRECT),
        (f"The ministry told reporters on Monday that {TOLL}.", "told", Quote.INDIRECT),
    ],
)
def test_source_cue_and_content(read_claims: Claims, text: str, cue: str, quote: Quote) -> None:
    (claim,) = read_claims(text)
    assert claim.source is not None
    assert claim.source.text is not None
    assert claim.cue is not None
    assert text[slice(*claim.source.text)] == ("The ministry" if text.startswith("The") else "the ministry")
    assert text[slice(*claim.cue)] == cue
    said = " ".join(text[slice(*span)] for span in claim.content).replace("”", "")
    assert said.lower() == TOLL
    assert claim.quote is quote
    assert claim.stance is Stance.ASSERTS


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Korvex denied all involvement in the spill.", "denied", "all involvement in the spill"),
        (
            "Korvex rejected the allegation that it had dumped oil.",
            "rejected",
            "the allegation that it had dumped oil",
        ),
        ("The company put the toll at 53.", "put", "the toll at 53"),
        ("The police reported 37 dead.", "reported", "37 dead"),
        ("The minister spoke of 20 dead.", "spoke", "20 dead"),
        ("The minister called the report absurd.", "called", "the report absurd"),
        (
            "The minister accused the company of dumping oil.",
            "accused",
            "the company of dumping oil",
        ),
        ("Ilse Brandt urged the company to pay the victims.", "urged", "the company to pay the victims"),
        (
            "Moscow's claim that Ukraine had planned the attack convinced nobody.",
            "claim",
            "Ukraine had planned the attack",
        ),
        ("The claim of responsibility by Islamic State was published on Friday.", "claim", "responsibility"),
        (
            "By the ministry's count, twelve people had died.",
            "By the ministry's count",
            "twelve people had died",
        ),
        ("The company declined to comment on the leak.", "declined to comment", "the leak"),
    ],
)
def test_nominal_content(read_claims: Claims, text: str, cue: str, content: str) -> None:
    (claim,) = read_claims(text)
    assert claim.cue is not None
    assert text[slice(*claim.cue)] == cue
    assert [text[slice(*span)] for span in claim.content] == [content]


@pytest.mark.parametrize(
    "text",
    [
        "The army retreated from the town on Monday.",
        "The commission counted the votes in public.",
        "The minister verified the documents on Monday.",
        "The troops withdrew from the town.",
        "Velm was told to evacuate.",
        "The mayor asked not to be named.",
        "She saw the bridge fall and ran.",
        "The company's account was frozen by the bank.",
        "The report of the commission runs to 300 pages.",
        "Mourners laid flowers at the door of the embassy.",
        "The clerk put the phone down to answer the door.",
        "The nurse saw the hand of a child in the rubble.",
        "The ship came to the same port.",
        "The mayor gave the same speech in Velm.",
        "The club agreed with Korvex on a price.",
        "The museum holds 40 pictures.",
        "The firm's position was strong.",
    ],
)
def test_what_only_looks_like_an_attribution_is_the_outlets_own_voice(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is None
    assert claim.party == "outlet"
    assert claim.quote is Quote.NONE


@pytest.mark.parametrize("text", ["What happened in Velm?", "## Velm", "Velm, Monday.", "No comment!"])
def test_what_claims_nothing(read_claims: Claims, text: str) -> None:
    assert read_claims(text) == ()


def names(claims: tuple[Claim, ...]) -> list[str | None]:
    return [claim.source.name if claim.source else None for claim in claims]


def test_a_quotation_runs_on_after_its_cue(read_claims: Claims) -> None:
    claims = read_claims(
        "“The dam was sound,” Ilse Brandt said. “It had been inspected in May. It held for forty years.”"
    )
    assert names(claims) == ["Ilse Brandt"] * 3
    assert [c.quote for c in claims] == [Quote.DIRECT] * 3


def test_a_quotation_whose_speaker_comes_last_is_not_given_to_who_spoke_before(read_claims: Claims) -> None:
    claims = read_claims(
        "The mayor said that the pipe had burst.\n\n"
        "“The dam was sound. It had been inspected in May. It held for forty years,” Ilse Brandt said."
    )
    assert names(claims) == ["mayor", "Ilse Brandt", "Ilse Brandt", "Ilse Brandt"]
    assert claims[1].source is not None
    assert claims[1].source.text is None


def test_a_quotation_runs_on_over_paragraphs(read_claims: Claims) -> None:
    claims = read_claims(
        "Ilse Brandt said: “The dam was sound. It had been inspected in May.\n\n"
        "“It held for forty years.”\n\nThe river rose again on Friday."
    )
    assert names(claims) == ["Ilse Brandt", "Ilse Brandt", "Ilse Brandt", None]


def test_an_unclosed_quotation_does_not_swallow_the_story(read_claims: Claims) -> None:
    claims = read_claims("“The dam was sound, Ilse Brandt said.\n\nThe river rose again on Friday.")
    assert claims[-1].source is None


@pytest.mark.parametrize(
    "text",
    [
        "Tass quoted the FSB as saying that four gunmen had been arrested.",
        "Four gunmen had been arrested, Tass said, citing the FSB.",
    ],
)
def test_nested_attribution(read_claims: Claims, text: str) -> None:
    outer, inner = read_claims(text)
    assert names((outer, inner)) == ["Tass", "Federal Security Service"]
    assert inner.within == outer.id
    assert outer.within is None
    assert outer.proposition == inner.proposition == "Four gunmen had been arrested."


def test_whom_a_source_cites(read_claims: Claims) -> None:
    claims = read_claims(
        "The FSB said that four gunmen had been arrested. "
        "Tass, citing the FSB, reported that four gunmen had been arrested. "
        "Ilse Brandt said that the hall was shut."
    )
    assert {c.source.name: c.cites for c in claims if c.source and c.cites} == {
        "Tass": {"Federal Security Service"}
    }


def test_who_quotes_a_denial_denies(read_claims: Claims) -> None:
    outer, inner = read_claims("Tass quoted the FSB as saying that four gunmen had not been arrested.")
    assert outer.stance is inner.stance is Stance.DENIES
    assert outer.proposition == inner.proposition == "Four gunmen had been arrested."


def test_a_quotation_without_a_speaker_is_not_the_outlets_own_word(read: Reader) -> None:
    text = "The river rose on Friday.\n\n“Korvex had dumped oil in the river.”"
    found = read(text)
    assert [claim.source for claim in found.claims] == [None]
    (unchecked,) = found.unchecked
    assert unchecked.reason == "quotation whose speaker isn't named"
    assert text[slice(*unchecked.span)].strip("“”") == "Korvex had dumped oil in the river."


def test_what_a_speaker_believes_is_no_second_attribution(read_claims: Claims) -> None:
    assert len(read_claims("Ilse Brandt said she believed the dam was sound.")) == 1


@pytest.mark.xfail(strict=True, reason="the second half of a split quotation is lost after an apposition")
def test_a_split_quotation_around_an_apposition(read_claims: Claims) -> None:
    text = "“The dam was sound,” said Ilse Brandt, the minister, “and it had been inspected in May.”"
    said = " ".join(text[slice(*span)] for claim in read_claims(text) for span in claim.content)
    assert "inspected in May" in said


def test_offsets_survive_markup_and_odd_spaces(read_claims: Claims) -> None:
    text = "The\u00a0ministry  said that\r\n**twelve** people had\u200b died in the flood."
    (claim,) = read_claims(text)
    assert claim.source is not None
    assert claim.source.text is not None
    assert text[slice(*claim.source.text)] == "The\u00a0ministry"


@pytest.mark.parametrize(
    ("text", "source", "stance", "proposition"),
    [
        (
            "“I deny that the bridge was old,” Brandt told the court.",
            "Brandt",
            Stance.DENIES,
            "The bridge was old.",
        ),
        (
            "Brandt said that she rejected the claim that the bridge was old.",
            "Brandt",
            Stance.DENIES,
            "The bridge was old.",
        ),
        (
            "“I do not dispute that the bridge was old,” Brandt said.",
            "Brandt",
            Stance.DOUBTS,
            "The bridge was old.",
        ),
        (
            "“We can rule out a new blast,” Brandt said.",
            "Brandt",
            Stance.DENIES,
            "There was a new blast.",
        ),
        (
            "Brandt said that the mayor rejected the claim.",
            "Brandt",
            Stance.ASSERTS,
            "The mayor rejected the claim.",
        ),
        (
            "Brandt said she might reject the offer.",
            "Brandt",
            Stance.SUGGESTS,
            "Brandt will reject the offer.",
        ),
        (
            "Velm said it would withdraw its troops from the border.",
            "Velm",
            Stance.ASSERTS,
            "Velm would withdraw its troops from the border.",
        ),
        (
            "Jan Holt said he would contest the election in May.",
            "Jan Holt",
            Stance.ASSERTS,
            "Jan Holt would contest the election in May.",
        ),
        (
            "Jan Holt said he had dismissed the minister.",
            "Jan Holt",
            Stance.ASSERTS,
            "Jan Holt had dismissed the minister.",
        ),
        ("Jan Holt said he had dismissed him.", "Jan Holt", Stance.ASSERTS, "Jan Holt had dismissed him."),
        (
            "Jan Holt said he would contest this.",
            "Jan Holt",
            Stance.ASSERTS,
            "Jan Holt would contest this.",
        ),
        ("Velm said it had withdrawn them.", "Velm", Stance.ASSERTS, "Velm had withdrawn them."),
        (
            "Velm said it withdrew the allegation that the bridge was old.",
            "Velm",
            Stance.DENIES,
            "The bridge was old.",
        ),
        ("In the view of engineers, the bridge was old.", "engineers", Stance.ASSERTS, "The bridge was old."),
        ("The bridge was old in the mayor's version.", "mayor", Stance.ASSERTS, "The bridge was old."),
    ],
)
def test_what_a_source_tells_of_its_own_denial_and_view(
    read_claims: Claims, text: str, source: str, stance: Stance, proposition: str
) -> None:
    claim = read_claims(text)[0]
    assert claim.source is not None
    assert (claim.source.name, claim.stance, claim.proposition) == (source, stance, proposition)


def test_who_begs_to_differ_denies_what_was_said(read_claims: Claims) -> None:
    first, second = read_claims(
        "The mayor said that the bridge was old. The builders' union begged to differ."
    )
    assert (second.stance, second.proposition) == (Stance.DENIES, first.proposition)
    assert second.cue_class is CueClass.DENIES


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The roof had leaked for years, Holt went on.", "Holt", "The roof had leaked for years"),
        ("“The roof is old,” Ms Holt went on.", "Ms Holt", "The roof is old"),
        (
            "The sole cause, he went on, was the ice on the road.",
            "he",
            "The sole cause was the ice on the road",
        ),
        ("Nine boats sank, a commission established.", "a commission", "Nine boats sank"),
        ("The police have not established that the lamp was lit.", "The police", "the lamp was lit"),
    ],
)
def test_who_goes_on_or_establishes_speaks(read_claims: Claims, text: str, source: str, content: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is not None
    assert claim.source.text is not None
    assert text[slice(*claim.source.text)] == source
    assert " ".join(text[slice(*span)] for span in claim.content) == content


@pytest.mark.parametrize(
    "text",
    [
        "When the lights failed, the concert went on.",
        "The rain stopped, the match went on.",
        "The child, who went on, was found at noon.",
        "In the rain, Jan Holt went on.",
        "The village, which the monks established, was shut.",
        "The mayor established a fund for the poor.",
    ],
)
def test_what_goes_on_or_is_established_is_nobodys_word(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is None


@pytest.mark.parametrize(
    "text",
    [
        "The opposition leader asked why nobody had been warned.",
        "The shareholders asked whether the dam was safe.",
        "The two sides could not agree about the price.",
        "The ministers cannot agree on whether the dam was safe.",
        "The town argued over what to call the park.",
        "Italy has been lying about strikes on its soil.",
        "The council gave a very different account of the fire.",
        "The founder, who was arrested in Rome, has told it differently.",
        "The ministry said little about the dam.",
        "A former groom, whom the board would not name, has made a statement.",
    ],
)
def test_who_asks_disputes_or_only_announces_tells_nothing(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brask and the mayor gave accounts of it that cannot all be so.", True),
        ("Brask and the mayor gave accounts of beatings.", False),
    ],
)
def test_several_accounts_of_a_thing_tell_none_of_them(nlp: Language, text: str, expected: bool) -> None:
    doc = nlp(text)
    place = next(t.i for t in doc if t.lower_ == "of")
    assert tells_nothing(doc[place - 2 : place + 1], doc[place + 1 : len(doc) - 1]) is expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The town argued that the park was too small.", "the park was too small"),
        ("Both sides agree that the dam was safe.", "the dam was safe"),
        ("The mayor said little water had been lost.", "little water had been lost"),
    ],
)
def test_who_argues_or_agrees_that_something_is_so_is_heard(
    read_claims: Claims, text: str, content: str
) -> None:
    (claim,) = read_claims(text)
    assert claim.source is not None
    assert " ".join(text[slice(*span)] for span in claim.content) == content


def test_what_is_declined_is_said_by_nobody(read_claims: Claims) -> None:
    claims = read_claims("The mill is shut: asked whether the dam was safe, a spokesman declined to answer.")
    assert [c.stance for c in claims if c.source is not None] == [Stance.DECLINES]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("In the firm's estimate, twelve people had died in the flood.", "the firm"),
        ("Twelve people had died in the flood, on the mayor's own account.", "the mayor"),
    ],
)
def test_in_an_estimate_and_on_ones_own_account(read_claims: Claims, text: str, source: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is not None
    assert claim.source.text is not None
    assert text[slice(*claim.source.text)].removesuffix(" own") == source


@pytest.mark.parametrize(
    "text", ["The road was shut on the mayor's account.", "The mayor did not hear of the flood until noon."]
)
def test_what_is_done_on_somebodys_account_is_no_claim_of_theirs(read_claims: Claims, text: str) -> None:
    assert all(claim.source is None for claim in read_claims(text))


@pytest.mark.parametrize(
    "text", ["The president dismissed most of his cabinet.", "The board dismissed the school's head teacher."]
)
def test_who_is_dismissed_is_denied_nothing(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is None


@pytest.mark.parametrize(
    "text", ["The president dismissed the charge.", "The president dismissed the minister as a liar."]
)
def test_what_is_dismissed_is_denied(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is not None


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The coroner, Karen Andrews, gave the number as 31.", "the number as 31"),
        ("The coroner gave the toll as 31, all of them children.", "the toll as 31"),
    ],
)
def test_who_gives_a_number_claims_it(read_claims: Claims, text: str, content: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is not None
    assert " ".join(text[slice(*span)] for span in claim.content) == content


@pytest.mark.parametrize(
    "text", ["Her mother gave the money as a present.", "The clerk gave the number as an example."]
)
def test_who_gives_something_as_a_present_claims_nothing(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is None


def test_what_nobody_has_spoken_of_yet_is_no_claim(read_claims: Claims) -> None:
    claims = read_claims("The prosecutor has ordered an inquiry and forbidden officials to speak of it.")
    assert all(claim.source is None for claim in claims)


def test_would_say_only_that_says_it(read_claims: Claims) -> None:
    text = "Her agent would say only that talks were going on."
    (claim,) = read_claims(text)
    assert [text[slice(*span)] for span in claim.content] == ["talks were going on"]


@pytest.mark.parametrize(
    "text",
    [
        "The crowd stayed silent for a minute.",
        "The street kept quiet until noon.",
        "The mayor gave no party that year.",
        "The mayor did not go into the house.",
    ],
)
def test_who_is_silent_about_nothing_declines_nothing(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is None


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Two men saw it. Neither named a suspect.", []),
        ("None of the parties identified the driver.", []),
        ("Neither the ministry nor the police would identify the driver.", [Stance.DECLINES]),
        ("The ministry would not name the driver.", [Stance.DECLINES]),
    ],
)
def test_who_names_nobody_may_know_of_none(read_claims: Claims, text: str, stances: list[Stance]) -> None:
    assert [c.stance for c in read_claims(text) if c.source is not None] == stances
