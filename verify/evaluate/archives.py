"""The archives of the labelled stories, built as a newsroom builds its own, with the labelled links."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verify.evaluate.gold import understood
from verify.index import open_archive
from verify.index.building import add_files
from verify.index.fingerprint import fingerprint_of
from verify.index.local import create_index
from verify.index.reading import EncodedArchive
from verify.models.protocols import Encoder
from verify.types import Span

FIELDS = ("id", "title", "publisher", "published")


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link from a claim, by its id, to a passage of an archived document.

    `relation` is that of the labels: one of `verify.types.RelationType`, or `unrelated_lookalike`.
    """

    claim: str
    document: str
    passage: str
    relation: str


def links_of(file: Path) -> tuple[Link, ...]:
    """The links of the labelled story in `file`; raises InputError."""
    rows = _labels(file, "evidence_links")
    return tuple(Link(r["claim"], r["evidence"], r["passage"], r["relation"]) for r in rows)


def write_archive(file: Path, folder: Path, *, prefix: str = "") -> None:
    """Write the archive of the labelled story in `file` to `folder`, a Markdown file for each document.

    `prefix` comes before the documents' ids, which otherwise are only told apart within a story.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for row in _labels(file, "evidence"):
        fields = row | {"id": prefix + row["id"]}
        front = "".join(f"{name}: {json.dumps(fields[name], ensure_ascii=False)}\n" for name in FIELDS)
        text = row["text"].replace("\n", "\n\n")
        (folder / f"{fields['id']}.md").write_text(f"---\n{front}---\n{text}\n", encoding="utf-8")


@contextmanager
def archive_of(files: Mapping[str, Path], encoder: Encoder) -> Iterator[EncodedArchive]:
    """The archive of the labelled stories in `files`, as `archive_in` has it.

    Their keys come before the ids of their documents.
    """
    with tempfile.TemporaryDirectory() as copy:
        for prefix, file in files.items():
            write_archive(file, Path(copy), prefix=prefix)
        with archive_in(Path(copy), encoder) as archive:
            yield archive


@contextmanager
def archive_in(folder: Path, encoder: Encoder) -> Iterator[EncodedArchive]:
    """The archive of the documents in `folder`, built aside, open for reading as long as the context is."""
    with tempfile.TemporaryDirectory() as aside:
        index = Path(aside, "index")
        add_files([folder], create_index(index, fingerprint_of(encoder)), encoder, watch=lambda _: None)
        archive = open_archive(index, encoder)
        try:
            yield archive
        finally:
            archive.close()


def place_of(passage: str, text: str) -> Span | None:
    """Where a labelled passage stands in the archived text, whose lines may be laid out anew."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(passage, text)
    return Span(found.dest_start, found.dest_end) if found is not None else None


def _labels(file: Path, key: str) -> list[dict[str, str]]:
    with understood(file):
        rows: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))[key]
    return rows
