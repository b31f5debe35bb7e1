"""Which stories of a batch are on the same event: the neighbours of their openings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from verify.language.writable import writable
from verify.models.protocols import Encoder
from verify.relate.candidates import neighbour_pairs
from verify.types import Checked, Role

SAME_EVENT = 0.6
"""Cosine of two openings from which the stories may be on the same event."""

NEIGHBOURS = 20
"""Stories that each is held against at the most."""

MOST_DAYS = 30
"""Days between two stories beyond which they are on different events, or on different stages of one."""

OPENING = 3
"""Sentences of the prose, after the headline, that tell what a story is about."""


@dataclass(frozen=True, slots=True)
class Story:
    """What is kept of each story in memory: its number in the batch and its date."""

    number: int
    published: date | None
    sha256: str


def same_event(stories: Iterable[tuple[int, Checked]], encoder: Encoder) -> list[tuple[int, int]]:
    """The numbers of stories on the same event, in pairs, the smaller first."""
    known: list[Story] = []
    openings: list[str] = []
    for number, checked in stories:
        document = checked.document
        known.append(Story(number, document.published, document.sha256))
        openings.append(opening(checked))
    vectors = encoder.encode(openings) if openings else np.zeros((0, 1), dtype=np.float32)
    near = neighbour_pairs(vectors, neighbours=NEIGHBOURS, min_cosine=SAME_EVENT)
    return [(known[i].number, known[j].number) for i, j in near if _may_differ(known[i], known[j])]


def opening(checked: Checked) -> str:
    """The headline and the first sentences of a story."""
    text = checked.document.text
    prose = [s.span for s in checked.sentences if s.role is Role.PARAGRAPH]
    spans = [s.span for s in checked.sentences if s.role is Role.HEADLINE][:1] + prose[:OPENING]
    words = " ".join(text[span.start : span.end] for span in spans)
    return writable(words)


def _may_differ(a: Story, b: Story) -> bool:
    """Whether two stories aren't the same copy, and are close enough in time as far as it is known."""
    if (
        a.published is not None
        and b.published is not None
        and abs((a.published - b.published).days) > MOST_DAYS
    ):
        return False
    return a.sha256 != b.sha256
