"""Labelled pairs of sentences: reading them, and drawing the mixture that a model is trained on.

A file holds one JSON object a line, gzipped or not, with `premise`, `hypothesis` and `label`, and
optionally `set` (else the file's name stands for it), `phenomenon` and `group`.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verify.errors import InputError
from verify.models.entailment import LABELS

UNLABELLED = ""
"""The label of a pair that only a teacher judges."""

LARGEST_TEXT = 200_000
"""Characters of a premise or hypothesis; what is longer is no sentence but a damaged line."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise and a hypothesis, and which of LABELS holds between them, or UNLABELLED.

    Pairs of one `group` share their facts, so that a split keeps them together; "" where a pair stands alone.
    """

    premise: str
    hypothesis: str
    label: str
    set: str
    phenomenon: str = ""
    group: str = ""

    @property
    def target(self) -> int:
        """The place of the label in LABELS."""
        return LABELS.index(self.label)


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a file, or of every .jsonl and .jsonl.gz in a folder, by name.

    Raises InputError naming the first bad line and how many there are: a set is used whole or not at all.
    """
    if path.is_dir():
        files = sorted(f for f in path.iterdir() if f.name.endswith((".jsonl", ".jsonl.gz")))
        if not files:
            raise InputError(
                str(path), "holds no .jsonl or .jsonl.gz", "give a file or folder of labelled pairs"
            )
        return tuple(pair for file in files for pair in read_pairs(file))
    good: list[Pair] = []
    bad: list[tuple[int, str]] = []
    stem = path.name.split(".")[0]
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            good.append(_pair(json.loads(line), stem))
        except (ValueError, TypeError, KeyError) as error:
            bad.append((number, _problem(error)))
    if bad:
        number, problem = bad[0]
        others = f" and {len(bad) - 1} more bad lines" if len(bad) > 1 else ""
        raise InputError(
            f"{path}:{number}", f"{problem}{others}", "correct or remove what is wrong; nothing was used"
        )
    if not good:
        raise InputError(
            str(path), "holds no pairs", "give a file of JSON lines with premise, hypothesis and label"
        )
    return tuple(good)


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
        if path.name.endswith(".gz"):
            content = gzip.decompress(content)
        return content.decode("utf-8").split("\n")
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or "the archive is damaged"
        raise InputError(str(path), f"can't be read ({reason})", "check the path and the file") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "isn't UTF-8", "convert it, or remove what isn't text") from error


def _pair(row: object, stem: str) -> Pair:
    if not isinstance(row, dict):
        raise TypeError("isn't a JSON object")
    for key in ("premise", "hypothesis"):
        text = row[key]
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"its {key} is empty or no text")
        if len(text) > LARGEST_TEXT:
            raise ValueError(f"its {key} has {len(text):,} characters, more than {LARGEST_TEXT:,}")
    if row["label"] not in LABELS:
        raise ValueError(f"its label {row['label']!r} is none of {', '.join(LABELS)}")
    group = row.get("group", "")
    return Pair(
        premise=row["premise"],
        hypothesis=row["hypothesis"],
        label=row["label"],
        set=row.get("set", stem),
        phenomenon=row.get("phenomenon", ""),
        group=f"{stem}/{group}" if group else "",
    )


def _problem(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"isn't JSON ({error.msg})"
        case KeyError():
            return f"lacks {error.args[0]!r}"
        case _:
            return str(error)


def mirrored(pairs: Iterable[Pair]) -> list[Pair]:
    """The contradictions the other way round: what a hypothesis rules out rules out the hypothesis."""
    return [
        replace(p, premise=p.hypothesis, hypothesis=p.premise) for p in pairs if p.label == "contradiction"
    ]


def recombined(pairs: Sequence[Pair], passes: float, *, rng: random.Random) -> list[Pair]:
    """About `passes` times as many unlabelled pairs of the same texts; fewer where these don't give as many.

    They are pairs the other way round, and hypotheses of one premise.
    """
    hypotheses: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        hypotheses[pair.premise].append(pair.hypothesis)
    texts = [(p.hypothesis, p.premise) for p in pairs]
    for beside in hypotheses.values():
        shuffled = rng.sample(beside, len(beside))
        texts += itertools.pairwise(shuffled)
    distinct = sorted(set(texts) - {(p.premise, p.hypothesis) for p in pairs})
    name = pairs[0].set if pairs else ""
    drawn = rng.sample(distinct, min(round(passes * len(pairs)), len(distinct)))
    return [Pair(premise, hypothesis, UNLABELLED, name) for premise, hypothesis in drawn]


def draw(pairs: Sequence[Pair], passes: float, *, balance: bool, rng: random.Random) -> list[Pair]:
    """About `passes` times `pairs`, each as often as any other of its kind, give or take one.

    With `balance` every label that occurs gets an equal share, so that the rarer ones are repeated.
    """
    kinds: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        kinds[pair.label if balance else ""].append(pair)
    share = round(passes * len(pairs) / len(kinds)) if kinds else 0
    drawn: list[Pair] = []
    for kind in sorted(kinds):
        whole, rest = divmod(share, len(kinds[kind]))
        drawn += kinds[kind] * whole + rng.sample(kinds[kind], rest)
    return drawn


def by_set(pairs: Iterable[Pair]) -> Mapping[str, list[Pair]]:
    """The pairs of each set, sets in the order of their first pair."""
    sets: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        sets[pair.set].append(pair)
    return sets
