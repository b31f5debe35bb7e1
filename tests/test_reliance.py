"""Who relies on whom, and what that leaves of a number of sources."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import claim as any_claim

from verify.load import document_of
from verify.relate.reliance import find_reliances
from verify.report import FORMATS, Display, Format
from verify.rules import run
from verify.rules.base import Context
from verify.types import (
    Agreed,
    Checked,
    Claim,
    Finding,
    Reliance,
    Role,
    Run,
    Sentence,
    Stance,
)

EMPTY = "The depot at Sarnow was empty."


def claim(number: int, name: str, proposition: str = EMPTY, *, cites: str = "") -> Claim:
    return any_claim(number, name, Stance.ASSERTS, proposition, cites=frozenset(cites.split()))


def findings(rule: str, *claims: Claim) -> list[Finding]:
    document = document_of(b"x" * 10 * (len(claims) + 1), path="hand.txt", suffix=".txt")
    sentences = tuple(Sentence(c.sentence, c.span, 0, Role.PARAGRAPH) for c in claims)
    context = Context(document, sentences, claims, (), (), reliances=find_reliances(claims))
    return [finding for finding in run(context, {}) if finding.rule == rule]


def test_each_pair_once_with_all_its_claims() -> None:
    claims = (
        claim(0, "Tarn", cites="ministry"),
        claim(1, "Velm"),
        claim(2, "Tarn", "The road was shut.", cites="railway ministry"),
    )
    assert find_reliances(claims) == (
        Reliance("Tarn", "ministry", ("c0", "c2")),
        Reliance("Tarn", "railway", ("c2",)),
    )


def test_who_quotes_relies_and_who_tells_of_a_claim_does_not() -> None:
    quoting = (claim(0, "Tarn", cites="ministry"), replace(claim(1, "ministry"), within="c0"))
    telling = (
        claim(0, "Kyiv", "Moscow claims that the depot was empty.", cites="Moscow"),
        replace(claim(1, "Moscow"), within="c0"),
    )
    assert find_reliances(quoting) == (Reliance("Tarn", "ministry", ("c0",)),)
    assert not find_reliances(telling)


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        (
            (claim(0, "ministry"), claim(1, "Tarn", cites="ministry")),
            "Tarn only repeats the ministry: that is one source, not two.",
        ),
        (
            (claim(0, "Velm", cites="ministry"), claim(1, "Tarn", cites="ministry")),
            "Velm and Tarn both rest on ministry: that is one source, not two.",
        ),
        (
            (claim(0, "ministry"), claim(1, "Tarn", cites="ministry"), claim(2, "Velm", cites="Tarn")),
            "Tarn and Velm only repeat the ministry: that is one source, not three.",
        ),
        (
            (
                claim(0, "Orbis", cites="Velm"),
                claim(1, "Velm", cites="Tarn"),
                claim(2, "Tarn", cites="Dusek"),
            ),
            "Orbis, Velm and Tarn all rest on Dusek: that is one source, not three.",
        ),
        (
            (claim(0, "Tarn", cites="Velm"), claim(1, "Velm", cites="Tarn")),
            "Tarn cites Velm and Velm cites Tarn: who has it first-hand?",
        ),
        (
            (
                claim(0, "Tarn", cites="Velm"),
                claim(1, "Velm", cites="Orbis"),
                claim(2, "Orbis", cites="Tarn"),
            ),
            "Tarn cites Velm and Velm cites Orbis and Orbis cites Tarn: who has it first-hand?",
        ),
    ],
    ids=["echo", "two on a third", "chain", "longer chain", "each other", "a circle of three"],
)
def test_circular_sourcing(claims: tuple[Claim, ...], message: str) -> None:
    (finding,) = findings("circular-sourcing", *claims)
    assert finding.message == message
    assert finding.claims == tuple(c.id for c in claims)


@pytest.mark.parametrize(
    "claims",
    [
        (claim(0, "ministry"), claim(1, "Tarn")),
        (claim(0, "ministry"), claim(1, "Tarn", "No trains ran to Tellin.", cites="railway")),
        (claim(0, "ministry", "No trains ran to Tellin."), claim(1, "Tarn", cites="ministry")),
        (claim(0, "Velm", cites="Tarn"), claim(1, "Tarn", "No trains ran to Tellin.", cites="railway")),
    ],
    ids=["nobody cites", "another origin", "another claim", "the trail turns to another claim"],
)
def test_no_circle(claims: tuple[Claim, ...]) -> None:
    assert not findings("circular-sourcing", *claims)


GUILT = "Two inspectors had taken bribes."


@pytest.mark.parametrize(
    ("others", "alone"),
    [
        ((), True),
        ((claim(1, "Horn", GUILT),), False),
        ((claim(1, "Tarn", GUILT, cites="Dusek"),), True),
        ((claim(1, "Tarn", GUILT, cites="Dusek"), claim(2, "Velm", GUILT, cites="Tarn")), True),
        ((claim(1, "Tarn", GUILT, cites="Horn"),), False),
    ],
    ids=["alone", "another", "an echo", "an echo of an echo", "another's echo"],
)
def test_what_counts_as_a_second_source(others: tuple[Claim, ...], alone: bool) -> None:
    told = {i for f in findings("single-source", claim(0, "Dusek", GUILT), *others) for i in f.claims}
    assert ("c0" in told) is alone


def test_many_who_cite_each_other_take_little_time() -> None:
    names = ("Tarn", "Velm")
    claims = [claim(n, names[n % 2], cites=names[1 - n % 2]) for n in range(400)]
    start = time.process_time()
    assert len(findings("circular-sourcing", *claims)) == 1
    assert time.process_time() - start < 10


def test_citing_is_found_in_a_draft(read_claims: Callable[[str], tuple[Claim, ...]]) -> None:
    claims = read_claims(
        "The depot at Sarnow was empty, the defence ministry said on Monday.\n\n"
        "The agency Tarn, citing the defence ministry, reported that the depot at Sarnow was empty."
    )
    (reliance,) = find_reliances(claims)
    assert "Tarn" in reliance.source
    assert reliance.relies_on == "defence ministry"


def test_the_report_says_on_whose_word(checked: Checked) -> None:
    reliances = tuple(Reliance("Tarn", name, ("c1",)) for name in ("ministry", "Dusek"))
    assert "On whose word: Tarn on ministry, Dusek\n" in reported(replace(checked, reliances=reliances))
    assert "On whose word" not in reported(checked)


def test_the_report_says_what_the_rest_agree_on(checked: Checked) -> None:
    agreed = Agreed("The bridge had fallen.", ("c1", "c2"))
    text = reported(replace(checked, agreed=(agreed,)))
    names = [c.source.name for c in checked.claims if c.source is not None and c.id in agreed.claims]
    assert "Agreed among the rest:\n  The bridge had fallen. (" in text
    assert all(f"{name} " in text for name in names)
    assert "Agreed" not in reported(checked)


def reported(checked: Checked) -> str:
    return FORMATS[Format.FULL](Run((checked,), {}), Display())
