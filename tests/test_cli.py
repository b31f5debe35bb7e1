from __future__ import annotations

import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import pytest

import verify
from verify.cli import run
from verify.cli.status import ExitStatus, worst
from verify.config import Config
from verify.errors import InputError, ModelError
from verify.types import Checked, Coverage, Document, Level, Searched, Span, Unchecked

ROOT = Path(__file__).resolve().parents[1]
NAMES = {"encoder": "e", "entailment": "n", "attribution": "a", "parser": "p"}


@dataclass
class Shelf:
    """Stands in for an archive."""

    searched: Searched = field(default_factory=lambda: Searched("archive", 1, 1))
    closed: int = 0

    def close(self) -> None:
        self.closed += 1


@dataclass
class Pipeline:
    """Stands in for models and pipeline; `result` is what every document turns out to be."""

    result: Checked
    loaded: list[Config] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=lambda: dict(NAMES))
    failure: BaseException | None = None
    library: Shelf = field(default_factory=Shelf)

    def load_models(self, config: Config) -> Pipeline:
        self.loaded.append(config)
        return self

    def open_library(self, config: Config, models: Pipeline) -> Shelf | None:
        return self.library if config.index is not None else None

    def check(
        self, document: Document, models: Pipeline, config: Config, *, library: Shelf | None
    ) -> Checked:
        if self.failure:
            raise self.failure
        self.seen.append(document.path)
        return replace(
            self.result, document=replace(self.result.document, path=document.path, id=document.id)
        )


@pytest.fixture
def pipeline(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    fake = Pipeline(checked)
    module = ModuleType("verify.pipeline")
    module.__dict__.update(load_models=fake.load_models, open_library=fake.open_library, check=fake.check)
    monkeypatch.setitem(sys.modules, "verify.pipeline", module)
    return fake


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "draft.md"
    path.write_text("The ministry said on Monday that twelve people had died.\n", encoding="utf-8")
    return path


Capture = pytest.CaptureFixture[str]


def test_version_and_help(capsys: Capture) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"verify {verify.__version__}\n"
    assert run(["--help"]) == 0
    assert "check" in capsys.readouterr().out
    assert run(["check", "--help"]) == 0
    assert "--fail-on" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [[], ["check"], ["check", "--no-such-option", "x"], ["chekc", "x"], ["check", "x", "--format", "yaml"]],
)
def test_usage_errors_exit_2(arguments: list[str], capsys: Capture) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert "Usage: verify" in captured.out + captured.err
    assert "Traceback" not in captured.err


def test_findings_exit_1(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    assert run(["check", "draft.md"]) == 1
    told = capsys.readouterr()
    assert "VFY101 source-conflict" in told.out
    assert told.err.startswith("verify: exit status 1: ")
    assert "--fail-on" in told.err


@pytest.mark.parametrize("options", [["--exit-zero"], ["--format", "json"]])
def test_no_word_of_the_exit_status_where_none_is_needed(
    pipeline: Pipeline, draft: Path, options: list[str], capsys: Capture
) -> None:
    run(["check", "draft.md", *options])
    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "VFY101"], 1),
        (["--fail-on", "source-conflict"], 1),
        (["--fail-on", "date-conflict"], 0),
        (["--fail-on", "date-conflict", "--fail-on", "number-conflict"], 0),
        (["--exit-zero"], 0),
        (["--exit-zero", "--fail-on", "error"], 0),
    ],
)
def test_threshold(pipeline: Pipeline, draft: Path, options: list[str], status: int) -> None:
    assert run(["check", "draft.md", *options]) == status


def test_level_below_the_threshold_passes(pipeline: Pipeline, draft: Path) -> None:
    note = next(f for f in pipeline.result.findings if f.level is Level.INFO)
    pipeline.result = replace(pipeline.result, findings=(note,))
    assert run(["check", "draft.md"]) == 0
    assert run(["check", "draft.md", "--fail-on", "info"]) == 1
    assert run(["check", "draft.md", "--profile", "strict"]) == 1


def test_clean_exits_0(pipeline: Pipeline, draft: Path, clean: Checked) -> None:
    pipeline.result = clean
    assert run(["check", "draft.md"]) == 0


def test_what_could_not_be_checked_exits_3(pipeline: Pipeline, draft: Path, clean: Checked) -> None:
    unread = Unchecked("not English", Span(0, len(clean.document.text)))
    pipeline.result = replace(clean, coverage=Coverage(5, 0, 0, (unread,)))
    assert run(["check", "draft.md"]) == 3
    assert run(["check", "draft.md", "--exit-zero"]) == 3
    pipeline.result = replace(clean, sentences=())
    assert run(["check", "draft.md"]) == 3


