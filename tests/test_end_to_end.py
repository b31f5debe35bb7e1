"""The whole line on the drafts in `seeds/`, with the bundled models, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads((ROOT / "verify" / "report" / "wire-schema.json").read_text(encoding="utf-8"))
DRAFTS = sorted((ROOT / "seeds").glob("*.md"))
DRAFTS = [draft for draft in DRAFTS if draft.name != "README.md"]

PROGRAM = (
    "import sys; from verify.cli import run; status = run(sys.argv[1:]); "
    "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(status)"
)


def checked(draft: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "check", str(draft), "--format", "json"],
        cwd=draft.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda path: path.stem)
def test_seed_draft(draft: Path) -> None:
    done = checked(draft)
    assert done.returncode in {0, 1}, done.stderr
    wire = json.loads(done.stdout)
    jsonschema.validate(wire, SCHEMA, cls=jsonschema.Draft202012Validator)
    (document,) = wire["documents"]
    assert document["sentences"]
    assert document["claims"]
    text = draft.read_text(encoding="utf-8")
    for sentence in document["sentences"]:
        assert text[sentence["start"] : sentence["end"]].strip()
    ids = {claim["id"] for claim in document["claims"]}
    assert all(r["a"] in ids and r["b"] in ids for r in document["relations"])
    assert all(set(f["claims"]) <= ids for f in document["findings"])
    assert not {"torch", "transformers", "sentence_transformers"} & set(done.stderr.split())


def test_the_title_is_checked_and_foreign_paragraphs_are_not(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    german = (
        "Der Bürgermeister erklärte am Montag, die Flut habe 90 Menschen getötet, und niemand könne sagen, "
        "wann die Straßen wieder befahrbar seien, da noch immer Wasser in den Kellern stehe."
    )
    story = "The flood killed 12 people in Velm on Sunday, the mayor, Jan Holt, said on Monday."
    draft.write_text(f"---\ntitle: Flood kills 40 people\n---\n{story}\n\n{german}\n", encoding="utf-8")
    done = checked(draft)
    assert done.returncode == 1, done.stderr
    (document,) = json.loads(done.stdout)["documents"]
    assert [f["code"] for f in document["findings"]].count("VFY104") == 1
    assert len(document["sentences"]) == 2
    (unchecked,) = document["coverage"]["unchecked"]
    assert unchecked["reason"] == "not in English"
