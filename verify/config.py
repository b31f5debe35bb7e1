"""Settings: what they are, where they are found, and how they lie over one another."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, ValidationError

from verify.errors import ConfigError
from verify.resources import configs_folder
from verify.types import Level

FILE_NAMES = ("verify.toml", ".verify.toml", "pyproject.toml")
"""Where settings may stand in a folder, the first one first."""

PROFILES = ("default", "strict", "ci")
"""The shipped profiles."""

Table = dict[str, JsonValue]


class Settings(BaseModel):
    """A section of the configuration: immutable, and closed to keys that it doesn't know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelSettings(Settings):
    """Which models run, by name or path; None stands for the bundled one."""

    encoder: str | None = None
    entailment: str | None = None
    parser: str | None = None


class RelateSettings(Settings):
    """How claims are paired and judged; the values are those of `configs/default.toml`.

    `contradicts` and `supports` are thresholds on the scorer's probabilities.
    """

    neighbours: int = Field(default=12, ge=1, le=1000)
    min_cosine: float = Field(default=0.35, ge=-1, le=1)
    contradicts: float = Field(default=0.3, ge=0, le=1)
    supports: float = Field(default=0.4, ge=0, le=1)


def _as_list(value: JsonValue) -> JsonValue:
    return [value] if isinstance(value, str) else value


class Config(Settings):
    """Everything that a user can set.

    `fail_on` holds levels (that level and graver ones count), rule names and codes; a finding that
    any of them covers makes the exit status 1.
    """

    fail_on: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = (Level.WARNING.value,)
    registry: Path | None = None
    models: ModelSettings = ModelSettings()
    relate: RelateSettings = RelateSettings()
    rules: dict[str, Literal["error", "warning", "info", "off"]] = {}

    OFF: ClassVar[str] = "off"

    @property
    def levels(self) -> dict[str, Level | None]:
        """Levels by rule name, None where the rule is switched off."""
        return {name: None if level == self.OFF else Level(level) for name, level in self.rules.items()}


def load_config(
    folder: Path,
    *,
    path: Path | None = None,
    profile: str | None = None,
    rules: Mapping[str, str] | None = None,
) -> Config:
    """Return the settings that hold for a document in `folder`.

    Over the defaults lies `profile`, one of the shipped ones, and over that `path`, or else the
    nearest file upward from `folder`. `rules` maps the names of the rules to their codes; given it,
    settings that name other rules are refused. Raises ConfigError.
    """
    layers = [shipped("default")]
    if profile is not None:
        layers.append(shipped(profile))
    own = path if path is not None else discover(folder)
    if own is not None:
        layers.append(own)
    merged: Table = {}
    for layer in layers:
        table = _read(layer)
        _validate(layer, table, rules)
        merged = _overlay(merged, table)
    return Config.model_validate(merged)


def override(
    config: Config,
    *,
    encoder: str | None = None,
    entailment: str | None = None,
    fail_on: Sequence[str] = (),
    rules: Mapping[str, str] | None = None,
) -> Config:
    """Return `config` with what the command line says in place of what the files say."""
    given = {"encoder": encoder, "entailment": entailment}
    models = config.models.model_copy(update={k: v for k, v in given.items() if v is not None})
    update: dict[str, object] = {"models": models}
    if fail_on:
        _check_fail_on("--fail-on", fail_on, rules)
        update["fail_on"] = tuple(fail_on)
    return config.model_copy(update=update)


def shipped(profile: str) -> Path:
    """The file of the shipped profile of this name; raises ConfigError where there is none."""
    if profile not in PROFILES:
        raise ConfigError(f"profile {profile}", "no such profile", f"choose one of {', '.join(PROFILES)}")
    return configs_folder() / f"{profile}.toml"


