"""The contested questions of a document, and where the parties stand on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import claim as any_claim

from verify.relate.issues import MOST_CLAIMS, find_agreed, find_issues
from verify.types import Claim, Issue, Kind, Relation, RelationType, Stance

if TYPE_CHECKING:
    from spacy.language import Language

INVOLVED = "Ukraine was involved in the attack."


def claim(number: int, party: str | None, stance: Stance, proposition: str = INVOLVED) -> Claim:
    return any_claim(number, party, stance, proposition)


def clash(a: int, b: int, score: float = 0.9, kind: Kind = Kind.RESPONSIBILITY) -> Relation:
    return Relation(f"c{a}", f"c{b}", RelationType.CONTRADICTS, kind, score, "…")


def support(a: int, b: int, score: float = 0.8) -> Relation:
    return Relation(f"c{a}", f"c{b}", RelationType.SUPPORTS, Kind.RESPONSIBILITY, score, "…")


def answers(issue: Issue) -> dict[str, str]:
    return {p.party: p.answer for p in issue.positions}


PUTIN = claim(1, "Russia", Stance.SUGGESTS)
KYIV = claim(2, "Ukraine", Stance.DENIES)
WASHINGTON = claim(3, "United States", Stance.DENIES)


def test_who_stands_where(nlp: Language) -> None:
    silent = claim(4, "Islamic State", Stance.DECLINES)
    (issue,) = find_issues(
        (PUTIN, KYIV, WASHINGTON, silent), [clash(1, 2), clash(1, 3), support(2, 3)], [("c4", "c1")], nlp
    )
    assert issue.question == "Was Ukraine involved in the attack?"
    assert answers(issue) == {
        "Russia": "perhaps",
        "Ukraine": "no",
        "United States": "no",
        "Islamic State": "no comment",
    }


def test_a_supporter_joins_without_a_clash_of_its_own(nlp: Language) -> None:
    (issue,) = find_issues((PUTIN, KYIV, WASHINGTON), [clash(1, 2), support(2, 3)], [], nlp)
    assert answers(issue)["United States"] == "no"


@pytest.mark.parametrize("relations", [[], [support(2, 3)]], ids=["no relation", "nothing but support"])
def test_no_issue_without_a_clash(nlp: Language, relations: list[Relation]) -> None:
    assert find_issues((PUTIN, KYIV, WASHINGTON), relations, [("c2", "c1")], nlp) == ()


def test_one_party_alone_makes_no_issue(nlp: Language) -> None:
    both = (claim(1, None, Stance.ASSERTS), claim(2, None, Stance.DENIES))
    assert find_issues(both, [clash(1, 2)], [], nlp) == ()


def test_separate_clashes_are_separate_issues_in_the_order_of_the_text(nlp: Language) -> None:
    bridge = "The bridge was old."
    claims = (
        PUTIN,
        KYIV,
        claim(3, "mayor", Stance.ASSERTS, bridge),
        claim(4, "ministry", Stance.DENIES, bridge),
    )
    first, second = find_issues(claims, [clash(3, 4), clash(1, 2)], [], nlp)
    assert first.question == "Was Ukraine involved in the attack?"
    assert second.question == "Was the bridge old?"


def test_figures_are_asked_for(nlp: Language) -> None:
    claims = (
        claim(1, "police", Stance.ASSERTS, "The crash killed 137 people."),
        claim(2, "mayor", Stance.ASSERTS, "The crash killed 53 people."),
    )
    (issue,) = find_issues(claims, [clash(1, 2, kind=Kind.NUMBER)], [], nlp)
    assert issue.question == "How many people were killed?"
    assert answers(issue) == {"police": "137", "mayor": "53"}


def test_an_issue_keeps_the_claims_that_clash_most_and_equals_in_the_order_of_the_text(
    nlp: Language,
) -> None:
    many = [claim(n, f"party {n}", Stance.DENIES) for n in range(2, 30)]
    relations = [clash(1, c.span.start // 10) for c in many]
    (issue,) = find_issues((PUTIN, *many), relations, [], nlp)
    kept = [i for p in issue.positions for i in p.claims]
    assert kept == [f"c{n}" for n in range(1, MOST_CLAIMS + 1)]


def test_the_question_says_of_whom_it_speaks(nlp: Language) -> None:
    claims = (
        claim(1, "police", Stance.ASSERTS, "It was them."),
        claim(2, "mayor", Stance.ASSERTS, "The rebels shelled the market."),
        claim(3, "rebels", Stance.DENIES, "The rebels shelled the market."),
    )
    (issue,) = find_issues(claims, [clash(1, 3), clash(2, 3, score=0.4)], [], nlp)
    assert issue.question == "Did the rebels shell the market?"


def test_a_question_is_made_of_what_can_be_turned(nlp: Language) -> None:
    claims = (
        claim(1, "police", Stance.ASSERTS, "Twelve houses under deep water."),
        claim(2, "mayor", Stance.ASSERTS, "Twelve houses in Sarnow were flooded."),
        claim(3, "railway", Stance.DENIES, "Any house was flooded."),
    )
    (issue,) = find_issues(claims, [clash(1, 3), clash(2, 3, score=0.4)], [], nlp)
    assert issue.question == "Were twelve houses in Sarnow flooded?"
    (issue,) = find_issues(claims, [clash(1, 3)], [], nlp)
    assert issue.question == "Was any house flooded?"
    assert answers(issue) == {"police": "yes", "railway": "no"}


def test_what_the_rest_agree_on() -> None:
    claims = (
        claim(1, "police", Stance.ASSERTS, "It was closed."),
        claim(2, "mayor", Stance.ASSERTS, "The bridge at Sarnow was closed."),
        claim(3, "railway", Stance.ASSERTS, "The bridge at Sarnow was closed on Monday."),
        claim(4, "union", Stance.DENIES, "The mill was sold."),
    )
    (agreed,) = find_agreed(claims, [support(1, 2), support(2, 3)])
    assert agreed.proposition == "The bridge at Sarnow was closed."
    assert agreed.claims == ("c1", "c2", "c3")


@pytest.mark.parametrize(
    ("claims", "relations"),
    [
        ((PUTIN, KYIV, WASHINGTON), [clash(1, 2), support(2, 3)]),
        ((claim(1, "police", Stance.ASSERTS), claim(2, "police", Stance.ASSERTS)), [support(1, 2)]),
        ((KYIV, WASHINGTON), [support(2, 3)]),
        ((PUTIN, KYIV), []),
        ((PUTIN, claim(2, "China", Stance.ASSERTS)), [support(1, 2, score=0.45)]),
    ],
    ids=["disputed", "one party", "denied by both", "nothing said alike", "unsure"],
)
def test_no_agreement(claims: tuple[Claim, ...], relations: list[Relation]) -> None:
    assert not find_agreed(claims, relations)
