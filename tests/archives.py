"""An encoder without a model, and documents to archive, for the tests of the index."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verify.index.passages import split
from verify.index.protocols import ArchiveEntry
from verify.load import document_of
from verify.models.protocols import Encoder, Matrix
from verify.types import Document

DIMENSION = 64
Vector = NDArray[np.float64]


@cache
def _direction(word: str) -> Vector:
    seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).standard_normal(DIMENSION)


@dataclass(frozen=True)
class WordEncoder:
    """Texts that share words are near each other; `seed` makes it another model."""

    name: str = "words"
    seed: str = ""

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = [self._encoded(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, DIMENSION)

    def _encoded(self, text: str) -> Vector:
        words = re.findall(r"\w+", text.lower())
        total = sum((_direction(self.seed + word) for word in words), _direction(self.seed))
        return total / np.linalg.norm(total)


ENCODER = WordEncoder()


def archived(id: str, text: str, **fields: str) -> Document:
    """The document of a file with this text under front matter with these fields."""
    raw = front(id=id, **fields) + text
    return replace(document_of(raw.encode(), path=f"{id}.md", suffix=".md"), id=id)


def front(**fields: str) -> str:
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    return f"---\n{lines}---\n"


def entry(document: Document, *, language: str = "en", encoder: Encoder = ENCODER) -> ArchiveEntry:
    found = split(document)
    return ArchiveEntry(document, language, found.passages, encoder.encode(found.shown))


def write(folder: Path, name: str, text: str, **fields: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(front(**fields) + text if fields else text, encoding="utf-8")
    return file


BRIDGE = """The Sarnow road bridge fell into the river on Monday, and rescuers counted 12 dead.

Transport Minister Ilse Brandt said an overloaded lorry had brought it down. The haulier denied all blame.
"""
MINE = """Forty miners were trapped under ground at Velka on Friday after an explosion of gas.

The owner said that all its detectors had been working. The union doubted that.
"""
VOTE = """Voters in Tarn rejected the merger of their two towns by 61 per cent to 39.

Mayor Odile Rousset said she would respect the result.
"""
WIRE = (
    "Divers brought up the last two cars from the river at Sarnow on Wednesday, nine days after the road "
    "bridge fell, and the police said that nobody was missing any longer. Fourteen people had died, two of "
    "them children, a spokeswoman said. The prosecutor has seized the records of the toll station and the "
    "logs of the haulier. Engineers will cut the wreck into pieces before the end of the month so that ships "
    "can pass again."
)
