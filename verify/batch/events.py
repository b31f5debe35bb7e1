"""Which stories of a batch are on the same event: the neighbours of their openings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from verify.models.protocols import Encoder
from verify.relate.candidates import neighbour_pairs
from verify.relate.opening import first_sentences
from verify.types import Checked

SAME_EVENT = 0.6
"""Cosine of two openings from which the stories may be on the same event."""

NEIGHBOURS = 20
"""Stories that each is held against at the most."""

MOST_DAYS = 30
"""Days between two stories beyond which they are on different events, or on different stages of one."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What is kept of a story that may be on another's event: its number, its date, its file's checksum."""

    number: int
    published: date | None
    sha256: str


def same_event(stories: Iterable[tuple[int, Checked]], encoder: Encoder) -> list[tuple[int, int]]:
    """The numbers of stories on the same event, in pairs, the smaller first."""
    candidates: list[_Candidate] = []
    openings: list[str] = []
    for number, checked in stories:
        document = checked.document
        candidates.append(_Candidate(number, document.published, document.sha256))
        openings.append(first_sentences(document, checked.sentences))
    vectors = encoder.encode(openings) if openings else np.zeros((0, 1), dtype=np.float32)
    near = neighbour_pairs(vectors, neighbours=NEIGHBOURS, min_cosine=SAME_EVENT)
    pairs = ((candidates[i], candidates[j]) for i, j in near)
    return [(a.number, b.number) for a, b in pairs if _may_differ(a, b)]


def _may_differ(a: _Candidate, b: _Candidate) -> bool:
    """Whether two stories aren't the same copy, and are close enough in time as far as it is known."""
    if a.sha256 == b.sha256 or a.published is None or b.published is None:
        return a.sha256 != b.sha256
    return abs((a.published - b.published).days) <= MOST_DAYS
