"""Drafts checked one after the other, with the findings marked that editors let stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from verify.config import Config, ModelSettings
from verify.gate.suppress import let_stand
from verify.load import load
from verify.report.summary import names_together
from verify.types import Checked, Searched

if TYPE_CHECKING:
    from verify.evidence import Library
    from verify.pipeline import Models


class CheckedDraft(NamedTuple):
    """A draft that was checked, and the settings that hold for it."""

    checked: Checked
    config: Config


@dataclass(frozen=True, slots=True)
class Failure:
    """A draft that couldn't be checked, and why: a VerifyError, or whatever befell the program."""

    path: str
    error: Exception


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of several drafts, and the names of the models that checked them; see `verify.types.Run`."""

    drafts: tuple[CheckedDraft, ...]
    failures: tuple[Failure, ...]
    models: Mapping[str, str]

    @property
    def documents(self) -> tuple[Checked, ...]:
        """The drafts without their settings."""
        return tuple(draft.checked for draft in self.drafts)

    def each(self, change: Callable[[CheckedDraft], Checked]) -> CheckResult:
        """The same with `change` made to each draft."""
        return replace(self, drafts=tuple(CheckedDraft(change(draft), draft.config) for draft in self.drafts))


def unheard(_: object) -> None:
    """For callers who have no use for what is told while drafts are checked."""


def check_each(
    paths: Sequence[str],
    settings: Callable[[str], Config],
    *,
    today: date,
    stdin_filename: Path | None = None,
    failed: Callable[[Failure], object] = unheard,
    opened: Callable[[Searched], object] = unheard,
) -> CheckResult:
    """Check each draft, and mark what editors let stand; one that can't be checked doesn't cost the others.

    `failed` is told of such a draft as it comes, and may raise to end it all; `opened` of each archive.
    """
    drafts: list[CheckedDraft] = []
    failures: list[Failure] = []
    models: dict[tuple[ModelSettings, Path | None], Models] = {}
    libraries: dict[tuple[Path | None, ModelSettings, Path | None], Library | None] = {}
    with ExitStack() as closing:
        for number, path in enumerate(paths, start=1):
            try:
                config = settings(path)
                document = load(path, stdin_filename=stdin_filename, id=f"d{number}")
                # After the document: a wrong path shouldn't cost the seconds that models take.
                from verify.pipeline import check, load_models, open_library

                key = (config.models, config.registry)
                if key not in models:
                    models[key] = load_models(config)
                place = (config.index, *key)
                if place not in libraries:
                    libraries[place] = library = open_library(config, models[key])
                    if library is not None:
                        closing.callback(library.close)
                        opened(library.searched)
                checked = check(document, models[key], config, library=libraries[place])
                drafts.append(CheckedDraft(let_stand(checked, config.levels, today=today), config))
            except Exception as error:  # noqa: BLE001 (whatever befalls one draft costs the others nothing)
                failures.append(Failure(path, error))
                failed(failures[-1])
    names = names_together(loaded.names for loaded in models.values())
    return CheckResult(tuple(drafts), tuple(failures), names)
