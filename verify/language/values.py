"""Numbers, amounts and dates in a text, as closed intervals of one unit, so that two can be compared.

"at least 137" is [137, inf), "some two dozen" is about 24, "between 20 and 30" is [20, 30], "$1.2bn" is
1,200,000,000 USD, "Sunday" is the last one up to the story's date, or the next one after "will" and
"would". Names with digits in them ("S-300", "MH17") are no values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class ValueKind(StrEnum):
    """What sort of thing a value measures; values of different kinds don't compare."""

    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    MEASURE = "measure"
    AGE = "age"
    LEVEL = "level"
    DATE = "date"


class Agreement(StrEnum):
    """How two values bear on each other."""

    SAME = "same"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it stands at `text[start:end]`: the closed interval [low, high], in `unit`.

    Dates are proleptic Gregorian ordinals. `exact` is false for rounded and hedged figures. `noun` is
    the thing counted, in lower case and as written ("people"), "" where none follows.
    """

    start: int
    end: int
    text: str
    kind: ValueKind
    low: float
    high: float
    unit: str
    exact: bool
    noun: str


ONES = {
    w: i
    for i, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split()
    )
}
TENS = {
    w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
    "m": 1e6,
    "k": 1e3,
}
VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "millions": (2e6, 9.99e6),
}
CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "rmb": "CNY",
    "rs": "INR",
    "chf": "CHF",
}
CURRENCY_WORDS = {
    word: code
    for code, words in {
        "USD": "dollar dollars",
        "EUR": "euro euros",
        "GBP": "pound pounds",
        "JPY": "yen",
        "CNY": "yuan renminbi",
        "INR": "rupees",
        "RUB": "roubles rubles",
        "CHF": "francs",
        "UAH": "hryvnia",
    }.items()
    for word in words.split()
}
MEASURES = {
    word: (unit, factor)
    for unit, factor, words in (
        ("m", 1e3, "km kilometre kilometres kilometer kilometers"),
        ("m", 1, "m metre metres meter meters"),
        ("m", 1609.344, "mile miles"),
        ("m", 0.3048, "foot feet ft"),
        ("m", 0.01, "cm"),
        ("m", 0.001, "mm"),
        ("m", 0.0254, "inches inch"),
        ("kg", 1, "kg kilogram kilograms kilos"),
        ("kg", 1e3, "tonne tonnes"),
        ("kg", 907.18474, "tons ton"),
        ("kg", 0.45359237, "pounds"),
        ("s", 1, "second seconds"),
        ("s", 60, "minute minutes"),
        ("s", 3600, "hour hours"),
        ("s", 86400, "day days"),
        ("s", 604800, "week weeks"),
        ("s", 2629800, "month months"),
        ("s", 31557600, "year years"),
        ("degrees", 1, "degree degrees"),
        ("m/s", 0.44704, "mph"),
        ("m/s", 1 / 3.6, "kph km/h"),
        ("barrels", 1, "barrels"),
        ("m2", 4046.8564, "acres"),
        ("m2", 1e4, "hectares"),
        ("l", 1, "litres liters"),
        ("l", 3.785411784, "gallons"),
        ("W", 1e6, "megawatts"),
        ("W", 1e9, "gigawatts"),
        ("V", 1, "volts"),
    )
    for word in words.split()
}
"""Words for units, as the unit of their dimension and the factor to it."""

WEEKDAYS = {w: i for i, w in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
MONTHS = {
    w: i
    for i, w in enumerate(
        "january february march april may june july august september october november december".split(),
        start=1,
    )
}
SHORT_MONTHS = {m[:3]: i for m, i in MONTHS.items()} | {"sept": 9}

# Patterns. The parts of a number, without groups, so that they can be put together below.

_WORD = "|".join(
    [*ONES, *TENS, "hundred", "thousand", "million", "billion", "trillion", "dozen", "half a million"]
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALED = rf"(?:{_DIGITS})(?:\s?(?:million|billion|trillion|thousand|hundred|bn|mn|tn|m|k)\b)?"  # 1.2bn
_SPELT = rf"(?:(?:a|half\sa)\s)?(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD})){{0,8}}"  # a hundred and six
_NUMBER = rf"(?:{_SCALED}|{_SPELT})"
_MONEY = r"(?:US\$|A\$|C\$|[$€£¥]|Rmb|RMB|Rs\.?\s?|CHF\s)"


def _phrases(text: str) -> str:
    """A pattern for any of the phrases parted by commas, whatever white space is in them."""
    return "|".join(phrase.strip().replace(" ", r"\s") for phrase in text.split(","))


_LOW = _phrases(
    "at least, more than, over, no fewer than, no less than, not less than, upwards of, in excess of, above, "
    "exceeding"
)
_HIGH = _phrases(
    "at most, up to, as many as, no more than, not more than, fewer than, less than, under, below"
)
_ABOUT = _phrases(
    "about, around, some, roughly, approximately, nearly, almost, close to, an estimated, estimated, "
    "just over, just under, well over, circa"
)
VALUE = re.compile(
    r"(?<![\w.,-])"
    rf"(?:(?P<low>{_LOW})\s)?"
    rf"(?:(?P<high>{_HIGH})\s)?"
    rf"(?:(?P<about>{_ABOUT})\s)?"
    r"(?P<between>between\s|from\s)?"
    rf"(?P<money>{_MONEY})?(?P<first>{_NUMBER})"
    rf"(?:\s?(?:-|–|to|and(?=\s{_MONEY}?\d))\s?(?P<money2>{_MONEY})?(?P<second>{_NUMBER}))?"
    r"(?P<after>\sor\smore|-plus|\+)?"
    r"(?P<percent>\s?%|\sper\s?cent\b|\spercent\b|\spercentage\spoints?\b)?"
    r"(?![\w]|-\d|,\d|\.\d)",
    re.IGNORECASE,
)
VAGUE_WORD = re.compile(
    r"(?<![\w-])(?P<word>dozens|scores|hundreds|thousands|millions)"
    r"(?=\sof\b|\swere\b|\shad\b|\shave\b|\s\w+\swere\b)",
    re.IGNORECASE,
)
_MONTH = "|".join(
    [*MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"]
)
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
AGE = re.compile(rf"\b(?P<n>{_NUMBER})-year-old|\baged?\s(?P<m>\d{{1,3}})\b", re.IGNORECASE)
LEVEL = re.compile(
    r"\b(?:level|category|phase|tier|grade|stage|chapter|article|section|unit|number|no\.|page|flight|route|"
    rf"precinct|room|magnitude)\s(?P<n>{_NUMBER})\b",
    re.IGNORECASE,
)
DESIGNATION = re.compile(
    r"\b(?:edition|version|volume|issue|part|episode|season|round|lane|gate|terminal|platform|runway|exhibit|ward|district|"
    rf"floor|apartment|flat|block|junction|reactor|turbine|track|schedule|paragraph|clause)\s(?:{_NUMBER})\b"
    r"(?!\s?(?:%|per\scent|percent)|\s(?:[a-z]+s|people|men|women|children)\b)",
    re.IGNORECASE,
)
"""A number that is the name of one thing of a row, and counts nothing."""

CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m\b\.?|p\.?m\b\.?|o['’]clock)"  # 7.30 p.m.
    r"|\b\d{1,2}:\d\d\b"
    r"|\bat\s\d{1,2}\.\d\d\b",
    re.IGNORECASE,
)
SCORE = re.compile(
    r"(?<![\w-])\d{1,3}[-–]\d{1,3}(?=\s(?:win|victory|defeat|loss|draw|vote|lead|decision|majority))"
)
LARGE = re.compile(r"\s?(?:bn|mn|million|billion|thousand)$", re.IGNORECASE)

SKIP = frozenset(
    """of the a an and or in on at to for from by with that which who were was are is had have has been as per
    than other more new such its his their these those some all most many people's american russian""".split()
)
"""Words that are no thing counted."""

