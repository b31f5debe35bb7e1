"""The mean of two models of one kind, weight by weight (Wortsman et al. 2022, robust fine-tuning).

    python -m verify.train.average checkpoints/entailment/best checkpoints/finish/best --target FOLDER

Between a model and one that was trained on from it, the mean keeps much of what each does best.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verify.errors import ModelError
from verify.files import write_folder


def average(first: Path, second: Path, target: Path, *, share: float = 0.5) -> None:
    """Write the model with `share` of the second's weights and the rest of the first's; raises ModelError."""
    import torch

    from verify.train.cross_encoder import load_base

    one, _ = load_base(first, dropout=0.0, trained=True)
    other, tokenizer = load_base(second, dropout=0.0, trained=True)
    weights, others = one.state_dict(), other.state_dict()
    if {k: v.shape for k, v in weights.items()} != {k: v.shape for k, v in others.items()}:
        raise ModelError(str(second), f"isn't of the same shape as {first}", "name two models of one kind")
    with torch.no_grad():
        for name, tensor in others.items():
            if tensor.is_floating_point():
                tensor.lerp_(weights[name], 1 - share)

    def write(folder: Path) -> None:
        other.save_pretrained(folder)
        tokenizer.save_pretrained(folder)

    write_folder(target, write)


def main(
    first: Annotated[Path, typer.Argument()],
    second: Annotated[Path, typer.Argument()],
    target: Annotated[Path, typer.Option()],
    share: Annotated[float, typer.Option(min=0, max=1, help="Of the second.")] = 0.5,
) -> None:
    """Average two trained models."""
    average(first, second, target, share=share)


if __name__ == "__main__":
    typer.run(main)
