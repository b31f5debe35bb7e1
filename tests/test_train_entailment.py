"""Training the entailment model, on a tiny one: data, mixture, resumption, teacher, calibration, export."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from verify.errors import ConfigError, InputError, ModelError
from verify.models.entailment import LABELS, load_entailment
from verify.train.average import average
from verify.train.calibrate import fit_temperature
from verify.train.cross_encoder import load_base
from verify.train.crossfit import without
from verify.train.entailment import BEST, LOG, plan, train
from verify.train.export import export_entailment
from verify.train.facts import words
from verify.train.mixture import mixture
from verify.train.pairs import UNLABELLED, Pair, draw, mirrored, read_pairs, recombined
from verify.train.precision import Precision
from verify.train.restore import restore
from verify.train.settings import TrainSettings, load_settings
from verify.train.stories import read_stories, untrue

WORDS = words(
    """
    the a police army fire rebels minister court killed arrested denied shelled bridge town seven nine people
    on tuesday friday not did was by in of said it is true that
    """
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers with random weights and a vocabulary of a few words."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("base")
    vocabulary = {word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def some_pairs(count: int) -> list[dict[str, str]]:
    rng = random.Random(5)
    labels = ("entailment", "neutral", "contradiction")
    return [
        {
            "premise": " ".join(rng.choices(WORDS, k=rng.randint(3, 12))),
            "hypothesis": " ".join(rng.choices(WORDS, k=rng.randint(3, 9))),
            "label": labels[i % 3],
            "set": "odd" if i % 2 else "even",
        }
        for i in range(count)
    ]


def write_pairs(file: Path, rows: list[dict[str, str]]) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def settings(base: Path, data: Path, output: Path, **others: object) -> TrainSettings:
    table = {
        "output": output,
        "base": base,
        "sources": [{"path": data}],
        "dev": [{"path": data, "limit": 20}],
        "max_tokens": 32,
        "batch_tokens": 128,
        "learning_rate": 1e-3,
        "threads": 1,
        "save_every": 3,
        "score_every": 5,
    }
    return TrainSettings.model_validate(table | others)


# Data


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{broken", "isn't JSON"),
        ("[1, 2]", "isn't a JSON object"),
        ('{"premise": "A", "hypothesis": "B"}', "lacks 'label'"),
        ('{"premise": "A", "hypothesis": "B", "label": "maybe"}', "'maybe' is none of"),
        ('{"premise": " ", "hypothesis": "B", "label": "neutral"}', "its premise is empty"),
        ('{"premise": "A", "hypothesis": 3, "label": "neutral"}', "its hypothesis is empty or no text"),
    ],
)
def test_a_bad_line_is_named_and_nothing_used(tmp_path: Path, line: str, problem: str) -> None:
    file = write_pairs(tmp_path / "pairs.jsonl", some_pairs(2))
    file.write_text(file.read_text() + line + "\n" + line + "\n")
    with pytest.raises(InputError, match=r"pairs\.jsonl:3: .*and 1 more bad lines") as caught:
        read_pairs(file)
    assert problem in str(caught.value)


def test_pairs_are_read_from_archives_and_folders(tmp_path: Path) -> None:
    row = {"premise": "A", "hypothesis": "B", "label": "neutral", "group": "g1"}
    file = write_pairs(tmp_path / "b.jsonl", [row])
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(file.read_bytes()))
    assert [(p.set, p.group) for p in read_pairs(tmp_path)] == [("a", "a/g1"), ("b", "b/g1")]


def test_a_damaged_archive_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 100)[:-12])
    with pytest.raises(InputError, match="can't be read"):
        read_pairs(tmp_path / "a.jsonl.gz")


def test_drawing_repeats_the_rare_and_is_even() -> None:
    pairs = [Pair(f"p{i}", "h", "entailment" if i < 2 else "neutral", "s") for i in range(12)]
    drawn = Counter(draw(pairs, 1.5, balance=True, rng=random.Random(1)))
    assert Counter(p.label for p in drawn.elements()) == {"entailment": 9, "neutral": 9}
    assert {drawn[p] for p in pairs[:2]} <= {4, 5}
    assert {drawn[p] for p in pairs[2:]} <= {0, 1}


def test_only_contradictions_are_mirrored() -> None:
    pairs = [Pair("a", "b", label, "s") for label in ("entailment", "neutral", "contradiction")]
    assert mirrored(pairs) == [Pair("b", "a", "contradiction", "s")]


def test_recombined_pairs_are_of_the_same_texts_and_new() -> None:
    pairs = [
        Pair("a", "b", "neutral", "s"),
        Pair("a", "c", "entailment", "s"),
        Pair("d", "a", "neutral", "s"),
    ]
    found = recombined(pairs, 10, rng=random.Random(1))
    assert {p.label for p in found} == {UNLABELLED}
    texts = {(p.premise, p.hypothesis) for p in found}
    # The hypotheses of one premise meet in either order.
    assert texts - {("b", "c"), ("c", "b")} == {("b", "a"), ("c", "a"), ("a", "d")}
    assert len(texts) == len(found) == 4
    assert len(recombined(pairs, 1, rng=random.Random(1))) == 3


def test_pairs_without_label_need_a_teacher(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(12))
    sources = [{"path": data, "recombined": 0.5}]
    with pytest.raises(ConfigError, match="no label"):
        mixture(settings(base, data, tmp_path / "out", sources=sources))


def test_a_plan_takes_every_pair_once_and_keeps_within_the_budget() -> None:
    rng = random.Random(2)
    sizes = [rng.randint(4, 60) for _ in range(500)]
    batches = plan(sizes, 256, seed=1)
    assert sorted(i for batch in batches for i in batch) == list(range(500))
    assert all(len(batch) * max(sizes[i] for i in batch) <= 256 for batch in batches)
    assert batches == plan(sizes, 256, seed=1) != plan(sizes, 256, seed=2)


def test_what_is_held_out_is_measured_and_not_learnt(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(60))
    held = settings(base, data, tmp_path / "out", sources=[{"path": data, "hold_out": ["odd"]}], dev=[])
    learnt, measured = mixture(held)
    assert {p.set for p in learnt} == {"even"}
    assert list(measured) == ["odd"]


def test_an_unknown_set_is_an_error(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(6))
    with pytest.raises(ConfigError, match=r"sources\.0\.sets: there is no set 'old'; known are even, odd"):
        mixture(settings(base, data, tmp_path, sources=[{"path": data, "sets": {"old": 2}}]))


@pytest.mark.parametrize(("key", "value"), [("colour", '"red"'), ("learning_rate", "-1"), ("seed", '"x"')])
def test_a_bad_setting_is_named(tmp_path: Path, key: str, value: str) -> None:
    file = tmp_path / "train.toml"
    file.write_text(f'output = "o"\nbase = "b"\n{key} = {value}\n[[sources]]\npath = "p"\n')
    with pytest.raises(ConfigError, match=f"`{key}` is "):
        load_settings(file)


def test_the_shipped_settings_are_valid() -> None:
    for file in sorted((Path(__file__).parents[1] / "configs").glob("train-*.toml")):
        if "attribution" not in file.name:
            load_settings(file)


def test_stances_are_folded_into_the_label(tmp_path: Path) -> None:
    def claim(name: str, proposition: str, stance: str) -> dict[str, str | int]:
        place = int(name[1:]) - 1
        return {"id": name, "proposition": proposition, "stance": stance, "party": name, "s": place}

    story = {
        "sentences": [f"Sentence {number}." for number in range(5)],
        "claims": [
            claim("c1", "Rebels shelled the town.", "asserts"),
            claim("c2", "Rebels or their allies shelled the town.", "denies"),
            claim("c3", "The army shelled the town.", "asserts"),
            claim("c4", "Rebels shelled the bridge.", "denies"),
            claim("c5", "The town is large.", "doubts"),
        ],
        "conflicts": [
            {"a": "c2", "b": "c1", "kind": "responsibility"},
            {"a": "c1", "b": "c3", "kind": "responsibility"},
        ],
        "supports": [{"a": "c2", "b": "c3"}],
        "traps": [{"a": "c1", "b": "c4", "trap": "scope"}, {"a": "c1", "b": "c5", "trap": "opinion"}],
        "evidence_links": [],
    }
    (tmp_path / "story.json").write_text(json.dumps(story))
    pairs = read_stories(tmp_path, seed=1)
    labels = {(p.premise, p.hypothesis): p.label for p in pairs if p.set == "stories"}
    rebels, allies, army = (c["proposition"] for c in story["claims"][:3])
    assert labels[rebels, allies] == "entailment"
    assert (allies, rebels) not in labels
    assert labels[rebels, untrue(allies)] == "contradiction"
    assert labels[rebels, army] == labels[army, rebels] == "contradiction"
    assert labels[allies, army] == "contradiction"
    assert labels[rebels, "Rebels shelled the bridge."] == "neutral"
    assert not any("large" in text for pair in labels for text in pair)
    printed = {(p.premise, p.hypothesis): p.label for p in pairs if p.set == "sentences"}
    assert printed["Sentence 1.", rebels] == printed["Sentence 0.", army] == "contradiction"
    assert printed["Sentence 0.", allies] == "entailment"


def test_archived_sentences_are_learnt_whole_and_documents_that_no_label_links_are_neutral(
    tmp_path: Path,
) -> None:
    record = "The keeper said on Monday that the dam was leaking. Nobody was hurt."
    story = {
        "sentences": ["A story."],
        "claims": [
            {"id": "c1", "proposition": "The dam leaked.", "stance": "denies", "party": "owner", "s": 0},
            {"id": "c2", "proposition": "A keeper was hurt.", "stance": "asserts", "party": "ward", "s": 0},
            {"id": "c3", "proposition": "The dam is old.", "stance": "doubts", "party": "owner", "s": 0},
        ],
        "conflicts": [],
        "supports": [],
        "traps": [],
        "evidence": [
            {"id": "e1", "text": record},
            {"id": "e2", "text": record.replace("Monday", "Tuesday")},
            {"id": "e3", "text": "The market opened at noon. The keeper of the dam was glad."},
        ],
        "evidence_links": [
            {"claim": "c1", "evidence": "e1", "passage": "dam was leaking", "relation": "contradicts"},
            {"claim": "c2", "evidence": "e1", "passage": "Nobody was hurt.", "relation": "contradicts"},
            {"claim": "c2", "evidence": "e3", "passage": "opened at noon", "relation": "misquote"},
        ],
    }
    (tmp_path / "story.json").write_text(json.dumps(story))
    pairs = {p for p in read_stories(tmp_path, seed=1) if p.set == "archives"}
    assert {(p.premise, p.hypothesis, p.label) for p in pairs} == {
        ("The keeper said on Monday that the dam was leaking.", "The dam leaked.", "entailment"),
        ("Nobody was hurt.", "A keeper was hurt.", "contradiction"),
        ("The keeper of the dam was glad.", "The dam leaked.", "neutral"),
    }


def test_each_story_is_learnt_by_all_but_the_model_that_judges_it(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    names = ["ash", "birch", "cedar", "elm", "fir"]
    for name in names:
        claims = [
            {"id": "c1", "proposition": f"The {name} fell.", "stance": "asserts", "party": "a", "s": 0},
            {"id": "c2", "proposition": f"The {name} stood.", "stance": "asserts", "party": "b", "s": 0},
        ]
        conflicts = [{"a": "c1", "b": "c2", "kind": "state"}]
        story = {
            "sentences": ["A story."],
            "claims": claims,
            "conflicts": conflicts,
            "supports": [],
            "traps": [],
            "evidence_links": [],
        }
        (folder / f"{name}.json").write_text(json.dumps(story))
    whole = settings(base, folder, tmp_path / "out", sources=[{"path": folder, "kind": "stories"}], dev=[])
    learnt = []
    for part in range(2):
        pairs, measured = mixture(without(whole, part, 2))
        learnt.append({pair.group for pair in pairs})
        assert (
            {pair.group for pair in measured["stories"]} == set(names[part::2]) == set(names) - learnt[part]
        )
    assert learnt[0] | learnt[1] == set(names)


def test_a_malformed_story_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "story.json").write_text('{"claims": []}')
    with pytest.raises(InputError, match="is no labelled story"):
        read_stories(tmp_path, seed=1)


# Runs


def test_a_killed_run_goes_on_to_the_same_losses_and_scores(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(120))
    whole = train(settings(base, data, tmp_path / "whole"))
    killed = train(settings(base, data, tmp_path / "killed"), stop_after=7)
    assert len(killed.losses) == 7 < len(whole.losses)
    resumed = train(settings(base, data, tmp_path / "killed"))
    assert resumed.losses == pytest.approx(whole.losses, abs=1e-6)
    assert resumed.scores == pytest.approx(whole.scores, abs=1e-6)


def test_training_lowers_the_loss_and_leaves_a_loadable_model(base: Path, tmp_path: Path) -> None:
    rows = [
        {"premise": f"{a} {w}", "hypothesis": f"{b} {w}", "label": label}
        for w in WORDS
        for a, b, label in (
            ("the", "a", "entailment"),
            ("not", "did", "neutral"),
            ("by", "in", "contradiction"),
        )
    ]
    data = write_pairs(tmp_path / "pairs.jsonl", rows)
    many = [{"path": data, "passes": 25}]
    trained = train(settings(base, data, tmp_path / "out", sources=many, learning_rate=3e-3))
    assert np.mean(trained.losses[-5:]) < 0.6 * np.mean(trained.losses[:5])
    assert trained.scores["pairs"] > 0.9
    assert load_entailment(str(trained.folder)).predict([("the fire", "a fire")]).argmax() == 0
    assert len((tmp_path / "out" / LOG).read_text().splitlines()) >= 2


def test_a_checkpoint_of_another_run_is_refused(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(60))
    train(settings(base, data, tmp_path / "out"), stop_after=4)
    before = (tmp_path / "out" / "checkpoint.pt").read_bytes()
    with pytest.raises(ConfigError, match="other settings or data"):
        train(settings(base, data, tmp_path / "out", seed=8))
    assert (tmp_path / "out" / "checkpoint.pt").read_bytes() == before


def test_a_damaged_checkpoint_is_an_error(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(60))
    train(settings(base, data, tmp_path / "out"), stop_after=4)
    file = tmp_path / "out" / "checkpoint.pt"
    file.write_bytes(file.read_bytes()[:-5000])
    with pytest.raises(ModelError, match="is damaged"):
        train(settings(base, data, tmp_path / "out"))


def test_bad_lines_overwrite_nothing(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(60))
    train(settings(base, data, tmp_path / "out"))
    before = (tmp_path / "out" / BEST / "model.safetensors").read_bytes()
    data.write_text(data.read_text() + "{\n")
    with pytest.raises(InputError):
        train(settings(base, data, tmp_path / "out"))
    assert (tmp_path / "out" / BEST / "model.safetensors").read_bytes() == before


def test_an_average_lies_between_its_models(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(60))
    trained = train(settings(base, data, tmp_path / "out"))
    average(base, trained.folder, tmp_path / "mean", share=0.25)
    one, other, mean = (load_base(f, dropout=0.0)[0] for f in (base, trained.folder, tmp_path / "mean"))
    weights = [m.classifier.weight.detach().numpy() for m in (one, other, mean)]
    np.testing.assert_allclose(weights[2], 0.75 * weights[0] + 0.25 * weights[1], atol=1e-6)


def test_truncated_weights_are_an_error(base: Path, tmp_path: Path) -> None:
    for file in base.iterdir():
        content = file.read_bytes()
        end = len(content) // 2 if file.suffix == ".safetensors" else None
        (tmp_path / file.name).write_bytes(content[:end])
    with pytest.raises(ModelError, match="can't be loaded"):
        load_base(tmp_path, dropout=0.0)


def test_a_head_of_another_size_is_an_error(base: Path, tmp_path: Path) -> None:
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    config = BertConfig.from_pretrained(base, num_labels=5)
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(base).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="can't be loaded"):
        load_base(tmp_path, dropout=0.0)


def test_a_teacher_of_another_kind_is_trained_from_an_encoder(base: Path, tmp_path: Path) -> None:
    from transformers import AutoTokenizer, MPNetConfig, MPNetModel

    config = MPNetConfig(
        vocab_size=64, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    MPNetModel(config).save_pretrained(tmp_path / "mpnet")
    AutoTokenizer.from_pretrained(base).save_pretrained(tmp_path / "mpnet")
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(30))
    teacher = train(settings(tmp_path / "mpnet", data, tmp_path / "teacher"))
    taught = settings(base, data, tmp_path / "small", teacher=teacher.folder)
    assert len(train(taught, stop_after=3).losses) == 3


def test_classes_in_another_order_are_put_right(base: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(base)
    model.config.id2label = {0: "CONTRADICTION", 1: "ENTAILMENT", 2: "NEUTRAL"}
    model.config.label2id = {"CONTRADICTION": 0, "ENTAILMENT": 1, "NEUTRAL": 2}
    model.save_pretrained(tmp_path / "source")
    AutoTokenizer.from_pretrained(base).save_pretrained(tmp_path / "source")
    export_entailment(tmp_path / "source", tmp_path / "target", name="tiny", precision="fp32")
    pairs = [("the fire killed people", "nine people killed the fire")]
    expected = load_entailment(str(base)).predict(pairs)[:, [1, 2, 0]]
    np.testing.assert_allclose(load_entailment(str(tmp_path / "target")).predict(pairs), expected, atol=1e-4)


def test_a_teachers_probabilities_are_learnt_and_kept(base: Path, tmp_path: Path) -> None:
    from verify.train.distil import soft_labels

    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(60))
    taught = settings(base, data, tmp_path / "out", teacher=base, teacher_share=1.0)
    train(taught, stop_after=2)
    cache = tmp_path / "out" / "soft-labels.npz"
    pairs, _ = mixture(taught)
    rows = soft_labels(base, pairs, cache=cache, max_tokens=32)
    assert rows.shape == (len(pairs), 3)
    np.testing.assert_allclose(rows.sum(1), 1, atol=1e-5)
    with pytest.raises(ModelError, match="another teacher or other pairs"):
        soft_labels(base, pairs[1:], cache=cache, max_tokens=32)
    cache.write_bytes(cache.read_bytes()[:50])
    with pytest.raises(ModelError, match="holds no soft labels"):
        soft_labels(base, pairs, cache=cache, max_tokens=32)


def test_an_exported_model_teaches_by_its_own_runtime(base: Path, tmp_path: Path) -> None:
    from verify.train.distil import soft_labels

    export_entailment(base, tmp_path / "shipped", name="tiny", precision="fp32")
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(20))
    pairs, _ = mixture(settings(base, data, tmp_path / "out"))
    rows = soft_labels(tmp_path / "shipped", pairs, cache=tmp_path / "soft-labels.npz", max_tokens=32)
    said = load_entailment(str(tmp_path / "shipped")).predict([(p.premise, p.hypothesis) for p in pairs])
    np.testing.assert_allclose(rows, said, atol=1e-6)


def test_a_killed_teacher_is_asked_only_for_the_rest(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verify.train import distil

    monkeypatch.setattr(distil, "PORTION", 20)
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(60))
    sources = [{"path": data, "recombined": 0.5}]
    pairs, _ = mixture(settings(base, data, tmp_path / "out", sources=sources, rounds=2, teacher=base))
    cache = tmp_path / "soft-labels.npz"
    whole = distil.soft_labels(base, pairs, cache=cache, max_tokens=32)
    with np.load(cache) as content:
        rows, key = content["rows"].copy(), content["key"]
    rows[20:] = np.nan
    rows[:20] = [0.5, 0.25, 0.25]
    np.savez(cache, rows=rows, key=key)
    resumed = distil.soft_labels(base, pairs, cache=cache, max_tokens=32)
    assert np.allclose(resumed[:20], [0.5, 0.25, 0.25])
    np.testing.assert_allclose(resumed[20:60], whole[20:60])


def test_a_pair_without_label_is_learnt_from_the_teacher_alone(base: Path, tmp_path: Path) -> None:
    data = write_pairs(tmp_path / "pairs.jsonl", some_pairs(30))
    sources = [{"path": data, "recombined": 1.0}]
    taught = settings(base, data, tmp_path / "out", sources=sources, teacher=base, teacher_share=0.5)
    assert len(train(taught, stop_after=2).losses) == 2


# Afterwards


def test_the_temperature_undoes_overconfidence() -> None:
    rng = np.random.default_rng(1)
    logits = rng.normal(size=(4000, 3))
    honest = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    wanted = np.array([rng.choice(3, p=row) for row in honest])
    loud = np.exp(2.5 * logits) / np.exp(2.5 * logits).sum(1, keepdims=True)
    assert fit_temperature(loud.astype(np.float32), wanted) == pytest.approx(2.5, rel=0.08)


def save_mpnet(base: Path, folder: Path) -> None:
    """Save a tiny MPNet, none of whose weights is 0, with the tokenizer of `base`."""
    import torch
    from transformers import AutoTokenizer, MPNetConfig, MPNetForSequenceClassification

    config = MPNetConfig(
        vocab_size=64, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    config.id2label = dict(enumerate(LABELS))
    config.label2id = {label: k for k, label in enumerate(LABELS)}
    model = MPNetForSequenceClassification(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(base).save_pretrained(folder)


@pytest.mark.parametrize(("precision", "close"), [("fp32", 1e-4), ("fp16", 0.02), ("int8", 0.05)])
def test_an_mpnet_agrees_with_its_export(
    base: Path, tmp_path: Path, precision: Precision, close: float
) -> None:
    save_mpnet(base, tmp_path / "source")
    export_entailment(tmp_path / "source", tmp_path / "target", name="tiny", precision=precision)
    pairs = [(row["premise"], row["hypothesis"]) for row in some_pairs(30)]
    exported, source = load_entailment(str(tmp_path / "target")), load_entailment(str(tmp_path / "source"))
    np.testing.assert_allclose(exported.predict(pairs), source.predict(pairs), atol=close)


@pytest.mark.parametrize(("precision", "close"), [("fp32", 1e-6), ("fp16", 0.01), ("int8", 0.02)])
def test_an_exported_mpnet_can_be_trained_on(
    base: Path, tmp_path: Path, precision: Precision, close: float
) -> None:
    save_mpnet(base, tmp_path / "trained")
    export_entailment(tmp_path / "trained", tmp_path / "exported", name="tiny", precision=precision)
    restore(tmp_path / "exported", tmp_path / "restored")
    (trained, _), (restored, _) = (
        load_base(tmp_path / name, dropout=0.0) for name in ("trained", "restored")
    )
    known = trained.state_dict()
    for name, weights in restored.state_dict().items():
        np.testing.assert_allclose(weights, known[name], atol=close, err_msg=name)
    assert restored.config.layer_norm_eps == pytest.approx(trained.config.layer_norm_eps)


def test_layers_are_kept_from_the_first_on(base: Path) -> None:
    whole, _ = load_base(base, dropout=0.0)
    cut, _ = load_base(base, dropout=0.0, layers=1)
    assert cut.config.num_hidden_layers == 1 < whole.config.num_hidden_layers
    kept = cut.base_model.encoder.layer[0].output.dense.weight
    assert kept.equal(whole.base_model.encoder.layer[0].output.dense.weight)


def test_in_8_bits_a_pair_is_told_the_same_in_any_company(base: Path, tmp_path: Path) -> None:
    export_entailment(base, tmp_path, name="tiny", precision="int8")
    model = load_entailment(str(tmp_path))
    pairs = [(row["premise"], row["hypothesis"]) for row in some_pairs(20)]
    alone = [model.predict([pair])[0] for pair in pairs]
    np.testing.assert_allclose(model.predict(pairs), alone, atol=1e-5)


@pytest.mark.parametrize(("precision", "close"), [("fp32", 1e-4), ("fp16", 1e-4), ("int8", 0.01)])
def test_an_exported_model_can_be_trained_on(
    base: Path, tmp_path: Path, precision: Precision, close: float
) -> None:
    import torch

    model, tokenizer = load_base(base, dropout=0.0)
    with torch.no_grad():
        # Fresh biases are all zeros, which an export stores but once.
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(tmp_path / "trained")
    tokenizer.save_pretrained(tmp_path / "trained")
    export_entailment(tmp_path / "trained", tmp_path / "exported", name="tiny", precision=precision)
    restore(tmp_path / "exported", tmp_path / "restored")
    export_entailment(tmp_path / "restored", tmp_path / "again", name="tiny", precision="fp32")
    asked = [("the army shelled the bridge", "the bridge was shelled"), ("fire in the town", "seven people")]
    first = load_entailment(str(tmp_path / "exported")).predict(asked)
    assert load_entailment(str(tmp_path / "again")).predict(asked) == pytest.approx(first, abs=close)
    by_another = load_entailment(str(tmp_path / "restored")).predict(asked)
    assert by_another == pytest.approx(first, abs=close), "sentence-transformers reads it as it is meant"


def test_only_what_was_exported_can_be_restored(base: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="can't be read"):
        restore(base, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


def test_a_truncated_graph_is_an_error(base: Path, tmp_path: Path) -> None:
    export_entailment(base, tmp_path, name="tiny", precision="fp32")
    graph = tmp_path / "model.onnx"
    graph.write_bytes(graph.read_bytes()[:-100])
    with pytest.raises(ModelError, match="is damaged"):
        load_entailment(str(tmp_path))
