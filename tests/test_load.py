"""Drafts as they come: what is recognised at their top, and offsets into their own characters."""

from __future__ import annotations

import io
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.errors import InputError
from verify.language.english import leave_out_foreign
from verify.language.parse import skipped
from verify.load import document_of, load
from verify.load.story import LARGEST_TEXT
from verify.types import Document, Role

STORY = (
    "Storm cuts power to 40,000 homes\n\n"
    "By Ilse Brandt\n\n"
    "March 24, 2024\n\n"
    "VELM, March 24 (Reuters) - The grid operator said that 40,000 homes were dark.\n\n"
    "“We are working on it,” its director said.\n"
)


def of(text: str, suffix: str = ".txt") -> Document:
    return document_of(text.encode(), path=f"draft{suffix}", suffix=suffix)


def shown(document: Document, role: Role) -> list[str]:
    """What stands in the blocks of a role, without what is masked."""
    return [block.shown(document.text) for block in document.blocks if block.role is role]


def test_headline_byline_date_and_dateline_of_plain_text() -> None:
    document = of(STORY)
    assert document.title == "Storm cuts power to 40,000 homes"
    assert document.byline == "By Ilse Brandt"
    assert document.published == date(2024, 3, 24)
    assert shown(document, Role.BYLINE) == ["By Ilse Brandt", "March 24, 2024"]
    assert shown(document, Role.PARAGRAPH) == [
        "The grid operator said that 40,000 homes were dark.",
        "“We are working on it,” its director said.",
    ]


def test_headline_and_emphasis_of_markdown() -> None:
    text = "# Storm *cuts* power\n\n## Background\n\nThe **operator** said [so](https://example.org/a).\n"
    document = of(text, ".md")
    assert document.title == "Storm cuts power"
    assert shown(document, Role.HEADING) == ["Background"]
    assert shown(document, Role.PARAGRAPH) == ["The operator said so."]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_front_matter_says_what_the_text_does_not(suffix: str) -> None:
    head = "---\ntitle: Storm\nauthor: [Ilse Brandt, Jan Holt]\npublished: 2024-03-24\n---\n"
    document = of(head + "The operator said that it was dark.\n", suffix)
    assert (document.title, document.byline) == ("Storm", "Ilse Brandt, Jan Holt")
    assert document.published == date(2024, 3, 24)
    assert shown(document, Role.PARAGRAPH) == ["The operator said that it was dark."]
    assert document.text.startswith("---")


@pytest.mark.parametrize(
    ("url", "address"), [("https://example.org/a", "https://example.org/a"), ("javascript:alert(1)", None)]
)
def test_an_address_is_one_on_the_web(url: str, address: str | None) -> None:
    assert of(f"---\nurl: {url}\n---\nIt was dark.\n").url == address


@pytest.mark.parametrize("line", ["The operator said that it was dark.", "Update: It was dark again."])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_dashes_that_nothing_closes_are_no_front_matter(line: str, suffix: str) -> None:
    document = of(f"---\n{line}\n", suffix)
    assert line in shown(document, Role.PARAGRAPH)
    assert not document.unread


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_front_matter_that_nothing_closes_is_left_out_and_told(suffix: str) -> None:
    fields = "layout: story\ntitle: Storm\ntags:\n  - weather\npublished: 2024-03-24"
    document = of(f"---\n{fields}\n\nThe operator said that it was dark.\n", suffix)
    assert shown(document, Role.PARAGRAPH) == ["The operator said that it was dark."]
    assert document.published is None
    (unread,) = document.unread
    assert "close it with a line of ---" in unread.reason
    assert document.text[unread.span.start : unread.span.end] == fields


