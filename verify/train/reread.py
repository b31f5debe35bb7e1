"""Labelled stories in the program's own words: its propositions in the place of the editors'.

    python -m verify.train.reread seeds/stories/train checkpoints/stories-reread

What a model meets in use is what the program writes, so it is trained on that as well. A claim is kept where
the program finds exactly one, with the same stance.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer

from verify.files import write_folder


def reread(folder: Path, target: Path) -> int:
    """Write the stories of `folder` to `target`, reworded; return how many claims are kept."""
    from verify.config import Config
    from verify.evaluate.gold import Story, aligned, load_stories
    from verify.pipeline import load_models, read

    models = load_models(Config())

    def worded(story: Story) -> dict[str, str]:
        """The program's propositions by the ids of the labelled claims that it finds."""
        claims = read(story.document, models).claims
        found = defaultdict(list)
        for claim in claims:
            for gold in aligned(story, [claim])[claim.id]:
                found[gold].append(claim)
        stances = {gold.id: gold.stance for gold in story.claims}
        return {
            gold: matches[0].proposition
            for gold, matches in found.items()
            if len(matches) == 1 and matches[0].stance == stances[gold]
        }

    kept = 0
    stories = {}
    for story in load_stories(folder):
        words = worded(story)
        stories[story.name] = _reworded(json.loads((folder / f"{story.name}.json").read_text("utf-8")), words)
        kept += len(words)

    def write(aside: Path) -> None:
        for name, content in stories.items():
            (aside / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")

    write_folder(target, write)
    return kept


def _reworded(
    story: dict[str, list[dict[str, str]]], words: dict[str, str]
) -> dict[str, list[dict[str, str]]]:
    """The story with only the claims of `words`, so worded, and the pairs among them."""
    claims = [row | {"proposition": words[row["id"]]} for row in story["claims"] if row["id"] in words]
    pairs = {
        key: [row for row in story[key] if row["a"] in words and row["b"] in words]
        for key in ("conflicts", "supports", "traps")
    }
    links = [row for row in story["evidence_links"] if row["claim"] in words]
    return story | pairs | {"claims": claims, "evidence_links": links}


def main(folder: Annotated[Path, typer.Argument()], target: Annotated[Path, typer.Argument()]) -> None:
    """Write labelled stories in the program's own words."""
    typer.echo(f"{reread(folder, target)} claims kept")


if __name__ == "__main__":
    typer.run(main)
