"""Quotation marks that don't pair up: where the quotation begins or ends can't be told.

Whose words a sentence gives hangs on two small marks. One that is missing, turned round or crossed with
another puts a paper's words into somebody's mouth, or somebody's into the paper's, and this tool may read it
so as well.

An apostrophe isn't a quotation mark, nor are the signs of feet, inches, minutes and seconds. A quotation that
runs on over paragraphs opens anew in each and closes in the last; that is right, and silent. A speech that
opens with a dash, as in Paris or Moscow, isn't read as one here.

## Bad

```
“The mine is safe, the engineer Karel Dusek said on Monday. It was built in 1911.
```

## Good

A quotation within a quotation:

```
“The mine is safe, and ‘safe’ is what the owners call it,” the engineer Karel Dusek said on Monday.
```

One that runs on:

```
“The mine is safe,” the engineer Karel Dusek said on Monday. “It was built in 1911.

“It has never been shut.”
```

Apostrophes, feet and inches:

```
The miners’ lamps of the ’60s hung from a beam 6' 2" long, the engineer Karel Dusek said on Monday.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from verify.rules.base import Context, Hit, Rule
from verify.types import Block, Level, Role, Span

CLOSED_BY = {"“": "”", "„": "“”", "«": "»", "‹": "›", '"': '"', "”": "”“", "»": "»«", "›": "›‹"}
"""What closes a quotation, by the mark that opens it, the wrong way round too.

‘ is another matter: ’ is an apostrophe as well.
"""

CLOSING = "”»›"
ELIDED = re.compile(r"(?:\d|(?:t(?:is|was|will)|em|n|til|cause|bout|round|cos|neath|tween)\b)", re.IGNORECASE)
"""What follows a ‘ that stands for an apostrophe."""

OUTSIDE = " \t\r\n\u00a0([{—–-/“„«‹‘\"'"
"""What stands before an opening mark."""

DIALOGUE = re.compile(
    r"[—–―] ?(?=[A-Z])(?=[^“\"«]*\b(?:I|we|you|my|our|your|me|us)\b)[^“\"«]*?[,?!…—–―] ?[—–―]? ?"
    r"(?:said|says|asked|asks|replied|replies|answered|added|told)\b"
)
"""A paragraph that opens with a dash and in which somebody speaks in the first or second person."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """A mark that is out of order: its place in the scanned text, whether it opens, and what is wrong."""

    place: int
    opens: bool
    message: str


def check(context: Context) -> Iterator[Hit]:
    """Yield each mark without a partner, turned round or crossed, and each speech that opens with a dash."""
    read = {sentence.block for sentence in context.sentences}
    blocks = [b for i, b in enumerate(context.document.blocks) if i in read and b.role is not Role.BYLINE]
    for block, following in zip_longest(blocks, blocks[1:]):
        places = _visible(block)
        shown = "".join(context.document.text[place] for place in places)
        follower = following.shown(context.document.text)[:2] if following is not None else ""
        for oddity in oddities(shown, follower):
            start, end = _with_its_word(shown, oddity)
            yield Hit(oddity.message, (), (Span(places[start], places[end - 1] + 1),), 0.9)


def _visible(block: Block) -> list[int]:
    """The places of the block's characters in the document, without what is masked."""
    hidden = {place for span in block.masked for place in range(span.start, span.end)}
    return [place for place in range(block.span.start, block.span.end) if place not in hidden]


def oddities(text: str, follower: str) -> Iterator[Oddity]:
    """What is out of order in the marks of a paragraph; `follower` is how the next one begins."""
    if DIALOGUE.match(text):
        yield Oddity(
            0, True, "A dash opens this speech, which isn't read as a quotation: put it in quotation marks."
        )
    inches = _inches(text)
    opened: list[int] = []
    for place, mark in enumerate(text):
        if mark == "‘":
            if _after_a_gap(text, place) and not ELIDED.match(text, place + 1):
                opened.append(place)
        elif mark == "’":
            if opened and text[opened[-1]] == "‘" and not _inside_a_word(text, place):
                opened.pop()
        elif mark in CLOSED_BY and place not in inches:
            yield from _step(text, place, opened)
    for place in opened:
        if text[place] != "‘" and not (follower and follower[0] == text[opened[0]]):
            yield Oddity(place, True, f"{text[place]} is never closed: where does the quotation end?")


def _step(text: str, place: int, opened: list[int]) -> Iterator[Oddity]:
    """Take a mark that isn't a single one: it closes what is open, or opens, in `opened`, or is odd."""
    mark = text[place]
    outer = next((p for p in reversed(opened) if text[p] != "‘"), None)
    partner = text[outer] if outer is not None else ""
    opens = _opens(text, place, partner)
    if outer is not None and mark in CLOSED_BY[partner] and not opens:
        inner = opened[-1]
        del opened[opened.index(outer) :]
        if inner != outer and _closed_later(text, place):
            yield Oddity(inner, True, "The inner quotation, in ‘ ’, isn't closed before the outer one.")
    elif opens:
        if mark in CLOSING:
            yield Oddity(place, True, f"{mark} is turned the wrong way: a quotation opens here.")
        elif partner == mark and outer == opened[-1]:
            yield Oddity(
                place, True, f"{mark} opens again in a quotation that isn't closed; inside one use ‘ and ’."
            )
            opened.pop()
        opened.append(place)
    elif outer is not None:
        opened.remove(outer)
        yield Oddity(place, False, f"The quotation opens with {partner} and closes with {mark}.")
    elif not text[place - 1 : place].isdigit():
        yield Oddity(place, False, f"{mark} closes a quotation that was never opened.")


def _opens(text: str, place: int, partner: str) -> bool:
    """Whether the mark at `place` opens a quotation within one that `partner` opened ("" for none).

    It stands before a word and not after one. Where nothing is open, its form alone decides.
    """
    mark, after = text[place], text[place + 1 : place + 2]
    outside = _after_a_gap(text, place)
    ends = not after or after.isspace() or after in ",.;:!?)"
    if mark in CLOSING:
        return outside and not ends
    if mark == '"':
        return partner != mark and outside and not ends if partner else outside or not ends
    return outside or not partner


def _after_a_gap(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in OUTSIDE


def _inside_a_word(text: str, place: int) -> bool:
    return text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()


def _closed_later(text: str, place: int) -> bool:
    """Whether a ’ that isn't inside a word follows."""
    return any(text[p] == "’" and not _inside_a_word(text, p) for p in range(place + 1, len(text)))


def _inches(text: str) -> frozenset[int]:
    """The straight marks that are signs of inches or seconds, or, where that can't be told, all of them."""
    straight = [place for place, mark in enumerate(text) if mark == '"']
    after_digits = {place for place in straight if text[place - 1 : place].isdigit()}
    odd = len(straight) - len(after_digits)
    return frozenset(straight if after_digits and odd % 2 else after_digits)


def _with_its_word(text: str, oddity: Oddity) -> tuple[int, int]:
    """The mark with the word that it opens or closes, as a range of `text`."""
    if oddity.opens:
        word = re.compile(r"\W*\w*").match(text, oddity.place)
        return oddity.place, max(oddity.place + 1, word.end() if word is not None else 0)
    before = re.search(r"\w*\W*$", text[: oddity.place])
    return (before.start() if before is not None else oddity.place), oddity.place + 1


RULE = Rule(
    name="odd-quotation-marks",
    code="VFY206",
    level=Level.INFO,
    summary="Quotation marks that don't pair up, so that a quotation can't be told.",
    check=check,
)
