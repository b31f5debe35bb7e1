"""How much of a story comes back from a PDF: our paragraphs, and the words of four readers.

    pip install typst pypdf pdfplumber && python benchmarks/pdf_text.py

The development stories are set by typst (one column, two columns, and indented paragraphs; justified,
hyphenated, with a head and page numbers) and by reportlab (ragged, plain).
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Annotated

import typer
from rapidfuzz.distance import Indel

from verify.files import write_text
from verify.load import document_of

PAGE = """#set page(paper: "a5", columns: {columns}, header: [The Velm Courier #h(1fr) Monday edition],
  footer: context [#h(1fr) Page #counter(page).display() #h(1fr)])
#set par(justify: true, first-line-indent: {indent}, spacing: {spacing})
#set text(hyphenate: true, lang: "en", size: 9.5pt)
#heading({title})
{paragraphs}
"""
TYPST: Mapping[str, Mapping[str, str]] = {
    "one column": {"columns": "1", "indent": "0em", "spacing": "1.2em"},
    "two columns": {"columns": "2", "indent": "0em", "spacing": "1.2em"},
    "indented": {"columns": "1", "indent": "1.2em", "spacing": "0.65em"},
}


def main(
    stories: Annotated[Path, typer.Argument()] = Path("seeds/stories/dev"),
    output: Annotated[Path, typer.Option()] = Path("benchmarks/results/pdf-text.json"),
) -> None:
    """Set every story in every way, and read it back."""
    files = sorted(stories.glob("*.json"))
    texts = [json.loads(file.read_text(encoding="utf-8"))["text"].split("\n\n") for file in files]
    rows: dict[str, Mapping[str, float]] = {}
    for setting, make in SETTINGS.items():
        pdfs = [make(paragraphs) for paragraphs in texts]
        exact = sum(
            (Counter(map(_line, paragraphs)) & Counter(_ours(pdf))).total()
            for paragraphs, pdf in zip(texts, pdfs, strict=True)
        )
        words = {
            name: sum(
                Indel.normalized_similarity(_words("\n".join(paragraphs)), _words(reader(pdf)))
                for paragraphs, pdf in zip(texts, pdfs, strict=True)
            )
            / len(texts)
            for name, reader in READERS.items()
        }
        rows[setting] = {
            "paragraphs": sum(map(len, texts)),
            "ours": sum(len(list(_ours(pdf))) for pdf in pdfs),
            "exact": exact,
            **{name: round(share, 3) for name, share in words.items()},
        }
        print(setting, dict(rows[setting]))
    write_text(output, json.dumps({"stories": len(texts), "by_setting": rows}, indent=1) + "\n")


def _pdfium(pdf: bytes) -> str:
    from pypdfium2 import PdfDocument

    return "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))


def _pypdf(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _pdfminer(pdf: bytes) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(pdf)))


def _pdfplumber(pdf: bytes) -> str:
    from pdfplumber import open as open_pdf

    with open_pdf(io.BytesIO(pdf)) as opened:
        return "\n".join(page.extract_text() or "" for page in opened.pages)


def _ours(pdf: bytes) -> Iterator[str]:
    document = document_of(pdf, path="story.pdf", suffix=".pdf")
    return (_line(document.text[slice(*block.span)]) for block in document.blocks)


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> list[str]:
    return text.split()


def _by_typst(setting: str) -> Callable[[list[str]], bytes]:
    import typst

    def make(paragraphs: list[str]) -> bytes:
        title, *rest = (json.dumps(paragraph, ensure_ascii=False) for paragraph in paragraphs)
        body = "\n\n".join(f"#text({paragraph})" for paragraph in rest)
        source = PAGE.format(title=title, paragraphs=body, **TYPST[setting])
        return bytes(typst.compile(source.encode()))

    return make


def _by_reportlab(paragraphs: list[str]) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    out = io.BytesIO()
    story = [Paragraph(escape(paragraphs[0]), styles["Title"])]
    for paragraph in paragraphs[1:]:
        story += [Paragraph(escape(paragraph), styles["Normal"]), Spacer(1, 8)]
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


SETTINGS: Mapping[str, Callable[[list[str]], bytes]] = {
    **{setting: _by_typst(setting) for setting in TYPST},
    "ragged": _by_reportlab,
}
READERS: Mapping[str, Callable[[bytes], str]] = {
    "pdfium": _pdfium,
    "pypdf": _pypdf,
    "pdfminer": _pdfminer,
    "pdfplumber": _pdfplumber,
}

if __name__ == "__main__":
    typer.run(main)
