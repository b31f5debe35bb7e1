"""The attribution tagger: finds cues, then asks of each cue who its source is and what its content.

Two graphs share one encoder. `read` turns wordpieces into states, once per window of whole paragraphs;
`tag` turns states into answers: over a whole window without marks it finds the cues, over a paragraph
with one cue marked it finds that cue's source and content. So attributions are joined by construction,
several in a sentence, nested and broken ones too (cue-conditioned tagging, after the predicate-
conditioned role labelling of Shi & Lin 2019, arXiv:1904.05255).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from verify.errors import ModelError
from verify.models.decoding import Answer, Decoding, decode
from verify.models.logistic import log_softmax, softmax
from verify.models.onnx import (
    BATCH_TOKENS,
    DESCRIPTION,
    RUN_TOKENS,
    by_length,
    open_graph,
    open_tokenizer,
    read_description,
    side_by_side,
)
from verify.models.pieces import Pieces, Window, paragraph_in, split, windows
from verify.models.protocols import Matrix, Tagged, Tagger
from verify.resources import weights_folder
from verify.types import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TASK = "attribution"
RULES = "rules"
"""In place of a tagger's folder: attribution by rules alone, which need no weights."""

READ, TAG = "read.onnx", "tag.onnx"
CUES = ("outside", "begin", "inside")
ROLES = ("outside", "source", "content", "cue")
"""Classes of the two questions; the logits of `tag` are those of CUES followed by those of ROLES."""

States = NDArray[np.float32]
Ids = NDArray[np.int64]


class Graphs(Protocol):
    """What computes; the seam between the decoding here and onnxruntime, or torch in training."""

    def read(self, ids: Ids, mask: Ids) -> States:
        """Map ids and mask, of shape (batch, pieces), to states of shape (batch, pieces, dimension)."""
        ...

    def tag(self, states: States, mask: Ids, marks: Ids) -> States:
        """Map states, mask and marks of the cue to logits of shape (batch, pieces, CUES + ROLES)."""
        ...


@dataclass(frozen=True, slots=True)
class OnnxGraphs:
    """The two graphs in onnxruntime."""

    reader: InferenceSession
    tagger: InferenceSession

    def read(self, ids: Ids, mask: Ids) -> States:
        """See `Graphs.read`."""
        return _in_runs(self.reader, {"ids": ids, "mask": mask})

    def tag(self, states: States, mask: Ids, marks: Ids) -> States:
        """See `Graphs.tag`."""
        return _in_runs(self.tagger, {"states": states, "mask": mask, "marks": marks})