def test_worst_status_of_a_run() -> None:
    clean, findings, error, unchecked, _ = ExitStatus
    assert worst([]) is clean
    assert worst([clean, unchecked]) is unchecked
    assert worst([unchecked, findings, clean]) is findings
    assert worst([findings, error]) is error


def test_json_and_ids(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    (draft.parent / "other.md").write_text(draft.read_text())
    assert run(["check", "draft.md", "other.md", "--format", "json"]) == 1
    wire = json.loads(capsys.readouterr().out)
    assert [(d["id"], d["path"]) for d in wire["documents"]] == [("d1", "draft.md"), ("d2", "other.md")]
    assert wire["tool"]["models"] == dict(sorted(NAMES.items()))
    assert len(pipeline.loaded) == 1


def test_a_bad_file_does_not_cost_the_others(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    assert run(["check", "missing.md", "draft.md", "--format", "concise"]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("draft.md:1:29: error: VFY104")
    (line,) = captured.err.splitlines()
    assert line.startswith("verify: error: missing.md: ")


def test_a_draft_that_fails_does_not_cost_the_others(
    pipeline: Pipeline, draft: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = draft.parent / "desk"
    desk.mkdir()
    (desk / "verify.toml").write_text("[models]\nencoder = 'nowhere'")
    (desk / "draft.md").write_text(draft.read_text())
    (draft.parent / "other").mkdir()
    (draft.parent / "other" / "verify.toml").write_text("fial_on = 'error'")

    def load_models(config: Config) -> Pipeline:
        if config.models.encoder == "nowhere":
            raise ModelError("nowhere", "isn't there", "install it")
        return pipeline

    monkeypatch.setattr(sys.modules["verify.pipeline"], "load_models", load_models)
    assert run(["check", "draft.md", "desk/draft.md", "other/draft.md", "--format", "concise"]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("draft.md:1:29: error: VFY104")
    culprits = [line.split(": ")[2] for line in captured.err.splitlines()]
    assert culprits == ["model nowhere", str(draft.parent / "other" / "verify.toml")]


def test_what_breaks_on_a_draft_does_not_cost_the_others(
    pipeline: Pipeline, draft: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft.parent / "odd.md").write_text(draft.read_text())

    def check(document: Document, models: Pipeline, config: Config, *, library: None) -> Checked:
        if document.path == "odd.md":
            raise IndexError("out of range")
        return pipeline.check(document, models, config, library=library)

    monkeypatch.setattr(sys.modules["verify.pipeline"], "check", check)
    assert run(["check", "odd.md", "draft.md", "--format", "concise"]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("draft.md:1:29: ")
    (line,) = captured.err.splitlines()
    assert line.startswith("verify: error: odd.md: internal error: IndexError: out of range; ")


@pytest.mark.parametrize("failure", [None, InputError("draft.md", "is odd", "mend it"), KeyboardInterrupt()])
def test_an_archive_is_closed_whatever_happens(
    pipeline: Pipeline, draft: Path, failure: BaseException | None
) -> None:
    pipeline.failure = failure
    run(["check", "draft.md", "draft.md", "--index", "archive"])
    assert pipeline.library.closed == 1


def test_what_ails_all_drafts_is_said_once(
    pipeline: Pipeline, draft: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_models(config: Config) -> Pipeline:
        raise ModelError("nowhere", "isn't there", "install it")

    monkeypatch.setattr(sys.modules["verify.pipeline"], "load_models", load_models)
    assert run(["check", "draft.md", "./draft.md", "--encoder", "nowhere"]) == 2
    assert capsys.readouterr().err == "verify: error: model nowhere: isn't there; install it\n"


def test_all_models_are_named(
    pipeline: Pipeline, draft: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = draft.parent / "desk"
    desk.mkdir()
    (desk / "verify.toml").write_text("[models]\nencoder = 'theirs'")
    (desk / "draft.md").write_text(draft.read_text())

    def load_models(config: Config) -> Pipeline:
        own = Pipeline(pipeline.result)
        own.names = {**NAMES, "encoder": config.models.encoder or "e"}
        return own

    monkeypatch.setattr(sys.modules["verify.pipeline"], "load_models", load_models)
    assert run(["check", "draft.md", "desk/draft.md", "draft.md", "--format", "json"]) == 1
    models = json.loads(capsys.readouterr().out)["tool"]["models"]
    assert (models["encoder"], models["parser"]) == ("e; theirs", "p")


def test_standard_input_that_is_closed(
    pipeline: Pipeline, draft: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert run(["check", "-"]) == 2
    assert "standard input is closed" in capsys.readouterr().err


@pytest.mark.parametrize(("code", "status"), [(None, 0), (3, 3), ("no", 2)])
def test_whatever_exits_has_a_status(code: object, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object, **__: object) -> None:
        raise SystemExit(code)

    monkeypatch.setattr("verify.cli.commands.app", leave)
    assert run(["rules"]) == status


def test_a_bad_file_alone_loads_no_models(pipeline: Pipeline, draft: Path) -> None:
    assert run(["check", "missing.md"]) == 2
    assert run(["check", str(draft.parent)]) == 2
    assert not pipeline.loaded


def test_bad_settings_are_one_line(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    Path("verify.toml").write_text("fial_on = 'error'")
    assert run(["check", "draft.md"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "did you mean `fail_on`?" in line
    assert not pipeline.loaded
    assert run(["check", "draft.md", "--config", "missing.toml"]) == 2
    assert run(["check", "draft.md", "--profile", "loud"]) == 2
    assert run(["check", "draft.md", "--fail-on", "sometimes"]) == 2


def test_settings_of_the_drafts_own_folder(pipeline: Pipeline, draft: Path) -> None:
    desk = draft.parent / "desk"
    desk.mkdir()
    (desk / "verify.toml").write_text("fail_on = 'date-conflict'\n[models]\nencoder = 'theirs'")
    (desk / "draft.md").write_text(draft.read_text())
    assert run(["check", "desk/draft.md"]) == 0
    assert run(["check", "desk/draft.md", "draft.md"]) == 1
    assert [config.models.encoder for config in pipeline.loaded] == ["theirs", "theirs", None]
    assert run(["check", "desk/draft.md", "--encoder", "mine", "--entailment", "ours"]) == 0
    assert (pipeline.loaded[-1].models.encoder, pipeline.loaded[-1].models.entailment) == ("mine", "ours")


def test_stdin(pipeline: Pipeline, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = draft.parent / "desk"
    desk.mkdir()
    (desk / "verify.toml").write_text("fail_on = 'date-conflict'")
    for options, status, name in (
        ([], 1, None),
        (["--stdin-filename", "desk/live.md"], 0, str(Path("desk/live.md"))),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(draft.read_bytes()), encoding="utf-8"))
        assert run(["check", "-", *options]) == status
        assert name is None or pipeline.seen[-1] == name


def test_output_is_written_whole(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    target = draft.parent / "report.json"
    target.write_text("old")
    assert run(["check", "draft.md", "--format", "json", "--output", "report.json"]) == 1
    assert json.loads(target.read_text())["schema"] == "verify/1"
    assert capsys.readouterr().out == ""
    assert sorted(p.name for p in draft.parent.iterdir()) == ["draft.md", "report.json"]


def test_output_that_cannot_be_written(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    assert run(["check", "draft.md", "-o", "no/such/folder.txt"]) == 2
    (draft.parent / "folder").mkdir()
    assert run(["check", "draft.md", "--output", "folder"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert sorted(p.name for p in draft.parent.iterdir()) == ["draft.md", "folder"]


def test_output_goes_through_links_and_into_pipes(
    pipeline: Pipeline, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft.parent / "link.txt").symlink_to("report.txt")
    for _ in range(2):
        assert run(["check", "draft.md", "--output", "link.txt"]) == 1
        assert (draft.parent / "link.txt").is_symlink()
        assert "draft.md" in (draft.parent / "report.txt").read_text()
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run(["check", "draft.md", "--output", "pipe"]) == 1
    assert b"draft.md" in os.read(reader, 10_000)
    os.close(reader)
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)
    assert run(["check", "draft.md", "--output", os.devnull]) == 1


@pytest.mark.parametrize("drafts", [["draft.md"], ["missing.md", "./draft.md"], ["-"]])
def test_output_over_a_draft_is_refused(
    pipeline: Pipeline, draft: Path, capsys: Capture, drafts: list[str]
) -> None:
    before = draft.read_text()
    (draft.parent / "link.md").symlink_to("draft.md")
    for output in ("draft.md", "link.md"):
        assert run(["check", *drafts, "--stdin-filename", "draft.md", "--output", output]) == 2
        assert "is a draft to check" in capsys.readouterr().err
    assert draft.read_text() == before


def test_output_over_the_settings_is_refused(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    settings = draft.parent / "verify.toml"
    settings.write_text("fail_on = 'error'")
    assert run(["check", "draft.md", "--config", "verify.toml", "--output", "./verify.toml"]) == 2
    assert "verify.toml: holds the settings; name another file" in capsys.readouterr().err
    assert settings.read_text() == "fail_on = 'error'"
    assert not pipeline.loaded


def test_output_without_a_folder_is_refused_before_anything_runs(pipeline: Pipeline, draft: Path) -> None:
    assert run(["check", "draft.md", "--output", "no/such/folder.txt"]) == 2
    assert not pipeline.loaded


def test_colour(pipeline: Pipeline, draft: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def coloured(*options: str) -> bool:
        run(["check", "draft.md", *options])
        return "\x1b[" in capsys.readouterr().out

    assert not coloured()
    assert coloured("--color", "always")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert coloured()
    assert not coloured("--color", "never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured()


def test_narrow_encodings_get_plain_characters(
    pipeline: Pipeline, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert run(["check", "draft.md"]) == 1
    assert b'all blame: "Our lorry' in raw.getvalue()


@pytest.mark.parametrize(
    ("failure", "status", "message"),
    [
        (
            ModelError("x", "isn't there", "install it"),
            2,
            "verify: error: model x: isn't there; install it\n",
        ),
        (
            RuntimeError("a\nb"),
            2,
            "verify: error: draft.md: internal error: RuntimeError: a b; set VERIFY_DEBUG=1 to see where\n",
        ),
        (RecursionError(), 2, "verify: error: draft.md: internal error: RecursionError; set VERIFY_DEBUG=1"),
        (KeyboardInterrupt(), 130, "verify: interrupted\n"),
    ],
)
def test_failures_are_one_line(
    pipeline: Pipeline, draft: Path, capsys: Capture, failure: BaseException, status: int, message: str
) -> None:
    pipeline.failure = failure
    assert run(["check", "draft.md"]) == status
    err = capsys.readouterr().err
    assert err.startswith(message)
    assert len(err.splitlines()) == 1


def test_debugging_shows_the_traceback(
    pipeline: Pipeline, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIFY_DEBUG", "1")
    pipeline.failure = InputError("x", "y", "z")
    with pytest.raises(InputError):
        run(["check", "draft.md"])


def test_names_of_files_are_harmless(pipeline: Pipeline, draft: Path, capsys: Capture) -> None:
    assert run(["check", "mis\x1b[31m\nsing.md"]) == 2
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert len(err.splitlines()) == 1


def test_rules_are_listed_and_explained(capsys: Capture) -> None:
    from verify.rules.notices import catalogue

    assert run(["rules"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in listed] == [[r.code, r.name] for r in catalogue()]
    for rule in catalogue():
        assert run(["rule", rule.code]) == 0
        page = capsys.readouterr().out
        assert run(["rule", rule.name]) == 0
        assert capsys.readouterr().out == page
        assert page.startswith(f"{rule.code} {rule.name}")
        assert run(["rule", rule.code.lower()]) == 0
        capsys.readouterr()
    assert run(["rule", "sorce-conflict"]) == 2
    assert "did you mean `source-conflict`?" in capsys.readouterr().err


IMPORTS = (
    "import sys; from verify.cli import run; status = run(sys.argv[1:]); "
    "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(status)"
)
"""A program that runs `verify` with its arguments and then lists on standard error what it imported."""

READER_GONE = (
    "import os, sys; read, write = os.pipe(); os.close(read); os.dup2(write, 1); "
    "from verify.cli import run; sys.exit(run(['rules']))"
)

MODELS = {"torch", "transformers", "sentence_transformers", "spacy", "onnxruntime", "faiss", "numpy"}


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, from another folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_start_up_imports_no_model(tmp_path: Path, option: str) -> None:
    done = python(tmp_path, "-c", IMPORTS, option)
    assert done.returncode == 0
    assert not (MODELS | {"rich", "pydantic"}) & set(done.stderr.split())


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.1, 0.3, 1.0])
def test_an_interrupt_is_one_line_however_early(tmp_path: Path, delay: float) -> None:
    """The program says that it has begun, so that Python's own start-up isn't what is interrupted."""
    program = "from verify.cli import main; print(flush=True); main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "check", "-"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,  # left open: the draft never comes
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert process.communicate()[1] == "verify: interrupted\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_is_an_error(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "verify", "rules"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "verify: error: standard output: can't be written (No space left on device);"
        " make room, or give --output a file\n"
    )


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    done = python(tmp_path, "-c", READER_GONE)
    assert (done.returncode, done.stderr) == (0, "")
