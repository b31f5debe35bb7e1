"""Fitting the scorers: what the commands write is what the program loads, from stories of several folders."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from verify.config import Config
from verify.errors import InputError
from verify.evaluate.gold import load_stories
from verify.evidence.scorer import load_scorer as load_evidence
from verify.models.logistic import sigmoid, softmax
from verify.relate.scorer import load_scorer as load_relations
from verify.train import evidence, relations
from verify.train.crossfit import dealt

STORIES = Path(__file__).resolve().parents[1] / "seeds" / "stories"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders of a story each."""
    aside = tmp_path_factory.mktemp("stories")
    for part, name in (("train", "balakot-air-strike"), ("more", "crimea-bridge-blast")):
        (aside / part).mkdir()
        shutil.copy(STORIES / part / f"{name}.json", aside / part)
    return [aside / "train", aside / "more"]


def test_the_scorer_of_claims_is_fitted_and_loaded(folders: list[Path], tmp_path: Path) -> None:
    relations.main(folders, output=tmp_path / "scorer.json")
    scorer = load_relations(tmp_path / "scorer.json")
    rows = scorer.probabilities(np.zeros((2, scorer.weights.shape[1]), dtype=np.float32))
    assert np.allclose(rows.sum(axis=1), 1)


def test_too_few_stories_for_the_scorer_of_claims_are_refused(folders: list[Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too few pairs that are 'supports'; give more stories"):
        relations.main(folders[:1], output=tmp_path / "scorer.json")
    assert not (tmp_path / "scorer.json").exists()


def test_too_few_stories_for_the_scorer_of_evidence_are_refused(folders: list[Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"too few links that are '.*'; give more stories"):
        evidence.main(folders, output=tmp_path / "scorer.json")
    assert not (tmp_path / "scorer.json").exists()


def test_stories_are_dealt_to_the_judges_folder_by_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of n judges the k-th has every n-th story of each folder, however many are in the one before."""
    monkeypatch.setattr("verify.pipeline.load_models", lambda config: config.models.entailment)
    counts = {"train": 3, "more": 2}
    for part, count in counts.items():
        (tmp_path / part).mkdir()
        for file in sorted((STORIES / part).glob("*.json"))[:count]:
            shutil.copy(file, tmp_path / part)
    given = list(dealt([tmp_path / part for part in counts], Config(), ["first", "second"]))
    assert [models for _, models in given] == ["first", "second", "first", "first", "second"]
    assert len({story.name for story, _ in given}) == 5


def test_pairs_of_what_agrees_or_clashes_with_a_linked_claim_teach_nothing() -> None:
    (story, *_) = load_stories(STORIES / "train")
    story = replace(story, conflicts=(("c1", "c2"), ("c4", "c5")), supports=(("c3", "c1"),))
    assert evidence.related(story, {"c1"}) == {"c2", "c3"}


def test_the_threshold_of_contradictions_by_the_archive_is_the_least_allowed_or_more() -> None:
    assert load_evidence().thresholds[evidence.LABELS.index("contradicts")] >= evidence.LEAST_ALARM


def test_probabilities_of_scores_however_large() -> None:
    assert softmax(np.array([[1e4, 0.0], [0.0, 0.0]], dtype=np.float32)).tolist() == [[1, 0], [0.5, 0.5]]
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array([-1e4, 0.0, 1e4], dtype=np.float32)).tolist() == [0, 0.5, 1]
