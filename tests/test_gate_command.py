"""`verify gate` and `verify config` from the command line, over a pipeline that goes by single words."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from gating import CLASH, OTHER, QUIET, Pipeline, check, commit, draft, git, pins, repository, stand_in

from verify.cli import run

Capture = pytest.CaptureFixture[str]
(PIN,) = pins(check(draft(CLASH)))


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    return stand_in(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pipeline: Pipeline) -> Path:
    """The folder that the commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, *paragraphs: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return path


# What fails and what passes.


def test_a_finding_fails_and_a_suppressed_one_passes(desk: Path, capsys: Capture) -> None:
    story = write(desk / "story.md", QUIET, CLASH)
    assert run(["gate", "story.md"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("story.md:3:1: warning: VFY101")
    assert captured.err == (
        "1 draft checked, 1 finding that fails, 0 suppressed, 0 in the baseline\n"
        f"To let one stand, write above it: <!-- verify ignore VFY101#{PIN}: reason -->\n"
    )
    write(story, QUIET, f"<!-- verify ignore VFY101#{PIN}: both are given -->", CLASH)
    assert run(["gate", "story.md"]) == 0
    assert "0 findings that fail, 1 suppressed" in capsys.readouterr().err
    assert run(["check", "story.md"]) == 0
    assert "suppressed in story.md:3: both are given" in capsys.readouterr().out
    write(
        story, QUIET, f"<!-- verify ignore VFY101#{PIN}: both are given -->", CLASH.replace("lorry", "truck")
    )
    assert run(["gate", "story.md"]) == 1
    assert {"VFY101", "VFY401"} <= set(capsys.readouterr().out.split())


def test_levels_and_thresholds_by_path(desk: Path) -> None:
    write(desk / "news" / "a.md", CLASH)
    write(desk / "opinion" / "a.md", CLASH)
    write(desk / "verify.toml", 'fail_on = "info"', '[per_file."opinion/**"]', 'fail_on = "error"')
    assert run(["gate", "news"]) == 1
    assert run(["gate", "opinion"]) == 0
    assert run(["gate", "news/a.md", "opinion/a.md"]) == 1
    write(desk / "verify.toml", "min_score = 0.95")
    assert run(["gate", "news"]) == 0
    write(desk / "verify.toml", 'rules.source-conflict = "off"')
    assert run(["gate", "news"]) == 0


def test_what_was_not_checked_is_no_pass(desk: Path, capsys: Capture) -> None:
    write(desk / "half.md", QUIET, f"Ceci n'est pas {'du français ' * 9}")
    assert run(["gate", "half.md"]) == 0
    assert run(["gate", "half.md", "--profile", "publish"]) == 3
    assert re.search(r"Not checked: half.md: \d\d % of it", capsys.readouterr().err)
    write(desk / "none.md", "Ceci n'est pas du français")
    assert run(["gate", "none.md", "--exit-zero"]) == 3
    write(desk / "headline.md", "# A bridge fell")
    assert run(["gate", "headline.md"]) == 3
    assert "Not checked: headline.md: all of it" in capsys.readouterr().err
    (desk / "empty").mkdir()
    assert run(["gate", "empty"]) == 3
    assert run(["gate", "missing.md"]) == 2
    assert run(["gate"]) == 2


def test_folders_and_what_is_left_out_of_them(desk: Path, pipeline: Pipeline, capsys: Capture) -> None:
    for name in ("a.md", "b.txt", "drafts/c.md", "drafts/keep.md", "drafts/deep/d.md", ".git/e.md", "f.py"):
        write(desk / name, QUIET)
    write(desk / ".verifyignore", "# not yet\ndrafts/*.md")
    write(desk / "drafts" / ".verifyignore", "!keep.md\ndeep/")
    assert run(["gate", "."]) == 0
    assert pipeline.seen == ["a.md", "b.txt", "drafts/keep.md"]
    assert "Not checked: 2 drafts left out by .verifyignore" in capsys.readouterr().err
    assert run(["gate", "drafts/c.md"]) == 0
    assert "Not checked: 1 draft left out by .verifyignore" in capsys.readouterr().err
    (desk / ".verifyignore").write_bytes(b"\xff\xfe")
    assert run(["gate", "."]) == 2


# The baseline.


def test_what_was_known_passes_and_what_is_new_fails(desk: Path, capsys: Capture) -> None:
    write(desk / "old.md", QUIET, CLASH)
    assert run(["gate", "old.md", "--baseline", "known.json", "--write-baseline"]) == 0
    (entry,) = json.loads((desk / "known.json").read_text())["findings"]
    assert (entry["path"], entry["rule"], entry["fingerprint"][:8]) == ("old.md", "source-conflict", PIN)
    assert "line" not in entry
    write(desk / "verify.toml", 'gate.baseline = "known.json"')
    write(desk / "old.md", QUIET, QUIET, CLASH)
    assert run(["gate", "old.md"]) == 0
    capsys.readouterr()
    assert run(["gate", "old.md", "--report", "concise=all.txt"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "1 draft checked, 0 findings that fail, 0 suppressed, 1 in the baseline\n"
    line = "old.md:5:1: in the baseline: VFY101 Somebody denied.\n"
    assert (desk / "all.txt").read_text() == line
    (desk / "all.txt").unlink()
    assert run(["gate", "old.md", "--verbose"]) == 0
    assert capsys.readouterr().out == line
    write(desk / "old.md", QUIET, CLASH, OTHER)
    assert run(["gate", "."]) == 1
    assert "1 finding that fails, 0 suppressed, 1 in the baseline" in capsys.readouterr().err
    write(desk / "new.md", CLASH)
    assert run(["gate", "new.md"]) == 1


def test_stale_entries_are_told_and_pruned(desk: Path, capsys: Capture) -> None:
    write(desk / "a.md", CLASH)
    write(desk / "b.md", CLASH)
    write(desk / "c.md", OTHER)
    options = ["--baseline", "known.json"]
    assert run(["gate", ".", *options, "--write-baseline"]) == 0
    write(desk / "a.md", QUIET)
    (desk / "b.md").unlink()
    capsys.readouterr()
    assert run(["gate", ".", *options]) == 0
    err = capsys.readouterr().err
    assert "known.json: these match nothing now; take them out with --prune" in err
    assert f"  a.md: source-conflict {PIN}: Somebody denied.\n  b.md: source-conflict {PIN}:" in err
    assert run(["gate", "c.md", *options, "--prune"]) == 0
    assert [e["path"] for e in json.loads((desk / "known.json").read_text())["findings"]] == ["a.md", "c.md"]
    assert run(["gate", ".", *options, "--prune"]) == 0
    assert [e["path"] for e in json.loads((desk / "known.json").read_text())["findings"]] == ["c.md"]
    capsys.readouterr()
    assert run(["gate", ".", *options]) == 0
    assert "match nothing" not in capsys.readouterr().err


def test_a_forged_baseline_cannot_write_lines_of_its_own(desk: Path, capsys: Capture) -> None:
    write(desk / "a.md", QUIET)
    entry = dict.fromkeys(("path", "rule", "fingerprint", "message"), "x\n::error::\x1b[2J")
    entries = [entry, {**entry, "path": "x" * 400}]
    (desk / "known.json").write_text(json.dumps({"schema": "verify-baseline/1", "findings": entries}))
    assert run(["gate", "a.md", "--baseline", "known.json"]) == 0
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert [line[:4] for line in err.splitlines()[1:3]] == ["  x ", "  xx"]


def test_a_rule_that_did_not_run_leaves_its_entries(desk: Path, capsys: Capture) -> None:
    write(desk / "a.md", CLASH)
    assert run(["gate", "a.md", "--baseline", "known.json", "--write-baseline"]) == 0
    write(desk / "verify.toml", 'rules.source-conflict = "off"')
    assert run(["gate", "a.md", "--baseline", "known.json", "--prune"]) == 0
    assert len(json.loads((desk / "known.json").read_text())["findings"]) == 1


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (None, [], "write it with `verify gate --write-baseline`"),
        ("{", [], "is no baseline"),
        ('{"schema": "verify-baseline/2", "findings": []}', [], "is no baseline"),
        ("[" * 100_000, [], "is no baseline"),
    ],
)
def test_a_baseline_that_is_none(
    desk: Path, capsys: Capture, text: str | None, options: list[str], message: str
) -> None:
    write(desk / "a.md", CLASH)
    if text is not None:
        (desk / "known.json").write_text(text)
    assert run(["gate", "a.md", "--baseline", "known.json", *options]) == 2
    assert message in capsys.readouterr().err
    assert run(["gate", "a.md", "--prune"]) == 2
    assert run(["gate", "a.md", "--write-baseline"]) == 2
    assert run(["gate", "a.md", "--write-baseline", "--baseline", "a.md"]) == 2
    assert run(["gate", "a.md", "--write-baseline", "--baseline", "k", "--changed-since", "HEAD"]) == 2


# What has changed.


def test_only_changed_paragraphs_count(desk: Path, pipeline: Pipeline, capsys: Capture) -> None:
    repository(desk)
    commit(desk, old=f"{QUIET}\n\n{CLASH}\n", same=f"{CLASH}\n")
    since = ["--changed-since", "HEAD"]
    write(desk / "old.md", QUIET + " It was old.", CLASH)
    assert run(["gate", ".", *since]) == 0
    assert pipeline.seen == ["old.md"]
    assert capsys.readouterr().err.splitlines()[1:] == [
        "Not checked: 1 draft that didn't change",
        "Not counted: 1 finding in paragraphs that didn't change; --diff file counts them",
    ]
    assert run(["gate", ".", *since, "--diff", "file"]) == 1
    assert run(["gate", "same.md", *since, "--diff", "nofilter"]) == 1
    write(desk / "old.md", QUIET, CLASH, OTHER)
    capsys.readouterr()
    assert run(["gate", ".", *since]) == 1
    assert [line[:13] for line in capsys.readouterr().out.splitlines() if "VFY" in line] == ["old.md:5:1: w"]
    git(desk, "checkout", "-q", "old.md")
    write(desk / "desk" / "new.md", QUIET, CLASH)
    assert run(["gate", ".", *since]) == 1
    assert run(["gate", "same.md", *since]) == 0


def test_the_other_branch_s_changes_are_not_ours(desk: Path, pipeline: Pipeline) -> None:
    repository(desk)
    commit(desk, story=f"{QUIET}\n\n{CLASH}\n")
    git(desk, "checkout", "-q", "-b", "ours")
    commit(desk, own=f"{QUIET}\n")
    git(desk, "checkout", "-q", "main")
    commit(desk, story=f"{QUIET}\n")
    git(desk, "checkout", "-q", "ours")
    assert run(["gate", ".", "--changed-since", "main"]) == 0
    assert pipeline.seen == ["own.md"]


def test_a_line_that_is_gone_changes_its_paragraph(desk: Path) -> None:
    lines = (
        "The haulier, which has its seat in Sarnow, denied on Tuesday\n"
        "that the lorry, which weighed 31 tonnes when it was loaded,\n"
        "had anything to do with the fall of the bridge.\n"
    )
    repository(desk)
    commit(desk, story=f"{lines}\n{QUIET}\n\n{OTHER}\n")
    first, _, last = lines.splitlines()
    (desk / "story.md").write_text(f"{first}\n{last}\n\n{QUIET}\n\n{OTHER}\n", encoding="utf-8")
    assert run(["gate", "story.md", "--changed-since", "HEAD"]) == 1
    (desk / "story.md").write_text(f"{lines}\n{OTHER}\n", encoding="utf-8")
    assert run(["gate", "story.md", "--changed-since", "HEAD"]) == 0


def test_a_suppression_that_became_useless_counts_wherever_it_stands(desk: Path) -> None:
    repository(desk)
    commit(desk, story=f"{QUIET}\n\n<!-- verify ignore VFY101#{PIN}: x -->\n\n{CLASH}\n")
    write(desk / "story.md", QUIET, f"<!-- verify ignore VFY101#{PIN}: x -->", QUIET)
    assert run(["gate", "story.md", "--changed-since", "HEAD"]) == 1


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD; true", ""])
def test_revisions_that_are_none(desk: Path, capsys: Capture, revision: str) -> None:
    write(desk / "a.md", CLASH)
    assert run(["gate", "a.md", f"--changed-since={revision}"]) == 2
    repository(desk)
    commit(desk, b=QUIET)
    assert run(["gate", "a.md", f"--changed-since={revision}"]) == 2
    assert "git knows no such revision" in capsys.readouterr().err
    assert sorted(p.name for p in desk.iterdir()) == [".git", "a.md", "b.md"]


# What is written.


def test_the_audit_lists_all_that_was_let_stand(desk: Path, capsys: Capture) -> None:
    write(
        desk / "a.md", f"<!-- verify ignore VFY101#{PIN} until 2999-12-31: both are given -->", CLASH, OTHER
    )
    write(
        desk / "b.md",
        "<!-- verify ignore VFY203: not yet -->",
        QUIET,
        "<!-- verify ignore VFY101: x -->",
        CLASH,
    )
    write(desk / "c.md", f"<!-- verify ignore VFY101#{PIN} until 2001-01-01: old -->", CLASH)
    write(desk / "d.md.verify.toml", f"[[ignore]]\nrule='VFY101'\nfingerprint='{PIN}'\nreason='as agreed'")
    write(desk / "d.md", CLASH)
    options = ["--baseline", "known.json"]
    assert run(["gate", "a.md", *options, "--write-baseline"]) == 0
    capsys.readouterr()
    assert run(["gate", ".", *options, "--audit", "--report", "json=all.json"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"a.md:1: VFY101#{PIN} until 2999-12-31: both are given (1 finding)",
        "a.md:5:1: VFY101 in the baseline: Somebody denied.",
        "b.md:1: VFY203: not yet (0 findings, not tied to the words)",
        "b.md:5: VFY101: x (1 finding, not tied to the words)",
        f"c.md:1: VFY101#{PIN} until 2001-01-01: old (expired)",
        f"d.md.verify.toml, [[ignore]] 1: VFY101#{PIN}: as agreed (1 finding)",
    ]
    assert len(json.loads((desk / "all.json").read_text())["documents"]) == 4


def test_several_reports_of_one_run(desk: Path, pipeline: Pipeline, capsys: Capture) -> None:
    write(desk / "a.md", CLASH)
    more = ["--report", "sarif=out.sarif", "--report", "junit=out.xml", "--output", "out.md"]
    assert run(["gate", "a.md", "--format", "markdown", *more]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads((desk / "out.sarif").read_text())["runs"][0]["results"]
    assert "<testsuite" in (desk / "out.xml").read_text()
    assert pipeline.seen == ["a.md"]
    for wrong in ("yaml=x", "srif=x", "sarif", "sarif=a.md"):
        assert run(["gate", "a.md", "--report", wrong]) == 2
    assert "did you mean `sarif`?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--report", "json=r.json", "--report", "sarif=./r.json"], "r.json: is named for two reports"),
        (["--output", "r.json", "--report", "sarif=link.json"], "link.json: is named for two reports"),
        (["--output", "desk/a.md"], "desk/a.md: is a draft to check"),
        (["--report", "json=same.md"], "same.md: is a draft to check"),
        (["--output", "known.json"], "known.json: is the baseline"),
        (["--config", "own.toml", "--output", "own.toml"], "own.toml: holds the settings"),
        (["--output", "none/r.txt"], "none/r.txt: can't be written (its folder isn't there)"),
        (["--output", "desk"], "desk: can't be written (it is a folder)"),
    ],
)
def test_nothing_is_written_over(
    desk: Path, pipeline: Pipeline, capsys: Capture, options: list[str], problem: str
) -> None:
    write(desk / "desk" / "a.md", CLASH)
    (desk / "same.md").hardlink_to(desk / "desk" / "a.md")
    (desk / "link.json").symlink_to("r.json")
    write(desk / "own.toml", "min_score = 0.5")
    assert run(["gate", "desk", "--baseline", "known.json", "--write-baseline"]) == 0
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    pipeline.seen.clear()
    capsys.readouterr()
    assert run(["gate", "desk", "--baseline", "known.json", *options]) == 2
    assert f"verify: error: {problem}; " in capsys.readouterr().err
    assert not pipeline.seen
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_reports_of_ours_are_no_drafts(desk: Path, pipeline: Pipeline, capsys: Capture) -> None:
    write(desk / "a.md", QUIET)
    reports = ["markdown=r.md", "html=r.html", "json=ninjs.json"]
    for _ in range(2):
        assert run(["gate", ".", *(word for report in reports for word in ("--report", report))]) == 0
    assert pipeline.seen == ["a.md", "a.md"]
    # Plain text doesn't say whose it is.
    assert run(["gate", ".", "--output", "r.txt"]) == 0
    assert run(["gate", ".", "--output", "r.txt"]) == 2
    assert "or let .verifyignore leave it out" in capsys.readouterr().err
    write(desk / ".verifyignore", "r.txt")
    assert run(["gate", ".", "--output", "r.txt"]) == 0


