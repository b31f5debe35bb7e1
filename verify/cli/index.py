"""`verify index ...`: make, change, search and mend the archive that drafts are checked against."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.checking import warn_of_empty
from verify.cli.options import EncoderName, group
from verify.cli.progress import progress_bar
from verify.cli.status import ExitStatus
from verify.cli.streams import complain, remark, write_stdout
from verify.index.layout import Layout
from verify.printable import printable
from verify.report.text import in_megabytes, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verify.index.building import Built
    from verify.index.info import Info
    from verify.index.protocols import Match
    from verify.models.protocols import Encoder

app = group()

SHOWN = 20
"""Files that couldn't be read, or weren't read wholly, that are named one by one."""

IndexPath = Annotated[Path, typer.Option("--index", metavar="PATH", help="The folder of the index.")]


class Shape(StrEnum):
    """How to write what was found."""

    TEXT = "text"
    JSON = "json"


@app.callback()
def index() -> None:
    """Build and keep an archive: earlier copy that `verify check --index PATH` holds a draft against."""


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Folders and files of copy.")],
    index: IndexPath,
    encoder: EncoderName = None,
    layout: Annotated[
        Layout | None, typer.Option(help="How vectors are searched; by default as their number asks for.")
    ] = None,
) -> None:
    """Make an index of the documents in folders and files, or go on with one that was stopped."""
    from verify.index.fingerprint import fingerprint_of
    from verify.index.local import LocalEngine, create_index, is_index

    loaded = _encoder(encoder)
    if not is_index(index):
        create_index(index, fingerprint_of(loaded), layout or Layout.AUTO)
    elif layout is not None:
        with LocalEngine(index).writer() as writer:
            writer.choose(layout)
    _add(paths, index, loaded)


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Folders and files of copy.")],
    index: IndexPath,
    encoder: EncoderName = None,
) -> None:
    """Add documents to an index; those whose file hasn't changed are passed over."""
    _add(paths, index, _encoder(encoder))


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="As `search` and `info` show them.")],
    index: IndexPath,
) -> None:
    """Take documents out of an index, with all their passages, at once."""
    from verify.errors import InputError
    from verify.index.local import LocalEngine

    with LocalEngine(index).writer() as writer:
        with closing(LocalEngine(index).snapshot()) as snapshot:
            unknown = [id for id in ids if id not in snapshot.known()]
        if unknown:
            raise InputError(unknown[0], f"no document of the index {index} has this id", "see `search`")
        removed = writer.remove(ids)
    write_stdout(f"{plural(removed, 'document')} removed from {index}\n")


@app.command()
def search(  # noqa: PLR0913, PLR0917 (typer takes options as arguments)
    query: Annotated[str, typer.Argument(help="A statement, or words.")],
    index: IndexPath,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="Passages to show.")] = 10,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of publication.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="May be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="As in `en`; may be repeated.")] = None,
    format_: Annotated[Shape, typer.Option("--format", help="How to write them.")] = Shape.TEXT,
    encoder: EncoderName = None,
) -> None:
    """Show the passages nearest to a statement, by meaning and by words."""
    from verify.errors import InputError
    from verify.index import open_archive
    from verify.index.origin import words_of
    from verify.index.protocols import Filter

    if not words_of(query):
        raise InputError(f'the query "{query}"', "holds no word", "give a statement, or words to look for")
    where = Filter(
        since.date() if since else None,
        until.date() if until else None,
        frozenset(publisher) if publisher else None,
        frozenset(language) if language else None,
    )
    with closing(open_archive(index, _encoder(encoder))) as archive:
        (matches,) = archive.search([query], k=k, where=where)
        searched = archive.searched
    warn_of_empty(searched)
    if format_ is Shape.JSON:
        write_stdout(json.dumps([asdict(match) for match in matches], default=_plain, indent=1) + "\n")
    else:
        write_stdout("".join([ORDER, *map(_shown, matches)]) if matches else "No passage was found.\n")


@app.command()
def info(
    index: IndexPath,
    format_: Annotated[Shape, typer.Option("--format", help="How to write it.")] = Shape.TEXT,
) -> None:
    """Tell what is in an index, and how it is kept."""
    from verify.index.info import describe

    found = describe(index)
    if format_ is Shape.JSON:
        write_stdout(json.dumps(asdict(found), default=_plain, indent=1) + "\n")
    else:
        write_stdout("".join(f"{name:<12}{value}\n" for name, value in _lines(found)))


