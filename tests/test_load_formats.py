"""Stories in the formats that newsrooms use: what is read of them, where it stands, and what is refused."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import inputs
import pytest
from conftest import watchdog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inputs import FORMATS, SAID, STORM, Tale

from verify.cli import run
from verify.errors import InputError
from verify.lines import Lines
from verify.load import document_of, load
from verify.load.formats import may_be_news
from verify.report import FORMATS as REPORTS
from verify.report import Display, Format
from verify.types import Checked, Document, Role, Run

WATCHDOG = 60
"""Seconds, which only tell a hang from a slow computer."""


def of(raw: bytes | str, suffix: str) -> Document:
    return document_of(raw.encode() if isinstance(raw, str) else raw, path=f"story{suffix}", suffix=suffix)


def shown(document: Document, role: Role = Role.PARAGRAPH) -> list[str]:
    return [" ".join(b.shown(document.text).split()) for b in document.blocks if b.role is role]


def unread(document: Document) -> list[tuple[str, str]]:
    return [(u.reason, document.text[slice(*u.span)]) for u in document.unread]


def places(document: Document) -> list[str | None]:
    return [block.place for block in document.blocks if block.role is Role.PARAGRAPH]


WORDS = st.sampled_from(
    """the operator said that forty 40,000 homes were dark “again” and mayor Brandt denied it — twice café
    Müller’s pylon-maker a well-known storm Velm 3.5 percent of & <3 it""".split()
)


@st.composite
def tales(draw: st.DrawFn) -> Tale:
    """Stories whose sentences mean nothing and are laid out like a story's."""
    opener = st.sampled_from(["Operators", "Storms", "Nobody", "“Nothing", "Twelve"])

    def sentence() -> str:
        words = " ".join([draw(opener), *draw(st.lists(WORDS, min_size=5, max_size=22))])
        return words + ("”" if words.startswith("“") else "") + "."

    paragraph = st.integers(1, 4).map(lambda count: " ".join(sentence() for _ in range(count)))
    paragraphs = draw(st.lists(paragraph, min_size=2, max_size=7, unique=True))
    headline = "Storms " + " ".join(
        draw(st.lists(st.sampled_from("cut power in Velm".split()), min_size=3, max_size=9))
    )
    day = draw(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
    return Tale(headline, day, tuple(paragraphs))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tales())
def test_a_story_is_the_same_in_every_format(tale: Tale) -> None:
    for name, (suffix, make) in FORMATS.items():
        document = of(make(tale), suffix)
        assert document.title == tale.headline, name
        assert document.published == tale.published, name
        assert shown(document) == list(tale.paragraphs), name
        assert not document.unread, name


@pytest.mark.parametrize("name", FORMATS)
def test_a_real_story_in_every_format(name: str) -> None:
    suffix, make = FORMATS[name]
    document = of(make(STORM), suffix)
    assert shown(document) == list(STORM.paragraphs)
    original = suffix not in {".txt", ".md"}
    assert all((block.place is not None) == original for block in document.blocks)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("html", ["p[1], line 6", "p[2], line 7"]),
        ("docx", ["paragraph 3", "paragraph 4"]),
        ("pdf", ["page 1, paragraph 3", "page 1, paragraph 4"]),
        ("ninjs 1", ["/body_xhtml p[1]", "/body_xhtml p[2]"]),
        ("ninjs 3", ["/bodies/0/value paragraph 1", "/bodies/0/value paragraph 2"]),
        ("nitf", ["body.content p[1]", "body.content p[2]"]),
        ("newsml with xhtml", ["inlineXML p[1]", "inlineXML p[2]"]),
        ("newsml message", ["inlineData paragraph 1", "inlineData paragraph 2"]),
    ],
)
def test_places_lead_back_to_the_original(name: str, expected: list[str]) -> None:
    suffix, make = FORMATS[name]
    document = of(make(STORM), suffix)
    assert places(document)[:2] == expected
    lines = Lines.of(document)
    second = next(b for b in document.blocks if b.place == expected[1])
    assert lines.shown(second.span.start) == lines.shown(second.span.end - 1) == expected[1]


