from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

import jsonschema
import pytest
from conftest import GOLDEN
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from reporting import CLAIMS, FINDINGS, TEXT, at, checked, clean, document, finding, one, three, unread

import verify.report
from verify import __version__
from verify.lines import Lines
from verify.printable import printable
from verify.report import FORMATS, Display, Format
from verify.report.diff import Edit, word_diff
from verify.report.path import posix, uri
from verify.report.region import region, region_in_bytes
from verify.types import Checked, Coverage, Finding, Level, Run, Span, Stance, Unchecked

SCHEMAS = Path(__file__).parent / "schemas"
ROOT = Path(__file__).resolve().parents[1]
HOSTILE = (
    "<script>alert(1)</script>\" onmouseover='x' \u202eevil\u2066 \ud800 \x1b[2J\x07 ]]> && --> | `a` *b* "
    "@desk #12 ![x](http://x.example) %0A ::error::no ##[error]no"
)


def render(format_: Format, run: Run) -> str:
    return FORMATS[format_](run, Display())


def hostile() -> Run:
    """A draft that would rather be markup, a command, or a line of its own."""
    text = f"{HOSTILE}\n\n::error::{HOSTILE}\n"
    draft = replace(document(path="::error ::a\nb, c%:\ud800|<b>.md"), text=text, title=HOSTILE, blocks=())
    whole = checked()
    return Run(
        (
            replace(
                whole,
                document=draft,
                sentences=(),
                claims=(),
                issues=(),
                evidence=(),
                reliances=(),
                findings=(finding(1, "source-conflict", "VFY101", Level.ERROR, HOSTILE, Span(0, 40)),),
                coverage=Coverage(1, 0, 0, (Unchecked(HOSTILE, Span(3, 9)),)),
            ),
        ),
        {},
    )


def many(count: int) -> Run:
    """More findings of one level than a service shows, all of the same fingerprint."""
    found = tuple(
        replace(
            finding(i, "source-conflict", "VFY101", Level.WARNING, f"Clash {i}.", at("14")), fingerprint="x"
        )
        for i in range(count)
    )
    return Run((replace(checked(), findings=found), replace(clean(), findings=found)), {})


def scanned() -> Run:
    """A draft from a file that isn't its own text, with a page of it unread."""
    draft = document(path="desk/fire.pdf")
    blocks = tuple(replace(b, place=f"page 1, paragraph {i}") for i, b in enumerate(draft.blocks, start=1))
    page = Unchecked("a scanned page, without text", Span(len(TEXT), len(TEXT)), "page 2")
    draft = replace(draft, blocks=blocks, unread=(page,))
    return Run((replace(checked(), document=draft, coverage=Coverage(7, 7, 9, (page,))),), {})


RUNS = {
    "one": one(),
    "clean": Run((clean(),), {}),
    "unread": Run((unread(),), {}),
    "three": three(),
    "hostile": hostile(),
    "many": many(30),
    "none": Run((), {}),
    "scanned": scanned(),
}
ALL = pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)


def load(format_: Format, run: Run) -> Any:
    return json.loads(render(format_, run).encode("utf-8"))


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "format_",
    [
        Format.MARKDOWN,
        Format.JUNIT,
        Format.GITHUB,
        Format.GITLAB,
        Format.RDJSON,
        Format.SARIF,
        Format.CLAIMREVIEW,
        Format.WEBANNOTATION,
    ],
)
def test_golden_reports(format_: Format) -> None:
    """UPDATE_GOLDEN=1 writes them anew."""
    file = GOLDEN / f"report.{format_}"
    text = render(format_, three()).replace(__version__, "VERSION")
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@ALL
def test_sarif_obeys_its_schema(run: Run) -> None:
    jsonschema.validate(
        load(Format.SARIF, run), schema("sarif-2.1.0-rtm.5.json"), cls=jsonschema.Draft4Validator
    )


