"""What a figure was measured on."""

from __future__ import annotations

import platform

from verify.cores import cores


def machine() -> str:
    """The processor, the cores that this process may use, and Python's version, as results name them."""
    return f"{platform.machine()}, {cores()} cores, Python {platform.python_version()}"
