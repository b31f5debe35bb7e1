"""The precisions in which a graph can ship: fused, and its weights in 32, 16 or 8 bits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnx import GraphProto, ModelProto, NodeProto, TensorProto

Precision = Literal["fp32", "fp16", "int8"]

HALF, BYTE, SCALE, WHOLE = "_half", "_byte", "_scale", "_whole"
"""What follows the name of a tensor that is stored in 16 or 8 bits, of the scale of the latter, and of its
whole numbers in 32 bits."""

SMALL_TENSOR = 1024
"""Numbers of a tensor below which 16 bits save nothing worth having."""

MOST = 127
"""The greatest whole number that weights and states become."""

SHARES = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Of the largest weight of a column, what its scale may end at."""

LEAST = 1e-9
"""What stands for zero where it would be divided by."""

VOCABULARY = 10_000
"""Rows from which a tensor is taken for the word vectors."""


def _fuse(graph: Path, *, heads: int, hidden: int) -> None:
    """Fuse attention, layer norm and GELU into onnxruntime's own operators."""
    _optimize(graph, heads=heads, hidden=hidden, whole=True)


def _optimize(graph: Path, *, heads: int, hidden: int, whole: bool) -> None:
    """As `_fuse`; unless `whole`, the products before the attention itself stay products."""
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.use_multi_head_attention = not whole
    fused = optimizer.optimize_model(
        str(graph),
        model_type="bert",
        num_heads=heads,
        hidden_size=hidden,
        opt_level=0,
        optimization_options=options,
    )
    split_norms(fused.model)
    fused.save_model_to_file(str(graph))


def split_norms(model: ModelProto) -> None:
    """Have a graph add what it normalizes in steps of their own.

    onnxruntime's fused operator takes a number at a time; an addition and a norm take a row at once, and an
    eighth of the time (1.32, AVX-512).
    """
    from onnx import helper

    nodes: list[NodeProto] = []
    for node in model.graph.node:
        if node.op_type != "SkipLayerNormalization":
            nodes.append(node)
            continue
        states, added, scale, shift, *bias = filter(None, node.input)
        normal = node.output[0]
        if bias:
            nodes.append(helper.make_node("Add", [states, *bias], [f"{normal}_biased"]))
            states = f"{normal}_biased"
        nodes.append(helper.make_node("Add", [states, added], [f"{normal}_added"]))
        epsilon = next(attribute.f for attribute in node.attribute if attribute.name == "epsilon")
        norm = [f"{normal}_added", scale, shift]
        nodes.append(helper.make_node("LayerNormalization", norm, [normal], epsilon=epsilon, axis=-1))
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _to_fp16(graph: Path, *, heads: int, hidden: int) -> None:
    """Store the weights in 16 bits and the word vectors in 8; the graph computes in 32 all the same.

    The casts run once, as the graph is opened. Word vectors are half of a small model, and 8 bits with a
    scale for each word change the result less than 16 bits for the rest do.
    """
    import onnx

    _fuse(graph, heads=heads, hidden=hidden)
    model = onnx.load(str(graph))
    _narrow(model)
    onnx.save(model, str(graph))


