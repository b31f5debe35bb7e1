"""`verify batch`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
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
from verify.cores import cores
from verify.errors import ConfigError, InputError
from verify.printable import printable
from verify.report import Format
from verify.report.summary import standing
from verify.report.text import plural

if TYPE_CHECKING:
    from verify.batch import Outcome
    from verify.batch.told import Across
    from verify.config import Config
    from verify.gate.drafts import Drafts
    from verify.types import Checked, Searched

MOST_JOBS = 8
"""Workers that are started unasked; each holds the models, some 400 MB."""

MOST_LINES = 20
"""Lines of the summary on what stories tell differently; the report has them all."""


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
    from verify.batch import Journal, Policy, check_drafts
    from verify.batch.reports import STREAMED, last_piece, piece, whole
    from verify.batch.told import hold_against_each_other
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
        outcomes = check_drafts(
            drafts.paths, policy, journal=journal, store=store, jobs=jobs or min(cores(), MOST_JOBS)
        )
        # The lines on standard output tell of drafts that couldn't be checked themselves.
        tally = Tally(exit_zero, complaining=format_ is not Format.CONCISE or output is not None)
        for outcome in _watched(stack.enter_context(closing(outcomes)), len(drafts.paths)):
            tally.add(outcome, settings)
            if format_ in STREAMED:
                write(piece(outcome, format_, display))
        across = hold_against_each_other(journal, policy, own, store)
        for story in across:
            tally.add_status(story.checked, settings)
        if format_ in STREAMED:
            write(last_piece(across, format_))
        else:
            write(whole(journal, across, policy, format_, display))
    for searched in tally.searched:
        warn_of_empty(searched)
    note(_summary(tally, drafts, across))
    raise typer.Exit(int(worst([*tally.statuses, *(ExitStatus.ERROR for _ in drafts.closed)])))


def _fitting(output: Path | None) -> Format:
    """The format for whoever named none: lines to read for people, lines of JSON for files and programs."""
    return Format.CONCISE if output is None and sys.stdout.isatty() else Format.JSON_LINES


@dataclass(slots=True)
class Tally:
    """What came of a batch so far."""

    exit_zero: bool
    complaining: bool
    checked: int = 0
    failed: int = 0
    findings: int = 0
    statuses: set[ExitStatus] = field(default_factory=set)
    complaints: Complaints = field(default_factory=Complaints)
    searched: set[Searched] = field(default_factory=set)

    def add(self, outcome: Outcome, settings: Callable[[str], Config]) -> None:
        """Count a draft; complain of one that couldn't be checked, and once of what ails many."""
        if outcome.result is not None:
            self.checked += 1
            self.findings += len(standing(outcome.result.checked.findings))
            self.add_status(outcome.result.checked, settings)
            if outcome.result.checked.searched is not None:
                self.searched.add(outcome.result.checked.searched)
            return
        self.failed += 1
        self.statuses.add(ExitStatus.ERROR)
        if self.complaining:
            self.complaints.add(outcome.problem or f"{outcome.path}: not checked")

    def add_status(self, checked: Checked, settings: Callable[[str], Config]) -> None:
        """Let a story's findings, or its silence, tell on the exit status."""
        self.statuses.add(status_of(checked, settings(checked.document.path), exit_zero=self.exit_zero))


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


def _watched(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The outcomes, with a bar and the time that is left on standard error where that is a terminal."""
    if not sys.stderr.isatty():  # nor need rich be imported
        yield from outcomes
        return
    with progress_bar(transient=True) as bar:
        yield from bar.track(outcomes, total=total, description="checked")


def _summary(tally: Tally, drafts: Drafts, across: Sequence[Across]) -> str:
    """What came of the run, in lines for people."""
    from verify.batch.reports import lines_across

    failed = f", {tally.failed} not checked" if tally.failed else ""
    lines = [f"{plural(tally.checked, 'draft')} checked{failed}: {plural(tally.findings, 'finding')}"]
    told = list(lines_across(across))
    if told:
        lines += ["Across documents:", *(f"  {line}" for line in told[:MOST_LINES])]
        lines += [f"  and {len(told) - MOST_LINES} more"] if len(told) > MOST_LINES else []
    elif tally.checked > 1:
        lines.append("Across documents: nothing told differently")
    if drafts.passed_over:
        kinds = ", ".join(f"{printable(suffix)} {count}" for suffix, count in drafts.passed_over.items())
        lines.append(f"Not read: {plural(sum(drafts.passed_over.values()), 'other file')} ({kinds})")
    lines += [f"Not read: {printable(folder)} ({reason})" for folder, reason in drafts.closed]
    return "".join(f"{line}\n" for line in lines)