def test_a_long_line_of_blanks_takes_little_time() -> None:
    start = time.process_time()
    of(f"---\ntitle: Storm\n{' ' * 50_000}\nIt was dark.\n")
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("front", "complaint"),
    [
        ("title: [", "isn't YAML"),
        (r'title: "\UFFFFFFFF"', "isn't YAML"),
        ("published: someday", "no full date"),
        ("published: 2024-13-45", "no full date"),
        ("date: 0001-01-01", "`date` is '0001-01-01', no full date"),
        ("a: &x 1\nb: *x", "anchors"),
    ],
)
def test_faulty_front_matter_is_refused(front: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        of(f"---\n{front}\n---\nIt was dark.\n")


@pytest.mark.parametrize(
    "line",
    ["The operator said so.", "The storm raged, the operator said;", "word " * 40],
    ids=["full stop", "semicolon", "too long"],
)
def test_first_lines_that_are_no_headline(line: str) -> None:
    assert of(f"{line}\n\nIt was dark.\n").title is None


@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_one_line_alone_is_a_headline_and_no_prose(suffix: str) -> None:
    text = "Storm cuts power\n" if suffix == ".txt" else "<html><body><p>Storm cuts power</p></body></html>"
    document = of(text, suffix)
    assert document.title == "Storm cuts power"
    assert not shown(document, Role.PARAGRAPH)


@pytest.mark.parametrize(
    "line", ["It was dark.", "“Who cut the power?”", "The mayor said: “Leave us alone!”"]
)
def test_one_line_alone_that_ends_like_a_sentence_is_prose(line: str) -> None:
    assert shown(of(f"{line}\n"), Role.PARAGRAPH) == [line]


@pytest.mark.parametrize(
    "dateline",
    [
        "MOSCOW, March 24 (Reuters) - ",
        "WARSAW/BRUSSELS — ",
        "ST. PAUL, Minnesota (AP) — ",
        "KYIV -- ",
        "LEEDS, 14 May 2025 - ",
        "LEEDS, Wednesday, 14 May (Reuters) — ",
    ],
)
def test_datelines_are_masked(dateline: str) -> None:
    document = of(f"Storm cuts power\n\n{dateline}The operator said so.\n\nMore.\n")
    assert shown(document, Role.PARAGRAPH)[0] == "The operator said so."


@pytest.mark.parametrize(
    ("above", "dateline", "day"),
    [
        ("", "LEEDS, 14 May 2025 - ", date(2025, 5, 14)),
        ("", "LEEDS, England, May 14, 2025 (Reuters) — ", date(2025, 5, 14)),
        ("13 May 2025\n\n", "LEEDS, 14 May 2025 - ", date(2025, 5, 13)),
        ("", "LEEDS, 14 May - ", None),
        ("", "LEEDS, 31 June 2025 - ", None),
        ("", "LEEDS, 14 May 1200 - ", None),
        ("14 May 1200\n\n", "", None),
        ("", "The court in Leeds sat on 14 May 2025 - as it had before. ", None),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_dateline_dates_a_story_that_nothing_else_dates(
    above: str, dateline: str, day: date | None, suffix: str
) -> None:
    assert of(f"# Storm\n\n{above}{dateline}The operator said so.\n", suffix).published == day


@pytest.mark.parametrize(
    "sentence", ["NATO said that it was dark - and cold.", "IS-K claimed it.", "The EU - all of it - agreed."]
)
def test_capitals_that_are_no_dateline(sentence: str) -> None:
    document = of(f"Storm cuts power\n\n{sentence}\n\nMore.\n")
    assert shown(document, Role.PARAGRAPH)[0] == sentence


def test_hard_wrapped_lines_are_one_paragraph_and_others_are_not() -> None:
    wrapped = "The grid operator said on Monday that some forty thousand homes\nwere still dark.\n"
    assert len(shown(of(f"Storm\n\n{wrapped}"), Role.PARAGRAPH)) == 1
    assert len(shown(of("Storm\n\nIt was dark.\nIt was cold.\n"), Role.PARAGRAPH)) == 2


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "prose",
    [
        "Police have denied that they were chasing a car in which two boys died on Sunday.",
        "Police have denied that they were chasing a car in which two\nboys died on Sunday in the town.",
    ],
)
def test_a_headline_with_byline_and_date_right_below_it(between: str, prose: str) -> None:
    head = "Police deny chase before crash that killed two teenagers\nBy Kieran Doyle\n12 June 2025"
    document = of(f"{head}{between}{prose}\n")
    assert document.title == "Police deny chase before crash that killed two teenagers"
    assert (document.byline, document.published) == ("By Kieran Doyle", date(2025, 6, 12))
    assert shown(document, Role.PARAGRAPH) == [prose]


@pytest.mark.parametrize("last", ["by Monday", "By Monday.", "12 June 2025."])
def test_a_broken_line_that_reads_like_a_byline_stays_in_its_paragraph(last: str) -> None:
    prose = f"The operator told the committee that the lines were up again\n{last}"
    assert shown(of(f"{prose}\n\nMore.\n"), Role.PARAGRAPH) == [prose, "More."]


@pytest.mark.parametrize(
    "raw",
    [
        "\ufeffStorm\r\n\r\nThe “operator”\u00a0said: 'no', Müller, Наваль́ный, 习近平.\r\n".encode(),
        "Storm\r\n\r\nThe “operator” said so.\r\n".encode("utf-16"),
        "Storm\r\n\r\nThe “operator” said so.\r\n".encode("utf-32"),
        "Storm cuts power\n\nThe “operator” didn’t say when the café would open again.\n".encode("cp1252"),
        "Storm\r\rThe “operator” said so.\r".encode(),
        "Storm 🌀\n\nThe 𝔬perator said so 🌀.\n".encode(),
    ],
    ids=["bom-crlf", "utf-16", "utf-32", "windows-1252", "cr", "astral"],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_offsets_are_code_points_of_the_untouched_text(raw: bytes, suffix: str) -> None:
    document = document_of(raw, path="d", suffix=suffix)
    assert not document.text.startswith("\ufeff")
    assert "perator" in document.text
    for block in document.blocks:
        passage = document.text[block.span.start : block.span.end]
        assert passage == passage.strip()
        assert passage
    assert document.text.count("\r") == document_of(raw, path="d").text.count("\r")
    spans = [b.span for b in document.blocks]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(max_size=300), st.sampled_from([".txt", ".md"]))
def test_any_text_loads_or_is_refused(text: str, suffix: str) -> None:
    try:
        document = document_of(text.encode("utf-8", "surrogatepass"), path="d", suffix=suffix)
    except InputError:
        return
    for block in document.blocks:
        assert 0 <= block.span.start < block.span.end <= len(document.text)
        assert all(block.span.start <= gap.start < gap.end <= block.span.end for gap in block.masked)


@pytest.mark.parametrize(
    ("name", "raw", "complaint"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t", "is empty"),
        ("a.txt", b"%PDF-1.7", "is a PDF"),
        ("a.odt", b"It was dark.", "files of type .odt can't be read; give one of .docx, "),
        ("a.txt", b"a\0b", "NUL"),
        ("a.txt", b"\x91\xfe\x00\x13\xd8\xc4\x81", "NUL"),
        ("a.txt", b"\xef\xbb\xbfa\0b", "NUL"),
        ("a.txt", "a\0b".encode("utf-16"), "NUL"),
        ("a.txt", ("\x01\x02" * 9).encode("utf-16"), "control characters"),
        ("a.txt", "Это было темно".encode("cp1251"), "a.txt: "),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, raw: bytes, complaint: str) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    with pytest.raises(InputError, match=complaint) as caught:
        load(str(file))
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_folders_and_large_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load(str(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="is a folder"):
        load(str(tmp_path))
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(LARGEST_TEXT + 1)
    with pytest.raises(InputError, match="larger than 2 MB"):
        load(str(large))


def test_standard_input_stands_for_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"# Storm\n\nIt was dark.\n")))
    document = load("-", stdin_filename=Path("storm.md"))
    assert document.path == "storm.md"
    assert document.title == "Storm"


@pytest.mark.parametrize(
    "text",
    [
        "# Storm cuts power\n\nThe **operator** said so.\n",
        "\ufeff\r\n## Storm cuts power ##\r\n\r\nThe **operator** said so.\r\n",
        "By Ilse Brandt\n\n24 March 2024\n\n# Storm cuts power\nThe **operator** said so.\n",
        "Storm cuts power\n================\n\nThe **operator** said so.\n",
        "---\ntitle: Storm cuts power\n---\nThe **operator** said so.\n",
    ],
    ids=["heading", "bom-crlf", "below a byline", "underlined", "front matter"],
)
def test_markdown_without_a_name_is_known_by_its_beginning(text: str) -> None:
    document = of(text, "")
    assert document.title == "Storm cuts power"
    assert shown(document, Role.PARAGRAPH) == ["The operator said so."]


@pytest.mark.parametrize(
    "line",
    [
        "#Velm is dark, its mayor said.",
        "The song is # 1 in the charts.",
        "The operator called it\n# 1 of its worries.",
        "Power is # one worry\n--------------------",
    ],
)
def test_a_mere_number_sign_makes_no_markdown(line: str) -> None:
    text = f"Storm cuts power\n\n{line}\n\nThe **operator** said so.\n"
    assert of(text, "").blocks == of(text, ".txt").blocks
    assert "The **operator** said so." in shown(of(text, ""), Role.PARAGRAPH)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    "line",
    [
        "March 24, 2024 was the deadliest day in years.",
        "24 March 2024 saw 137 people killed in Moscow.",
        "March 24, 2024 40 killed in Moscow",
        "By nightfall the army had killed 40",
        "By Monday the army had killed forty",
    ],
)
def test_sentences_are_no_bylines(line: str, suffix: str) -> None:
    assert line in shown(of(f"# Storm\n\n{line}\n\nMore.\n", suffix), Role.PARAGRAPH)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    "line",
    [
        "Published: Sunday, March 24, 2024 at 10:30 a.m. GMT",
        "2024-03-24T12:00:00Z",
        "Updated 24 March 2024 | St. Paul, Minnesota",
        "BY ILSE BRANDT AND JAN HOLT",
        "By J. K. Holt and Ludwig van der Berg, Reuters security correspondents, in Kyiv",
    ],
)
def test_bylines_and_date_lines(line: str, suffix: str) -> None:
    assert shown(of(f"# Storm\n\n{line}\n\nMore.\n", suffix), Role.BYLINE) == [line]