@ALL
def test_rdjson_obeys_its_schema(run: Run) -> None:
    jsonschema.validate(load(Format.RDJSON, run), schema("rdjson.json"))


@ALL
def test_gitlab_obeys_its_schema(run: Run) -> None:
    jsonschema.validate(load(Format.GITLAB, run), schema("gitlab-code-quality.json"))


@ALL
def test_web_annotations_obey_the_model(run: Run) -> None:
    jsonschema.validate(load(Format.WEBANNOTATION, run), schema("web-annotation.json"))


@ALL
def test_each_json_line_obeys_the_wire_schema(run: Run) -> None:
    wire = json.loads(Path(verify.report.__file__).with_name("wire-schema.json").read_text(encoding="utf-8"))
    lines = render(Format.JSON_LINES, run).splitlines()
    assert len(lines) == len(run.documents)
    for line, shown in zip(lines, run.documents, strict=True):
        report = json.loads(line.encode("utf-8"))
        jsonschema.validate(report, wire, cls=jsonschema.Draft202012Validator)
        assert [d["path"] for d in report["documents"]] == [shown.document.path]


@ALL
def test_junit_obeys_its_schema(run: Run) -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml validates by XSD")
    report = etree.fromstring(render(Format.JUNIT, run).encode("utf-8"))
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(report)


def terms(value: Any) -> set[str]:
    """All keys and types of a piece of JSON-LD, but for the syntax of JSON-LD itself."""
    if isinstance(value, list):
        return {term for item in value for term in terms(item)}
    if not isinstance(value, dict):
        return set()
    kinds = [value[key] for key in ("@type", "type") if key in value]
    inner = {term for item in value.values() for term in terms(item)}
    return {key for key in value if not key.startswith("@")} | set(kinds) | inner


@ALL
def test_claim_reviews_use_only_the_terms_of_schema_org(run: Run) -> None:
    namespace = pytest.importorskip("rdflib.namespace", reason="rdflib ships the vocabulary")
    report = load(Format.CLAIMREVIEW, run)
    assert report["@context"] == "https://schema.org"
    assert not {term for term in terms(report) if term not in namespace.SDO}


@ALL
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_claim_reviews_are_linked_data(run: Run) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib reads JSON-LD")
    report = load(Format.CLAIMREVIEW, run) | {"@context": {"@vocab": "https://schema.org/"}}
    try:
        text = json.dumps(report).encode("utf-8", "strict")
        graph = rdflib.Graph().parse(data=text, format="json-ld", publicID="https://desk.example/")
    except UnicodeEncodeError:
        pytest.fail("a lone surrogate was left")
    reviews = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/ClaimReview")))
    assert len(reviews) == sum(node["@type"] == "ClaimReview" for node in report["@graph"])


def test_a_claim_review_never_rates() -> None:
    report = render(Format.CLAIMREVIEW, one())
    assert "ating" not in report.replace("without a rating", "")
    reviews = {
        n["itemReviewed"]["author"]["name"]: n
        for n in json.loads(report)["@graph"]
        if "claimReviewed" in n
        if "author" in n["itemReviewed"]
    }
    assert reviews["Zoë Brändle"]["claimReviewed"] == "A faulty gas line caused the fire."
    assert "denied" in reviews["Gaswerk Höngg"]["claimReviewed"]
    assert "canton police" not in reviews
    assert reviews["Łukasz Żak"]["citation"][0]["identifier"] == "owner-2025"


@pytest.mark.parametrize("format_", Format)
def test_what_was_not_checked_is_told_in_every_format(format_: Format) -> None:
    for run in (one(), Run((unread(),), {})):
        for shown in run.documents:
            for unchecked in shown.coverage.unchecked:
                assert unchecked.reason in render(format_, run)
    prose = replace(unread(), sentences=(), coverage=Coverage(0, 0, 0, ()))
    told = re.compile("not.checked|nothing .*could be checked|no sentence of prose", re.IGNORECASE)
    if format_ not in {Format.JSON, Format.JSON_LINES}:  # where no sentences are listed
        assert told.search(render(format_, Run((prose,), {})))


