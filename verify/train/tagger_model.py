"""The attribution tagger as a torch module: its two questions, its loss, and its way to ONNX."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from verify.errors import ModelError
from verify.files import write_folder
from verify.models.decoding import Decoding
from verify.models.tagger import CUES, READ, ROLES, TAG, TASK, Ids, States
from verify.train.annotated import IGNORED, Crop, Example
from verify.train.export import OPSET, describe
from verify.train.precision import CONVERTERS, Precision

if TYPE_CHECKING:
    import torch
    from transformers import BertModel

LOWER = 3
"""Layers that read a window once, for all the questions about it; the layers above answer."""

UNSEEN = -10_000.0
"""Added to the attention to padding, which leaves it nothing."""


class Tagger(Protocol):
    """The torch module that `build` makes.

    `read` maps ids and mask (batch, pieces) to states (batch, pieces, dimension); `tag` maps states, mask
    and marks to logits (batch, pieces, CUES + ROLES).
    """

    def read(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """States of wordpieces after the lower layers."""
        ...

    def tag(self, states: torch.Tensor, mask: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
        """Logits from states, a vector added to those of the marked cue."""
        ...


@dataclass(frozen=True, slots=True)
class Net:
    """A tagger and the module that holds its parameters: one object under its two types."""

    tagger: Tagger
    module: torch.nn.Module
    heads: int
    hidden: int


def build(base: Path) -> Net:
    """A tagger with fresh heads over the BERT in `base`, its word vectors frozen, without dropout.

    Half of a small encoder is word vectors; frozen they cost no step any time and forget no word. Raises
    ModelError where `base` holds no BERT of more than LOWER layers.
    """
    import torch

    bert = _bert(base)
    heads, hidden, layers = (
        bert.config.num_attention_heads,
        bert.config.hidden_size,
        bert.config.num_hidden_layers,
    )
    if layers <= LOWER:
        raise ModelError(str(base), f"has {layers} layers", f"name a BERT of more than {LOWER}")

    class Module(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert
            self.mark = torch.nn.Parameter(torch.randn(hidden) * 0.2)
            self.drop = torch.nn.Dropout(0.1)
            self.head = torch.nn.Linear(hidden, len(CUES) + len(ROLES))

        def read(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            return self._through(self.bert.embeddings(input_ids=ids), mask, slice(0, LOWER))

        def tag(self, states: torch.Tensor, mask: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
            marked = states + marks.unsqueeze(-1).to(states.dtype) * self.mark
            logits: torch.Tensor = self.head(self.drop(self._through(marked, mask, slice(LOWER, None))))
            return logits

        def _through(self, states: torch.Tensor, mask: torch.Tensor, layers: slice) -> torch.Tensor:
            # In the type of the scores: a wider one would have the whole softmax computed in it.
            exact = torch.bfloat16 if torch.is_autocast_enabled(states.device.type) else states.dtype
            unseen = (1.0 - mask[:, None, None, :].to(exact)) * UNSEEN
            for layer in self.bert.encoder.layer[layers]:
                states = layer(states, unseen)
            return states

    module = Module()
    module.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return Net(module, module, heads, hidden)


def _bert(base: Path) -> BertModel:
    from safetensors import SafetensorError
    from transformers import AutoModel

    from verify.models.hub import offline

    with offline():
        try:
            # Plain attention: without dropout its backward pass takes a third of the fused one's on a CPU.
            bert: BertModel = AutoModel.from_pretrained(
                base,
                local_files_only=True,
                attn_implementation="eager",
                add_pooling_layer=False,
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
            ).float()
        except (OSError, ValueError, KeyError, RuntimeError, TypeError, SafetensorError) as error:
            problem = f"can't be loaded ({' '.join(str(error).split())[:120]})"
            raise ModelError(
                str(base), problem, "give the folder of a saved BERT with its tokenizer"
            ) from error
    if bert.config.model_type != "bert":
        raise ModelError(str(base), f"is a {bert.config.model_type}", "name a BERT")
    return bert


def losses(
    tagger: Tagger, batch: Sequence[Example], *, begin_weight: float, device: str, bf16: bool
) -> tuple[torch.Tensor, torch.Tensor]:
    """Cross entropies of the two questions over a batch, each the mean over its words."""
    import torch

    crops = sorted(
        ((row, crop) for row, example in enumerate(batch) for crop in example.crops),
        key=lambda pair: len(pair[1].marks),
    )
    weights = torch.tensor([1.0, begin_weight, 1.0], device=device)
    with torch.autocast(device, dtype=torch.bfloat16, enabled=bf16):
        mask = _padded([[1] * len(e.ids) for e in batch], 0, device)
        states = tagger.read(_padded([e.ids for e in batch], 0, device), mask)
        logits = tagger.tag(states, mask, torch.zeros_like(mask)).float()
        labels = _padded([e.labels for e in batch], IGNORED, device)
        cues = torch.nn.functional.cross_entropy(
            logits[..., : len(CUES)].flatten(0, 1), labels.flatten(), weight=weights, ignore_index=IGNORED
        )
        roles, words = states.new_zeros(()).float(), 0
        for group in _thirds(crops):
            cut = [states[row, c.start : c.start + len(c.marks)] for row, c in group]
            padded = torch.nn.utils.rnn.pad_sequence(cut, batch_first=True)
            seen = _padded([[1] * len(c.marks) for _, c in group], 0, device)
            logits = tagger.tag(padded, seen, _padded([c.marks for _, c in group], 0, device)).float()
            labels = _padded([c.labels for _, c in group], IGNORED, device)
            roles = roles + torch.nn.functional.cross_entropy(
                logits[..., len(CUES) :].flatten(0, 1),
                labels.flatten(),
                ignore_index=IGNORED,
                reduction="sum",
            )
            words += int((labels >= 0).sum())
    return cues, roles / max(1, words)


def _thirds(crops: Sequence[tuple[int, Crop]]) -> Iterator[Sequence[tuple[int, Crop]]]:
    """Crops, sorted by length, in up to three groups, so that little is padded."""
    size = max(1, (len(crops) + 2) // 3)
    for start in range(0, len(crops), size):
        yield crops[start : start + size]


def _padded(rows: Sequence[Sequence[int]], filler: int, device: str) -> torch.Tensor:
    import torch

    longest = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows], device=device)


@dataclass(frozen=True, slots=True)
class TorchGraphs:
    """A tagger in torch, behind the seam of the ONNX one (`verify.models.tagger.Graphs`)."""

    tagger: Tagger
    device: str = "cpu"

    def read(self, ids: Ids, mask: Ids) -> States:
        """See `Graphs.read`."""
        return self._run(self.tagger.read, ids, mask)

    def tag(self, states: States, mask: Ids, marks: Ids) -> States:
        """See `Graphs.tag`."""
        return self._run(self.tagger.tag, states, mask, marks)

    def _run(self, function: Callable[..., torch.Tensor], *arrays: Ids | States) -> States:
        import torch

        with torch.inference_mode():
            result = function(*(torch.from_numpy(a).to(self.device) for a in arrays))
        return np.asarray(result.float().cpu().numpy(), dtype=np.float32)


def export(
    net: Net, tokenizer: Path, target: Path, *, name: str, decoding: Decoding, precision: Precision = "fp16"
) -> None:
    """Write the tagger to the folder `target`, whole or not at all, as `verify.models.tagger` loads it.

    `tokenizer` is the tokenizer's file. Raises InputError where the folder can't be written.
    """
    import torch

    net.module.eval().cpu()
    ids = torch.ones((2, 8), dtype=torch.int64)
    states = torch.zeros((2, 8, net.hidden))

    def write(folder: Path) -> None:
        _graph(net, net.tagger.read, folder / READ, {"ids": ids, "mask": ids}, "states", precision)
        inputs = {"states": states, "mask": ids, "marks": torch.zeros_like(ids)}
        _graph(net, net.tagger.tag, folder / TAG, inputs, "logits", precision)
        about = {"task": TASK, "name": name, "precision": precision, "decoding": asdict(decoding)}
        describe(folder, about, tokenizer, [READ, TAG])

    write_folder(target, write)


def _graph(
    net: Net,
    function: Callable[..., torch.Tensor],
    file: Path,
    inputs: Mapping[str, torch.Tensor],
    output: str,
    precision: Precision,
) -> None:
    """Write one of the tagger's two functions as a graph, for any number of rows and pieces."""
    import torch

    class Part(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.whole = net.module

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            return function(*tensors)

    axes = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        Part().eval(),
        tuple(inputs.values()),
        str(file),
        input_names=list(inputs),
        output_names=[output],
        dynamic_axes=dict.fromkeys((*inputs, output), axes),
        opset_version=OPSET,
        dynamo=False,
    )
    CONVERTERS[precision](file, heads=net.heads, hidden=net.hidden)
