"""Score `verify check` on the labelled stories, beside a naive peer.

    python benchmarks/stories.py [FOLDER]

The peer is what most tools do: every pair of sentences above a cosine goes to the entailment model,
without attribution and without gating. Both see the same models. The scorer is seeds/stories/score.py.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Annotated, cast

import typer

from verify.cli.streams import write_file
from verify.config import load_config
from verify.evaluate.gold import Story, load_stories
from verify.models.protocols import Encoder, Entailment
from verify.pipeline import check, load_models
from verify.report import FORMATS, Display, Format
from verify.types import Run

ROOT = Path(__file__).resolve().parents[1]
SCORER = ROOT / "seeds" / "stories" / "score.py"
RESULTS = ROOT / "benchmarks" / "results" / "stories.json"
PEER_COSINE, PEER_PROBABILITY = 0.5, 0.5

Scores = dict[str, dict[str, object]]


def main(
    folder: Annotated[Path, typer.Argument(help="Labelled stories.")] = ROOT / "seeds" / "stories" / "dev",
    output: Annotated[Path, typer.Option(help="Where to write the scores.")] = RESULTS,
) -> None:
    """Score both and write the results."""
    stories = load_stories(folder)
    config = load_config(ROOT, path=ROOT / "configs" / "default.toml")
    models = load_models(config)

    def verify(story: Story) -> str:
        return FORMATS[Format.JSON](Run((check(story.document, models, config),), models.names), Display())

    results = {
        "stories": len(stories),
        "models": dict(models.names),
        "verify": _score(folder, stories, verify),
        "peer": _score(folder, stories, lambda story: naive(story, models.encoder, models.entailment)),
    }
    write_file(output, json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for name in ("verify", "peer"):
        print(f"== {name}")
        for measure, row in cast(Scores, results[name]).items():
            print(f"{measure:18} {row}")


def naive(story: Story, encoder: Encoder, entailment: Entailment) -> str:
    """The peer's report on a story: its sentences as claims, and relations between near ones."""
    texts = [story.document.text[s.start : s.end] for s in story.sentences]
    vectors = encoder.encode(texts)
    near = [(i, j) for i, j in combinations(range(len(texts)), 2) if vectors[i] @ vectors[j] >= PEER_COSINE]
    rows = entailment.predict([(texts[i], texts[j]) for i, j in near])
    claims = [
        {
            "id": f"c{k}",
            "start": s.start,
            "end": s.end,
            "content": [list(s)],
            "source": None,
            "stance": "asserts",
        }
        for k, s in enumerate(story.sentences)
    ]
    relations = [
        {"a": f"c{i}", "b": f"c{j}", "relation": "contradicts" if row[2] > row[0] else "supports"}
        for (i, j), row in zip(near, rows, strict=True)
        if max(row[0], row[2]) >= PEER_PROBABILITY
    ]
    return json.dumps({"documents": [{"claims": claims, "relations": relations}]})


def _score(folder: Path, stories: Sequence[Story], report: Callable[[Story], str]) -> Scores:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{SCORER}: can't be imported")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with tempfile.TemporaryDirectory() as reports:
        for story in stories:
            (Path(reports) / f"{story.name}.json").write_text(report(story), encoding="utf-8")
        return cast(Scores, scorer.score(folder, reports))


if __name__ == "__main__":
    typer.run(main)