# The settings.


def test_each_draft_has_its_own_baseline_and_diff(desk: Path, capsys: Capture) -> None:
    for name, diff in (("news", "added"), ("sport", "file")):
        write(desk / name / "a.md", QUIET, CLASH)
        write(desk / name / "verify.toml", f'[gate]\nbaseline = "known.json"\ndiff = "{diff}"')
    assert run(["gate", ".", "--write-baseline"]) == 0
    for name in ("news", "sport"):
        (entry,) = json.loads((desk / name / "known.json").read_text())["findings"]
        assert entry["path"] == "a.md"
    assert run(["gate", "."]) == 0
    write(desk / "loose.md", CLASH)
    assert run(["gate", "."]) == 1
    assert "1 finding that fails, 0 suppressed, 2 in the baseline" in capsys.readouterr().err
    assert run(["gate", ".", "--write-baseline"]) == 2
    assert "--write-baseline: there is no baseline for loose.md" in capsys.readouterr().err
    (desk / "loose.md").unlink()
    write(desk / "news" / "a.md", QUIET)
    capsys.readouterr()
    assert run(["gate", ".", "--prune"]) == 0
    assert [line.rpartition("/")[2] for line in capsys.readouterr().err.splitlines()[:2]] == [
        "known.json: 0 findings",
        "known.json: 1 finding",
    ]

    (desk / "news" / "known.json").unlink()
    (desk / "sport" / "known.json").unlink()
    for name in ("news", "sport"):
        settings = desk / name / "verify.toml"
        settings.write_text(settings.read_text().replace('baseline = "known.json"', ""))
    repository(desk)
    write(desk / "news" / "a.md", QUIET, CLASH)
    commit(desk)
    for name in ("news", "sport"):
        write(desk / name / "a.md", QUIET + " More.", CLASH)
    assert run(["gate", "news", "--changed-since", "HEAD"]) == 0
    assert run(["gate", "news", "sport", "--changed-since", "HEAD"]) == 1
    assert run(["gate", "news", "sport", "--changed-since", "HEAD", "--diff", "added"]) == 0


