"""Word documents: the paragraphs as printed with all changes accepted, and what else is in the file.

The format is ISO/IEC 29500-1, https://www.iso.org/standard/71691.html
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from verify.errors import InputError
from verify.load.story import Part, Story, has_words, is_prose, one_line
from verify.types import Role

if TYPE_CHECKING:
    from docx.document import Document as Word
    from lxml.etree import _Element as Element

LARGEST_UNPACKED = 100_000_000
"""Bytes of all files in the archive, beyond which it isn't an article."""

LARGEST_XML = 20_000_000
"""Bytes of the XML among them, which takes ten times as much when parsed."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
APART = {
    f"{W}tbl": "table",
    f"{W}txbxContent": "text box",
    f"{W}del": "tracked deletion",
    f"{W}moveFrom": "tracked deletion",
}
"""What isn't read as prose of the story, by the element that holds it."""

SIDE = {
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
    "header": "page header",
    "footer": "page footer",
}
"""The same by the kind of the file in the archive."""

SPACES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "ptab": " "}
OFF = frozenset({"0", "false", "off"})


def read_docx(raw: bytes, path: str) -> Story:
    """The story in a Word document. Raises InputError where it is damaged, encrypted or unpacks too large."""
    _refuse_traps(raw, path)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        word = docx.Document(io.BytesIO(raw))
        parts = [*_body(word), *_side(word)]
    except (OpcError, etree.LxmlError, LookupError, ValueError, TypeError, AttributeError) as error:
        # What python-docx does with a package that lacks a file or names one twice.
        raise _damaged(path) from error
    return Story(tuple(parts))


def _refuse_traps(raw: bytes, path: str) -> None:
    """Raise InputError for an archive that is damaged, that unpacks too large, or whose XML has a DTD."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = archive.infolist()
            if any(file.flag_bits & 1 for file in files):
                raise InputError(path, "is encrypted", "save it without a password")
            # zipfile reads no more of a file than the directory says, so that these sizes hold.
            xml = [file for file in files if _is_xml(archive, file)]
            if _size(files) > LARGEST_UNPACKED or _size(xml) > LARGEST_XML:
                most = f"{LARGEST_UNPACKED // 10**6} MB, or {LARGEST_XML // 10**6} MB of XML"
                raise InputError(path, f"unpacks to more than {most}", "give one article at a time")
            for file in xml:
                if b"<!DOCTYPE" in archive.read(file).replace(b"\0", b""):
                    problem = f"has a document type in {file.filename}, which isn't trusted"
                    raise InputError(path, problem, "save it anew")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise _damaged(path) from error


def _size(files: Iterable[zipfile.ZipInfo]) -> int:
    return sum(file.file_size for file in files)


def _is_xml(archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> bool:
    """By its first bytes, since a package may call its XML what it likes."""
    with archive.open(file) as opened:
        return opened.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _damaged(path: str) -> InputError:
    return InputError(path, "isn't a whole Word document", "save it anew as .docx")


def _body(word: Word) -> Iterator[Part]:
    """The paragraphs of the document, each followed by what stands in it and isn't read."""
    styles = {style.style_id: (style.name or "").lower() for style in word.styles}
    number = 0
    headed = False
    for element in _paragraphs(word.element.body):
        reason = _around(element, word.element.body)
        named = element.find(f"{W}pPr/{W}pStyle")
        style = "" if named is None else styles.get(named.get(f"{W}val"), "")
        if style == "caption":
            reason = "caption"
        text = one_line("".join(_text(element)))
        number += bool(text and reason is None)
        place = f"paragraph {number}" if reason is None else f"after paragraph {number}"
        role = Role.HEADING if style.startswith(("heading", "title", "subtitle")) else Role.PARAGRAPH
        if style in {"title", "heading 1"} and reason is None and not headed:
            role = Role.HEADLINE
        # A heading under the story's first lines is that of a section.
        headed = headed or role is Role.HEADLINE or (reason is None and is_prose(text))
        if text:
            yield Part(text, place, role, reason)
        for aside, words in _left_out(element):
            yield Part(words, place, reason=aside)


def _paragraphs(root: Element) -> Iterator[Element]:
    """The paragraphs under `root`, without the copies that old programs are given of some."""
    for element in root.iter(f"{W}p"):
        if not any(outer.tag == FALLBACK for outer in element.iterancestors()):
            yield element


def _around(element: Element, root: Element) -> str | None:
    """Why a paragraph isn't read: the nearest element around it that holds no prose of the story."""
    for outer in element.iterancestors():
        if outer is root:
            return None
        if reason := APART.get(str(outer.tag)):
            return reason
    return None


def _runs(paragraph: Element) -> Iterator[tuple[Element, str | None]]:
    """The paragraph's own runs, and why one isn't read: as deleted or hidden."""
    for run in paragraph.iter(f"{W}r"):
        around = run.iterancestors(f"{W}p", f"{W}del", f"{W}moveFrom", FALLBACK)
        inside = list(takewhile(lambda outer: outer is not paragraph, around))
        if all(outer.tag in {f"{W}del", f"{W}moveFrom"} for outer in inside):
            yield run, "tracked deletion" if inside else "hidden text" if _hidden(run) else None


def _hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in OFF


def _text(paragraph: Element) -> Iterator[str]:
    for run, reason in _runs(paragraph):
        if reason is None:
            yield from _characters(run)


def _left_out(paragraph: Element) -> Iterator[tuple[str, str]]:
    """What of the paragraph isn't read, by reason."""
    for wanted in ("tracked deletion", "hidden text"):
        words = "".join(c for run, reason in _runs(paragraph) if reason == wanted for c in _characters(run))
        if has_words(words):
            yield wanted, one_line(words)


def _characters(run: Element) -> Iterator[str]:
    for child in run:
        name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if name in {"t", "delText"}:
            yield child.text or ""
        elif name in SPACES:
            yield SPACES[name]


def _side(word: Word) -> Iterator[Part]:
    """Footnotes, comments, and the heads and feet of pages."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    seen = set()
    for relation in word.part.rels.values():
        reason = SIDE.get(relation.reltype.rpartition("/")[2])
        if reason is None or relation.is_external or relation.target_part.partname in seen:
            continue
        seen.add(relation.target_part.partname)
        root = etree.fromstring(relation.target_part.blob, parser)
        texts = (one_line("".join(_text(paragraph))) for paragraph in _paragraphs(root))
        for number, text in enumerate(filter(has_words, texts), start=1):
            # A page's head and foot tell the page, the paper and the desk, which is no prose.
            if not reason.startswith("page") or is_prose(text):
                yield Part(text, f"{reason} {number}", reason=reason)
