"""`verify train ...`: make the models anew, or from a newsroom's own data. Needs the extra `train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.options import group
from verify.cli.streams import write_stdout
from verify.cli.train_attribution import attribution

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress as Bar

    from verify.train.entailment import Progress

app = group()
app.command("attribution")(attribution)


@app.callback()
def train() -> None:
    """Train the bundled models anew, or on other labelled data."""


@app.command()
def entailment(
    config: Annotated[
        Path, typer.Option("--config", metavar="FILE", help="As in configs/train-entailment.toml.")
    ],
) -> None:
    """Fine-tune an entailment model; a run that was stopped goes on from its last checkpoint."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from verify.train.entailment import train as run
    from verify.train.settings import load_settings

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    settings = load_settings(config)
    with Progress(*columns, console=Console(stderr=True)) as bar:
        trained = run(settings, watch=_shown(bar))
    scores = "".join(f"  {name:<20}{100 * value:6.1f}\n" for name, value in sorted(trained.scores.items()))
    write_stdout(f"{trained.folder}\n{scores}")


def _shown(bar: Bar) -> Callable[[Progress], None]:
    task = bar.add_task("loading", total=None)

    def show(progress: Progress) -> None:
        bar.update(
            task, total=progress.steps, completed=progress.step, description=f"loss {progress.loss:.3f}"
        )
        if progress.scores:
            scores = ", ".join(f"{name} {100 * value:.1f}" for name, value in progress.scores.items())
            bar.console.print(f"step {progress.step}: {scores}", highlight=False)

    return show
