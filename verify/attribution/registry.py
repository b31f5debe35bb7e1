"""The registry of sources: canonical names, aliases and the parties that they speak for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from verify.errors import ConfigError
from verify.resources import configs_folder

KINDS = frozenset({"state", "government", "agency", "organisation", "group", "media", "company", "person"})
KEYS = frozenset({"name", "kind", "party", "aliases"})
ACRONYM = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]+)?\b")
NAME = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w.'’-]*\w|\w")
BREAK = re.compile(r"[,;:!?()“”\"]+")
LONGEST_ALIAS = 8
"""Words of the longest alias that is looked for inside a longer phrase."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A known source."""

    name: str
    kind: str
    party: str


@dataclass(frozen=True)
class Registry:
    """Entities by normalised alias, and states by the adjectives of their peoples."""

    entities: Mapping[str, Entity]
    peoples: Mapping[str, str]

    @cached_property
    def parties(self) -> Mapping[str, str]:
        """The parties by normalised alias, and the states by their peoples."""
        return {alias: entity.party for alias, entity in self.entities.items()} | dict(self.peoples)

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
        return parties_named(text, self.parties)

    def state_of(self, word: str) -> str | None:
        """The state whose people, name or seat of government `word` is ("Polish", "Poland", "Warsaw")."""
        people = self.peoples.get(word.lower())
        if people is not None:
            return people
        entity = self.entities.get(normalised(word))
        return entity.party if entity is not None and entity.kind in {"state", "government"} else None


def parties_named(text: str, parties: Mapping[str, str]) -> frozenset[str]:
    """Those of `parties`, by normalised name, that `text` names; a longer name isn't a shorter one in it."""
    found: set[str] = set()
    for part in BREAK.split(text):
        words = NAME.findall(part)
        while words:
            size, party = _leading(words[:LONGEST_ALIAS], parties)
            found |= {party} if party is not None else set()
            words = words[size:]
    return frozenset(found)


def _leading(words: Sequence[str], parties: Mapping[str, str]) -> tuple[int, str | None]:
    """The length of the longest name that `words` start with, and its party; 1 and None where they don't."""
    if words[0][0].isupper():
        for size in range(len(words), 0, -1):
            party = parties.get(normalised(" ".join(words[:size])))
            if party is not None:
                return size, party
    return 1, None


def normalised(text: str) -> str:
    """`text` in lower case, one kind of apostrophe, without an article or a closing possessive."""
    words = text.lower().replace("’", "'").split()
    if words[:1] == ["the"]:
        words = words[1:]
    return " ".join(words).removesuffix("'s")


def load_registry(extra: Path | None = None) -> Registry:
    """The shipped registry, with the user's file `extra` over it. Raises ConfigError for a malformed file."""
    entities: dict[str, Entity] = {}
    _add(entities, _countries())
    peoples: dict[str, str] = {}
    for file in (configs_folder() / "registry.toml", *([extra] if extra is not None else [])):
        table = _parse(file)
        peoples |= {k.lower(): v for k, v in _peoples(file, table).items()}
        for entity, aliases in _entities(file, table):
            _add(entities, [(entity, aliases)])
    return Registry(entities, _demonyms(entities) | peoples)


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


def _demonyms(entities: Mapping[str, Entity]) -> dict[str, str]:
    """The adjectives of countryinfo that belong to one party only: "French" is more than France's there."""
    import pycountry
    from countryinfo import CountryInfo, CountryNotFoundError

    found: dict[str, set[str]] = {}
    for country in pycountry.countries:
        party = entities[normalised(country.name)].party
        try:
            words = CountryInfo(country.alpha_2).demonym() or ""
        except CountryNotFoundError:
            continue
        for word in filter(None, words.lower().split(",")):
            found.setdefault(word, set()).add(party)
    return {word: party for word, (party, *others) in found.items() if not others and word not in entities}


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
