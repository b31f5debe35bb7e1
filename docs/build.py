"""Write the rules' pages, `docs/rules/CODE-name.md`, from their docstrings; with `--check`, only compare."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "rules"
RESULTS = ROOT / "benchmarks" / "results" / "stories.json"
INTRODUCTION = """\
Written by `python docs/build.py` from the rules themselves.

"Right" is how many of a rule's findings on the 16 development stories their labels bear out: a conflict that
their editors marked between the same two sentences, a sentence that they would have attributed, a source
that they hold for anonymous. For what the other rules look for there are no labels.
The figures are those of [stories.json](../../benchmarks/results/stories.json), which `verify evaluate stories
seeds/stories/dev` measures."""


def pages() -> dict[str, str]:
    """The text of each page by the name of its file."""
    from verify.cli.rules import page
    from verify.rules.notices import catalogue

    right = precision()
    index = "".join(
        f"| [{rule.code}]({rule.code}-{rule.name}.md) | {rule.name} | {rule.level} | {rule.summary} "
        f"| {right.get(rule.name, '–')} |\n"
        for rule in catalogue()
    )
    table = f"| Code | Name | Level | Reports | Right |\n|---|---|---|---|---|\n{index}"
    written = {"README.md": f"# Rules\n\n{INTRODUCTION}\n\n{table}"}
    for rule in catalogue():
        body = page(rule).split("\n\n", 1)[1]
        written[f"{rule.code}-{rule.name}.md"] = f"# {rule.code} {rule.name}\n\nLevel: {rule.level}\n\n{body}"
    return written


def precision() -> dict[str, str]:
    """By rule, how many of its findings on the development stories the labels bear out: "30 of 46"."""
    measured = json.loads(RESULTS.read_text(encoding="utf-8"))["systems"]["verify"]
    told = {name: f"{row['right']} of {row['n']}" for name, row in measured["rules"].items()}
    return told | {name: f"{number}, no labels" for name, number in measured["unlabelled"].items()}


def drift(expected: dict[str, str]) -> list[str]:
    """The names of files that are missing, differ, or belong to no rule."""
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


def main(arguments: list[str]) -> int:
    """Return 1 if `--check` finds that the pages have drifted."""
    expected = pages()
    stale = drift(expected)
    if arguments == ["--check"]:
        if stale:
            sys.stderr.write(f"out of date: {', '.join(stale)}; run python docs/build.py\n")
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name in stale:
        if name in expected:
            (FOLDER / name).write_text(expected[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