@app.command()
def check(
    index: IndexPath,
    repair: Annotated[bool, typer.Option("--repair", help="Make good what can be.")] = False,
) -> None:
    """Prove that an index is whole. Exit status: 0 it is, or was repaired; 1 it is damaged; 2 error."""
    from verify.index.checking import check_index
    from verify.index.info import describe

    damages = check_index(index, repair=repair)
    if not damages:
        write_stdout(f"{index} is whole\n")
        warn_of_empty(describe(index).searched)
        return
    repairable = all(damage.repairable for damage in damages)
    lost = [id for damage in damages for id in damage.documents]
    lines = [damage.what for damage in damages]
    if not repairable:
        anew = f"remove {index} and build it anew with `verify index build FOLDER --index {index}`"
        lines.append(f"this can't be repaired: {anew}")
    elif repair:
        lines.append("repaired")
    else:
        lines.append("`verify index check --repair` makes this good")
    if lost and repairable:
        lines.append("to be added again after the repair: " + ", ".join(dict.fromkeys(lost)))
    write_stdout("".join(f"{line}\n" for line in lines))
    raise typer.Exit(int(ExitStatus.CLEAN if repair and repairable else ExitStatus.FINDINGS))


@app.command()
def compact(index: IndexPath) -> None:
    """Give back the room that removed documents still take."""
    from verify.index.local import LocalEngine

    before = _size(index)
    with LocalEngine(index).writer() as writer:
        writer.compact()
    write_stdout(f"{index}: {in_megabytes(before)} before, {in_megabytes(_size(index))} now\n")


def _encoder(name: str | None) -> Encoder:
    """The encoder of this name, or else the one of the settings, as `verify check` takes it."""
    from verify.config import load_config
    from verify.models.encoder import load_encoder

    return load_encoder(name or load_config(Path()).models.encoder)


def _add(paths: list[Path], index: Path, encoder: Encoder) -> None:
    from verify.index.building import Progress, add_files
    from verify.index.local import LocalEngine

    try:
        with progress_bar(transient=True) as bar:
            task = bar.add_task("reading", total=None)

            def watch(progress: Progress) -> None:
                bar.update(task, total=progress.of, completed=progress.files, description=progress.stage)

            built = add_files(paths, LocalEngine(index), encoder, watch=watch)
    except KeyboardInterrupt:
        remark("stopped; what was put in stays, and the same command goes on from there")
        raise
    _tell(built, index)
    if built.refused:
        raise typer.Exit(int(ExitStatus.ERROR))


def _tell(built: Built, index: Path) -> None:
    """What came of a build; what isn't in the index is never passed over in silence."""
    for left in built.refused[:SHOWN]:
        complain(f"{left.path}: {left.reason}")
    if len(built.refused) > SHOWN:
        complain(f"{len(built.refused) - SHOWN} more files couldn't be read")
    for left in built.unread[:SHOWN]:
        remark(f"{left.path}: not indexed: {left.reason}")
    if len(built.unread) > SHOWN:
        remark(f"{len(built.unread) - SHOWN} more stretches of documents aren't indexed")
    if built.skipped:
        kinds = sorted({left.reason for left in built.skipped})
        remark(f"{plural(len(built.skipped), 'other file')} passed over ({', '.join(kinds)})")
    write_stdout(
        f"{index}: {plural(built.added, 'document')} added, {built.replaced:,} replaced,"
        f" {built.unchanged:,} unchanged, {plural(built.passages, 'new passage')}\n"
    )


ORDER = "Nearest first, by meaning and words together; the figure is the nearness of meaning alone.\n\n"
"""What the passages are ordered by, since the figures that are shown go up and down."""


def _shown(match: Match) -> str:
    """A passage for a person: its words, and below them where they stand."""
    passage = match.passage
    known = (passage.publisher, passage.published, passage.speaker, passage.title)
    place = ", ".join(str(value) for value in known if value)
    copied = f", copy of {passage.origin}" if passage.origin != passage.document else ""
    span = f"[{passage.span.start}:{passage.span.end}]"
    lines = (" ".join(passage.text.split()), f"{passage.document} {span}{copied}. {place}")
    return f"{match.cosine:5.2f}  {printable(lines[0])}\n       {printable(lines[1])}\n\n"


def _lines(found: Info) -> Iterator[tuple[str, str]]:
    yield "index", found.archive
    yield "encoder", f"{found.encoder}, {found.dimension} dimensions"
    yield "documents", f"{found.documents:,}, {found.origins:,} of them no copy of another"
    yield "passages", f"{found.passages:,}, and {found.removed:,} removed whose room is still taken"
    yield "dates", f"{found.first or '-'} to {found.last or '-'}, {found.undated:,} without one"
    yield "publishers", _table(found.publishers)
    yield "languages", _table(found.languages)
    yield "layout", found.layout.value
    yield "size", in_megabytes(found.bytes)


def _table(counts: Mapping[str, int]) -> str:
    shown = [f"{name} {count:,}" for name, count in list(counts.items())[:SHOWN]]
    rest = [f"{len(counts) - SHOWN:,} more"] if len(counts) > SHOWN else []
    return ", ".join([*shown, *rest]) or "-"


def _plain(value: object) -> str | list[str]:
    return value.isoformat() if isinstance(value, date) else str(value)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir()) if folder.is_dir() else 0
