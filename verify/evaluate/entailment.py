"""How well an entailment model does on labelled pairs: by set and by phenomenon, with its calibration.

Works with whatever stands behind the Entailment protocol, so that every figure is of the program's own path.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from verify.errors import InputError, ModelError
from verify.models.entailment import LABELS
from verify.models.protocols import Entailment, Matrix
from verify.train.pairs import Pair, by_set

BINS = 15
"""Bins of equal width for the calibration error, as in Guo et al. 2017."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Score:
    """A model's showing on some pairs; all shares are in 0..1.

    `majority` is the accuracy of always saying the commonest label. `f1` is by label. `confusion` has a row
    for each right label and a column for each label given, both in the order of LABELS. `calibration_error`
    is the expected gap between confidence and accuracy. `false_support` is the share of the pairs without
    entailment that were called one; 0 where there are none.
    """

    name: str
    pairs: int
    accuracy: float
    majority: float
    f1: Mapping[str, float]
    confusion: tuple[tuple[int, ...], ...]
    calibration_error: float
    false_support: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A model's scores by set, and within every set whose pairs are marked so, by phenomenon."""

    model: str
    sets: tuple[Score, ...]
    phenomena: Mapping[str, tuple[Score, ...]]


def evaluate_entailment(model: Entailment, pairs: Sequence[Pair]) -> Evaluation:
    """Score `model` on each set of `pairs`; InputError for none of them, ModelError for bad probabilities."""
    if not pairs:
        raise InputError("pairs", "there are none to evaluate on", "give a file of labelled pairs")
    given = model.predict([(p.premise, p.hypothesis) for p in pairs])
    if given.shape != (len(pairs), len(LABELS)) or not np.isfinite(given).all():
        problem = f"gives an array of shape {given.shape} for {len(pairs)} pairs, or one with gaps"
        raise ModelError(model.name, problem, f"name a model with the classes {', '.join(LABELS)}")
    places = {id(pair): place for place, pair in enumerate(pairs)}

    def scored(name: str, members: Sequence[Pair]) -> Score:
        chosen = [places[id(pair)] for pair in members]
        return score(name, given[chosen], np.asarray([p.target for p in members], dtype=np.int64))

    phenomena = {}
    for name, members in by_set(pairs).items():
        kinds: dict[str, list[Pair]] = defaultdict(list)
        for pair in members:
            kinds[pair.phenomenon].append(pair)
        if set(kinds) != {""}:
            phenomena[name] = tuple(scored(kind or "other", kinds[kind]) for kind in sorted(kinds))
    return Evaluation(model.name, tuple(scored(n, m) for n, m in by_set(pairs).items()), phenomena)


def score(name: str, given: Matrix, wanted: Places) -> Score:
    """Score probabilities of shape (pairs, 3) against the right places in LABELS, of shape (pairs,)."""
    chosen = given.argmax(1)
    size = len(LABELS)
    confusion = np.bincount(wanted * size + chosen, minlength=size * size).reshape(size, size)
    hits, right, called = np.diag(confusion), confusion.sum(1), confusion.sum(0)
    f1 = np.divide(2 * hits, right + called, out=np.zeros(size), where=right + called > 0)
    unsupported = int(right[1:].sum())
    return Score(
        name=name,
        pairs=len(wanted),
        accuracy=float(hits.sum() / len(wanted)),
        majority=float(right.max() / len(wanted)),
        f1={label: float(value) for label, value in zip(LABELS, f1, strict=True)},
        confusion=tuple(tuple(int(n) for n in row) for row in confusion),
        calibration_error=calibration_error(given, wanted),
        false_support=float(confusion[1:, 0].sum() / unsupported) if unsupported else 0.0,
    )


def calibration_error(given: Matrix, wanted: Places) -> float:
    """The expected calibration error of the likeliest label, in 0..1 (Guo et al. 2017, 15 bins)."""
    confidence = given.max(1).astype(np.float64)
    right = (given.argmax(1) == wanted).astype(np.float64)
    bins = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(bins, weights=right - confidence, minlength=BINS)
    return float(np.abs(gaps).sum() / len(wanted))


def to_json(evaluation: Evaluation) -> str:
    """The evaluation as the JSON that is kept under benchmarks/results, shares rounded to 4 places."""

    def rounded(value: object) -> object:
        match value:
            case float():
                return round(value, 4)
            case dict():
                return {key: rounded(v) for key, v in value.items()}
            case list() | tuple():
                return [rounded(v) for v in value]
            case _:
                return value

    return json.dumps(rounded(asdict(evaluation)), indent=1) + "\n"


def to_text(evaluation: Evaluation) -> str:
    """The evaluation as a table, one line a set and, indented, a phenomenon; shares in percent."""
    heading = (
        f"{'':26}{'pairs':>7}{'acc':>7}{'major':>7}{'F1 e':>7}{'F1 n':>7}{'F1 c':>7}{'ECE':>7}{'false+':>7}"
    )
    lines = [f"model {evaluation.model}", heading]
    for row in evaluation.sets:
        lines.append(_line(row, ""))
        lines += [_line(kind, "  ") for kind in evaluation.phenomena.get(row.name, ())]
    return "\n".join(lines) + "\n"


def _line(row: Score, indent: str) -> str:
    shares = (row.accuracy, row.majority, *row.f1.values(), row.calibration_error, row.false_support)
    return f"{indent + row.name:<26}{row.pairs:>7}" + "".join(f"{100 * share:>7.1f}" for share in shares)