def _in_runs(graph: InferenceSession, feeds: Mapping[str, States | Ids]) -> States:
    """What a graph gives for a batch, a few rows of it at a time."""
    rows, pieces = feeds["mask"].shape
    step = max(1, RUN_TOKENS // pieces)
    runs = [{name: values[i : i + step] for name, values in feeds.items()} for i in range(0, rows, step)]
    found: States = np.concatenate(side_by_side(lambda run: graph.run(None, run)[0], runs))
    return found


@dataclass(frozen=True, slots=True)
class EncoderTagger:
    """A tagger over any `Graphs`."""

    name: str
    graphs: Graphs
    tokenizer: Tokenizer
    decoding: Decoding

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        """The attributions of a document's paragraphs, in the order of their cues."""
        return tuple(
            decode(read_answers(paragraphs, self.graphs, self.tokenizer, self.decoding), self.decoding)
        )


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """A tagger that has `found` what is in some `paragraphs` before it is asked; `inner` reads any others."""

    inner: Tagger
    paragraphs: Sequence[str]
    found: tuple[Tagged, ...]

    @property
    def name(self) -> str:
        """The name of the tagger itself."""
        return self.inner.name

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        """The attributions of a document's paragraphs."""
        return self.found if paragraphs == self.paragraphs else self.inner.tag(paragraphs)


def read_ahead(tagger: Tagger, paragraphs: Sequence[str]) -> ReadAhead:
    """Let a tagger read what it is likely to be asked."""
    return ReadAhead(tagger, paragraphs, tagger.tag(paragraphs))


class Asked(NamedTuple):
    """A cue to ask about: its window, by its row in a batch, its first and last words, its probability."""

    row: int
    window: Window
    first: int
    last: int
    score: float


def choose_tagger(name: str | None = None) -> Tagger | None:
    """The bundled tagger, or the one in the folder `name`; None for RULES. Raises ModelError."""
    if name == RULES:
        return None
    return load_tagger(tagger_folder(name))


def tagger_folder(name: str | None = None) -> Path:
    """The folder of the tagger called `name`, or of the bundled one."""
    return weights_folder() / TASK if name is None else Path(name).expanduser()


def load_tagger(folder: Path) -> EncoderTagger:
    """Load the tagger in `folder`; raises ModelError where a file is missing, damaged or for another task."""
    description = read_description(folder, task=TASK)
    graphs = OnnxGraphs(open_graph(folder, READ, description), open_graph(folder, TAG, description))
    name = str(description.get("name", folder.name))
    return EncoderTagger(name, graphs, open_tokenizer(folder), _decoding(folder, description))


def _decoding(folder: Path, description: dict[str, object]) -> Decoding:
    given = description.get("decoding")
    known = {f.name for f in fields(Decoding)}
    if (
        not isinstance(given, dict)
        or set(given) != known
        or not all(isinstance(v, float) for v in given.values())
    ):
        problem = f"`decoding` isn't a table of the numbers {', '.join(sorted(known))}"
        raise ModelError(str(folder / DESCRIPTION), problem, "install verify again")
    return Decoding(**given)


def read_answers(
    paragraphs: Sequence[str], graphs: Graphs, tokenizer: Tokenizer, decoding: Decoding
) -> Iterator[Answer]:
    """Run the model over a document: its answers for every cue that is probable enough, in order."""
    pieces = split(paragraphs, tokenizer)
    for batch in _batches(list(windows(pieces.edges))):
        ids, mask = _framed(pieces, batch)
        states = graphs.read(ids, mask)
        probabilities = softmax(graphs.tag(states, mask, np.zeros_like(mask))[..., : len(CUES)], axis=-1)
        asked = [
            Asked(row, window, first, last, float(probabilities[row, place, 1]))
            for row, window in enumerate(batch)
            for first, last in _cues(pieces, window, probabilities[row], decoding.cue)
            for place in [pieces.words[first].first - window.start + 1]
        ]
        yield from _ask(pieces, graphs, states, asked)


def _batches(found: Sequence[Window]) -> Iterator[list[Window]]:
    batch: list[Window] = []
    for window in found:
        longest = max(w.end - w.start for w in [*batch, window]) + 2
        if batch and longest * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _framed(pieces: Pieces, batch: Sequence[Window]) -> tuple[Ids, Ids]:
    longest = max(w.end - w.start for w in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(batch):
        framed = pieces.framed(window.start, window.end)
        ids[row, : len(framed)] = framed
        mask[row, : len(framed)] = 1
    return ids, mask


def _cues(
    pieces: Pieces, window: Window, probabilities: Matrix, threshold: float
) -> Iterator[tuple[int, int]]:
    """The cues that begin in the scored part of a window: their first and last words."""
    first = last = -1
    for place in range(window.scored, window.end):
        word = pieces.word_of[place]
        if word < 0:
            continue
        outside, begins, inside = probabilities[place - window.start + 1]
        goes_on = (
            first >= 0 and word == last + 1 and pieces.words[word].paragraph == pieces.words[last].paragraph
        )
        if goes_on and inside > max(outside, begins):
            last = word
            continue
        if first >= 0:
            yield first, last
            first = -1
        if begins >= threshold:
            first = last = word
    if first >= 0:
        yield first, last


def _ask(pieces: Pieces, graphs: Graphs, states: States, asked: Sequence[Asked]) -> Iterator[Answer]:
    """Put the second question about each of `asked`, whose windows have `states`; answers in their order."""
    places = [paragraph_in(pieces, one.window, one.first) for one in asked]
    roles: dict[int, Matrix] = {}
    for batch in by_length([end - start for start, end in places]):
        longest = max(places[i][1] - places[i][0] for i in batch)
        crops = np.zeros((len(batch), longest, states.shape[2]), dtype=np.float32)
        mask = np.zeros((len(batch), longest), dtype=np.int64)
        marks = np.zeros_like(mask)
        for k, i in enumerate(batch):
            (start, end), one = places[i], asked[i]
            shift = 1 - one.window.start  # a special piece opens the window
            crops[k, : end - start] = states[one.row, start + shift : end + shift]
            mask[k, : end - start] = 1
            first, last = pieces.words[one.first], pieces.words[one.last]
            marks[k, first.first - start : last.last + 1 - start] = 1
        logits = graphs.tag(crops, mask, marks)[..., len(CUES) :]
        roles.update(zip(batch, log_softmax(logits, axis=-1), strict=True))
    for i, one in enumerate(asked):
        yield _answer(pieces, one, places[i], roles[i])


def _answer(pieces: Pieces, asked: Asked, place: tuple[int, int], roles: Matrix) -> Answer:
    heads = [p for p in range(*place) if pieces.word_of[p] >= 0]
    first, last = pieces.words[asked.first], pieces.words[asked.last]
    offset = pieces.word_of[heads[0]]
    return Answer(
        paragraph=first.paragraph,
        cue=Span(first.start, last.end),
        marked=(asked.first - offset, asked.last - offset),
        words=tuple(pieces.words[pieces.word_of[p]] for p in heads),
        roles=roles[[p - place[0] for p in heads]],
        score=asked.score,
    )
