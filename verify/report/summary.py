"""What a reader needs to know of a checked document beyond its findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from verify.lines import Lines
from verify.printable import printable
from verify.report.text import plural
from verify.types import OUTLET, Checked, Claim, Coverage, Finding, Level, Span, Unchecked

UNCHECKED = "not-checked"
"""What stands in place of a rule's name or code where a format has room for nothing else."""

NO_PROSE = "no sentence of prose in it"

MOST_PLACES = 8
"""Places of one reason that are named one by one."""


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by level, gravest first, then by place."""
    return sorted(findings, key=lambda f: (f.level.severity, f.spans[:1], f.code))


def counts(findings: Iterable[Finding]) -> str:
    """Return "3 findings (1 error, 2 info)"."""
    by_level = Counter(f.level for f in findings)
    parts = [f"{by_level[level]} {level}" for level in Level if by_level[level]]
    return plural(by_level.total(), "finding") + (f" ({', '.join(parts)})" if parts else "")


def standing(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that count, in order: no editor let them stand, and no baseline holds them."""
    return in_order(f for f in findings if not f.is_aside)


def aside(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that don't count, in order."""
    return in_order(f for f in findings if f.is_aside)


def why_aside(finding: Finding) -> str:
    """Return "suppressed in draft.md:3: checked by phone, until 2025-05-01", or "in the baseline"."""
    suppression = finding.suppression
    if suppression is None:
        return "in the baseline" if finding.known else ""
    until = f", until {suppression.expires.isoformat()}" if suppression.expires else ""
    return f"suppressed in {suppression.place}: {suppression.reason}{until}"


def looked_at(checked: Checked) -> str:
    """What `amounts` returns, and what archive the document was held against."""
    if checked.searched is None:
        return amounts(checked.coverage)
    archive, count = checked.searched.archive, checked.searched.documents
    searched = f"{plural(count, 'document')} searched in {archive}"
    return f"{amounts(checked.coverage)}, {searched if count else f'nothing searched: {archive} is empty'}"


def amounts(coverage: Coverage) -> str:
    """Return "5 sentences, 3 claims, 2 pairs compared"."""
    sentences, claims = plural(coverage.sentences, "sentence"), plural(coverage.claims, "claim")
    return f"{sentences}, {claims}, {plural(coverage.pairs_compared, 'pair')} compared"


def day_shown(day: date) -> str:
    """Return "4 March 2025"."""
    return f"{day.day} {day:%B %Y}"


def names_together(models: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """The names of all models that a run used, by part; several of one part are parted by semicolons."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for used in models:
        for part, name in used.items():
            names[part][name] = None
    return {part: "; ".join(known) for part, known in names.items()}


def party_shown(party: str) -> str:
    """What a reader is told of a party: its name, or that it is the outlet."""
    return printable("the outlet" if party == OUTLET else party)


def who(claim: Claim) -> str:
    """What a reader is told of who makes a claim: the source's name, or that it is the draft's own."""
    return printable(claim.source.name) if claim.source else "own voice"


def spelled(word: str) -> str:
    """A word of the wire format as a reader has it: "wrong speaker"."""
    return word.replace("_", " ")


def some_of(places: Sequence[str]) -> tuple[Sequence[str], str]:
    """The first of many places, and how many more there are in words."""
    more = len(places) - MOST_PLACES
    return places[:MOST_PLACES], f" and {more} more" if more > 0 else ""


def left_out(checked: Checked) -> Mapping[str, list[Unchecked]]:
    """What wasn't checked by the reason; a document without prose is left out whole."""
    parts: defaultdict[str, list[Unchecked]] = defaultdict(list)
    for unchecked in checked.coverage.unchecked:
        parts[unchecked.reason].append(unchecked)
    if checked.nothing_checked and not parts:
        parts[NO_PROSE].append(Unchecked(NO_PROSE, Span(0, len(checked.document.text))))
    return parts


def where(unchecked: Unchecked, lines: Lines) -> str:
    """What tells a reader where the part is: its place in the original, or its line and column."""
    return printable(unchecked.place) if unchecked.place else lines.shown(unchecked.span.start)
