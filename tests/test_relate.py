"""Which claims are held against which, and what follows from stance and entailment; models are stubs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from conftest import StubEncoder, StubEntailment, claim, document

from verify.attribution.registry import Registry
from verify.config import RelateSettings
from verify.language.values import Agreement, find_values
from verify.models.cascade import Cascade
from verify.models.protocols import Entailment, Matrix
from verify.relate import Related, relate
from verify.relate.candidates import comparable, neighbour_pairs, one_party
from verify.relate.features import NAMES
from verify.relate.scorer import LABELS, load_scorer
from verify.relate.slots import at_odds as differ
from verify.relate.slots import (
    compare_figures,
    figure_question,
    figure_slot,
    figures_of,
    kind_of,
)
from verify.types import Claim, Kind, RelationType, Role, Span, Stance

REGISTRY = Registry({}, {})
SETTINGS = RelateSettings()
SAYS, DENIES, SUGGESTS = Stance.ASSERTS, Stance.DENIES, Stance.SUGGESTS
ENTAILS, CLASHES, NEITHER = (0.97, 0.02, 0.01), (0.01, 0.02, 0.97), (0.02, 0.96, 0.02)
DUMPED = "Korvex had dumped oil in the river Velm."


def related(
    claims: Sequence[Claim],
    verdict: tuple[float, float, float] = NEITHER,
    settings: RelateSettings = SETTINGS,
    entailment: Entailment | None = None,
    text: str | None = None,
) -> Related:
    """The relations of claims on one question, whose propositions the model judges by `verdict`."""
    text = text or "x" * (max(c.span.end for c in claims) + 10)
    texts = [c.proposition for c in claims]
    pairs = {(a, b): ENTAILS if a == b else verdict for a in texts for b in texts}
    contexts = {text[slice(*c.span)]: 1 for c in claims}
    return relate(
        claims,
        document(text),
        REGISTRY,
        encoder=StubEncoder({**dict.fromkeys(texts, 0), **contexts}),
        entailment=entailment or StubEntailment(pairs),
        settings=settings,
    )


class Slanted(StubEncoder):
    """All texts are somewhat alike: a cosine of 0.4."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = super().encode(texts) * np.sqrt(0.6, dtype=np.float32)
        rows[:, -1] = np.sqrt(0.4)
        return rows


def kinds(found: Related) -> list[RelationType]:
    return [r.relation for r in found.relations]


@pytest.mark.parametrize(
    ("left", "right", "verdict", "expected"),
    [
        (SAYS, SAYS, CLASHES, [RelationType.CONTRADICTS]),
        (SAYS, DENIES, ENTAILS, [RelationType.CONTRADICTS]),
        (DENIES, SAYS, ENTAILS, [RelationType.CONTRADICTS]),
        (SUGGESTS, DENIES, ENTAILS, [RelationType.CONTRADICTS]),
        (SAYS, SAYS, ENTAILS, [RelationType.SUPPORTS]),
        (DENIES, DENIES, ENTAILS, [RelationType.SUPPORTS]),
        (SAYS, SAYS, NEITHER, []),
    ],
)
def test_stance_algebra(
    left: Stance,
    right: Stance,
    verdict: tuple[float, float, float],
    expected: list[RelationType],
) -> None:
    second = "Oil from Korvex had gone into the river Velm."
    claims = [claim(1, "ministry", left, DUMPED), claim(2, "Korvex", right, second)]
    assert kinds(related(claims, verdict)) == expected


