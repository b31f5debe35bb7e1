from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import BLOCKS, FINDINGS, TEXT, checked, clean, document, finding, one, three, unread
from test_report_formats import HOSTILE, hostile

from verify.printable import printable
from verify.report import FORMATS, Display, Format
from verify.report.html.graph import draw
from verify.report.html.pieces import paragraphs
from verify.types import Block, Level, Reliance, Role, Run, Span, Unchecked

VOID = {"meta", "br", "input"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: dict[str, str] = Counter()  # type: ignore[assignment]
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"style", "script"}:
            self.words[self.open[-1]] = data
        else:
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.elements if attribute in attributes]


def render(run: Run) -> str:
    return FORMATS[Format.HTML](run, Display())


RUNS = pytest.mark.parametrize(
    "run",
    [one(), three(), Run((clean(),), {}), Run((unread(),), {}), hostile(), Run((), {})],
    ids=["one", "three", "clean", "unread", "hostile", "none"],
)


@RUNS
def test_page_is_well_formed_and_its_links_lead_somewhere(run: Run) -> None:
    page = Page(render(run))
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in page.values("href")} <= set(ids)
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert {name for value in page.values(attribute) for name in value.split()} <= set(ids)


@RUNS
def test_page_loads_nothing_and_runs_nothing_but_its_own(run: Run) -> None:
    page = Page(render(run))
    assert all(href.startswith("#") for href in page.values("href"))
    attributes = {name for _, attributes in page.elements for name in attributes}
    assert not {"src", "srcset", "style", "action", "background"} & attributes
    assert not any(name.startswith("on") for name in attributes)
    tags = Counter(tag for tag, _ in page.elements)
    assert tags["script"] == tags["style"] == 1
    assert not {"link", "img", "iframe", "object", "embed", "form", "base"} & set(tags)
    (policy,) = [
        a["content"] or "" for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        digest = b64encode(sha256(page.words[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"url\((?!#)|@import|https?:", page.words["style"] + page.words["script"])


def test_hostile_words_are_shown_as_they_are() -> None:
    report = render(hostile())
    report.encode("utf-8")
    assert "<script>alert" not in report
    for character in "\u202e\u2066\x1b\x07":
        assert character not in report
    assert printable(HOSTILE) in Page(report).text


def test_each_finding_has_a_card_and_a_mark_at_each_passage() -> None:
    page = Page(render(one()))
    cards = [a["data-finding"] for tag, a in page.elements if tag == "li" and "data-finding" in a]
    assert cards == ["f2", "f1", "f3", "f4", "f5"]
    flags = Counter(a["data-finding"] for tag, a in page.elements if tag == "a" and "data-finding" in a)
    assert flags == {f.id: len(f.spans) for f in FINDINGS}
    assert all(a["aria-label"] for tag, a in page.elements if (a.get("class") or "").startswith("flag "))


def test_claims_are_marked_by_stance() -> None:
    page = Page(render(one()))
    marked = {}
    for tag, attributes in page.elements:
        if tag == "span" and "data-claims" in attributes:
            marked.setdefault(attributes["data-claims"], set()).update((attributes["class"] or "").split())
    assert {"suggests", "source", "cue", "content"} <= marked["c1"]
    assert "denies" in marked["c2"]
    assert "declines" in marked["c5"]
    assert "own" in marked["c0"]


def test_issue_evidence_and_reliance_are_shown() -> None:
    report = render(one())
    text = " ".join(Page(report).text.split())
    assert "Did a faulty gas line cause the fire?" in text
    assert "We may have left a door locked, but not on purpose." in text
    assert "Łukasz Żak, Żak & Söhne, Statement of the owner, 2025-03-03, owner-2025" in text
    assert '<del><span class="sr">[dropped: </span>may<span class="sr">]</span></del>' in report
    assert '<ins><span class="sr">[added: </span>will never<span class="sr">]</span></ins>' in report
    assert "SDA relies on canton police 9:59" in text


def test_silence_is_never_passed_off_as_fine() -> None:
    text = Page(render(Run((unread(),), {}))).text
    assert "Nothing in this document could be checked." in text
    assert "0 findings" not in text
    assert "No disputed question was found" not in text
    overview = Page(render(three())).text
    assert "nothing could be checked" in overview
    assert "1 part" in overview


def test_overview_stands_before_several_documents_only() -> None:
    assert "overview" in Page(render(three())).values("id")
    assert "overview" not in Page(render(one())).values("id")


def spans(text: str) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    return ends.map(sorted).map(lambda e: Span(*e)).filter(lambda s: s.start < s.end)


@settings(deadline=None, max_examples=60)
@given(st.lists(spans(TEXT), max_size=6), st.lists(spans(TEXT), max_size=4))
def test_pieces_are_the_text_wherever_it_is_cut(found: list[Span], unchecked: list[Span]) -> None:
    findings = [finding(i, "r", "VFY999", Level.INFO, "m", span) for i, span in enumerate(found)]
    whole = checked()
    parts = tuple(Unchecked("why", span) for span in unchecked)
    shown = replace(whole, coverage=replace(whole.coverage, unchecked=parts))
    made = paragraphs(shown, findings)
    for block, paragraph in zip(shown.document.blocks, made, strict=True):
        text = "".join(piece.text for piece in paragraph.pieces)
        assert text == printable(TEXT[block.span.start : block.span.end])
    pieces = [piece for paragraph in made for piece in paragraph.pieces]
    assert len({piece.id for piece in pieces}) == len(pieces)
    for number, span in enumerate(found):
        words = "".join(piece.text for piece in pieces if f"f{number}" in piece.findings)
        inside = "".join(
            TEXT[max(span.start, b.span.start) : max(min(span.end, b.span.end), b.span.start)]
            for b in shown.document.blocks
            if b.span.overlaps(span)
        )
        assert words == printable(inside)


def test_markup_is_left_out_of_the_text() -> None:
    text = "It **fell** down."
    block = Block(Role.PARAGRAPH, Span(0, len(text)), (Span(3, 5), Span(9, 11)))
    draft = replace(clean(), document=replace(document(), text=text, blocks=(block,)), claims=())
    (paragraph,) = paragraphs(draft, ())
    assert "".join(piece.text for piece in paragraph.pieces) == "It fell down."


def test_graph_puts_origins_before_those_who_repeat_them() -> None:
    chain = [Reliance("B", "A", ()), Reliance("C", "B", ()), Reliance("C", "A", ())]
    graph = draw(chain)
    assert graph is not None
    columns = {node.name: node.x for node in graph.nodes}
    assert columns["A"] < columns["B"] < columns["C"]
    assert all(0 <= node.x <= graph.width and 0 <= node.y <= graph.height for node in graph.nodes)
    assert draw(list(reversed(chain))) is not None
    assert draw([]) is None


def test_sources_that_rely_on_each_other_share_a_column() -> None:
    graph = draw([Reliance("B", "A", ()), Reliance("A", "B", ()), Reliance("C", "B", ())])
    assert graph is not None
    columns = {node.name: node.x for node in graph.nodes}
    assert columns["A"] == columns["B"] < columns["C"]
    assert len({(node.x, node.y) for node in graph.nodes}) == 3


def test_blocks_keep_their_order() -> None:
    text = Page(render(one())).text
    places = [text.index(printable(block)[:20]) for block in BLOCKS[1:]]
    assert places == sorted(places)
