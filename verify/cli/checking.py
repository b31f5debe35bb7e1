"""What the commands that check drafts have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from verify.cli.streams import Complaints, debugging, internal, warn
from verify.errors import VerifyError

if TYPE_CHECKING:
    from verify.config import Config
    from verify.gate.checking import Failure
    from verify.types import Searched

STDIN = "-"


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


def complaining() -> Callable[[Failure], None]:
    """A function that complains of drafts that couldn't be checked, and of what ails many of them once."""
    complaints = Complaints()

    def complain_of(failure: Failure) -> None:
        error = failure.error
        if debugging():
            raise error
        complaints.add(str(error) if isinstance(error, VerifyError) else f"{failure.path}: {internal(error)}")

    return complain_of
