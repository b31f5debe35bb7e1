"""The surface that a report is written for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Display:
    """A width in columns, and whether colours are welcome there."""

    width: int = 100
    color: bool = False
