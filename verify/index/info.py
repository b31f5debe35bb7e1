"""What is in an index, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verify.index.layout import Layout
from verify.index.local import LocalEngine
from verify.index.snapshot import stored_lists
from verify.index.trouble import explained, understood
from verify.types import Searched


@dataclass(frozen=True, slots=True)
class Info:
    """An index in figures. `origins` are the documents less those that carry another's copy.

    `removed` are passages whose room is still taken, `bytes` all files together.
    """

    archive: str
    encoder: str
    dimension: int
    layout: Layout
    documents: int
    passages: int
    removed: int
    origins: int
    first: date | None
    last: date | None
    undated: int
    publishers: Mapping[str, int]
    languages: Mapping[str, int]
    bytes: int

    @property
    def searched(self) -> Searched:
        """What there is to search."""
        return Searched(self.archive, self.documents, self.passages)


def describe(folder: Path) -> Info:
    """The index in `folder` in figures. Raises ArchiveError."""
    with closing(LocalEngine(folder).snapshot()) as snapshot, explained(folder), understood(folder):
        connection = snapshot.connection
        first, last, undated, origins = connection.execute(
            "SELECT min(published), max(published), count(*) - count(published), count(DISTINCT origin)"
            " FROM document"
        ).fetchone()
        lists = stored_lists(connection)
        return Info(
            archive=str(folder),
            encoder=snapshot.fingerprint.encoder,
            dimension=snapshot.fingerprint.probe.shape[1],
            layout=lists.layout if lists else Layout.FLAT,
            documents=snapshot.searched.documents,
            passages=snapshot.searched.passages,
            removed=len(snapshot.dense.vectors) - snapshot.searched.passages,
            origins=origins,
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            undated=undated,
            publishers=snapshot.counts("publisher"),
            languages=snapshot.counts("language"),
            bytes=sum(file.stat().st_size for file in folder.iterdir()),
        )
