"""`verify config`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.options import (
    ArchivePath,
    ConfigFile,
    EncoderName,
    EntailmentName,
    FailOn,
    ProfileName,
)
from verify.cli.streams import write_stdout
from verify.printable import printable

if TYPE_CHECKING:
    from pydantic import JsonValue


def config(  # noqa: PLR0917 (typer takes options as arguments)
    path: Annotated[
        Path, typer.Argument(metavar="DRAFT|FOLDER", help="What the settings are wanted for.")
    ] = Path(),
    file: ConfigFile = None,
    profile: ProfileName = None,
    index: ArchivePath = None,
    encoder: EncoderName = None,
    entailment: EntailmentName = None,
    fail_on: FailOn = None,
) -> None:
    """Print the settings that hold for a draft, as TOML, and where each comes from."""
    from verify.config import effective, override
    from verify.rules.notices import catalogue, known_rules

    codes = known_rules()
    folder, draft = (path, None) if os.path.isdir(path) else (path.parent, path)
    found = effective(folder, path=file, profile=profile, rules=codes, draft=draft)
    holding = override(
        found.config,
        encoder=encoder,
        entailment=entailment,
        index=index,
        fail_on=fail_on or (),
        rules=codes,
    )
    options = {
        "fail_on": fail_on,
        "index": index,
        "models.encoder": encoder,
        "models.entailment": entailment,
    }
    origins = {f"rules.{rule.name}": "the rule itself" for rule in catalogue()} | dict(found.origins)
    origins |= {key: "option" for key, value in options.items() if value}
    levels = {rule.name: rule.level.value for rule in catalogue()} | holding.rules
    write_stdout(
        "".join(f"{line}\n" for line in _toml(holding.model_dump(mode="json") | {"rules": levels}, origins))
    )


def _toml(table: Mapping[str, JsonValue], origins: Mapping[str, str]) -> Iterator[str]:
    """The values of a table and then the tables in it, each value with where it comes from."""
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    yield from _values(plain, "", origins)
    for name, values in table.items():
        if isinstance(values, dict):
            yield ""
            yield f"[{name}]"
            yield from _values(values, f"{name}.", origins)


def _values(values: Mapping[str, JsonValue], above: str, origins: Mapping[str, str]) -> Iterator[str]:
    from verify.config import DEFAULT

    shown = {
        key: f"{key} = {printable(json.dumps(value, ensure_ascii=False))}"
        if value is not None
        else f"# {key} ="
        for key, value in values.items()
    }
    widest = max(map(len, shown.values()), default=0)
    for key, line in shown.items():
        yield f"{line:<{widest}}  # {printable(origins.get(above + key, DEFAULT))}"
