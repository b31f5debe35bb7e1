"""Annotated articles and labelled stories, as the questions that the attribution tagger learns to answer."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verify.evaluate.attribution import Marked, Row, Spans, read_split
from verify.evaluate.gold import places_of, story_files, understood
from verify.models.pieces import WINDOW, Pieces, Window, paragraph_in, split, windows
from verify.types import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IGNORED = -100
"""The label of a wordpiece that isn't asked about: special ones, and all of a word but its first."""

COMMON_CUE, CUE_SHARE = 3, 0.1
"""A word opens cues if it did so this often, and in this share of its places."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An attribution as annotated: the words of its cue, source and content, places in `Pieces.words`."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated document, its paragraphs and its attributions; every cue has at least one word."""

    id: str
    text: str
    places: tuple[Span, ...]
    """Where each paragraph stands in the text."""
    pieces: Pieces
    attributions: tuple[Labelled, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs, without the line ends between them."""
        return tuple(self.text[start:end] for start, end in self.places)

    def spans(self, words: Sequence[int]) -> tuple[Span, ...]:
        """The characters of the runs of neighbouring `words` (in rising order)."""
        runs: list[Span] = []
        previous = None
        for i in words:
            word = self.pieces.words[i]
            start = self.places[word.paragraph].start
            joined = previous == i - 1 and self.pieces.words[i - 1].paragraph == word.paragraph
            begin = runs.pop().start if joined else start + word.start
            runs.append(Span(begin, start + word.end))
            previous = i
        return tuple(runs)


@dataclass(frozen=True, slots=True)
class Crop:
    """The question about one cue: its paragraph's place in the window, marks (0, 1) and labels by piece."""

    start: int
    marks: tuple[int, ...]
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A window of wordpieces, the cue label of each, and the questions about its cues."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]
    crops: tuple[Crop, ...]


def read_articles(file: Path, tokenizer: Tokenizer, *, part: str) -> list[Article]:
    """The articles of the split `part` of a file (as `verify.evaluate.attribution.json_lines`), oldest first.

    Raises InputError.
    """

    def dated(row: Row) -> tuple[str, Article]:
        return row["date"], _article(row["doc_id"], row["text"], row["attributions"], tokenizer)

    articles = read_split(file, part, dated)
    articles.sort(key=lambda pair: (pair[0], pair[1].id))
    return [article for _, article in articles]


def read_stories(folder: Path, tokenizer: Tokenizer) -> list[Article]:
    """The labelled stories in `folder`; claims that share a cue become one attribution. Raises InputError."""
    articles = []
    for file in story_files(folder):
        with understood(file):
            story = json.loads(file.read_text(encoding="utf-8"))
            rows = tuple(_story_rows(story["text"], story["sentences"], story["claims"]))
        articles.append(_article(file.stem, story["text"], rows, tokenizer))
    return articles


def _story_rows(
    text: str, sentences: Sequence[str], claims: Sequence[Mapping[str, object]]
) -> Iterator[Marked]:
    places = [place.start for place in places_of(sentences, text)]
    joined: dict[tuple[int, int], Marked] = {}
    for claim in claims:
        number, content, words = claim["s"], claim["content"], claim["cue"]
        if claim["source"] == "outlet" or not isinstance(words, str):
            continue
        if not isinstance(number, int) or not isinstance(content, list):
            raise TypeError("s or content")
        sentence, start = sentences[number], places[number]
        contents = [_nearest(sentence, part, 0) for part in content]
        cue = _nearest(sentence, words, contents[0][0])
        source = claim["source_text"]
        named = [_nearest(sentence, source, cue[0])] if isinstance(source, str) else []
        where = _moved(cue, start)
        earlier = joined.get(where, {"cue": [where], "source": [], "content": []})
        joined[where] = {
            "cue": [where],
            "source": earlier["source"] or [_moved(s, start) for s in named],
            "content": [*earlier["content"], *(_moved(c, start) for c in contents)],
        }
    yield from joined.values()


def _nearest(sentence: str, words: str, near: int) -> tuple[int, int]:
    """Where `words` stand in `sentence`, as near to `near` as they do; ValueError where they don't."""
    found = [i for i in range(len(sentence)) if sentence.startswith(words, i)]
    if not found:
        raise ValueError(f"{words!r:.40} isn't in its sentence")
    start = min(found, key=lambda i: abs(i - near))
    return start, start + len(words)


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _article(name: str, text: str, rows: Sequence[Marked], tokenizer: Tokenizer) -> Article:
    places = tuple(_paragraphs(text))
    pieces = split([text[start:end] for start, end in places], tokenizer)
    word_at = {
        character: i
        for i, word in enumerate(pieces.words)
        for character in range(places[word.paragraph][0] + word.start, places[word.paragraph][0] + word.end)
    }

    def words(spans: Spans) -> tuple[int, ...]:
        return tuple(sorted({word_at[c] for start, end in spans for c in range(start, end) if c in word_at}))

    labelled = (Labelled(words(r["cue"]), words(r["source"]), words(r["content"])) for r in rows)
    return Article(name, text, places, pieces, tuple(a for a in labelled if a.cue))


def _paragraphs(text: str) -> Iterator[Span]:
    """The lines of a text that hold anything."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip("\r\n")))
        start += len(line)


def lookalikes(articles: Sequence[Article]) -> list[tuple[Article, int]]:
    """The words in no cue that elsewhere open cues (COMMON_CUE, CUE_SHARE): what the tagger may fall for."""
    opening: Counter[tuple[int, ...]] = Counter()
    seen: Counter[tuple[int, ...]] = Counter()
    for article in articles:
        forms = _forms(article)
        seen.update(forms)
        opening.update(forms[a.cue[0]] for a in article.attributions)
    found = []
    for article in articles:
        taken = {word for a in article.attributions for word in a.cue}
        found += [
            (article, i)
            for i, form in enumerate(_forms(article))
            if i not in taken and opening[form] >= COMMON_CUE and opening[form] >= CUE_SHARE * seen[form]
        ]
    return found


def _forms(article: Article) -> list[tuple[int, ...]]:
    return [article.pieces.ids[word.first : word.last + 1] for word in article.pieces.words]


def epoch_examples(
    articles: Sequence[Article],
    decoys: Sequence[tuple[Article, int]],
    rng: random.Random,
    *,
    decoy_share: float,
    jitter: float,
) -> list[Example]:
    """The examples of one epoch: windows cut, marks jittered and decoys (from `lookalikes`) drawn anew.

    `decoy_share` is the number of decoys for each attribution; `jitter` the probability that a cue is
    marked with a word too few or too many, as it will be where the tagger finds the cue itself.
    """
    wanted = int(decoy_share * sum(len(a.attributions) for a in articles))
    drawn: dict[int, list[int]] = {}
    for article, word in rng.sample(list(decoys), min(len(decoys), wanted)):
        drawn.setdefault(id(article), []).append(word)
    return [e for a in articles for e in examples_of(a, drawn.get(id(a), ()), rng, jitter=jitter)]


def examples_of(
    article: Article, decoys: Sequence[int], rng: random.Random, *, jitter: float
) -> Iterator[Example]:
    """The windows of an article, of a length drawn anew, with the questions about its cues and `decoys`."""
    pieces = article.pieces
    labels = [IGNORED if word < 0 else 0 for word in pieces.word_of]
    questions: list[tuple[int, tuple[int, ...], Labelled | None]] = [(i, (i,), None) for i in decoys]
    for attribution in article.attributions:
        for k, word in enumerate(attribution.cue):
            opens = k == 0 or attribution.cue[k - 1] != word - 1
            labels[pieces.words[word].first] = 1 if opens else 2
        marked = _jittered(attribution.cue, pieces, rng, jitter)
        questions.append((attribution.cue[0], marked, attribution))
    limit = rng.randrange(WINDOW // 2, WINDOW + 1)
    for window in windows(pieces.edges, limit=limit, context=0):
        crops = tuple(
            _crop(pieces, window, marked, truth)
            for word, marked, truth in questions
            if window.scored <= pieces.words[word].first < window.end
        )
        ids = tuple(pieces.framed(window.start, window.end))
        yield Example(ids, (IGNORED, *labels[window.start : window.end], IGNORED), crops)


def _jittered(cue: tuple[int, ...], pieces: Pieces, rng: random.Random, jitter: float) -> tuple[int, ...]:
    if rng.random() >= jitter:
        return cue
    choice = rng.randrange(4)
    if choice == 0 and len(cue) > 1:
        return cue[1:]
    if choice == 1 and len(cue) > 1:
        return cue[:-1]
    extra = cue[0] - 1 if choice == 2 else cue[-1] + 1
    paragraph = pieces.words[cue[0]].paragraph
    fits = 0 <= extra < len(pieces.words) and pieces.words[extra].paragraph == paragraph
    return tuple(sorted((*cue, extra))) if fits else cue


def _crop(pieces: Pieces, window: Window, marked: Sequence[int], truth: Labelled | None) -> Crop:
    start, end = paragraph_in(pieces, window, marked[0])
    roles: dict[int, int] = {}
    if truth is not None:
        roles = dict.fromkeys(truth.source, 1) | dict.fromkeys(truth.content, 2) | dict.fromkeys(truth.cue, 3)
    shown = {i for word in marked for i in range(pieces.words[word].first, pieces.words[word].last + 1)}
    return Crop(
        start - window.start + 1,  # past the special piece that opens the window
        tuple(int(i in shown) for i in range(start, end)),
        tuple(IGNORED if word < 0 else roles.get(word, 0) for word in pieces.word_of[start:end]),
    )


def batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Batches of windows of like length, in random order, of at most `pieces` wordpieces with padding."""
    result: list[list[Example]] = []
    longest = 0
    for example in sorted(examples, key=lambda e: len(e.ids) + rng.random() * 8):
        longest = max(longest, len(example.ids))
        if not result or longest * (len(result[-1]) + 1) > pieces:
            result.append([])
            longest = len(example.ids)
        result[-1].append(example)
    rng.shuffle(result)
    return result
