"""PDFs: their lines, as pdfium reads them.

pdfium keeps the order in which a page was written, columns after one another, where readers that sort by
place mix them; see docs/inputs.md for the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median, mode
from typing import TYPE_CHECKING, NamedTuple

from verify.errors import InputError
from verify.load.story import LARGEST_TEXT, Part, Story, has_words, one_line
from verify.load.typeset import SOFT, Line, paragraphs

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

LARGEST_PAGES = 200
BREAKS = frozenset("\r\n")
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}


def read_pdf(raw: bytes, path: str) -> Story:
    """The story in a PDF. Raises InputError where it is damaged, encrypted, too long, or has no text."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(raw) as pdf:
            if len(pdf) > LARGEST_PAGES:
                problem = f"has {len(pdf)} pages, over {LARGEST_PAGES}"
                raise InputError(path, problem, "give one article at a time")
            pages = []
            notes: list[Part] = []
            count = 0
            for number, page in enumerate(pdf, start=1):
                lines = _lines(page, number)
                count += sum(len(line.text) for line in lines)
                if count > LARGEST_TEXT:
                    problem = f"holds more than {LARGEST_TEXT:,} characters"
                    raise InputError(path, problem, "give one article at a time")
                pages.append(lines)
                notes += _notes(page, number)
                page.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(path, "is encrypted", "save it without a password") from error
        raise InputError(path, "isn't a whole PDF", "export it anew") from error
    if not any(has_words(line.text) for lines in pages for line in lines):
        raise InputError(path, "holds no text (a scan?)", "run text recognition (OCR) on it first")
    bare = [
        Part("", f"page {number}", reason="page without text")
        for number, lines in enumerate(pages, start=1)
        if not lines
    ]
    return Story((*paragraphs(pages), *bare, *notes))


class Character(NamedTuple):
    """A character as set: its box in points, and its size as in a line."""

    text: str
    left: float
    base: float
    right: float
    top: float
    size: float


def _lines(page: PdfPage, number: int) -> list[Line]:
    """The lines of a page in the order in which they were written."""
    lines: list[list[Character]] = [[]]
    last: Character | None = None
    tallest = 0.0
    for character in _characters(page):
        # Columns whose lines stand side by side come as one line with a gap in it.
        gap = last is not None and character.left - last.right > 3 * tallest
        if gap or character.text in BREAKS or (last is not None and last.text == SOFT):
            lines.append([])
            last, tallest = None, 0.0
        lines[-1].append(character)
        if character.text.strip():
            # A dash has next to no height of its own.
            last, tallest = character, max(tallest, character.top - character.base, character.size / 2)
    return [line for characters in lines if (line := _line(characters, number)) is not None]


def _characters(page: PdfPage) -> Iterator[Character]:
    from pypdfium2 import raw

    text = page.get_textpage()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        shown = LIGATURES.get(code) or (chr(code) if code not in {0, 0xFFFE, 0xFFFF} else "")
        left, base, right, top = text.get_charbox(index)
        yield Character(shown, left, base, right, top, raw.FPDFText_GetFontSize(text, index))
    text.close()


def _line(characters: Sequence[Character], page: int) -> Line | None:
    # Characters beyond the basic plane come as two halves.
    halves = "".join(c.text for c in characters).encode("utf-16", "surrogatepass")
    text = one_line(halves.decode("utf-16", "replace"))
    marks = [c for c in characters if c.text.strip()]
    if not text or not marks:
        return None
    word = len(text.split(" ", 1)[0])
    return Line(
        text=text,
        page=page,
        left=min(c.left for c in marks),
        right=max(c.right for c in marks),
        base=median(c.base for c in marks),
        height=max(c.top for c in marks) - min(c.base for c in marks),
        size=mode(round(c.size, 1) for c in marks),
        first=marks[min(word, len(marks)) - 1].right - marks[0].left,
    )


def _notes(page: PdfPage, number: int) -> Iterator[Part]:
    """What readers have written on a page."""
    import ctypes

    from pypdfium2 import raw

    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 1000)):
        note = raw.FPDFPage_GetAnnot(page, index)
        size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
        buffer = ctypes.create_string_buffer(size)
        units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        raw.FPDFAnnot_GetStringValue(note, b"Contents", units, size)
        raw.FPDFPage_CloseAnnot(note)
        text = one_line(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))
        if has_words(text):
            yield Part(text, f"page {number}", reason="comment")