@pytest.mark.parametrize("stance", [SAYS, DENIES, SUGGESTS])
@pytest.mark.parametrize(
    "other",
    [
        "Korvex had sold a barge to the harbour of Velm.",
        "Ninety people had died in another flood, in 2002.",
        "The threat level had been raised from two to three in March.",
        "Some 100 people had been injured.",
    ],
    ids=["same party, other event", "other event", "update", "other scope"],
)
def test_near_misses_stay_silent(stance: Stance, other: str) -> None:
    """Alike enough to be compared, and neither entailed nor contradicted."""
    claims = [claim(1, "ministry", SAYS, DUMPED), claim(2, "police", stance, other)]
    found = relate(
        claims,
        document("x" * 50),
        REGISTRY,
        encoder=Slanted({DUMPED: 0, other: 1}),
        entailment=StubEntailment({(DUMPED, other): NEITHER, (other, DUMPED): NEITHER}),
        settings=SETTINGS,
    )
    assert (found.pairs_compared, found.relations) == (1, ())


def test_two_denials_do_not_contradict_each_other() -> None:
    second = "Oil from Korvex had gone into the river Velm."
    found = related([claim(1, "A", DENIES, DUMPED), claim(2, "B", DENIES, second)], CLASHES)
    assert RelationType.CONTRADICTS not in kinds(found)


@pytest.mark.parametrize("stance", [Stance.DOUBTS, Stance.DECLINES])
def test_silent_sources_leave_the_question_open(stance: Stance) -> None:
    found = related([claim(1, "ministry", SAYS, DUMPED), claim(2, "Korvex", stance, DUMPED)])
    assert found.relations == ()
    assert found.open_to == (("c2", "c1"),)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (claim(1, "A", SAYS, "p"), claim(2, "B", DENIES, "p"), True),
        (claim(1, "A", SAYS, "p"), claim(2, "A", DENIES, "p"), False),
        (claim(1, "A", SAYS, "p"), claim(2, "B", SAYS, "p", within="c1"), False),
        (claim(1, "A", SAYS, "p", within="c2"), claim(2, "B", SAYS, "p"), False),
        (claim(1, "A", SAYS, "p", cites=frozenset("B")), claim(2, "B", SAYS, "p"), False),
        (claim(1, "A", SAYS, "p", cites=frozenset("B")), claim(2, "B", DENIES, "p"), True),
        (claim(1, "A", SAYS, "p", cites=frozenset("C")), claim(2, "B", SAYS, "p"), True),
        (claim(1, "A", Stance.DOUBTS, "p"), claim(2, "B", SAYS, "p"), False),
        (claim(1, "A", SAYS, "p"), claim(2, "B", Stance.DECLINES, "p"), False),
        (claim(1, None, SAYS, "p"), claim(2, "B", DENIES, "p"), True),
        (claim(1, None, SAYS, "p"), claim(2, None, SAYS, "p"), False),
        (claim(1, None, SAYS, "p", role=Role.HEADLINE), claim(2, None, SAYS, "p"), True),
    ],
    ids=[
        "two parties",
        "one party",
        "repeated by the first",
        "repeated by the second",
        "cites the other",
        "is denied by whom it cites",
        "cites a third",
        "doubts",
        "declines",
        "outlet and source",
        "outlet and outlet",
        "headline and text",
    ],
)
def test_comparable(a: Claim, b: Claim, expected: bool) -> None:
    assert comparable(a, b) is comparable(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Tesla", "Tesla executives", True),
        ("Tesla", "Tesla’s spokesman", True),
        ("Samsung", "Samsung Electronics", True),
        ("Korvex", "Korvex Group Inc.", True),
        ("Sudan", "South Sudan", False),
        ("Guinea", "Equatorial Guinea", False),
        ("York", "New York", False),
        ("Niger", "Nigeria", False),
        ("Tesla", "Tesla critics", False),
        ("Ministry", "Defence Ministry", False),
    ],
)
def test_one_party(a: str, b: str, expected: bool) -> None:
    assert one_party(a, b) is one_party(b, a) is expected


def test_claims_on_other_questions_are_not_compared() -> None:
    claims = [claim(1, "A", SAYS, "p"), claim(2, "B", DENIES, "q")]
    entailment = StubEntailment({("p", "q"): CLASHES, ("q", "p"): CLASHES})
    found = relate(
        claims,
        document("x" * 50),
        REGISTRY,
        encoder=StubEncoder({"p": 0, "q": 1}),
        entailment=entailment,
        settings=SETTINGS,
    )
    assert (found.relations, found.pairs_compared, entailment.asked) == ((), 0, [])


