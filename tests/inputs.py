"""One story in every format that is read, and files that are broken in every way that we know."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape


@dataclass(frozen=True)
class Tale:
    """What each format of a story should be read as."""

    headline: str
    published: date
    paragraphs: tuple[str, ...]

    @property
    def day(self) -> str:
        """The date as a date line has it: "March 24, 2024"."""
        return f"{self.published:%B} {self.published.day}, {self.published.year}"


STORM = Tale(
    "Storm cuts power to 40,000 homes",
    date(2024, 3, 24),
    (
        "The grid operator said on Sunday that some 40,000 homes in and around Velm were dark, and that it "
        "could not say when the lines would be up again.",
        "“We are working on it,” its director, Jan Holt, told reporters. The mayor, Ilse Brandt, said the "
        "operator had been warned about the masts — twice.",
        "Holt denied that anybody had warned the company.",
        "Nobody was hurt, according to the police.",
    ),
)


def text(tale: Tale) -> bytes:
    return "\n\n".join([tale.headline, tale.day, *tale.paragraphs]).encode()


def markdown(tale: Tale) -> bytes:
    front = f"---\npublished: {tale.published.isoformat()}\n---\n"
    return (front + f"# {tale.headline}\n\n" + "\n\n".join(tale.paragraphs) + "\n").encode()


def xhtml_paragraphs(tale: Tale) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in tale.paragraphs)


def html(tale: Tale) -> bytes:
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": tale.headline,
        "datePublished": f"{tale.published.isoformat()}T10:30:00+01:00",
        "author": [{"@type": "Person", "name": "Ilse Brandt"}],
        "publisher": {"@type": "Organization", "name": "The Velm Courier"},
        "url": "https://example.org/storm",
    }
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(tale.headline)} | The Velm Courier</title>
<script type="application/ld+json">{json.dumps(about)}</script></head>
<body><header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header>
<main><article><h1>{escape(tale.headline)}</h1>
{xhtml_paragraphs(tale)}
</article></main>
<footer><p>About us</p></footer></body></html>""".encode()


def docx(tale: Tale) -> bytes:
    from docx import Document

    word = Document()
    word.add_heading(tale.headline, 0)
    word.add_paragraph(tale.day)
    for paragraph in tale.paragraphs:
        word.add_paragraph(paragraph)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def pdf(tale: Tale) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    out = io.BytesIO()
    story = [Paragraph(escape(tale.headline), styles["Title"])]
    for paragraph in (tale.day, *tale.paragraphs):
        story += [Paragraph(escape(paragraph), styles["Normal"]), Spacer(1, 8)]
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


def ninjs_1(tale: Tale) -> bytes:
    item = {
        "uri": "https://example.org/storm",
        "type": "text",
        "versioncreated": f"{tale.published.isoformat()}T10:30:00Z",
        "headline": tale.headline,
        "byline": "Ilse Brandt",
        "body_text": "\n\n".join(tale.paragraphs),
        "body_xhtml": xhtml_paragraphs(tale),
    }
    return json.dumps(item).encode()


def ninjs_3(tale: Tale) -> bytes:
    item = {
        "uri": "urn:example:storm",
        "standard": {"name": "ninjs", "version": "3.1"},
        "type": "text",
        "versionCreated": f"{tale.published.isoformat()}T10:30:00Z",
        "by": "Ilse Brandt",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": tale.headline}],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": "\n\n".join(tale.paragraphs)}],
    }
    return json.dumps(item).encode()


def nitf_element(tale: Tale) -> str:
    return f"""<nitf version="-//IPTC//DTD NITF 3.6//EN"><head><title>Storm</title><docdata>
<date.issue norm="{tale.published:%Y%m%d}T103000Z"/></docdata><pubdata name="The Velm Courier"/></head>
<body><body.head><hedline><hl1>{escape(tale.headline)}</hl1></hedline>
<byline>By Ilse Brandt</byline><dateline><location>VELM</location></dateline></body.head>
<body.content><block>{xhtml_paragraphs(tale)}</block></body.content></body></nitf>"""


def nitf(tale: Tale) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">\n'
    return (head + nitf_element(tale)).encode()


def news_item(tale: Tale, content: str, *, headline: bool = True) -> str:
    shown = f"<headline>{escape(tale.headline)}</headline>" if headline else ""
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.org:storm"
 version="1" standard="NewsML-G2" standardversion="2.35" conformance="power">
