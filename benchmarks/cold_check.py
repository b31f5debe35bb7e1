"""Time and memory of a cold `verify check`, the whole process, and where the time goes.

    python benchmarks/cold_check.py [DRAFT] [--runs 5]

Times are wall clock (hyperfine gives the same medians); memory is the peak resident set by the
operating system. spaCy alone on the same draft is measured beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from verify.evaluate.machine import machine
from verify.files import write_text

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "cold-check.json"

SPACY_ALONE = """
import sys
from verify.language.parse import load_parser
load_parser()(open(sys.argv[1], encoding="utf-8").read())
"""
STAGES = """
import sys, time
from pathlib import Path
start = time.perf_counter()
def lap(name):
    global start
    print(f"{name}\\t{time.perf_counter() - start:.3f}")
    start = time.perf_counter()
from verify.config import Config
from verify.load import load
from verify.pipeline import check, read
from verify.pipeline import Models
from verify.language.parse import load_parser
from verify.models.encoder import load_encoder
from verify.models.entailment import load_entailment
from verify.attribution.registry import load_registry
document = load(sys.argv[1]); lap("import and load")
nlp = load_parser(); lap("load spaCy")
encoder, entailment = load_encoder(), load_entailment(); lap("load encoder and entailment")
models = Models(nlp, encoder, entailment, load_registry()); lap("load registry")
read(document, models); lap("parse and attribute")
check(document, models, Config()); lap("parse, attribute, relate, rules")
"""


def main(
    draft: Annotated[Path, typer.Argument()] = ROOT / "seeds" / "moscow-concert-hall.md",
    runs: Annotated[int, typer.Option(min=1)] = 5,
    output: Annotated[Path, typer.Option()] = RESULTS,
) -> None:
    """Measure and write the results."""
    checked = [measured([sys.executable, "-m", "verify", "check", str(draft)]) for _ in range(runs)]
    spacy = [measured([sys.executable, "-c", SPACY_ALONE, str(draft)]) for _ in range(runs)]
    laps = subprocess.run(
        [sys.executable, "-c", STAGES, str(draft)], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout
    results = {
        "draft": draft.name,
        "words": len(draft.read_text(encoding="utf-8").split()),
        "machine": machine(),
        "check": _summary(checked),
        "spacy_alone": _summary(spacy),
        "stages_seconds": dict(line.split("\t") for line in laps.splitlines()),
    }
    write_text(output, json.dumps(results, indent=1) + "\n")
    print(json.dumps(results, indent=1))


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall-clock seconds of a process and its peak resident set in MB."""

    seconds: float
    megabytes: float


def measured(command: list[str]) -> Measured:
    """Run the command; its exit status may be 0 or 1."""
    start = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise SystemExit(f"{' '.join(command)}: exit status {os.waitstatus_to_exitcode(status)}")
    return Measured(round(seconds, 2), round(usage.ru_maxrss / 1024))


def _summary(runs: list[Measured]) -> dict[str, object]:
    return {
        "median_seconds": statistics.median(r.seconds for r in runs),
        "seconds": [r.seconds for r in runs],
        "peak_megabytes": max(r.megabytes for r in runs),
    }


if __name__ == "__main__":
    typer.run(main)
