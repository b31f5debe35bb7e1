"""What tells one model from another: its name for reports, and a digest of its files. Loads nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from verify.language.parse import find_parser
from verify.models.onnx import DESCRIPTION, TOKENIZER
from verify.models.tagger import RULES, tagger_folder
from verify.resources import weights_folder


class Print(NamedTuple):
    """A model's name, as a report has it, and 64 hexadecimal digits that change with any of its files."""

    name: str
    digest: str


def encoder_print(name: str | None) -> Print | None:
    """That of the encoder that `load_encoder(name)` would load; None where there is none."""
    return _print(weights_folder() / "encoder") if name is None else _named(name)


def entailment_print(name: str | None) -> Print | None:
    """That of the entailment model that `load_entailment(name)` would load; None where there is none."""
    return _print(weights_folder() / "entailment") if name is None else _named(name)


def tagger_print(name: str | None) -> Print | None:
    """That of the tagger that `choose_tagger(name)` would load; None where there is none."""
    folder = tagger_folder(name)
    if name == RULES or (name is None and not folder.exists()):
        return Print(RULES, RULES)
    return _print(folder)


def parser_print(name: str | None) -> Print | None:
    """That of spaCy and the pipeline that `load_parser(name)` would load; None where there is none."""
    found = find_parser(name)
    if found is None:
        return None
    # An installed pipeline comes with a version; the files of a folder may be anything.
    files = [found.folder / "meta.json"] if found.installed else _files(found.folder)
    digest = digest_of(files, found.folder)
    return None if digest is None else Print(found.name, _joined(version("spacy"), digest))


def digest_of(files: Iterable[Path], root: Path) -> str | None:
    """64 hexadecimal digits for `files` and their places in `root`; None where one can't be read."""
    whole = hashlib.sha256()
    for file in sorted(files):
        try:
            with file.open("rb") as stream:
                whole.update(f"{file.relative_to(root).as_posix()}\n".encode("utf-8", "surrogateescape"))
                whole.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError:
            return None
    return whole.hexdigest()


def _named(name: str) -> Print | None:
    folder = Path(name)
    if (folder / DESCRIPTION).is_file():
        return _print(folder)
    commit = _commit(name)
    return None if commit is None else Print(name, _joined(name, commit))


def _print(folder: Path) -> Print | None:
    """Our own description holds the checksums of the graphs, which loading checks: no need to read those."""
    try:
        description = json.loads((folder / DESCRIPTION).read_bytes())
    except (OSError, ValueError):
        return None
    own = isinstance(description, dict) and "sha256" in description
    digest = digest_of([folder / DESCRIPTION, folder / TOKENIZER] if own else _files(folder), folder)
    runtime = version("onnxruntime") if own else version("sentence-transformers")
    name = str(description.get("name", folder.name)) if own else str(folder)
    return None if digest is None else Print(name, _joined(runtime, digest))


def _commit(name: str) -> str | None:
    """The revision of the model `name` in the local cache of the hub's, without a word to the network."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            found = try_to_load_from_cache(repository, DESCRIPTION)
        except HFValidationError:
            continue
        if isinstance(found, str):
            return _joined(version("sentence-transformers"), Path(found).parent.name)
    return None


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def _joined(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
