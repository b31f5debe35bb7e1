"""What a training learns from and what it is measured on, as its settings say."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from verify.errors import ConfigError
from verify.models.entailment import LABELS
from verify.train.pairs import UNLABELLED, Pair, by_set, draw, mirrored, read_pairs, recombined
from verify.train.perturb import held_out_pairs, training_pairs
from verify.train.settings import SourceSettings, TrainSettings
from verify.train.stories import read_stories


def mixture(settings: TrainSettings) -> tuple[list[Pair], dict[str, list[Pair]]]:
    """The pairs to learn from, repeated as wanted, and by name the sets to measure on.

    Raises InputError where a file is bad, ConfigError where a set is named that doesn't occur.
    """
    learnt: list[Pair] = []
    measured: dict[str, list[Pair]] = {}
    for number, source in enumerate(settings.sources):
        rng = random.Random(f"{settings.seed}/{number}")
        pairs = _read(source, settings.seed)
        _refuse_unknown(f"sources.{number}.sets", source.sets, {p.set for p in pairs})
        known = set().union(*map(_names, pairs))
        _refuse_unknown(f"sources.{number}.hold_out", source.hold_out, known)
        for name, members in by_set(pairs).items():
            out = [p for p in members if _names(p) & set(source.hold_out)]
            if out:
                measured[name] = out
            kept = [p for p in members if not _names(p) & set(source.hold_out)]
            # A mirrored pair has to be learnt as often as the pair itself, so it joins before the draw.
            kept += mirrored(kept) if source.mirror else []
            balance = source.balance and {p.label for p in kept} == set(LABELS)
            drawn = draw(kept, source.sets.get(name, source.passes), balance=balance, rng=rng) if kept else []
            learnt += drawn + recombined(drawn, source.recombined, rng=rng)
    for dev in settings.dev:
        if dev.kind == "made":
            measured["made"] = list(held_out_pairs(dev.path, seed=settings.seed))
            continue
        sets = by_set(read_pairs(dev.path))
        _refuse_unknown("dev.sets", dev.sets, set(sets))
        for name in dev.sets or sets:
            rng = random.Random(f"{settings.seed}/{name}")
            measured[name] = rng.sample(sets[name], min(dev.limit, len(sets[name])))
    _refuse_unknown("choose_by", settings.choose_by, set(measured))
    if settings.teacher is None and any(p.label == UNLABELLED for p in learnt):
        raise ConfigError("sources", "hold `recombined` pairs, which have no label", "name a `teacher`")
    if not learnt:
        raise ConfigError("sources", "leave no pairs to learn from", "give some set more than 0 passes")
    return learnt * settings.rounds, measured


def _read(source: SourceSettings, seed: int) -> Sequence[Pair]:
    match source.kind:
        case "pairs":
            return read_pairs(source.path)
        case "stories":
            return read_stories(source.path, seed=seed)
        case "made":
            return [replace(p, set="made") for p in training_pairs(source.path, seed=seed)]


def _names(pair: Pair) -> set[str]:
    """What a pair can be held out by."""
    return {pair.set, pair.phenomenon, pair.group}


def _refuse_unknown(where: str, names: Sequence[str] | Mapping[str, float], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise ConfigError(
                where, f"there is no set {name!r}", f"known are {', '.join(sorted(known - {''}))}"
            )