def test_the_outlets_own_voice_supports_nobody() -> None:
    assert kinds(related([claim(1, None, SAYS, DUMPED), claim(2, "B", SAYS, DUMPED)], ENTAILS)) == []


def test_nothing_at_all() -> None:
    nothing = StubEncoder({}), StubEntailment({})
    found = relate([], document("x"), REGISTRY, encoder=nothing[0], entailment=nothing[1], settings=SETTINGS)
    assert found == Related((), (), 0)


def test_figures_that_clash_explain_themselves() -> None:
    toll = "The crash had killed {} people in the town of Velm."
    claims = [claim(1, "A", SAYS, toll.format(137)), claim(2, "B", SAYS, toll.format(53))]
    (relation,) = related(claims, CLASHES).relations
    assert (relation.relation, relation.kind) == (RelationType.CONTRADICTS, Kind.NUMBER)
    assert "137" in relation.reason
    assert "53" in relation.reason


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("137 people were killed", "90 people were killed", Agreement.DIFFERENT),
        ("at least 137 people were killed", "139 people were killed", Agreement.COMPATIBLE),
        ("137 people were killed", "137 people died", Agreement.SAME),
        ("137 people were killed", "more than 100 people were injured", Agreement.INCOMPARABLE),
        ("137 people were killed", "the town is 40 km away", Agreement.INCOMPARABLE),
        ("137 people were killed", "on March 3, 2024", Agreement.INCOMPARABLE),
        ("12 were killed and 30 injured", "30 were injured and 14 killed", Agreement.SAME),
    ],
)
def test_figures_are_held_against_those_of_their_slot(a: str, b: str, expected: Agreement) -> None:
    forward = compare_figures(a, find_values(a), b, find_values(b))
    backward = compare_figures(b, find_values(b), a, find_values(a))
    assert forward.agreement is backward.agreement is expected


def test_neighbours_are_few_sorted_and_near() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(400, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    few = neighbour_pairs(vectors[:200], neighbours=5, min_cosine=0.0)
    many = neighbour_pairs(vectors, neighbours=5, min_cosine=0.0)
    assert len(few) <= 200 * 5
    assert len(many) <= 400 * 5  # twice the claims, twice the pairs, not four times
    assert many == sorted(set(many))
    assert all(i < j for i, j in many)
    assert all(
        vectors[i] @ vectors[j] >= 0.3 for i, j in neighbour_pairs(vectors, neighbours=5, min_cosine=0.3)
    )
    assert neighbour_pairs(vectors[:1], neighbours=5, min_cosine=0.0) == []


def test_probabilities_are_three_and_sum_to_one() -> None:
    features = np.random.default_rng(0).random((7, len(NAMES)), dtype=np.float32)
    rows = load_scorer().probabilities(features)
    assert rows.shape == (7, len(LABELS))
    np.testing.assert_allclose(rows.sum(axis=1), 1, rtol=1e-5)
    assert load_scorer().probabilities(features[:0]).shape == (0, len(LABELS))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The crash killed 137 people.", "How many people were killed?"),
        ("Some 40 people were hurt.", "How many people were injured?"),
        ("The fleet bought 12 ferries.", "How many ferries?"),
    ],
)
def test_the_question_that_a_figure_answers(text: str, question: str) -> None:
    assert figure_question(figures_of(text, find_values(text))[0]) == question