PASSED_OVER = frozenset("other more new american russian of the its his their a".split())
"""Those of SKIP that may stand between a number and the thing that it counts."""

PLURAL_NOUNS = frozenset(
    """people men women children police dead wounded injured missing others cases aircraft troops personnel
    survivors""".split()
)


def find_values(text: str, *, published: date | None = None) -> tuple[Value, ...]:
    """The values in `text`, in order and apart; weekdays need the date on which the story was `published`."""
    taken = bytearray(len(text))
    found: list[Value] = []
    for value in _all(text, published):
        if not any(taken[value.start : value.end]):
            taken[value.start : value.end] = b"\1" * (value.end - value.start)
            if not math.isnan(value.low):
                found.append(value)
    return tuple(sorted(found, key=lambda v: v.start))


def compare(a: Value, b: Value) -> Agreement:
    """How two values bear on each other; symmetric.

    SAME where both say exactly one thing and it is the same, COMPATIBLE where they overlap within
    what their rounding leaves open, DIFFERENT where they can't both be right.
    """
    if a.kind is not b.kind or a.unit != b.unit:
        return Agreement.INCOMPARABLE
    if (a.low, a.high) == (b.low, b.high):
        return Agreement.SAME
    slack = 0.0 if a.exact and b.exact else max(_slack(v) for v in (a, b) if not v.exact)
    apart = max(a.low, b.low) - min(a.high, b.high)
    return Agreement.COMPATIBLE if apart <= slack else Agreement.DIFFERENT


