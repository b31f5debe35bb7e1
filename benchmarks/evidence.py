"""Evidence on labelled stories, each held against its archive, or all against one archive of all of them.

    python benchmarks/evidence.py seeds/stories/dev [--output benchmarks/results/evidence.json]

Claims, evidence and quotations are those of the whole program. The figures are those of
`seeds/stories/score.py`; and of the links that the labels warn of, to another event that looks alike, how
many were drawn all the same. In the one archive, what is linked beyond a story's own archive counts as wrong.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, cast

import typer

from verify.config import load_config, shipped
from verify.evaluate.archives import archive_of, links_of
from verify.evaluate.gold import Story, load_stories
from verify.evaluate.stories import sentence_of_claim
from verify.files import write_text
from verify.pipeline import Models, check, library_of, load_models
from verify.report.json import encode, wire
from verify.types import Checked, Run

ROOT = Path(__file__).resolve().parents[1]
SCORER = ROOT / "seeds" / "stories" / "score.py"


def figures(
    folder: Path, checked: Mapping[str, Checked], models: Models, prefixes: Mapping[str, str]
) -> object:
    """The scorer's rows on evidence, and the share of lookalikes that were linked."""
    linked = 0
    warned = 0
    with tempfile.TemporaryDirectory() as aside:
        for story in load_stories(folder):
            prefix = prefixes[story.name]
            page = json.loads(encode(wire(Run((checked[story.name],), models.names))))
            for row in page["documents"][0]["evidence"]:
                row["document"] = row["document"].removeprefix(prefix)
            Path(aside, f"{story.name}.json").write_text(json.dumps(page), encoding="utf-8")
            told, lookalikes = lookalikes_of(story, checked[story.name], prefix)
            linked += told
            warned += lookalikes
        rows = _scored(folder, Path(aside))
    kept = {name: row for name, row in rows.items() if name.startswith("evidence")}
    return kept | {"lookalikes_linked": {"rate": round(100 * linked / max(warned, 1), 1), "n": warned}}


def lookalikes_of(story: Story, checked: Checked, prefix: str) -> tuple[int, int]:
    """How many links from a sentence to a document on another event were drawn, of all that are labelled."""
    standing = {claim.id: claim.sentence for claim in story.claims}
    places = {c.id: sentence_of_claim(story, c) for c in checked.claims}
    drawn = {(places[e.claim], e.passage.document.removeprefix(prefix)) for e in checked.evidence}
    warned = [x for x in links_of(story.file) if x.relation == "unrelated_lookalike"]
    return sum((standing[x.claim], x.document) in drawn for x in warned), len(warned)


def _scored(gold: Path, given: Path) -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("dict[str, object]", module.score(gold, given))


def main(
    stories: Annotated[Path, typer.Argument(help="A folder of labelled stories.")],
    output: Annotated[Path, typer.Option(help="Where to write the figures.")] = ROOT
    / "benchmarks/results/evidence.json",
    together: Annotated[bool, typer.Option(help="Measure against one archive of all stories too.")] = True,
) -> None:
    """Check every story against its archive, and against that of all."""
    config = load_config(Path(), path=shipped("default"))
    models = load_models(config)
    found = load_stories(stories)
    files = {f"{story.name}-": story.file for story in found}
    table: dict[str, object] = {"stories": len(found), "models": dict(models.names)}
    apart = {}
    for story in found:
        with archive_of({"": story.file}, models.encoder) as archive:
            library = library_of(archive, models)
            apart[story.name] = check(story.document, models, config, library=library)
        typer.echo(story.name, err=True)
    table["own archive"] = figures(stories, apart, models, dict.fromkeys(apart, ""))
    if together:
        with archive_of(files, models.encoder) as archive:
            library = library_of(archive, models)
            whole = {s.name: check(s.document, models, config, library=library) for s in found}
            table["documents"] = archive.searched.documents
        table["one archive of all"] = figures(stories, whole, models, {name: f"{name}-" for name in whole})
    text = json.dumps(table, indent=1) + "\n"
    write_text(output, text)
    typer.echo(text)


if __name__ == "__main__":
    typer.run(main)
