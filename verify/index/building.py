"""From files to an index: what is new is read, cut, encoded and put in, a batch at a time.

Each batch is one change of the index. A build that was stopped has all of its batches so far, and goes on
from there when it is run again, since documents that are in it already are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from verify.errors import InputError
from verify.files import files_below
from verify.index.fingerprint import fingerprint_of, refuse_other
from verify.index.passages import Split, language_of, split
from verify.index.protocols import ArchiveEntry, Engine, Writer
from verify.index.records import storable
from verify.load import load
from verify.load.formats import may_be_news
from verify.models.protocols import Encoder
from verify.types import Document

BATCH = 1_000
"""Passages, about, that are put in with one change."""


@dataclass(frozen=True, slots=True)
class Left:
    """A file that isn't in the index, or a document of which a part isn't, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: at what, and files looked at, of all."""

    stage: str
    files: int
    of: int


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: documents put in, put in anew since their file changed, and left as they were.

    `refused` are the files that couldn't be read, `skipped` those found in a folder that are no documents,
    and `unread` the stretches of documents that are in no passage.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    passages: int = 0
    refused: tuple[Left, ...] = ()
    skipped: tuple[Left, ...] = ()
    unread: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    id: str
    """Of its document, unless that gives itself one: its path from the folder that was named."""


@dataclass(frozen=True, slots=True)
class _Found:
    files: list[_File]
    skipped: list[Left]
    closed: list[Left]


def add_files(
    paths: Sequence[Path], engine: Engine, encoder: Encoder, *, watch: Callable[[Progress], None]
) -> Built:
    """Put the documents in these files and folders into an index; what is in it already stays.

    Raises InputError for a path that isn't there, ArchiveError where the index can't be changed or is another
    encoder's.
    """
    found = _find(paths)
    with engine.writer() as writer:
        with closing(engine.snapshot()) as snapshot:
            known = snapshot.known()
            refuse_other(snapshot.searched.archive, snapshot.fingerprint, fingerprint_of(encoder))
        run = _Run(writer, encoder, known)
        for number, file in enumerate(found.files, start=1):
            run.take(file)
            watch(Progress("reading and encoding", number, len(found.files)))
        run.flush()
        watch(Progress("laying out the vectors", len(found.files), len(found.files)))
        writer.settle()
    return Built(
        added=run.added,
        replaced=run.replaced,
        unchanged=run.unchanged,
        passages=run.passages,
        refused=(*found.closed, *run.refused),
        skipped=tuple(found.skipped),
        unread=tuple(run.unread),
    )


class _Run:
    """One build: what it has read and not yet put in, and what came of it so far."""

    def __init__(self, writer: Writer, encoder: Encoder, known: Mapping[str, str]) -> None:
        self.writer, self.encoder, self.known = writer, encoder, known
        self.added = self.replaced = self.unchanged = self.passages = 0
        self.refused: list[Left] = []
        self.unread: list[Left] = []
        self.paths: dict[str, str] = {}
        self.waiting: list[tuple[Document, Split]] = []

    def take(self, file: _File) -> None:
        """Read the file, and put it in with the next batch if it is new."""
        try:
            document = load(file.path)
        except InputError as error:
            self._refuse(file, str(error).removeprefix(f"{file.path}: "))
            return
        document = replace(document, id=storable(document.own_id or file.id))
        if document.id in self.paths:
            self._refuse(file, f"its id is {document.id}, which is that of {self.paths[document.id]} too")
            return
        self.paths[document.id] = file.path
        if self.known.get(document.id) == document.sha256:
            self.unchanged += 1
            return
        found = split(document)
        self.unread += [Left(file.path, u.reason) for u in found.unread]
        self.waiting.append((document, found))
        if sum(len(found.passages) for _, found in self.waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Put in what has been read, with one change of the index."""
        vectors = self.encoder.encode([text for _, found in self.waiting for text in found.shown])
        entries = []
        start = 0
        for document, found in self.waiting:
            end = start + len(found.passages)
            entries.append(ArchiveEntry(document, language_of(document), found.passages, vectors[start:end]))
            start = end
        self.writer.add(entries)
        replaced = sum(document.id in self.known for document, _ in self.waiting)
        self.added += len(entries) - replaced
        self.replaced += replaced
        self.passages += len(vectors)
        self.waiting = []

    def _refuse(self, file: _File, reason: str) -> None:
        self.refused.append(Left(file.path, reason))


def _find(paths: Sequence[Path]) -> _Found:
    """The files named and the documents in the folders named, in order, and what else these hold.

    Hidden files are left out without a word. Links aren't followed: they may lead out of the archive.
    """
    found = _Found([], [], [])

    def close(error: OSError) -> None:
        found.closed.append(Left(str(error.filename), f"can't be looked into ({error.strerror})"))

    for path in paths:
        if not path.exists():
            raise InputError(str(path), "no such file or folder", "check the path")
        if not path.is_dir():
            found.files.append(_File(str(path), path.name))
            continue
        for file in files_below(path, close):
            if file.is_symlink():
                found.skipped.append(Left(str(file), "links"))
            elif not may_be_news(file):
                found.skipped.append(Left(str(file), file.suffix.lower() or "no suffix"))
            else:
                found.files.append(_File(str(file), file.relative_to(path).as_posix()))
    return found
