"""A batch from Python, without the command line, over a check that needs no models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import drafting
import pytest

from verify.batch import Journal, Outcome, Policy
from verify.batch.reports import whole
from verify.batch.run import BatchResult, run_batch
from verify.batch.summary import summary_lines
from verify.config import Config
from verify.gate.drafts import find_drafts
from verify.report import Display, Format

POLICY = Policy(lambda path: Config(), date(2025, 3, 4))


@pytest.fixture(autouse=True)
def _no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.batch.pool.check_draft", drafting.check_draft)
    monkeypatch.setattr("verify.batch.told.find_clashes", lambda *_, **__: ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    for name, text in {"a": "Fine.", "b": "Not so! Nor this!", "c": ""}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "note.png").write_bytes(b"x")
    return folder


def run(folder: Path, journal: Journal, seen: list[str]) -> BatchResult:
    def watch(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        for outcome in outcomes:
            seen.append(Path(outcome.path).name)
            yield outcome

    drafts = find_drafts([folder], ignored=lambda path: False)
    return run_batch(drafts, POLICY, Config(), journal=journal, jobs=1, watch=watch)


def test_what_came_of_a_batch_and_nothing_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []
    with Journal(tmp_path / "journal", resume=False) as journal:
        result = run(folder, journal, seen)
        assert [outcome.problem is None for outcome in journal] == [True, True, False]
        report = whole(journal, result.across, POLICY, Format.CONCISE, Display())
    assert seen == ["a.txt", "b.txt", "c.txt"]
    assert (result.checked, result.failed, result.findings) == (2, 1, 2)
    assert (result.searched, result.across) == ((), ())
    assert report.count("An exclamation mark.") == 2
    assert list(summary_lines(result)) == [
        "2 drafts checked, 1 not checked: 2 findings",
        "Across documents: nothing told differently",
        "Not read: 1 other file (.png 1)",
    ]
    assert capsys.readouterr() == ("", "")


def test_a_batch_goes_on_from_the_journal_of_one_that_was_cut_off(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "journal"
    with Journal(place, resume=False) as journal:
        first = run(folder, journal, [])
    monkeypatch.setenv("REFUSING", "1")
    with Journal(place, resume=True) as journal:
        assert run(folder, journal, []) == first


def test_what_is_watched_may_end_it(folder: Path, tmp_path: Path) -> None:
    def watch(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        yield next(outcomes)
        raise KeyboardInterrupt

    drafts = find_drafts([folder], ignored=lambda path: False)
    with Journal(tmp_path / "journal", resume=False) as journal:
        with pytest.raises(KeyboardInterrupt):
            run_batch(drafts, POLICY, Config(), journal=journal, jobs=1, watch=watch)
        assert len(journal) == 1
