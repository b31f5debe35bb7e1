"""From an exported model in 16 bits to the same one in 8, without the checkpoint that it was exported from.

    python -m verify.train.requantize verify/models/weights/attribution FOLDER --name attribution-2

Needs the extra `train`. Attention that an export in 16 bits has fused stays in 32, so a model whose
checkpoint is at hand, or that `verify.train.restore` can make one of, is better exported anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verify.errors import ModelError
from verify.files import write_folder
from verify.models.onnx import GRAPH, TOKENIZER, read_description
from verify.train.export import describe
from verify.train.precision import multiply_in_bytes, split_norms, widen


def requantize(source: Path, target: Path, *, task: str, name: str) -> None:
    """Write the model for `task` in the folder `source` to `target`, whole or not at all, in 8 bits.

    Raises ModelError where `source` holds no model for the task, or one in another precision than fp16.
    """
    import onnx

    description = read_description(source, task=task)
    if description.get("precision") != "fp16":
        problem = f"its precision is {description.get('precision')!r}"
        raise ModelError(str(source), problem, "give a folder that was exported with --precision fp16")
    digests = description["sha256"]
    files = list(digests) if isinstance(digests, dict) else [GRAPH]

    def write(folder: Path) -> None:
        for file in files:
            model = onnx.load(str(source / file))
            widen(model)
            split_norms(model)
            multiply_in_bytes(model)
            onnx.save(model, str(folder / file))
        describe(folder, description | {"name": name, "precision": "int8"}, source / TOKENIZER, files)

    write_folder(target, write)


def main(
    source: Annotated[Path, typer.Argument(help="Folder of an exported model in 16 bits.")],
    target: Annotated[Path, typer.Argument(help="Folder to make.")],
    name: Annotated[str, typer.Option(help="What reports call the model.")],
    task: Annotated[str, typer.Option(help="encoder, entailment or attribution.")] = "attribution",
) -> None:
    """Make a model that multiplies in 8 bits from one in 16."""
    requantize(source, target, task=task, name=name)


if __name__ == "__main__":
    typer.run(main)
