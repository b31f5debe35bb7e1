"""Figures and dates: what they are read as, and when two of them can't both be right."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.language.values import Agreement, Value, ValueKind, compare, find_values

PUBLISHED = date(2024, 3, 24)  # a Sunday
INF = math.inf


def only(text: str) -> Value:
    (value,) = find_values(text, published=PUBLISHED)
    return value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("137 people died", 137, 137),
        ("1,200 people died", 1200, 1200),
        ("at least 137 people", 137, INF),
        ("more than 100 people", 100, INF),
        ("no fewer than 12 men", 12, INF),
        ("as many as 12 men", -INF, 12),
        ("90 or more people", 90, INF),
        ("a toll that tops 1,200", 1200, INF),
        ("the quake toll passes 1,200", 1200, INF),
        ("debts climbed past 30 million", 30_000_000, INF),
        ("the car passed 12 people", 12, 12),
        ("the top 10 companies", 10, 10),
        ("a strike that leaves dozens dead", 24, 119),
        ("a strike that kills dozens", 24, 119),
        ("the toll stood at nine, he said", 9, 9),
        ("the army put it at six.", 6, 6),
        ("they arrived at 2.1 million people", 2_100_000, 2_100_000),
        ("up to 40 people", -INF, 40),
        ("fewer than 40 people", -INF, 40),
        ("at most 40 people", -INF, 40),
        ("some two dozen people", 24, 24),
        ("a dozen people", 12, 12),
        ("twenty-three people", 23, 23),
        ("a hundred and six people", 106, 106),
        ("three hundred thousand people", 300_000, 300_000),
        ("half a million people", 500_000, 500_000),
        ("1.5 million people", 1_500_000, 1_500_000),
        ("between 20 and 30 people", 20, 30),
        ("20-30 people", 20, 30),
        ("from 20 to 30 people", 20, 30),
        ("20–30 people", 20, 30),
        ("dozens of people", 24, 119),
        ("hundreds were hurt", 200, 999),
        ("thousands of people", 2000, 99_999),
        ("tens of thousands of people", 20_000, 99_000),
        ("hundreds of thousands of people", 200_000, 999_000),
        ("scores of people", 40, 199),
        ("several thousand people", 2000, 9990),
        ("a few hundred people", 200, 999),
        ("the few hundred people", 200, 999),
        ("a several thousand-strong crowd of people", 2000, 9990),
        ("several hundred thousand people", 200_000, 999_000),
        ("several dozen people", 24, 119),
        ("a couple of hundred people", 200, 300),
        ("at least several hundred people", 200, INF),
        ("up to a few thousand people", -INF, 9990),
        ("between 3 and 4 billion people", 3e9, 4e9),
        ("two to three hundred people", 200, 300),
        ("two or three thousand people", 2000, 3000),
        ("five or six people", 5, 6),
        ("between 500 and 1 million people", 500, 1_000_000),
        ("from 8 to 6 million people", 6e6, 8e6),
        ("well over several hundred people", 200, INF),
    ],
)
def test_counts(text: str, low: float, high: float) -> None:
    value = only(text)
    assert (value.kind, value.low, value.high) == (ValueKind.COUNT, low, high)


@pytest.mark.parametrize(
    ("text", "kind", "unit", "amount"),
    [
        ("$1.2bn", ValueKind.MONEY, "USD", 1.2e9),
        ("US$3 million", ValueKind.MONEY, "USD", 3e6),
        ("€40m", ValueKind.MONEY, "EUR", 40e6),
        ("12 billion euros", ValueKind.MONEY, "EUR", 12e9),
        ("300 yuan", ValueKind.MONEY, "CNY", 300),
        ("12 per cent", ValueKind.PERCENT, "%", 12),
        ("12%", ValueKind.PERCENT, "%", 12),
        ("3.5 percent", ValueKind.PERCENT, "%", 3.5),
        ("20 km", ValueKind.MEASURE, "m", 20_000),
        ("a 12-mile zone", ValueKind.MEASURE, "m", 12 * 1609.344),
        ("two hours", ValueKind.MEASURE, "s", 7200),
        ("31 tonnes", ValueKind.MEASURE, "kg", 31_000),
        ("a 45-year-old man", ValueKind.AGE, "years", 45),
        ("level three", ValueKind.LEVEL, "level", 3),
        ("a hundred years", ValueKind.MEASURE, "s", 100 * 31557600),
    ],
)
def test_units(text: str, kind: ValueKind, unit: str, amount: float) -> None:
    value = only(text)
    assert (value.kind, value.unit) == (kind, unit)
    assert value.low == value.high == pytest.approx(amount)


@pytest.mark.parametrize(
    ("text", "kind", "unit", "low", "high"),
    [
        ("a few hundred metres", ValueKind.MEASURE, "m", 200, 999),
        ("several thousand dollars", ValueKind.MONEY, "USD", 2000, 9990),
        ("tens of millions of euros", ValueKind.MONEY, "EUR", 20e6, 99e6),
        ("hundreds of tonnes of grain", ValueKind.MEASURE, "kg", 200_000, 999_000),
        ("several hundred per cent", ValueKind.PERCENT, "%", 200, 999),
    ],
)
def test_units_of_what_is_told_by_its_size(
    text: str, kind: ValueKind, unit: str, low: float, high: float
) -> None:
    value = only(text)
    assert (value.kind, value.unit, value.exact) == (kind, unit, False)
    assert (value.low, value.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on March 22", date(2024, 3, 22), date(2024, 3, 22)),
        ("on 22 March 2023", date(2023, 3, 22), date(2023, 3, 22)),
        ("on the 22nd of March", date(2024, 3, 22), date(2024, 3, 22)),
        ("on 2024-03-22", date(2024, 3, 22), date(2024, 3, 22)),
        ("on December 30", date(2023, 12, 30), date(2023, 12, 30)),
        ("on Sunday", date(2024, 3, 24), date(2024, 3, 24)),
        ("on Friday", date(2024, 3, 22), date(2024, 3, 22)),
        ("next Monday", date(2024, 3, 25), date(2024, 3, 25)),
        ("last Sunday", date(2024, 3, 17), date(2024, 3, 17)),
        ("last Friday", date(2024, 3, 22), date(2024, 3, 22)),
        ("The bridge would open on Friday", date(2024, 3, 29), date(2024, 3, 29)),
        ("The court will sit on Sunday", date(2024, 3, 24), date(2024, 3, 24)),
        ("It is due to open on Friday", date(2024, 3, 29), date(2024, 3, 29)),
        ("The next vote is on Friday", date(2024, 3, 29), date(2024, 3, 29)),
        ("It would not comment on Friday", date(2024, 3, 22), date(2024, 3, 22)),
        ("It would have opened on Friday", date(2024, 3, 22), date(2024, 3, 22)),
        ("It will pay those who came on Friday", date(2024, 3, 22), date(2024, 3, 22)),
        ("It will open, he said on Friday", date(2024, 3, 22), date(2024, 3, 22)),
        ("yesterday", date(2024, 3, 23), date(2024, 3, 23)),
        ("in March 2023", date(2023, 3, 1), date(2023, 3, 31)),
        ("in 2014", date(2014, 1, 1), date(2014, 12, 31)),
    ],
)
def test_dates(text: str, first: date, last: date) -> None:
    value = only(text)
    assert value.kind is ValueKind.DATE
    assert (date.fromordinal(int(value.low)), date.fromordinal(int(value.high))) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "an S-300 missile",
        "flight MH17 was lost",
        "one of the men",
        "on the one day",
        "a Boeing 737 crashed",
        "at 7.30 p.m.",
        "at 19:30",
        "since four in the morning",
        "they came at six.",
        "the shop was open until nine, he said",
        "a 3-1 win",
        "edition 2 of the story",
        "she lives in apartment 12",
        "Reactor 4 exploded",
        "no figure at all",
        "the Sunday Times",
        "on February 31",
        "14.10 Woman rescued from river",
        "how many thousand people",
        "the team scores again",
    ],
)
def test_what_is_no_value(text: str) -> None:
    assert [v for v in find_values(text, published=None) if v.kind is not ValueKind.DATE] == []


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("January 5", date(2024, 12, 20), date(2025, 1, 5)),
        ("March 3", date(2024, 12, 20), date(2024, 3, 3)),
        ("29 February", date(2025, 3, 10), date(2024, 2, 29)),
        ("29 February", date(2103, 3, 10), date(2096, 2, 29)),
        ("1 January", date.max, date(9999, 1, 1)),
        ("31 June", date(2025, 3, 10), None),
    ],
)
def test_a_day_without_a_year_is_the_latest_that_may_be_meant(
    text: str, published: date, day: date | None
) -> None:
    found = [value.low for value in find_values(f"on {text}", published=published)]
    assert found == ([day.toordinal()] if day is not None else [])


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("137 people", "137 people", Agreement.SAME),
        ("137 people", "133 people", Agreement.DIFFERENT),
        ("at least 137 people", "139 people", Agreement.COMPATIBLE),
        ("at least 137 people", "90 people", Agreement.DIFFERENT),
        ("more than 100 people", "137 people", Agreement.COMPATIBLE),
        ("more than 100,000 people", "84,000 people", Agreement.DIFFERENT),
        ("more than 100,000 people", "95,000 people", Agreement.COMPATIBLE),
        ("toll tops 1,200", "1,214", Agreement.COMPATIBLE),
        ("toll tops 1,200", "900", Agreement.DIFFERENT),
        ("toll nears 1,200", "1,180", Agreement.COMPATIBLE),
        ("about 140 people", "137 people", Agreement.COMPATIBLE),
        ("some two dozen people", "25 people", Agreement.COMPATIBLE),
        ("about 140 people", "60 people", Agreement.DIFFERENT),
        ("some two dozen people", "40 people", Agreement.DIFFERENT),
        ("two dozen people", "25 people", Agreement.COMPATIBLE),
        ("two dozen people", "31 people", Agreement.DIFFERENT),
        ("24 people", "25 people", Agreement.DIFFERENT),
        ("a hundred people", "104 people", Agreement.COMPATIBLE),
        ("100 people", "104 people", Agreement.DIFFERENT),
        ("a hundred and six people", "104 people", Agreement.DIFFERENT),
        ("about six people", "seven people", Agreement.COMPATIBLE),
        ("about six people", "nine people", Agreement.DIFFERENT),
        ("30-odd people", "33 people", Agreement.COMPATIBLE),
        ("several thousand people", "3,416 people", Agreement.COMPATIBLE),
        ("several thousand people", "thousands of people", Agreement.COMPATIBLE),
        ("several thousand people", "more than 5,000 people", Agreement.COMPATIBLE),
        ("several thousand people", "300 people", Agreement.DIFFERENT),
        ("several thousand people", "31,000 people", Agreement.DIFFERENT),
        ("a few hundred people", "about 450 people", Agreement.COMPATIBLE),
        ("a few hundred people", "hundreds of people", Agreement.SAME),
        ("a few hundred people", "2,500 people", Agreement.DIFFERENT),
        ("dozens of people", "more than 100 people", Agreement.COMPATIBLE),
        ("dozens of people", "four people", Agreement.DIFFERENT),
        ("scores of people", "137 people", Agreement.COMPATIBLE),
        ("thousands of people", "31,000 people", Agreement.COMPATIBLE),
        ("tens of thousands of people", "31,000 people", Agreement.COMPATIBLE),
        ("tens of thousands of people", "thousands of people", Agreement.COMPATIBLE),
        ("tens of thousands of people", "4,000 people", Agreement.DIFFERENT),
        ("hundreds of thousands of people", "40,000 people", Agreement.DIFFERENT),
        ("two or three hundred people", "250 people", Agreement.COMPATIBLE),
        ("two or three people", "four people", Agreement.COMPATIBLE),
        ("two or three people", "ten people", Agreement.DIFFERENT),
        ("between 20 and 30 people", "25 people", Agreement.COMPATIBLE),
        ("between 20 and 30 people", "45 people", Agreement.DIFFERENT),
        ("up to 40 people", "12 people", Agreement.COMPATIBLE),
        ("up to 100,000 people", "105,000 people", Agreement.COMPATIBLE),
        ("fewer than 100,000 people", "105,000 people", Agreement.COMPATIBLE),
        ("fewer than 100,000 people", "120,000 people", Agreement.DIFFERENT),
        ("1,000 metres", "1 km", Agreement.SAME),
        ("$5bn", "€5bn", Agreement.INCOMPARABLE),
        ("12 percent", "12 people", Agreement.INCOMPARABLE),
        ("level three", "phase three", Agreement.INCOMPARABLE),
        ("on Friday", "on March 22", Agreement.SAME),
        ("on Friday", "on March 23", Agreement.DIFFERENT),
        ("in March 2024", "on March 23", Agreement.COMPATIBLE),
        ("in 2014", "in 2015", Agreement.DIFFERENT),
    ],
)
def test_compare(a: str, b: str, agreement: Agreement) -> None:
    assert compare(only(a), only(b)) is agreement


def test_weekdays_compare_with_each_other_where_the_story_has_no_date() -> None:
    (monday,), (friday,), (day,) = (find_values(t) for t in ("on Monday", "on Friday", "on March 3, 2024"))
    assert compare(monday, friday) is Agreement.DIFFERENT
    assert compare(monday, monday) is Agreement.SAME
    assert compare(monday, day) is Agreement.INCOMPARABLE


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Marta Lindqvist dies at 91", ["91"]),
        ("He died at sea at the age of 44.", ["44"]),
        ("Kyle Burton, 17, and his cousin Liam, 16, were killed.", ["17", "16"]),
        ("She was 91.", ["91"]),
        ("He died at 10 Downing Street.", []),
        ("The fire was out and she died at 3 p.m.", []),
        ("Police killed 14, the army nine.", []),
        ("On 3 May, 17, 20 and 23 people died.", []),
        ("He was 12 metres away.", []),
    ],
)
def test_an_age_that_only_its_place_tells(text: str, ages: list[str]) -> None:
    assert [value.text for value in find_values(text) if value.kind is ValueKind.AGE] == ages


def test_the_thing_counted() -> None:
    assert only("137 people were killed").noun == "people"
    assert only("12 other wounded soldiers").noun == "wounded"
    assert only("12, and more").noun == ""


def test_offsets_are_those_of_the_text() -> None:
    text = "“At least 137” people died 🌀 on Friday, €40m was lost."
    for value in find_values(text, published=PUBLISHED):
        assert text[value.start : value.end] == value.text


FRAGMENTS = st.sampled_from(
    """at least|more than|several|a few|tens|of|dozens|hundreds|thousands|
    up to|between|and|to|-|–|about|some|two|dozen|hundred|a|half a million|137|1,200|3.5|$|
    €|bn|m|million|%|per cent|km|people|hours|March|24|2024|in|on|Sunday|yesterday|level|aged|45-year-old|.|,|
    or more|+|99999999999999999999|0|00|１２|٣|∞|2024-02-30""".replace("\n    ", "").split("|")
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(FRAGMENTS, max_size=12).map(" ".join), st.lists(FRAGMENTS).map("".join)
)


@given(TEXTS, st.none() | st.dates())
def test_never_raises_and_values_stand_apart_in_order(text: str, published: date | None) -> None:
    values = find_values(text, published=published)
    for value in values:
        assert text[value.start : value.end] == value.text
        assert value.low <= value.high
    assert all(a.end <= b.start for a, b in pairwise(values))


@given(TEXTS, TEXTS)
def test_compare_is_symmetric_and_every_value_agrees_with_itself(a: str, b: str) -> None:
    values = [*find_values(a, published=PUBLISHED), *find_values(b, published=PUBLISHED)]
    for left in values:
        assert compare(left, left) is Agreement.SAME
        for right in values:
            assert compare(left, right) is compare(right, left)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fines of up to €20m or 4% of turnover", ["EUR", "%"]),
        ("$50,000 or 10 percent of sales", ["USD", "%"]),
        ("It cost $5 or €4", ["USD", "EUR"]),
        ("cut 1,200 or 8% of jobs", ["", "%"]),
        ("two or three percent", ["%"]),
        ("$5 or $6", ["USD"]),
    ],
)
def test_or_makes_a_range_of_like_numbers_alone(text: str, found: list[str]) -> None:
    assert [value.unit for value in find_values(text)] == found
