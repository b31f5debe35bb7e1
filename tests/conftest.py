from __future__ import annotations

import hashlib
import signal
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from verify.config import Config
from verify.types import (
    Block,
    Checked,
    Claim,
    Coverage,
    Document,
    Finding,
    Issue,
    Kind,
    Level,
    Position,
    Quote,
    Relation,
    RelationType,
    Role,
    Run,
    Sentence,
    Source,
    Span,
    Stance,
    Unchecked,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import FrameType

    from spacy.language import Language

    from verify.models.protocols import Matrix
    from verify.pipeline import Models
    from verify.reading import Read

GOLDEN = Path(__file__).parent / "golden"

HEADLINE = "Bridge at Sarnow collapses, killing 14"
FIRST = "The Sarnow road bridge fell into the river on Monday, and rescuers counted 12 dead."
SECOND = "Transport Minister Ilse Brandt suggested that an overloaded lorry had brought it down."
THIRD = (
    "The haulier, Korvex, denied all blame: “Our lorry weighed 31 tonnes, nine below the limit, and it had "
    "left the bridge four minutes before the span gave way, as the toll records that we have handed to the "
    "police, the ministry, the insurers and the families' lawyers show beyond any doubt, whatever the "
    "minister now finds it convenient to tell the reporters whom she invites.”"
)
FOURTH = "Le Monde’s naïve café-goers, told of “17 t”, shrugged."
TEXT = "\n\n".join((HEADLINE, FIRST, SECOND, THIRD, FOURTH)) + "\n"


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def document(text: str, *, path: str = "bridge.md", id_: str = "d1") -> Document:
    return Document(
        id=id_,
        path=path,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=HEADLINE,
        published=date(2025, 3, 4),
        byline=None,
        blocks=(Block(Role.PARAGRAPH, Span(0, len(text))),),
    )


def claim(number: int, party: str | None, stance: Stance, proposition: str, **changes: object) -> Claim:
    """A claim by hand, of one source of `party` or for None in the outlet's own voice.

    It stands in a stretch of its own, of ten characters; `changes` are to what else a claim holds.
    """
    source = Source(party, None, party, anonymous=False) if party is not None else None
    span = Span(number * 10, number * 10 + 9)
    made = Claim(
        id=f"c{number}",
        sentence=f"s{number}",
        span=span,
        source=source,
        cue=None,
        content=(span,),
        quote=Quote.INDIRECT if source else Quote.NONE,
        stance=stance,
        proposition=proposition,
        within=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@contextmanager
def watchdog(seconds: int) -> Iterator[None]:
    """End what takes longer by an error that no command turns into a line of complaint."""

    def bark(number: int, frame: FrameType | None) -> None:
        raise HungError

    before = signal.signal(signal.SIGALRM, bark)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class HungError(BaseException):
    """Not an Exception, which the command line would turn into a line of complaint."""


def finding(number: int, rule: str, code: str, level: Level, message: str, *spans: Span) -> Finding:
    return Finding(
        id=f"f{number}",
        rule=rule,
        code=code,
        level=level,
        message=message,
        claims=(),
        spans=spans,
        score=0.93214567,
        fingerprint=f"fp{number}",
    )


@pytest.fixture
def checked() -> Checked:
    """A document as the pipeline would leave it: one issue, four findings, something left unchecked."""

    def at(words: str) -> Span:
        return place(TEXT, words)

    minister = Source("Ilse Brandt", at("Transport Minister Ilse Brandt"), "transport ministry", False)
    haulier = Source("Korvex", at("The haulier, Korvex"), "Korvex", False)
    claims = (
        Claim(
            id="c0",
            sentence="s1",
            span=at(FIRST),
            source=None,
            cue=None,
            content=(at(FIRST),),
            quote=Quote.NONE,
            stance=Stance.ASSERTS,
            proposition=FIRST,
            within=None,
        ),
        Claim(
            id="c1",
            sentence="s2",
            span=at(SECOND),
            source=minister,
            cue=at("suggested"),
            content=(at("an overloaded lorry had brought it down"),),
            quote=Quote.INDIRECT,
            stance=Stance.SUGGESTS,
            proposition="An overloaded lorry brought the bridge down.",
            within=None,
        ),
        Claim(
            id="c2",
            sentence="s3",
            span=at(THIRD),
            source=haulier,
            cue=at("denied"),
            content=(at("all blame"),),
            quote=Quote.INDIRECT,
            stance=Stance.DENIES,
            proposition="Korvex was to blame.",
            within=None,
        ),
    )
    return Checked(
        document=document(TEXT),
        sentences=tuple(
            Sentence(f"s{i}", at(words), 0, Role.PARAGRAPH if i else Role.HEADLINE)
            for i, words in enumerate((HEADLINE, FIRST, SECOND, THIRD, FOURTH))
        ),
        claims=claims,
        relations=(
            Relation(
                "c1", "c2", RelationType.CONTRADICTS, Kind.CAUSE, 0.93214567, "One suggests, one denies."
            ),
        ),
        issues=(
            Issue(
                "Did an overloaded lorry bring the bridge down?",
                (Position("transport ministry", "perhaps", ("c1",)), Position("Korvex", "no", ("c2",))),
            ),
        ),
        findings=(
            finding(
                1,
                "unattributed-claim",
                "VFY201",
                Level.INFO,
                "Nobody is named for the count of 12 dead.",
                at("12 dead"),
            ),
            finding(
                2,
                "source-conflict",
                "VFY101",
                Level.WARNING,
                "Ilse Brandt suggests what Korvex denies.",
                at("an overloaded lorry had brought it down"),
                at(THIRD),
            ),
            finding(
                3,
                "headline-conflict",
                "VFY104",
                Level.ERROR,
                "The headline has 14 killed, the story 12.",
                at("killing 14"),
                at("12 dead"),
            ),
        ),
        coverage=Coverage(5, 3, 2, (Unchecked("sentence not in English", at(FOURTH)),)),
    )


@pytest.fixture
def run(checked: Checked) -> Run:
    return Run((checked,), {"parser": "p", "encoder": "e", "entailment": "n", "attribution": "a"})


@pytest.fixture
def clean(checked: Checked) -> Checked:
    return replace(checked, relations=(), issues=(), findings=(), coverage=Coverage(5, 3, 0, ()))


@pytest.fixture(scope="session")
def models() -> Models:
    """The bundled models, loaded once."""
    from verify.pipeline import load_models

    return load_models(Config())


class StubEncoder:
    """Directions by text; texts of one direction are alike, and those without one are unlike all others."""

    name = "stub"

    def __init__(self, directions: Mapping[str, int]) -> None:
        self.directions = directions

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, self.directions.get(text, 100 + row % 400)] = 1.0
        return rows


class StubEntailment:
    """Verdicts by pair: (entailment, neutral, contradiction); neutral where none is given."""

    name = "stub"

    def __init__(self, verdicts: Mapping[tuple[str, str], tuple[float, float, float]]) -> None:
        self.verdicts = verdicts
        self.asked: list[tuple[str, str]] = []

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        self.asked.extend(pairs)
        rows = [self.verdicts.get(pair, (0.0, 1.0, 0.0)) for pair in pairs]
        return np.array(rows, dtype=np.float32).reshape(-1, 3)


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The parser, loaded once."""
    from verify.language.parse import load_parser

    return load_parser()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[[str], Read]:
    """A function from a draft's text to what can be read in it; loads no models but the parser."""
    from verify.attribution.registry import load_registry
    from verify.load import document_of
    from verify.reading import read as read_document

    registry = load_registry()

    def read_text(text: str) -> Read:
        return read_document(document_of(text.encode(), path="draft.md", suffix=".md"), nlp, registry, None)

    return read_text


@pytest.fixture(scope="session")
def read_claims(read: Callable[[str], Read]) -> Callable[[str], tuple[Claim, ...]]:
    """A function from a draft's text to its claims."""
    return lambda text: read(text).claims


@pytest.fixture(autouse=True)
def _no_colour_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller's terminal has no say in what the tests see."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "VERIFY_DEBUG"):
        monkeypatch.delenv(name, raising=False)
