"""What an editor lets stand: by whom it is written down, for which words, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from gating import CLASH, OTHER, QUIET, check, draft, pins
from hypothesis import given
from hypothesis import strategies as st

from verify.errors import ConfigError
from verify.gate.suppress import let_stand
from verify.rules.notices import NOTICES, catalogue
from verify.types import Checked, Finding, Level, Role

TODAY = date(2025, 3, 4)
(PIN,) = pins(check(draft(CLASH)))
IGNORE = f"<!-- verify ignore VFY101#{PIN}: both accounts are given -->"


def settled(text: str, path: str = "draft.md", **levels: Level | None) -> Checked:
    given = {name.replace("_", "-"): level for name, level in levels.items()}
    return let_stand(check(draft(text, path), given), given, today=TODAY)


def standing(checked: Checked) -> list[str]:
    return [finding.code for finding in checked.findings if finding.suppression is None]


def messages(checked: Checked, code: str) -> list[str]:
    return [finding.message for finding in checked.findings if finding.code == code]


# Where a comment holds.


@pytest.mark.parametrize("path", ["draft.md", "draft.txt"])
@pytest.mark.parametrize(
    "text",
    [
        f"{QUIET}\n\n{IGNORE}\n\n{CLASH}\n",
        f"{QUIET}\n\n{IGNORE}\n{CLASH}\n",
        f"{QUIET}\n\n{CLASH} {IGNORE}\n",
        f"{QUIET}\r\n\r\n{IGNORE}\r\n\r\n{CLASH}\r\n",
        f"{QUIET}\n\n<!--verify ignore source-conflict#{PIN.upper()} : why not-->\n\n{CLASH}\n",
        f"{QUIET}\n\n<!-- verify ignore VFY101#{PIN} until 2025-03-04: today still -->\n\n{CLASH}\n",
        f"{QUIET}\n\n<!-- verify\n  ignore VFY101#{PIN}:\n  two lines -->\n\n{CLASH}\n",
        f"<!-- verify ignore-start VFY101#{PIN}: x -->\n\n{QUIET}\n\n{CLASH}\n\n<!-- verify ignore-end -->\n",
    ],
)
def test_a_comment_holds_for_its_paragraph(text: str, path: str) -> None:
    checked = settled(text, path)
    assert standing(checked) == []
    (finding,) = checked.findings
    assert finding.suppression is not None
    assert finding.suppression.place.startswith(f"{path}:")


@pytest.mark.parametrize(
    "text",
    [
        f"{IGNORE}\n\n{QUIET}\n\n{CLASH}\n",
        f"{QUIET} {IGNORE}\n\n{CLASH}\n",
        f"{CLASH}\n\n{IGNORE}\n\n{QUIET}\n",
        f"{CLASH}\n\n{IGNORE}\n",
        f"<!-- verify ignore VFY102#{PIN}: another rule -->\n\n{CLASH}\n",
        f"<!-- verify ignore-start VFY101#{PIN}: x -->\n\n{QUIET}\n\n<!-- verify ignore-end -->\n\n{CLASH}\n",
    ],
)
def test_and_for_no_other(text: str) -> None:
    assert standing(settled(text)) == ["VFY101", "VFY401"]


def test_comments_are_no_prose() -> None:
    for path in ("draft.md", "draft.txt"):
        text = f"{IGNORE}\n\nBridge at Sarnow collapses\n\n{QUIET} {IGNORE} It was old.\n"
        text = text.replace("Bridge", "# Bridge") if path.endswith("md") else text
        document = draft(text, path)
        shown = [(b.role, b.shown(text)) for b in document.blocks]
        assert shown == [
            (Role.HEADLINE, "Bridge at Sarnow collapses"),
            (Role.PARAGRAPH, f"{QUIET}  It was old."),
        ]
        assert document.unread == ()


@pytest.mark.parametrize(
    "comment",
    ["<!-- verify this with the desk -->", "<!-- ignore VFY101: x -->", "<!-- verify ignored: x -->"],
)
def test_other_comments_are_left_alone(comment: str) -> None:
    assert standing(settled(f"{comment}\n\n{CLASH}\n")) == ["VFY101"]


def test_copy_whose_text_is_not_its_own_has_no_comments() -> None:
    page = f"<html><body><article><p>{IGNORE.replace('<', '&lt;').replace('>', '&gt;')}</p><p>{CLASH}</p>"
    assert standing(settled(page, "page.html")) == ["VFY101"]


# Which words it holds for.


def test_it_lapses_when_the_words_change() -> None:
    checked = settled(f"{IGNORE}\n\n{CLASH.replace('haulier', 'haulage firm')}\n")
    assert standing(checked) == ["VFY101", "VFY401"]
    (new,) = pins(check(draft(CLASH.replace("haulier", "haulage firm"))))
    assert messages(checked, "VFY401") == [
        f"The words that VFY101#{PIN} let stand have changed: what is there now is VFY101#{new}."
    ]


def test_edits_elsewhere_change_nothing() -> None:
    assert standing(settled(f"{OTHER}\n\n{IGNORE}\n\n{CLASH}\n")) == ["VFY101"]
    assert standing(settled(f"{QUIET}\n\n{QUIET}\n\n{IGNORE}\n\n{CLASH}\n\n{QUIET}\n")) == []


def test_untied_ones_hold_and_are_told_how_to_be_tied() -> None:
    checked = settled(f"<!-- verify ignore VFY101: both sides -->\n\n{CLASH}\n")
    assert standing(checked) == ["VFY402"]
    assert messages(checked, "VFY402") == [
        f"VFY101 is suppressed whatever the words become: write VFY101#{PIN} instead."
    ]
    assert (
        standing(settled(f"<!-- verify ignore VFY101: x -->\n\n{CLASH}\n", unpinned_suppression=None)) == []
    )


# Until when.


def test_it_expires_after_its_last_day() -> None:
    def until(day: date) -> list[str]:
        return standing(settled(f"<!-- verify ignore VFY101#{PIN} until {day}: x -->\n\n{CLASH}\n"))

    assert until(TODAY) == []
    assert until(TODAY - timedelta(days=1)) == ["VFY101", "VFY401"]


def test_what_did_not_run_is_not_called_unused() -> None:
    assert standing(settled(f"{IGNORE}\n\n{QUIET}\n", source_conflict=None)) == []
    assert standing(settled(f"{IGNORE}\n\n{QUIET}\n", unused_suppression=None)) == []


# What can't be followed.


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("ignore VFY101", "it gives no reason"),
        ("ignore VFY101:  ", "it gives no reason"),
        (f"ignore VFY101#{PIN} until 2026-01-01", "it gives no reason"),
        ("ignore: because", "it names no rule"),
        ("ignore VFY999: x", "there is no rule `VFY999`; known are source-conflict"),
        ("ignore sorce-conflict: x", "did you mean `source-conflict`?"),
        ("ignore VFY101#abc: x", "`abc` is no fingerprint; give 8 or more of its digits"),
        ("ignore VFY101#: x", "`` is no fingerprint"),
        ("ignore VFY101 until 31-12-2026: x", "`31-12-2026` is no date; write it as 2026-12-31"),
        ("ignore VFY101 until 2026-02-30: x", "is no date"),
        ("ignore-next VFY101: x", "`ignore-next` is none of ignore, ignore-start, ignore-end"),
        ("ignore-start VFY101: x", "nothing ends it"),
        ("ignore-end", "it doesn't end what began last"),
        ("ignore (VFY101): x", "it can't be read"),
    ],
)
def test_mistakes_suppress_nothing_and_are_told(words: str, problem: str) -> None:
    checked = settled(f"<!-- verify {words} -->\n\n{CLASH}\n")
    assert standing(checked) == ["VFY101", "VFY403"]
    (message,) = messages(checked, "VFY403")
    assert message.startswith("This suppression can't be followed: ")
    assert problem in message


def test_ranges_nest_like_brackets() -> None:
    text = (
        "<!-- verify ignore-start VFY101: a -->\n\n<!-- verify ignore-start VFY203: b -->\n\n"
        f"{CLASH} somebody\n\n<!-- verify ignore-end VFY101 -->\n\n<!-- verify ignore-end VFY203 -->\n\n"
        f"{OTHER}\n\n<!-- verify ignore-end -->\n"
    )
    checked = settled(text, unpinned_suppression=None)
    assert standing(checked) == ["VFY403"]
    assert [f.suppression.reason for f in checked.findings if f.suppression] == ["a", "b", "a"]


@given(st.text(alphabet="ignore-startd VFY101203#ab,:until2026 <!>\n", max_size=60))
def test_any_comment_is_followed_or_refused(words: str) -> None:
    checked = settled(f"{QUIET}\n\n<!-- verify ignore{words} -->\n\n{CLASH}\n")
    found = [f for f in checked.findings if f.code == "VFY101"]
    assert [f.suppression for f in found if f.suppression and not f.suppression.reason] == []
    text = checked.document.text
    assert all(0 <= a < b <= len(text) for f in checked.findings for a, b in f.spans)


def test_thousands_of_comments_are_no_trouble() -> None:
    text = f"{IGNORE}\n\n{QUIET}\n\n<!-- verify ignore-start VFY101: x -->\n\n" * 3000
    assert len(settled(text, "draft.txt").findings) == 6000


# The file beside a draft.


def beside(folder: Path, text: str, toml: str) -> list[Finding]:
    path = folder / "draft.md"
    path.with_name("draft.md.verify.toml").write_text(toml, encoding="utf-8")
    return list(settled(text, str(path)).findings)


@pytest.mark.parametrize(
    "tie",
    [
        f'fingerprint = "{PIN}"',
        f'text = "{CLASH}"',
        f'text = ["{CLASH.upper()} He said no more."]',
        f'fingerprint = "{PIN}"\nuntil = 2025-03-04',
    ],
)
def test_copy_without_comments(tmp_path: Path, tie: str) -> None:
    toml = f'[[ignore]]\nrule = "VFY101"\nreason = "both accounts are given"\n{tie}\n'
    (finding,) = beside(tmp_path, f"{QUIET}\n\n{CLASH}\n", toml)
    assert finding.suppression is not None
    assert finding.suppression.place.endswith("draft.md.verify.toml, [[ignore]] 1")
    changed = beside(tmp_path, f"{QUIET}\n\n{CLASH} Twice.\n", toml)
    assert [f.code for f in changed] == ["VFY101", "VFY401"]
    assert "draft.md.verify.toml, [[ignore]] 1: the words that VFY101" in changed[1].message


def test_a_name_too_long_for_a_file_beside_it_has_none() -> None:
    (finding,) = settled(f"{QUIET}\n\n{CLASH}\n", f"{'x' * 250}.md").findings
    assert finding.suppression is None


def test_a_quoted_part_of_a_passage_is_not_enough(tmp_path: Path) -> None:
    toml = '[[ignore]]\nrule = "VFY101"\nreason = "x"\ntext = "The haulier denied"\n'
    assert [f.suppression for f in beside(tmp_path, CLASH, toml)] == [None, None]


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("[[ignore]]\nrule = 'VFY101'\nfingerprint = 'abcdef12'", "`ignore.0.reason` is missing"),
        ("[[ignore]]\nrule = 'VFY101'\nreason = ' '\ntext = 'x'", "`ignore.0.reason` is ' '"),
        ("[[ignore]]\nrule = 'VFY101'\nreason = 'x'", "isn't tied to any words"),
        ("[[ignore]]\nrule = 'VFY101'\nreason = 'x'\ntext = ''", "isn't tied to any words"),
        ("[[ignore]]\nrule = 'VFY101'\nreason = 'x'\nfingerprint = 'abc'", "is no fingerprint"),
        ("[[ignore]]\nrule = 'no'\nreason = 'x'\ntext = 'y'", "there is no rule `no`"),
        ("[[ignore]]\nreson = 'x'", "unknown key `reson` in [ignore.0]; did you mean `reason`?"),
        ("[[ignor]]\nrule = 'VFY101'", "did you mean `ignore`?"),
        ("ignore = ", "isn't valid TOML"),
    ],
)
def test_a_wrong_file_is_an_error(tmp_path: Path, toml: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        beside(tmp_path, CLASH, toml)
    assert problem in str(caught.value)
    assert "draft.md.verify.toml" in str(caught.value)


# As findings like others.


def test_again_gives_the_same() -> None:
    text = f"{IGNORE}\n\n{QUIET}\n\n<!-- verify ignore VFY101: x -->\n\n{CLASH}\n"
    once = settled(text)
    assert let_stand(once, {}, today=TODAY) == once
    assert [f.id for f in once.findings] == ["f1", "f2", "f3"]
    assert len({f.fingerprint for f in once.findings}) == 3
    assert let_stand(once, {"unused-suppression": Level.INFO}, today=TODAY).findings[1].level is Level.INFO


def test_each_has_a_page_and_a_code_of_its_own() -> None:
    codes = [rule.code for rule in catalogue()]
    assert codes == sorted(set(codes))
    for notice in NOTICES:
        assert notice.code.startswith("VFY4")
        assert {"## Bad", "## Good"} <= set(notice.page.splitlines())