def test_kinds() -> None:
    roles = (Role.PARAGRAPH, Role.PARAGRAPH)
    assert kind_of(DUMPED, DUMPED, (Role.HEADLINE, Role.PARAGRAPH), figures=True, dates=True) is Kind.HEADLINE
    assert kind_of(DUMPED, DUMPED, roles, figures=True, dates=True) is Kind.NUMBER
    assert kind_of(DUMPED, DUMPED, roles, figures=False, dates=True) is Kind.DATE
    assert kind_of("Kyiv was behind it.", "It was behind it.", roles, figures=False, dates=False) is (
        Kind.RESPONSIBILITY
    )
    assert kind_of(DUMPED, DUMPED, roles, figures=False, dates=False) is Kind.OCCURRENCE


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("16 people from her town alone were unaccounted for.", []),
        ("11 people from her town were unaccounted for.", [RelationType.SUPPORTS]),
        ("At least ten people were unaccounted for.", [RelationType.SUPPORTS]),
    ],
)
def test_counts_of_the_same_things_that_differ_bear_each_other_out_in_no_slot(
    other: str, found: list[RelationType]
) -> None:
    claims = [
        claim(1, "ministry", SAYS, "Eleven people are still missing."),
        claim(2, "Katrin Vesel", SAYS, other),
    ]
    assert kinds(related(claims, ENTAILS)) == found


@pytest.mark.parametrize(("promise", "compared"), [(0.0, 1), (1.0, 0)])
def test_only_pairs_with_promise_are_put_to_the_entailment_model(promise: float, compared: int) -> None:
    claims = [claim(1, "ministry", SAYS, DUMPED), claim(2, "Korvex", DENIES, DUMPED)]
    settings = SETTINGS.model_copy(update={"promise": promise})
    assert related(claims, ENTAILS, settings).pairs_compared == compared


@pytest.mark.parametrize(("promise", "found"), [(0.0, [RelationType.CONTRADICTS]), (1.0, [])])
def test_the_larger_model_has_the_last_word_on_what_still_promises_something(
    promise: float, found: list[RelationType]
) -> None:
    claims = [claim(1, "ministry", SAYS, DUMPED), claim(2, "Korvex", DENIES, DUMPED)]
    settings = SETTINGS.model_copy(update={"larger_promise": promise})
    quick, larger = (StubEntailment({(DUMPED, DUMPED): verdict}) for verdict in (NEITHER, ENTAILS))
    answer = related(claims, settings=settings, entailment=Cascade(quick, larger))
    assert kinds(answer) == found
    assert answer.pairs_compared == 1


def test_the_quick_model_is_asked_one_way_where_a_larger_one_has_the_last_word() -> None:
    told = [DUMPED, "Korvex oil was in the river."]
    claims = [claim(1, "ministry", SAYS, told[0]), claim(2, "Korvex", DENIES, told[1])]
    unsure = {(a, b): (0.4, 0.4, 0.2) for a in told for b in told}
    alone, quick, larger = (StubEntailment(unsure) for _ in range(3))
    related(claims, entailment=alone)
    related(claims, entailment=Cascade(quick, larger))
    assert [len(model.asked) for model in (alone, quick, larger)] == [2, 1, 2]


def test_a_headline_with_the_texts_own_figure_is_borne_out_whatever_the_model_says() -> None:
    claims = [
        claim(1, None, SAYS, "Blast kills 14 at Sarnow depot.", role=Role.HEADLINE),
        claim(2, "Ilse Brandt", SAYS, "14 people were killed when a fuel depot exploded."),
    ]
    assert related(claims, CLASHES).relations == ()


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.19])
def test_claims_that_are_merely_near_do_not_clash(probability: float) -> None:
    claims = [
        claim(1, "ministry", SAYS, DUMPED),
        claim(2, "Korvex", SAYS, "The oil in the Velm was Korvex oil."),
    ]
    found = related(
        claims, (0.0, 1 - probability, probability), SETTINGS.model_copy(update={"contradicts": 0.0})
    )
    assert RelationType.CONTRADICTS not in kinds(found)


