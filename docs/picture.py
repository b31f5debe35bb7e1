"""Draw the README's picture: a run of `verify check` on a seed draft, as a terminal shows it.

python docs/picture.py
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
DRAFT = "seeds/moscow-concert-hall.md"
PICTURE = ROOT / "docs" / "check.svg"
COLUMNS = 100


def main() -> None:
    """Run the program and write the picture."""
    command = [sys.executable, "-m", "verify", "check", DRAFT, "--color", "always"]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(report), soft_wrap=True)
    PICTURE.write_text(console.export_svg(title=f"verify check {DRAFT}"), encoding="utf-8")


if __name__ == "__main__":
    main()
