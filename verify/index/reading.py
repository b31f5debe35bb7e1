"""Opening an index for a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.index.fingerprint import fingerprint_of, refuse_other
from verify.index.local import LocalEngine
from verify.index.protocols import EVERYTHING, Filter, Match, Snapshot
from verify.models.protocols import Encoder
from verify.types import Document, Searched


@dataclass(frozen=True, slots=True)
class EncodedArchive:
    """An `Archive`: a snapshot, and the encoder that its vectors were made with."""

    snapshot: Snapshot
    encoder: Encoder

    @property
    def searched(self) -> Searched:
        """What there is to search."""
        return self.snapshot.searched

    def search(
        self, queries: Sequence[str], *, k: int, where: Filter = EVERYTHING
    ) -> tuple[tuple[Match, ...], ...]:
        """Per query its `k` best passages, by meaning and by words, the best first."""
        return self.snapshot.search(queries, self.encoder.encode(queries), k=k, where=where)

    def document(self, id: str) -> Document:
        """The archived document with this id as it was loaded, its blocks included; raises KeyError."""
        return self.snapshot.document(id)

    def close(self) -> None:
        """Let go of it."""
        self.snapshot.close()


def open_archive(path: Path, encoder: Encoder) -> EncodedArchive:
    """Open the index at `path` as it is now. Raises ArchiveError where it's damaged or another encoder's."""
    snapshot = LocalEngine(path).snapshot()
    try:
        refuse_other(str(path), snapshot.fingerprint, fingerprint_of(encoder))
    except BaseException:
        snapshot.close()
        raise
    return EncodedArchive(snapshot, encoder)
