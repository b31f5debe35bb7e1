"""Numbers, amounts and dates in a text, as closed intervals of one unit, so that two can be compared.

"at least 137" is [137, inf), "some two dozen" is about 24, "between 20 and 30" is [20, 30], "several
thousand" is [2000, 9990], give or take, "$1.2bn" is 1,200,000,000 USD, "Sunday" is the last one up to the
story's date, or the next one after "will" and "would". Names with digits in them ("S-300", "MH17") are no
values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verify.language.dates import find_dates
from verify.language.numbers import NUMBER, SCALES, number_of
from verify.language.units import CURRENCIES, CURRENCY_WORDS, MEASURES


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


VAGUE = {
    "tens": (20, 99),
    "dozens": (24, 119),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2000, 99_999),
    "millions": (2e6, 9.99e8),
    "billions": (2e9, 9.99e11),
}
"""What a plural alone may stand for: "thousands" may be 40,000, for which "tens of thousands" is as good."""

SCALE = {"dozen": 12, **{word: SCALES[word] for word in "hundred thousand million billion trillion".split()}}
"""The sizes that are told in a word of their own, without the abbreviations of SCALES."""

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
_COMPARED = rf"(?:(?P<low>{_LOW})\s)?(?:(?P<high>{_HIGH})\s)?(?:(?P<about>{_ABOUT})\s)?"
_PERCENT = r"(?P<percent>\s?%|\sper\s?cent\b|\spercent\b|\spercentage\spoints?\b)?"

OVER = frozenset({"just over", "well over"})
"""Those of _ABOUT that leave open how much more."""

PASSING = re.compile(
    r"\b(?:tops|topped|topping|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?"
    r"|(?:climb(?:s|ed|ing)?|ris(?:es|en|ing)|rose|go(?:es|ne)?|went|jump(?:s|ed)|soar(?:s|ed)|grow(?:s|n)|grew)\spast"
    r"|(?:bills?|casualties|cases|costs?|counts?|deaths|dead|debts?|figures?|losses|numbers?|tally|tolls?|totals?)"
    r"\b[^.,;:!?]{0,40}\b(?:pass|cross)(?:es|ed|ing)?)\s$",
    re.IGNORECASE,
)
"""A verb before a number that makes a lower bound of it: "toll tops 1,200"; what a car passes is counted."""

VERB = 70
"""Characters before a number in which the verb and its subject are looked for."""

NEARING = re.compile(r"\b(?:near|approach)(?:s|es|ed|ing)?\s$", re.IGNORECASE)
"""A verb before a number that makes it a rounded one: "toll nears 1,200"."""

VALUE = re.compile(
    r"(?<![\w.,-])"
    rf"{_COMPARED}"
    r"(?P<between>between\s|from\s)?"
    rf"(?P<money>{_MONEY})?(?P<first>{NUMBER})"
    rf"(?:\s?(?P<join>-|–|to|or|and(?=\s{_MONEY}?\d))\s?(?P<money2>{_MONEY})?(?P<second>{NUMBER}))?"
    r"(?P<after>\sor\smore|-plus|\+)?"
    r"(?P<odd>-odd\b|\sodd\b|\sor\sso\b)?"
    rf"{_PERCENT}"
    r"(?![\w]|-\d|,\d|\.\d)",
    re.IGNORECASE,
)
_SCALES = "|".join(SCALE)
_PLURALS = "|".join(VAGUE)
_HARMED = "dead|killed|injured|wounded|hurt|missing|homeless"
VAGUE_NUMBER = re.compile(
    r"(?<![\w-])(?P<asked>how\s)?"
    rf"{_COMPARED}"
    r"(?:"
    r"(?P<few>several|(?:a\s)?few|(?:a\s)?couple(?:\sof)?|many)\s"
    rf"(?P<scale>{_SCALES})s?\b(?!-(?!strong))(?:\s(?P<times>hundred|thousand|million|billion)\b)?"
    rf"|(?<=\bkills\s)(?P<victims>{_PLURALS})\b"
    rf"|(?:(?:several|(?:a\s)?few|many)\s)?(?P<word>{_PLURALS})"
    r"(?:\sof\s(?P<of>thousand|million|billion)s?\b"
    rf"|(?=\sof\b|\swere\b|\shad\b|\shave\b|\s\w+\swere\b|\s(?:{_HARMED})\b))"
    r")"
    rf"{_PERCENT}",
    re.IGNORECASE,
)
"""A number of which no more than its size is told: "several thousand", "a few dozen", "tens of thousands"."""

AGE = re.compile(rf"\b(?P<n>{NUMBER})-year-old|\baged?\s(?P<m>\d{{1,3}})\b", re.IGNORECASE)
BARE_AGE = re.compile(
    r"\b(?:di(?:es?|ed)|dead|death)(?:\s[^\W\d]+){0,2}\sat\s(?:the\sage\sof\s)?(?P<end>\d{1,3})"
    r"(?![\w:]|[.,]\d|\s?[ap]\.?m\b|\so['’]clock|\s(?-i:[A-Z]))"
    r"|\b(?-i:[A-Z])[\w'’-]*[a-z],\s(?P<aside>[1-9]\d?)(?=,\s(?!\d))"
    r"|\bs?he\s(?:was|is|turned|turns)\s(?P<was>[1-9]\d?)(?=[.,;]?(?:$|\s(?:when|and)\b))",
    re.IGNORECASE,
)
"""An age that only its place tells: "dies at 91", "Kyle Burton, 17, was", "she was 91"."""

LEVEL = re.compile(
    r"\b(?:level|category|phase|tier|grade|stage|chapter|article|section|unit|number|no\.|page|flight|route|"
    rf"precinct|room|magnitude)\s(?P<n>{NUMBER})\b",
    re.IGNORECASE,
)
DESIGNATION = re.compile(
    r"\b(?:edition|version|volume|issue|part|episode|season|round|lane|gate|terminal|platform|runway|exhibit|ward|district|"
    rf"floor|apartment|flat|block|junction|reactor|turbine|track|schedule|paragraph|clause)\s(?:{NUMBER})\b"
    r"(?!\s?(?:%|per\scent|percent)|\s(?:[a-z]+s|people|men|women|children)\b)",
    re.IGNORECASE,
)
"""A number that is the name of one thing of a row, and counts nothing."""

_HOUR = r"(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m\b\.?|p\.?m\b\.?|o['’]clock)"  # 7.30 p.m.
    r"|\b\d{1,2}:\d\d\b"
    r"|\bat\s\d{1,2}\.\d\d\b"
    rf"|\b{_HOUR}\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)\b"
    rf"|\b(?:since|until|till|shortly\s(?:before|after))\s{_HOUR}(?=[.,;!?”\"](?!\d)|$|\s(?:and|but|or|when|on|this|that)\b)"
    r"|^(?:[01]?\d|2[0-3])\.[0-5]\d(?=\s[A-Z])",  # what a live blog's entry begins with
    re.IGNORECASE,
)
AT_HOUR = re.compile(rf"\bat\s{_HOUR}(?=[.,;!?”\"](?!\d)|$|\s(?:and|but|or|when|sharp)\b)", re.IGNORECASE)
SET_AT = re.compile(
    r"\b(?:put|puts|putting|set|stands?|stood|stay(?:s|ed)|remain(?:s|ed)|estimat\w+|valued|priced|levels?|rates?|kept"
    r"|tolls?|numbers?|figures?|counts?|totals?|tally|deaths?|dead|casualties|losses)\b[^.;:!?]*$",
    re.IGNORECASE,
)
"""What tells of a figure "at six" that it is none of the clock's."""

