"""Text as tokenizers take it."""

from __future__ import annotations


def writable(text: str) -> str:
    """`text` without lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
