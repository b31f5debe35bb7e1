"""The labelled stories: what they hold, as the pipeline's own values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from verify.errors import InputError
from verify.evaluate.measures import characters, one_content
from verify.load import document_of
from verify.types import Claim, Document, Quote, Role, Source, Span, Stance


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A labelled claim: the sentence it stands in, what is claimed, by whom and how."""

    id: str
    sentence: int
    content: tuple[Span, ...]
    source: str | None
    source_text: str | None
    party: str
    stance: Stance
    quote: Quote
    proposition: str


@dataclass(frozen=True, slots=True)
class Story:
    """A labelled story (see GUIDELINES.md beside it), from `file`; pairs hold ids of claims."""

    name: str
    file: Path
    document: Document
    sentences: tuple[Span, ...]
    claims: tuple[GoldClaim, ...]
    conflicts: tuple[tuple[str, str], ...]
    supports: tuple[tuple[str, str], ...]
    traps: tuple[tuple[str, str, str], ...]
    needs_source: frozenset[str]
    anonymous: frozenset[str]


def load_stories(folder: Path) -> tuple[Story, ...]:
    """The stories in `folder`, by name. Raises InputError where there are none, or one is malformed."""
    return tuple(_story(file) for file in story_files(folder))


def story_files(folder: Path) -> list[Path]:
    """The files of the labelled stories in `folder`, by name. Raises InputError where there are none."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(
            str(folder), "holds no labelled stories", "give a folder such as seeds/stories/train"
        )
    return files


@contextmanager
def understood(file: Path) -> Iterator[None]:
    """Turn what comes of a `file` that can't be read, or is malformed, into an InputError."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError) as error:
        problem = f"is no labelled story ({error!r:.120})"
        raise InputError(str(file), problem, "see GUIDELINES.md for the format") from error


def _story(file: Path) -> Story:
    with understood(file):
        gold = json.loads(file.read_text(encoding="utf-8"))
        sentences = tuple(places_of(gold["sentences"], gold["text"]))
        document = document_of(gold["text"].encode(), path=f"{file.stem}.txt", suffix=".txt")
        return Story(
            name=file.stem,
            file=file,
            document=replace(document, published=date.fromisoformat(gold["published"])),
            sentences=sentences,
            claims=tuple(_claim(row, gold["sentences"], sentences) for row in gold["claims"]),
            conflicts=tuple((p["a"], p["b"]) for p in gold["conflicts"]),
            supports=tuple((p["a"], p["b"]) for p in gold["supports"]),
            traps=tuple((p["a"], p["b"], p["trap"]) for p in gold["traps"]),
            needs_source=frozenset(gold["needs_source"]),
            anonymous=frozenset(gold["anonymous"]),
        )


def places_of(sentences: Sequence[str], text: str) -> Iterator[Span]:
    """Where the sentences stand in their text; raises ValueError where one doesn't."""
    place = 0
    for sentence in sentences:
        start = text.index(sentence, place)
        place = start + len(sentence)
        yield Span(start, place)


def _claim(row: dict[str, str], sentences: Sequence[str], places: Sequence[Span]) -> GoldClaim:
    number = int(row["s"])
    content = []
    for part in row["content"]:
        start = places[number].start + sentences[number].index(part)
        content.append(Span(start, start + len(part)))
    return GoldClaim(
        id=row["id"],
        sentence=number,
        content=tuple(content),
        source=None if row["source"] == "outlet" else row["source"],
        source_text=row["source_text"],
        party=row["party"],
        stance=Stance(row["stance"]),
        quote=Quote(row["quote"]),
        proposition=row["proposition"],
    )


def as_claims(story: Story) -> tuple[Claim, ...]:
    """The labelled claims as the comparison takes them, in the order of the text."""
    claims = []
    for gold in sorted(story.claims, key=lambda c: c.content[0].start):
        source = (
            None if gold.source is None else Source(gold.source, None, gold.party, gold.id in story.anonymous)
        )
        claims.append(
            Claim(
                id=gold.id,
                sentence=f"s{gold.sentence}",
                span=story.sentences[gold.sentence]
                if gold.source
                else Span(gold.content[0].start, gold.content[-1].end),
                source=source,
                cue=None,
                content=gold.content,
                quote=gold.quote,
                stance=gold.stance,
                proposition=gold.proposition,
                within=None,
                role=Role.HEADLINE if gold.sentence == 0 else Role.PARAGRAPH,
            )
        )
    return tuple(claims)


ALIKE = 0.3
"""Share of all characters that a claim and a labelled one that it covers have in common."""


def aligned(story: Story, claims: Sequence[Claim]) -> dict[str, frozenset[str]]:
    """For the id of each of `claims`, the ids of the labelled claims of `story` that it covers."""
    gold = {g.id: characters(g.content) for g in story.claims}
    return {
        c.id: frozenset(g for g, chars in gold.items() if one_content(characters(c.content), chars, ALIKE))
        for c in claims
    }
