"""The opening of a story, its headline and what comes right after: it tells which event the story is about.

Its names tell whether an archived document, or another claim of the draft, is on that event. Which of many
stories are on one event is told by what their openings mean, to an encoder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from verify.language.dates import MONTHS, SHORT_MONTHS, WEEKDAYS
from verify.language.writable import writable
from verify.types import Document, Role, Sentence

LEAD = 2
"""Blocks of a story, the headline among them, whose words are those of its event."""

SENTENCES = 3
"""Sentences of the prose, after the headline, that an encoder is given."""

PROSE = re.compile(r"[.!?][”’\"')\]]*\s*$")
"""How a paragraph ends; a byline or a dateline on a line of its own doesn't."""

NAME = re.compile(r"\b[A-Z]\w+")

NO_EVENT = frozenset({*MONTHS, *SHORT_MONTHS, *WEEKDAYS, "mr", "mrs", "ms", "dr", "the"})
"""Capitalised words that name no event."""


def opening_of(document: Document) -> str:
    """The headline and the first paragraph of `document`."""
    told = (block for block in document.blocks if block.role in {Role.HEADLINE, Role.PARAGRAPH})
    texts = ((block.role, block.shown(document.text)) for block in told)
    prose = (text for role, text in texts if role is Role.HEADLINE or PROSE.search(text))
    return " ".join(islice(prose, LEAD))


def first_sentences(document: Document, sentences: Sequence[Sentence]) -> str:
    """The headline and the first sentences of `document`, for an encoder."""
    headline = [s.span for s in sentences if s.role is Role.HEADLINE][:1]
    prose = [s.span for s in sentences if s.role is Role.PARAGRAPH][:SENTENCES]
    return writable(" ".join(document.text[span.start : span.end] for span in headline + prose))


def names_in(text: str) -> frozenset[str]:
    """The words that `text` has capitalised alone: names, and not how its sentences begin."""
    common = set(re.findall(r"\b[a-z]\w+", text))
    return frozenset(
        word for word in NAME.findall(text) if word.lower() not in common and word.lower() not in NO_EVENT
    )


def event_names(document: Document) -> frozenset[str]:
    """The names in the opening of `document`, which tell its event from others.

    A headline may have all its words capitalised; its names are those that the text has too.
    """
    body = " ".join(block.shown(document.text) for block in document.blocks[1:])
    return names_in(body) & set(NAME.findall(opening_of(document)))


def shared_event(names: frozenset[str], other: Document) -> float:
    """The share, in 0..1, of the event's `names` that `other` has too; 0 where there are none."""
    return len(names & names_in(f"{other.title or ''} {other.text}")) / max(1, len(names))
