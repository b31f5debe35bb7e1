"""Settings: what they are, where they are found, and how they lie over one another."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, ValidationError

from verify.errors import ConfigError
from verify.resources import configs_folder
from verify.types import Diff, Level

FILE_NAMES = ("verify.toml", ".verify.toml", "pyproject.toml")
"""Where settings may stand in a folder, the first one first."""

PROFILES = ("default", "draft", "publish", "strict", "ci")
"""The shipped profiles."""

PATHS = (("registry",), ("index",), ("cache", "path"), ("gate", "baseline"))
"""Where settings hold paths, which count from the folder of the file that names them."""

DEFAULT = "default"
"""The origin of what no other file or option sets."""

Table = dict[str, JsonValue]


class Settings(BaseModel):
    """A section of the configuration: immutable, and closed to keys that it doesn't know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelSettings(Settings):
    """Which models run, by name or path; None stands for the bundled one.

    `larger` is a second entailment model, which is asked what the first leaves open, or `"none"`; the bundled
    one stands beside the bundled first alone. `attribution` is the folder of a tagger, or `"rules"` for
    attribution by rules alone.
    """

    encoder: str | None = None
    entailment: str | None = None
    larger: str | None = None
    attribution: str | None = None
    parser: str | None = None


class RelateSettings(Settings):
    """How claims are paired and judged; the values are those of `configs/default.toml`.

    `promise` is the probability of a relation from which the entailment model is asked about a pair, and
    `larger_promise` the one, after its answer, from which the larger model is;
    `contradicts` and `supports` are thresholds on the scorer's probabilities.
    """

    neighbours: int = Field(default=24, ge=1, le=1000)
    min_cosine: float = Field(default=0.1, ge=-1, le=1)
    promise: float = Field(default=0.03, ge=0, le=1)
    larger_promise: float = Field(default=0.08, ge=0, le=1)
    contradicts: float = Field(default=0.525, ge=0, le=1)
    supports: float = Field(default=0.225, ge=0, le=1)


class CacheSettings(Settings):
    """Where computed results are kept between runs, and how much room they may take.

    `path` is a folder; None stands for the user's own for caches.
    """

    enabled: bool = True
    path: Path | None = None
    megabytes: int = Field(default=512, ge=1)


class GateSettings(Settings):
    """What `verify gate` compares a change with."""

    baseline: Path | None = None
    diff: Diff = Diff.ADDED


def as_list(value: JsonValue) -> JsonValue:
    """A single word as a list of one."""
    return [value] if isinstance(value, str) else value


class Threshold(Settings):
    """What a draft has to do to fail; may be set anew for drafts by their paths.

    `fail_on` holds levels (that level and graver ones count), rule names and codes; a finding that any of
    them covers, with a score of `min_score` or more, makes the exit status 1. A larger share of the text than
    `max_unchecked` left unchecked makes it 3.
    """

    fail_on: Annotated[tuple[str, ...], BeforeValidator(as_list)] = (Level.WARNING.value,)
    min_score: float = Field(default=0.0, ge=0, le=1)
    max_unchecked: float = Field(default=1.0, ge=0, le=1)
    rules: dict[str, Literal["error", "warning", "info", "off"]] = {}


class Config(Threshold):
    """Everything that a user can set, for one draft."""

    registry: Path | None = None
    index: Path | None = None
    models: ModelSettings = ModelSettings()
    relate: RelateSettings = RelateSettings()
    cache: CacheSettings = CacheSettings()
    gate: GateSettings = GateSettings()

    OFF: ClassVar[str] = "off"

    @property
    def levels(self) -> dict[str, Level | None]:
        """Levels by rule name, None where the rule is switched off."""
        return {name: None if level == self.OFF else Level(level) for name, level in self.rules.items()}


class ConfigFile(Config):
    """What a file of settings may hold: those for all drafts, and those for some.

    `profile` is the shipped one that lies under the file. `per_file` maps patterns in gitignore's syntax,
    matched below the folder of the file, to what holds for the drafts that they match; later ones win.
    """

    profile: str | None = None
    per_file: dict[str, Threshold] = {}


