"""Numbers in digits and in words: how they look, and what they come to."""

from __future__ import annotations

import math
import re

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
_WORD = "|".join(
    [*ONES, *TENS, "hundred", "thousand", "million", "billion", "trillion", "dozen", "half a million"]
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALED = rf"(?:{_DIGITS})(?:\s?(?:million|billion|trillion|thousand|hundred|bn|mn|tn|m|k)\b)?"  # 1.2bn
_SPELT = rf"(?:(?:a|half\sa)\s)?(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD})){{0,8}}"  # a hundred and six
NUMBER = rf"(?:{_SCALED}|{_SPELT})"
"""A pattern without groups, for others to be made of."""


def number_of(text: str) -> float:
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
