from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import reporting
from conftest import GOLDEN, TEXT, document, finding
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import verify.report
from verify.lines import Lines
from verify.printable import printable
from verify.report import FORMATS, Display, Format
from verify.report.text import deciding, window
from verify.rules import RULES
from verify.rules.base import Against
from verify.types import (
    OUTLET,
    Checked,
    Coverage,
    Issue,
    Level,
    Position,
    RelationType,
    Role,
    Run,
    Searched,
    Sentence,
    Source,
    Span,
    Unchecked,
)

SCHEMA = json.loads(Path(verify.report.__file__).with_name("wire-schema.json").read_text(encoding="utf-8"))


def compare(name: str, text: str) -> None:
    """Compare with the golden file; UPDATE_GOLDEN=1 writes it anew."""
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def full(run: Run, width: int = 80, *, color: bool = False) -> str:
    return FORMATS[Format.FULL](run, Display(width, color))


@pytest.mark.parametrize("width", [80, 120])
def test_full_report(run: Run, width: int) -> None:
    compare(f"full-{width}.txt", full(run, width))


def test_coloured_report(run: Run) -> None:
    compare("full-colour.txt", full(run, color=True))


def test_concise_report(run: Run) -> None:
    compare("concise.txt", FORMATS[Format.CONCISE](run, Display()))


def test_claims_as_they_were_read(run: Run) -> None:
    compare("claims.txt", FORMATS[Format.CLAIMS](run, Display()))


def test_json_report(run: Run) -> None:
    compare("report.json", FORMATS[Format.JSON](run, Display()))


def test_json_obeys_the_published_schema(run: Run) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    wire = json.loads(FORMATS[Format.JSON](run, Display()))
    jsonschema.validate(wire, SCHEMA, cls=jsonschema.Draft202012Validator)
    (wire_document,) = wire["documents"]
    for found in wire_document["findings"]:
        assert Lines(TEXT).place(found["spans"][0][0]) == (found["line"], found["column"])
    assert list(wire["tool"]["models"]) == ["attribution", "encoder", "entailment", "parser"]


def test_schema_refuses_what_is_no_report(run: Run) -> None:
    wire = json.loads(FORMATS[Format.JSON](run, Display()))
    wire["documents"][0]["claims"][0]["stance"] = "shouts"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wire, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_findings_stand_by_level_then_place(run: Run) -> None:
    report = full(run)
    assert report.index("VFY104") < report.index("VFY101") < report.index("VFY201")


def test_plain_report_has_no_escape_codes_nor_trailing_blanks(run: Run) -> None:
    report = full(run)
    assert "\x1b" not in report
    assert all(line == line.rstrip() for line in report.split("\n"))


def test_no_line_is_wider_than_the_display(run: Run) -> None:
    for width in (40, 60, 80, 120):
        assert max(cell_len(line) for line in full(run, width).split("\n")) <= width


def test_clean_document_says_what_was_looked_at(clean: Checked) -> None:
    report = full(Run((clean,), {}))
    assert "0 disputed questions, 0 findings." in report
    assert "5 sentences, 3 claims, 0 pairs compared" in report
    assert "no part of the prose was left out" in report


def test_silence_is_never_passed_off_as_fine(clean: Checked) -> None:
    unread = Unchecked("not English", Span(0, len(TEXT)))
    nothing = replace(clean, coverage=Coverage(5, 0, 0, (unread,)))
    assert "Nothing in this document could be checked." in full(Run((nothing,), {}))
    headline = replace(clean, sentences=(Sentence("s0", Span(0, 5), 0, Role.HEADLINE),))
    report = full(Run((headline,), {}))
    assert "Nothing in this document could be checked." in report
    assert "Not checked: no sentence of prose in it (1:1)" in report
    assert "not checked" in FORMATS[Format.CONCISE](Run((headline,), {}), Display())


def test_unchecked_stretches_are_grouped_by_reason(clean: Checked) -> None:
    parts = tuple(Unchecked("not English", Span(i, i + 1)) for i in range(0, 40, 2))
    report = full(Run((replace(clean, coverage=Coverage(5, 3, 0, parts)),), {}))
    assert report.count("not English") == 1
    assert "and 12 more" in " ".join(report.split())


HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07Bridge\u202e fell\u2066 \x9b31m\u200bdown\ud800\u2028now [bold]x[/bold] :smile:"
)


@pytest.mark.parametrize("color", [False, True])
def test_what_a_terminal_would_obey_is_spelled_out(color: bool) -> None:
    hostile = Checked(
        document=replace(document(HOSTILE, path="a\x1b[31m\nb.md"), title=HOSTILE),
        sentences=(Sentence("s0", Span(0, len(HOSTILE)), 0, Role.PARAGRAPH),),
        claims=(),
        relations=(),
        issues=(),
        findings=(finding(1, "x", "VFY999", Level.ERROR, HOSTILE, Span(0, 3)),),
        coverage=Coverage(1, 0, 0, (Unchecked(HOSTILE, Span(0, 1)),)),
    )
    run = Run((hostile,), {})
    plain = full(run, 100, color=color)
    for bad in ("\x1b]", "\x1b[2J", "\x07", "\u202e", "\u2066", "\x9b", "\ud800", "\u2028"):
        assert bad not in plain
    assert "<U+202E>" in plain
    assert "[bold]x[/bold] :smile:" in plain
    concise = FORMATS[Format.CONCISE](run, Display())
    assert concise.count("\n") == len(concise.splitlines()) == 2
    assert "\x1b" not in concise
    wire = FORMATS[Format.JSON](run, Display())
    assert json.loads(wire.encode("utf-8"))["documents"][0]["title"] == HOSTILE


