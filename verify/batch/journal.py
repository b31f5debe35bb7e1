"""What came of each draft, a line of JSON each, written as it comes: where a run that was cut off goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from verify.errors import InputError
from verify.files import replace_file
from verify.stored import Result, dump, restore


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one draft: a result, or what was in its way.

    `key` is that of `verify.cache.results`, None where the draft couldn't be read or a model isn't there.
    """

    path: str
    key: str | None
    result: Result | None = None
    problem: str | None = None


class Journal:
    """Outcomes in the order of the drafts, in the file `path`. Not much of it is ever in memory.

    To `resume` is to keep what an earlier run wrote aside while this one writes the file anew. So a run may
    be cut off at any point, again and again, and nothing is checked twice.
    """

    def __init__(self, path: Path, *, resume: bool) -> None:
        """Raises InputError where the file can't be written."""
        self.path = path
        self._aside = path.with_name(f"{path.name}.earlier")
        self._starts: list[int] = []
        try:
            with ExitStack() as opened:
                if resume:
                    _keep(path, self._aside)
                self._aside.touch()
                self._earlier = opened.enter_context(self._aside.open("rb"))
                self._places = {
                    (outcome.path, outcome.key): place for place, outcome in _outcomes(self._earlier)
                }
                self._file = opened.enter_context(path.open("w+b"))
                self._opened = opened.pop_all()
        except OSError as error:
            raise InputError(
                str(path), f"can't be written ({error.strerror})", "give --output a file in another folder"
            ) from error

    def earlier(self, path: str, key: str) -> Outcome | None:
        """What an earlier run found in the draft at `path`, if all that it came from is the same."""
        place = self._places.get((path, key))
        return None if place is None else _read(self._earlier, place)

    def append(self, outcome: Outcome) -> None:
        """Write the next outcome."""
        self._starts.append(self._file.seek(0, os.SEEK_END))
        self._file.write(dump(outcome).encode() + b"\n")
        self._file.flush()

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> Outcome:
        """The outcome of this number, from 0."""
        outcome = _read(self._file, self._starts[number])
        if outcome is None:
            raise InputError(str(self.path), "was changed while it was in use", "run the command again")
        return outcome

    def __iter__(self) -> Iterator[Outcome]:
        return (self[number] for number in range(len(self)))

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the files; what an earlier run wrote is needed where this one didn't come to its end."""
        self._opened.close()
        if kind is None:
            self._aside.unlink(missing_ok=True)


def _keep(path: Path, aside: Path) -> None:
    """Put what `path` holds into `aside`, after what is there already from a run before it."""

    def fill(target: Path) -> None:
        with target.open("wb") as out:
            for part in (aside, path):
                if part.exists():
                    with part.open("rb") as lines:
                        out.writelines(line for line in lines if line.endswith(b"\n"))  # but a torn one

    replace_file(aside, fill)


def _outcomes(file: BinaryIO) -> Iterator[tuple[int, Outcome]]:
    place = 0
    for line in file:
        with suppress(ValueError):
            outcome = restore(line, Outcome)
            if outcome.result is not None:  # what failed is tried again
                yield place, outcome
        place += len(line)


def _read(file: BinaryIO, place: int) -> Outcome | None:
    file.seek(place)
    with suppress(ValueError):
        return restore(file.readline(), Outcome)
    return None
