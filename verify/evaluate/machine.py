"""What a figure was measured on."""

from __future__ import annotations

import os
import platform


def machine() -> str:
    """The processor, the cores that this process may use, and Python's version, as results name them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.machine()}, {cores} cores, Python {platform.python_version()}"
