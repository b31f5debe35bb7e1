"""Whether reports can go where they are meant to, asked before anything runs."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from verify.errors import InputError


def require_free(
    outputs: Sequence[Path],
    *,
    drafts: Iterable[Path],
    settings: Path | None,
    baselines: Iterable[Path] = (),
    ignorable: bool = False,
) -> None:
    """Raise InputError for an output that has no folder, is one, is meant for two reports, or is needed.

    `ignorable` says that `.verifyignore` may leave drafts out. Pipes and devices take anything.
    """
    other = "name another file to write"
    draft = ("is a draft to check", f"{other}, or let .verifyignore leave it out" if ignorable else other)
    needed = (
        *((path, draft) for path in drafts),
        *((path, ("is the baseline", other)) for path in baselines),
        *([(settings, ("holds the settings", other))] if settings is not None else ()),
    )
    known = {identity: why for path, why in needed for identity in _identities(path)}
    for output in outputs:
        path = os.path.realpath(output)
        if os.path.isdir(path):
            raise InputError(str(output), "can't be written (it is a folder)", "name a file in it")
        if os.path.exists(path) and not os.path.isfile(path):
            continue
        if not os.path.isdir(os.path.dirname(path)):
            raise InputError(str(output), "can't be written (its folder isn't there)", "make it first")
        own = _identities(output)
        why = next((known[identity] for identity in own if identity in known), None)
        if why is not None:
            raise InputError(str(output), *why)
        known |= dict.fromkeys(own, ("is named for two reports", other))


def _identities(path: Path) -> set[Hashable]:
    """What tells a file from others: its path without links, and itself, which may have more names."""
    found: set[Hashable] = set()
    with suppress(OSError, ValueError):  # such as a NUL in the name: there is no such file
        found.add(os.path.realpath(path))
        status = os.stat(path)
        found.add((status.st_dev, status.st_ino))
    return found
