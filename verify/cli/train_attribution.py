"""`verify train attribution`: make the attribution tagger anew, or from other annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.progress import progress_bar
from verify.cli.streams import write_stdout

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress as Bar

    from verify.train.attribution import Progress


def attribution(
    config: Annotated[
        Path, typer.Option("--config", metavar="FILE", help="As in configs/train-attribution.toml.")
    ],
) -> None:
    """Train an attribution tagger; a run that was stopped goes on from its last checkpoint."""
    from verify.train.attribution import load_tagger_settings, train

    settings = load_tagger_settings(config)
    with progress_bar() as bar:
        trained = train(settings, watch=_shown(bar))
    if trained is not None:
        pair, triple = 100 * trained.pair.f1, 100 * trained.triple.f1
        write_stdout(f"{trained.folder}\n  held out: pair F1 {pair:.1f}, triple F1 {triple:.1f}\n")


def _shown(bar: Bar) -> Callable[[Progress], None]:
    task = bar.add_task("loading", total=None)

    def show(progress: Progress) -> None:
        described = f"cues {progress.cues:.3f}  roles {progress.roles:.3f}  {progress.speed:.0f} pieces/s"
        bar.update(task, total=progress.steps, completed=progress.step, description=described)

    return show
