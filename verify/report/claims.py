"""Who says what: a line for each claim as it was read, to see whose word a finding rests on."""

from __future__ import annotations

from verify.lines import Lines
from verify.printable import printable
from verify.report.display import Display
from verify.report.summary import left_out, party_shown, where, who
from verify.types import Checked, Claim, Run


def render(run: Run, display: Display) -> str:
    """Return a line for each claim, then for what wasn't checked; no findings."""
    return "".join(f"{line}\n" for checked in run.documents for line in _document(checked))


def _document(checked: Checked) -> list[str]:
    path, lines = printable(checked.document.path), Lines.of(checked.document)
    claims = [f"{path}:{lines.shown(claim.span.start)}: {_said(claim)}" for claim in checked.claims]
    unchecked = [
        f"{path}:{where(part, lines)}: not checked: {printable(reason)}"
        for reason, parts in left_out(checked).items()
        for part in parts
    ]
    return [*claims, *unchecked]


def _said(claim: Claim) -> str:
    """ "Vladimir Putin (Russia) denies: ...", in the words that claims are compared by."""
    speaker, party = who(claim), party_shown(claim.party)
    side = f" ({party})" if claim.source is not None and party != speaker else ""
    return f"{speaker}{side} {claim.stance}: {printable(claim.proposition)}"
