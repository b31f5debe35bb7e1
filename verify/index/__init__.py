"""The archive: passages of earlier copy, searchable by meaning and by words, kept on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.index.reading import EncodedArchive
    from verify.models.protocols import Encoder


def open_archive(path: Path, encoder: Encoder) -> EncodedArchive:
    """Open the index at `path` as it is now, to be closed in the end.

    Raises ArchiveError where it can't be used, or is another encoder's.
    """
    from verify.index.reading import open_archive as open_

    return open_(path, encoder)
