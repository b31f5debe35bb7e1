"""Imports point down the line of the pipeline, as docs and design draw it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "verify"
LINE = (
    ("types", "errors", "resources", "files", "stored", "sqlite", "cores", "printable", "lines"),
    ("config",),
    ("load",),
    ("language",),
    ("models",),
    ("cache",),
    ("index",),
    ("attribution",),
    ("reference",),
    ("proposition",),
    ("claims",),
    ("reading",),
    ("accusing",),
    ("relate",),
    ("evidence",),
    ("rules",),
    ("pipeline",),
    ("report",),
    ("gate",),
    ("batch",),
    ("evaluate", "train"),
    ("cli",),
)
"""The parts of the package, each of which may import those before it and its own."""

RANK = {part: rank for rank, parts in enumerate(LINE) for part in parts}
ALLOWED = {
    ("cli", "__init__"),  # the version
    ("report", "__init__"),
}


def part_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """The parts of the package that a module imports anywhere, its functions included."""
    parts = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name == "verify":
                parts.add("__init__")
            elif name.startswith("verify."):
                parts.add(name.split(".")[1])
    return parts


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda f: str(f.relative_to(PACKAGE)))
def test_imports_point_down(file: Path) -> None:
    part = part_of(file)
    if part in {"__init__", "__main__"}:
        return
    for other in imported(file):
        assert (part, other) in ALLOWED or RANK[other] <= RANK[part], f"{part} imports {other}"
