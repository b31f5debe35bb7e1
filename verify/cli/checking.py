"""What the commands that check drafts have in common."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from verify.cli.streams import Complaints, debugging, internal, warn
from verify.errors import VerifyError

if TYPE_CHECKING:
    from verify.config import Config, ModelSettings
    from verify.evidence import Library
    from verify.pipeline import Models
    from verify.types import Checked, Searched

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

    def each(self, change: Callable[[Draft], Checked]) -> Outcome:
        """The same with `change` made to each draft."""
        return replace(self, drafts=tuple(Draft(change(draft), draft.config) for draft in self.drafts))


def settings_of(
    *,
    config: Path | None,
    profile: str | None,
    encoder: str | None = None,
    entailment: str | None = None,
    index: Path | None = None,
    fail_on: Sequence[str] | None = None,
) -> Callable[[Path | None], Config]:
    """A function that gives the settings of a draft by its path, None for one without; it raises ConfigError.

    They are those of files and profiles, and over them what these options say.
    """
    from verify.config import load_config, override
    from verify.rules.notices import known_rules

    codes = known_rules()

    @lru_cache(maxsize=1024)  # a draft's settings are wanted before it is checked and after
    def settings(draft: Path | None) -> Config:
        folder = draft.parent if draft is not None else Path()
        found = load_config(folder, path=config, profile=profile, rules=codes, draft=draft)
        return override(
            found, encoder=encoder, entailment=entailment, index=index, fail_on=fail_on or (), rules=codes
        )

    return settings


def warn_of_empty(searched: Searched) -> None:
    """Warn of an archive without documents: that nothing was found there tells nothing."""
    if not searched.documents:
        remedy = "nothing can be found in it; put some in with `verify index add`"
        warn(f"index {searched.archive} holds no documents: {remedy}")


def any_draft_of(path: Path) -> Path:
    """A path whose settings are those for what is at `path`: a draft itself, or any draft of a folder."""
    return path / "draft" if os.path.isdir(path) else path


def check_each(
    paths: Sequence[str], settings: Callable[[str], Config], *, stdin_filename: Path | None = None
) -> Outcome:
    """Check each draft, and mark what editors let stand.

    One that can't be checked costs a line of complaint, one for all with the same, and not the others'
    reports.
    """
    from verify.gate.suppress import let_stand
    from verify.load import load
    from verify.report.summary import names_together

    drafts: list[Draft] = []
    complaints = Complaints()
    loaded: dict[tuple[ModelSettings, Path | None], Models] = {}
    opened: dict[tuple[Path | None, ModelSettings, Path | None], Library | None] = {}
    with ExitStack() as libraries:
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
                    opened[place] = library = open_library(config, loaded[key])
                    if library is not None:
                        libraries.callback(library.close)
                        warn_of_empty(library.searched)
                checked = check(document, loaded[key], config, library=opened[place])
                drafts.append(Draft(let_stand(checked, config.levels, today=date.today()), config))
            except Exception as error:  # whatever befalls one draft costs the others nothing
                if debugging():
                    raise
                complaints.add(str(error) if isinstance(error, VerifyError) else f"{path}: {internal(error)}")
    models = names_together(models.names for models in loaded.values())
    return Outcome(tuple(drafts), len(paths) - len(drafts), models)
