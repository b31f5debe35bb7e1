"""What governs the comparison of claims."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelateSettings:
    """How claims are paired and judged; the thresholds are on the scorer's probabilities."""

    neighbours: int = 16
    min_cosine: float = 0.3
    contradicts: float = 0.5
    supports: float = 0.5
