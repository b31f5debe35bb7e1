"""A run to report on: all that a report can be asked to show, in a text that isn't ASCII."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from verify.types import (
    Block,
    Checked,
    Claim,
    Coverage,
    Document,
    Evidence,
    Finding,
    Issue,
    Kind,
    Level,
    Passage,
    Position,
    Quote,
    Relation,
    RelationType,
    Reliance,
    Role,
    Run,
    Searched,
    Sentence,
    Sort,
    Source,
    Span,
    Stance,
    Suppression,
    Unchecked,
)

BLOCKS = (
    "Cafe\u0301 fire at Zürich–Höngg kills 14 🔥🧯",
    "By Aïda N’Diaye",
    "The naïve café-goers fled 👩‍🚒 on Monday, and rescuers counted 12 dead.",
    "The city’s fire chief, Zoë Brändle, suggested that a faulty gas line had caused the fire. "
    "The utility Gaswerk Höngg denied that its line had been at fault.",
    "The agency SDA reported, citing the canton’s police, that the doors had been locked. "
    "The Tages-Blatt repeated SDA’s report. The police would not comment.",
    "“We will never have left a door locked,” said the owner, Łukasz Żak.",
    "Ein Satz auf Deutsch, den niemand prüft.",
)
TEXT = "\r\n\r\n".join(BLOCKS) + "\r\n"

RULES = ("source-conflict", "number-conflict", "headline-conflict", "unattributed-claim", "single-source")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def source(name: str, text: str | None, party: str, sort: Sort = Sort.BODY) -> Source:
    return Source(name, at(text) if text else None, party, anonymous=False, sort=sort)


def claim(
    number: int,
    who: Source | None,
    sentence: str,
    cue: str | None,
    content: str,
    stance: Stance,
    proposition: str,
    quote: Quote = Quote.INDIRECT,
) -> Claim:
    return Claim(
        id=f"c{number}",
        sentence=f"s{number}",
        span=at(sentence),
        source=who,
        cue=at(cue) if cue else None,
        content=(at(content),),
        quote=quote if who else Quote.NONE,
        stance=stance,
        proposition=proposition,
        within=None,
    )


def finding(number: int, rule: str, code: str, level: Level, message: str, *spans: Span) -> Finding:
    return Finding(f"f{number}", rule, code, level, message, (), spans, 0.93214567, f"{number:032x}")


CHIEF = source("Zoë Brändle", "The city’s fire chief, Zoë Brändle", "fire brigade", Sort.PERSON)
UTILITY = source("Gaswerk Höngg", "The utility Gaswerk Höngg", "Gaswerk Höngg")
CLAIMS = (
    claim(0, None, BLOCKS[2], None, "rescuers counted 12 dead", Stance.ASSERTS, "Rescuers counted 12 dead."),
    claim(
        1,
        CHIEF,
        "The city’s fire chief, Zoë Brändle, suggested that a faulty gas line had caused the fire.",
        "suggested",
        "a faulty gas line had caused the fire",
        Stance.SUGGESTS,
        "A faulty gas line caused the fire.",
    ),
    claim(
        2,
        UTILITY,
        "The utility Gaswerk Höngg denied that its line had been at fault.",
        "denied",
        "its line had been at fault",
        Stance.DENIES,
        "Gaswerk Höngg's line was at fault.",
    ),
    claim(
        3,
        source("SDA", "The agency SDA", "SDA"),
        "The agency SDA reported, citing the canton’s police, that the doors had been locked.",
        "reported",
        "the doors had been locked",
        Stance.ASSERTS,
        "The doors were locked.",
    ),
    claim(
        4,
        source("Tages-Blatt", "The Tages-Blatt", "Tages-Blatt"),
        "The Tages-Blatt repeated SDA’s report.",
        "repeated",
        "SDA’s report",
        Stance.ASSERTS,
        "The doors were locked.",
    ),
    claim(
        5,
        source("canton police", "The police", "canton police", Sort.PLURAL),
        "The police would not comment.",
        "would not comment",
        "comment",
        Stance.DECLINES,
        "The doors were locked.",
    ),
    claim(
        6,
        source("Łukasz Żak", "the owner, Łukasz Żak", "owner", Sort.PERSON),
        BLOCKS[5],
        "said",
        "We will never have left a door locked,",
        Stance.ASSERTS,
        "The owner never left a door locked.",
        Quote.DIRECT,
    ),
)

FINDINGS = (
    replace(
        finding(
            1,
            "source-conflict",
            "VFY101",
            Level.WARNING,
            "Zoë Brändle suggests what Gaswerk Höngg denies.",
            at("a faulty gas line had caused the fire"),
            at("its line had been at fault"),
        ),
        claims=("c1", "c2"),
    ),
    replace(
        finding(
            2,
            "headline-conflict",
            "VFY104",
            Level.ERROR,
            "The headline has 14 killed, the story 12.",
            at("kills 14"),
            at("12 dead"),
        ),
        claims=("c0",),
    ),
    finding(
        3,
        "unattributed-claim",
        "VFY201",
        Level.INFO,
        "Nobody is named for the flight.",
        at("naïve café-goers fled 👩‍🚒"),
    ),
    replace(
        finding(
            4,
            "single-source",
            "VFY202",
            Level.WARNING,
            "Only SDA stands for the locked doors.",
            at("the doors had been locked"),
        ),
        suppression=Suppression("by phone with Zoë", "fire.md:9", date(2026, 12, 1)),
    ),
    replace(
        finding(
            5, "single-source", "VFY202", Level.WARNING, "Only one source for the door.", at("a door locked")
        ),
        known=True,
    ),
)

RECORDED = "We may have left a door locked, but not on purpose."


def document(text: str = TEXT, *, path: str = "desk/fire.md", id_: str = "d1") -> Document:
    roles = (Role.HEADLINE, Role.BYLINE, *[Role.PARAGRAPH] * (len(BLOCKS) - 2))
    return Document(
        id=id_,
        path=path,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=BLOCKS[0],
        published=date(2025, 3, 4),
        byline="Aïda N’Diaye",
        blocks=tuple(Block(role, at(words)) for role, words in zip(roles, BLOCKS, strict=True)),
    )


def checked() -> Checked:
    passage = Passage(
        document="owner-2025",
        span=Span(100, 100 + len(RECORDED)),
        text=RECORDED,
        title="Statement of the owner",
        publisher="Żak & Söhne",
        published=date(2025, 3, 3),
        speaker="Łukasz Żak",
        origin="owner-2025",
    )
    return Checked(
        document=document(),
        sentences=tuple(
            Sentence(f"s{i}", at(words), i, Role.HEADLINE if i == 0 else Role.PARAGRAPH)
            for i, words in enumerate(BLOCKS)
        ),
        claims=CLAIMS,
        relations=(Relation("c1", "c2", RelationType.CONTRADICTS, Kind.CAUSE, 0.93, "One suggests."),),
        issues=(
            Issue(
                "Did a faulty gas line cause the fire?",
                (Position("fire brigade", "perhaps", ("c1",)), Position("Gaswerk Höngg", "no", ("c2",))),
            ),
        ),
        findings=FINDINGS,
        coverage=Coverage(7, 7, 9, (Unchecked("sentence not in English", at(BLOCKS[6])),)),
        reliances=(
            Reliance("SDA", "canton police", ("c3",)),
            Reliance("Tages-Blatt", "SDA", ("c4",)),
        ),
        evidence=(
            Evidence(
                claim="c6",
                passage=passage,
                span=Span(100, 100 + RECORDED.index(", but")),
                relation=RelationType.MISQUOTE,
                kind=Kind.QUOTE,
                score=0.97,
                reason="The record has “may have”, the draft “will never have”.",
            ),
        ),
        searched=Searched("indexes/desk", 120, 2400),
        rules=RULES,
    )


def clean() -> Checked:
    """The same draft with nothing found, and nothing left out."""
    whole = checked()
    return replace(
        whole,
        document=replace(document(path="desk/clean.md", id_="d2"), title="Café fire: what is known"),
        relations=(),
        issues=(),
        findings=(),
        evidence=(),
        reliances=(),
        searched=None,
        coverage=Coverage(7, 7, 0, ()),
    )


def unread() -> Checked:
    """A draft of which nothing could be checked."""
    whole = clean()
    everything = Unchecked("not in English", Span(0, len(TEXT)))
    return replace(
        whole,
        document=replace(document(path="desk/unread.md", id_="d3"), title="Café fire: a reader’s letter"),
        claims=(),
        coverage=Coverage(7, 0, 0, (everything,)),
    )


MODELS = {"parser": "p", "encoder": "e", "entailment": "n", "attribution": "a"}


def one() -> Run:
    return Run((checked(),), MODELS)


def three() -> Run:
    return Run((checked(), clean(), unread()), MODELS)
