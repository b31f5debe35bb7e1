"""What storing the entailment model in fewer bits costs: each precision against torch fp32.

    python benchmarks/entailment_precision.py --source checkpoints/averaged ../shared/nli/dev.jsonl.gz

Pairs are drawn from every set of the files, `limit` of each.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from verify.files import write_text
from verify.models.entailment import load_entailment
from verify.train.cross_encoder import encode, load_base, probabilities
from verify.train.export import export_entailment
from verify.train.pairs import by_set, read_pairs
from verify.train.precision import CONVERTERS

MAX_TOKENS = 256


@dataclass(frozen=True)
class Agreement:
    """One precision against torch fp32: shares and differences in 0..1, size in MB of 10^6 bytes."""

    precision: str
    megabytes: float
    accuracy: float
    same_label: float
    largest_difference: float
    mean_difference: float
    pairs_per_second: float


def main(
    data: Annotated[list[Path], typer.Argument()],
    source: Annotated[Path, typer.Option()],
    limit: Annotated[int, typer.Option()] = 500,
    output: Annotated[Path, typer.Option()] = Path("benchmarks/results/entailment-precision.json"),
) -> None:
    """Export `source` in every precision and compare."""
    sets = by_set(pair for path in data for pair in read_pairs(path))
    pairs = [
        p
        for name in sorted(sets)
        for p in random.Random(name).sample(sets[name], min(limit, len(sets[name])))
    ]
    wanted = np.asarray([pair.target for pair in pairs])
    model, tokenizer = load_base(source, dropout=0.0, trained=True)
    whole = probabilities(model, encode(tokenizer, pairs, MAX_TOKENS))
    rows = [Agreement("torch fp32", 0.0, float((whole.argmax(1) == wanted).mean()), 1.0, 0.0, 0.0, 0.0)]
    for precision in CONVERTERS:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder)
            export_entailment(source, target, name=precision, precision=precision)
            shipped = load_entailment(str(target))
            start = time.perf_counter()
            given = shipped.predict([(pair.premise, pair.hypothesis) for pair in pairs])
            rate = len(pairs) / (time.perf_counter() - start)
            size = sum(file.stat().st_size for file in target.iterdir()) / 1e6
        difference = np.abs(given - whole)
        rows.append(
            Agreement(
                precision=precision,
                megabytes=round(size, 1),
                accuracy=float((given.argmax(1) == wanted).mean()),
                same_label=float((given.argmax(1) == whole.argmax(1)).mean()),
                largest_difference=float(difference.max()),
                mean_difference=float(difference.mean()),
                pairs_per_second=round(rate, 1),
            )
        )
    result = json.dumps({"pairs": len(pairs), "precisions": [asdict(row) for row in rows]}, indent=1)
    write_text(output, result + "\n")
    print(result)


if __name__ == "__main__":
    typer.run(main)
