"""A cross-encoder in torch, as it is trained and judged: loaded, given its pairs in batches, asked."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from verify.errors import ModelError
from verify.models.entailment import LABELS, label_order
from verify.models.onnx import by_length
from verify.models.protocols import Matrix
from verify.train.pairs import Pair

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerFast


@dataclass(frozen=True, slots=True)
class Encoded:
    """Pairs as token ids: rows of ids and of segment ids, of one length each."""

    ids: Sequence[NDArray[np.int32]]
    segments: Sequence[NDArray[np.int8]]

    def sizes(self) -> list[int]:
        """The number of tokens of each pair."""
        return [len(row) for row in self.ids]


def load_base(
    folder: Path, *, dropout: float, trained: bool = False, layers: int | None = None
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """A cross-encoder with its classes in the order of LABELS: a saved one, or an encoder with a fresh head.

    Of its layers the first `layers` are kept. Raises ModelError where it can't be loaded, or, with
    `trained`, where its classes aren't those of LABELS.
    """
    from safetensors import SafetensorError
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    from verify.models.hub import offline

    with offline():
        try:
            config = AutoConfig.from_pretrained(
                folder,
                local_files_only=True,
                hidden_dropout_prob=dropout,
                attention_probs_dropout_prob=dropout,
                classifier_dropout=dropout,
                **({} if layers is None else {"num_hidden_layers": layers}),
            )
            named = {str(label).lower() for label in config.id2label.values()} == set(LABELS)
            order = label_order(config.id2label, str(folder)) if named or trained else None
            config.id2label = dict(enumerate(LABELS))
            config.label2id = {label: i for i, label in enumerate(LABELS)}
            # Without dropout the plain attention is twice as fast on a CPU: 231 pairs/s, fused 103.
            model = AutoModelForSequenceClassification.from_pretrained(
                folder, config=config, local_files_only=True, dtype="float32", attn_implementation="eager"
            )
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError, EOFError) as error:
            problem = f"can't be loaded ({' '.join(str(error).split())[:160]})"
            raise ModelError(
                str(folder), problem, "give the folder of a saved model with its tokenizer"
            ) from error
    if order is not None:
        _reorder(model, order)
    return model, cast("PreTrainedTokenizerFast", tokenizer)


def _reorder(model: PreTrainedModel, order: Sequence[int]) -> None:
    """Put the outputs of the model's last layer into `order`."""
    import torch

    *_, head = (
        m for m in model.modules() if isinstance(m, torch.nn.Linear) and m.out_features == len(LABELS)
    )
    with torch.no_grad():
        head.weight.copy_(head.weight[list(order)].clone())
        head.bias.copy_(head.bias[list(order)].clone())


def encode(tokenizer: PreTrainedTokenizerFast, pairs: Sequence[Pair], max_tokens: int) -> Encoded:
    """The token ids of `pairs`, cut to `max_tokens` at the longer of the two texts."""
    if not pairs:
        return Encoded([], [])
    rows = tokenizer(
        [p.premise for p in pairs],
        [p.hypothesis for p in pairs],
        truncation="longest_first",
        max_length=max_tokens,
        return_attention_mask=False,
        return_token_type_ids=True,
    )
    return Encoded(
        [np.asarray(ids, dtype=np.int32) for ids in rows["input_ids"]],
        [np.asarray(ids, dtype=np.int8) for ids in rows["token_type_ids"]],
    )


def probabilities(model: PreTrainedModel, encoded: Encoded, *, bf16: bool = False) -> Matrix:
    """The model's probabilities, of shape (pairs, 3) in the order of LABELS; rough and quick with `bf16`."""
    import torch

    sizes = encoded.sizes()
    rows = np.zeros((len(sizes), len(LABELS)), dtype=np.float32)
    training = model.training
    model.train(False)
    device = model.device.type
    with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16, enabled=bf16):
        for batch in by_length(sizes):
            logits = model(**tensors(encoded, batch, model)).logits
            rows[batch] = torch.softmax(logits.float(), dim=1).cpu().numpy()
    model.train(training)
    return rows


def accuracy(model: PreTrainedModel, encoded: Encoded, pairs: Sequence[Pair], *, bf16: bool = False) -> float:
    """The share of pairs whose label the model finds most likely, in 0..1."""
    wanted = np.asarray([p.target for p in pairs])
    return float((probabilities(model, encoded, bf16=bf16).argmax(1) == wanted).mean())


def tensors(encoded: Encoded, batch: Sequence[int], model: PreTrainedModel) -> dict[str, torch.Tensor]:
    """The padded batch, with those inputs that the model takes: MPNet, for one, knows no segments."""
    import torch

    longest = max(len(encoded.ids[i]) for i in batch)
    arrays = {
        key: np.zeros((len(batch), longest), dtype=np.int64)
        for key in ("input_ids", "token_type_ids", "attention_mask")
    }
    for row, i in enumerate(batch):
        size = len(encoded.ids[i])
        arrays["input_ids"][row, :size] = encoded.ids[i]
        arrays["token_type_ids"][row, :size] = encoded.segments[i]
        arrays["attention_mask"][row, :size] = 1
    taken = inspect.signature(model.forward).parameters
    return {key: torch.from_numpy(a).to(model.device) for key, a in arrays.items() if key in taken}
