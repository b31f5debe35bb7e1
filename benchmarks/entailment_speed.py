"""Pairs a second: the shipped runtime against CrossEncoder.predict in torch fp32, on the same pairs.

    python benchmarks/entailment_speed.py --source checkpoints/averaged --shipped FOLDER

The pairs have 48 tokens on average, special ones included, and none occurs twice, so that nothing is won by
leaving out repeats. Turns alternate, for other work on the machine slows all alike, and the median counts.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from verify.files import write_text

TOKENS, THREADS = 48, 2
WORDS = (
    "the",
    "of",
    "in",
    "and",
    "police",
    "minister",
    "said",
    "town",
    "river",
    "bridge",
    "court",
    "army",
    "year",
)

Predict = Callable[[Sequence[tuple[str, str]]], object]


def pairs_of(count: int, *, tokens: int, seed: int = 1) -> list[tuple[str, str]]:
    """Distinct pairs of common words, each one token, of `tokens` tokens on average with the special ones."""
    rng = random.Random(seed)
    pairs = []
    for _ in range(count):
        words = max(8, round(rng.gauss(tokens - 3, tokens / 4)))
        first = round(words * rng.uniform(0.5, 0.7))
        pairs.append((" ".join(rng.choices(WORDS, k=first)), " ".join(rng.choices(WORDS, k=words - first))))
    return pairs


def main(
    source: Annotated[Path, typer.Option(help="The trained cross-encoder, as torch loads it.")],
    shipped: Annotated[list[Path], typer.Option(help="An exported model; may be repeated.")],
    count: Annotated[int, typer.Option()] = 512,
    turns: Annotated[int, typer.Option()] = 5,
    output: Annotated[Path, typer.Option()] = Path("benchmarks/results/entailment-speed.json"),
) -> None:
    """Time the models in turns and write the medians."""
    import torch
    from sentence_transformers import CrossEncoder

    from verify.models.entailment import load_entailment

    torch.set_num_threads(THREADS)
    torch_model = CrossEncoder(str(source), device="cpu")
    torch_model.model.float()

    def in_torch(pairs: Sequence[tuple[str, str]]) -> object:
        return torch_model.predict(list(pairs), apply_softmax=True, show_progress_bar=False)

    models: dict[str, Predict] = {"torch fp32": in_torch}
    models |= {folder.name: load_entailment(str(folder)).predict for folder in shipped}
    pairs = pairs_of(count, tokens=TOKENS)
    rates: dict[str, list[float]] = {name: [] for name in models}
    for turn in range(turns + 1):
        for name, predict in models.items():
            start = time.perf_counter()
            predict(pairs)
            if turn:  # the first turn warms up
                rates[name].append(count / (time.perf_counter() - start))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    result = {
        "tokens": TOKENS,
        "threads": THREADS,
        "pairs": count,
        "turns": turns,
        "processor": processor(),
        "pairs_per_second": {name: round(rate, 1) for name, rate in medians.items()},
        "ratio_to_torch": {name: round(rate / medians["torch fp32"], 2) for name, rate in medians.items()},
    }
    write_text(output, json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


def processor() -> str:
    """The processor's name and the instructions that decide how fast 8 bits and bf16 are."""
    lines = (
        Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if Path("/proc/cpuinfo").exists()
        else []
    )
    fields = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    flags = [
        flag
        for flag in fields.get("flags", "").split()
        if flag in {"avx2", "avx512_vnni", "amx_int8", "amx_bf16"}
    ]
    return f"{fields.get('model name', 'unknown')} ({', '.join(flags)})"


if __name__ == "__main__":
    typer.run(main)