@pytest.mark.parametrize("format_", Format)
def test_findings_set_aside_are_not_among_those_that_count(format_: Format) -> None:
    stood = tuple(f for f in FINDINGS if f.known or f.suppression)
    run = Run((replace(clean(), findings=stood),), {})
    report = render(format_, run)
    match format_:
        case Format.GITLAB:
            assert json.loads(report) == []
        case Format.RDJSON:
            assert json.loads(report)["diagnostics"] == []
        case Format.GITHUB:
            assert not re.search("^::", report, re.MULTILINE)
            assert "by phone with Zoë" in report
        case Format.JUNIT:
            suites = fromstring(report)
            assert suites.get("failures") == "0"
            assert [
                case.get("name") for case in suites.iter("testcase") if case.find("skipped") is not None
            ] == ["single-source"]
        case Format.SARIF:
            results = json.loads(report)["runs"][0]["results"]
            assert {bool(r["suppressions"]) for r in results} == {True, False}
            assert {r["baselineState"] for r in results} == {"new", "unchanged"}
        case Format.CLAIMREVIEW:
            assert "ClaimReview" not in report
        case Format.HTML | Format.MARKDOWN:
            assert "Set aside (2)" in report
            assert "by phone with Zoë" in report
        case Format.CONCISE | Format.WEBANNOTATION:
            assert "by phone with Zoë" in report
        case Format.FULL:
            assert "0 disputed questions, 0 findings." in report
            assert "Set aside: 2 findings (2 warning)" in report
        case Format.JSON | Format.JSON_LINES:
            told = json.loads(report)["documents"][0]["findings"]
            assert [(f["known"], f["suppression"]) for f in told] == [
                (False, {"reason": "by phone with Zoë", "place": "fire.md:9", "expires": "2026-12-01"}),
                (True, None),
            ]


def test_sarif_tells_of_suppressions_on_all_results_or_on_none() -> None:
    plain = tuple(f for f in FINDINGS if not f.known and not f.suppression)
    for findings, expected in ((FINDINGS, True), (plain, False)):
        run = Run((replace(checked(), findings=findings), clean()), {})
        results = load(Format.SARIF, run)["runs"][0]["results"]
        assert {"suppressions" in r for r in results} == {expected}
        assert {"baselineState" in r for r in results} == {expected}
    (told,) = [r for r in load(Format.SARIF, one())["runs"][0]["results"] if r.get("suppressions")]
    assert told["suppressions"][0]["justification"] == "by phone with Zoë"


def test_sarif_describes_what_is_wrong_with_suppressions_too() -> None:
    told = finding(1, "unused-suppression", "VFY401", Level.WARNING, "It suppresses nothing.", at("14"))
    log = load(Format.SARIF, Run((replace(clean(), findings=(told,)),), {}))
    described = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert described["VFY401"]["name"] == "UnusedSuppression"
    assert "suppresses nothing" in described["VFY401"]["shortDescription"]["text"]


def test_sarif_messages_hold_no_links() -> None:
    forged = finding(
        1, "source-conflict", "VFY101", Level.ERROR, "Read [this](http://example.org).", at("14")
    )
    (result,) = load(Format.SARIF, Run((replace(clean(), findings=(forged,)),), {}))["runs"][0]["results"]
    assert result["message"]["text"] == "Read [this] (http://example.org)."


def test_sarif_keeps_what_was_not_checked_open() -> None:
    results = load(Format.SARIF, three())["runs"][0]["results"]
    assert Counter(r["kind"] for r in results) == {"fail": 5, "open": 2}
    assert {r["level"] for r in results if r["kind"] == "open"} == {"none"}
    assert all(r["ruleIndex"] >= 0 for r in results)


# Columns, counted once more from the text itself.


