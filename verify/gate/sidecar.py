"""Suppressions beside a draft that can't carry comments: `draft.docx.verify.toml` for `draft.docx`.

[[ignore]]
rule = "VFY101"
fingerprint = "3f9a12c8"          # or text = ["its passages", "in these words"]
reason = "both accounts are given on purpose"
until = 2026-12-31
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, ValidationError

from verify.config import Settings, as_list, config_error, read_toml
from verify.errors import ConfigError
from verify.gate.entries import SuppressionEntry, codes, pin_of, rule_named
from verify.rules.run import normalised
from verify.types import Document, Span

SUFFIX = ".verify.toml"


class Ignored(Settings):
    """One decision: the findings of `rule` with this fingerprint, or whose passages stand in `text`."""

    rule: str
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    fingerprint: str | None = None
    text: Annotated[tuple[str, ...], BeforeValidator(as_list)] = ()
    until: date | None = None


class Sidecar(Settings):
    """What a file of suppressions holds."""

    ignore: tuple[Ignored, ...] = ()


def sidecar_entries(document: Document) -> Iterator[SuppressionEntry]:
    """The suppressions in the file beside a draft, if there is one; raises ConfigError where it is wrong."""
    file = Path(document.path + SUFFIX)
    if not os.path.isfile(file):  # which takes a name that is too long for a file that isn't there
        return
    try:
        sidecar = Sidecar.model_validate(read_toml(file))
    except ValidationError as error:
        raise config_error(str(file), error, Sidecar) from error
    for number, ignored in enumerate(sidecar.ignore, start=1):
        place = f"{file}, [[ignore]] {number}"
        try:
            yield _entry(ignored, place, document)
        except ValueError as error:
            problem, _, remedy = str(error).partition("; ")
            raise ConfigError(place, problem, remedy) from error


def _entry(ignored: Ignored, place: str, document: Document) -> SuppressionEntry:
    rule = rule_named(ignored.rule)
    quoted = tuple(words for text in ignored.text if (words := normalised(text)))
    if ignored.fingerprint is None and not quoted:
        raise ValueError(
            "isn't tied to any words; give `fingerprint`, or `text` with all passages of the finding"
        )
    return SuppressionEntry(
        rule=rule,
        code=codes()[rule],
        reason=ignored.reason,
        place=place,
        said_at=None,
        span=Span(0, len(document.text)),
        pin=pin_of(ignored.fingerprint) if ignored.fingerprint is not None else "",
        quoted=quoted,
        until=ignored.until,
    )
