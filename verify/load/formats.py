"""Which format a file is in: by its suffix, and where it has none, by its first bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from verify.load.docx import read_docx
from verify.load.html import read_html
from verify.load.newsxml import read_news_xml
from verify.load.ninjs import read_ninjs
from verify.load.pdf import read_pdf
from verify.load.story import LARGEST_TEXT, Story

Reader = Callable[[bytes, str], Story]
"""From a file's bytes, and its path for complaints, to the story in it; raises InputError."""

READERS: Mapping[str, Reader] = {
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".json": read_ninjs,
    ".ninjs": read_ninjs,
    ".xml": read_news_xml,
    ".nitf": read_news_xml,
    ".newsml": read_news_xml,
}
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
TEXT = frozenset({"", ".txt", ".text"})

SUFFIXES = (MARKDOWN | TEXT | READERS.keys()) - {""}
"""Suffixes of what can be read. A file without one may be anything, and must be named."""

MARKS: Mapping[str, tuple[bytes, ...]] = {
    ".json": (b"ninjs", b'"body_text"', b'"body_xhtml"', b'"body_html"', b'"bodies"', b'"headlines"'),
    ".xml": (b"<nitf", b"newsitem", b"newsmessage", b"packageitem", b"<html"),
}
"""What stories in formats that share their suffix with others hold near their start, in lower case."""

SNIFFED = 65_536
"""Bytes at the start of a file in which its marks are looked for."""

LARGEST_MARKUP = 10_000_000
LARGEST_BINARY = 50_000_000
BINARY = frozenset({".docx", ".pdf"})

OPENINGS = (
    (b"%pdf-", ".pdf"),
    (b"pk\x03\x04", ".docx"),
    (b"<!doctype html", ".html"),
    (b"<html", ".html"),
    (b"<head", ".html"),
    (b"<body", ".html"),
    (b"<article", ".html"),
    (b"<?xml", ".xml"),
    (b"<!doctype nitf", ".xml"),
    (b"<nitf", ".xml"),
    (b"<newsitem", ".xml"),
    (b"<newsmessage", ".xml"),
    (b"<packageitem", ".xml"),
)
"""The first bytes, in lower case, of what comes without a name."""


def suffix_of(raw: bytes, suffix: str) -> str:
    """The suffix that tells the format of `raw`: its own in lower case, or what it begins with."""
    if suffix:
        return suffix.lower()
    start = raw[:SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"{") and any(mark in start for mark in MARKS[".json"]):
        return ".json"
    return next((found for opening, found in OPENINGS if start.startswith(opening)), "")


def may_be_news(file: Path) -> bool:
    """Whether a file met in a folder may be a story: by its suffix, and by its start where most aren't.

    One that can't be opened may be one, so that whoever loads it tells.
    """
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        return False
    marks = MARKS.get(suffix)
    if marks is None:
        return True
    try:
        with file.open("rb") as opened:
            start = opened.read(SNIFFED).lower()
    except OSError:
        return True
    return any(mark in start for mark in marks)


def largest(suffix: str) -> int:
    """Bytes beyond which a file in this format isn't an article."""
    if suffix in BINARY:
        return LARGEST_BINARY
    return LARGEST_MARKUP if suffix in READERS else LARGEST_TEXT
