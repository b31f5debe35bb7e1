"""A bundled model: an ONNX graph with its tokenizer and a description, run by onnxruntime.

The graphs hold everything from token ids to the result (pooling and normalisation, or softmax), so
that nothing here computes. Needs neither torch nor transformers, whose imports take seconds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from verify.cores import cores
from verify.errors import ModelError
from verify.models.protocols import Matrix

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

GRAPH, TOKENIZER, DESCRIPTION = "model.onnx", "tokenizer.json", "config.json"
BATCH_TOKENS = 4096
"""Tokens of a batch, padding included; more gains no speed and costs memory."""

RUN_TOKENS = 192
"""Tokens for which a graph is run at a time: few enough that no core is long alone with the last ones."""

SLOWER = ["SkipLayerNormFusion"]
"""What onnxruntime would do to a graph as it opens it, and lose time by (see train.precision.split_norms)."""

BATCH_PADDING = 16
"""Tokens of padding from which two batches are quicker than one."""

Text = str | tuple[str, str]
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class OnnxModel:
    """A loaded graph that maps a text, or a pair of texts, to a row of `width` numbers."""

    name: str
    folder: Path
    session: InferenceSession
    tokenizer: Tokenizer
    width: int
    max_tokens: int

    def run(self, texts: Sequence[Text]) -> Matrix:
        """Return an array of shape (len(texts), width). Repeated texts are run once.

        What goes beyond `max_tokens` isn't seen by the model: on what to make of that see `limits`.
        """
        distinct = list(dict.fromkeys(texts))
        rows = np.zeros((len(distinct), self.width), dtype=np.float32)
        if not distinct:
            return rows
        encodings = self.tokenizer.encode_batch(distinct)
        batches = list(by_length([len(e.ids) for e in encodings], RUN_TOKENS))
        outputs = side_by_side(lambda places: self._output([encodings[i] for i in places]), batches)
        for places, output in zip(batches, outputs, strict=True):
            rows[places] = output
        place = {text: i for i, text in enumerate(distinct)}
        return rows[[place[text] for text in texts]]

    def _output(self, batch: Sequence[Encoding]) -> Matrix:
        """The rows of a batch, shape (len(batch), width); raises ModelError."""
        shape = len(batch), max(len(e.ids) for e in batch)
        feeds = {
            name: np.zeros(shape, dtype=np.int64)
            for name in ("input_ids", "attention_mask", "token_type_ids")
        }
        for row, encoding in enumerate(batch):
            size = len(encoding.ids)
            feeds["input_ids"][row, :size] = encoding.ids
            feeds["attention_mask"][row, :size] = 1
            feeds["token_type_ids"][row, :size] = encoding.type_ids
        wanted = {i.name for i in self.session.get_inputs()}
        output: Matrix = self.session.run(None, {k: v for k, v in feeds.items() if k in wanted})[0]
        if output.shape != (len(batch), self.width):
            raise ModelError(
                str(self.folder / GRAPH),
                f"gives an array of shape {output.shape}, not {(len(batch), self.width)}",
                "export it again with `python -m verify.train.export`",
            )
        return output


def is_onnx_model(folder: Path) -> bool:
    """Whether `folder` holds a model of this format rather than one of the transformers library."""
    return (folder / GRAPH).is_file()


def load_onnx(folder: Path, *, task: str) -> OnnxModel:
    """Load the model in `folder` for `task` ("encoder" or "entailment").

    Raises ModelError where a file is missing, isn't the one that the description tells of, or is for
    another task.
    """
    description = read_description(folder, task=task)
    width, max_tokens = description.get("width"), description.get("max_tokens")
    if not isinstance(width, int) or not isinstance(max_tokens, int):
        raise ModelError(str(folder / DESCRIPTION), "lacks `width` or `max_tokens`", "install verify again")
    tokenizer = open_tokenizer(folder)
    tokenizer.enable_truncation(max_tokens)
    return OnnxModel(
        name=str(description.get("name", folder.name)),
        folder=folder,
        session=open_graph(folder, GRAPH, description),
        tokenizer=tokenizer,
        width=width,
        max_tokens=max_tokens,
    )


def by_length(sizes: Sequence[int], batch_tokens: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """The places of texts, of `sizes` tokens, in batches of like length: little is spent on padding."""
    return cut(sorted(range(len(sizes)), key=lambda i: sizes[i]), sizes, batch_tokens, BATCH_PADDING)


def cut(
    places: Sequence[int], sizes: Sequence[int], batch_tokens: int, batch_padding: int | None = None
) -> Iterator[list[int]]:
    """Runs of `places`, sorted by size, that fit into `batch_tokens`, and into `batch_padding` of them."""
    batch: list[int] = []
    tokens = 0
    for place in places:
        padded = (len(batch) + 1) * sizes[place]
        padding = padded - tokens - sizes[place]
        if batch and (padded > batch_tokens or (batch_padding is not None and padding > batch_padding)):
            yield batch
            batch, tokens = [], 0
        batch.append(place)
        tokens += sizes[place]
    if batch:
        yield batch


def side_by_side(run: Callable[[Item], Result], batches: Sequence[Item]) -> list[Result]:
    """What `run` gives for each of `batches`, in their order; the last, which are the longest, begin first.

    A graph runs on one core and others beside it on the rest. That takes a sixth less of the processor's time
    than all cores at one graph, which wait for each other after each of its several hundred small steps, and
    goes on where other programs take a core.
    """
    threads = min(_threads(), len(batches))
    if threads < 2:
        return [run(batch) for batch in batches]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, reversed(batches)))[::-1]


def read_description(folder: Path, *, task: str) -> dict[str, object]:
    """What the folder of a model says of it; ModelError where that can't be read or is for another task."""
    try:
        description = json.loads(_read(folder / DESCRIPTION))
    except ValueError as error:
        raise ModelError(str(folder / DESCRIPTION), "isn't JSON", "install verify again") from error
    if not isinstance(description, dict):
        raise ModelError(str(folder / DESCRIPTION), "isn't a JSON object", "install verify again")
    if description.get("task") != task:
        raise ModelError(
            str(folder), f"is a model for {description.get('task')!r}, not {task!r}", "name another"
        )
    return description


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(str(file), f"can't be read ({error.strerror})", "install verify again") from error