@pytest.mark.parametrize(
    ("first", "second", "agreement"),
    [
        ("Tarvik wants damages of €30m.", "The payments were €81m.", Agreement.INCOMPARABLE),
        ("Tarvik wants damages of €30m.", "Solheim put the payments at €81m.", Agreement.INCOMPARABLE),
        ("Tarvik wants damages of €30m.", "Solheim put the damages at €81m.", Agreement.DIFFERENT),
        ("The bridge cost €40m.", "The bill was €52m.", Agreement.DIFFERENT),
    ],
)
def test_sums_of_things_by_two_names_are_not_compared(first: str, second: str, agreement: Agreement) -> None:
    assert compare_figures(first, find_values(first), second, find_values(second)).agreement is agreement


@pytest.mark.parametrize(
    ("first", "second", "at_odds"),
    [
        ("It went at 28 km/h, within the limit of 30.", "It went at 44 km/h where 30 is allowed.", True),
        ("Six people died and 14 were injured.", "Six people died and 20 were injured.", True),
        ("84,000 people swam there.", "More than 100,000 people swam there.", True),
        ("Six people died.", "Six people died and 20 were injured.", False),
        ("About 20 people died.", "21 people died.", False),
        ("Six people died in 2019.", "Six people died.", False),
    ],
)
def test_who_agrees_in_one_figure_may_be_at_odds_in_another(first: str, second: str, at_odds: bool) -> None:
    assert differ(*(figures_of(text, find_values(text)) for text in (first, second))) is at_odds


def test_a_figure_is_counted_by_a_subject_far_before_it() -> None:
    text = "The death toll of the flood in the Velm valley rose to 27 on Friday."
    (value,) = (v for v in find_values(text) if v.unit != "date" and text[v.start : v.end].strip() == "27")
    assert figure_slot(text, value) == "killed"


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Fire in the Velm mine kills two, injures nine.", ["killed", "injured"]),
        ("The strike killed 12 and wounded at least 31.", ["killed", "injured"]),
        ("The strike left 12 dead and 31 wounded.", ["killed", "injured"]),
        ("Of the injured, 12 died.", ["killed"]),
        ("A family of five died.", ["killed"]),
        ("Three people, all miners, died.", ["killed"]),
        ("The mother of three sons died in Oslo.", ["sons"]),
        ("She taught a valley to sing in four parts, and died in Kellby.", ["parts"]),
    ],
)
def test_a_verb_governs_the_figure_after_it(text: str, slots: list[str]) -> None:
    assert [figure_slot(text, value) for value in find_values(text)] == slots


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("Korvex said at first that 90 men fled.", "Inspectors later put it at 700.", False),
        ("Inspectors later put it at 700.", "Korvex said at first that 90 men fled.", False),
        ("Korvex said that 90 men fled.", "Inspectors put it at 700.", True),
        ("Korvex said at first that 90 men fled.", "Inspectors put it at 700.", True),
    ],
)
def test_a_figure_does_not_clash_with_the_one_that_took_its_place(
    first: str, second: str, clash: bool
) -> None:
    fled = "From the mine in Velm {} people had fled."
    figures = [90, 700] if "90" in first else [700, 90]
    claims = [
        claim(1, "A", SAYS, fled.format(figures[0]), span=Span(0, len(first))),
        claim(2, "B", SAYS, fled.format(figures[1]), span=Span(len(first) + 1, len(first) + len(second) + 1)),
    ]
    found = related(claims, CLASHES, text=f"{first} {second}")
    assert (RelationType.CONTRADICTS in kinds(found)) is clash


@pytest.mark.parametrize(
    ("said", "held_against_its_sources"),
    [
        ("The quarrel over who should have warned them grew louder.", False),
        ("A bitter public row over the warning broke out.", False),
        ("The dispute was settled on Monday.", True),
        ("Rowers crossed the Velm.", True),
    ],
)
def test_what_a_draft_says_of_the_dispute_takes_no_side(said: str, held_against_its_sources: bool) -> None:
    own = claim(1, None, SAYS, said)
    assert comparable(own, claim(2, "A", SAYS, "The warning came late.")) is held_against_its_sources
