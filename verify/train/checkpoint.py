"""The file that a killed training goes on from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verify.errors import ConfigError, ModelError


def load_checkpoint(file: Path, digest: str, device: str) -> dict[str, Any] | None:
    """The state in `file`, None where there is none.

    Raises ModelError where it is damaged, and ConfigError where it belongs to a run with another digest.
    """
    import pickle

    import torch

    if not file.exists():
        return None
    try:
        state: dict[str, Any] = torch.load(file, map_location=device, weights_only=True)
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise ModelError(str(file), "is damaged", "remove it to start the run afresh") from error
    if state.get("digest") != digest:
        problem = "belongs to a run with other settings or data"
        raise ConfigError(str(file), problem, "remove it, or name another `output`")
    return state
