"""The command line: a thin shell over the library. Start-up imports no model, nor what else loads slowly.

Even the commands are imported only where an interrupt can be met: Ctrl-C never shows a traceback.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from verify.cli.status import ExitStatus


def main() -> None:
    """Run the command that the shell gave, and exit."""
    status = run(sys.argv[1:])
    # There is nothing left to interrupt, and Python's own end would answer with a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; no exception leaves, unless VERIFY_DEBUG is set."""
    try:
        from verify.cli.commands import status_of_command

        return status_of_command(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("verify: interrupted\n")
        return ExitStatus.INTERRUPTED
