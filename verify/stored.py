"""Results as JSON and back, without loss: what the cache and a batch keep of a checked document.

The wire format (`verify.report.json`) is for others and leaves out the text; this one is our own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from verify.types import Checked

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result:
    """A checked document, and the names of the models that checked it; see `verify.types.Run`."""

    checked: Checked
    models: Mapping[str, str]


def dump(value: DataclassInstance) -> str:
    """One line of ASCII, always the same for the same value; lone surrogates are JSON escapes."""
    return json.dumps(asdict(value), default=_plain, separators=(",", ":"), allow_nan=False)


def restore(line: str | bytes, kind: type[T]) -> T:
    """The value of this kind that `dump` was given; raises ValueError for anything else."""
    try:
        value: T = _adapter(kind).validate_python(json.loads(line))  # type: ignore[arg-type]
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