@dataclass(frozen=True, slots=True)
class Effective:
    """The settings that hold for a draft, and where each comes from.

    `origins` maps dotted keys ("relate.neighbours", "rules.single-source") to "default", "profile strict", a
    file, or a file and a pattern in it.
    """

    config: Config
    origins: Mapping[str, str]


def load_config(
    folder: Path,
    *,
    path: Path | None = None,
    profile: str | None = None,
    rules: Mapping[str, str] | None = None,
    draft: Path | None = None,
) -> Config:
    """Return the settings that hold for a document in `folder`.

    Over the defaults lies `profile`, one of the shipped ones, and over that `path`, or else the
    nearest file upward from `folder`, with its sections for `draft` on top. `rules` maps the names of the
    rules to their codes; given it, settings that name other rules are refused. Raises ConfigError.
    """
    return effective(folder, path=path, profile=profile, rules=rules, draft=draft).config


def effective(
    folder: Path,
    *,
    path: Path | None = None,
    profile: str | None = None,
    rules: Mapping[str, str] | None = None,
    draft: Path | None = None,
) -> Effective:
    """Return what `load_config` does, and where each value comes from; raises ConfigError."""
    own = path if path is not None else discover(folder)
    table: Table = {}
    sections: list[tuple[str, Table]] = []
    if own is not None:
        table = _read(own)
        given = _validate(own, table, rules)
        profile = profile or given.profile
        sections = list(_sections(own, table, draft))
    layers = [(DEFAULT, _shipped(DEFAULT, rules))]
    if profile is not None:
        layers.append((f"profile {profile}", _shipped(profile, rules)))
    layers += [
        (str(own), {key: value for key, value in table.items() if key in Config.model_fields}),
        *sections,
    ]
    merged: Table = {}
    origins: dict[str, str] = {}
    for name, layer in layers:
        merged = _overlay(merged, layer)
        origins |= dict.fromkeys(_keys(layer), name)
    return Effective(Config.model_validate(merged), origins)


def _shipped(profile: str, rules: Mapping[str, str] | None) -> Table:
    file = shipped(profile)
    table = _read(file)
    _validate(file, table, rules)
    return table


def _sections(file: Path, table: Table, draft: Path | None) -> Iterator[tuple[str, Table]]:
    """The sections of `file` for `draft`, in their order."""
    from pathspec import GitIgnoreSpec

    sections = table.get("per_file")
    if draft is None or not isinstance(sections, dict):
        return
    try:
        inside = Path(os.path.abspath(draft)).relative_to(os.path.abspath(file.parent)).as_posix()
    except ValueError:
        return
    for pattern, section in sections.items():
        if isinstance(section, dict) and GitIgnoreSpec.from_lines([pattern]).match_file(inside):
            yield f"{file} [per_file.{json.dumps(pattern)}]", section


def _keys(table: Table, above: str = "") -> Iterator[str]:
    """The dotted keys of the values in `table`."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _keys(value, f"{above}{key}.")
        else:
            yield above + key


def override(
    config: Config,
    *,
    encoder: str | None = None,
    entailment: str | None = None,
    index: Path | None = None,
    fail_on: Sequence[str] = (),
    rules: Mapping[str, str] | None = None,
) -> Config:
    """Return `config` with what the command line says in place of what the files say."""
    given = {"encoder": encoder, "entailment": entailment}
    models = config.models.model_copy(update={k: v for k, v in given.items() if v is not None})
    update: dict[str, object] = {"models": models}
    if index is not None:
        update["index"] = index
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
            if os.path.isfile(file) and (name != "pyproject.toml" or _has_section(file)):
                return file
    return None


def nearest(word: str, known: Sequence[str]) -> str:
    """A remedy: the known word that `word` most likely stands for, or all of them."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, known, scorer=fuzz.WRatio, score_cutoff=60)
    return f"did you mean `{best[0]}`?" if best else f"known are {', '.join(known)}"


def _has_section(file: Path) -> bool:
    tool = read_toml(file).get("tool")
    return isinstance(tool, dict) and "verify" in tool


def _read(file: Path) -> Table:
    """The settings in `file`, its paths made absolute."""
    table = read_toml(file)
    if file.name == "pyproject.toml":
        tool = table.get("tool")
        own = tool.get("verify", {}) if isinstance(tool, dict) else {}
        if not isinstance(own, dict):
            raise ConfigError(str(file), "`tool.verify` isn't a table", "write it as [tool.verify]")
        table = own
    for keys in PATHS:
        _make_absolute(table, keys, file.parent.absolute())
    models = table.get("models")
    if isinstance(models, dict):
        table["models"] = {k: _model(file.parent, v) if isinstance(v, str) else v for k, v in models.items()}
    return table