def test_what_is_indented_is_prose() -> None:
    document = of("# Storm\n\n    The operator said so.\n", ".md")
    assert shown(document, Role.PARAGRAPH) == ["The operator said so."]
    assert not document.unread


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<p>Twelve died,\nthe mayor said.</p>", "HTML"),
        ("| Town | Dead |\n|---|---|\n| Velm | twelve |", "table"),
        ("```\nTwelve died.\n```", "code block"),
        ("> " * 30 + "Twelve died.", "quote or list nested too deep"),
    ],
)
@pytest.mark.parametrize("after", ["", "\n\nMore.\n"])
def test_what_is_no_prose_to_markdown_is_told(markup: str, reason: str, after: str) -> None:
    document = of(f"# Storm\n\n{markup}{after}", ".md")
    (unread,) = document.unread
    assert unread.reason == reason
    assert document.text[slice(*unread.span)] == markup
    assert skipped(document) == document.unread


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- a note -->",
        "<br class='x'>",
        "[a]: http://example.org 'So'\n[a]: http://example.org/b",
        "---",
        "```\n12\n```",
    ],
)
def test_mere_markup_is_not_worth_telling(markup: str) -> None:
    assert not of(f"# Storm\n\n{markup}\n\nMore.\n", ".md").unread


@pytest.mark.parametrize("value", ["2024", "March 24", "Sunday", "12:30", "March 2024", "1066-10-14", "24"])
def test_dates_that_depend_on_today_are_refused(value: str) -> None:
    with pytest.raises(InputError, match=r"no full date; write it as 2024-03-24"):
        of(f"---\npublished: {value}\n---\nIt was dark.\n")


