"""Datelines ("MOSCOW, March 24 (Reuters) - "): layout like markup, and no part of the first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from verify.load.text import MONTH, plausible
from verify.types import Block, Role, Span

PLACE = r"[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]+){0,4}"
DATELINE = re.compile(
    rf"{PLACE}(?:/{PLACE})*"  # MOSCOW, WARSAW/BRUSSELS
    r"(?:,\s(?:[A-Z][a-z]+\.?)(?:\s[A-Z][a-z]+)?)?"  # ST. PAUL, Minnesota; or a month
    r"(?:,?\s(?:(?:[A-Z][a-z]+\.?\s)?\d{1,2}(?:,\s\d{4})?"  # March 24, 2024
    r"|\d{1,2}\s[A-Z][a-z]+\.?(?:,?\s\d{4})?))?"  # 24 March 2024
    r"(?:\s\([A-Za-z ]{2,20}\))?"  # (Reuters)
    r"\s?(?:—|–|--|-)\s+(?=[A-Z“\"'‘\d])"
)
FULL_DAY = re.compile(rf"{MONTH}\s\d\d?,\s\d{{4}}|\d\d?\s{MONTH},?\s\d{{4}}", re.IGNORECASE)
"""A day with its year: without one a dateline doesn't tell when a story was published."""

SEARCHED = 6
"""Blocks from the top among which a dateline is looked for."""


def mask_dateline(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with a dateline that opens one of the first paragraphs masked."""
    masked = list(blocks)
    found = _dateline(text, blocks)
    if found is not None:
        k, span = found
        masked[k] = replace(blocks[k], masked=tuple(sorted([*blocks[k].masked, span])))
    return tuple(masked)


def dateline_day(text: str, blocks: Sequence[Block]) -> date | None:
    """The day that the dateline of one of the first paragraphs names with its year, if there is one."""
    found = _dateline(text, blocks)
    written = FULL_DAY.search(text, *found[1]) if found is not None else None
    if written is None:
        return None
    from dateutil import parser

    try:
        return plausible(parser.parse(written.group()).date())
    except (parser.ParserError, OverflowError):  # the 31st of June
        return None


def _dateline(text: str, blocks: Sequence[Block]) -> tuple[int, Span] | None:
    """The place of the first block that a dateline opens, and that of the dateline in the text."""
    for k, block in enumerate(blocks[:SEARCHED]):
        match = DATELINE.match(text, _visible_start(block), block.span.end)
        if block.role is Role.PARAGRAPH and match is not None:
            return k, Span(*match.span())
    return None


def _visible_start(block: Block) -> int:
    start = block.span.start
    for gap in block.masked:
        if gap.start > start:
            break
        start = max(start, gap.end)
    return start
