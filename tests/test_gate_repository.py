"""The gate where it is used: on a repository, by pre-commit, and as a GitHub Action."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from gating import commit, git, repository

from verify.cli import run

if TYPE_CHECKING:
    from verify.pipeline import Models

ROOT = Path(__file__).resolve().parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / "action.yml"

CALM = """# Bridge at Sarnow collapses

SARNOW - The road bridge at Sarnow fell into the river on Monday, the transport ministry said.

The mayor said that the bridge would be rebuilt within a year.
"""
CLASH = "The ministry said that 12 people were killed in the fall. Police said that 19 people were killed."
CONFLICT = f"{CALM}\n{CLASH}\n"

SHIM = """#!{python}
import sys
from types import ModuleType
sys.path.insert(0, {tests!r})
from gating import Pipeline
fake = ModuleType("verify.pipeline")
for name in ("load_models", "open_library", "check"):
    setattr(fake, name, getattr(Pipeline(), name))
sys.modules["verify.pipeline"] = fake
from verify.cli import main
main()
"""
"""A `verify` that goes by single words, so that scripts around it can be tested fast."""

Capture = pytest.CaptureFixture[str]


def test_a_conflict_from_its_birth_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, models: Models
) -> None:
    monkeypatch.setattr("verify.pipeline.load_models", lambda config: models)
    monkeypatch.chdir(repository(tmp_path))
    commit(tmp_path, calm=CALM, bridge=CALM)
    gate = ["gate", ".", "--changed-since", "HEAD"]

    assert run(gate) == 0

    story = tmp_path / "bridge.md"
    story.write_text(CONFLICT, encoding="utf-8")
    assert run(["gate", "."]) == 1
    capsys.readouterr()
    assert run(gate) == 1
    assert re.search(r"^bridge\.md:\d+:\d+: error: VFY102 ", capsys.readouterr().out, re.MULTILINE)

    def suppressed(target: str, words: str) -> str:
        return f"{CALM}\n<!-- verify ignore {target}: the count goes on, both were told -->\n\n{words}\n"

    story.write_text(suppressed("VFY102", CLASH), encoding="utf-8")
    assert run(gate) == 1
    (target,) = re.findall(r"write (VFY102#\w{8}) instead", capsys.readouterr().out)
    story.write_text(suppressed(target, CLASH), encoding="utf-8")
    assert run(gate) == 0
    assert "1 suppressed" in capsys.readouterr().err

    story.write_text(suppressed(target, CLASH.replace("19", "23")), encoding="utf-8")
    assert run(gate) == 1
    out = capsys.readouterr().out
    assert "VFY102" in out
    assert f"VFY401 The words that {target} let stand have changed" in out

    story.write_text(suppressed(target, "The police counted the dead."), encoding="utf-8")
    assert run(gate) == 1
    assert f"VFY401 {target} suppresses nothing: remove it." in capsys.readouterr().out


def test_pre_commit_stops_a_conflict_and_lets_the_rest_pass(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit isn't installed (extra `test`)")
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    # As the hook is, but run where the tests run: building its environment needs the network.
    local = {"repos": [{"repo": "local", "hooks": [hook | {"language": "system"}]}]}
    repository(tmp_path)
    commit(tmp_path, calm=CALM)
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local), encoding="utf-8")
    (tmp_path / "notes.py").write_text("A = 1\n", encoding="utf-8")
    git(tmp_path, "add", "-A")

    def pre_commit(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=tmp_path,
            env=_environment(Path(sys.executable).parent, tmp_path)
            | {"PRE_COMMIT_HOME": str(tmp_path / "pc")},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    assert pre_commit("validate-manifest", str(HOOKS)).returncode == 0
    (tmp_path / "bridge.md").write_text(CONFLICT, encoding="utf-8")
    git(tmp_path, "add", "bridge.md")
    stopped = pre_commit("run")
    assert stopped.returncode == 1
    assert "bridge.md:7:" in stopped.stdout
    git(tmp_path, "rm", "-q", "-f", "bridge.md")
    passed = pre_commit("run", "--all-files")
    assert passed.returncode == 0, passed.stdout
    assert "Passed" in passed.stdout


@pytest.fixture
def action(tmp_path: Path) -> Action:
    return Action(tmp_path)


class Action:
    """Runs the scripts of the composite action as a runner would, with a `verify` that goes by words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self.temporary = folder / "temporary"
        for name in (self.folder, self.temporary):
            name.mkdir()
        self.shim = folder / "bin" / "verify"
        self.shim.parent.mkdir()
        self.shim.write_text(SHIM.format(python=sys.executable, tests=str(ROOT / "tests")), encoding="utf-8")
        self.shim.chmod(0o755)
        self.printed: dict[str, str] = {}
        self.definition = yaml.safe_load(ACTION.read_text(encoding="utf-8"))

    def run(self, **inputs: str) -> int:
        """The exit status of the job's last step."""
        defaults = {name: str(given["default"]) for name, given in self.definition["inputs"].items()}
        values = {f"inputs.{name}": value for name, value in (defaults | inputs).items()}
        status = 0
        for step in self.definition["runs"]["steps"]:
            if "run" not in step or step["id"] == "install":
                continue
            status = self._script(step, values)
            if status:
                break
            values |= {f"steps.{step['id']}.outputs.{key}": value for key, value in self.outputs().items()}
        return status

    def outputs(self) -> dict[str, str]:
        lines = (self.temporary / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def _script(self, step: dict[str, str], values: dict[str, str]) -> int:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        given = {
            name: re.sub(r"\$\{\{ (\S+) \}\}", lambda m: values.get(m[1], ""), value)
            for name, value in dict(step["env"]).items()
        }
        own = {
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env=_environment(self.shim.parent, self.temporary) | own | given,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        self.printed[step["id"]] = done.stdout
        return done.returncode


def test_the_action_fails_the_job_and_annotates(action: Action) -> None:
    (action.folder / "clash.md").write_text("The haulier denied it all.\n", encoding="utf-8")
    (action.folder / "calm.md").write_text("The bridge fell on Monday.\n", encoding="utf-8")
    assert action.run() == 1
    assert "::warning file=clash.md,line=1" in action.printed["gate"]
    assert action.outputs() == {"status": "1", "sarif": "verify.sarif"}
    assert '"ruleId"' in (action.folder / "verify.sarif").read_text(encoding="utf-8")
    assert "VFY101" in (action.temporary / "summary").read_text(encoding="utf-8")


def test_the_action_passes_what_is_calm(action: Action) -> None:
    (action.folder / "a calm; story.md").write_text("The bridge fell on Monday.\n", encoding="utf-8")
    (action.folder / "clash.md").write_text("The haulier denied it all.\n", encoding="utf-8")
    assert action.run(paths="a calm; story.md\n", profile="publish", sarif="out.sarif") == 0
    assert action.outputs() == {"status": "0", "sarif": "out.sarif"}


def test_the_action_passes_on_what_went_wrong(action: Action) -> None:
    assert action.run(paths="$(touch hacked)\n--version") == 2
    assert action.run(paths="no folder", profile="loud") == 2
    assert [path.name for path in action.folder.iterdir()] == []
    (action.folder / "foreign.md").write_text("Ceci n'est pas du français.\n", encoding="utf-8")
    (action.temporary / "output").unlink()
    assert action.run(paths="foreign.md") == 3


def test_the_action_s_steps_are_what_a_runner_takes() -> None:
    definition = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    assert definition["runs"]["using"] == "composite"
    for step in definition["runs"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        assert re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step.get("uses", "a/b@v1"))


def _environment(first: Path, home: Path) -> dict[str, str]:
    """The machine's, with `first` searched before all else, and without what git tells its hooks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
    return kept | {
        "PATH": f"{first}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