def test_settings_and_where_they_come_from(desk: Path, capsys: Capture) -> None:
    write(
        desk / "verify.toml",
        'profile = "strict"\nregistry = "sources.toml"\n[relate]\nneighbours = 7',
        '[per_file."opinion/*.md"]\nmin_score = 0.5\nrules.single-source = "off"',
    )
    assert run(["config", "opinion/x.md", "--fail-on", "error", "--encoder", "mine"]) == 0
    out = capsys.readouterr().out
    shown = tomllib.loads(out)
    assert (shown["fail_on"], shown["relate"]["neighbours"], shown["min_score"]) == (["error"], 7, 0.5)
    origins = {line.split(" = ")[0]: line.split("  # ")[1] for line in out.splitlines() if "  # " in line}
    file = desk / "verify.toml"
    assert {key: origins[key] for key in ("fail_on", "encoder", "registry", "neighbours", "min_cosine")} == {
        "fail_on": "option",
        "encoder": "option",
        "registry": str(file),
        "neighbours": str(file),
        "min_cosine": "default",
    }
    assert origins["single-source"] == f'{file} [per_file."opinion/*.md"]'
    assert origins["no-right-of-reply"] == "profile strict"
    assert origins["source-conflict"] == "the rule itself"
    assert run(["config"]) == 0
    assert 'single-source = "warning"' in capsys.readouterr().out


def test_what_is_printed_can_be_used(desk: Path, capsys: Capture) -> None:
    assert run(["config", "--profile", "publish"]) == 0
    printed = capsys.readouterr().out
    write(desk / "verify.toml", printed)
    assert run(["config"]) == 0
    again = capsys.readouterr().out
    assert tomllib.loads(again) == tomllib.loads(printed)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("_VERIFY_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", "verify gat")
    monkeypatch.setenv("COMP_CWORD", "1")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "verify gat")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    assert run([]) == 0
    assert "gate" in capsys.readouterr().out
