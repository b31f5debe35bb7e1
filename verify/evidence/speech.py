"""Who speaks in an archived document: the turns of a transcript, and whether two names are of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from verify.types import Block, Claim, Document, Role, Sort, Source, Span

LABEL = re.compile(r"^[^\S\n]*(?P<label>[^\n:“”\"]{1,90}):(?=\s)", re.MULTILINE)
CAPITALS = re.compile(r"[^\W\d_a-z]+(?:[^\w\n]+[^\W\d_a-z]+)*")
TITLED = re.compile(r"(?:[A-Z][\w.'’-]*|de|van|von|bin|al)(?: (?:[A-Z][\w.'’-]*|de|van|von|bin|al)){0,4}")
"""A label in capitals and small letters, "Ilse Brandt:"; one alone may be anything ("Note:")."""

ASKERS = frozenset(
    """q question questions presenter host moderator reporter interviewer anchor journalist press
    audience""".split()
)
"""Who asks in a transcript, and is nobody's source."""

NAMELESS = ASKERS | frozenset(
    """a an the of for and mr mrs ms miss dr sir lord lady dame professor president vice deputy prime minister
    chancellor general secretary director chief executive officer chairman chairwoman chair commissioner
    governor mayor senator representative judge justice king queen prince pope colonel captain major
    lieutenant sergeant admiral inspector superintendent ambassador spokesman spokeswoman spokesperson
    official officials senior foreign defence defense interior finance transport sports health former police
    state national government witness counsel answer speaker committee department ministry agency statement
    remarks man woman resident caller narrator voice mother father son daughter lawyer prosecutor
    he she they it we you i him her them his their""".split()
)
"""Words of a label that name nobody."""

BODIES = frozenset("ministry department office embassy agency affairs authority".split())
"""Words for bodies that speak through a person."""

RECORD = re.compile(
    r"\b(?:statement|transcript|verbatim|remarks|address|speech|interview|briefing|hearing|testimony|letter|readout"
    r"|communiqu[eé]|press release|full text|text of|as delivered|minutes|news conference|press conference"
    r"|excerpts?|extract)\b",
    re.IGNORECASE,
)
"""What a title has that is over somebody's own words, and not over a report of them."""

FIRST_PERSON = frozenset("i we my our us me mine ours myself ourselves".split())
SPELLED = 80
"""Likeness in percent from which two words are one name in two transcriptions."""

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next one does."""

    speaker: str
    label: Span
    body: Span


def turns_of(document: Document) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; none in other copy.

    Labels stand at the start of a line, in capitals ("MR TENEV:") or, twice at least, as a name ("Ilse
    Brandt:").
    """
    labels = [m for block in _prose(document) for m in LABEL.finditer(document.text, *block.span)]
    plain = [m for m in labels if TITLED.fullmatch(_name(m)) and not CAPITALS.fullmatch(_name(m))]
    named = plain if len({_name(m) for m in plain}) < len(plain) else []
    kept = [m for m in labels if CAPITALS.fullmatch(_name(m)) or m in named]
    end = max((block.span.end for block in _prose(document)), default=0)
    ends = [*(m.start() for m in kept), end][1:]
    return tuple(
        Turn(_called(m), Span(m.start(), m.end()), Span(m.end(), stop))
        for m, stop in zip(kept, ends, strict=True)
    )


def in_turns(document: Document, turns: Sequence[Turn]) -> Document:
    """The document with a block, or more, to each turn, and the labels in none."""
    if not turns:
        return document
    cuts = sorted({edge for turn in turns for edge in (*turn.label, *turn.body)})
    labels = {turn.label.start for turn in turns}
    blocks: list[Block] = []
    for block in document.blocks:
        inside = [c for c in cuts if block.span.start < c < block.span.end]
        edges = [block.span.start, *inside, block.span.end]
        for start, end in pairwise(edges):
            span = _stripped(document.text, start, end)
            if start not in labels and span.start < span.end:
                blocks.append(
                    replace(block, span=span, masked=tuple(m for m in block.masked if span.contains(m)))
                )
    return replace(document, blocks=tuple(blocks))


def with_speakers(claims: Sequence[Claim], document: Document, turns: Sequence[Turn]) -> tuple[Claim, ...]:
    """The claims of an archived document, what its own voice says given to those whose speech it is.

    So is what "I" or "we" say there, who can't be somebody of an earlier turn.
    """
    return tuple(_spoken(claim, document, turns) for claim in claims)


def speaker_of(document: Document, turns: Sequence[Turn], span: Span) -> str | None:
    """Who speaks at `span` where the whole is speech: of the turn, or else of the document."""
    return next((t.speaker for t in turns if t.body.overlaps(span)), document.speaker)


def is_record(document: Document) -> bool:
    """Whether the title, or what the document says of itself, tells that it holds somebody's own words."""
    return document.speaker is not None or RECORD.search(document.title or "") is not None


def same_person(recorded: str, source: Source) -> bool | None:
    """Whether a name in the record is that of a source; None where that can't be told.

    "MR TENEV" is Vlad Tenev and no Mary Barra. Titles tell nothing, nor do names of bodies: a ministry speaks
    through its minister.
    """
    names = named(recorded)
    if not names or BODIES & set(_lower(recorded)):
        return None
    own = named(f"{source.name} {source.party}")
    if any(_one_name(a, b) for a in names for b in own):
        return True
    persons = source.sort is Sort.PERSON and not source.anonymous
    return False if persons and _is_proper(source.name) and _is_proper(recorded) else None


def _one_name(one: str, other: str) -> bool:
    """Whether two words are one name, however it is transcribed: "Zelensky" and "Zelenskyy"."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=SPELLED) > 0


def _is_proper(name: str) -> bool:
    """Whether a name has a word with a capital that names somebody: "police" and "The Minister" have none."""
    return any(w[0].isupper() and w.lower() not in NAMELESS for w in WORD.findall(name))


def asks(speaker: str) -> bool:
    """Whether a label is that of one who puts questions."""
    return bool(words := _lower(speaker)) and words[0] in ASKERS


def named(name: str) -> frozenset[str]:
    """The words of a name that are one's own, in lower case."""
    return frozenset(w.removesuffix("'s") for w in _lower(name) if len(w) > 1) - NAMELESS


def first_person(words: Sequence[str]) -> bool:
    """Whether somebody speaks of themselves, as nobody does in reported speech."""
    return not FIRST_PERSON.isdisjoint(words)


def _own_voice(claim: Claim, document: Document) -> bool:
    if claim.source is None:
        return claim.role is not Role.HEADLINE
    words = claim.source.text
    return words is not None and document.text[words.start : words.end].lower() in FIRST_PERSON


def _spoken(claim: Claim, document: Document, turns: Sequence[Turn]) -> Claim:
    speaker = speaker_of(document, turns, claim.span)
    if speaker is None or not _own_voice(claim, document):
        return claim
    return replace(claim, source=Source(speaker, None, speaker, anonymous=False, sort=Sort.PERSON))


def _prose(document: Document) -> Iterator[Block]:
    return (block for block in document.blocks if block.role is Role.PARAGRAPH)


def _called(label: re.Match[str]) -> str:
    """The speaker's name as copy has it: transcripts set names in capitals."""
    name = _name(label)
    return name.title() if name.isupper() and len(name) > 1 else name


def _name(label: re.Match[str]) -> str:
    return label["label"].split(",")[0].split("(")[0].strip()


def _lower(name: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in WORD.findall(name)]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
