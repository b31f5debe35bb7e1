"""`verify batch`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify.cli.checking import settings_of, warn_of_empty
from verify.cli.options import (
    ArchivePath,
    Coloured,
    ConfigFile,
    EncoderName,
    EntailmentName,
    ExitZero,
    FailOn,
    OutputFile,
    ProfileName,
)
from verify.cli.outputs import require_free
from verify.cli.progress import progress_bar
from verify.cli.status import ExitStatus, status_of, worst
from verify.cli.streams import Color, Complaints, display_of, note, warn, write_report
from verify.errors import ConfigError, InputError
from verify.report import Format

if TYPE_CHECKING:
    from verify.batch import Outcome
    from verify.config import Config
    from verify.types import Checked


def batch(  # noqa: PLR0913, PLR0917 (typer takes options as arguments)
    paths: Annotated[
        list[Path], typer.Argument(metavar="FOLDER", help="Folders of drafts, or single drafts.")
    ],
    chosen: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="How to report; json-lines and concise come as they go. By default concise on a terminal,"
            " json-lines elsewhere.",
        ),
    ] = None,
    output: OutputFile = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the run that wrote --output was cut off.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; by default as many as cores, 8 at the most.")
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Keep nothing between runs, and use nothing kept.")
    ] = False,
    config: ConfigFile = None,
    profile: ProfileName = None,
    index: ArchivePath = None,
    encoder: EncoderName = None,
    entailment: EntailmentName = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    color: Coloured = Color.AUTO,
) -> None:
    """Check all drafts of a folder, and hold stories on the same event against each other.

    Exit status: 0 clean, 1 findings at or above the threshold, 2 error, 3 could not be checked.
    """
    from verify.batch import Journal, Policy
    from verify.batch.reports import STREAMED, last_piece, piece, whole
    from verify.batch.run import run_batch
    from verify.batch.summary import summary_lines
    from verify.cache import open_cache
    from verify.gate.drafts import any_draft_of, find_drafts
    from verify.gate.ignored import ignoring

    by_file = settings_of(
        config=config,
        profile=profile,
        encoder=encoder,
        entailment=entailment,
        index=index,
        fail_on=fail_on,
    )

    def settings(draft: str) -> Config:
        found = by_file(Path(draft))
        cache = found.cache.model_copy(update={"enabled": found.cache.enabled and not no_cache})
        return found.model_copy(update={"cache": cache})

    # The models that hold drafts against each other are those of the first folder's settings.
    own = settings(str(any_draft_of(paths[0])))
    format_ = chosen or _fitting(output)
    policy, is_ignored = Policy(settings, date.today()), ignoring()
    with ExitStack() as stack:
        place = _journal_of(output, stack, resume=resume)
        drafts = find_drafts(paths, ignored=is_ignored)
        if not drafts.paths:
            raise InputError(str(paths[0]), "holds no drafts", "name a folder with .txt, .md, .html, ...")
        if output is not None:
            require_free([output, place], drafts=map(Path, drafts.paths), settings=config, ignorable=True)
        display = display_of(output, color)
        journal = stack.enter_context(Journal(place, resume=resume))
        stack.enter_context(_telling_how_to_go_on(output))
        store = open_cache(own.cache, warn=warn)
        write = stack.enter_context(_report(output, streamed=format_ in STREAMED))
        # The lines on standard output tell of drafts that couldn't be checked themselves.
        tally = _Tally(settings, exit_zero, complaining=format_ is not Format.CONCISE or output is not None)

        def told(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
            for outcome in _with_bar(outcomes, len(drafts.paths)):
                tally.add(outcome)
                if format_ in STREAMED:
                    write(piece(outcome, format_, display))
                yield outcome

        result = run_batch(drafts, policy, own, journal=journal, store=store, jobs=jobs, watch=told)
        for story in result.across:
            tally.add_status(story.checked)
        if format_ in STREAMED:
            write(last_piece(result.across, format_))
        else:
            write(whole(journal, result.across, policy, format_, display))
    for searched in result.searched:
        warn_of_empty(searched)
    note("".join(f"{line}\n" for line in summary_lines(result)))
    raise typer.Exit(int(worst([*tally.statuses, *(ExitStatus.ERROR for _ in drafts.closed)])))


def _fitting(output: Path | None) -> Format:
    """The format for whoever named none: lines to read for people, lines of JSON for files and programs."""
    return Format.CONCISE if output is None and sys.stdout.isatty() else Format.JSON_LINES


@dataclass(frozen=True, slots=True)
class _Tally:
    """The exit statuses of a batch so far."""

    settings: Callable[[str], Config]
    exit_zero: bool
    complaining: bool
    statuses: set[ExitStatus] = field(default_factory=set)
    complaints: Complaints = field(default_factory=Complaints)

    def add(self, outcome: Outcome) -> None:
        """Count a draft; complain of one that couldn't be checked, and once of what ails many."""
        if outcome.result is not None:
            self.add_status(outcome.result.checked)
            return
        self.statuses.add(ExitStatus.ERROR)
        if self.complaining:
            self.complaints.add(outcome.problem or f"{outcome.path}: not checked")

    def add_status(self, checked: Checked) -> None:
        """Let a story's findings, or its silence, tell on the exit status."""
        config = self.settings(checked.document.path)
        self.statuses.add(status_of(checked, config, exit_zero=self.exit_zero))


def _journal_of(output: Path | None, stack: ExitStack, *, resume: bool) -> Path:
    """The journal beside the output, or one that goes with this run."""
    from verify.gate.drafts import JOURNAL

    if output is not None:
        return output.with_name(f"{output.name}{JOURNAL}")
    if resume:
        raise ConfigError("--resume", "goes by the file that the earlier run wrote", "give --output too")
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="verify-"))) / "journal"


@contextmanager
def _telling_how_to_go_on(output: Path | None) -> Iterator[None]:
    """What a user who interrupts the run should know."""
    with_journal = "what was checked is kept, and --resume goes on from there"
    try:
        yield
    except KeyboardInterrupt:
        note(f"stopped; {with_journal if output is not None else 'with --output a run can be resumed'}\n")
        raise


@contextmanager
def _report(output: Path | None, *, streamed: bool) -> Iterator[Callable[[str], object]]:
    """Where the report goes: as it comes, or to a file that is written whole."""
    if output is None or not streamed:
        yield lambda text: write_report(output, text)
        return
    with _told_as_output(output):
        file = output.open("w", encoding="utf-8", newline="\n", buffering=1)

    def write(text: str) -> None:
        with _told_as_output(output):
            file.write(text)

    try:
        yield write
    finally:
        with _told_as_output(output):  # a full disk may be noticed no sooner
            file.close()


@contextmanager
def _told_as_output(output: Path) -> Iterator[None]:
    """Trouble with the file of the report in a user's words; other trouble of a run isn't the file's."""
    try:
        yield
    except OSError as error:
        problem = f"can't be written ({error.strerror})"
        raise InputError(str(output), problem, "give --output another file") from error


def _with_bar(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The outcomes, with a bar and the time that is left on standard error where that is a terminal."""
    if not sys.stderr.isatty():  # nor need rich be imported
        yield from outcomes
        return
    with progress_bar(transient=True) as bar:
        yield from bar.track(outcomes, total=total, description="checked")
