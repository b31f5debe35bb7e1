"""`verify batch`: which files, in what order, whatever befalls them; resumed, cached, reported."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import drafting
import jsonschema
import pytest

from verify.batch import Journal, Outcome, Policy, check_drafts
from verify.batch.pool import in_order
from verify.batch.work import Task
from verify.cache import Store
from verify.cli import run
from verify.config import Config
from verify.errors import InputError
from verify.gate.drafts import find_drafts
from verify.load import load
from verify.pipeline import Models, check
from verify.stored import Result
from verify.types import Checked

SCRIPT = Path(drafting.__file__)
ROOT = Path(__file__).resolve().parents[1]
SCHEMA = ROOT / "verify" / "report" / "wire-schema.json"


def write(folder: Path, **drafts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in drafts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def _no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.batch.pool.check_draft", drafting.check_draft)
    monkeypatch.setattr("verify.batch.told.find_clashes", lambda *_, **__: ())


# Which files.


def names(found: Iterator[str] | tuple[str, ...], folder: Path) -> list[str]:
    return [Path(path).relative_to(folder).as_posix() for path in found]


def test_drafts_are_found_by_their_suffix_in_a_stable_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.html", "sub/Z.TXT", ".hidden/d.txt", ".e.txt", "pic.png", "LICENSE"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "sub" / "self.txt").symlink_to("self.txt")
    found = find_drafts([tmp_path], ignored=lambda path: False)
    assert names(found.paths, tmp_path) == ["a.txt", "b.md", "sub/Z.TXT", "sub/c.html", "sub/self.txt"]
    assert found.passed_over == {".png": 1, "no suffix": 1}


def test_a_file_that_is_named_is_taken_and_once(tmp_path: Path) -> None:
    write(tmp_path, a="x", b="x")
    given = [tmp_path / "odd.xyz", tmp_path / "b.txt", tmp_path]
    assert names(find_drafts(given, ignored=lambda path: False).paths, tmp_path) == [
        "odd.xyz",
        "b.txt",
        "a.txt",
    ]


def test_what_is_ignored_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, a="x", b="x")
    write(tmp_path / "old", c="x")
    found = find_drafts([tmp_path], ignored=lambda path: path.name in {"a.txt", "old"})
    assert names(found.paths, tmp_path) == ["b.txt"]


def test_reports_of_a_batch_are_left_out_of_the_next(tmp_path: Path) -> None:
    write(tmp_path, a="x", r="r")
    (tmp_path / "r.txt.journal").write_text("")
    found = find_drafts([tmp_path], ignored=lambda path: False)
    assert names(found.paths, tmp_path) == ["a.txt"]
    assert found.passed_over == {"of verify itself": 2}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into any folder")
def test_a_folder_that_is_closed_is_told(tmp_path: Path) -> None:
    write(tmp_path / "closed", a="x")
    (tmp_path / "closed").chmod(0)
    assert find_drafts([tmp_path], ignored=lambda path: False).closed


# The workers.


def task(path: Path, number: int) -> Task:
    return Task(str(path), f"d{number}", Config(), None)


@pytest.mark.usefixtures("_no_models")
def test_outcomes_come_in_order_whatever_befalls_the_workers(tmp_path: Path) -> None:
    texts = ["WAIT", "fine", "KILL", "fine", "BOOM", "", "fine", "WAIT", "fine"]
    write(tmp_path, **{f"n{n}": text for n, text in enumerate(texts)})
    ready = Outcome("known", None, problem="p")
    work = [task(tmp_path / f"n{n}.txt", n) for n in range(len(texts))]
    found = list(in_order([*work[:4], ready, *work[4:]], jobs=2))
    assert found.pop(4) == ready
    assert [outcome.path for outcome in found] == [one.path for one in work]
    told = [outcome.problem for outcome in found]
    assert [n for n, problem in enumerate(told) if problem] == [2, 4, 5]
    assert told[2] == f"{work[2].path}: the process that checked it died (exit status -9); check it alone"
    assert "internal error: RuntimeError: boom" in str(told[4])
    assert "is empty" in str(told[5])


@pytest.mark.usefixtures("_no_models")
def test_a_draft_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    write(tmp_path, a="WAIT", b="fine")
    found = list(in_order([task(tmp_path / "a.txt", 1), task(tmp_path / "b.txt", 2)], jobs=1, longest=0.1))
    assert [outcome.problem is None for outcome in found] == [False, True]
    assert "took too long" in str(found[0].problem)


def test_few_drafts_are_under_way_at_a_time() -> None:
    taken = []

    def work() -> Iterator[Outcome]:
        for n in range(1000):
            taken.append(n)
            yield Outcome(str(n), None, problem="known")

    outcomes = in_order(work(), jobs=2)
    next(outcomes)
    assert len(taken) <= 8
    outcomes.close()


def test_nothing_starts_where_all_is_known(tmp_path: Path, checked: Checked) -> None:
    outcome = Outcome("a", None, Result(checked, {}))
    assert list(in_order([outcome], jobs=2)) == [outcome]


# The journal.


def outcome_of(checked: Checked, path: str, key: str) -> Outcome:
    return Outcome(path, key, Result(checked, {"encoder": "e"}))


def test_a_journal_gives_back_what_it_was_given(tmp_path: Path, checked: Checked) -> None:
    outcomes = [
        outcome_of(checked, "a", "k"),
        Outcome("b\udc80", None, problem="p"),
        outcome_of(checked, "c", "l"),
    ]
    with Journal(tmp_path / "j", resume=False) as journal:
        for outcome in outcomes:
            journal.append(outcome)
        assert list(journal) == outcomes
        assert journal[1] == outcomes[1]
        assert len(journal) == 3


def test_a_run_that_was_cut_off_is_known_to_the_next(tmp_path: Path, checked: Checked) -> None:
    place = tmp_path / "j"
    with Journal(place, resume=False) as journal:
        for name in "abc":
            journal.append(outcome_of(checked, name, f"k{name}"))
        journal.append(Outcome("d", "kd", problem="p"))
    place.write_bytes(place.read_bytes() + b'{"path":"e","key":"ke","res')  # torn
    journal = Journal(place, resume=True)  # and never left, as in a run that was killed
    assert journal.earlier("a", "ka") == outcome_of(checked, "a", "ka")
    assert journal.earlier("a", "kb") is None
    assert journal.earlier("d", "kd") is None, "what failed is tried again"
    assert journal.earlier("e", "ke") is None
    journal.append(outcome_of(checked, "f", "kf"))
    with Journal(place, resume=True) as journal:
        assert [journal.earlier(name, f"k{name}") is not None for name in "abcf"] == [True] * 4
    with Journal(place, resume=False) as journal:
        assert journal.earlier("a", "ka") is None


def test_lines_that_are_no_outcomes_are_passed_over(tmp_path: Path, checked: Checked) -> None:
    place = tmp_path / "j"
    with Journal(place, resume=False) as journal:
        journal.append(outcome_of(checked, "a", "ka"))
    place.write_bytes(b'\xff\xfe\n{"a": 1}\n[]\n\n' + b"[" * 100_000 + b"\n" + place.read_bytes())
    with Journal(place, resume=True) as journal:
        assert journal.earlier("a", "ka") is not None


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be written"):
        Journal(tmp_path / "none" / "j", resume=False)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files can't be counted")
def test_a_journal_that_cannot_be_written_leaves_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "j").mkdir()
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(InputError, match="can't be written") as caught:
        Journal(tmp_path / "j", resume=False)
    assert len(os.listdir("/proc/self/fd")) == before, caught


# What is known isn't checked again.


def checking(folder: Path, store: Store | None, *, resume: bool = False) -> list[Outcome]:
    paths = [str(path) for path in sorted(folder.glob("*.txt"))]
    policy = Policy(lambda path: Config(), date(2025, 1, 1))
    with Journal(folder.parent / "journal", resume=resume) as journal:
        return list(check_drafts(paths, policy, journal=journal, store=store, jobs=1))


def refuse(_: object) -> Outcome:
    raise AssertionError("checked again")


@pytest.mark.usefixtures("_no_models")
def test_an_unchanged_draft_is_known_by_journal_and_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "drafts"
    write(folder, a="One.", b="Two!")
    store = Store(tmp_path / "cache" / "verify", limit=10_000_000, warn=pytest.fail)
    first = checking(folder, store)
    monkeypatch.setattr("verify.batch.pool.check_draft", refuse)
    assert checking(folder, None, resume=True) == first
    again = checking(folder, store)
    assert [outcome.result for outcome in again] == [outcome.result for outcome in first]
    # Under another name and in another place of the batch it is the same draft.
    (folder / "a.txt").rename(folder / "c.txt")
    moved = [outcome.result.checked.document for outcome in checking(folder, store) if outcome.result]
    assert [(d.id, Path(d.path).name, d.text) for d in moved] == [
        ("d1", "b.txt", "Two!"),
        ("d2", "c.txt", "One."),
    ]


@pytest.mark.usefixtures("_no_models")
def test_a_changed_draft_is_checked(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    write(folder, a="One.")
    store = Store(tmp_path / "cache" / "verify", limit=10_000_000, warn=pytest.fail)
    checking(folder, store)
    write(folder, a="Another!")
    found = checking(folder, store, resume=True)[0].result
    assert found is not None
    assert found.checked.document.text == "Another!"
    assert len(found.checked.findings) == 1


# The command.


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(SCRIPT), "batch", *map(str, arguments)]


@pytest.mark.usefixtures("_no_models")
def test_a_batch_through_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "drafts"
    write(folder, a="Fine.", b="Not so!", c="", d="Left out!", e="Wrong\0")
    (folder / "note.png").write_bytes(b"x")
    (folder / ".verifyignore").write_text("d.txt\n")
    assert run(["batch", str(folder), "--jobs", "1"]) == 2
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for line in lines:
        jsonschema.validate(line, schema)
    documents = [d["path"] for line in lines for d in line["documents"]]
    assert documents == [str(folder / "a.txt"), str(folder / "b.txt")]
    assert [f["path"] for line in lines for f in line.get("failed", [])] == [
        str(folder / "c.txt"),
        str(folder / "e.txt"),
    ]
    assert lines[-1]["across"] == []
    assert told.err.count("verify: error: ") == 2
    assert "2 drafts checked, 2 not checked: 1 finding" in told.err
    assert "Not read: 1 other file (.png 1)" in told.err


@pytest.mark.usefixtures("_no_models")
def test_trouble_elsewhere_is_not_the_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    write(tmp_path / "drafts", a="One.")
    arguments = ["batch", str(tmp_path / "drafts"), "--output"]
    with monkeypatch.context() as patch:
        patch.setattr("verify.batch.run.hold_against_each_other", refuse)
        assert run([*arguments, str(tmp_path / "report.jsonl")]) == 2
    assert "report.jsonl" not in capsys.readouterr().err
    if Path("/dev/full").exists():
        (tmp_path / "full.jsonl").symlink_to("/dev/full")
        assert run([*arguments, str(tmp_path / "full.jsonl")]) == 2
        assert "full.jsonl: can't be written (No space left on device)" in capsys.readouterr().err


@pytest.mark.usefixtures("_no_models")
def test_lines_to_read_tell_of_each_file_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "drafts"
    write(folder, a="Fine.", c="")
    arguments = ["batch", str(folder), "--jobs", "1", "--format", "concise"]
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert "c.txt:1:1: not checked: is empty" in told.out
    assert "c.txt" not in told.err
    assert "1 draft checked, 1 not checked" in told.err
    assert run([*arguments, "--output", str(tmp_path / "report.txt")]) == 2
    assert capsys.readouterr().err.count("c.txt: is empty") == 1


@pytest.mark.usefixtures("_no_models")
def test_on_a_terminal_there_are_lines_to_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "drafts"
    write(folder, a="Fine.", b="Not so!")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["batch", str(folder), "--color", "never", "--jobs", "1"]) == 1
    assert capsys.readouterr().out == f"{folder}/b.txt:1:7: warning: VFY101 An exclamation mark.\n"


@pytest.mark.usefixtures("_no_models")
def test_a_file_and_a_named_format_are_the_same_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, output = tmp_path / "drafts", tmp_path / "report"
    write(folder, b="Not so!")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["batch", str(folder), "--jobs", "1", "--output", str(output)]) == 1
    assert json.loads(output.read_text(encoding="utf-8").splitlines()[0])["schema"] == "verify/1"
    assert run(["batch", str(folder), "--jobs", "1", "--format", "json-lines"]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[0])["schema"] == "verify/1"


@pytest.mark.usefixtures("_no_models")
def test_exit_statuses_and_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "drafts"
    write(folder, a="Fine.", b="Not so!")
    output = tmp_path / "report"
    assert run(["batch", str(folder), "--format", "concise", "--output", str(output), "--jobs", "1"]) == 1
    assert output.read_text() == f"{folder}/b.txt:1:7: warning: VFY101 An exclamation mark.\n"
    assert run(["batch", str(folder), "--exit-zero", "--format", "full", "--output", str(output)]) == 0
    assert "An exclamation mark." in output.read_text()
    assert run(["batch", str(folder), "--format", "json", "--output", str(output)]) == 1
    assert [d["id"] for d in json.loads(output.read_text())["documents"]] == ["d1", "d2"]
    (folder / "b.txt").unlink()
    assert run(["batch", str(folder), "--output", str(output)]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none"], "no such file"),
        (["."], "holds no drafts"),
        ([".", "--resume"], "give --output"),
        (["a.md", "--output", "a.md"], "is a draft to check"),
        ([".", "--output", "a.md", "--format", "markdown"], "or let .verifyignore leave it out"),
        (["a.md", "--output", "no/such/folder"], "can't be written"),
    ],
)
def test_wrong_usage(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if "a.md" in arguments:
        (tmp_path / "a.md").write_text("x")
    assert run(["batch", *arguments]) == 2
    assert words in capsys.readouterr().err
    if "a.md" in arguments:
        assert (tmp_path / "a.md").read_text() == "x"


@pytest.mark.usefixtures("_no_models")
def test_each_draft_is_checked_by_the_options_over_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "drafts"
    write(folder, a="Fine.", b="Fine too.")
    (folder / "verify.toml").write_text('index = "own"\nmodels.encoder = "own"')
    used: list[Config] = []

    def check_drafts(paths: list[str], policy: Policy, **_: object) -> Iterator[Outcome]:
        used.extend(policy.settings(path) for path in paths)
        yield from ()

    monkeypatch.setattr("verify.batch.run.check_drafts", check_drafts)
    assert run(["batch", str(folder)]) == 0
    assert run(["batch", str(folder), "--index", "wire", "--encoder", "mine", "--no-cache"]) == 0
    assert [(str(c.index), c.models.encoder, c.cache.enabled) for c in used[::2]] == [
        (str(folder / "own"), "own", True),
        ("wire", "mine", False),
    ]
    capsys.readouterr()


def test_killed_in_the_middle_and_resumed_the_report_is_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    write(folder, **{f"n{n:02}": f"WAIT for number {n}{'!' * (n % 3)}" for n in range(12)})
    (folder / "n05.txt").write_text("")
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    options = ("--jobs", "2", "--no-cache")
    done = subprocess.run(command(folder, "--output", whole, *options), capture_output=True, check=False)
    assert done.returncode == 2, done.stderr
    process = subprocess.Popen(command(folder, "--output", cut, *options), stderr=subprocess.DEVNULL)
    _wait(lambda: cut.exists() and cut.read_bytes().count(b"\n") >= 4)
    workers = _children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    _wait(lambda: not any(_alive(worker) for worker in workers))
    before = cut.read_bytes()
    assert before != whole.read_bytes()
    assert whole.read_bytes().startswith(before[: before.rfind(b"\n") + 1])
    journal = tmp_path / "cut.jsonl.journal"
    journal.write_bytes(journal.read_bytes() + b'{"path":"torn')
    again = subprocess.run(
        command(folder, "--output", cut, *options, "--resume"), capture_output=True, check=False
    )
    assert again.returncode == 2, again.stderr
    assert cut.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "cut.jsonl.journal.earlier").exists()
    known = journal.read_bytes()
    assert known.count(b"\n") == 12
    # Nothing is left to do, and the workers aren't even started.
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    last = subprocess.run(
        command(folder, "--output", cut, *options, "--resume"),
        capture_output=True,
        check=False,
        env={**os.environ, "REFUSING": "1"},
    )
    assert last.returncode == 2
    assert cut.read_bytes() == whole.read_bytes()
    assert journal.read_bytes() == known


def test_interrupted_it_says_how_to_go_on(tmp_path: Path) -> None:
    folder, report = tmp_path / "drafts", tmp_path / "report.jsonl"
    write(folder, **{f"n{n:02}": f"WAIT for number {n}" for n in range(12)})
    arguments = command(folder, "--output", report, "--jobs", "2", "--no-cache")
    # A terminal interrupts the workers too.
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, start_new_session=True)
    _wait(lambda: report.exists() and report.read_bytes().count(b"\n") >= 2)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    hint = "stopped; what was checked is kept, and --resume goes on from there"
    assert said == f"{hint}\nverify: interrupted\n"


def _wait(ready: Callable[[], bool]) -> None:
    for _ in range(3000):
        if ready():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to that")


def _children(process: int) -> list[int]:
    if not Path("/proc").is_dir():
        return []
    task_file = Path(f"/proc/{process}/task/{process}/children")
    return [int(word) for word in task_file.read_text().split()] if task_file.exists() else []


def _alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# With the models.

DENIAL = """Blame for the depot fire

