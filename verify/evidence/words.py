"""Words as they are compared with the record: without what two honest copies of a sentence may differ in.

The page docs/archive.md lists what counts as equal. Every word keeps its place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from verify.language import numbers
from verify.types import Span

TOKEN = re.compile(
    r"(?P<gap>\[?(?:…|\.\s?\.\s?\.(?:\s?\.)?)\]?)"
    r"|(?P<aside>\[[^\[\]\n]{0,80}\])"
    r"|(?P<amount>[$€£¥]?\d+(?:[.,:]\d+)*)(?P<scale>k|m|mn|bn|tn)?(?P<percent>\s?%)?(?P<ordinal>st|nd|rd|th)?(?![^\W_])"
    r"|(?P<word>[^\W_]+(?:['’‘ʼ`´\u200d][^\W_]+)*)",
    re.IGNORECASE,
)

STRONG = re.compile(r"[.!?…]|\n\s*\n")
WEAK = re.compile(r"[,;:()—–]|\s-+\s|--")

CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
SCALES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}

NUMBERS = {word: str(number) for word, number in (numbers.ONES | numbers.TENS).items()}
TENS = frozenset(str(number) for number in numbers.TENS.values())

ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
WHOLE = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
}
IS = frozenset("it that there here he she what who where how".split())
"""Words after which "'s" stands for "is", and not for whose something is."""

SPELLINGS = {
    "centre": "center", "metre": "meter", "litre": "liter", "theatre": "theater", "fibre": "fiber",
    "defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense",
    "programme": "program", "grey": "gray", "tyre": "tire", "kerb": "curb", "mum": "mom", "cheque": "check",
    "judgement": "judgment", "ageing": "aging", "aluminium": "aluminum", "whilst": "while",
    "amongst": "among", "towards": "toward", "afterwards": "afterward", "learnt": "learned",
    "spelt": "spelled", "burnt": "burned", "ok": "okay", "percentage": "percentage", "per cent": "percent",
    "advisor": "adviser", "catalogue": "catalog", "dialogue": "dialog", "sceptical": "skeptical",
    "manoeuvre": "maneuver", "enquiry": "inquiry", "practise": "practice", "mr": "mister",
    "mrs": "missus", "dr": "doctor",
}  # fmt: skip
"""British spellings, and what else is spelled in two ways, by the one that stands for both."""

OUR = re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|able|ite|ites|hood|ly|er|ers|ful)?$)")
ISE = re.compile(
    r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|ation|ations|er|ers)$)|(?<=[a-z]{3})ys(?=(?:e|es|ed|ing)$)"
)
DOUBLED = re.compile(
    r"(?<=travel|cancel|signal|counse)l(?=(?:ed|ing|er|ers)$)"
    r"|(?<=label|model|level|total)l(?=(?:ed|ing|er|ers)$)|(?<=fuel)l(?=(?:ed|ing)$)"
)
PREFIX = re.compile(r"\b(co|re|pre|non|anti|e)-(?=[a-z])", re.IGNORECASE)

JOINER = "\N{ZERO WIDTH JOINER}"
FILLERS = frozenset("um uh er erm hmm mm ah".split())
"""Sounds that a transcript has and copy hasn't."""


class Break(IntEnum):
    """What stands between a word and the next one."""

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word in the form in which it is compared, and its place; `after` is what follows it.

    `number` holds for figures. Several words may stand in one place: "don't" is "do" and "not".
    """

    form: str
    span: Span
    after: Break
    number: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in a quotation where words of the record are left out by its own admission.

    `replaced` tells brackets, in which others stand in for them.
    """

    before: int
    replaced: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a stretch of text, and the gaps in it, each with the index of the word that follows it."""

    words: tuple[Word, ...]
    gaps: tuple[Gap, ...]

    @property
    def forms(self) -> list[str]:
        """The words alone."""
        return [word.form for word in self.words]


def wording_of(text: str, ranges: Iterable[Span]) -> Wording:
    """The words of `text` in `ranges`, which follow each other; the end of each is the end of a sentence."""
    words: list[Word] = []
    gaps: list[Gap] = []
    # "co-operate" and "cooperate": the hyphen of such a prefix is blotted out, and its place kept.
    shown = PREFIX.sub(lambda m: m[1] + JOINER, text)
    for start, end in ranges:
        tokens = list(TOKEN.finditer(shown, start, end))
        for number, token in enumerate(tokens):
            if token["gap"] or token["aside"]:
                gaps.append(Gap(len(words), replaced=bool(token["aside"])))
                continue
            following = tokens[number + 1].start() if number + 1 < len(tokens) else end
            after = _break(text[token.end() : following])
            if number + 1 == len(tokens):
                after = Break.STRONG
            elif tokens[number + 1]["gap"]:
                after = Break.WEAK
            words.extend(_words(token, after))
    return Wording(tuple(_joined(words)), tuple(gaps))


def _break(between: str) -> Break:
    if STRONG.search(between):
        return Break.STRONG
    return Break.WEAK if WEAK.search(between) else Break.NONE


def _words(token: re.Match[str], after: Break) -> Iterator[Word]:
    forms = list(_amount(token)) if token["amount"] else list(_forms(token["word"]))
    span = Span(*token.span())
    number = token["amount"] is not None or forms[:1] in [[n] for n in NUMBERS.values()]
    for place, form in enumerate(forms):
        if form not in FILLERS:
            yield Word(form, span, after if place == len(forms) - 1 else Break.NONE, number)


def _amount(token: re.Match[str]) -> Iterator[str]:
    amount = token["amount"]
    sign = CURRENCIES.get(amount[0])
    digits = amount[1:] if sign else amount
    yield re.sub(r",(?=\d{3}\b)", "", digits) + (token["ordinal"] or "").lower()
    if token["scale"]:
        yield SCALES[token["scale"].lower()]
    if sign:
        yield sign
    if token["percent"]:
        yield "percent"


def _forms(word: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", word).casefold().replace(JOINER, "")
    plain = re.sub("[’‘ʼ`´]", "'", plain)
    if plain in WHOLE:
        yield from WHOLE[plain]
        return
    for ending, form in ENDINGS.items():
        if plain.endswith(ending) and len(plain) > len(ending):
            yield from (_spelled(plain.removesuffix(ending)), form)
            return
    if plain.endswith("'s") and plain[:-2] in IS:
        yield from (plain[:-2], "is")
        return
    yield _spelled(plain)


def _spelled(word: str) -> str:
    """One spelling for the several that a word has."""
    if word in NUMBERS:
        return NUMBERS[word]
    if word in SPELLINGS:
        return SPELLINGS[word]
    if word.endswith("s") and word[:-1] in SPELLINGS:
        return SPELLINGS[word[:-1]] + "s"
    return DOUBLED.sub("", ISE.sub(lambda m: m.group()[0] + "z", OUR.sub("or", word)))


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    """The words with "twenty" "one" as "21" and "per" "cent" as "percent"."""
    skip = False
    for word, following in zip(words, [*words[1:], None], strict=True):
        if skip:
            skip = False
            continue
        joined = _pair(word, following) if following is not None and not word.after else None
        if joined is not None and following is not None:
            skip = True
            yield Word(joined, Span(word.span.start, following.span.end), following.after, word.number)
        else:
            yield word


def _pair(word: Word, following: Word) -> str | None:
    if (word.form, following.form) == ("per", "cent"):
        return "percent"
    if word.number and word.form in TENS and len(following.form) == 1 and following.form in "123456789":
        return str(int(word.form) + int(following.form))
    return None
