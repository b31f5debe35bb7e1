"""Datelines ("MOSCOW, March 24 (Reuters) - "): layout like markup, and no part of the first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verify.types import Block, Role, Span

PLACE = r"[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]+){0,4}"
DATELINE = re.compile(
    rf"{PLACE}(?:/{PLACE})*"  # MOSCOW, WARSAW/BRUSSELS
    r"(?:,\s(?:[A-Z][a-z]+\.?)(?:\s[A-Z][a-z]+)?)?"  # ST. PAUL, Minnesota; or a month
    r"(?:,?\s(?:[A-Z][a-z]+\.?\s)?\d{1,2}(?:,\s\d{4})?)?"  # March 24, 2024
    r"(?:\s\([A-Za-z ]{2,20}\))?"  # (Reuters)
    r"\s?(?:—|–|--|-)\s+(?=[A-Z“\"'‘\d])"
)
SEARCHED = 6
"""Blocks from the top among which a dateline is looked for."""


def mask_dateline(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with a dateline that opens one of the first paragraphs masked."""
    masked = list(blocks)
    for k, block in enumerate(blocks[:SEARCHED]):
        start = _visible_start(block)
        match = DATELINE.match(text, start, block.span.end)
        if block.role is Role.PARAGRAPH and match is not None:
            gaps = sorted([*block.masked, Span(match.start(), match.end())])
            masked[k] = replace(block, masked=tuple(gaps))
            break
    return tuple(masked)


def _visible_start(block: Block) -> int:
    start = block.span.start
    for gap in block.masked:
        if gap.start > start:
            break
        start = max(start, gap.end)
    return start
