"""Fine-tuning of a cross-encoder for three-way entailment, on a processor or a GPU.

Everything that a run does follows from its settings: which pairs, in which order, in which batches. So a
killed run goes on from its last checkpoint, and with dropout off it repeats the very same steps.

Batches hold pairs of like length (up to `batch_tokens` with the padding), for padding is the main waste;
AdamW (Loshchilov and Hutter 2019) with a linear warm-up and decay; the loss is the cross entropy to the
label, or to a mixture of label and teacher's probabilities (Hinton et al. 2015).
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from verify.files import write_folder, write_whole
from verify.models.entailment import LABELS
from verify.models.onnx import cut
from verify.models.protocols import Matrix
from verify.train.checkpoint import load_checkpoint
from verify.train.cross_encoder import accuracy, encode, load_base, tensors
from verify.train.mixture import mixture
from verify.train.pairs import UNLABELLED, Pair
from verify.train.settings import TrainSettings

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

CHECKPOINT, BEST, LOG = "checkpoint.pt", "best", "log.jsonl"
BUCKET = 4096
"""Pairs that are sorted by length together; the order beyond stays random."""

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
        inputs = tensors(encoded, batches[step], model)
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
        import torch

        state = load_checkpoint(self.settings.output / CHECKPOINT, self.digest, device)
        if state is None:
            return
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