@pytest.mark.parametrize(
    "value", ["2024-03-24", "March 24, 2024", "Sunday, 24 March 2024", "2024-03-24 10:30:00", "20240324"]
)
def test_full_dates(value: str) -> None:
    assert of(f"---\npublished: {value}\n---\nIt was dark.\n").published == date(2024, 3, 24)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Flood kills 40", ["Flood kills 40"]),
        ("'Flood ''kills'' 40'  # by the desk", ["Flood 'kills' 40"]),
        (r'"Flood \"kills\" 40"', ['Flood "kills" 40']),
        (">-\n  Flood kills\n  40", ["Flood kills\n  40"]),
        (r'"Flood\u0020kills 40"', []),
        ("[40]", []),
        ("null", []),
        ("Yes", ["Yes"]),
        ("12:30", ["12:30"]),
        (f"0x{'f' * 5000}", [f"0x{'f' * 5000}"]),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_title_in_front_matter_is_the_headline(title: str, headline: list[str], suffix: str) -> None:
    document = of(f"---\r\nid: 1\ntitle: {title}\npublished:\n---\nIt was dark.\n", suffix)
    assert shown(document, Role.HEADLINE) == headline
    assert shown(document, Role.PARAGRAPH) == ["It was dark."]


def test_a_headline_in_front_matter_is_one_too() -> None:
    document = of("---\nheadline: Flood kills 40\n---\nIt was dark.\n", ".md")
    assert document.title == "Flood kills 40"
    assert document.blocks[0].role is Role.HEADLINE