SCORE = re.compile(
    r"(?<![\w-])\d{1,3}[-–]\d{1,3}(?=\s(?:win|victory|defeat|loss|draw|vote|lead|decision|majority))"
)
LARGE = re.compile(r"\s?(?:bn|mn|trillion|billion|million|thousand|hundred|dozen)$", re.IGNORECASE)
ROUND = re.compile(rf"(?:half\s)?a\s(?:{_SCALES})|.*\bdozen", re.IGNORECASE)
"""Numbers in words that papers use for what is near them: "two dozen", "a hundred"."""


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
    """What a rounded figure leaves open: a tenth, or half the unit of its last digit that isn't zero; one at
    the least, of things counted.

    A bound ("more than 100,000") leaves open what is on its other side, and a tenth on this one.
    """
    finite = [x for x in (value.low, value.high) if math.isfinite(x)]
    if not finite or value.kind is ValueKind.DATE:
        return 0.0
    size = abs(finite[0])
    if len(finite) == 1:
        return 0.1 * size
    step = 1.0
    while size and size % (step * 10) == 0 and step < 1e12:
        step *= 10
    least = 1.0 if value.kind is ValueKind.COUNT else 0.0
    return max(0.1 * size, step / 2 if step > 1 else 0.0, least)


def _all(text: str, published: date | None) -> Iterator[Value]:
    """Candidates, those first that keep others from reading their parts."""
    for pattern in (CLOCK, SCORE, DESIGNATION):
        for match in pattern.finditer(text):
            yield _value(match, ValueKind.COUNT, math.nan, math.nan)
    for match in AT_HOUR.finditer(text):
        if SET_AT.search(text[max(0, match.start() - VERB) : match.start()]) is None:
            yield _value(match, ValueKind.COUNT, math.nan, math.nan)
    for found in find_dates(text, published):
        yield _value(found.match, ValueKind.DATE, found.low, found.high, unit=found.unit)
    for match in AGE.finditer(text):
        number = number_of(next(group for group in match.groups() if group))
        yield _value(match, ValueKind.AGE, number, number, unit="years")
    for match in BARE_AGE.finditer(text):
        group = match.lastgroup or ""
        number = number_of(match[group])
        yield _value(match, ValueKind.AGE, number, number, unit="years", group=group)
    for match in LEVEL.finditer(text):
        number = number_of(match["n"])
        yield _value(match, ValueKind.LEVEL, number, number, unit=match.group().split()[0].lower())
    for match in VAGUE_NUMBER.finditer(text):
        yield _vague(text, match)
    for match in _numbers(text):
        if (value := _quantity(text, match)) is not None:
            yield value


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The matches of VALUE; of unlike numbers that "or" joins ("€20m or 4% of turnover") each by itself."""
    match = VALUE.search(text)
    while match is not None:
        if _joins_unlike(match):
            match = VALUE.match(text, match.start(), match.end("first")) or match
        yield match
        match = VALUE.search(text, match.end())


def _joins_unlike(match: re.Match[str]) -> bool:
    if not _joined_by_or(match):
        return False
    currencies = {sign.strip() for sign in (match["money"], match["money2"]) if sign}
    upwards = number_of(match["first"]) < number_of(match["second"])
    return len(currencies) > 1 or (bool(currencies) and bool(match["percent"])) or not upwards


def _joined_by_or(match: re.Match[str]) -> bool:
    return (match["join"] or "").lower() == "or"


def _quantity(text: str, match: re.Match[str]) -> Value | None:
    """The quantity in a match of VALUE; None where its number is only part of a name or phrase."""
    first = number_of(match["first"])
    if math.isnan(first) or _no_quantity(text, match):
        return None
    low, high = _bounds(match, first)
    about = (match["about"] or "").lower()
    before = text[max(0, match.start() - VERB) : match.start()]
    passing = PASSING.search(before) is not None
    if about in OVER or passing:
        high = math.inf
    loose = (
        passing
        or NEARING.search(before) is not None
        or match["odd"] is not None
        or _joined_by_or(match)
        or (ROUND.fullmatch(match["first"].strip()) is not None and not match["second"])
    )
    exact = not about and not loose and not (match["low"] or match["high"] or match["after"])
    return _measured(text, match, low, high, money=match["money"] or "", exact=exact)


def _measured(
    text: str,
    match: re.Match[str],
    low: float,
    high: float,
    *,
    exact: bool,
    money: str = "",
    link: str = "",
) -> Value:
    """The value of a match, in the unit and of the things that follow it; see `_unit` for `money`, `link`."""
    kind, unit, factor, end = _unit(text, match, money, link=link)
    noun = _noun(text, match.end())
    return Value(
        match.start(), end, text[match.start() : end], kind, low * factor, high * factor, unit, exact, noun
    )


def _vague(text: str, match: re.Match[str]) -> Value:
    """The value of a number of which only the size is told; NaN where that is asked ("how many hundred")."""
    low = high = math.nan
    if match["few"] and not match["asked"]:
        size = SCALE[match["scale"].lower()] * SCALE.get((match["times"] or "").lower(), 1)
        low, high = 2 * size, 3 * size if "couple" in match["few"].lower() else 9.99 * size // 1
        if match["few"].lower() == "many" and not match["times"]:
            low, high = VAGUE.get(f"{match['scale'].lower()}s", (low, high))
    elif word := match["word"] or match["victims"]:
        low, high = VAGUE[word.lower()]
        if match["of"]:
            factor = SCALE[match["of"].lower()]
            low, high = low * factor, high * factor
    if match["low"] or (match["about"] or "").lower() in OVER:
        high = math.inf
    elif match["high"]:
        low = -math.inf
    return _measured(text, match, low, high, exact=False, link=r"(?:\sof)?")


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
        second = number_of(match["second"])
        scale = LARGE.search(match["second"].strip())
        times = number_of(match["second"].strip()[: scale.start()]) if scale is not None else math.nan
        if first < 10 * times:  # "between 3 and 4 billion", "from 8 to 6 billion"; not "500 and 1 million"
            first *= second / times
        low, high = min(first, second), max(first, second)
    if match["low"] or match["after"]:
        high = math.inf
    elif match["high"]:
        low = -math.inf
    return low, high


def _unit(text: str, match: re.Match[str], money: str, *, link: str) -> tuple[ValueKind, str, float, int]:
    """Kind, unit, factor and end of the value.

    `money` is the sign before the number, `link` a pattern for what may stand before the unit.
    """
    if match["percent"]:
        return ValueKind.PERCENT, "%", 1.0, match.end()
    if money:
        sign = money.strip().lower().rstrip(".")
        return ValueKind.MONEY, CURRENCIES.get(sign, sign.upper()), 1.0, match.end()
    after = re.match(rf"{link}[\s-]([A-Za-z/]+)", text[match.end() :])
    word = after[1].lower() if after else ""
    if word in CURRENCY_WORDS and after is not None:
        return ValueKind.MONEY, CURRENCY_WORDS[word], 1.0, match.end() + after.end()
    if word in MEASURES and after is not None and not (word == "m" and after[1] == "M"):
        unit, factor = MEASURES[word]
        return ValueKind.MEASURE, unit, factor, match.end() + after.end()
    return ValueKind.COUNT, "", 1.0, match.end()


def _value(
    match: re.Match[str],
    kind: ValueKind,
    low: float,
    high: float,
    *,
    unit: str = "",
    group: str | int = 0,
) -> Value:
    return Value(*match.span(group), match[group], kind, float(low), float(high), unit, exact=True, noun="")


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
