"""`verify train entailment`: make the entailment model anew, or from a newsroom's own pairs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.progress import progress_bar
from verify.cli.streams import write_stdout

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress as Bar

    from verify.train.entailment import Progress


def entailment(
    config: Annotated[
        Path, typer.Option("--config", metavar="FILE", help="As in configs/train-entailment.toml.")
    ],
) -> None:
    """Fine-tune an entailment model; a run that was stopped goes on from its last checkpoint."""
    from verify.train.entailment import train
    from verify.train.settings import load_settings

    settings = load_settings(config)
    with progress_bar(elapsed=True) as bar:
        trained = train(settings, watch=_shown(bar))
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