def test_lines_and_columns_stay_the_places_of_text() -> None:
    document = of(inputs.text(STORM), ".txt")
    assert Lines.of(document).shown(document.blocks[1].span.start) == "3:1"


def test_metadata_of_a_page() -> None:
    document = of(inputs.html(STORM), ".html")
    assert document.byline == "Ilse Brandt"
    assert document.publisher == "The Velm Courier"
    assert document.url == "https://example.org/storm"


def test_metadata_of_news_xml() -> None:
    assert of(inputs.nitf(STORM), ".xml").publisher == "The Velm Courier"
    document = of(inputs.newsml_xhtml(STORM), ".xml")
    assert (document.byline, document.publisher) == ("Ilse Brandt", "The Velm Courier")


def test_a_page_without_metadata_has_its_heading_and_byline() -> None:
    page = f"""<html><body><h1>Storm cuts power</h1><p>By Ilse Brandt</p><time datetime="2024-03-24">x</time>
    <article><p>{STORM.paragraphs[0]}</p><p>{STORM.paragraphs[1]}</p></article></body></html>"""
    document = of(page, ".html")
    assert (document.title, document.byline) == ("Storm cuts power", "By Ilse Brandt")
    assert shown(document) == list(STORM.paragraphs[:2])


def test_the_article_in_the_graph_of_a_page() -> None:
    graph = [
        {"@type": "WebSite", "name": "The Velm Courier"},
        {"@type": ["Thing", "ReportageNewsArticle"], "datePublished": "20240324", "author": "Ilse Brandt"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    document = of(f"<html><head>{head}</head><body>{inputs.xhtml_paragraphs(STORM)}</body></html>", ".html")
    assert (document.published, document.byline) == (date(2024, 3, 24), "Ilse Brandt")


@pytest.mark.parametrize(
    "metadata",
    ["{", "[" * 100_000, "[[[7]]]", '{"@type": 7, "headline": []}', '{"@type": "NewsArticle", "author": 7}'],
    ids=["half", "deep", "numbers", "odd", "odd author"],
)
def test_broken_metadata_are_left_alone(metadata: str) -> None:
    head = f'<head><script type="application/ld+json">{metadata}</script></head>'
    page = f"<html>{head}<body><article>{inputs.xhtml_paragraphs(STORM)}</article></body></html>"
    assert shown(of(page, ".html")) == list(STORM.paragraphs)


def test_what_a_page_holds_besides_the_story_is_told() -> None:
    page = f"""<html><body><h1>Storm cuts power</h1><article>{inputs.xhtml_paragraphs(STORM)}
    <figure><img src="a.png"><figcaption>A pylon near Velm.</figcaption></figure>
    <table><tr><td>Town</td><td>Homes</td></tr></table>
    <p>Holt <del>admitted</del> rejected the charge when he was asked again.</p>
    <p hidden>The desk isn't sure of any of this.</p>
    <aside><p>Read also what the mayor said last year.</p></aside></article>
    <section class="comments"><p>I do not believe a single word of this story.</p></section>
    <script>document.write("<p>The script said that it was dark.</p>")</script></body></html>"""
    document = of(page, ".html")
    assert "Holt rejected the charge when he was asked again." in shown(document)
    found = dict(unread(document))
    assert found["caption"] == "A pylon near Velm."
    assert found["table"] == "Town\n\nHomes"
    assert found["struck-out text"] == "admitted"
    assert found["hidden text"] == "The desk isn't sure of any of this."
    assert found["aside"] == "Read also what the mayor said last year."
    assert found["not taken for part of the story"] == "I do not believe a single word of this story."
    assert "script" not in document.text


def test_a_teaser_with_the_headline_is_not_the_headline_and_a_form_around_the_page_is_no_form() -> None:
    teaser = "<p>Storm cuts power to all of Velm.</p>"
    page = f"""<html><body><form>{teaser}<article><h1>Storm cuts power to all of Velm.</h1>
    {inputs.xhtml_paragraphs(STORM)}</article></form></body></html>"""
    document = of(page, ".html")
    assert [b.place for b in document.blocks if b.role is Role.HEADLINE] == ["h1[1], line 1"]
    assert shown(document)[-4:] == list(STORM.paragraphs)


def test_words_around_line_breaks_and_markup_stay_apart_and_together() -> None:
    page = (
        "<article><div>Holt <b>den</b>ied<br>it,<!-- so --> he said.<br><br>Brandt did not.</div></article>"
    )
    assert shown(of(page, ".html")) == ["Holt denied it, he said.", "Brandt did not."]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [("<meta charset='iso-8859-1'>", "cp1252"), ("<meta charset=utf-8>", "utf-8"), ("", "utf-8-sig")],
)
def test_the_encoding_that_a_page_names(head: str, encoding: str) -> None:
    words = "The “operator” said it was dark in the café, and Müller agreed with it."
    assert shown(of(f"{head}<p>{words}</p>".encode(encoding), ".html")) == [words]


def test_the_encoding_that_xml_names() -> None:
    xml = '<?xml version="1.0" encoding="iso-8859-2"?>' + inputs.nitf_element(STORM).replace("Holt", "Hołt")
    assert (
        "Jan Hołt"
        in of(xml.replace("—", "-").replace("“", '"').replace("”", '"').encode("iso-8859-2"), ".xml").text
    )


RUN = "<w:r><w:t>{}</w:t></w:r>"


def test_what_a_word_document_holds_besides_its_paragraphs_is_told() -> None:
    body = (
        '<w:p><w:r><w:t>Holt </w:t></w:r><w:del w:id="1"><w:r><w:delText>admitted</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>denied</w:t></w:r></w:ins><w:r><w:tab/><w:t>it.</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Ask the lawyers.</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{inputs.paragraph('Town')}</w:tc></w:tr></w:tbl>"
        + f"<w:p><w:r><w:txbxContent>{inputs.paragraph('Boxed words.')}</w:txbxContent></w:r></w:p>"
        + f"<w:sdt><w:sdtContent>{inputs.paragraph(SAID)}</w:sdtContent></w:sdt>"
        + f'<w:del w:id="3">{inputs.paragraph("Gone.")}</w:del>'
    )
    files = inputs.word_files(
        body,
        footnotes=f"<w:footnote>{inputs.paragraph('By the police.')}</w:footnote>",
        comments=f"<w:comment>{inputs.paragraph('Is this so?')}</w:comment>",
        header=inputs.paragraph("Draft 3"),
        footer=inputs.paragraph("This copy is under embargo until midnight today."),
    )
    document = of(inputs.package(files), ".docx")
    assert shown(document) == ["Holt denied it.", SAID]
    assert places(document) == ["paragraph 1", "paragraph 2"]
    assert document.unread[2].place == "after paragraph 1"
    assert unread(document) == [
        ("tracked deletion", "admitted"),
        ("hidden text", "Ask the lawyers."),
        ("table", "Town"),
        ("text box", "Boxed words."),
        ("tracked deletion", "Gone."),
        ("footnote", "By the police."),
        ("comment", "Is this so?"),
        ("page footer", "This copy is under embargo until midnight today."),
    ]


def test_headings_of_a_word_document() -> None:
    import docx

    word = docx.Document()
    word.add_heading("Storm cuts power", 1)
    word.add_paragraph(SAID)
    word.add_heading("Background", 1)
    word.add_paragraph("It was dark.", style="List Bullet")
    word.add_paragraph("A pylon near Velm.", style="Caption")
    out = io.BytesIO()
    word.save(out)
    document = of(out.getvalue(), ".docx")
    assert document.title == "Storm cuts power"
    assert shown(document, Role.HEADING) == ["Background"]
    assert shown(document) == [SAID, "It was dark."]
    assert unread(document) == [("caption", "A pylon near Velm.")]


def column(canvas: object, lines: list[str], left: float, top: float) -> None:
    text = canvas.beginText(left, top)  # type: ignore[attr-defined]
    text.setFont("Times-Roman", 10)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)  # type: ignore[attr-defined]


