"""The recipe of the bundled attribution tagger.

One encoder, two questions. First: which words are cues? Then, once per cue, with that cue marked: which
words are its source, which its content? Both are learnt together; the second is also asked about words
that look like cues and aren't, and learns to answer with nothing. See `verify.models.tagger`.

Everything that a run does follows from its settings, so a killed run goes on from its last checkpoint.
AdamW (Loshchilov and Hutter 2019) with a linear rise and fall; how logits become spans is chosen last,
on the newest articles and stories, which are held out.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from verify.errors import ConfigError
from verify.evaluate.attribution import Annotated as Gold
from verify.evaluate.attribution import Unit, links
from verify.evaluate.measures import Count
from verify.files import write_whole
from verify.models.decoding import Answer, Decoding, decode
from verify.models.tagger import read_answers
from verify.train.annotated import (
    Article,
    Example,
    batches,
    epoch_examples,
    lookalikes,
    read_articles,
    read_stories,
)
from verify.train.checkpoint import load_checkpoint
from verify.train.precision import Precision
from verify.train.settings import Number, Positive, Share, Strict, read_settings
from verify.train.tagger_model import Net, TorchGraphs, build, export, losses
from verify.types import Span

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

CHECKPOINT, EXPORT = "last.pt", "export"


class TaggerSettings(Strict):
    """One run of `verify train attribution`. Paths are relative to the working directory."""

    output: Path
    base: Path | None = None
    """Folder of the BERT to start from, with its tokenizer; all-MiniLM-L6-v2 by default."""
    name: str = "attribution"
    """What reports call the model."""
    articles: Path | None = None
    """Annotated articles, one JSON object a line; those of the split `train` are learnt."""
    stories: Path | None = None
    """A folder of labelled stories."""
    story_copies: Number = 3
    """Times that the stories are read in an epoch."""
    held_out_articles: Annotated[int, Field(ge=0)] = 38
    """The newest articles, by which the decoding is chosen."""
    held_out_stories: Annotated[int, Field(ge=0)] = 5
    epochs: Number = 3
    batch_pieces: Annotated[int, Field(ge=16)] = 1024
    """Wordpieces of a batch of windows, padding included; the questions about their cues come on top."""
    learning_rate: Positive = 3e-4
    head_rate: Positive = 1e-3
    """Of what starts afresh: the last layer."""
    warmup: Share = 0.06
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    clip: Positive = 1.0
    cue_loss: Positive = 1.0
    """What the first question's loss counts, next to the second's."""
    begin_weight: Positive = 1.0
    """What a word that begins a cue counts in the loss, next to others."""
    decoys: Share = 0.15
    """Words asked about that are no cue, for each cue."""
    jitter: Share = 0.1
    """Share of the cues that are marked with a word too few or too many."""
    precision: Precision = "fp16"
    seed: int = 7
    threads: Annotated[int, Field(ge=0)] = 0
    """Processor threads; 0 leaves the choice to torch."""
    bf16: bool = True
    save_every: Number = 200
    """Steps between checkpoints that a killed run goes on from."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: running means of the two losses, and wordpieces of windows learnt a second."""

    step: int
    steps: int
    cues: float
    roles: float
    speed: float


@dataclass(frozen=True, slots=True)
class Trained:
    """The outcome: the folder of the exported tagger, its decoding, and how it does on what was held out."""

    folder: Path
    decoding: Decoding
    pair: Count
    triple: Count


def load_tagger_settings(file: Path) -> TaggerSettings:
    """Read the settings of `verify train attribution`, as `read_settings` does."""
    return read_settings(file, TaggerSettings, example="configs/train-attribution.toml")


