"""Loading models of other libraries without a word to the network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import ModelError

OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


@contextmanager
def offline() -> Iterator[None]:
    """Keep the model libraries off the network and their progress bars off the terminal."""
    before = {key: os.environ.get(key) for key in (*OFFLINE, "HF_HUB_DISABLE_PROGRESS_BARS")}
    os.environ.update(dict.fromkeys(before, "1"))
    try:
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        yield
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value


@contextmanager
def refuse_missing(name: str) -> Iterator[None]:
    """Turn the many errors for a model that can't be loaded into one that says how to get it."""
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError, AttributeError, TypeError) as error:
        if Path(name).exists():
            problem = f"can't be loaded ({' '.join(str(error).split())[:120]})"
            remedy = "give the folder of a saved model, or leave the option out"
            raise ModelError(name, problem, remedy) from error
        raise ModelError(
            name,
            "is neither a folder nor a model in the local cache",
            "download it once with `hf download`, or leave the option out for the bundled model",
        ) from error