def _slack(value: Value) -> float:
    """What a rounded figure leaves open: a tenth, or half the unit of its last digit that isn't zero."""
    finite = [x for x in (value.low, value.high) if math.isfinite(x)]
    if not finite or value.kind is ValueKind.DATE:
        return 0.0
    size = abs(finite[0])
    step = 1.0
    while size and size % (step * 10) == 0 and step < 1e12:
        step *= 10
    return max(0.1 * size, step / 2 if step > 1 else 0.0)


def _all(text: str, published: date | None) -> Iterator[Value]:
    """Candidates, those first that keep others from reading their parts."""
    for pattern in (CLOCK, SCORE, DESIGNATION):
        for match in pattern.finditer(text):
            yield _value(match, ValueKind.COUNT, math.nan, math.nan)
    yield from _dates(text, published)
    for match in AGE.finditer(text):
        number = _number(match["n"] or match["m"])
        yield _value(match, ValueKind.AGE, number, number, unit="years")
    for match in LEVEL.finditer(text):
        number = _number(match["n"])
        yield _value(match, ValueKind.LEVEL, number, number, unit=match.group().split()[0].lower())
    for match in VALUE.finditer(text):
        if (value := _quantity(text, match)) is not None:
            yield value
    for match in VAGUE_WORD.finditer(text):
        low, high = VAGUE[match["word"].lower()]
        yield _value(match, ValueKind.COUNT, low, high, exact=False, noun=_noun(text, match.end()))


def _quantity(text: str, match: re.Match[str]) -> Value | None:
    """The quantity in a match of VALUE; None where its number is only part of a name or phrase."""
    first = _number(match["first"])
    if math.isnan(first) or _no_quantity(text, match):
        return None
    low, high = _bounds(match, first)
    about = (match["about"] or "").lower()
    if about in {"just over", "well over"}:
        high = math.inf
    exact = not about and not (match["low"] or match["high"] or match["after"])
    kind, unit, factor, end = _unit(text, match)
    return Value(
        match.start(),
        end,
        text[match.start() : end],
        kind,
        low * factor,
        high * factor,
        unit,
        exact,
        _noun(text, match.end()),
    )


def _no_quantity(text: str, match: re.Match[str]) -> bool:
    """Whether the number belongs to a name ("a Boeing 737") or is a mere "one" ("one of them")."""
    word = match["first"].lower()
    bare = not any(match[g] for g in ("low", "high", "about", "money", "percent", "second"))
    after_name = bare and re.search(r"[a-z] [A-Z][a-z]+ $", text[max(0, match.start() - 30) : match.start()])
    if after_name and word.isdigit() and not _noun(text, match.end()):
        return True
    if bare and word in {"one", "a one", "zero"} and not re.match(r"\s[a-z]+", text[match.end() :]):
        return True
    return word == "one" and bool(re.match(r"\s(?:of|another|day|side|thing|more)\b", text[match.end() :]))


def _bounds(match: re.Match[str], first: float) -> tuple[float, float]:
    """The interval that the number, or the range, and its comparators leave."""
    low = high = first
    if match["second"]:
        second = _number(match["second"])
        scale = LARGE.search(match["second"].strip())
        if first < second / 1000 and scale is not None:  # "between 3 and 4 billion"
            first *= second / _number(match["second"].strip()[: scale.start()])
        low, high = min(first, second), max(first, second)
    if match["low"] or match["after"]:
        high = math.inf
    elif match["high"]:
        low = -math.inf if match["high"].lower().split()[0] in {"up", "as"} else 0.0
    return low, high


