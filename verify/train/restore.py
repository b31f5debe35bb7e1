"""From an exported entailment model back to one that can be trained on.

    python -m verify.train.restore verify/models/weights/entailment checkpoints/bundled

A newsroom that has pairs of its own goes on from the bundled model: the folder made here is the `base` of its
settings. The weights are those of the graph, rounded to 16 bits as they are there (word vectors to 8).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from verify.errors import ModelError
from verify.files import write_folder
from verify.models.entailment import LABELS
from verify.models.onnx import GRAPH, TOKENIZER

if TYPE_CHECKING:
    import torch
    from onnx import GraphProto
    from transformers import BertConfig

Weights = NDArray[np.float32]

MATRIX = "onnx::MatMul_"
PARTS = ("query", "key", "value")
LATER = ("attention.output.dense", "intermediate.dense", "output.dense")
"""The matrices of a layer in the order of the graph, after query, key and value."""


def restore(source: Path, target: Path) -> None:
    """Write the model of the exported folder `source` to `target`, as transformers saves one.

    Raises ModelError where `source` holds no graph that `verify.train.export` has made of a BERT.
    """
    import torch
    from transformers import (  # type: ignore[attr-defined]
        BertForSequenceClassification,
        BertTokenizerFast,
    )

    graph = _read(source / GRAPH)
    try:
        weights = _weights(graph)
        config = _config(weights, heads=_heads(graph))
        state = {name: torch.from_numpy(array.copy()) for name, array in _named(weights, config).items()}
        model = BertForSequenceClassification(config)
        _fill(model, state)
    except (KeyError, ValueError, RuntimeError, StopIteration) as error:
        problem = f"isn't the graph of an exported BERT ({' '.join(str(error).split())[:160]})"
        raise ModelError(str(source), problem, "give a folder made by verify.train.export") from error
    # This class knows the special tokens, and that a pair's two texts have types of their own.
    tokenizer = BertTokenizerFast(tokenizer_file=str(source / TOKENIZER))

    def write(folder: Path) -> None:
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)

    write_folder(target, write)


def _read(file: Path) -> GraphProto:
    import onnx
    from google.protobuf.message import DecodeError

    try:
        return onnx.load(str(file)).graph
    except (OSError, DecodeError) as error:
        raise ModelError(str(file), "can't be read", "give a folder made by verify.train.export") from error


def _weights(graph: GraphProto) -> dict[str, Weights]:
    """The graph's weights by name, in the 32 bits that it computes with."""
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights: dict[str, Weights] = {}
    for name, values in stored.items():
        if name.endswith("_byte"):
            plain = name.removesuffix("_byte")
            weights[plain] = values.astype(np.float32) * stored[f"{plain}_scale"]
        elif not name.endswith("_scale"):
            weights[name.removesuffix("_half")] = values.astype(np.float32)
    return weights


def _heads(graph: GraphProto) -> int:
    """How many heads the attention has, which no tensor's shape tells."""
    fused = next(node for node in graph.node if node.op_type == "Attention")
    return next(int(attribute.i) for attribute in fused.attribute if attribute.name == "num_heads")


def _config(weights: dict[str, Weights], *, heads: int) -> BertConfig:
    from transformers import BertConfig

    words, width = weights["model.bert.embeddings.word_embeddings.weight"].shape
    layers = 1 + max(int(found[1]) for name in weights if (found := re.search(r"\.layer\.(\d+)\.", name)))
    return BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=len(weights["model.bert.encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(weights["model.bert.embeddings.position_embeddings.weight"]),
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
    )


def _named(weights: dict[str, Weights], config: BertConfig) -> dict[str, Weights]:
    """The weights under the names of transformers: the graph keeps those of biases and norms alone.

    Its matrices are turned, and numbered as they follow each other; a fused attention has one for query, key
    and value, but the last layer, which reads for the first token only, isn't fused.
    """
    state = {name.removeprefix("model."): w for name, w in weights.items() if name.startswith("model.")}
    numbered = {int(n.removeprefix(MATRIX)): w for n, w in weights.items() if n.startswith(MATRIX)}
    matrices = iter(w for _, w in sorted(numbered.items()))
    for number in range(config.num_hidden_layers):
        layer = f"bert.encoder.layer.{number}"
        fused = f"Attention_{number}_qkv"
        last = f"{fused}_weight" not in weights
        asked = [next(matrices) for _ in PARTS] if last else np.split(weights[f"{fused}_weight"], 3, axis=1)
        for part, matrix in zip(PARTS, asked, strict=True):
            state[f"{layer}.attention.self.{part}.weight"] = matrix.T
        if not last:
            for part, bias in zip(PARTS, np.split(weights[f"{fused}_bias"], 3), strict=True):
                state[f"{layer}.attention.self.{part}.bias"] = bias
        for part in LATER:
            state[f"{layer}.{part}.weight"] = next(matrices).T
    return state


def _fill(model: torch.nn.Module, state: dict[str, torch.Tensor]) -> None:
    missing, unknown = model.load_state_dict(state, strict=False)
    if missing or unknown:
        raise ValueError(f"{[*missing, *unknown][0]} is missing or unknown")


def main(
    source: Annotated[Path, typer.Argument(help="Folder of an exported entailment model.")],
    target: Annotated[Path, typer.Argument(help="Folder to make.")],
) -> None:
    """Make a model that can be trained on from an exported one."""
    restore(source, target)


if __name__ == "__main__":
    typer.run(main)
