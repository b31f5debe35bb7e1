"""From what a tagger's model answers about each cue to the spans of an attribution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from verify.models.pieces import Word
from verify.models.protocols import Matrix, Tagged
from verify.types import Span


@dataclass(frozen=True, slots=True)
class Decoding:
    """How logits become spans; chosen on held-out training articles (`verify.train.attribution`).

    `cue` is the probability from which a word begins a cue, `sure` the one from which an attribution is
    kept: the geometric mean of the cue's and its content's probabilities. `source` and `content` are log
    odds that a source must gather, and that each change into or out of a content costs.
    """

    cue: float = 0.4
    sure: float = 0.4
    source: float = 0.0
    content: float = 1.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of one cue.

    `words` are those of its paragraph that were seen, `roles` their log probabilities, (words, ROLES);
    `score` is the probability of the cue's first word.
    """

    paragraph: int
    cue: Span
    marked: tuple[int, int]
    words: tuple[Word, ...]
    roles: Matrix
    score: float


def decode(answers: Iterable[Answer], decoding: Decoding) -> Iterator[Tagged]:
    """Spans from the model's answers; a cue without content, or not sure enough, gives nothing."""
    for answer in answers:
        if answer.score < decoding.cue:
            continue
        marked = range(answer.marked[0], answer.marked[1] + 1)
        source = _best_run(_log_odds(answer.roles[:, 1]), decoding.source, marked)
        taken = {*marked, *(range(source[0], source[1] + 1) if source else ())}
        runs = _runs(_log_odds(answer.roles[:, 2]), decoding.content, taken)
        if not runs:
            continue
        inside = [answer.roles[i, 2] for first, last in runs for i in range(first, last + 1)]
        score = float(np.sqrt(answer.score * np.exp(np.mean(inside))))
        if score < decoding.sure:
            continue
        yield Tagged(
            paragraph=answer.paragraph,
            cue=answer.cue,
            source=_span(answer.words, source) if source else None,
            content=tuple(_span(answer.words, run) for run in runs),
            score=score,
        )


def _span(words: Sequence[Word], run: tuple[int, int]) -> Span:
    return Span(words[run[0]].start, words[run[1]].end)


def _best_run(odds: Matrix, cost: float, barred: range) -> tuple[int, int] | None:
    """The run of words whose log odds add up to the most, if to more than `cost` (Kadane's algorithm)."""
    best, found = cost, None
    total, start = 0.0, 0
    for i, value in enumerate(odds):
        if i in barred:
            total, start = 0.0, i + 1
            continue
        if total <= 0.0:
            total, start = 0.0, i
        total += float(value)
        if total > best:
            best, found = total, (start, i)
    return found


def _runs(odds: Matrix, cost: float, barred: set[int]) -> list[tuple[int, int]]:
    """The runs of words with the greatest sum of log odds, less `cost` for each change in or out (Viterbi).

    No run holds a word of `barred`; to step over one costs nothing, so that a source or cue in the
    middle of a quotation doesn't cut it short.
    """
    out, into = 0.0, -np.inf
    paths: list[tuple[bool, bool]] = []
    for i, value in enumerate(odds):
        if i in barred:
            paths.append((False, True))
            continue
        from_inside = into - cost > out
        stays = into >= out - cost
        out, into = max(out, into - cost), float(value) + max(into, out - cost)
        paths.append((from_inside, stays))
    inside = into - cost > out
    chosen: list[int] = []
    for i in range(len(paths) - 1, -1, -1):
        from_inside, stays = paths[i]
        if i in barred:
            continue
        if inside:
            chosen.append(i)
            inside = stays
        else:
            inside = from_inside
    return _contiguous(sorted(chosen))


def _contiguous(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _log_odds(log_probabilities: Matrix) -> Matrix:
    """log(p / (1 - p)) from log(p), kept within what a float can tell apart."""
    p = np.clip(np.exp(log_probabilities), 1e-6, 1 - 1e-6)
    odds: Matrix = np.log(p) - np.log1p(-p)
    return odds
