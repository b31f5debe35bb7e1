"""Fine-tuning of a cross-encoder for three-way entailment, on a processor or a GPU.

Everything that a run does follows from its settings: which pairs, in which order, in which batches. So a
killed run goes on from its last checkpoint, and with dropout off it repeats the very same steps.

Batches hold pairs of like length (up to `batch_tokens` with the padding), for padding is the main waste;
AdamW (Loshchilov and Hutter 2019) with a linear warm-up and decay; the loss is the cross entropy to the
label, or to a mixture of label and teacher's probabilities (Hinton et al. 2015).
"""

from __future__ import annotations

import hashlib
import inspect
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from verify.errors import ConfigError, ModelError
from verify.files import write_folder, write_whole
from verify.models.entailment import LABELS, label_order
from verify.models.protocols import Matrix
from verify.train.pairs import UNLABELLED, Pair, by_set, draw, mirrored, read_pairs, recombined
from verify.train.perturb import held_out_pairs, training_pairs
from verify.train.settings import SourceSettings, TrainSettings
from verify.train.stories import read_stories

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

CHECKPOINT, BEST, LOG = "checkpoint.pt", "best", "log.jsonl"
BUCKET = 4096
"""Pairs that are sorted by length together; the order beyond stays random."""

SCORING_TOKENS = 4096
LOG_EVERY = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands after a step.

    `loss` is the mean over the last LOG_EVERY steps, `rate` the learning rate; `scores` is empty between
    measurements.
    """

    step: int
    steps: int
    loss: float
    rate: float
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Pairs as token ids: rows of ids and of segment ids, of one length each."""

    ids: Sequence[NDArray[np.int32]]
    segments: Sequence[NDArray[np.int8]]

    def sizes(self) -> list[int]:
        """The number of tokens of each pair."""
        return [len(row) for row in self.ids]


@dataclass(frozen=True, slots=True)
class Trained:
    """The outcome of a run: folder of the best checkpoint, its scores by set, and the loss of every step."""

    folder: Path
    scores: Mapping[str, float]
    losses: tuple[float, ...]


def train(
    settings: TrainSettings,
    *,
    watch: Callable[[Progress], None] = lambda _: None,
    stop_after: int | None = None,
) -> Trained:
    """Run the training that `settings` describe, or go on with it from its last checkpoint.

    `stop_after` ends the run at that step, as a kill would. Raises InputError for data, ModelError for a base
    that isn't one, and ConfigError where the output holds a run with other settings.
    """
    import torch

    if settings.threads:
        torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    learnt, measured = mixture(settings)
    model, tokenizer = load_base(settings.base, dropout=settings.dropout, layers=settings.layers)
    model.to(device)  # type: ignore[arg-type]  # transformers wraps it in an untyped decorator
    encoded = encode(tokenizer, learnt, settings.max_tokens)
    targets = torch.tensor(_targets(settings, learnt), dtype=torch.float32)
    batches = plan(encoded.sizes(), settings.batch_tokens, seed=settings.seed)
    held = {name: (encode(tokenizer, pairs, settings.max_tokens), pairs) for name, pairs in measured.items()}
    optimizer = torch.optim.AdamW(
        _groups(model, settings.weight_decay), lr=settings.learning_rate, fused=True
    )
    run = _Run(settings, model, optimizer, digest=_digest(settings, learnt))
    run.resume(device)

    model.train()
    end = min(len(batches), settings.stop_at or len(batches))
    for step in range(run.step, end if stop_after is None else min(end, stop_after)):
        rate = settings.learning_rate * _schedule(step, len(batches), settings.warmup)
        inputs = _tensors(encoded, batches[step], model)
        run.losses.append(_learn(run, inputs, targets[batches[step]].to(device), rate))
        run.step = step + 1
        scores: Mapping[str, float] = {}
        if run.step == end or run.step % settings.score_every == 0:
            scores = {
                name: accuracy(model, rows, pairs, bf16=settings.bf16) for name, (rows, pairs) in held.items()
            }
            run.keep_best(scores, tokenizer)
        if run.step == end or run.step % settings.save_every == 0:
            run.save()
        progress = Progress(run.step, end, float(np.mean(run.losses[-LOG_EVERY:])), rate, scores)
        if scores or run.step % LOG_EVERY == 0:
            run.log(progress)
        watch(progress)
    return Trained(settings.output / BEST, run.scores, tuple(run.losses))


def _learn(run: _Run, inputs: Mapping[str, torch.Tensor], wanted: torch.Tensor, rate: float) -> float:
    """Take one step at the learning rate `rate` towards `wanted`, of shape (pairs, 3); return the loss."""
    import torch

    settings, model, optimizer = run.settings, run.model, run.optimizer
    for group in optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast(model.device.type, dtype=torch.bfloat16, enabled=settings.bf16):
        logits = model(**inputs).logits
    loss = torch.nn.functional.cross_entropy(logits.float(), wanted, label_smoothing=settings.label_smoothing)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.item())


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


