"""The paths of documents as other tools want them."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote


def posix(path: str) -> str:
    """`path` with forward slashes and without a leading `./`, as CI services match it to a repository."""
    return PurePath(path).as_posix()


def uri(path: str) -> str:
    """`path` as a URI, relative where the path is; undecodable bytes come out as they were."""
    pure = PurePath(path)
    quoted = quote(pure.as_posix().encode("utf-8", "surrogateescape" if _from_bytes(path) else "replace"))
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}" if pure.is_absolute() else quoted


def _from_bytes(path: str) -> bool:
    """Whether each lone surrogate in `path` is one by which Python stands in for a byte."""
    return all("\udc80" <= c <= "\udcff" for c in path if "\ud800" <= c <= "\udfff")