def code_point_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def byte_lines(text: str) -> list[bytes]:
    return re.split(rb"\r\n|\r|\n", text.encode("utf-8", "surrogatepass"))


def test_sarif_regions_are_the_passages() -> None:
    log = load(Format.SARIF, one())["runs"][0]
    assert log["columnKind"] == "unicodeCodePoints"
    lines = code_point_lines(TEXT)
    for result in log["results"]:
        for location in result["locations"] + result.get("relatedLocations", []):
            place = location["physicalLocation"]["region"]
            assert place["startLine"] == place["endLine"]
            in_line = lines[place["startLine"] - 1][place["startColumn"] - 1 : place["endColumn"] - 1]
            whole = TEXT[place["charOffset"] : place["charOffset"] + place["charLength"]]
            assert in_line == whole
    passages = [TEXT[r["locations"][0]["physicalLocation"]["region"]["charOffset"] :] for r in log["results"]]
    assert passages[0].startswith("kills 14")


def test_rdjson_columns_are_bytes() -> None:
    lines = byte_lines(TEXT)
    diagnostics = load(Format.RDJSON, one())["diagnostics"]
    cut = []
    for diagnostic in diagnostics:
        place = diagnostic["location"]["range"]
        start, end = place["start"], place["end"]
        assert start["line"] == end["line"]
        cut.append(lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode("utf-8"))
    assert cut[:3] == ["kills 14", "a faulty gas line had caused the fire", "naïve café-goers fled 👩‍🚒"]
    assert cut[3] == "Ein Satz auf Deutsch, den niemand prüft."


