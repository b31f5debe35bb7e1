"""How the vectors of an index may be searched; apart from what searches, so that a command starts fast."""

from __future__ import annotations

from enum import StrEnum


class Layout(StrEnum):
    """All vectors, or inverted lists of codes; `auto` goes by their number."""

    AUTO = "auto"
    FLAT = "flat"
    SQ8 = "sq8"
    RABITQ = "rabitq"