@pytest.mark.parametrize("title", ["~", "", "null"])
def test_a_title_that_is_null_leaves_the_place_to_the_headline(title: str) -> None:
    document = of(f"---\ntitle: {title}\nheadline: Flood kills 40\n---\nIt was dark.\n", ".md")
    assert shown(document, Role.HEADLINE) == ["Flood kills 40"]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_the_storys_own_headline_goes_before_the_title(suffix: str) -> None:
    document = of("---\ntitle: Flood kills 40\n---\n# Flood kills 40\n\nIt was dark.\n", suffix)
    (headline,) = (block for block in document.blocks if block.role is Role.HEADLINE)
    assert headline.span.start > document.text.rindex("---")


ENGLISH = "The operator said that some forty thousand homes were dark, and that it was working on them."
GERMAN = (
    "Der Betreiber erklärte am Montag, rund vierzigtausend Haushalte seien noch immer ohne Strom, und "
    "niemand könne sagen, wann die Leitungen wieder hergestellt würden, da die Straßen gesperrt seien."
)
RUSSIAN = "Это было темно."
SHORT = [
    "Der Minister hat die Vorwürfe am Montag nicht bestätigt und mit dem Betreiber gesprochen.",
    "Le ministre a dit que les pompiers ne sont pas venus dans la nuit.",
    "El ministro dijo que los bomberos no llegaron por la noche.",
    "Hola, el alcalde dijo que doce personas murieron en la ciudad.",
    "Il ministro ha detto che gli operai non sono stati avvertiti.",
    "De minister zei dat de brandweer niet op tijd kwam in de nacht.",
    "Minister powiedział, że strażacy nie przyjechali na czas w nocy.",
    "Bakan dün yaptığı açıklamada saldırının arkasında kimin olduğunu bilmediklerini söyledi.",
]
NAMES = [
    "The mayor of Los Angeles met the head of El Al in Le Mans on Monday.",
    "Le Monde, La Repubblica, El País and Der Spiegel had the letter first.",
    "Storm Cuts Power, Operator Blames Wind, Velm Mayor Demands Answers Now",
    "Ursula von der Leyen and Charles de Gaulle’s grandson spoke at the opening.",
]
BULLETS = "\n\n".join(["- Storm cuts power", "- Operator blames wind", "- Velm mayor demands answers"] * 3)


@pytest.mark.parametrize(
    ("paragraphs", "foreign"),
    [
        ([ENGLISH, ENGLISH], []),
        ([ENGLISH, GERMAN, ENGLISH], [GERMAN]),
        ([ENGLISH, GERMAN, RUSSIAN, ENGLISH, GERMAN], [f"{GERMAN}\n\n{RUSSIAN}", GERMAN]),
        (["Sturm kappt Strom", GERMAN, "Mehr folgt"], [f"Sturm kappt Strom\n\n{GERMAN}\n\nMehr folgt"]),
        (["Storm cuts power", GERMAN, *[ENGLISH] * 3], [GERMAN]),
        *[([ENGLISH, short, ENGLISH], [short]) for short in SHORT],
        *[([ENGLISH, names, ENGLISH], []) for names in NAMES],
        ([BULLETS, ENGLISH, ENGLISH], []),
        (["[So](http://a.b/" + "c-" * 50 + ") it was, and the dark came to the town. " + ENGLISH], []),
    ],
)
def test_paragraphs_that_are_not_english_are_left_out(paragraphs: list[str], foreign: list[str]) -> None:
    document = of("\n\n".join(paragraphs), ".md")
    rest, unchecked = leave_out_foreign(document)
    assert [document.text[slice(*u.span)] for u in unchecked] == foreign
    assert len(rest.blocks) == len(document.blocks)
    for before, after in zip(document.blocks, rest.blocks, strict=True):
        inside = any(u.span.start <= before.span.start < u.span.end for u in unchecked)
        assert after.shown(document.text) == ("" if inside else before.shown(document.text))
