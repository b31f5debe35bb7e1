"""Scoring an entailment model: the measures, the breakdown, the command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from verify.cli import run
from verify.errors import InputError, ModelError
from verify.evaluate.entailment import calibration_error, evaluate_entailment, score, to_json, to_text
from verify.models.protocols import Matrix
from verify.train.pairs import Pair


class Says:
    """A model that gives set probabilities, whatever it is asked."""

    name = "says"

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        self.rows = rows

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        return np.asarray(self.rows, dtype=np.float32)


PAIRS = [
    Pair("a", "b", "entailment", "one", "number"),
    Pair("c", "d", "neutral", "one", "date"),
    Pair("e", "f", "contradiction", "two"),
    Pair("g", "h", "contradiction", "two"),
]
SURE = ((0.8, 0.1, 0.1), (0.8, 0.1, 0.1), (0.1, 0.1, 0.8), (0.1, 0.8, 0.1))


def test_scores_are_by_set_and_phenomenon() -> None:
    evaluation = evaluate_entailment(Says(SURE), PAIRS)
    one, two = evaluation.sets
    assert (one.name, one.pairs, one.accuracy, one.majority) == ("one", 2, 0.5, 0.5)
    assert one.confusion == ((1, 0, 0), (1, 0, 0), (0, 0, 0))
    assert one.f1 == pytest.approx({"entailment": 2 / 3, "neutral": 0, "contradiction": 0})
    assert one.false_support == 1
    assert (two.accuracy, two.majority, two.false_support) == (0.5, 1, 0)
    assert {k.name: k.accuracy for k in evaluation.phenomena["one"]} == {"date": 0, "number": 1}
    assert "two" not in evaluation.phenomena


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    given = np.asarray([[0.9, 0.1, 0.0]] * 10, dtype=np.float32)
    assert calibration_error(given, np.asarray([0] * 9 + [1])) == pytest.approx(0, abs=1e-6)
    assert calibration_error(given, np.asarray([0] * 4 + [1] * 6)) == pytest.approx(0.5, abs=1e-6)


def test_full_confidence_has_a_bin() -> None:
    assert score("s", np.asarray([[1, 0, 0]], dtype=np.float32), np.asarray([0])).calibration_error == 0


def test_broken_probabilities_are_an_error() -> None:
    with pytest.raises(ModelError, match="says"):
        evaluate_entailment(Says([[1.0, 0.0]] * 4), PAIRS)
    with pytest.raises(ModelError, match="says"):
        evaluate_entailment(Says([[float("nan")] * 3] * 4), PAIRS)


def test_no_pairs_are_an_error() -> None:
    with pytest.raises(InputError, match="none to evaluate on"):
        evaluate_entailment(Says(SURE), [])


def test_results_are_json_and_text() -> None:
    evaluation = evaluate_entailment(Says(SURE), PAIRS)
    content = json.loads(to_json(evaluation))
    assert content["sets"][0]["accuracy"] == 0.5
    assert content["phenomena"]["one"][0]["name"] == "date"
    assert "  number" in to_text(evaluation)


def test_the_command_scores_the_bundled_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "pairs.jsonl"
    data.write_text('{"premise": "Nine died.", "hypothesis": "Nobody died.", "label": "contradiction"}\n')
    assert run(["evaluate", "entailment", str(data), "--output", str(tmp_path / "out.json")]) == 0
    assert "pairs" in capsys.readouterr().out
    assert json.loads((tmp_path / "out.json").read_text())["sets"][0]["pairs"] == 1


def test_the_command_names_an_unknown_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "pairs.jsonl"
    data.write_text('{"premise": "Nine died.", "hypothesis": "Nobody died.", "label": "contradiction"}\n')
    assert run(["evaluate", "entailment", str(data), "--set", "other"]) == 2
    assert "there is no set 'other'; known are pairs" in capsys.readouterr().err
