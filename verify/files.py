"""Files and folders written whole or not at all, and the files of a folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import InputError


def write_text(path: Path, text: str) -> None:
    """Write `text` to a file in UTF-8; raises InputError."""
    write_whole(path, lambda aside: aside.write_text(text, encoding="utf-8", newline="\n"))


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file aside, then put it in the place of `path`; raises InputError."""
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, write)


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """The same in a folder that is there, with the permissions that new files get; raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    os.close(handle)
    aside = Path(name)
    try:
        write(aside)
        aside.chmod(0o666 & ~_umask())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_folder(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a folder aside, then put it in the place of the folder `path`; raises InputError."""
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:40]}."))
        try:
            write(aside)
            aside.chmod(0o755)
            old = path.with_name(f".{path.name}.old")
            shutil.rmtree(old, ignore_errors=True)
            if path.exists():
                os.replace(path, old)
            os.replace(aside, path)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def files_below(
    folder: Path, close: Callable[[OSError], None], *, ignored: Callable[[Path], bool] = lambda _: False
) -> Iterator[Path]:
    """The files in a folder and in those below it, in order; links to folders aren't followed.

    What is hidden is left out, and what `ignored` says. `close` is told of folders that can't be looked into.
    """
    for root, folders, files in os.walk(folder, onerror=close):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not ignored(here / name))
        for name in sorted(files):
            if not name.startswith(".") and not ignored(here / name):
                yield here / name


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the file system raises into an InputError for `path`."""
    try:
        yield
    except OSError as error:
        problem = f"can't be written ({error.strerror})"
        raise InputError(str(path), problem, "name a folder that you may write to") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
