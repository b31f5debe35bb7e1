"""The gate from Python, without the command line: drafts, settings and a revision in, a result out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gating import CLASH, OTHER, QUIET, Pipeline, commit, pins, repository, stand_in
from gating import check as found_in
from gating import draft as read

from verify.config import Config, GateSettings
from verify.errors import ConfigError, VerifyError
from verify.gate.baseline import write_baseline
from verify.gate.checking import Failure, check_each
from verify.gate.run import gate_drafts, run_gate
from verify.gate.summary import stale_lines, summary_lines
from verify.types import Diff

TODAY = date(2025, 3, 4)


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    return stand_in(monkeypatch)


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"{text}\n", encoding="utf-8")
    return folder


def by(gate: GateSettings) -> Config:
    return Config(gate=gate)


def test_drafts_have_their_settings_and_say_what_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, a=QUIET, b=CLASH)
    (tmp_path / ".verifyignore").write_text("b.md\n")
    (tmp_path / "known.txt").write_text("")
    known = tmp_path / "known.txt"
    drafts = gate_drafts([tmp_path], lambda path: by(GateSettings(baseline=known)))
    assert list(drafts.settings) == [str(tmp_path / "a.md")], "a baseline is no draft"
    assert drafts.ignored == (str(tmp_path / "b.md"),)
    assert drafts.baselines == (known,)
    assert drafts.closed == ()


def test_what_stands_is_in_the_result_and_nothing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pin,) = pins(found_in(read(CLASH)))
    write(tmp_path, a=CLASH, b=f"<!-- verify ignore VFY101#{pin}: both are given -->\n{CLASH}", c="")
    told: list[Failure] = []
    result = run_gate(gate_drafts([tmp_path], lambda path: Config()), today=TODAY, failed=told.append)
    assert [[f.suppression is not None for f in d.findings] for d in result.checked.documents] == [
        [False],
        [True],
    ]
    assert result.checked.failures == tuple(told)
    assert [Path(failure.path).name for failure in told] == ["c.md"]
    assert isinstance(told[0].error, VerifyError)
    assert (
        next(summary_lines(result))
        == "2 drafts checked, 1 finding that fails, 1 suppressed, 0 in the baseline"
    )
    assert capsys.readouterr() == ("", "")


def test_a_baseline_is_extended_and_pruned_but_written_by_the_caller(tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    write(tmp_path, a=CLASH)
    drafts = gate_drafts([tmp_path / "a.md"], lambda path: by(GateSettings(baseline=known)))
    with pytest.raises(ConfigError, match="can't be read"):
        run_gate(drafts, today=TODAY)
    result = run_gate(drafts, today=TODAY, extend=True)
    (held,) = result.baselines
    assert [f.known for d in result.checked.documents for f in d.findings] == [True]
    assert not known.exists()
    write_baseline(held.baseline)
    write(tmp_path, a=OTHER)
    (held,) = run_gate(drafts, today=TODAY).baselines
    assert [entry.path for entry in held.stale] == ["a.md"]
    assert "take them out with --prune" in next(stale_lines(held))
    assert len(list(stale_lines(held))) == 2
    (held,) = run_gate(drafts, today=TODAY, prune=True).baselines
    assert held.baseline.entries == {}


@pytest.mark.parametrize(("extend", "option"), [(True, "--write-baseline"), (False, "--prune")])
def test_without_a_baseline_there_is_none_to_write(tmp_path: Path, extend: bool, option: str) -> None:
    drafts = gate_drafts([write(tmp_path, a=CLASH)], lambda path: Config())
    with pytest.raises(ConfigError, match=f"{option}: there is no baseline to write"):
        run_gate(drafts, today=TODAY, extend=extend, prune=not extend)


@pytest.mark.parametrize(
    ("diff", "seen", "count", "outside"), [("added", 1, 1, 1), ("file", 1, 2, 0), ("nofilter", 2, 3, 0)]
)
def test_only_what_changed_since_a_revision_counts(
    tmp_path: Path, pipeline: Pipeline, diff: str, seen: int, count: int, outside: int
) -> None:
    commit(repository(tmp_path), old=f"{CLASH}\n", new=f"{CLASH}\n")
    write(tmp_path, new=f"{CLASH}\n\n{OTHER}")
    drafts = gate_drafts([tmp_path], lambda path: by(GateSettings(diff=Diff(diff))))
    result = run_gate(drafts, today=TODAY, revision="HEAD")
    assert len(pipeline.seen) == seen
    assert result.unchanged == 2 - seen
    assert sum(len(document.findings) for document in result.checked.documents) == count
    assert result.outside == outside


def test_a_caller_may_end_it_at_the_first_that_fails(tmp_path: Path, pipeline: Pipeline) -> None:
    def end(failure: Failure) -> None:
        raise failure.error

    paths = [str(write(tmp_path, a="", b=CLASH) / f"{name}.md") for name in "ab"]
    with pytest.raises(VerifyError, match="is empty"):
        check_each(paths, lambda path: Config(), today=TODAY, failed=end)
    assert not pipeline.seen
