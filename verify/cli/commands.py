"""The commands by their names, and how whatever befalls one becomes an exit status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from verify import __version__
from verify.cli.batch import batch
from verify.cli.cache import app as cache_app
from verify.cli.check import check
from verify.cli.config import config
from verify.cli.evaluate import app as evaluate_app
from verify.cli.gate import gate
from verify.cli.index import app as index_app
from verify.cli.rules import explain, rules
from verify.cli.status import ExitStatus
from verify.cli.streams import complain, debugging, internal, silence_stdout
from verify.cli.train import app as train_app
from verify.errors import VerifyError

app = typer.Typer(
    name="verify",
    help="Who says what in a news draft, where the accounts clash, and what stands unsupported.",
    epilog="Exit status: 0 clean, 1 findings, 2 error, 3 could not be checked.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("check")(check)
app.command("batch")(batch)
app.command("gate")(gate)
app.command("config")(config)
app.command("rules")(rules)
app.command("rule")(explain)
app.add_typer(index_app, name="index")
app.add_typer(cache_app, name="cache")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(train_app, name="train")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"verify {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Who says what in a news draft, where the accounts clash, and what stands unsupported."""


def status_of_command(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; no exception leaves but KeyboardInterrupt.

    With VERIFY_DEBUG set those that an error comes from do.
    """
    try:
        app(list(arguments), prog_name="verify")
    except SystemExit as exit_:
        if exit_.code == ExitStatus.INTERRUPTED:  # typer makes an exit without a word of it
            raise KeyboardInterrupt from exit_
        if exit_.code is None or isinstance(exit_.code, int):
            return exit_.code or ExitStatus.CLEAN
        complain(str(exit_.code))
        return ExitStatus.ERROR
    except BrokenPipeError:
        silence_stdout()
    except VerifyError as error:
        if debugging():
            raise
        complain(str(error))
        return ExitStatus.ERROR
    # The one place where every failure is met: a user gets a line to report, and never a traceback.
    except Exception as error:
        if debugging():
            raise
        complain(internal(error))
        return ExitStatus.ERROR
    return ExitStatus.CLEAN
