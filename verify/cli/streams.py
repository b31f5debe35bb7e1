"""Where a command's words go: standard output, a file written whole, or one line of complaint."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from verify.errors import InputError
from verify.files import replace_file
from verify.printable import printable
from verify.report.display import Display

WIDEST = 120
"""Columns beyond which lines are tiring to read."""

NARROWEST = 40


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def debugging() -> bool:
    """Whether $VERIFY_DEBUG asks for tracebacks."""
    return os.environ.get("VERIFY_DEBUG", "") not in {"", "0"}


def complain(message: str) -> None:
    """Write one line to standard error, harmless to the terminal."""
    sys.stderr.write(f"verify: error: {printable(message)}\n")


@dataclass(frozen=True, slots=True)
class Complaints:
    """Complaints of a run over many drafts; what ails many, as a model that isn't there, is said once."""

    made: set[str] = field(default_factory=set)

    def add(self, message: str) -> None:
        """Complain, unless that was said before."""
        if message not in self.made:
            self.made.add(message)
            complain(message)


def warn(message: str) -> None:
    """As `complain`, for what costs time or room, and nothing else."""
    sys.stderr.write(f"verify: warning: {printable(message)}\n")


def remark(message: str) -> None:
    """As `complain`, for what a user should know, and nothing is wrong with."""
    sys.stderr.write(f"verify: {printable(message)}\n")


def internal(error: Exception) -> str:
    """What to say of an error that is the program's own."""
    said = ": ".join(part for part in ("internal error", type(error).__name__, str(error)) if part)
    return f"{said}; set VERIFY_DEBUG=1 to see where"


def note(text: str) -> None:
    """Write lines for people to standard error, beside a report that may be for machines."""
    sys.stderr.write(text)


def display_of(output: Path | None, color: Color) -> Display:
    """The surface of a report: a file, or for None standard output.

    Standard output is as wide as $COLUMNS or the terminal, or 100 columns in a pipe.
    """
    if output is not None:
        return Display(color=color is Color.ALWAYS)
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns
    # https://no-color.org: any value but the empty one; a dumb terminal would show the codes.
    plain = os.environ.get("NO_COLOR", "") != "" or os.environ.get("TERM") == "dumb"
    wanted = color is Color.ALWAYS or (color is Color.AUTO and terminal and not plain)
    return Display(width=max(NARROWEST, min(width, WIDEST)), color=wanted)


def write_report(output: Path | None, text: str) -> None:
    """Write to the file, or for None to standard output; raises InputError."""
    if output is None:
        write_stdout(text)
    else:
        _write_file(output, text)


def write_stdout(text: str) -> None:
    """Write to standard output; a reader who went away (`| head`) is no error.

    Raises InputError where it can't be written, as on a full disk.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(_encodable(text, encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        problem = f"can't be written ({error.strerror})"
        raise InputError("standard output", problem, "make room, or give --output a file") from error


def silence_stdout() -> None:
    """Send what Python would still flush at its end to nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _encodable(text: str, encoding: str) -> str:
    """`text` with what the stream's encoding lacks in plain characters, or spelled out."""
    if encoding.lower().replace("-", "") == "utf8":
        return text
    plain = text.translate({0x2026: "...", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})
    return plain.encode(encoding, "backslashreplace").decode(encoding)


def _write_file(path: Path, text: str) -> None:
    """Write the file whole or not at all; a link's target, and straight into a pipe or a device.

    Raises InputError.
    """

    def write(target: Path) -> None:
        target.write_text(text, encoding="utf-8", newline="\n")

    try:
        if path.exists() and not path.is_file():
            write(path)
        else:
            replace_file(Path(os.path.realpath(path)), write)
    except OSError as error:
        problem = f"can't be written ({error.strerror})"
        raise InputError(
            str(path), problem, "give --output a file in a folder that you may write to"
        ) from error