def test_columns_hyphens_and_the_heads_and_feet_of_pages() -> None:
    first = [
        "Holt, who has run the operator since the win-",
        "ter, said that the long-",
        "term plan would be up-",
    ]
    second = [
        "held. The long-term plan is due in the next",
        "month, and he denied it.",
        "Brandt did not.",
    ]

    def draw(canvas: object) -> None:
        for page, halves in enumerate(
            ([first, second], [["It was dark on Sunday."], ["Nobody was hurt."]]), 1
        ):
            canvas.setFont("Times-Roman", 8)  # type: ignore[attr-defined]
            canvas.drawString(72, 800, f"The Velm Courier, page {page}")  # type: ignore[attr-defined]
            column(canvas, halves[0], 72, 760)
            column(canvas, halves[1], 320, 760)
            canvas.drawString(290, 30, f"- {page} -")  # type: ignore[attr-defined]
            canvas.showPage()  # type: ignore[attr-defined]

    document = of(inputs.drawn_pdf(draw), ".pdf")
    assert shown(document) == [
        "Holt, who has run the operator since the winter, said that the long-term plan would be upheld. "
        "The long-term plan is due in the next month, and he denied it.",
        "Brandt did not.",
        "It was dark on Sunday.",
        "Nobody was hurt.",
    ]
    assert places(document)[2] == "page 2, paragraph 1"