def _make_absolute(table: Table, keys: Sequence[str], folder: Path) -> None:
    """Make the path under `keys` in `table` count from `folder`, if there is one."""
    key, *rest = keys
    value = table.get(key)
    if rest and isinstance(value, dict):
        _make_absolute(value, rest, folder)
    elif not rest and isinstance(value, str):
        table[key] = str(folder / os.path.expanduser(value))


def read_toml(file: Path) -> Table:
    """The tables in a file of settings; raises ConfigError where it can't be read."""
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
    path = folder.absolute() / os.path.expanduser(name)
    explicit = name.startswith((".", "~", os.sep))
    return str(path) if explicit or os.path.exists(path) else name


def _validate(file: Path, table: Table, rules: Mapping[str, str] | None) -> ConfigFile:
    where = str(file)
    try:
        given = ConfigFile.model_validate(table)
    except ValidationError as error:
        raise config_error(where, error, ConfigFile) from error
    if given.profile is not None and given.profile not in PROFILES:
        raise ConfigError(
            where, f"there is no profile `{given.profile}`", f"choose one of {', '.join(PROFILES)}"
        )
    _check_rules(where, "", given, rules)
    for pattern, section in given.per_file.items():
        _check_rules(where, f"per_file.{json.dumps(pattern)}.", section, rules)
        _check_pattern(where, pattern)
    return given


def _check_rules(where: str, section: str, given: Threshold, rules: Mapping[str, str] | None) -> None:
    if rules is None:
        return
    for name in given.rules:
        if name not in rules:
            raise ConfigError(where, f"unknown rule `{name}` in [{section}rules]", nearest(name, list(rules)))
    _check_fail_on(where, given.fail_on, rules)


def _check_pattern(where: str, pattern: str) -> None:
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines([pattern])
    except ValueError as error:
        raise ConfigError(
            where, f"{pattern!r} in per_file is no pattern", "write it as in .gitignore"
        ) from error
    if not any(part.include for part in spec.patterns):
        raise ConfigError(where, f"{pattern!r} in per_file matches nothing", "write it as in .gitignore")


def _check_fail_on(where: str, wanted: Sequence[str], rules: Mapping[str, str] | None) -> None:
    if rules is None:
        return
    known = [*Level, *rules, *rules.values()]
    for word in wanted:
        if word not in known:
            raise ConfigError(where, f"`{word}` in fail_on is no level, rule or code", nearest(word, known))


def config_error(where: str, error: ValidationError, model: type[BaseModel]) -> ConfigError:
    """The first of pydantic's complaints about a `model`, in our words; unknown keys before all others."""
    first = min(error.errors(include_url=False), key=lambda each: each["type"] != "extra_forbidden")
    path = [str(part) for part in first["loc"]]
    key = ".".join(path)
    if first["type"] == "extra_forbidden":
        section = ".".join(path[:-1])
        known = list(_fields(model, path[:-1]))
        inside = f" in [{section}]" if section else ""
        return ConfigError(where, f"unknown key `{path[-1]}`{inside}", nearest(path[-1], known))
    if first["type"] == "missing":
        return ConfigError(where, f"`{key}` is missing", "give it")
    message = first["msg"][0].lower() + first["msg"][1:]
    return ConfigError(where, f"`{key}` is {first['input']!r}", message)


def _fields(model: type[BaseModel], section: Sequence[str]) -> Iterator[str]:
    """The keys of a section of `model`, found from the types of the settings above it."""
    kind: object = model
    for name in section:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[name].annotation
        else:  # a table with keys of the user's own, or a list of tables
            kind = next((arg for arg in reversed(get_args(kind)) if arg is not ...), None)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from kind.model_fields


def _overlay(below: Table, above: Table) -> Table:
    """The two tables merged, key by key, with `above` winning."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(under, dict) and isinstance(value, dict)
        merged[key] = _overlay(under, value) if both else value  # type: ignore[arg-type]
    return merged
