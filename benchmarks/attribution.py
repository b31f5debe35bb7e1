"""Attribution by rules, by the tagger and by both, on annotated articles: one table, and the tagger's speed.

    python benchmarks/attribution.py ../shared/attribution/polnear.jsonl.gz

`claims` is what `verify check` reports: both together, after the contents are cut into claims. Recall by
type is that of pairs (source and content). Speed counts words by white space, the parser left out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from verify.config import Config
from verify.evaluate.attribution import Unit, evaluate, find_with, read_annotated
from verify.files import write_text
from verify.language.parse import load_parser
from verify.load import document_of
from verify.models.protocols import Tagger
from verify.models.tagger import choose_tagger
from verify.pipeline import Models, load_models, read

RESULTS = Path(__file__).parent / "results" / "attribution.json"
MEASURES = (
    "link.pair",
    "link.triple",
    "source.exact",
    "cue.exact",
    "content.partial",
    "content.token",
)
TYPES = ("direct", "indirect", "mixed")

Find = Callable[[str], Sequence[Unit]]


def main(
    articles: Annotated[Path, typer.Argument(help="Annotated articles, as in PolNeAR's training part.")],
    split: Annotated[str, typer.Option(help="The split to measure on.")] = "dev",
    output: Annotated[Path, typer.Option(help="Where to write the table.")] = RESULTS,
) -> None:
    """Score the three and the claims, and write the table."""
    rows = read_annotated(articles, split)
    nlp, tagger = load_parser(), choose_tagger()
    assert tagger is not None
    finders: dict[str, Find] = {
        "rules": find_with(nlp, None, rules=True),
        "tagger": find_with(nlp, tagger, rules=False),
        "both": find_with(nlp, tagger, rules=True),
        "claims": _claims(load_models(Config())),
    }
    table = {}
    for name, find in finders.items():
        found = {row.text: find(row.text) for row in rows}
        scores = evaluate(rows, found.__getitem__)
        line = {measure: round(100 * scores[measure].f1, 1) for measure in MEASURES}
        for kind in TYPES:
            by_type = evaluate(rows, found.__getitem__, only=kind)
            line[f"recall.{kind}"] = round(100 * by_type["link.pair"].recall, 1)
        table[name] = line
        print(f"{name:8} {line}")
    speed = _words_per_second(tagger, [row.text for row in rows])
    print(f"tagger   {speed:,.0f} words a second")
    result = {
        "articles": len(rows),
        "tagger": tagger.name,
        "f1_and_recall": table,
        "words_per_second": round(speed),
    }
    write_text(output, json.dumps(result, indent=1) + "\n")


def _claims(models: Models) -> Find:
    def find(text: str) -> Sequence[Unit]:
        document = document_of(text.encode("utf-8"), path="article.txt", suffix=".txt")
        return tuple(
            Unit((c.source.text,) if c.source.text else (), (c.cue,) if c.cue else (), c.content)
            for c in read(document, models).claims
            if c.source is not None
        )

    return find


def _words_per_second(tagger: Tagger, texts: Sequence[str]) -> float:
    began = time.perf_counter()
    for text in texts:
        tagger.tag([line for line in text.splitlines() if line.strip()])
    return sum(len(text.split()) for text in texts) / (time.perf_counter() - began)


if __name__ == "__main__":
    typer.run(main)
