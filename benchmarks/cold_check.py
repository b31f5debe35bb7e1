"""Time and memory of a cold `verify check`, the whole process, and where the time goes.

    python benchmarks/cold_check.py [DRAFT] [--runs 5]

Times are wall clock (hyperfine gives the same medians); memory is the peak resident set by the
operating system. spaCy alone on the same draft is measured beside it.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from verify.cli.streams import write_file

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "cold_check.json"

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
    checked = [timed([sys.executable, "-m", "verify", "check", str(draft)]) for _ in range(runs)]
    spacy = [timed([sys.executable, "-c", SPACY_ALONE, str(draft)]) for _ in range(runs)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    laps = subprocess.run(
        [sys.executable, "-c", STAGES, str(draft)], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout
    results = {
        "draft": draft.name,
        "words": len(draft.read_text(encoding="utf-8").split()),
        "machine": ", ".join(
            (
                platform.machine(),
                f"{len(os.sched_getaffinity(0))} cores",
                f"Python {platform.python_version()}",
            )
        ),
        "check_seconds": {"median": statistics.median(checked), "all": checked},
        "spacy_alone_seconds": {"median": statistics.median(spacy), "all": spacy},
        "peak_megabytes": round(peak),
        "stages_seconds": dict(line.split("\t") for line in laps.splitlines()),
    }
    write_file(output, json.dumps(results, indent=1) + "\n")
    print(json.dumps(results, indent=1))


def timed(command: list[str]) -> float:
    """Seconds of wall clock that the command takes; its exit status may be 0 or 1."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, cwd=ROOT, check=False)
    seconds = round(time.perf_counter() - start, 2)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{' '.join(command)}: exit status {done.returncode}")
    return seconds


if __name__ == "__main__":
    typer.run(main)
