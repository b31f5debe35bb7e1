"""`verify cache ...`: what is kept between runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.options import ConfigFile, group
from verify.cli.streams import warn, write_stdout
from verify.report.text import in_megabytes

if TYPE_CHECKING:
    from verify.cache import Store

app = group()


@app.callback()
def cache() -> None:
    """Look at what is kept between runs, or drop it."""


@app.command()
def info(config: ConfigFile = None) -> None:
    """Say where it is, how large, and what is in it."""
    found = _store(config).info()
    lines = [f"{found.file}", f"{in_megabytes(found.size)} of at most {in_megabytes(found.limit)}"]
    lines += [f"{kept.kind:<9} {kept.values:>9,}  {in_megabytes(kept.size)}" for kept in found.kept]
    write_stdout("".join(f"{line}\n" for line in lines))


@app.command()
def clear(config: ConfigFile = None) -> None:
    """Drop everything."""
    store = _store(config)
    before = store.info().size
    store.clear()
    write_stdout(f"{in_megabytes(before - store.info().size)} dropped\n")


@app.command()
def prune(
    megabytes: Annotated[int, typer.Option(min=0, metavar="N", help="How much may stay.")],
    config: ConfigFile = None,
) -> None:
    """Drop what was used longest ago, until the rest fits."""
    from verify.cache import MEGABYTE

    store = _store(config)
    before = store.info().size
    store.prune(megabytes * MEGABYTE)
    write_stdout(f"{in_megabytes(before - store.info().size)} dropped\n")


def _store(config: Path | None) -> Store:
    """The store that the settings name, whether they have it switched on or not."""
    from verify.cache import MEGABYTE, Store, cache_folder
    from verify.config import load_config

    settings = load_config(Path(), path=config).cache
    return Store(cache_folder(settings), limit=settings.megabytes * MEGABYTE, warn=warn)
