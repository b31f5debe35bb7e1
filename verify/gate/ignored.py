"""Which files `.verifyignore` leaves out: lists of patterns in gitignore's syntax, in any folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verify.errors import ConfigError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".verifyignore"


def ignoring() -> Callable[[Path], bool]:
    """A function that tells whether a file or folder is left out; it reads each list once.

    Of the lists in its folder and in those above, the nearest that speaks of it decides. The function raises
    ConfigError for a list that can't be read.
    """
    spec_of = cache(_spec)

    def is_ignored(path: Path) -> bool:
        path = Path(os.path.abspath(path))
        ending = "/" if os.path.isdir(path) else ""
        for folder in path.parents:
            spec = spec_of(folder)
            decided = spec.check_file(path.relative_to(folder).as_posix() + ending).include if spec else None
            if decided is not None:
                return decided
        return False

    return is_ignored


def _spec(folder: Path) -> GitIgnoreSpec | None:
    file = folder / IGNORE_FILE
    if not file.is_file():
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(file.read_text(encoding="utf-8-sig").splitlines())
    except OSError as error:
        raise ConfigError(str(file), f"can't be read ({error.strerror})", "mend its permissions") from error
    except ValueError as error:  # of the encoding too
        problem = f"isn't a list of patterns ({' '.join(str(error).split())[:120]})"
        raise ConfigError(str(file), problem, "write it as a .gitignore") from error
