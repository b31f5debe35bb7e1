"""Words of a document made harmless to a terminal."""

from __future__ import annotations

import re
import unicodedata

KEPT_JOINERS = frozenset("\u200c\u200d")
"""Characters without width that change how a script or an emoji is drawn."""

BIDI = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder what follows them, so that a line reads other than it is."""

SHOWN = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that a terminal might obey or can't draw."""

SPACES = re.compile(r"\s+")


def printable(text: str) -> str:
    """Return `text` with each run of white space as one space, and nothing that a terminal would obey.

    Control characters, lone surrogates and direction overrides are spelled out as <U+202E>;
    other marks without width are left out.
    """
    return "".join(_shown(c) for c in SPACES.sub(" ", text))


def _shown(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    category = unicodedata.category(character)
    if category in SHOWN or character in BIDI:
        return f"<U+{ord(character):04X}>"
    return "" if category == "Cf" and character not in KEPT_JOINERS else character
