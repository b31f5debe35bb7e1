"""Where the files that ship with the program lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path


def configs_folder() -> Path:
    """The folder of shipped profiles and of the registry of sources."""
    package = Path(__file__).resolve().parent
    installed = package / "configs"
    return installed if installed.is_dir() else package.parent / "configs"


def weights_folder() -> Path:
    """The folder of the bundled models, one subfolder each."""
    return Path(__file__).resolve().parent / "models" / "weights"
