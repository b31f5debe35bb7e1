"""From a file to a Document: its text, and the blocks that are prose.

The text of a text file is its own characters, untouched. That of other formats is what their readers found,
and each block says where it stands in the original.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from datetime import date
from pathlib import Path

from verify.errors import InputError
from verify.load.dateline import dateline_day, mask_dateline
from verify.load.decode import decode
from verify.load.formats import LARGEST_BINARY, MARKDOWN, READERS, SUFFIXES, largest, suffix_of
from verify.load.frontmatter import read_front_matter
from verify.load.markdown import is_markdown, markdown_blocks
from verify.load.story import LARGEST_TEXT, Story, lay_out, with_roles
from verify.load.text import plain_blocks, published_near_top
from verify.types import Block, Document, Role

STDIN = "-"


def load(path: str, *, stdin_filename: Path | None = None, id: str = "d1") -> Document:
    """Load the draft at `path`, or standard input for `-`.

    `stdin_filename` is the file that standard input stands for. Raises InputError where the file is
    missing, no file, too large, empty, binary, or in a format or encoding that can't be read.
    """
    shown = path if path != STDIN or stdin_filename is None else str(stdin_filename)
    suffix = Path(shown).suffix.lower() if shown != STDIN else ""
    raw = _read_stdin(shown, _most(suffix)) if path == STDIN else read_file(path)
    return document_of(raw, path=shown, suffix=suffix, id=id)


def document_of(raw: bytes, *, path: str, suffix: str = "", id: str = "d1") -> Document:
    """The Document in the bytes `raw`; `suffix` tells its format, or where there is none its first bytes do.

    Raises InputError as `load` does.
    """
    suffix = suffix_of(raw, suffix)
    if suffix and suffix not in SUFFIXES:
        remedy = f"give one of {', '.join(sorted(SUFFIXES))}"
        raise InputError(path, f"files of type {suffix} can't be read", remedy)
    if len(raw) > largest(suffix):
        raise _too_large(path, len(raw), largest(suffix))
    if not raw.strip():
        raise InputError(path, "is empty", "give a file with the text of an article")
    if suffix in READERS:
        return _of_story(READERS[suffix](raw, path), raw, path, id)
    return _of_text(raw, path, suffix, id)


def _of_text(raw: bytes, path: str, suffix: str, id: str) -> Document:
    text = decode(raw, path)
    if not text.strip():
        raise InputError(path, "is empty", "give a file with the text of an article")
    front, start = read_front_matter(text, path)
    marked_up = suffix in MARKDOWN or (not suffix and (start > 0 or is_markdown(text)))
    blocks, unread = markdown_blocks(text, start) if marked_up else (plain_blocks(text, start), ())
    published = front.published or _day(text, blocks)
    if front.headline is not None and all(block.role is not Role.HEADLINE for block in blocks):
        blocks = (front.headline, *blocks)
    return Document(
        id=id,
        path=path,
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        title=front.title or _headline(text, blocks),
        published=published,
        byline=front.byline or _byline(text, blocks),
        blocks=mask_dateline(text, blocks),
        unread=(*front.unread, *unread),
        own_id=front.own_id,
        publisher=front.publisher,
        url=front.url,
        speaker=front.speaker,
    )


def _of_story(story: Story, raw: bytes, path: str, id: str) -> Document:
    text, blocks, unread = lay_out(with_roles(story.parts))
    if len(text) > LARGEST_TEXT:
        raise _too_large(path, len(text), LARGEST_TEXT)
    if not text.strip():
        raise InputError(path, "holds no text", "give a file with the text of an article")
    return Document(
        id=id,
        path=path,
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        title=_headline(text, blocks),
        published=story.published or _day(text, blocks),
        byline=story.byline or _byline(text, blocks),
        blocks=mask_dateline(text, blocks),
        unread=unread,
        publisher=story.publisher,
        url=story.url,
    )


def _headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((_shown(text, b) for b in blocks if b.role is Role.HEADLINE), None)


def _byline(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((_shown(text, b) for b in blocks if b.role is Role.BYLINE), None)


def _day(text: str, blocks: tuple[Block, ...]) -> date | None:
    return published_near_top(text, blocks) or dateline_day(text, blocks)


def _shown(text: str, block: Block) -> str:
    return " ".join(block.shown(text).split())


def read_file(path: str) -> bytes:
    """The bytes of the draft at `path`. Raises InputError where it is missing, no file, or too large."""
    most = _most(Path(path).suffix.lower())
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise InputError(path, "is a folder", "give the files in it, or have `verify batch` read it")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(path, "is no regular file", "give a file, or - for standard input")
        if status.st_size > most:
            raise _too_large(path, status.st_size, most)
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(path, "no such file or folder", "check the path") from error
    except ValueError as error:  # a NUL in the name
        raise InputError(repr(path), "is no valid file name", "check the path") from error
    except OSError as error:
        remedy = (
            "break the loop of links" if error.errno == errno.ELOOP else "check the path and its permissions"
        )
        raise InputError(path, f"can't be read ({error.strerror or error})", remedy) from error


def _read_stdin(path: str, most: int) -> bytes:
    if sys.stdin is None:
        raise InputError(path, "standard input is closed", "give a file, or pipe a draft in")
    try:
        raw = sys.stdin.buffer.read(most + 1)
    except OSError as error:  # a folder
        problem = f"standard input can't be read ({error.strerror or error})"
        raise InputError(path, problem, "give a file, or pipe a draft in") from error
    if len(raw) > most:
        raise _too_large(path, len(raw), most)
    return raw


def _most(suffix: str) -> int:
    """Bytes beyond which what is named so isn't an article."""
    return largest(suffix) if suffix else LARGEST_BINARY


def _too_large(path: str, size: int, most: int) -> InputError:
    return InputError(
        path,
        f"is larger than {most / 1e6:.0f} MB ({size / 1e6:.1f} MB)",
        "give one article at a time",
    )