def test_ordinary_scripts_and_marks_are_left_alone() -> None:
    for text in ("naïve “quotes” — d’Or", "Владимир Путин", "می‌خواهم", "習近平", "👩‍🚀"):
        assert printable(text) == text


@settings(deadline=None)
@given(st.text())
def test_printable_text_never_moves_the_cursor(text: str) -> None:
    shown = printable(text)
    assert all(c == " " or c.isprintable() or c in "\u200c\u200d" for c in shown)
    shown.encode("utf-8")


@settings(deadline=None)
@given(st.text(alphabet="ab \n", min_size=1, max_size=300), st.data())
def test_window_holds_the_words_that_decide(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    limit = data.draw(st.integers(10, 60))
    outer, inner = Span(0, len(text)), Span(start, end)
    shown = window(text, outer, inner, limit)
    assert outer.contains(shown)
    assert len(text) <= limit or shown.end - shown.start <= limit
    if end - start <= limit:
        assert shown.contains(inner)


def test_a_long_passage_is_cut_around_the_number_that_the_message_names(clean: Checked) -> None:
    text = "They said " + "so and so " * 60 + "that 4,217 people had left " + "and then " * 60 + "it ended."
    long = replace(
        clean,
        document=document(text),
        sentences=(Sentence("s0", Span(0, len(text)), 0, Role.PARAGRAPH),),
        findings=(finding(1, "n", "VFY102", Level.ERROR, "4,217 against 12.", Span(0, len(text))),),
    )
    report = full(Run((long,), {}))
    assert "4,217 people" in report
    assert report.count("…") == 2
    assert deciding(text, Span(0, 20), "12") == Span(0, 20)


def test_lines_count_as_editors_do() -> None:
    lines = Lines("a\r\nb\rc\n😀d\u2028e")
    assert [str(lines.place(i)) for i in (0, 3, 5, 7, 8, 10)] == ["1:1", "2:1", "3:1", "4:1", "4:2", "4:4"]


def test_the_outlet_and_figures_in_a_table(checked: Checked) -> None:
    party = "Federal Office of Roads, Bridges and Tunnels"
    claim = replace(
        checked.claims[1], source=Source("Bundesamt's spokeswoman Adela Zawadzka", None, party, False)
    )
    issue = Issue("How many died?", (Position(OUTLET, "12", ("c0",)), Position(party, "14", ("c1",))))
    known = replace(checked, claims=(checked.claims[0], claim), issues=(issue,))
    compare("figures-80.txt", full(Run((known,), {})))
    compare("figures-120.txt", full(Run((known,), {}), 120))


def test_several_documents_stand_one_after_another(checked: Checked, clean: Checked) -> None:
    other = replace(clean, document=document(TEXT, path="other.md", id_="d2"))
    report = full(Run((checked, other), {}))
    assert report.index("bridge.md") < report.index("other.md")


def test_every_passage_that_is_counted_against_the_draft_is_shown() -> None:
    """Even where it is too unsure for a finding, or where its finding is set aside."""
    checked = reporting.checked()
    (known,) = checked.evidence
    claim = checked.claims[0].id
    against = tuple(
        replace(known, claim=claim, relation=relation, score=0.4, passage=replace(known.passage, text=text))
        for relation, text in (
            (RelationType.CONTRADICTS, "The line was sound."),
            (RelationType.UPDATE, "The line was mended."),
            (RelationType.SUPPORTS, "The line leaked."),
        )
    )
    unsure = replace(checked, evidence=(known, *against), searched=Searched("indexes/desk", 1, 3))
    report = full(Run((unsure,), {}))
    assert "1 contradicts it" in " ".join(report.split())
    assert "Against the draft, but not among the findings:" in report
    assert "The line was sound." in report
    assert "The line was mended." in report
    assert "The line leaked." not in report
    finding = replace(
        checked.findings[0], rule="contradicted-by-archive", claims=(claim,), suppression=None, known=False
    )
    told = full(Run((replace(unsure, findings=(finding,), evidence=against[:1]),), {}))
    assert told.count("The line was sound.") == 1
    assert "Against the draft" not in told
    aside = replace(unsure, findings=(replace(finding, known=True),), evidence=against[:1])
    assert full(Run((aside,), {})).count("The line was sound.") == 1


def test_rules_on_an_archive_say_what_they_rest_on() -> None:
    silent = {rule.name for rule in RULES if rule.against is Against.ARCHIVE and rule.rests_on is None}
    assert silent == {"uncorroborated", "quote-not-found"}, "these go by what the archive hasn't"
