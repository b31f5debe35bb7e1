from __future__ import annotations

import gzip
import json
import random
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from verify.errors import ConfigError, InputError, ModelError
from verify.evaluate.attribution import read_annotated
from verify.models.decoding import Decoding
from verify.models.onnx import open_tokenizer
from verify.models.tagger import load_tagger
from verify.train.annotated import IGNORED, batches, epoch_examples, lookalikes, read_articles, read_stories
from verify.train.attribution import (
    TaggerSettings,
    fit,
    gold_of,
    load_tagger_settings,
    rate_at,
    train,
)
from verify.train.precision import Precision
from verify.train.requantize import requantize
from verify.train.tagger_model import TorchGraphs, build, export, losses

NAMES = ("ann", "bob", "cy", "dora", "emil", "fay")
CUES = ("said", "denied", "claimed")
THINGS = ("rain", "fire", "smoke", "theft", "fraud", "snow")
PRECISIONS: dict[str, Precision] = {"half": "fp16", "bytes": "int8"}
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WORDS = (*SPECIAL, *NAMES, *CUES, *THINGS, "there", "was", ".", ",", "on", "monday", "##s")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of a few thousand weights, with its tokenizer."""
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=5,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=256,
        initializer_range=0.2,
    )
    BertModel(config).save_pretrained(folder)
    vocabulary = {word: i for i, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def tokenizer(base: Path) -> Tokenizer:
    return open_tokenizer(base)


def row(number: int, part: str = "train") -> dict[str, object]:
    """An article of three made-up sentences in two paragraphs; in one of them nobody says a thing."""
    rng = random.Random(number)
    text, attributions = "", []
    for end in (" ", "\n\n", "\n"):
        source, cue, thing = rng.choice(NAMES), rng.choice(CUES), rng.choice(THINGS)
        if end == "\n":
            text += f"On Monday, there was {thing}."
            continue
        start = len(text)
        text += f"{source.title()} {cue} there was {thing}.{end}"
        cue_at = start + len(source) + 1
        content_at = cue_at + len(cue) + 1
        attributions.append(
            {
                "source": [[start, start + len(source)]],
                "cue": [[cue_at, cue_at + len(cue)]],
                "content": [[content_at, content_at + len(f"there was {thing}")]],
                "type": "indirect",
            }
        )
    date = f"2020-01-{1 + number % 28:02d}"
    return {"doc_id": f"d{number}", "split": part, "date": date, "text": text, "attributions": attributions}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("data") / "articles.jsonl.gz"
    rows = [row(i) for i in range(24)] + [row(100, "dev")]
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return file


def settings(base: Path, articles: Path, output: Path, **changes: object) -> TaggerSettings:
    given = {
        "output": output,
        "base": base,
        "articles": articles,
        "held_out_articles": 4,
        "epochs": 20,
        "batch_pieces": 48,
        "learning_rate": 3e-3,
        "head_rate": 5e-3,
        "bf16": False,
        "threads": 1,
        "precision": "fp32",
        "save_every": 10,
    }
    return TaggerSettings.model_validate(given | changes)


def test_a_tagger_learns_exports_and_finds(base: Path, articles: Path, tmp_path: Path) -> None:
    trained = train(settings(base, articles, tmp_path))
    assert trained is not None
    assert trained.triple.f1 > 0.9
    tagger = load_tagger(trained.folder)
    text = "Dora denied there was fraud. Emil said there was snow."
    first, second = tagger.tag([text, "On Monday, there was rain."])
    assert [first.paragraph, second.paragraph] == [0, 0]
    assert [text[slice(*t.cue)] for t in (first, second)] == ["denied", "said"]
    assert [t.source and text[slice(*t.source)] for t in (first, second)] == ["Dora", "Emil"]
    assert [text[slice(*s)] for t in (first, second) for s in t.content] == [
        "there was fraud",
        "there was snow",
    ]


def test_a_killed_run_goes_on_to_the_same_end(base: Path, articles: Path, tmp_path: Path) -> None:
    def end_of(folder: Path, *stops: int | None) -> dict[str, torch.Tensor]:
        chosen = settings(base, articles, folder, epochs=3, save_every=2)
        learnt = read_articles(articles, open_tokenizer(base), part="train")
        for stop in stops:
            torch.manual_seed(3)
            net = build(base)
            fit(net, learnt, chosen, stop_after=stop)
        return dict(net.module.state_dict())

    whole, broken = end_of(tmp_path / "a", None), end_of(tmp_path / "b", 3, None)
    assert all(torch.equal(tensor, broken[name]) for name, tensor in whole.items())


def test_a_checkpoint_of_another_run_is_refused(base: Path, articles: Path, tmp_path: Path) -> None:
    assert train(settings(base, articles, tmp_path, save_every=1), stop_after=1) is None
    with pytest.raises(ConfigError, match="other settings"):
        train(settings(base, articles, tmp_path, seed=8))
    (tmp_path / "last.pt").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="damaged"):
        train(settings(base, articles, tmp_path))


def test_word_vectors_stay_as_they_are(
    base: Path, articles: Path, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    net = build(base)
    before = net.module.get_parameter("bert.embeddings.word_embeddings.weight").clone()
    learnt = read_articles(articles, tokenizer, part="train")
    fit(net, learnt, settings(base, articles, tmp_path, epochs=1))
    assert torch.equal(before, net.module.get_parameter("bert.embeddings.word_embeddings.weight"))


@pytest.mark.parametrize(("precision", "tolerance"), [("fp32", 1e-4), ("fp16", 5e-2), ("int8", 0.1)])
def test_the_graphs_compute_what_the_module_does(
    base: Path, tmp_path: Path, precision: str, tolerance: float
) -> None:
    import numpy as np

    net = build(base)
    chosen = settings(base, Path(), tmp_path, precision=precision).precision
    export(net, base / "tokenizer.json", tmp_path / "out", name="t", decoding=Decoding(), precision=chosen)
    graphs = load_tagger(tmp_path / "out").graphs
    ids = np.array([[2, 4, 10, 5, 3], [2, 5, 3, 0, 0]])
    mask = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    marks = np.array([[0, 0, 1, 0, 0], [0, 0, 0, 0, 0]])
    reference = TorchGraphs(net.tagger)
    states = reference.read(ids, mask)
    seen = mask.astype(bool)
    assert np.allclose(graphs.read(ids, mask)[seen], states[seen], atol=tolerance)
    logits = reference.tag(states, mask, marks)
    assert logits.shape == (2, 5, 7)
    assert np.allclose(graphs.tag(states, mask, marks)[seen], logits[seen], atol=tolerance)
    assert not np.allclose(logits[0], reference.tag(states, mask, np.zeros_like(marks))[0])


def test_a_tagger_in_16_bits_becomes_one_in_8_without_its_checkpoint(base: Path, tmp_path: Path) -> None:
    import numpy as np

    net = build(base)
    for name, precision in PRECISIONS.items():
        target = tmp_path / name
        export(net, base / "tokenizer.json", target, name="t", decoding=Decoding(), precision=precision)
    requantize(tmp_path / "half", tmp_path / "again", task="attribution", name="in-8")
    made, exported = (load_tagger(tmp_path / name) for name in ("again", "bytes"))
    ids = np.array([[2, 4, 10, 5, 3]])
    mask = np.ones_like(ids)
    assert np.allclose(made.graphs.read(ids, mask), exported.graphs.read(ids, mask), atol=0.05)
    assert (made.name, made.decoding) == ("in-8", exported.decoding)
    with pytest.raises(ModelError, match="precision is 'int8'"):
        requantize(tmp_path / "again", tmp_path / "third", task="attribution", name="in-8")
    assert not (tmp_path / "third").exists()


def test_examples_ask_about_every_cue_at_its_place(articles: Path, tokenizer: Tokenizer) -> None:
    learnt = read_articles(articles, tokenizer, part="train")
    rng = random.Random(1)
    examples = epoch_examples(learnt, lookalikes(learnt), rng, decoy_share=0.5, jitter=0.0)
    crops = [(e, c) for e in examples for c in e.crops]
    assert len(crops) >= sum(len(a.attributions) for a in learnt)
    for example, crop in crops:
        shown = example.ids[crop.start : crop.start + len(crop.marks)]
        marked = {WORDS[i] for i, mark in zip(shown, crop.marks, strict=True) if mark}
        labelled = [(WORDS[i], label) for i, label in zip(shown, crop.labels, strict=True) if label > 0]
        if labelled:
            assert marked == {word for word, label in labelled if label == 3}
            assert all(word in NAMES for word, label in labelled if label == 1)
            assert [word for word, label in labelled if label == 2][:2] == ["there", "was"]
    for example in examples:
        begun = [WORDS[i] for i, label in zip(example.ids, example.labels, strict=True) if label == 1]
        assert set(begun) <= set(CUES)
        assert example.labels[0] == example.labels[-1] == IGNORED


def test_batches_keep_every_example_and_their_size(articles: Path, tokenizer: Tokenizer) -> None:
    learnt = read_articles(articles, tokenizer, part="train")
    rng = random.Random(1)
    examples = epoch_examples(learnt, (), rng, decoy_share=0.0, jitter=0.3)
    made = batches(examples, 128, rng)
    assert sorted(e.ids for b in made for e in b) == sorted(e.ids for e in examples)
    assert all(max(len(e.ids) for e in b) * len(b) <= 128 for b in made)


def test_a_batch_without_a_cue_has_a_loss_all_the_same(
    base: Path, articles: Path, tokenizer: Tokenizer
) -> None:
    (article, *_) = read_articles(articles, tokenizer, part="train")
    rng = random.Random(1)
    (example, *_) = epoch_examples([article], (), rng, decoy_share=0.0, jitter=0.0)
    bare = type(example)(example.ids, example.labels, ())
    cues, roles = losses(build(base).tagger, [bare], begin_weight=1.0, device="cpu", bf16=False)
    assert float(cues.detach()) > 0
    assert float(roles.detach()) == 0.0


def test_articles_keep_their_spans(articles: Path, tokenizer: Tokenizer) -> None:
    wanted = {a.id: a for a in read_annotated(articles, "train")}
    for article in read_articles(articles, tokenizer, part="train"):
        assert gold_of(article).units == tuple(
            type(u)(u.source, u.cue, u.content) for u in wanted[article.id].units
        )


def story(**changes: object) -> str:
    claim = {
        "id": "c1",
        "s": 1,
        "source": "Ann",
        "source_text": "Ann",
        "cue": "said",
        "content": ["there was rain"],
    }
    told: dict[str, object] = {
        "text": "Rain\n\nAnn said there was rain and there was snow. It was Monday.\n",
        "sentences": ["Rain", "Ann said there was rain and there was snow.", "It was Monday."],
        "claims": [
            claim,
            claim | {"id": "c2", "content": ["there was snow"]},
            claim | {"id": "c3", "source": "outlet", "cue": None, "s": 2},
        ],
    }
    return json.dumps(told | changes)


def test_claims_that_share_a_cue_are_one_attribution(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (tmp_path / "a.json").write_text(story())
    (article,) = read_stories(tmp_path, tokenizer)
    (unit,) = gold_of(article).units
    shown = [[article.text[slice(*s)] for s in spans] for spans in (unit.source, unit.cue, unit.content)]
    assert shown == [["Ann"], ["said"], ["there was rain", "there was snow"]]


def test_a_story_that_lacks_its_own_words_is_refused(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (tmp_path / "a.json").write_text(story(sentences=["Rain", "Ann kept silent."]))
    with pytest.raises(InputError, match=r"a\.json"):
        read_stories(tmp_path, tokenizer)


@pytest.mark.parametrize("content", [b"", b"{", b"\x1f\x8b", b'{"split": "train"}', b"[1]\n"])
def test_a_file_without_articles_is_refused(tmp_path: Path, tokenizer: Tokenizer, content: bytes) -> None:
    for name in ("a.jsonl", "a.jsonl.gz"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=name):
            read_articles(tmp_path / name, tokenizer, part="train")
        with pytest.raises(InputError, match=name):
            read_annotated(tmp_path / name, "train")


def test_nothing_to_learn_from_is_refused(base: Path, articles: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no attribution"):
        train(settings(base, articles, tmp_path, held_out_articles=99))


def test_a_base_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        build(tmp_path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("output = 3", "output"),
        ('output = "a"\nepoch = 2', "epoch"),
        ("output =", "TOML"),
        ('output = "a"\nepochs = 0', "epochs"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "t.toml").write_text(text)
    with pytest.raises(ConfigError, match=problem):
        load_tagger_settings(tmp_path / "t.toml")


def test_the_shipped_recipe_can_be_read() -> None:
    shipped = load_tagger_settings(Path(__file__).parents[1] / "configs" / "train-attribution.toml")
    assert shipped.epochs >= 1


def test_the_rate_rises_and_falls() -> None:
    rates = [rate_at(step, 100, 0.1) for step in range(101)]
    assert rates[0] == 0.0
    assert max(rates) == rates[10] == 1.0
    assert rates[-1] == 0.0
    assert all(a < b for a, b in pairwise(rates[:11]))
