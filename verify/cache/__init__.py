"""What was computed before, kept by content and by the models that computed it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from verify.cache.store import Store
from verify.config import CacheSettings

FOLDER = "verify"
MEGABYTE = 1_000_000


def cache_folder(settings: CacheSettings) -> Path:
    """The folder that `settings` names, or else the user's own for caches ($XDG_CACHE_HOME/verify)."""
    from platformdirs import user_cache_path

    return settings.path if settings.path is not None else user_cache_path(FOLDER, appauthor=False)


def open_cache(settings: CacheSettings, *, warn: Callable[[str], object]) -> Store | None:
    """The cache, or None where `settings` switches it off; `warn` is told in a line what is wrong with it."""
    if not settings.enabled:
        return None
    return Store(cache_folder(settings), limit=settings.megabytes * MEGABYTE, warn=warn)


__all__ = ["Store", "cache_folder", "open_cache"]
