"""The registry of sources: canonical names, aliases and the parties that they speak for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from verify.errors import ConfigError
from verify.resources import configs_folder

KINDS = frozenset({"state", "government", "agency", "organisation", "group", "media", "company", "person"})
KEYS = frozenset({"name", "kind", "party", "aliases"})
ACRONYM = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]+)?\b")
NAME = re.compile(r"[^\W\d_][\w.-]*\w|\w")
LONGEST_ALIAS = 6
"""Words of the longest alias that is looked for inside a longer phrase."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A known source."""

    name: str
    kind: str
    party: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Entities by normalised alias, and states by the adjectives of their peoples."""

    entities: Mapping[str, Entity]
    peoples: Mapping[str, str]

    @property
    def parties(self) -> Mapping[str, str]:
        """The parties by normalised alias."""
        return {alias: entity.party for alias, entity in self.entities.items()}

    def find(self, text: str) -> Entity | None:
        """The entity that `text` as a whole is a name of."""
        return self.entities.get(normalised(text))

    def canonical(self, text: str) -> str:
        """`text` with the acronyms of groups and bodies written as their names: "ISIS" as "Islamic State"."""

        def name(match: re.Match[str]) -> str:
            entity = self.entities.get(match.group().lower())
            return (
                entity.name
                if entity is not None and entity.kind not in {"state", "government"}
                else match.group()
            )

        return ACRONYM.sub(name, text)

    def parties_in(self, text: str) -> frozenset[str]:
        """The parties that `text` names, by any alias or as a people: "Russian bombers", "Kyiv's claim"."""
        words = NAME.findall(text.replace("’s", "").replace("'s", ""))
        found = {state for word in words if (state := self.state_of(word)) is not None}
        for size in range(1, LONGEST_ALIAS):
            groups = (" ".join(words[k : k + size]) for k in range(len(words) - size + 1))
            found |= {entity.party for group in groups if (entity := self._named(group)) is not None}
        return frozenset(found)

    def _named(self, words: str) -> Entity | None:
        return self.entities.get(words.lower()) if words[:1].isupper() else None

    def state_of(self, word: str) -> str | None:
        """The state whose people, name or seat of government `word` is ("Polish", "Poland", "Warsaw")."""
        people = self.peoples.get(word.lower())
        if people is not None:
            return people
        entity = self.entities.get(normalised(word))
        return entity.party if entity is not None and entity.kind in {"state", "government"} else None


def normalised(text: str) -> str:
    """`text` in lower case, one kind of apostrophe, without an article or a closing possessive."""
    words = text.lower().replace("’", "'").split()
    if words[:1] == ["the"]:
        words = words[1:]
    return " ".join(words).removesuffix("'s")


def load_registry(extra: Path | None = None) -> Registry:
    """The shipped registry, with the user's file `extra` over it. Raises ConfigError for a malformed file."""
    entities: dict[str, Entity] = {}
    peoples: dict[str, str] = {}
    _add(entities, _countries())
    for file in (configs_folder() / "registry.toml", *([extra] if extra is not None else [])):
        table = _parse(file)
        peoples |= {k.lower(): v for k, v in _peoples(file, table).items()}
        for entity, aliases in _entities(file, table):
            _add(entities, [(entity, aliases)])
    return Registry(entities, peoples)


def _add(entities: dict[str, Entity], new: Iterable[tuple[Entity, Iterable[str]]]) -> None:
    for entity, aliases in new:
        for alias in (entity.name, *aliases):
            entities[normalised(alias)] = entity


def _countries() -> Iterable[tuple[Entity, list[str]]]:
    import pycountry

    for country in pycountry.countries:
        name = getattr(country, "common_name", None) or country.name.split(",")[0]
        aliases = [country.name, *filter(None, [getattr(country, "official_name", None)])]
        yield Entity(name, "state", name), aliases


def _parse(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = f"can't be read ({error.strerror})"
        raise ConfigError(str(file), problem, "give the path of a registry in TOML") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(str(file), f"isn't valid TOML ({error})", "see docs/registry.md") from error


def _peoples(file: Path, table: Mapping[str, object]) -> dict[str, str]:
    peoples = table.get("peoples", {})
    if not isinstance(peoples, dict) or not all(isinstance(v, str) for v in peoples.values()):
        raise ConfigError(str(file), "[peoples] isn't a table of names", 'write "Polish" = "Poland"')
    if unknown := set(table) - {"peoples", "entity"}:
        raise ConfigError(str(file), f"unknown key `{min(unknown)}`", "known are [peoples] and [[entity]]")
    return peoples


def _entities(file: Path, table: Mapping[str, object]) -> Iterable[tuple[Entity, list[str]]]:
    rows = table.get("entity", [])
    if not isinstance(rows, list):
        raise ConfigError(str(file), "`entity` isn't a list of tables", "write [[entity]]")
    for number, row in enumerate(rows, start=1):
        where = f"{file}: entity {number}"
        if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
            raise ConfigError(where, "has no name", 'write name = "..."')
        if unknown := set(row) - KEYS:
            raise ConfigError(where, f"unknown key `{min(unknown)}`", f"known are {', '.join(sorted(KEYS))}")
        kind, party, aliases = (
            row.get("kind", "organisation"),
            row.get("party", row["name"]),
            row.get("aliases", []),
        )
        if kind not in KINDS:
            raise ConfigError(where, f"kind is {kind!r}", f"choose one of {', '.join(sorted(KINDS))}")
        if (
            not isinstance(party, str)
            or not isinstance(aliases, list)
            or not all(isinstance(a, str) for a in aliases)
        ):
            raise ConfigError(where, "party or aliases aren't text", "write aliases as a list of names")
        yield Entity(row["name"], kind, party), aliases