def load_base(
    folder: Path, *, dropout: float, trained: bool = False, layers: int | None = None
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """A cross-encoder with its classes in the order of LABELS: a saved one, or an encoder with a fresh head.

    Of its layers the first `layers` are kept. Raises ModelError where it can't be loaded, or, with
    `trained`, where its classes aren't those of LABELS.
    """
    from safetensors import SafetensorError
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    from verify.models.hub import offline

    with offline():
        try:
            config = AutoConfig.from_pretrained(
                folder,
                local_files_only=True,
                hidden_dropout_prob=dropout,
                attention_probs_dropout_prob=dropout,
                classifier_dropout=dropout,
                **({} if layers is None else {"num_hidden_layers": layers}),
            )
            named = {str(label).lower() for label in config.id2label.values()} == set(LABELS)
            order = label_order(config.id2label, str(folder)) if named or trained else None
            config.id2label = dict(enumerate(LABELS))
            config.label2id = {label: i for i, label in enumerate(LABELS)}
            # Without dropout the plain attention is twice as fast on a CPU: 231 pairs/s, fused 103.
            model = AutoModelForSequenceClassification.from_pretrained(
                folder, config=config, local_files_only=True, dtype="float32", attn_implementation="eager"
            )
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError, EOFError) as error:
            problem = f"can't be loaded ({' '.join(str(error).split())[:160]})"
            raise ModelError(
                str(folder), problem, "give the folder of a saved model with its tokenizer"
            ) from error
    if order is not None:
        _reorder(model, order)
    return model, cast("PreTrainedTokenizerFast", tokenizer)


def _reorder(model: PreTrainedModel, order: Sequence[int]) -> None:
    """Put the outputs of the model's last layer into `order`."""
    import torch

    *_, head = (
        m for m in model.modules() if isinstance(m, torch.nn.Linear) and m.out_features == len(LABELS)
    )
    with torch.no_grad():
        head.weight.copy_(head.weight[list(order)].clone())
        head.bias.copy_(head.bias[list(order)].clone())


def encode(tokenizer: PreTrainedTokenizerFast, pairs: Sequence[Pair], max_tokens: int) -> Encoded:
    """The token ids of `pairs`, cut to `max_tokens` at the longer of the two texts."""
    if not pairs:
        return Encoded([], [])
    rows = tokenizer(
        [p.premise for p in pairs],
        [p.hypothesis for p in pairs],
        truncation="longest_first",
        max_length=max_tokens,
        return_attention_mask=False,
        return_token_type_ids=True,
    )
    return Encoded(
        [np.asarray(ids, dtype=np.int32) for ids in rows["input_ids"]],
        [np.asarray(ids, dtype=np.int8) for ids in rows["token_type_ids"]],
    )


def plan(sizes: Sequence[int], batch_tokens: int, *, seed: int) -> list[list[int]]:
    """The places of pairs in batches of like length, in random order; the same for the same seed."""
    rng = random.Random(seed)
    order = list(range(len(sizes)))
    rng.shuffle(order)
    batches = []
    for start in range(0, len(order), BUCKET):
        bucket = list(cut(sorted(order[start : start + BUCKET], key=lambda i: sizes[i]), sizes, batch_tokens))
        rng.shuffle(bucket)
        batches += bucket
    return batches


def cut(places: Sequence[int], sizes: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Runs of `places`, sorted by size, that fit into `batch_tokens` with their padding."""
    batch: list[int] = []
    for place in places:
        if batch and (len(batch) + 1) * sizes[place] > batch_tokens:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def probabilities(model: PreTrainedModel, encoded: Encoded, *, bf16: bool = False) -> Matrix:
    """The model's probabilities, of shape (pairs, 3) in the order of LABELS; rough and quick with `bf16`."""
    import torch

    sizes = encoded.sizes()
    rows = np.zeros((len(sizes), len(LABELS)), dtype=np.float32)
    training = model.training
    model.train(False)
    device = model.device.type
    with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16, enabled=bf16):
        for batch in cut(sorted(range(len(sizes)), key=lambda i: sizes[i]), sizes, SCORING_TOKENS):
            logits = model(**_tensors(encoded, batch, model)).logits
            rows[batch] = torch.softmax(logits.float(), dim=1).cpu().numpy()
    model.train(training)
    return rows


def accuracy(model: PreTrainedModel, encoded: Encoded, pairs: Sequence[Pair], *, bf16: bool = False) -> float:
    """The share of pairs whose label the model finds most likely, in 0..1."""
    wanted = np.asarray([p.target for p in pairs])
    return float((probabilities(model, encoded, bf16=bf16).argmax(1) == wanted).mean())


def _tensors(encoded: Encoded, batch: Sequence[int], model: PreTrainedModel) -> dict[str, torch.Tensor]:
    """The padded batch, with those inputs that the model takes: MPNet, for one, knows no segments."""
    import torch

    longest = max(len(encoded.ids[i]) for i in batch)
    arrays = {
        key: np.zeros((len(batch), longest), dtype=np.int64)
        for key in ("input_ids", "token_type_ids", "attention_mask")
    }
    for row, i in enumerate(batch):
        size = len(encoded.ids[i])
        arrays["input_ids"][row, :size] = encoded.ids[i]
        arrays["token_type_ids"][row, :size] = encoded.segments[i]
        arrays["attention_mask"][row, :size] = 1
    taken = inspect.signature(model.forward).parameters
    return {key: torch.from_numpy(a).to(model.device) for key, a in arrays.items() if key in taken}


