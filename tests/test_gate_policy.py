"""What fails a draft, on documents as the pipeline leaves them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gating import CLASH, QUIET, check, draft

from verify.config import Config
from verify.gate.baseline import Baseline, BaselineEntry, mark_known
from verify.gate.changes import Change, Hunk, within
from verify.gate.policy import failing, too_little_checked, unchecked_share
from verify.types import Block, Checked, Coverage, Level, Role, Span, Suppression, Unchecked


@pytest.fixture
def clash() -> Checked:
    return check(draft(f"{QUIET}\n\n{CLASH}\n"))


@pytest.mark.parametrize(
    ("fail_on", "fails"),
    [("error", 0), ("warning", 1), ("info", 1), ("VFY101", 1), ("source-conflict", 1), ("VFY102", 0)],
)
def test_what_a_threshold_covers(clash: Checked, fail_on: str, fails: int) -> None:
    assert clash.findings[0].level is Level.WARNING
    assert len(failing(clash, Config.model_validate({"fail_on": fail_on}))) == fails


def test_what_is_set_aside_or_unsure_does_not_fail(clash: Checked) -> None:
    (finding,) = clash.findings

    def fails(**change: object) -> int:
        changed = replace(clash, findings=(replace(finding, **change),))  # type: ignore[arg-type]
        return len(failing(changed, Config(min_score=0.9)))

    assert fails(score=0.9) == 1
    assert fails(score=0.89) == 0
    assert fails(known=True) == 0
    assert fails(suppression=Suppression("agreed", "draft.md:1")) == 0


def unread(*spans: tuple[int, int], blocks: tuple[tuple[int, int], ...] = ((0, 100),)) -> Checked:
    checked = check(draft("x" * 200))
    document = replace(
        checked.document, blocks=tuple(Block(Role.PARAGRAPH, Span(*block)) for block in blocks)
    )
    parts = tuple(Unchecked("why", Span(*span)) for span in spans)
    return replace(checked, document=document, coverage=Coverage(1, 0, 0, parts))


@pytest.mark.parametrize(
    ("checked", "share"),
    [
        (unread(), 0.0),
        (unread((0, 25)), 0.25),
        (unread((0, 25), (10, 50)), 0.5),
        (unread((100, 200)), 0.5),
        (unread((0, 100)), 1.0),
        (unread((40, 40)), 1.0),
        (unread(blocks=()), 0.0),
    ],
)
def test_the_share_that_was_not_checked(checked: Checked, share: float) -> None:
    assert unchecked_share(checked) == share


def test_silence_is_no_pass(clash: Checked) -> None:
    half = unread((0, 50))
    half = replace(half, sentences=tuple(replace(s, span=Span(50, 100)) for s in half.sentences))
    assert not too_little_checked(half, Config())
    assert not too_little_checked(half, Config(max_unchecked=0.5))
    assert too_little_checked(half, Config(max_unchecked=0.4))
    assert too_little_checked(replace(clash, sentences=()), Config())


def test_the_baseline_counts_no_lines(clash: Checked, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("desk")
    placed = replace(clash, document=replace(clash.document, path=str(folder / "a.md")))
    (finding,) = clash.findings
    known = Baseline(folder / "b.json", {BaselineEntry("a.md", finding.rule, finding.fingerprint): "m"})
    assert mark_known(placed, known).findings[0].known
    assert not mark_known(clash, known).findings[0].known
    other = replace(placed, findings=(replace(finding, fingerprint="0" * 32),))
    assert not mark_known(other, known).findings[0].known


def test_a_change_of_copy_that_is_no_text_is_one_of_the_whole(clash: Checked) -> None:
    elsewhere = Change(whole=False, hunks=(Hunk(1, 1),))
    assert within(clash, elsewhere).findings == ()
    blocks = tuple(replace(block, place="page 1") for block in clash.document.blocks)
    scanned = replace(clash, document=replace(clash.document, blocks=blocks))
    assert within(scanned, elsewhere) == scanned
    assert within(clash, Change(whole=True)) == clash
    assert within(clash, Change(whole=False, hunks=(Hunk(3, 1),))) == clash
