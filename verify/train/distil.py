"""Soft labels: a larger model's probabilities, for a smaller one to learn from (Hinton et al. 2015).

The teacher is trained by the same command from a larger base such as all-mpnet-base-v2; the small model's
settings then name its folder as `teacher`. A model that was exported, the bundled one say, teaches in 8
bits, which takes a CPU half the time. The probabilities are kept as they come, for they cost more than the
training: a killed run goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from verify.errors import ModelError
from verify.files import write_whole
from verify.models.entailment import LABELS, load_entailment
from verify.models.onnx import is_onnx_model
from verify.models.protocols import Matrix
from verify.train.pairs import Pair

PORTION = 4096
"""Pairs that are judged before what is known is written down."""


def soft_labels(
    teacher: Path, pairs: Sequence[Pair], *, cache: Path, max_tokens: int, bf16: bool = False
) -> Matrix:
    """The probabilities that the model in `teacher` gives, of shape (pairs, 3).

    What `cache` has isn't asked again. A pair that occurs several times is judged once. Raises ModelError
    where the teacher can't be loaded, or the cache belongs to other pairs or another teacher.
    """
    distinct = list({(p.premise, p.hypothesis): p for p in pairs}.values())
    place = {(p.premise, p.hypothesis): i for i, p in enumerate(distinct)}
    key = _key(teacher, distinct, max_tokens)
    size = len(distinct)
    rows = _cached(cache, key, size) if cache.exists() else np.full((size, len(LABELS)), np.nan, np.float32)
    if np.isnan(rows).any():
        judge = _judge(teacher, max_tokens, bf16=bf16)
        for start in range(0, size, PORTION):
            portion = slice(start, start + PORTION)
            if np.isnan(rows[portion]).any():
                rows[portion] = judge(distinct[portion])
                write_whole(cache, lambda file: _write(file, rows, key))
    chosen: Matrix = rows[[place[p.premise, p.hypothesis] for p in pairs]]
    return chosen


def _judge(teacher: Path, max_tokens: int, *, bf16: bool) -> Callable[[Sequence[Pair]], Matrix]:
    if is_onnx_model(teacher):
        shipped = load_entailment(str(teacher))
        return lambda pairs: shipped.predict([(p.premise, p.hypothesis) for p in pairs])
    import torch

    from verify.train.cross_encoder import encode, load_base, probabilities

    model, tokenizer = load_base(teacher, dropout=0.0, trained=True)
    model.to("cuda" if torch.cuda.is_available() else "cpu")  # type: ignore[arg-type]  # an untyped decorator
    return lambda pairs: probabilities(model, encode(tokenizer, pairs, max_tokens), bf16=bf16)


def _key(teacher: Path, pairs: Sequence[Pair], max_tokens: int) -> bytes:
    digest = hashlib.sha256(f"{max_tokens}\n".encode())
    for name in ("model.safetensors", "model.onnx", "tokenizer.json"):
        file = teacher / name
        digest.update(file.read_bytes() if file.is_file() else b"")
    for pair in pairs:
        digest.update(f"{pair.premise}\t{pair.hypothesis}\n".encode())
    return digest.digest()


def _write(file: Path, rows: Matrix, key: bytes) -> None:
    with file.open("wb") as stream:
        np.savez(stream, rows=rows, key=np.frombuffer(key, dtype=np.uint8))


def _cached(cache: Path, key: bytes, size: int) -> Matrix:
    import zipfile

    try:
        with np.load(cache, allow_pickle=False) as content:
            rows, found = content["rows"].astype(np.float32), content["key"].tobytes()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(str(cache), "holds no soft labels", "remove it to have them made again") from error
    if found != key or rows.shape != (size, len(LABELS)):
        raise ModelError(
            str(cache), "belongs to another teacher or other pairs", "remove it to have them made again"
        )
    return np.asarray(rows)
