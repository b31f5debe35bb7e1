"""The configuration of a training run: a TOML file, every key known."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from verify.errors import ConfigError

Positive = Annotated[float, Field(gt=0)]
Number = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """No unknown key, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


T = TypeVar("T", bound=Strict)


class SourceSettings(Strict):
    """Pairs to learn from. Passes may be broken numbers; 0 leaves a set out."""

    path: Path
    kind: Literal["pairs", "stories", "made"] = "pairs"
    """Labelled pairs, labelled stories, or facts to make pairs of."""
    passes: Annotated[float, Field(ge=0)] = 1.0
    sets: dict[str, Annotated[float, Field(ge=0)]] = {}
    """Passes of single sets, in the place of `passes`."""
    balance: bool = True
    """Whether each label gets an equal share of every set that holds all three."""
    mirror: bool = False
    """Whether contradictions are also learnt the other way round."""
    recombined: Annotated[float, Field(ge=0)] = 0.0
    """Unlabelled pairs of the same texts for each labelled one; a teacher has to say what holds in them."""
    hold_out: tuple[str, ...] = ()
    """Sets, or phenomena or groups of them (such as a story's name), that are only measured on."""


class DevSettings(Strict):
    """Pairs to choose the best checkpoint by."""

    path: Path
    kind: Literal["pairs", "made"] = "pairs"
    """Labelled pairs, or facts whose held-out pairs are measured as the set `made`."""
    sets: tuple[str, ...] = ()
    limit: Number = 1500
    """Pairs that are taken of each set."""


class TrainSettings(Strict):
    """One run of `verify train entailment`. Paths are relative to the working directory."""

    output: Path
    base: Path
    """Folder of the model to start from: a cross-encoder, or an encoder that gets a new head."""
    layers: Number | None = None
    """Layers that are kept of the base, from the first on; all by default (Sajjad et al. 2023)."""
    sources: Annotated[tuple[SourceSettings, ...], Field(min_length=1)]
    dev: tuple[DevSettings, ...] = ()
    choose_by: tuple[str, ...] = ()
    """Sets whose mean accuracy decides which checkpoint is the best; all measured ones by default."""
    teacher: Path | None = None
    """A larger trained model whose probabilities are learnt along with the labels."""
    teacher_share: Share = 0.5
    rounds: Number = 1
    """How often each pair of the mixture is learnt."""
    seed: int = 7
    max_tokens: Annotated[int, Field(ge=16, le=512)] = 96
    batch_tokens: Annotated[int, Field(ge=128)] = 2560
    """Tokens of a batch, padding included."""
    learning_rate: Positive = 1e-4
    warmup: Share = 0.06
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    dropout: Share = 0.0
    """On a CPU, drawing the random numbers takes half of the time of a step."""
    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.0
    clip: Positive = 1.0
    stop_at: Number | None = None
    """Step to end at, ahead of the whole mixture, for a run whose model is trained on by another."""
    threads: Annotated[int, Field(ge=0)] = 0
    """Processor threads; 0 leaves the choice to torch."""
    bf16: bool = True
    save_every: Number = 500
    """Steps between checkpoints that a killed run goes on from."""
    score_every: Number = 1000
    """Steps between measurements on `dev` and what is held out."""


def load_settings(file: Path) -> TrainSettings:
    """Read the settings of `verify train entailment`, as `read_settings` does."""
    return read_settings(file, TrainSettings, example="configs/train-entailment.toml")


def read_settings(file: Path, kind: type[T], *, example: str) -> T:
    """Read the settings of a training; raises ConfigError naming the key, the value and what is wrong.

    `example` is a file to see how it is done.
    """
    remedy = f"see {example}"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(file), f"can't be read ({error.strerror})", remedy) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), f"isn't TOML ({error})", remedy) from error
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = f"`{where}` is {first['input']!r:.80}: {first['msg'].lower()}"
        raise ConfigError(str(file), problem, remedy) from error