def test_what_browsers_print_around_a_page_goes_and_a_figure_at_its_foot_stays() -> None:
    def draw(canvas: object) -> None:
        canvas.drawString(20, 820, "11/25/26, 4:48 PM")  # type: ignore[attr-defined]
        column(canvas, ["The storm was the worst that the town has seen since the one of", "2024."], 72, 60)
        canvas.drawString(20, 20, "https://example.org/storm 1/1")  # type: ignore[attr-defined]

    document = of(inputs.drawn_pdf(draw), ".pdf")
    assert shown(document) == ["The storm was the worst that the town has seen since the one of 2024."]


def test_a_page_of_a_pdf_without_text_is_told() -> None:
    def draw(canvas: object) -> None:
        canvas.drawString(72, 720, SAID)  # type: ignore[attr-defined]
        canvas.showPage()  # type: ignore[attr-defined]
        canvas.rect(72, 72, 400, 600, fill=1)  # type: ignore[attr-defined]
        canvas.showPage()  # type: ignore[attr-defined]
        canvas.textAnnotation("Is this so?", (100, 100, 200, 200))  # type: ignore[attr-defined]
        canvas.drawString(72, 720, "It was dark.")  # type: ignore[attr-defined]

    document = of(inputs.drawn_pdf(draw), ".pdf")
    assert shown(document) == [SAID, "It was dark."]
    assert [(u.reason, u.place) for u in document.unread] == [
        ("page without text", "page 2"),
        ("comment", "page 3"),
    ]
    assert Lines.of(document).shown(document.unread[0].span.start) == "page 2"


def test_further_texts_of_a_ninjs_item_are_told() -> None:
    item = {
        "headlines": [{"role": "seo", "value": "Everything we know about the storm"}, {"value": "Storm"}],
        "bodies": [
            {"role": "summary", "contentType": "text/plain", "value": "Some forty homes in Velm were dark."},
            {"role": "main", "contentType": "text/plain", "value": SAID},
            {"role": "main", "contentType": "text/html", "value": f"<p><b>The</b>{SAID[3:]}</p>"},
        ],
        "description_text": "The storm cut the power of 40 homes.",
        "associations": {"a/b": {"description_text": "A pylon stands near the town of Velm."}},
    }
    document = of(json.dumps(item), ".json")
    assert document.title == "Storm"
    assert shown(document) == [SAID]
    assert places(document) == ["/bodies/2/value p[1]"]
    assert [(u.reason, u.place) for u in document.unread] == [
        ("further body", "/bodies/0/value paragraph 1"),
        ("further headline", "/headlines/0/value"),
        ("summary", "/description_text"),
        ("caption", "/associations/a~1b/description_text"),
    ]


def test_further_texts_of_nitf_are_told() -> None:
    xml = inputs.nitf_element(STORM).replace(
        "</body.head>", "<abstract><p>It was dark.</p></abstract></body.head>"
    )
    xml = xml.replace(
        "</block>",
        "<media><media-caption>A pylon.</media-caption></media><fn><p>So they say.</p></fn></block>",
    )
    document = of(xml, ".xml")
    assert shown(document) == list(STORM.paragraphs)
    assert unread(document) == [
        ("summary", "It was dark."),
        ("caption", "A pylon."),
        ("footnote", "So they say."),
    ]


