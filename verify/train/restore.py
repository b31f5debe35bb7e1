"""From an exported entailment model back to one that can be trained on.

    python -m verify.train.restore verify/models/weights/entailment checkpoints/bundled

A newsroom that has pairs of its own goes on from a bundled model: the folder made here is the `base` of its
settings. The weights are those of the graph, rounded as they are there: to 16 bits, or to 8 with a scale for
each column of a matrix and each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from verify.errors import ModelError
from verify.files import write_folder
from verify.models.entailment import LABELS
from verify.models.onnx import GRAPH, TOKENIZER
from verify.train.precision import weights_of

if TYPE_CHECKING:
    from onnx import AttributeProto, GraphProto, NodeProto
    from transformers import PreTrainedModel

Weights = NDArray[np.float32]

MATRIX = "onnx::MatMul_"
PARTS = ("query", "key", "value")
LATER = ("attention.output.dense", "intermediate.dense", "output.dense")
"""The matrices of a layer in the order of the graph, after query, key and value."""

MPNET = tuple(f"attention.attn.{part}" for part in "qkvo") + LATER[1:]
"""All matrices of a layer of an MPNet, whose attention is never fused, in the order of the graph."""


def restore(source: Path, target: Path) -> None:
    """Write the model of the exported folder `source` to `target`, as transformers saves one.

    Raises ModelError where `source` holds no graph that `verify.train.export` has made of a BERT or an MPNet.
    """
    from transformers import BertTokenizerFast, MPNetTokenizerFast  # type: ignore[attr-defined]

    graph = _read(source / GRAPH)
    try:
        weights = weights_of(graph)
        mpnet = any(name.startswith("model.mpnet.") for name in weights)
        model = _mpnet(graph, weights) if mpnet else _bert(graph, weights)
    except (KeyError, ValueError, RuntimeError, StopIteration) as error:
        problem = f"isn't the graph of an exported BERT or MPNet ({' '.join(str(error).split())[:160]})"
        raise ModelError(str(source), problem, "give a folder made by verify.train.export") from error
    # These classes know the special tokens, and what types the two texts of a pair have.
    tokenizers = MPNetTokenizerFast if mpnet else BertTokenizerFast
    tokenizer = tokenizers(tokenizer_file=str(source / TOKENIZER))

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


def _first(graph: GraphProto, *operators: str) -> NodeProto:
    found: NodeProto = next(node for node in graph.node if node.op_type in operators)
    return found


def _attribute(node: NodeProto, name: str) -> AttributeProto:
    found: AttributeProto = next(attribute for attribute in node.attribute if attribute.name == name)
    return found


def _bert(graph: GraphProto, weights: dict[str, Weights]) -> PreTrainedModel:
    from transformers import BertConfig, BertForSequenceClassification

    # How many heads there are no tensor's shape tells.
    heads = int(_attribute(_first(graph, "Attention", "MultiHeadAttention"), "num_heads").i)
    config = BertConfig(num_attention_heads=heads, **_shapes(weights, "model.bert"))
    return _filled(BertForSequenceClassification(config), _named_bert(weights, config.num_hidden_layers))


def _mpnet(graph: GraphProto, weights: dict[str, Weights]) -> PreTrainedModel:
    from transformers import MPNetConfig, MPNetForSequenceClassification

    buckets, heads = weights["model.mpnet.encoder.relative_attention_bias.weight"].shape
    norm = _first(graph, "LayerNormalization", "SkipLayerNormalization")
    config = MPNetConfig(
        num_attention_heads=heads,
        relative_attention_num_buckets=buckets,
        layer_norm_eps=float(_attribute(norm, "epsilon").f),
        **_shapes(weights, "model.mpnet"),
    )
    return _filled(MPNetForSequenceClassification(config), _named_mpnet(weights, config.num_hidden_layers))


def _shapes(weights: dict[str, Weights], body: str) -> dict[str, Any]:
    words, width = weights[f"{body}.embeddings.word_embeddings.weight"].shape
    layers = 1 + max(int(found[1]) for name in weights if (found := re.search(r"\.layer\.(\d+)\.", name)))
    return {
        "vocab_size": words,
        "hidden_size": width,
        "num_hidden_layers": layers,
        "intermediate_size": len(weights[f"{body}.encoder.layer.0.intermediate.dense.bias"]),
        "max_position_embeddings": len(weights[f"{body}.embeddings.position_embeddings.weight"]),
        "id2label": dict(enumerate(LABELS)),
        "label2id": {label: i for i, label in enumerate(LABELS)},
    }


def _named_bert(weights: dict[str, Weights], layers: int) -> dict[str, Weights]:
    """The weights under the names of transformers: the graph keeps those of biases and norms alone.

    Its matrices are turned, and numbered as they follow each other; a fused attention has one bias for query,
    key and value, and in 16 bits one matrix, but the last layer, which reads for the first token only, isn't
    fused.
    """
    state, matrices = _plain(weights)
    for number in range(layers):
        layer = f"bert.encoder.layer.{number}"
        fused = f"Attention_{number}_qkv"
        if f"{fused}_weight" in weights:
            asked = np.split(weights[f"{fused}_weight"], 3, axis=1)
        else:
            asked = [next(matrices) for _ in PARTS]
        for part, matrix in zip(PARTS, asked, strict=True):
            state[f"{layer}.attention.self.{part}.weight"] = matrix.T
        if f"{fused}_bias" in weights:
            for part, bias in zip(PARTS, np.split(weights[f"{fused}_bias"], 3), strict=True):
                state[f"{layer}.attention.self.{part}.bias"] = bias
        for part in LATER:
            state[f"{layer}.{part}.weight"] = next(matrices).T
    return state


def _named_mpnet(weights: dict[str, Weights], layers: int) -> dict[str, Weights]:
    """The weights under the names of transformers."""
    state, matrices = _plain(weights)
    for number in range(layers):
        for part in MPNET:
            state[f"mpnet.encoder.layer.{number}.{part}.weight"] = next(matrices).T
    return state


def _plain(weights: dict[str, Weights]) -> tuple[dict[str, Weights], Iterator[Weights]]:
    """The weights that have their names, and the matrices that haven't, in the order of the graph."""
    state = {name.removeprefix("model."): w for name, w in weights.items() if name.startswith("model.")}
    numbered = {int(n.removeprefix(MATRIX)): w for n, w in weights.items() if n.startswith(MATRIX)}
    return state, iter(w for _, w in sorted(numbered.items()))


def _filled(model: PreTrainedModel, weights: dict[str, Weights]) -> PreTrainedModel:
    import torch

    state = {name: torch.from_numpy(array.copy()) for name, array in weights.items()}
    missing, unknown = model.load_state_dict(state, strict=False)
    if missing or unknown:
        raise ValueError(f"{[*missing, *unknown][0]} is missing or unknown")
    return model


def main(
    source: Annotated[Path, typer.Argument(help="Folder of an exported entailment model.")],
    target: Annotated[Path, typer.Argument(help="Folder to make.")],
) -> None:
    """Make a model that can be trained on from an exported one."""
    restore(source, target)


if __name__ == "__main__":
    typer.run(main)
