"""Dates in a text: days, months and years as written out, and weekdays by the day of the story."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

WEEKDAYS = {w: i for i, w in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
MONTHS = {
    w: i
    for i, w in enumerate(
        "january february march april may june july august september october november december".split(),
        start=1,
    )
}
SHORT_MONTHS = {m[:3]: i for m, i in MONTHS.items()} | {"sept": 9}

_MONTH = "|".join(
    [*MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"]
)
YEAR = r"(?:1[5-9]|20)\d\d"
"""A pattern for a year by its number, of an event that need not be this century's."""

_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
DAY_MONTH = re.compile(
    r"\b(?:"
    rf"(?P<day1>\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?(?P<month1>{_MONTH})\b\.?"  # 24th of March
    r"|"
    rf"(?P<month2>{_MONTH})\.?\s(?P<day2>\d\d?)(?:st|nd|rd|th)?\b(?!,\d{{3}})"  # March 24
    r")"
    rf"(?:,?\s{_YEAR})?",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})(?:\sof)?,?\s{_YEAR}", re.IGNORECASE)
IN_YEAR = re.compile(
    rf"\b(?:in|since|of|by|from|until|during|early|late|mid)[\s-]{_YEAR}"
    r"(?![\d,.]*\s(?:people|men|women))",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    rf"\b(?P<next>next\s)?(?P<last>last\s)?(?P<day>{'|'.join(WEEKDAYS)})\b"
    r"(?!\sTimes|\sTelegraph|\sMail|\sMirror|\sExpress)",  # newspapers
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"(?:\b(?:will|would|shall|won['’]t|(?:is|are|was|were|be)(?:\s(?:due|set|scheduled|expected))?\sto)\b|['’]ll\b)"
    r"(?!\s(?:not\s)?(?:have|say|comment|confirm|discuss)\b)"
    r"|\bnext\b(?!\s(?:to|day)\b)",
    re.IGNORECASE,
)
"""What, before a weekday in its clause, tells that the day is still to come."""

CLAUSE = re.compile(
    r"[.,;:—–()]|\b(?:that|who|which|when|where|while|after|before|because|but)\b", re.IGNORECASE
)
"""Where a clause ends and another one begins."""

RELATIVE = re.compile(r"\b(?P<word>yesterday|today|tomorrow)\b", re.IGNORECASE)


TWO_MONTHS = timedelta(days=62)
LONGEST_WITHOUT_LEAP_DAY = 8
"""Years from one 29th of February to the next, at the most."""


class Dated(NamedTuple):
    """A date as it stands in a match: the days from `low` to `high`, proleptic Gregorian ordinals.

    NaN where the year can't be told. Without the story's date `unit` is "weekday", and the days are those of
    the week, Monday 0.
    """

    match: re.Match[str]
    low: float
    high: float
    unit: str = ""


def find_dates(text: str, published: date | None) -> Iterator[Dated]:
    """The dates in `text`, those of one form after those of another; they may overlap."""
    for match in ISO.finditer(text):
        yield from _day(match, int(match[1]), int(match[2]), int(match[3]))
    yield from _days_of_months(text, published)
    for match in MONTH_YEAR.finditer(text):
        start = date(int(match["year"]), _month(match["month"]), 1)
        end = date(start.year + start.month // 12, start.month % 12 + 1, 1) - timedelta(days=1)
        yield Dated(match, start.toordinal(), end.toordinal())
    for match in IN_YEAR.finditer(text):
        year = int(match["year"])
        yield Dated(match, date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    yield from _weekdays(text, published)
    if published is not None:
        for match in RELATIVE.finditer(text):
            shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["word"].lower()]
            ordinal = (published + timedelta(days=shift)).toordinal()
            yield Dated(match, ordinal, ordinal)


def _days_of_months(text: str, published: date | None) -> Iterator[Dated]:
    for match in DAY_MONTH.finditer(text):
        name = match["month1"] or match["month2"]
        if name[0].islower():
            continue
        day, month = int(match["day1"] or match["day2"]), _month(name)
        year = int(match["year"]) if match["year"] else _year_of(month, day, published)
        if year is None:
            yield Dated(match, math.nan, math.nan)
        else:
            yield from _day(match, year, month, day)


def _weekdays(text: str, published: date | None) -> Iterator[Dated]:
    for match in WEEKDAY.finditer(text):
        if match["day"][0].islower():
            continue
        if published is None:
            # Without the story's date a weekday can still be told from another weekday.
            place = WEEKDAYS[match["day"].lower()]
            yield Dated(match, place, place, "weekday")
        else:
            ordinal = _weekday(text, match, published).toordinal()
            yield Dated(match, ordinal, ordinal)


def _day(match: re.Match[str], year: int, month: int, day: int) -> Iterator[Dated]:
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return
    yield Dated(match, ordinal, ordinal)


def _weekday(text: str, match: re.Match[str], published: date) -> date:
    """The day that a match of WEEKDAY means in a story of the day `published`."""
    back = (published.weekday() - WEEKDAYS[match["day"].lower()]) % 7
    if match["last"]:
        return published - timedelta(days=back or 7)
    if match["next"]:
        return published + timedelta(days=7 - back)
    clause = CLAUSE.split(text[: match.start()])[-1]
    return published + timedelta(days=-back % 7 if AHEAD.search(clause) else -back)


def _month(word: str) -> int:
    lower = word.lower()
    return MONTHS.get(lower) or SHORT_MONTHS[lower]


def _year_of(month: int, day: int, published: date | None) -> int | None:
    """The year of a day without one: the latest that has it, and not more than two months after the story."""
    if published is None:
        return None
    for year in range(published.year + 1, published.year - LONGEST_WITHOUT_LEAP_DAY, -1):
        with suppress(ValueError):  # the 29th of February, the 31st of June
            if date(year, month, day) - published <= TWO_MONTHS:
                return year
    return None