def test_named_characters_of_html_in_xml() -> None:
    xml = inputs.nitf_element(STORM).replace("Holt", "H&ouml;lt&nbsp;&amp;&#32;Sons")
    assert "Jan Hölt\u00a0& Sons" in of(xml, ".xml").text


@pytest.mark.parametrize("name", list(FORMATS))
def test_standard_input_without_a_name_is_known_by_its_first_bytes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = FORMATS[name][1](STORM)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    assert shown(load("-")) == list(STORM.paragraphs)


def test_broken_files_cost_one_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = inputs.broken()
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "loop.docx").symlink_to("pool.docx")
    (tmp_path / "pool.docx").symlink_to("loop.docx")
    (tmp_path / "nowhere.html").symlink_to("none.html")
    os.mkfifo(tmp_path / "pipe.xml")
    paths = sorted(str(path) for path in tmp_path.iterdir())
    assert len(paths) >= 80
    with watchdog(WATCHDOG):
        assert run(["check", *paths, str(tmp_path / "none.pdf")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    complaints = err.splitlines()
    assert len(complaints) == len(paths) + 1
    for path, complaint in zip([*paths, str(tmp_path / "none.pdf")], complaints, strict=True):
        assert complaint.startswith(f"verify: error: {path}: ")
        assert complaint.count("; ") >= 1, complaint
        assert "object at 0x" not in complaint
        assert "/etc" not in complaint


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FORMATS)))
    suffix, make = FORMATS[name]
    raw = bytearray(GOOD.setdefault(name, make(STORM)))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.integers(len(raw) // 2, len(raw)))]
    try:
        document = of(bytes(raw), suffix)
    except InputError:
        return
    assert all(0 <= b.span.start < b.span.end <= len(document.text) for b in document.blocks)


GOOD: dict[str, bytes] = {}


@pytest.mark.parametrize("suffix", [".html", ".json", ".xml"])
@given(text=st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_in_a_paragraph_survives(suffix: str, text: str) -> None:
    said = " ".join(text.encode("utf-8", "ignore").decode().split())
    said = "".join(c for c in said if c.isprintable())
    maker: Callable[[Tale], bytes] = {".html": inputs.html, ".json": inputs.ninjs_3, ".xml": inputs.nitf}[
        suffix
    ]
    tale = Tale(
        "Storm cuts power", date(2024, 3, 24), (SAID, f"Words like {said} were heard.", SAID + " Twice.")
    )
    assert shown(of(maker(tale), suffix))[1:2] == [" ".join(tale.paragraphs[1].split())]


def test_reports_show_the_place_in_the_original(checked: Checked) -> None:
    blocks = tuple(replace(block, place="page 2, paragraph 3") for block in checked.document.blocks)
    document = replace(checked.document, path="bridge.pdf", blocks=blocks)
    run_ = Run((replace(checked, document=document),), {})
    assert "bridge.pdf:page 2, paragraph 3: error: VFY104 " in REPORTS[Format.CONCISE](run_, Display())
    full = REPORTS[Format.FULL](run_, Display(120))
    assert "page 2, paragraph 3  error  VFY104" in full
    assert "Place" in full
    (wire,) = json.loads(REPORTS[Format.JSON](run_, Display()))["documents"]
    assert wire["original"]["text"] == document.text
    assert wire["original"]["places"] == [{"start": 0, "place": "page 2, paragraph 3"}]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("package.json", '{"name": "site", "version": "1.0.0"}', False),
        ("story.json", '{"headline": "A", "body_text": "B"}', True),
        ("pom.xml", "<project><name>site</name></project>", False),
        ("story.xml", "<nitf><body/></nitf>", True),
        ("notes.txt", "Notes", True),
        ("gone.json", None, True),
    ],
)
def test_what_in_a_folder_may_be_news(tmp_path: Path, name: str, text: str | None, expected: bool) -> None:
    file = tmp_path / name
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert may_be_news(file) is expected