def open_graph(folder: Path, file: str, description: Mapping[str, object]) -> InferenceSession:
    """Open the graph in `file`; raises ModelError where it isn't the one that `description` tells of.

    Its `sha256` is that of the one graph, or a table of those of several by file.
    """
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import (
        Fail,
        InvalidGraph,
        InvalidProtobuf,
        RuntimeException,
    )

    graph = _read(folder / file)
    digests = description.get("sha256")
    expected = digests.get(file) if isinstance(digests, dict) else digests
    if hashlib.sha256(graph).hexdigest() != expected:
        raise ModelError(str(folder / file), "is damaged (its checksum is wrong)", "install verify again")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1  # see `side_by_side`
    try:
        return onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
        )
    except (Fail, InvalidGraph, InvalidProtobuf, RuntimeException) as error:
        raise ModelError(
            str(folder / file), "isn't a graph that onnxruntime can run", "install verify again"
        ) from error


def _threads() -> int:
    """What $OMP_NUM_THREADS says, or the cores of this process."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdecimal() and int(wanted):
        return int(wanted)
    return cores()


def open_tokenizer(folder: Path) -> Tokenizer:
    """Open the tokenizer in `folder`, which neither cuts nor pads; raises ModelError."""
    from tokenizers import Tokenizer

    source = _read(folder / TOKENIZER)
    try:
        tokenizer = Tokenizer.from_buffer(source)
    except Exception as error:  # tokenizers raises it bare
        raise ModelError(str(folder / TOKENIZER), "isn't a tokenizer", "install verify again") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