def _unit(text: str, match: re.Match[str]) -> tuple[ValueKind, str, float, int]:
    if match["percent"]:
        return ValueKind.PERCENT, "%", 1.0, match.end()
    if match["money"]:
        sign = match["money"].strip().lower().rstrip(".")
        return ValueKind.MONEY, CURRENCIES.get(sign, sign.upper()), 1.0, match.end()
    after = re.match(r"[\s-]([A-Za-z/]+)", text[match.end() :])
    word = after[1].lower() if after else ""
    if word in CURRENCY_WORDS and after is not None:
        return ValueKind.MONEY, CURRENCY_WORDS[word], 1.0, match.end() + after.end()
    if word in MEASURES and after is not None and not (word == "m" and after[1] == "M"):
        unit, factor = MEASURES[word]
        return ValueKind.MEASURE, unit, factor, match.end() + after.end()
    return ValueKind.COUNT, "", 1.0, match.end()


def _dates(text: str, published: date | None) -> Iterator[Value]:
    for match in ISO.finditer(text):
        yield from _day(match, int(match[1]), int(match[2]), int(match[3]))
    for match in DAY_MONTH.finditer(text):
        day, month = int(match["day1"] or match["day2"]), _month(match["month1"] or match["month2"])
        if (match["month1"] or match["month2"])[0].islower():
            continue
        year = int(match["year"]) if match["year"] else _year_of(month, day, published)
        if year is None:
            yield _value(match, ValueKind.DATE, math.nan, math.nan)
        else:
            yield from _day(match, year, month, day)
    for match in MONTH_YEAR.finditer(text):
        start = date(int(match["year"]), _month(match["month"]), 1)
        end = date(start.year + start.month // 12, start.month % 12 + 1, 1) - timedelta(days=1)
        yield _value(match, ValueKind.DATE, start.toordinal(), end.toordinal())
    for match in IN_YEAR.finditer(text):
        year = int(match["year"])
        yield _value(match, ValueKind.DATE, date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    for match in WEEKDAY.finditer(text):
        if match["day"][0].islower():
            continue
        if published is None:
            # Without the story's date a weekday can still be told from another weekday.
            place = WEEKDAYS[match["day"].lower()]
            yield _value(match, ValueKind.DATE, place, place, unit="weekday")
            continue
        day_ = _weekday(text, match, published).toordinal()
        yield _value(match, ValueKind.DATE, day_, day_)
    if published is not None:
        for match in RELATIVE.finditer(text):
            shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["word"].lower()]
            ordinal = (published + timedelta(days=shift)).toordinal()
            yield _value(match, ValueKind.DATE, ordinal, ordinal)


def _day(match: re.Match[str], year: int, month: int, day: int) -> Iterator[Value]:
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return
    yield _value(match, ValueKind.DATE, ordinal, ordinal)


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
    """The year of a day without one: the latest that isn't more than two months after the story."""
    if published is None:
        return None
    try:
        same = date(published.year, month, day)
    except ValueError:
        return None
    return published.year - 1 if same - published > timedelta(days=62) else published.year


def _value(
    match: re.Match[str],
    kind: ValueKind,
    low: float,
    high: float,
    *,
    unit: str = "",
    exact: bool = True,
    noun: str = "",
) -> Value:
    return Value(match.start(), match.end(), match.group(), kind, float(low), float(high), unit, exact, noun)


def _number(text: str) -> float:
    """The number that digits or words spell; NaN where they spell none."""
    text = text.lower().strip()
    if text[:1].isdigit():
        match = re.match(r"([\d,.]+)\s?([a-z]*)", text)
        if match is None:
            return math.nan
        try:
            return float(match[1].replace(",", "").rstrip(".")) * SCALES.get(match[2], 1.0)
        except ValueError:
            return math.nan
    half = text.startswith("half a ")
    total = current = 0.0
    seen = False
    for word in re.split(r"[\s-]+", text.removeprefix("half a ")):
        if word in ONES or word in TENS:
            current += ONES.get(word, 0) or TENS.get(word, 0)
        elif word == "dozen":
            current = (current or 1) * 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0
        elif word not in {"and", "a"}:
            return math.nan
        seen = seen or word not in {"and", "a"}
    result = total + current
    return (result / 2 if half else result) if seen else math.nan


def _noun(text: str, end: int) -> str:
    """The thing counted: the first plural-looking word within three after the number."""
    words: list[str] = re.findall(r"[A-Za-z’'-]+", re.split(r"[.,;:()“”\"]", text[end : end + 60])[0])
    for word in words[:4]:
        lower = word.lower()
        if lower in PLURAL_NOUNS or (
            lower.endswith("s")
            and lower not in SKIP
            and len(lower) > 3
            and not lower.endswith(("ss", "’s", "'s", "ous"))
        ):
            return lower
        if lower in SKIP - PASSED_OVER:
            break
    return ""
