"""From attributions to claims: what each is worded by, and what a source goes on to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from verify.load import document_of
from verify.models.protocols import Tagged
from verify.pipeline import Models, read
from verify.relate.candidates import comparable
from verify.types import UNKNOWN, Claim, CueClass, Quote, Span, Stance


@dataclass(frozen=True)
class Finds:
    """A tagger that finds one attribution: these words, where a paragraph has them."""

    cue: str
    source: str | None
    content: str
    name: str = "finds"

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        return tuple(
            Tagged(k, _place(text, self.cue), self.source and _place(text, self.source), (span,), 0.9)  # type: ignore[arg-type]
            for k, text in enumerate(paragraphs)
            if (span := _place(text, self.content)) is not None
        )


def _place(text: str, words: str) -> Span | None:
    start = text.find(words)
    return Span(start, start + len(words)) if start >= 0 else None


def claims_of(models: Models, text: str, tagger: Finds | None = None) -> tuple[Claim, ...]:
    document = document_of(text.encode(), path="draft.txt", suffix=".txt")
    return read(document, replace(models, tagger=tagger)).claims


SAID = "The pipe was cut at night. Nobody went home. We saw Korvex lorries at the gate"
QUOTED = f"Police answer the mayor\n\n“{SAID},” the mayor said."


def test_a_content_over_sentences_is_one_claim_worded_by_the_sentence_of_its_cue(models: Models) -> None:
    claims = claims_of(models, QUOTED, Finds("said", "the mayor", SAID))
    (claim,) = (c for c in claims if c.cue is not None)
    assert QUOTED[claim.content[0].start : claim.content[-1].end] == SAID
    assert claim.proposition.endswith("saw Korvex lorries at the gate.")


@pytest.mark.parametrize(
    ("sentence", "told"), [("The pipe was cut at 11.", True), ("Nobody went home.", False)]
)
def test_what_is_said_on_with_a_name_or_a_figure_is_a_claim_of_its_own(
    models: Models, sentence: str, told: bool
) -> None:
    said = f"{sentence} We saw Korvex lorries at the gate"
    text = f"Police answer the mayor\n\n“{said},” the mayor said."
    claims = claims_of(models, text, Finds("said", "the mayor", said))
    further = [c for c in claims if c.cue is None and c.source]
    assert [(c.proposition, c.quote) for c in further] == [(sentence, Quote.DIRECT)] * told
    assert all(c.source is not None and (c.source.name, c.source.text) == ("mayor", None) for c in further)


@pytest.mark.parametrize(
    ("text", "found", "stance", "proposition"),
    [
        (
            "The coastguard raised the figure to 29.",
            Finds("raised", "The coastguard", "the figure to 29"),
            Stance.ASSERTS,
            "The figure was 29.",
        ),
        (
            "No shot was fired and nobody was hurt, the mayor said.",
            Finds("said", "the mayor", "No shot was fired and nobody was hurt"),
            Stance.DENIES,
            "A shot was fired or somebody was hurt.",
        ),
        (
            "The prefecture corrected him: it had counted 39 bodies.",
            Finds("had", "it", "counted 39 bodies"),
            Stance.ASSERTS,
            "The prefecture had counted 39 bodies.",
        ),
        (
            "The minister said she would not discuss the toll.",
            Finds("said", "The minister", "she would not discuss the toll"),
            Stance.DECLINES,
            "The minister would not discuss the toll.",
        ),
        (
            "The minister said Korvex would not discuss the toll.",
            Finds("said", "The minister", "Korvex would not discuss the toll"),
            Stance.DENIES,
            "Korvex would discuss the toll.",
        ),
        (
            "A man had wept. Not once, said Jan Holt.",
            Finds("said", "Jan Holt", "Not once"),
            Stance.DENIES,
            "A man had wept.",
        ),
        (
            "Korvex dismissed as amusing a report that its lorries sank.",
            Finds("dismissed as", "Korvex", "amusing a report that its lorries sank"),
            Stance.DENIES,
            "Korvex’s lorries sank.",
        ),
        (
            "Korvex rejected as false a report that its lorries sank.",
            Finds("rejected", "Korvex", "as false a report that its lorries sank"),
            Stance.DENIES,
            "Korvex’s lorries sank.",
        ),
        (
            "Korvex has accused the clerk of theft, and has sued him.",
            Finds("accused", "Korvex", "the clerk of theft, and has sued him"),
            Stance.ASSERTS,
            "The clerk was guilty of theft.",
        ),
        (
            "The union also blames the valve and is suing.",
            Finds("blames", "The union", "the valve and is suing"),
            Stance.ASSERTS,
            "The valve was to blame.",
        ),
        (
            "The mayor said the clerk stole a key and sold it.",
            Finds("said", "The mayor", "the clerk stole a key and sold it"),
            Stance.ASSERTS,
            "The clerk stole a key and sold it.",
        ),
        (
            "Korvex accused the clerk on Monday of hiding the books.",
            Finds("accused", "Korvex", "of hiding the books"),
            Stance.ASSERTS,
            "The clerk was hiding the books.",
        ),
        (
            "The mayor saw the cause of the leak in an old valve.",
            Finds("saw", "The mayor", "the cause of the leak in an old valve"),
            Stance.ASSERTS,
            "An old valve was to blame for the leak.",
        ),
        (
            "The mayor saw the reason to flee in his eyes.",
            Finds("saw", "The mayor", "the reason to flee in his eyes"),
            Stance.ASSERTS,
            "There was reason to flee in the mayor’s eyes.",
        ),
        (
            "The police put the dead at 53 and the injured at 60.",
            Finds("put", "The police", "the dead at 53 and the injured at 60"),
            Stance.ASSERTS,
            "The dead were 53 and the injured were 60.",
        ),
        (
            "The clerk was seen at noon, said the mayor, and took a train.",
            Finds("said", "the mayor", "The clerk was seen at noon, said the mayor, and took a train"),
            Stance.ASSERTS,
            "The clerk was seen at noon, said the mayor, and took a train.",
        ),
        (
            "The mayor told residents not to leave.",
            Finds("told", "The mayor", "not to leave"),
            Stance.ASSERTS,
            "Residents should not leave.",
        ),
        (
            "The judge reminded the jury not to look it up.",
            Finds("reminded", "The judge", "not to look it up"),
            Stance.ASSERTS,
            "The jury should not look it up.",
        ),
        (
            "The bid was dismissed by the mayor as derisory.",
            Finds("was dismissed", "the mayor", "as derisory"),
            Stance.DENIES,
            "It was so.",
        ),
        (
            "The drivers want a rise of 11 percent.",
            Finds("want", "The drivers", "a rise of 11 percent"),
            Stance.ASSERTS,
            "There should be a rise of 11 percent.",
        ),
        (
            "The mayor opposes a public inquiry, which the union has demanded.",
            Finds("has demanded", "the union", "which"),
            Stance.ASSERTS,
            "There should be a public inquiry.",
        ),
        (
            "Korvex asked the court to free the clerk.",
            Finds("asked", "Korvex", "to free the clerk"),
            Stance.ASSERTS,
            "The court should free the clerk.",
        ),
        (
            "The mayor promised to free the clerk.",
            Finds("promised", "The mayor", "to free the clerk"),
            Stance.ASSERTS,
            "The mayor will free the clerk.",
        ),
        (
            "Korvex portrays itself as the victim of a fraud.",
            Finds("portrays itself", "Korvex", "as the victim of a fraud"),
            Stance.ASSERTS,
            "Korvex was the victim of a fraud.",
        ),
        ("Nonsense, said Korvex.", Finds("said", "Korvex", "Nonsense"), Stance.DENIES, "It was so."),
        (
            "The mayor attributed the leak to two valves.",
            Finds("attributed", "The mayor", "the leak to two valves"),
            Stance.ASSERTS,
            "Two valves were to blame for the leak.",
        ),
        (
            "The mayor put the leak down to a crack.",
            Finds("put", "The mayor", "the leak down to a crack"),
            Stance.ASSERTS,
            "A crack was to blame for the leak.",
        ),
        (
            "The mayor put the leak on his list.",
            Finds("put", "The mayor", "the leak on his list"),
            Stance.ASSERTS,
            "The leak was on the mayor’s list.",
        ),
        (
            "The mayor laid the blame for the leak on Korvex.",
            Finds("laid the blame", "The mayor", "for the leak on Korvex"),
            Stance.ASSERTS,
            "Korvex was to blame for the leak.",
        ),
        (
            "The mayor named a clerk as the leader of the gang.",
            Finds("named", "The mayor", "a clerk as the leader of the gang"),
            Stance.ASSERTS,
            "A clerk was the leader of the gang.",
        ),
        (
            "The mayor denied any part in the leak.",
            Finds("denied", "The mayor", "any part"),
            Stance.DENIES,
            "The mayor had a part in the leak.",
        ),
        (
            "The mayor denied any part in a letter.",
            Finds("denied", "The mayor", "any part"),
            Stance.DENIES,
            "The mayor had a part.",
        ),
        (
            "The ministry “flatly rejects” the claim that it cut the pipe, it said.",
            Finds("said", "it", "flatly rejects” the claim that it cut the pipe"),
            Stance.DENIES,
            "The ministry cut the pipe.",
        ),
        (
            "The mayor told of a raid: guards of the gang, he said, blew up the pipe.",
            Finds("said", "he", "blew up the pipe"),
            Stance.ASSERTS,
            "Guards of the gang blew up the pipe.",
        ),
        (
            "Jan Holt, the mayor, would take the pipe away, he said.",
            Finds("said", "he", "would take the pipe away"),
            Stance.ASSERTS,
            "Jan Holt would take the pipe away.",
        ),
        (
            "The ministry put what was lost at $3 million.",
            Finds("put", "The ministry", "what was lost at $3 million"),
            Stance.ASSERTS,
            "What was lost was $3 million.",
        ),
        (
            "The pipe burst on Monday near Port Loring, the mayor said.",
            Finds("said", "the mayor", "The pipe burst on Monday near"),
            Stance.ASSERTS,
            "The pipe burst on Monday near Port Loring.",
        ),
        (
            "The pipe that the mayor had looked at, he said, burst.",
            Finds("said", "he", "The pipe that the mayor had looked at"),
            Stance.ASSERTS,
            "There was a pipe that the mayor had looked at.",
        ),
        (
            "The mayor said that the pipe had burst and that Korvex knew.",
            Finds("said", "The mayor", "the pipe had burst"),
            Stance.ASSERTS,
            "The pipe had burst.",
        ),
        (
            "The mayor condemned what he called the Korvex attack.",
            Finds("condemned", "The mayor", "what he called the Korvex attack"),
            Stance.ASSERTS,
            "There was a Korvex attack.",
        ),
        (
            "The mayor told another story: the pipe was whole.",
            Finds("told", "The mayor", "another story: the pipe was whole"),
            Stance.ASSERTS,
            "The pipe was whole.",
        ),
    ],
)
def test_what_is_made_of_what_a_tagger_finds(
    models: Models, text: str, found: Finds, stance: Stance, proposition: str
) -> None:
    claim = claims_of(models, text, found)[-1]
    assert (claim.stance, claim.proposition) == (stance, proposition)


def test_two_clauses_around_a_semicolon_are_two_claims(models: Models) -> None:
    said = "The pipe was whole; nobody had cut it"
    claims = claims_of(models, f"{said}, the mayor said.", Finds("said", "the mayor", said))
    assert [(c.stance, c.proposition) for c in claims] == [
        (Stance.ASSERTS, "The pipe was whole."),
        (Stance.DENIES, "Somebody had cut it."),
    ]


def test_what_follows_a_rejection_is_not_rejected(models: Models) -> None:
    rejected = "the claim as absurd: two men had stood there"
    claims = claims_of(models, f"The mayor dismissed {rejected}.", Finds("dismissed", "The mayor", rejected))
    assert [c.stance for c in claims if c.source] == [Stance.DENIES, Stance.ASSERTS]


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        (
            "Tass quoted a guard as saying that the gate was open.",
            Finds("as saying", "Tass quoted a guard", "that the gate was open"),
            "a guard",
        ),
        (
            "Giant Tiger likewise denied any wrongdoing.",
            Finds("denied", "Giant Tiger likewise", "any wrongdoing"),
            "Giant Tiger",
        ),
        (
            "Prime Minister Han Duck-soo said the dam was safe.",
            Finds("said", "Prime Minister Han Duck", "the dam was safe"),
            "Han Duck-soo",
        ),
    ],
)
def test_a_source_is_cut_to_its_name(models: Models, text: str, found: Finds, name: str) -> None:
    (source,) = {c.source.name for c in claims_of(models, text, found) if c.source is not None}
    assert source == name


def test_a_figure_that_is_denied_is_that_of_the_claim_with_it(models: Models) -> None:
    text = (
        "The mayor said 142 had died. Ilse Brandt said 14 had died. Jan Holt called the figure of 142 false."
    )
    claims = claims_of(models, text, Finds("called", "Jan Holt", "the figure of 142 false"))
    assert claims[-1].proposition == "142 had died."


def test_an_answer_before_a_colon_is_a_claim_beside_what_follows(models: Models) -> None:
    text = "Jan Holt said that Korvex had cut the pipe. The mayor said the opposite: the pipe was whole."
    claims = claims_of(models, text, Finds("said the", "The mayor", "the opposite: the pipe was whole"))
    assert [(c.stance, c.proposition) for c in claims[-2:]] == [
        (Stance.DENIES, "Korvex had cut the pipe."),
        (Stance.ASSERTS, "The pipe was whole."),
    ]


def test_a_headline_is_answered_by_nobody(models: Models) -> None:
    text = "Korvex dumped oil in river\n\nIlse Brandt said that the river was dead. Korvex denied it."
    *_, denial = claims_of(models, text)
    assert denial.proposition == "The river was dead."


def test_who_says_the_same_keeps_the_stance(models: Models) -> None:
    text = "The mayor said that no scanners had been used. The ministry said the same."
    said, repeated = claims_of(models, text, Finds("said the", "The ministry", "the same"))
    assert (repeated.stance, repeated.proposition) == (Stance.DENIES, said.proposition)


def test_a_source_that_the_draft_does_not_name_is_unknown(models: Models) -> None:
    text = "Inquiry into the spill\n\nKorvex is accused of dumping oil in the river."
    claim = claims_of(models, text, Finds("is accused", None, "dumping oil in the river"))[-1]
    assert claim.source is not None
    assert claim.party == UNKNOWN


@pytest.mark.parametrize(
    ("text", "cue_class"),
    [
        ("The mayor said that the pipe was cut.", CueClass.SAYS),
        ("The mayor alleged that the pipe was cut.", CueClass.CLAIMS),
        ("The mayor denied that the pipe was cut.", CueClass.DENIES),
        ("The mayor doubts that the pipe was cut.", CueClass.DOUBTS),
        ("The mayor declined to comment on the spill.", CueClass.DECLINES),
        ("The mayor urged Korvex to close the plant.", CueClass.ORDERS),
        ("The mayor demanded an apology.", CueClass.ORDERS),
        ("The mayor called for an inquiry.", CueClass.ORDERS),
        ("The mayor called the report absurd.", CueClass.DENIES),
        ("The mayor wanted nothing to do with it.", CueClass.DENIES),
        ("The mayor fears that the pipe was cut.", CueClass.FEELS),
    ],
)
def test_cues_by_class(models: Models, text: str, cue_class: CueClass) -> None:
    (claim,) = (c for c in claims_of(models, f"Spill in the river\n\n{text}") if c.source is not None)
    assert claim.cue_class is cue_class


def test_fears_and_demands_are_held_against_nothing(models: Models) -> None:
    text = "Spill in the river\n\nThe mayor fears that the pipe was cut. Korvex said that the pipe was whole."
    fear, answer = (c for c in claims_of(models, text) if c.source is not None)
    assert not comparable(fear, answer)
    assert comparable(replace(fear, cue_class=CueClass.SAYS), answer)


def test_a_proposition_of_one_word_is_held_against_nothing(models: Models) -> None:
    text = "Spill in the river\n\nThe mayor said that the pipe was cut. Korvex said that the pipe was whole."
    one, other = (c for c in claims_of(models, text) if c.source is not None)
    assert comparable(one, other)
    assert not comparable(replace(one, proposition="There was a toll."), other)
    assert not comparable(replace(one, proposition="The Russian account."), other)
    assert not comparable(replace(one, proposition="Something was done."), other)
    assert comparable(replace(one, proposition="Something was done with the wreck."), other)
    assert not comparable(replace(one, proposition="There was Anna Berg, and Jon Lund with theft."), other)
    assert comparable(replace(one, proposition="There was Russian fire, he said."), other)
    assert other.stance is Stance.ASSERTS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The shop keeper asked who had paid for the road.",
            Finds("asked", "The shop keeper", "who had paid for the road"),
        ),
        (
            "The two sides could not agree about the dead.",
            Finds("could not agree", "The two sides", "the dead"),
        ),
        ("Korvex has been lying about the leaks.", Finds("has been lying about", "Korvex", "the leaks")),
        ("The mayor told a different tale.", Finds("told", "The mayor", "a different tale")),
    ],
)
def test_what_a_tagger_takes_for_told_is_no_claim_where_nothing_is(
    models: Models, text: str, found: Finds
) -> None:
    (claim,) = claims_of(models, text, found)
    assert claim.source is None


def test_a_question_in_quotation_marks_stays_its_speakers(models: Models) -> None:
    found = Finds("asked", "the mayor", "Who would have paid for it")
    (claim,) = claims_of(models, "“Who would have paid for it?” the mayor asked.", found)
    assert claim.source is not None


@pytest.mark.parametrize("source", ["a New York hedge fund", "Blackmoor Capital, a New York hedge fund"])
def test_a_description_that_is_taken_for_the_source_is_of_the_name_before_it(
    models: Models, source: str
) -> None:
    text = "Shares fell after Blackmoor Capital, a New York hedge fund, accused the bank of hiding debts."
    (claim,) = claims_of(models, text, Finds("accused", source, "the bank of hiding debts"))
    assert claim.source is not None
    assert claim.source.name == "Blackmoor Capital"


@pytest.mark.parametrize(
    ("text", "cue", "whole", "content"),
    [
        (
            "The mayor called for three days of mourning and the league has put off the match.",
            "called for",
            "three days of mourning and the league has put off the match",
            "three days of mourning",
        ),
        (
            "The mayor put the toll at 53 and sent the army to the coast.",
            "put",
            "the toll at 53 and sent the army to the coast",
            "the toll at 53",
        ),
        (
            "The mayor urged the firm to pay and to leave the town.",
            "urged",
            "the firm to pay and to leave the town",
            "the firm to pay and to leave the town",
        ),
        (
            "The mayor said the road was shut and the bridge was old.",
            "said",
            "the road was shut and the bridge was old",
            "the road was shut and the bridge was old",
        ),
        (
            "The mayor said ending the loans before other money could be found, and without knowing who will "
            "win the vote, could needlessly close clinics.",
            "said",
            "ending the loans before other money could be found, and without knowing who will win the vote, "
            "could needlessly close clinics",
            "ending the loans before other money could be found, and without knowing who will win the vote, "
            "could needlessly close clinics",
        ),
        (
            "The mayor spoke, recalling details of a visit Bill Holt made to the area in 2006 and the "
            "campaigning President Jan Marsh did with the union.",
            "recalling",
            "details of a visit Bill Holt made to the area in 2006 and the campaigning President Jan Marsh "
            "did with the union",
            "details of a visit Bill Holt made to the area in 2006 and the campaigning President Jan Marsh "
            "did with the union",
        ),
    ],
)
def test_what_a_source_does_besides_is_no_part_of_what_it_says(
    models: Models, text: str, cue: str, whole: str, content: str
) -> None:
    claim = claims_of(models, text, Finds(cue, "The mayor", whole))[0]
    assert claim.source is not None
    assert " ".join(text[slice(*span)] for span in claim.content) == content


@dataclass(frozen=True)
class FindsAround:
    """A tagger that finds what "said" parts: the words before its source, and those behind it."""

    source: str
    name: str = "finds around"

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        (text,) = paragraphs
        start = text.index(f"{self.source} said")
        end = start + len(self.source)
        pieces = (Span(0, start - 2), Span(end + len(" said, "), len(text) - 1))
        return (
            Tagged(
                0, Span(end + 1, end + 5), Span(start, end), tuple(p for p in pieces if p.end > p.start), 0.9
            ),
        )


@pytest.mark.parametrize(
    ("text", "propositions"),
    [
        (
            "The clerk did not know, Daniel Moore said, who had drawn the map.",
            ["The clerk did know who had drawn the map."],
        ),
        (
            "It was the storm, Daniel Moore said, that had felled the mast.",
            ["It was the storm that had felled the mast."],
        ),
        (
            "The packs should be brought back, Daniel Moore said, and would be refunded.",
            ["The packs should be brought back and would be refunded."],
        ),
        (
            "The frost broke the pipe, Daniel Moore said, and the pumps failed.",
            ["The frost broke the pipe.", "The pumps failed."],
        ),
        ("The council saw it otherwise: the guards had slept, Daniel Moore said.", ["The guards had slept."]),
        ("Korvex had a different view: the dam was sound, Daniel Moore said.", ["The dam was sound."]),
        (
            "The firm has kept to the rules: the dam was sound, Daniel Moore said.",
            ["The firm has kept to the rules.", "The dam was sound."],
        ),
    ],
)
def test_what_belongs_to_a_clause_stays_with_it_and_what_announces_one_does_not(
    models: Models, text: str, propositions: list[str]
) -> None:
    document = document_of(text.encode(), path="draft.txt", suffix=".txt")
    claims = read(document, replace(models, tagger=FindsAround("Daniel Moore"))).claims
    assert [c.proposition for c in claims] == propositions


@pytest.mark.parametrize(
    ("text", "found", "source"),
    [
        (
            "The Northern Union says the police were at the gate.",
            Finds("says", None, "The Northern Union says the police were at the gate"),
            "Northern Union",
        ),
        (
            "Daniel Moore had reported from the coast for years.",
            Finds("had reported", None, "from the coast for years"),
            None,
        ),
        ("It was said that the dam was old.", Finds("said", None, "the dam was old"), UNKNOWN),
    ],
)
def test_the_subject_of_a_cue_that_a_tagger_gives_no_source_speaks(
    models: Models, text: str, found: Finds, source: str | None
) -> None:
    (claim,) = claims_of(models, text, found)
    assert (claim.source and claim.source.name) == source
    if source and source != UNKNOWN:
        assert claim.proposition == "The police were at the gate."


def test_who_says_otherwise_denies_what_was_said(models: Models) -> None:
    text = "Korvex said that the dam was old. The mayor says otherwise."
    *_, claim = claims_of(models, text, Finds("says", "The mayor", "otherwise"))
    assert (claim.stance, claim.proposition) == (Stance.DENIES, "The dam was old.")
