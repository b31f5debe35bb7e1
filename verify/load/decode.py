"""From bytes to characters: UTF-8, UTF-16 with its mark, and the old Windows page where it is plausible."""

from __future__ import annotations

import codecs
import unicodedata

from verify.errors import InputError

MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive (docx, odt or the like)",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF document",
}
BINARY_SHARE = 0.02
"""Share of control characters beyond which bytes aren't text."""


def decode(raw: bytes, path: str, *, declared: str | None = None) -> str:
    """The characters of `raw`, byte-order mark dropped, line ends kept. Raises InputError.

    `declared` is the encoding that the file itself names, for what isn't Unicode.
    """
    for magic, what in MAGIC.items():
        if raw.startswith(magic):
            raise InputError(
                path, f"is {what}, not text", "name it by its format if that can be read, or save it as text"
            )
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return _printable(_strict(raw, encoding, path), path)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        named = _declared(raw, declared) if declared else None
        text = _windows(raw, path, error.start) if named is None else named
    return _printable(text, path)


def _printable(text: str, path: str) -> str:
    """`text`, if it is any; raises InputError where it holds what only binary files do."""
    if "\0" in text:
        raise InputError(path, "is binary (it holds NUL characters)", "give a text file in UTF-8")
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\x85" for c in text)
    if controls > BINARY_SHARE * len(text):
        raise InputError(path, "is binary (it is full of control characters)", "give a text file in UTF-8")
    return text


def _strict(raw: bytes, encoding: str, path: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            path, f"isn't valid {encoding.upper()} (byte {error.start})", "save it as UTF-8"
        ) from error
    return text.removeprefix("\ufeff")


def _declared(raw: bytes, encoding: str) -> str | None:
    """In the encoding that a file says it is in; None where that isn't known or isn't so."""
    if encoding.lower() in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        encoding = "cp1252"  # which is what is meant: https://encoding.spec.whatwg.org/#names-and-labels
    try:
        return raw.decode(encoding)
    except (LookupError, ValueError):
        return None


def _windows(raw: bytes, path: str, place: int) -> str:
    """As Windows-1252, if hardly more than its quotation marks, dashes and accents lie beyond ASCII."""
    high = sum(b >= 0x80 for b in raw)
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    plausible = all(
        c.isalpha() or (not c.isascii() and unicodedata.category(c)[0] in "PSZ")
        for c in text
        if not c.isascii()
    )
    if not text or not plausible or high > 0.1 * len(raw):
        if b"\0" in raw:
            raise InputError(path, "is binary (it holds NUL characters)", "give a text file in UTF-8")
        raise InputError(path, f"isn't valid UTF-8 (byte {place})", "save it as UTF-8")
    return text