def discover(folder: Path) -> Path | None:
    """The nearest file with settings in `folder` or above it, or None."""
    folder = folder.absolute()
    for parent in (folder, *folder.parents):
        for name in FILE_NAMES:
            file = parent / name
            if file.is_file() and (name != "pyproject.toml" or _has_section(file)):
                return file
    return None


def nearest(word: str, known: Sequence[str]) -> str:
    """A remedy: the known word that `word` most likely stands for, or all of them."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, known, scorer=fuzz.WRatio, score_cutoff=60)
    return f"did you mean `{best[0]}`?" if best else f"known are {', '.join(known)}"


def _has_section(file: Path) -> bool:
    tool = _parse(file).get("tool")
    return isinstance(tool, dict) and "verify" in tool


def _read(file: Path) -> Table:
    """The settings in `file`, its paths made absolute."""
    table = _parse(file)
    if file.name == "pyproject.toml":
        tool = table.get("tool")
        own = tool.get("verify", {}) if isinstance(tool, dict) else {}
        if not isinstance(own, dict):
            raise ConfigError(str(file), "`tool.verify` isn't a table", "write it as [tool.verify]")
        table = own
    registry, models = table.get("registry"), table.get("models")
    if isinstance(registry, str):
        table["registry"] = str(file.parent.absolute() / Path(registry).expanduser())
    if isinstance(models, dict):
        table["models"] = {k: _model(file.parent, v) if isinstance(v, str) else v for k, v in models.items()}
    return table


def _parse(file: Path) -> Table:
    try:
        table: Table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = f"can't be read ({error.strerror})"
        raise ConfigError(str(file), problem, "give the path of a TOML file") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(file), "isn't UTF-8 text", "give the path of a TOML file") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(file), f"isn't valid TOML: {error}", "mend that line") from error
    except RecursionError as error:
        raise ConfigError(str(file), "isn't valid TOML: nested too deeply", "flatten it") from error
    return table


def _model(folder: Path, name: str) -> str:
    """`name` as an absolute path where it is one: a model may also go by a hub's name with a slash in it."""
    path = folder.absolute() / Path(name).expanduser()
    explicit = name.startswith((".", "~", os.sep))
    return str(path) if explicit or path.exists() else name


def _validate(file: Path, table: Table, rules: Mapping[str, str] | None) -> None:
    where = str(file)
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        raise _config_error(where, error) from error
    if rules is not None:
        for name in config.rules:
            if name not in rules:
                raise ConfigError(where, f"unknown rule `{name}` in [rules]", nearest(name, list(rules)))
    _check_fail_on(where, config.fail_on, rules)


def _check_fail_on(where: str, wanted: Sequence[str], rules: Mapping[str, str] | None) -> None:
    if rules is None:
        return
    known = [*Level, *rules, *rules.values()]
    for word in wanted:
        if word not in known:
            raise ConfigError(where, f"`{word}` in fail_on is no level, rule or code", nearest(word, known))


def _config_error(where: str, error: ValidationError) -> ConfigError:
    """The first of pydantic's complaints, in our words."""
    first = error.errors(include_url=False)[0]
    path = [str(part) for part in first["loc"]]
    key = ".".join(path)
    if first["type"] == "extra_forbidden":
        section = ".".join(path[:-1])
        known = list(_fields(path[:-1]))
        inside = f" in [{section}]" if section else ""
        return ConfigError(where, f"unknown key `{path[-1]}`{inside}", nearest(path[-1], known))
    message = first["msg"][0].lower() + first["msg"][1:]
    return ConfigError(where, f"`{key}` is {first['input']!r}", message)


def _fields(section: Sequence[str]) -> Iterator[str]:
    model: type[BaseModel] = Config
    for name in section:
        annotation = model.model_fields[name].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return
        model = annotation
    yield from model.model_fields


def _overlay(below: Table, above: Table) -> Table:
    """The two tables merged, key by key, with `above` winning."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(under, dict) and isinstance(value, dict)
        merged[key] = _overlay(under, value) if both else value  # type: ignore[arg-type]
    return merged