def _narrow(model: ModelProto) -> None:
    """Store the large tensors in fewer bits, with the casts that widen them as the graph is opened."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    casts = []
    scales = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < SMALL_TENSOR:
            continue
        name, values = tensor.name, numpy_helper.to_array(tensor)
        if len(values) >= VOCABULARY:
            scale = np.maximum(np.abs(values).max(1, keepdims=True), LEAST).astype(np.float32) / 127
            scales.append(numpy_helper.from_array(scale, name + SCALE))
            tensor.CopyFrom(numpy_helper.from_array(np.rint(values / scale).astype(np.int8), name + BYTE))
            casts.append(helper.make_node("Cast", [name + BYTE], [name + WHOLE], to=TensorProto.FLOAT))
            casts.append(helper.make_node("Mul", [name + WHOLE, name + SCALE], [name]))
        else:
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + HALF))
            casts.append(helper.make_node("Cast", [name + HALF], [name], to=TensorProto.FLOAT))
    model.graph.initializer.extend(scales)
    nodes = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*casts, *nodes])


def weights_of(graph: GraphProto) -> dict[str, NDArray[np.float32]]:
    """The weights of a graph by name, in the 32 bits that it computes with, however they are stored."""
    import numpy as np
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights: dict[str, NDArray[np.float32]] = {}
    for name, values in stored.items():
        if name.endswith(BYTE):
            plain = name.removesuffix(BYTE)
            weights[plain] = values.astype(np.float32) * stored[plain + SCALE]
        elif not name.endswith(SCALE):
            weights[name.removesuffix(HALF)] = values.astype(np.float32)
    return weights


def widen(model: ModelProto) -> None:
    """Undo `_narrow`: store all weights in 32 bits, without the casts that would widen them."""
    from onnx import numpy_helper

    graph = model.graph
    weights = weights_of(graph)
    kept = [tensor for tensor in graph.initializer if tensor.name in weights]
    narrow = weights.keys() - {tensor.name for tensor in kept}
    nodes = [node for node in graph.node if node.output[0].removesuffix(WHOLE) not in narrow]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(
        [*kept, *(numpy_helper.from_array(weights[name], name) for name in sorted(narrow))]
    )
    graph.node.extend(nodes)


def _to_int8(graph: Path, *, heads: int, hidden: int) -> None:
    """Multiply in 8 bits: weights with a scale for each column, states with one for each token as they come.

    onnxruntime's own dynamic scheme has one scale for all states of a batch: what a pair is told depends on
    which others are asked with it, and as some tokens of a larger model have states many times as large as
    the others', little is left of these (an MPNet lost nine points by it). A scale for each token mends both
    (as in ZeroQuant, arXiv:2206.01861). Weights use all 8 bits: with 7, what a short training had changed was
    rounded away. Processors without VNNI add two products in 16 bits, which overflow where two large weights
    meet two large states: hardly ever, as states lie around a middle and weights around 0.
    """
    import onnx

    _optimize(graph, heads=heads, hidden=hidden, whole=False)
    model = onnx.load(str(graph))
    multiply_in_bytes(model)
    onnx.save(model, str(graph))


def multiply_in_bytes(model: ModelProto) -> None:
    """Have a graph, whose weights are stored in 32 bits, multiply by them in 8; the rest is narrowed."""
    scales = _quantize(model)
    _narrow(model)
    model.graph.initializer.extend(scales)


def _quantize(model: ModelProto) -> list[TensorProto]:
    """Put whole numbers in the place of the weights that a graph multiplies by; returns their scales."""
    import numpy as np
    from onnx import helper, numpy_helper

    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    scales = [numpy_helper.from_array(np.asarray(value), name) for name, value in _constants().items()]
    nodes: list[NodeProto] = []
    quantized: set[str] = set()
    for node in model.graph.node:
        if node.op_type != "MatMul" or node.input[1] not in tensors:
            nodes.append(node)
            continue
        (states, weights), product = node.input, node.output[0]
        if states not in quantized:
            nodes += _states_to_bytes(states)
            quantized.add(states)
        columns, whole = _columns_to_bytes(numpy_helper.to_array(tensors[weights]))
        tensors[weights].CopyFrom(numpy_helper.from_array(whole, weights + BYTE))
        scales.append(numpy_helper.from_array(columns, weights + SCALE))
        factors = [states + BYTE, weights + BYTE, "unscaled", weights + SCALE, "states_middle"]
        unscaled = f"{product}_unscaled"
        nodes.append(helper.make_node("MatMulIntegerToFloat", factors, [unscaled], domain="com.microsoft"))
        nodes.append(helper.make_node("Mul", [unscaled, states + SCALE], [product]))
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return scales


def _columns_to_bytes(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """The scales, shape (n,), of the columns of `values`, shape (m, n), and the whole numbers in their place.

    Of some scales that cut the largest values off, each column has the one with the least squared error.
    """
    import numpy as np

    largest = np.maximum(np.abs(values).max(0), LEAST).astype(np.float32)

    def whole(scales: NDArray[np.float32]) -> NDArray[np.float32]:
        numbers: NDArray[np.float32] = np.clip(np.rint(values / scales), -MOST, MOST)
        return numbers

    tried = np.stack([largest * np.float32(share / MOST) for share in SHARES])
    errors = [((whole(scales) * scales - values) ** 2).sum(0) for scales in tried]
    best = tried[np.argmin(errors, axis=0), np.arange(values.shape[1])]
    return best, whole(best).astype(np.int8)


def _constants() -> dict[str, np.float32 | np.uint8]:
    """What the nodes of `_quantize` calculate with."""
    import numpy as np

    return {
        "states_most": np.float32(MOST),
        "states_least": np.float32(LEAST),
        "states_middle": np.uint8(MOST + 1),
        "states_middle_rounded": np.float32(MOST + 1.5),
        "unscaled": np.float32(1),
    }


def _states_to_bytes(states: str) -> list[NodeProto]:
    """The nodes that turn `states` into whole numbers around a middle, and find the scale of each token."""
    from onnx import TensorProto, helper

    steps: list[tuple[str, list[str], str, dict[str, int | list[int]]]] = [
        ("Abs", [states], "_size", {}),
        ("ReduceMax", [f"{states}_size"], "_largest", {"axes": [-1], "keepdims": 1}),
        ("Max", [f"{states}_largest", "states_least"], "_not_zero", {}),
        ("Div", [f"{states}_not_zero", "states_most"], SCALE, {}),
        ("Div", [states, states + SCALE], "_scaled", {}),
        ("Add", [f"{states}_scaled", "states_middle_rounded"], "_raised", {}),
        ("Cast", [f"{states}_raised"], BYTE, {"to": TensorProto.UINT8}),
    ]
    nodes = []
    for operator, inputs, result, attributes in steps:
        node = helper.make_node(operator, inputs, [states + result])
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        nodes.append(node)
    return nodes


class Converter(Protocol):
    """Fuses a graph for attention of `heads` over `hidden` dimensions, and stores it in some precision."""

    def __call__(self, graph: Path, *, heads: int, hidden: int) -> None:
        """Rewrite the file `graph`."""


CONVERTERS: dict[Precision, Converter] = {
    "fp32": _fuse,
    "fp16": _to_fp16,
    "int8": _to_int8,
}