<itemMeta><itemClass qcode="ninat:text"/><provider><name>The Velm Courier</name></provider>
<versionCreated>{tale.published.isoformat()}T10:30:00Z</versionCreated></itemMeta>
<contentMeta><by>Ilse Brandt</by>{shown}</contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


def newsml_nitf(tale: Tale) -> bytes:
    inline = f'<inlineXML contenttype="application/nitf+xml">{nitf_element(tale)}</inlineXML>'
    return news_item(tale, inline, headline=False).encode()


def newsml_xhtml(tale: Tale) -> bytes:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{xhtml_paragraphs(tale)}</body></html>'
    return news_item(tale, f'<inlineXML contenttype="application/xhtml+xml">{page}</inlineXML>').encode()


def newsml_message(tale: Tale) -> bytes:
    data = escape("\n\n".join(tale.paragraphs))
    item = news_item(tale, f'<inlineData contenttype="text/plain">{data}</inlineData>')
    return (
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{item}</itemSet></newsMessage>'
    ).encode()


FORMATS: Mapping[str, tuple[str, Callable[[Tale], bytes]]] = {
    "text": (".txt", text),
    "markdown": (".md", markdown),
    "html": (".html", html),
    "docx": (".docx", docx),
    "pdf": (".pdf", pdf),
    "ninjs 1": (".json", ninjs_1),
    "ninjs 3": (".json", ninjs_3),
    "nitf": (".xml", nitf),
    "newsml with nitf": (".xml", newsml_nitf),
    "newsml with xhtml": (".xml", newsml_xhtml),
    "newsml message": (".xml", newsml_message),
}


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def package(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_files(body: str, **sides: str) -> dict[str, str | bytes]:
    """The files of a Word document around what stands in its body; `sides` are footnotes, comments, ..."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{name}+xml"/>' for name in sides
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{name}" Target="{name}.xml"/>' for n, name in enumerate(sides)
    )
    package_ns = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package_ns}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package_ns}/relationships">'
        f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package_ns}/relationships">{relations}'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        **{f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{side}</w:{name}>' for name, side in sides.items()},
    }


def drawn_pdf(
    draw: Callable[[object], None], *, password: str | None = None, size: tuple[float, float] = (595, 842)
) -> bytes:
    """A PDF by what `draw` does to reportlab's canvas."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(out, pagesize=size, encrypt=encrypt)
    draw(canvas)
    canvas.save()
    return out.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><nitf><body><body.content><p>&i;</p></body.content></body></nitf>"
)
OUTSIDE = (
    '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><body.content><p>&x;</p>'
    "</body.content></body></nitf>"
)
SAID = "The operator said on Sunday that it was dark in the town of Velm."


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def with_flag(raw: bytes) -> bytes:
    """The archive with all its files marked as encrypted."""
    data = bytearray(raw)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def broken() -> dict[str, bytes]:
    """Files that can't be read, by their names."""
    good = {name: make(STORM) for name, (_, make) in FORMATS.items()}
    word = word_files(paragraph(SAID))
    blank = " " * 30_000_000
    bad_part = good["docx"]
    middle = bad_part.find(b"word/document.xml") + 200

    def without(name: str) -> bytes:
        return package({key: value for key, value in word.items() if key != name})

    def document(xml: str | bytes) -> bytes:
        return package({**word, "word/document.xml": xml})

    def pages(canvas: object) -> None:
        for _ in range(201):
            canvas.drawString(72, 720, SAID)  # type: ignore[attr-defined]
            canvas.showPage()  # type: ignore[attr-defined]

    def picture(canvas: object) -> None:
        canvas.rect(72, 72, 400, 600, fill=1)  # type: ignore[attr-defined]

    def words(canvas: object) -> None:
        canvas.drawString(72, 720, SAID)  # type: ignore[attr-defined]

    return {
        "empty.txt": b"",
        "blank.txt": b" \r\n\t",
        "nul.txt": b"a\0b",
        "cyrillic.txt": "Это было темно".encode("cp1251"),
        "utf-16-without-mark.txt": SAID.encode("utf-16-le"),
        "pdf.txt": good["pdf"],
        "docx.txt": good["docx"],
        "large.txt": b"a " * 1_000_001,
        "unclosed-front-matter.md": b"---\ntitle: [\n---\nIt was dark.\n",
        "empty.md": b"\xef\xbb\xbf",
        "story.rtf": b"{\\rtf1 It was dark.}",
        "story.odt": good["docx"],
        "empty.html": b"",
        "comment.html": b"<!-- It was dark. -->",
        "script.html": b"<html><script>document.write('It was dark.')</script></html>",
        "nav.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "nul.html": b"<p>It was\0 dark.</p>",
        "wrong-encoding.html": b"<meta charset=utf-8><p>" + "Это было темно".encode("cp1251"),
        "large.html": b"<p>a</p>" * 1_300_000,
        "pdf.html": good["pdf"],
        "deep.html": b"<div>" * 100_000,
        "empty.docx": b"",
        "half.docx": good["docx"][: len(good["docx"]) // 2],
        "cut-directory.docx": good["docx"][:-30],
        "text.docx": b"It was dark.",
        "old-word.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        "no-files.docx": package({}),
        "no-types.docx": without("[Content_Types].xml"),
        "no-relations.docx": without("_rels/.rels"),
        "no-document.docx": without("word/document.xml"),
        "no-text.docx": document(f'<w:document xmlns:w="{W}"><w:body/></w:document>'),
        "no-body.docx": document(f'<w:document xmlns:w="{W}"/>'),
        "other-root.docx": document("<html/>"),
        "malformed.docx": document(f'<w:document xmlns:w="{W}"><w:body>'),
        "bomb.docx": document(f'<w:document xmlns:w="{W}"><w:body>{blank}</w:body></w:document>'),
        "bomb-in-a-picture.docx": package(
            {**word, **{f"word/media/{n}.png": bytes(60_000_000) for n in range(2)}}
        ),
        "laughs.docx": document(LAUGHS),
        "laughs-utf-16.docx": document(LAUGHS.replace("1.0", "1.0").encode("utf-16")),
        "encrypted.docx": with_flag(good["docx"]),
        "damaged.docx": bad_part[:middle] + bytes(200) + bad_part[middle + 200 :],
        "spreadsheet.docx": package(
            {
                **word,
                "[Content_Types].xml": str(word["[Content_Types].xml"]).replace(
                    "wordprocessingml.document", "spreadsheetml.sheet"
                ),
            }
        ),
        "deep.docx": document(f'<w:document xmlns:w="{W}"><w:body>' + "<w:tbl>" * 50_000),
        "empty.pdf": b"",
        "header.pdf": b"%PDF-1.7\n",
        "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
        "text.pdf": b"It was dark.",
        "start.pdf": good["pdf"][:300],
        "encrypted.pdf": drawn_pdf(words, password="secret"),
        "scan.pdf": drawn_pdf(picture),
        "pages.pdf": drawn_pdf(pages),
        "no-pages.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n",
        "empty.json": b"",
        "half.json": good["ninjs 3"][: len(good["ninjs 3"]) // 2],
        "list.json": b"[1, 2]",
        "number.json": b"7",
        "no-body.json": b'{"headline": "Storm"}',
        "empty-body.json": b'{"bodies": [{"value": " "}], "body_text": ""}',
        "odd-body.json": b'{"bodies": 7, "body_text": {"value": 7}}',
        "deep.json": b"[" * 200_000,
        "nul.json": b'{"body_text": "\0"}',
        "latin.json": b'{"body_text": "\xd4\xd5\xd6\x81\x8d"}',
        "empty.xml": b"",
        "half.xml": good["nitf"][: len(good["nitf"]) // 2],
        "laughs.xml": LAUGHS.encode(),
        "laughs-utf-16.xml": LAUGHS.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"),
        "outside.xml": OUTSIDE.encode(),
        "unknown-entity.xml": good["nitf"].replace(b"Holt", b"&holt;"),
        "other-root.xml": b"<rss><channel><item>It was dark.</item></channel></rss>",
        "no-content.xml": news_item(STORM, "").encode(),
        "remote-content.xml": news_item(STORM, '<remoteContent href="http://a.b/"/>').encode(),
        "no-item.xml": b"<newsMessage><itemSet/></newsMessage>",
        "two-items.xml": f"<newsMessage>{news_item(STORM, '') * 2}</newsMessage>".encode(),
        "empty-nitf.xml": b"<nitf><body><body.content/></body></nitf>",
        "wrong-encoding.xml": b'<?xml version="1.0" encoding="utf-8"?><nitf>\xd4\xd5\xd6\x81\x8d</nitf>',
        "unknown-encoding.xml": b'<?xml version="1.0" encoding="x-klingon"?><nitf>\xd4\x81\x8d</nitf>',
        "deep.xml": b"<nitf>" * 100_000,
        "text.xml": b"It was dark.",
    }