def _targets(settings: TrainSettings, pairs: Sequence[Pair]) -> Matrix:
    """What to learn, of shape (pairs, 3): the labels, mixed with what a teacher says where there is one."""
    if settings.teacher is None:
        return _one_hot(pairs)
    from verify.train.distil import soft_labels

    soft = soft_labels(
        settings.teacher,
        pairs,
        cache=settings.output / "soft-labels.npz",
        max_tokens=settings.max_tokens,
        bf16=settings.bf16,
    )
    labelled = np.asarray([p.label != UNLABELLED for p in pairs])
    labels = soft.copy()
    labels[labelled] = _one_hot([p for p in pairs if p.label != UNLABELLED])
    mixed: Matrix = (settings.teacher_share * soft + (1 - settings.teacher_share) * labels).astype(np.float32)
    return mixed


def _one_hot(pairs: Sequence[Pair]) -> Matrix:
    """The labels as probabilities, of shape (pairs, 3)."""
    return np.eye(len(LABELS), dtype=np.float32)[[p.target for p in pairs]]


def _groups(model: PreTrainedModel, weight_decay: float) -> list[dict[str, object]]:
    """Parameters with and without weight decay: matrices shrink, biases and norms don't."""
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() <= 1]
    return [{"params": matrices, "weight_decay": weight_decay}, {"params": vectors, "weight_decay": 0.0}]


def _schedule(step: int, steps: int, warmup: float) -> float:
    """The share of the peak learning rate at `step`: a linear rise, then a linear fall to 0."""
    rise = max(1, round(warmup * steps))
    return (step + 1) / rise if step < rise else (steps - step) / max(1, steps - rise)


def _digest(settings: TrainSettings, pairs: Sequence[Pair]) -> str:
    """Changes with anything that would change the steps of a run."""
    unimportant = {"save_every", "score_every", "threads", "output", "dev", "choose_by"}
    text = settings.model_dump_json(exclude=unimportant) + "\n".join(
        f"{p.premise}\t{p.hypothesis}\t{p.label}" for p in pairs
    )
    return hashlib.sha256(text.encode()).hexdigest()


class _Run:
    """The state of a run that has to survive a kill, and where it is kept."""

    def __init__(
        self,
        settings: TrainSettings,
        model: PreTrainedModel,
        optimizer: torch.optim.Optimizer,
        *,
        digest: str,
    ) -> None:
        self.settings = settings
        self.model = model
        self.optimizer = optimizer
        self.digest = digest
        self.step = 0
        self.best = -1.0
        self.scores: Mapping[str, float] = {}
        self.losses: list[float] = []

    def resume(self, device: str) -> None:
        """Take up the last checkpoint, where there is one; raises ConfigError or ModelError."""
        import pickle

        import torch

        file = self.settings.output / CHECKPOINT
        if not file.exists():
            return
        try:
            state = torch.load(file, map_location=device, weights_only=True)
        except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
            raise ModelError(str(file), "is damaged", "remove it to start the run afresh") from error
        if state["digest"] != self.digest:
            raise ConfigError(
                str(file),
                "belongs to a run with other settings or data",
                "remove it, or name another `output`",
            )
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        self.step, self.best, self.scores = state["step"], state["best"], state["scores"]
        self.losses = list(state["losses"])

    def save(self) -> None:
        """Write the checkpoint, in the place of the last one."""
        import torch

        state = {
            "digest": self.digest,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "step": self.step,
            "best": self.best,
            "scores": dict(self.scores),
            "losses": self.losses,
        }
        write_whole(self.settings.output / CHECKPOINT, lambda file: torch.save(state, file))

    def keep_best(self, scores: Mapping[str, float], tokenizer: PreTrainedTokenizerFast) -> None:
        """Write the model to the folder BEST if it scores at least as well as the best so far."""
        chosen = [scores[name] for name in self.settings.choose_by or scores]
        score = float(np.mean(chosen)) if chosen else 0.0
        if score < self.best:
            return
        self.best, self.scores = score, scores

        def write(folder: Path) -> None:
            self.model.save_pretrained(folder)
            tokenizer.save_pretrained(folder)
            about = {
                "step": self.step,
                "scores": dict(scores),
                "settings": json.loads(self.settings.model_dump_json()),
            }
            (folder / "training.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")

        write_folder(self.settings.output / BEST, write)

    def log(self, progress: Progress) -> None:
        """Add a line to the run's log."""
        row: dict[str, object] = {
            "step": progress.step,
            "steps": progress.steps,
            "loss": round(progress.loss, 4),
            "rate": progress.rate,
        }
        row |= (
            {"scores": {name: round(score, 4) for name, score in progress.scores.items()}}
            if progress.scores
            else {}
        )
        self.settings.output.mkdir(parents=True, exist_ok=True)
        with (self.settings.output / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
