"""Measuring on labelled stories: the same figures as by the scorer that lies beside them."""

from __future__ import annotations

import importlib.util
import json
import random
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from conftest import StubEncoder, StubEntailment

from verify.cli import run
from verify.evaluate.gold import Story, as_claims, load_stories
from verify.evaluate.measures import Share
from verify.evaluate.stories import (
    Answer,
    Scores,
    evaluate,
    same_name,
    score,
    sentence_of,
    to_json,
    to_text,
)
from verify.evaluate.systems import naive
from verify.report import FORMATS, Display, Format
from verify.types import (
    Checked,
    Claim,
    Coverage,
    Finding,
    Kind,
    Level,
    Relation,
    RelationType,
    Run,
    Source,
    Span,
    Stance,
)

STORIES = Path(__file__).resolve().parents[1] / "seeds" / "stories"


@pytest.fixture(scope="module")
def stories() -> tuple[Story, ...]:
    return load_stories(STORIES / "dev")


@pytest.mark.parametrize("part", ["train", "dev", "more"])
def test_the_labels_of_the_stories_hold_together(part: str) -> None:
    for story in load_stories(STORIES / part):
        claims = {claim.id: claim for claim in story.claims}
        conflicts = {frozenset(pair) for pair in story.conflicts}
        supports = {frozenset(pair) for pair in story.supports}
        assert frozenset().union(*conflicts, *supports) <= claims.keys(), story.name
        assert not conflicts & supports, story.name
        assert all(claims[id_].source is None for id_ in story.needs_source), story.name


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The scorer beside the stories, as it came."""
    spec = importlib.util.spec_from_file_location("score", STORIES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def perfect(story: Story) -> Answer:
    """All that is labelled, and nothing else."""
    relations = [
        Relation(a, b, kind, Kind.OCCURRENCE, 0.9, "")
        for pairs, kind in (
            (story.conflicts, RelationType.CONTRADICTS),
            (story.supports, RelationType.SUPPORTS),
        )
        for a, b in pairs
    ]
    labelled = (("unattributed-claim", story.needs_source), ("anonymous-source", story.anonymous))
    spans = {g.id: g.content for g in story.claims}
    findings = [finding(rule, spans[id_], id_) for rule, ids in labelled for id_ in sorted(ids)]
    return Answer(as_claims(story), relations, len(relations), findings)


def finding(rule: str, spans: tuple[Span, ...], *claims: str) -> Finding:
    return Finding("f1", rule, "VFY000", Level.INFO, "…", claims, spans, 0.5, "0")


def faulty(story: Story, rng: random.Random) -> Answer:
    """The labels with faults of every sort: claims lost, cut, made up, misattributed, related at random."""
    answer = perfect(story)
    claims = [_faulty_claim(claim, rng) for claim in answer.claims if rng.random() > 0.2]
    ids = [claim.id for claim in claims]
    relations = [r for r in answer.relations if {r.a, r.b} <= set(ids) and rng.random() > 0.3]
    for _ in range(12):
        a, b = rng.sample(ids, 2)
        kind = rng.choice([RelationType.CONTRADICTS, RelationType.SUPPORTS])
        relations.append(Relation(a, b, kind, Kind.NUMBER, 0.5, ""))
    findings = [f for f in answer.findings if rng.random() > 0.3]
    findings += [
        finding(rule, claim.content, claim.id)
        for rule in ("unattributed-claim", "anonymous-source", "single-source")
        for claim in rng.sample(claims, 2)
    ]
    return Answer(claims, relations, 99, findings)


def _faulty_claim(claim: Claim, rng: random.Random) -> Claim:
    first, *rest = claim.content
    middle = (first.start + first.end) // 2
    return replace(
        claim,
        content=(rng.choice([first, Span(first.start, middle), Span(middle, first.end)]), *rest),
        stance=rng.choice([claim.stance, *Stance]),
        source=rng.choice(
            [
                claim.source,
                claim.source,
                None,
                Source("the Minister of Nowhere", None, "Nowhere", anonymous=False),
                claim.source and replace(claim.source, name=f"President {claim.source.name.split()[-1]}"),
            ]
        ),
    )


def reported(story: Story, answer: Answer) -> str:
    checked = Checked(
        story.document,
        (),
        tuple(answer.claims),
        tuple(answer.relations),
        (),
        tuple(answer.findings),
        Coverage(0, 0, 0, ()),
    )
    return FORMATS[Format.JSON](Run((checked,), {}), Display())


@pytest.mark.parametrize("seed", [None, 1, 2, 3, 4])
def test_figures_are_those_of_the_scorer(
    stories: tuple[Story, ...], scorer: ModuleType, tmp_path: Path, seed: int | None
) -> None:
    rng = random.Random(seed)
    answers = {s.name: perfect(s) if seed is None else faulty(s, rng) for s in stories}
    for story in stories:
        (tmp_path / f"{story.name}.json").write_text(reported(story, answers[story.name]), encoding="utf-8")
    theirs = scorer.score(STORIES / "dev", tmp_path)
    text = to_json({"verify": evaluate(stories, lambda story: answers[story.name])}, {}, len(stories))
    ours = json.loads(text)["systems"]["verify"]
    # The scorer looks names up in a set, whose order changes from run to run; nor do we score evidence here.
    names = {name for name in theirs if not name.startswith("evidence")} - {"missing", "conflict.sources"}
    assert {name: ours[name] for name in names} == {name: theirs[name] for name in names}
    if seed is None:
        assert ours["conflict"]["F1"] == ours["support"]["F1"] == ours["anonymous"]["F1"] == 100


def test_a_system_that_says_nothing_is_wrong_about_everything(stories: tuple[Story, ...]) -> None:
    scores = evaluate(stories, lambda _: Answer((), (), 0))
    assert {count.given for count in scores.counts.values()} == {0}
    assert scores.counts["conflict"].wanted > 100
    assert scores.counts["conflict"].f1 == scores.traps["all"].rate == 0


def test_a_trap_counts_where_it_is_taken_for_a_conflict(stories: tuple[Story, ...]) -> None:
    story = next(s for s in stories if s.traps)
    a, b, kind = story.traps[0]
    clash = Relation(a, b, RelationType.CONTRADICTS, Kind.NUMBER, 0.9, "")
    traps = score(story, Answer(as_claims(story), [clash], 1)).traps
    assert traps["all"].part >= 1
    assert traps[kind].part >= 1


def test_findings_are_held_against_the_labels_of_their_rule(stories: tuple[Story, ...]) -> None:
    story = next(s for s in stories if s.conflicts)
    (a, b), claims = story.conflicts[0], {c.id: c for c in as_claims(story)}
    other = next(i for i in claims if {i, a} not in [set(p) for p in story.conflicts] and i not in {a, b})
    findings = [
        finding("source-conflict", claims[a].content, a, b),
        finding("number-conflict", claims[a].content, a, other),
        finding("single-source", claims[a].content, a),
    ]
    scores = score(story, Answer(tuple(claims.values()), (), 0, findings))
    assert scores.rules["source-conflict"] == Share(1, 1)
    assert scores.rules["number-conflict"].whole == 1
    assert scores.unlabelled == {"single-source": 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vladimir Putin", "Russian President Vladimir Putin", True),
        ("Putin", "Vladimir Putin", True),
        ("the president", "President", True),
        ("Putin", "Zelensky", False),
        ("", "Putin", False),
        (None, None, False),
    ],
)
def test_names(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same_name(other, one) is same


def test_a_range_lies_in_the_sentence_that_has_most_of_it(stories: tuple[Story, ...]) -> None:
    story = stories[0]
    first, second = story.sentences[:2]
    assert sentence_of(story, first.end - 3, second.start + 2) == 0
    assert sentence_of(story, first.end, first.end) is None


def test_the_peer_compares_sentences_without_sources(stories: tuple[Story, ...]) -> None:
    story = stories[0]
    texts = [story.document.text[slice(*s)] for s in story.sentences]
    entailment = StubEntailment(
        {(texts[1], texts[2]): (0.1, 0.1, 0.8), (texts[1], texts[3]): (0.8, 0.1, 0.1)}
    )
    answer = naive(StubEncoder(dict.fromkeys(texts[1:4], 0)), entailment)(story)
    assert [(r.a, r.b, r.relation) for r in answer.relations] == [
        ("c1", "c2", RelationType.CONTRADICTS),
        ("c1", "c3", RelationType.SUPPORTS),
    ]
    assert answer.pairs == 3
    assert all(claim.source is None for claim in answer.claims)


def test_scores_add_up() -> None:
    one = Scores(accuracies={"stance": Share(1, 2)}, unlabelled={"single-source": 1}, pairs=3)
    both = one + Scores(accuracies={"stance": Share(1, 1), "source": Share(0, 1)}, pairs=4)
    assert both.accuracies == {"stance": Share(2, 3), "source": Share(0, 1)}
    assert both.unlabelled == {"single-source": 1}
    assert both.pairs == 7


def test_the_tables_have_every_measure(stories: tuple[Story, ...]) -> None:
    results = {name: evaluate(stories[:3], perfect) for name in ("verify", "naive peer")}
    text = to_text(results, {"encoder": "stub"}, 3)
    assert "3 stories; encoder stub" in text
    for word in (
        "claim+source",
        "conflict.sources",
        "needs_source",
        "traps taken",
        "findings borne out",
        "naive",
    ):
        assert word in text
    content = json.loads(to_json(results, {"encoder": "stub"}, 3))
    assert content["systems"]["verify"]["conflict"]["F1"] == 100


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "stories", str(tmp_path)]) == 2
    assert "holds no labelled stories" in capsys.readouterr().err
    (tmp_path / "story.json").write_text('{"text": "x"}')
    assert run(["evaluate", "stories", str(tmp_path)]) == 2
    assert "story.json: is no labelled story" in capsys.readouterr().err
