"""What came of a gate, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from verify.gate.inline import comment_on, takes_comments
from verify.gate.policy import failing, too_little_checked, unchecked_share
from verify.gate.run import GateResult, HeldBaseline
from verify.printable import printable
from verify.report.text import plural


def summary_lines(result: GateResult) -> Iterator[str]:
    """What was looked at and what wasn't, and what came of it."""
    drafts = result.checked.drafts
    findings = [finding for draft in drafts for finding in draft.checked.findings]
    fatal = [(finding, draft.checked.document) for draft in drafts for finding in failing(*draft)]
    yield ", ".join(
        (
            f"{plural(len(drafts), 'draft')} checked",
            f"{plural(len(fatal), 'finding')} that fail{'s' if len(fatal) == 1 else ''}",
            f"{sum(f.suppression is not None for f in findings)} suppressed",
            f"{sum(f.known for f in findings)} in the baseline",
        )
    )
    first = next((finding for finding, document in fatal if takes_comments(document)), None)
    if first is not None:
        yield f"To let one stand, write above it: {comment_on(first)}"
    if result.unchanged:
        yield f"Not checked: {plural(result.unchanged, 'draft')} that didn't change"
    if result.outside:
        where = "in paragraphs that didn't change; --diff file counts them"
        yield f"Not counted: {plural(result.outside, 'finding')} {where}"
    ignored = result.drafts.ignored
    if ignored:
        yield f"Not checked: {plural(len(ignored), 'draft')} left out by .verifyignore"
    elif not result.drafts.settings:
        yield "Not checked: there are no drafts here"
    for checked, config in drafts:
        if too_little_checked(checked, config):
            share = (
                "all of it" if checked.nothing_checked else f"{100 * unchecked_share(checked):.0f} % of it"
            )
            yield f"Not checked: {printable(checked.document.path)}: {share}"


def stale_lines(held: HeldBaseline) -> Iterator[str]:
    """What is stale in a baseline that still has it."""
    if held.stale:
        file = printable(str(held.baseline.file))
        yield f"{file}: these match nothing now; take them out with --prune"
    for entry in held.stale:
        told = f"{entry.path}: {entry.rule} {entry.fingerprint[:8]}: {held.baseline.entries[entry]}"
        yield f"  {printable(told)}"