The ministry said on Monday that Tarn had shelled the depot at Sarnow. Tarn denied that it had shelled it.
"""
FLOOD = """Velm floods Tellin

Police said that 12 people had died in the flood at Tellin. Nobody is missing, the mayor said on Tuesday.
"""


def test_a_batch_finds_what_a_check_finds_and_needs_no_model_again(
    tmp_path: Path, models: Models, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "drafts"
    write(folder, denial=DENIAL, flood=FLOOD)
    assert run(["batch", str(folder), "--jobs", "1"]) == 1
    first = capsys.readouterr()
    *lines, last = (json.loads(line) for line in first.out.splitlines())
    assert last["across"] == []
    for line, path in zip(lines, sorted(folder.iterdir()), strict=True):
        (found,) = line["documents"]
        checked = check(load(str(path)), models, Config())
        assert found["path"] == str(path)
        assert [claim["proposition"] for claim in found["claims"]] == [c.proposition for c in checked.claims]
        assert [f["fingerprint"] for f in found["findings"]] == [f.fingerprint for f in checked.findings]
        assert line["tool"]["models"] == dict(models.names)
    monkeypatch.setattr("verify.batch.pool.check_draft", refuse)
    monkeypatch.setattr("verify.models.onnx.open_graph", refuse)
    assert run(["batch", str(folder), "--jobs", "1"]) == 1
    assert capsys.readouterr() == first
