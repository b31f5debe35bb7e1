"""Whole results, by all that they come from: a document that was checked before needs no model at all."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from verify.cache.store import Store
from verify.config import Config
from verify.models.cascade import larger_name
from verify.models.fingerprint import digest_of, encoder_print, entailment_print, parser_print, tagger_print
from verify.resources import configs_folder
from verify.stored import Result, dump, restore

RESULTS = "results"
"""The kind under which whole results are kept."""

WITHOUT_EFFECT = frozenset({"fail_on", "min_score", "max_unchecked", "cache", "gate"})
"""Settings that change what is done with a result, and not the result."""

DISTRIBUTION = "verify-news"
REQUIRED = re.compile(r"^Requires-Dist: *([\w.-]+)(?!.*\bextra *==)", re.MULTILINE)
"""The name of a library in the metadata of a distribution that needs it, unless an extra alone does."""

VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)
PROGRAM = ("*.py", "*.json", "*.toml")


def surroundings(config: Config) -> str | None:
    """A digest of all but the document that a result comes from; None where part of it isn't there.

    It covers the program, its libraries and Python, the files of the models and of the registry, the
    settings, and the state of the index.
    """
    models = config.models
    larger = larger_name(models)
    prints = (
        encoder_print(models.encoder),
        entailment_print(models.entailment),
        entailment_print(larger) if larger is not None else "",
        tagger_print(models.attribution),
        parser_print(models.parser),
    )
    registry = digest_of([config.registry], config.registry.parent) if config.registry is not None else ""
    archive = _state_of(config.index) if config.index is not None else ""
    try:
        program = _program()
    except PackageNotFoundError:  # it runs from a checkout, and on libraries that nobody has named
        return None
    if None in prints or registry is None or archive is None:
        return None
    settings = config.model_dump(mode="json", exclude=set(WITHOUT_EFFECT))
    return _digest(program, prints, registry, settings, archive)


def result_key(sha256: str, suffix: str, around: str) -> str:
    """64 hexadecimal digits for the file with this checksum, read as `suffix` tells, in its surroundings."""
    return _digest(sha256, suffix, around)


def kept_result(store: Store, key: str) -> Result | None:
    """The result under `key`, of a document with any path and id; None where there is none."""
    line = store.get(RESULTS, [bytes.fromhex(key)]).get(bytes.fromhex(key))
    with suppress(ValueError):
        return restore(line, Result) if line is not None else None
    return None


def keep_result(store: Store, key: str, result: Result) -> None:
    """Keep `result` under `key`."""
    store.put(RESULTS, {bytes.fromhex(key): dump(result).encode()})


def _state_of(index: Path) -> str | None:
    """A digest of the names, sizes and times of an index's files: it may be too large to read for this."""
    try:
        files = [(file.name, file.stat()) for file in index.iterdir()]
    except OSError:
        return None
    # SQLite makes its shared memory, and an empty log, for whoever looks into it.
    kept = [(name, s.st_size, s.st_mtime_ns) for name, s in files if s.st_size and not name.endswith("-shm")]
    return _digest(sorted(kept))


@cache
def _program() -> str:
    """A digest of the program's own files: its version alone would stay the same while it is worked on."""
    package, configs = Path(__file__).parents[1], configs_folder()
    weights = package / "models" / "weights"
    own = [file for pattern in PROGRAM for file in package.rglob(pattern) if weights not in file.parents]
    files = (digest_of(own, package), digest_of(configs.glob("*.toml"), configs))
    return _digest(files, libraries(), sys.version_info[:2])


def libraries() -> dict[str, str]:
    """The versions of the libraries that the program needs, by their names; raises PackageNotFoundError."""
    return {name: VERSION.findall(_metadata(name))[0] for name in REQUIRED.findall(_metadata(DISTRIBUTION))}


def _metadata(name: str) -> str:
    """The head of a distribution's metadata: to parse all of it takes three times as long."""
    return (distribution(name).read_text("METADATA") or "").partition("\n\n")[0]


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
