"""A newsroom's repository for the gate's tests, and a pipeline that goes by single words."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar

from verify.load import document_of
from verify.rules import RULES, running
from verify.rules.run import fingerprint, normalised
from verify.types import Checked, Coverage, Document, Finding, Level, Role, Sentence, Span, Unchecked

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from verify.config import Config

QUIET = "The bridge at Sarnow fell into the river on Monday, the ministry said."
CLASH = "The haulier denied that its lorry had brought the bridge down."
OTHER = "The mayor denied that the town had known of the cracks."
MARKS = {"denied": "source-conflict", "somebody": "anonymous-source"}
"""The words that make a finding, and of which rule."""

BY_NAME = {rule.name: rule for rule in RULES}


def draft(text: str, path: str = "draft.md") -> Document:
    return document_of(text.encode(), path=path, suffix=Path(path).suffix)


def check(
    document: Document, levels: dict[str, Level | None] | None = None, *, score: float = 0.9
) -> Checked:
    """The document with a finding for each paragraph that holds one of the words."""
    ran = running(levels or {})
    blocks = [block for block in document.blocks if block.role is Role.PARAGRAPH]
    findings: list[Finding] = []
    for block in blocks:
        for word, name in MARKS.items():
            if name in ran and re.search(rf"\b{word}\b", block.shown(document.text)):
                rule = BY_NAME[name]
                words = normalised(block.shown(document.text))
                findings.append(
                    Finding(
                        id=f"f{len(findings) + 1}",
                        rule=name,
                        code=rule.code,
                        level=(levels or {}).get(name) or rule.level,
                        message=f"Somebody {word}.",
                        claims=(),
                        spans=(block.span,),
                        score=score,
                        fingerprint=fingerprint(f"{name}\n{words}", 1),
                    )
                )
    unread = [m.span() for m in re.finditer(r"Ceci[^\n]*", document.text)]
    return Checked(
        document=document,
        sentences=tuple(Sentence(f"s{i}", b.span, i, b.role) for i, b in enumerate(blocks)),
        claims=(),
        relations=(),
        issues=(),
        findings=tuple(findings),
        coverage=Coverage(len(blocks), 0, 0, tuple(Unchecked("not in English", Span(*s)) for s in unread)),
        rules=ran,
    )


@dataclass
class Pipeline:
    """Stands in for `verify.pipeline`; `seen` are the drafts that were checked."""

    seen: list[str] = field(default_factory=list)
    names: ClassVar = {"encoder": "e", "entailment": "n", "attribution": "a", "parser": "p"}

    def load_models(self, config: Config) -> Pipeline:
        return self

    def open_library(self, config: Config, models: Pipeline) -> None:
        return None

    def check(self, document: Document, models: Pipeline, config: Config, *, library: None) -> Checked:
        self.seen.append(document.path)
        return check(document, config.levels)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """A pipeline of this kind in the place of `verify.pipeline`."""
    pipeline = Pipeline()
    module = ModuleType("verify.pipeline")
    module.__dict__.update(
        load_models=pipeline.load_models, open_library=pipeline.open_library, check=pipeline.check
    )
    monkeypatch.setitem(sys.modules, "verify.pipeline", module)
    return pipeline


def pins(checked: Checked) -> Iterator[str]:
    """The beginnings of the fingerprints of what was found."""
    yield from (finding.fingerprint[:8] for finding in checked.findings)


def git(folder: Path, *arguments: str) -> None:
    """Run git as a desk of our own would, whatever the machine's settings."""
    own = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *own, *arguments], check=True, capture_output=True)


def commit(folder: Path, **texts: str) -> None:
    """Write drafts, by their names without `.md`, and commit everything."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "more")


def repository(folder: Path) -> Path:
    """An empty repository in `folder`."""
    git(folder, "init", "-q", "-b", "main")
    return folder
