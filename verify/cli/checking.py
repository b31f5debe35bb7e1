"""What the commands that check named drafts have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from verify.cli.streams import complain, debugging
from verify.errors import InputError, VerifyError

if TYPE_CHECKING:
    from verify.config import Config, ModelSettings
    from verify.evidence import Library
    from verify.pipeline import Models
    from verify.types import Checked

STDIN = "-"


class Draft(NamedTuple):
    """A draft that was checked, and the settings that hold for it."""

    checked: Checked
    config: Config


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of several drafts; `failures` are those that couldn't be checked and were complained of."""

    drafts: tuple[Draft, ...]
    failures: int
    models: Mapping[str, str]

    @property
    def documents(self) -> tuple[Checked, ...]:
        """The drafts without their settings."""
        return tuple(draft.checked for draft in self.drafts)

    def each(self, change: Callable[[Checked], Checked]) -> Outcome:
        """The same with `change` made to each draft."""
        return replace(self, drafts=tuple(Draft(change(d.checked), d.config) for d in self.drafts))


def check_each(
    paths: Sequence[str], settings: Callable[[str], Config], *, stdin_filename: Path | None = None
) -> Outcome:
    """Check each draft, and mark what editors let stand.

    One that can't be checked costs a line of complaint and not the others' reports.
    """
    from verify.gate.suppress import let_stand
    from verify.load import load

    drafts: list[Draft] = []
    loaded: dict[tuple[ModelSettings, Path | None], Models] = {}
    opened: dict[tuple[Path | None, ModelSettings, Path | None], Library | None] = {}
    for number, path in enumerate(paths, start=1):
        try:
            config = settings(path)
            document = load(path, stdin_filename=stdin_filename, id=f"d{number}")
            # After the document: a wrong path shouldn't cost the seconds that models take.
            from verify.pipeline import check, load_models, open_library

            key = (config.models, config.registry)
            if key not in loaded:
                loaded[key] = load_models(config)
            place = (config.index, *key)
            if place not in opened:
                opened[place] = open_library(config, loaded[key])
            checked = check(document, loaded[key], config, library=opened[place])
            drafts.append(Draft(let_stand(checked, config.levels, today=date.today()), config))
        except VerifyError as error:
            if debugging():
                raise
            complain(str(error))
    names: Mapping[str, str] = next((models.names for models in loaded.values()), {})
    return Outcome(tuple(drafts), len(paths) - len(drafts), names)


def refuse_input(output: Path, inputs: Sequence[Path | None]) -> None:
    """Raise InputError where a report would be written over a draft."""
    for path in inputs:
        with suppress(OSError, ValueError):
            if path is not None and path.samefile(output):
                problem = f"is a draft to check ({path})"
                raise InputError(str(output), problem, "name another file to write")
