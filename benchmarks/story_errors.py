"""List every missed and false conflict and support pair on labelled stories, with what is known of its cause.

    python benchmarks/story_errors.py [FOLDER] [--causes FILE] [--output FILE]

Where in the line a pair is lost is worked out: its claim, its stance, its candidacy, or the judgement on it.
Why is assigned by hand, in a TOML file of tables by story whose keys are those that this script prints
("conflict 3-7": relation and sentences).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from verify.config import Config, load_config, shipped
from verify.evaluate.gold import GoldClaim, Story, aligned, load_stories
from verify.evaluate.stories import Answer, Pair, labelled_pairs, pairs_of, sentence_of_claim
from verify.files import write_text
from verify.pipeline import Models, check, load_models
from verify.relate import compare
from verify.relate.candidates import comparable
from verify.relate.features import NAMES
from verify.relate.scorer import load_scorer
from verify.types import Claim, Relation, RelationType

ROOT = Path(__file__).resolve().parents[1]
RELATIONS = {RelationType.CONTRADICTS: "conflict", RelationType.SUPPORTS: "support"}


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison knew of a pair of claims: probabilities, and the features that aren't 0."""

    supports: float
    contradicts: float
    features: str


@dataclass(frozen=True, slots=True)
class Error:
    """A pair that was missed or is false. `where` is the step that lost it or the label that it meets."""

    key: str
    missed: bool
    where: str
    lines: tuple[str, ...]


def main(
    folder: Annotated[Path, typer.Argument(help="Labelled stories.")] = ROOT / "seeds" / "stories" / "dev",
    causes: Annotated[Path | None, typer.Option(help="Causes assigned by hand (TOML).")] = None,
    output: Annotated[Path | None, typer.Option(help="Where to write the list (Markdown).")] = None,
) -> None:
    """Check the stories and list the errors."""
    config = load_config(ROOT, path=shipped("default"))
    models = load_models(config)
    found = {story.name: list(errors(story, models, config)) for story in load_stories(folder)}
    known = tomllib.loads(causes.read_text(encoding="utf-8")) if causes is not None else {}
    text = written(found, known)
    if output is not None:
        write_text(output, text)
    else:
        print(text)


def errors(story: Story, models: Models, config: Config) -> Iterator[Error]:
    """The missed and false pairs of one story, conflicts first."""
    checked = check(story.document, models, config)
    placed = {c.id: sentence_of_claim(story, c) for c in checked.claims}
    judged = _judged(story, checked.claims, models, config)
    answer = Answer(checked.claims, checked.relations, 0)
    claims = {c.id: c for c in checked.claims}
    for relation, name in RELATIONS.items():
        wanted = labelled_pairs(story, relation)
        given = pairs_of(answer, placed, relation)
        for pair in sorted(wanted.keys() - given, key=sorted):
            yield _missed(f"{name} {_numbers(pair)}", wanted[pair], story, checked.claims, judged)
        for r in checked.relations:
            pair = frozenset(n for n in (placed[r.a], placed[r.b]) if n is not None)
            if r.relation is relation and pair not in wanted:
                yield _false(f"{name} {_numbers(pair)}", r, claims, story, judged)


def _judged(
    story: Story, claims: Sequence[Claim], models: Models, config: Config
) -> Mapping[frozenset[str], Compared]:
    """By the ids of each two claims that were compared, what the comparison knew of them."""
    compared = compare(
        claims,
        story.document,
        models.registry,
        encoder=models.encoder,
        entailment=models.entailment,
        settings=config.relate,
    )
    rows = load_scorer().probabilities(compared.features)
    return {
        frozenset((claims[i].id, claims[j].id)): Compared(
            float(row[1]),
            float(row[2]),
            ", ".join(f"{name} {x:.2f}" for name, x in zip(NAMES, features, strict=True) if abs(x) >= 0.01),
        )
        for (i, j), row, features in zip(compared.pairs, rows, compared.features, strict=True)
    }


def _missed(
    key: str,
    pair: tuple[GoldClaim, GoldClaim],
    story: Story,
    claims: Sequence[Claim],
    judged: Mapping[frozenset[str], Compared],
) -> Error:
    covers = aligned(story, claims)
    found = [[c for c in claims if gold.id in covers[c.id]] for gold in pair]
    lines = [f"{g.source or 'outlet'} {g.stance}: {g.proposition}" for g in pair]
    lines += [f"found: {_told(c)}" for side in found for c in side]
    met = [judged[k] for a, b in product(*found) if (k := frozenset((a.id, b.id))) in judged]
    if not all(found):
        where = "claim not found"
    elif not all(any(c.stance is g.stance for c in side) for side, g in zip(found, pair, strict=True)):
        where = "other stance"
    elif not any(comparable(a, b) for a, b in product(*found)):
        where = "kept apart"
    elif not met:
        where = "no candidate"
    else:
        where = "judged otherwise"
    return Error(key, True, where, (*lines, *map(_shown, met)))


def _false(
    key: str,
    relation: Relation,
    claims: Mapping[str, Claim],
    story: Story,
    judged: Mapping[frozenset[str], Compared],
) -> Error:
    covers = aligned(story, list(claims.values()))
    labels = {frozenset(p): "labelled support" for p in story.supports}
    labels |= {frozenset(p): "labelled a conflict" for p in story.conflicts}
    labels |= {frozenset((a, b)): f"trap: {trap}" for a, b, trap in story.traps}
    met = (frozenset(p) for p in product(covers[relation.a], covers[relation.b]))
    where = next((labels[p] for p in met if p in labels), "not labelled")
    known = judged.get(frozenset((relation.a, relation.b)))
    lines = (
        _told(claims[relation.a]),
        _told(claims[relation.b]),
        *([_shown(known)] if known is not None else []),
    )
    return Error(key, False, where, lines)


def _told(claim: Claim) -> str:
    return f"{claim.source.name if claim.source else 'outlet'} {claim.stance}: {claim.proposition}"


def _shown(known: Compared) -> str:
    return f"supports {known.supports:.2f}, contradicts {known.contradicts:.2f}; {known.features}"


def _numbers(pair: Pair) -> str:
    return "-".join(str(n) for n in sorted(pair))


def written(found: Mapping[str, Sequence[Error]], known: Mapping[str, Mapping[str, str]]) -> str:
    """The errors as Markdown: how many of each cause, then each with what is known of it."""
    tally = Counter(
        (error.key.split()[0], error.missed, known.get(name, {}).get(error.key, error.where))
        for name, errors in found.items()
        for error in errors
    )
    lines = ["| Pairs | Cause | Number |", "|---|---|---|"]
    for (relation, missed, cause), number in sorted(
        tally.items(), key=lambda t: (t[0][0], not t[0][1], -t[1])
    ):
        lines.append(f"| {'missed' if missed else 'false'} {relation} | {cause} | {number} |")
    for name, errors in found.items():
        lines += ["", f"## {name}", ""]
        for error in errors:
            why = known.get(name, {}).get(error.key)
            told = f"{error.where}: {why}" if why is not None else error.where
            lines.append(f"- **{error.key}** {'missed' if error.missed else 'false'}, {told}")
            lines += [f"  - {line}" for line in error.lines]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    typer.run(main)