@settings(deadline=None)
@given(st.text(alphabet="aé😀e\u0301\r\n\u2028\ud800", max_size=60), st.data())
def test_regions_agree_with_cutting_the_lines(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, inside = text[:start], text[:end]
    if any(part.endswith("\r") and text[len(part) : len(part) + 1] == "\n" for part in (before, inside)):
        return  # between the two characters of one line break
    lines, span = Lines(text), Span(start, end)
    expected = [code_point_lines(part) for part in (before, inside)]
    assert [tuple(p) for p in region(lines, span)] == [(len(cut), len(cut[-1]) + 1) for cut in expected]
    in_bytes = [byte_lines(part) for part in (before, inside)]
    whole = replace(document(), text=text, blocks=())
    assert [tuple(p) for p in region_in_bytes(whole, lines, span)] == [
        (len(cut), len(cut[-1]) + 1) for cut in in_bytes
    ]


def test_annotations_hold_to_their_words() -> None:
    for item in load(Format.WEBANNOTATION, one())["items"]:
        for target in item["target"]:
            quote, position = target["selector"]
            assert TEXT[position["start"] : position["end"]] == quote["exact"]
            assert TEXT.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
    ids = [item["id"] for item in load(Format.WEBANNOTATION, three())["items"]]
    assert len(ids) == len(set(ids))


# What single services are known to trip over.


def commands(report: str) -> list[str]:
    return [line for line in report.splitlines() if line.lstrip().startswith("::")]


def test_github_gets_ten_of_a_level_and_the_log_has_the_rest() -> None:
    report = render(Format.GITHUB, many(30))
    levels = Counter(line[2:].split(" ")[0] for line in commands(report))
    assert levels == {"warning": 10, "notice": 1}
    assert report.count("Clash 29.") == 2
    assert "50 lines above beyond the 10 that GitHub shows" in report
    assert "30 findings (30 warning)" in report


def test_github_commands_stand_by_level_with_what_was_not_checked_first() -> None:
    report = commands(render(Format.GITHUB, three()))
    assert [line.split(" ")[0] for line in report] == [
        "::error",
        "::error",
        "::warning",
        "::notice",
        "::notice",
    ]
    assert "title=not checked::" in report[3]


def test_github_commands_cannot_be_forged() -> None:
    report = render(Format.GITHUB, hostile())
    assert len(commands(report)) == 2
    assert "##[" not in report.replace(commands(report)[0], "").replace(commands(report)[1], "")
    for line in commands(report):
        properties, message = re.fullmatch(r"::\w+ (.*?)::(.*)", line).groups()  # type: ignore[union-attr]
        assert dict(part.split("=", 1) for part in properties.split(","))["file"].startswith("%3A%3Aerror")
        assert unquote(message) == printable(HOSTILE)


def test_gitlab_fingerprints_never_repeat_and_do_not_move() -> None:
    issues = load(Format.GITLAB, many(30))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 61
    moved = replace(checked(), document=replace(document(), text=f"\n\n{TEXT}"))
    before, after = load(Format.GITLAB, one()), load(Format.GITLAB, Run((moved,), {}))
    assert [i["fingerprint"] for i in before] == [i["fingerprint"] for i in after]


def cases(run: Run) -> dict[str | None, Element]:
    return {case.get("name"): case for case in fromstring(render(Format.JUNIT, run)).iter("testcase")}


def test_junit_has_a_case_for_each_rule_that_ran() -> None:
    found = cases(one())
    assert list(found) == [*checked().rules, "coverage"]
    assert [name for name, case in found.items() if case.find("failure") is not None] == [
        "source-conflict",
        "headline-conflict",
    ]
    assert found["unattributed-claim"].findtext("system-out", "").startswith("5:5: info VFY201")
    assert not list(found["number-conflict"])


def test_junit_passes_no_rule_where_nothing_could_be_checked() -> None:
    found = cases(Run((unread(),), {}))
    assert found["coverage"].find("error") is not None
    assert all(case.find("skipped") is not None for name, case in found.items() if name != "coverage")


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(markdown: str) -> Words:
    words = Words()
    words.feed(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown))
    return words


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab <>&|*_`[]()!#@~$\\:/w.-\"'\n\u202e"), min_size=1, max_size=40))
def test_markdown_shows_the_very_characters(text: str) -> None:
    message = f"a{text}b"
    found = (finding(1, "source-conflict", "VFY101", Level.ERROR, message, at("14")),)
    report = render(Format.MARKDOWN, Run((replace(clean(), findings=found),), {}))
    page = shown(report)
    assert printable(message) in "".join(page.words)
    assert not {"a", "img", "em", "del", "code", "script"} & set(page.tags)


def test_markdown_of_a_hostile_draft_is_harmless() -> None:
    report = render(Format.MARKDOWN, hostile())
    page = shown(report)
    assert not {"script", "img", "a"} & set(page.tags)
    assert "@desk" not in report
    assert "#12" not in report


def test_markdown_of_a_hostile_question_is_harmless() -> None:
    question = "Did @desk see #12 at https://example.org, as <b>it’s</b> said?"
    asked = replace(checked(), issues=(replace(checked().issues[0], question=question),))
    report = render(Format.MARKDOWN, Run((asked,), {}))
    page = shown(report)
    assert f"Disputed: {question}" in "".join(page.words)
    assert not {"a", "b"} & set(page.tags)
    assert "@desk" not in report
    assert "#12" not in report


COMMENT = 65_536
"""Characters of a comment at GitHub."""


def test_markdown_fits_into_a_comment_and_says_what_it_left_out() -> None:
    documents = tuple(replace(checked(), document=document(path=f"desk/{i}.md")) for i in range(60))
    report = render(Format.MARKDOWN, Run(documents, {}))
    assert len(report) < COMMENT
    assert re.search(r"No room here for the details of \d\d documents", report)
    assert "desk/59.md" in report


def test_markdown_of_a_whole_archive_lists_those_with_findings() -> None:
    calm = tuple(replace(clean(), document=document(path=f"desk/calm/{i}.md")) for i in range(3000))
    report = render(Format.MARKDOWN, Run((*calm, checked()), {}))
    assert len(report) < COMMENT
    assert "| desk/fire.md |" in report
    assert "### desk/fire.md" in report
    assert re.search(r"No room here for 2,\d\d\d more documents, 0 of them with findings", report)
    named = tuple(replace(checked(), document=document(path=f"desk/{'x' * 4000}{i}.md")) for i in range(99))
    report = render(Format.MARKDOWN, Run(named, {}))
    assert len(report) < COMMENT
    assert re.search(r"No room here for 9\d more documents, 9\d of them with findings", report)


def test_markdown_of_a_long_story_has_its_gravest_findings_and_leaves_room_for_others() -> None:
    clashes = tuple(
        finding(i, "source-conflict", "VFY101", Level.WARNING, f"Clash {i}. {'y' * 500}", at("14"))
        for i in range(200)
    )
    grave = finding(200, "headline-conflict", "VFY104", Level.ERROR, "It is 12.", at("14"))
    long = replace(checked(), findings=(*clashes, grave), document=document(path="long.md"))
    report = render(Format.MARKDOWN, Run((long, checked()), {}))
    assert len(report) < COMMENT
    assert re.search(r"No room here for \d+ more parts of what was found\.\n\nChecked: ", report)
    assert report.index("### long.md") < report.index("It is 12.") < report.index("### desk/fire.md")
    assert "its line had been at fault" in report


@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.CLAIMREVIEW])
def test_a_place_in_a_file_without_lines_is_that_of_the_file(format_: Format) -> None:
    report = render(format_, scanned())
    if format_ is not Format.WEBANNOTATION:  # whose annotations find their words
        assert "page 1, paragraph" in report
        assert "page 2" in report
    assert "1:28" not in report
    assert ",line=" not in report
    if format_ is Format.SARIF:  # GitHub wants a line: the first one stands for the file
        assert set(re.findall(r'"startLine": (\d+)', report)) == {"1"}
        assert '"startColumn"' not in report
        assert '"charOffset"' not in report
        assert '"text": "page 1, paragraph 1: The headline has 14 killed' in report
    assert "TextPositionSelector" not in report


def test_paths_as_services_want_them() -> None:
    assert posix("./desk/a.md") == "desk/a.md"
    assert uri("desk/Zürich 1%.md") == "desk/Z%C3%BCrich%201%25.md"
    assert uri("/desk/a.md") == "file:///desk/a.md"
    assert uri("caf\udce9.md") == "caf%E9.md"


def test_word_diff_tells_what_was_done_to_a_quotation() -> None:
    changes = word_diff("We may not leave by May 9.", "We will leave by May 9")
    assert [(c.edit, c.text) for c in changes] == [
        (Edit.KEPT, "We"),
        (Edit.DROPPED, "may not"),
        (Edit.ADDED, "will"),
        (Edit.KEPT, "leave by May 9"),
        (Edit.DROPPED, "."),
    ]
    assert word_diff("Don’t go", "don't go")[0].edit is Edit.KEPT


@given(st.text("ab c,.", max_size=20), st.text("ab c,.", max_size=20))
def test_word_diff_loses_no_word(recorded: str, quoted: str) -> None:
    changes = word_diff(recorded, quoted)
    old = "".join(c.text for c in changes if c.edit is not Edit.ADDED)
    new = "".join(c.text for c in changes if c.edit is not Edit.DROPPED)
    assert old.replace(" ", "") == recorded.replace(" ", "")
    assert new.replace(" ", "") == quoted.replace(" ", "")


def test_all_formats_are_documented() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [f for f in Format if f"`{f}`" not in page] == []


def test_fixture_shows_every_stance_and_state() -> None:
    assert {c.stance for c in CLAIMS} >= {Stance.ASSERTS, Stance.SUGGESTS, Stance.DENIES, Stance.DECLINES}
    whole: Checked = checked()
    states: list[Finding] = list(whole.findings)
    assert any(f.known for f in states)
    assert any(f.suppression for f in states)