def train(
    settings: TaggerSettings,
    *,
    watch: Callable[[Progress], None] = lambda _: None,
    stop_after: int | None = None,
) -> Trained | None:
    """Run the training that `settings` describe, or go on with it; then choose the decoding, and export.

    `stop_after` ends the run after that step, as a kill would; it then returns None. Raises InputError for
    data, ModelError for a base that isn't one, and ConfigError where the output holds another run.
    """
    import torch

    if settings.threads:
        torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    base = settings.base or _bundled()
    tokenizer = _tokenizer(base)
    learnt, held_out = _data(settings, tokenizer)
    net = build(base)
    if not fit(net, learnt, settings, watch=watch, stop_after=stop_after):
        return None
    net.module.eval()
    answers = [answers_of(net, article, tokenizer) for article in held_out]
    decoding = choose(held_out, answers)
    folder = settings.output / EXPORT
    export(
        net,
        base / "tokenizer.json",
        folder,
        name=settings.name,
        decoding=decoding,
        precision=settings.precision,
    )
    pair, triple = measure(held_out, answers, decoding)
    return Trained(folder, decoding, pair, triple)


def _bundled() -> Path:
    from verify.train.export import bundled_encoder_source

    return bundled_encoder_source()


def _tokenizer(base: Path) -> Tokenizer:
    from verify.models.onnx import open_tokenizer

    return open_tokenizer(base)


def _data(settings: TaggerSettings, tokenizer: Tokenizer) -> tuple[list[Article], list[Article]]:
    """What is learnt, the stories as often as wanted, and what is held out."""
    articles = read_articles(settings.articles, tokenizer, part="train") if settings.articles else []
    stories = read_stories(settings.stories, tokenizer) if settings.stories else []
    cut = max(0, len(articles) - settings.held_out_articles), max(0, len(stories) - settings.held_out_stories)
    learnt = articles[: cut[0]] + stories[: cut[1]] * settings.story_copies
    if not any(a.attributions for a in learnt):
        raise ConfigError(
            "articles and stories",
            "leave no attribution to learn from",
            "name at least one, longer than what is held out",
        )
    return learnt, articles[cut[0] :] + stories[cut[1] :]


def fit(
    net: Net,
    articles: Sequence[Article],
    settings: TaggerSettings,
    *,
    watch: Callable[[Progress], None] = lambda _: None,
    stop_after: int | None = None,
) -> bool:
    """Train the net on `articles`, from the last checkpoint if there is one; whether it came to the end."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    net.module.to(device).train()
    decoys = lookalikes(articles)
    plan = [batch for epoch in range(settings.epochs) for batch in _epoch(articles, decoys, settings, epoch)]
    optimizer = torch.optim.AdamW(_groups(net.module, settings), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rate_at(step, len(plan), settings.warmup)
    )
    saved = _Checkpoint(settings.output / CHECKPOINT, _digest(settings, plan))
    done = saved.load(net.module, optimizer, schedule, device)
    began, seen, cues, roles = time.monotonic(), 0, 0.0, 0.0
    for step, batch in enumerate(plan[done:], start=done + 1):
        if stop_after is not None and step > stop_after:
            return False
        of_cues, of_roles = losses(
            net.tagger, batch, begin_weight=settings.begin_weight, device=device, bf16=settings.bf16
        )
        optimizer.zero_grad(set_to_none=True)
        (settings.cue_loss * of_cues + of_roles).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.module.parameters(), settings.clip)
        optimizer.step()
        schedule.step()
        seen += sum(len(example.ids) for example in batch)
        weight = 1.0 if step == done + 1 else 0.02
        cues += weight * (float(of_cues.detach()) - cues)
        roles += weight * (float(of_roles.detach()) - roles)
        if step % settings.save_every == 0 or step == len(plan):
            saved.save(net.module, optimizer, schedule, step)
        watch(Progress(step, len(plan), cues, roles, seen / max(1e-9, time.monotonic() - began)))
    return True


def _epoch(
    articles: Sequence[Article], decoys: Sequence[tuple[Article, int]], settings: TaggerSettings, epoch: int
) -> list[list[Example]]:
    rng = random.Random(f"{settings.seed}/{epoch}")
    examples = epoch_examples(articles, decoys, rng, decoy_share=settings.decoys, jitter=settings.jitter)
    return batches(examples, settings.batch_pieces, rng)


def _groups(module: torch.nn.Module, settings: TaggerSettings) -> list[dict[str, object]]:
    """The encoder's and the head's parameters with their own rates; biases and norms don't decay."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in module.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((name.startswith("head"), parameter.dim() > 1), []).append(parameter)
    return [
        {
            "params": parameters,
            "lr": settings.head_rate if head else settings.learning_rate,
            "weight_decay": settings.weight_decay if decays else 0.0,
        }
        for (head, decays), parameters in groups.items()
    ]


def rate_at(step: int, steps: int, warmup: float) -> float:
    """The share of the peak rate at `step`: a rise over the share `warmup` of all steps, then a fall to 0."""
    rise = max(1, int(warmup * steps))
    return step / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def _digest(settings: TaggerSettings, plan: Sequence[Sequence[Example]]) -> str:
    """Changes with anything that would change the steps of a run."""
    unimportant = {"save_every", "threads", "output", "name", "precision"}
    digest = hashlib.sha256(settings.model_dump_json(exclude=unimportant).encode())
    for batch in plan:
        for example in batch:
            digest.update(repr((example.ids, len(example.crops))).encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    """The file that a killed run goes on from, and the digest of the run that it must belong to."""

    file: Path
    digest: str

    def load(
        self,
        module: torch.nn.Module,
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LambdaLR,
        device: str,
    ) -> int:
        """Take up the state if there is one; the number of steps done. Raises ConfigError or ModelError."""
        import torch

        state = load_checkpoint(self.file, self.digest, device)
        if state is None:
            return 0
        module.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"].cpu())
        return int(state["step"])

    def save(
        self,
        module: torch.nn.Module,
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LambdaLR,
        step: int,
    ) -> None:
        """Write the state after `step`, in the place of the last one."""
        import torch

        state = {
            "digest": self.digest,
            "model": module.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "random": torch.get_rng_state(),
            "step": step,
        }
        write_whole(self.file, lambda file: torch.save(state, file))


# Choosing the decoding.

LEAST = Decoding(cue=0.2, sure=0.0)
"""Lets through whatever a decoding worth trying would."""

GRID = {
    "sure": (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75),
    "cue": (0.2, 0.3, 0.4, 0.5),
    "content": (0.0, 1.0, 2.0, 3.0, 4.0, 6.0),
    "source": (-2.0, -1.0, 0.0, 1.0, 2.0),
}
"""What is tried of each number of a decoding, one after the other, twice round."""


def answers_of(net: Net, article: Article, tokenizer: Tokenizer) -> tuple[Answer, ...]:
    """The trained net's answers for an article, about every word that might begin a cue."""
    device = next(net.module.parameters()).device.type
    return tuple(read_answers(article.paragraphs, TorchGraphs(net.tagger, device), tokenizer, LEAST))


def choose(articles: Sequence[Article], answers: Sequence[Sequence[Answer]]) -> Decoding:
    """The decoding that gives `answers`, one sequence an article, the best sum of pair and triple F1."""
    best, best_score = Decoding(), -1.0
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                tried = replace(best, **{name: value})
                score = sum(count.f1 for count in measure(articles, answers, tried))
                if score > best_score:
                    best, best_score = tried, score
    return best


def measure(
    articles: Sequence[Article], answers: Sequence[Sequence[Answer]], decoding: Decoding
) -> tuple[Count, Count]:
    """The measures `link.pair` and `link.triple` of `verify.evaluate.attribution`."""
    pair, triple = Count(), Count()
    for article, own in zip(articles, answers, strict=True):
        found = links(gold_of(article), tuple(_units(article, own, decoding)))
        pair, triple = pair + found["link.pair"], triple + found["link.triple"]
    return pair, triple


def gold_of(article: Article) -> Gold:
    """The article with its attributions, as the measures take it."""
    units = (
        Unit(article.spans(a.source), article.spans(a.cue), article.spans(a.content))
        for a in article.attributions
    )
    return Gold(article.id, "train", article.text, tuple(units))


def _units(article: Article, answers: Sequence[Answer], decoding: Decoding) -> Iterator[Unit]:
    for tagged in decode(answers, decoding):
        start = article.places[tagged.paragraph].start
        source = (_moved(tagged.source, start),) if tagged.source else ()
        content = tuple(_moved(span, start) for span in tagged.content)
        yield Unit(source, (_moved(tagged.cue, start),), content)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
