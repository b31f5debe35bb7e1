"""What a reader needs to know of a checked document beyond its findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from verify.report.lines import Lines
from verify.report.text import plural, printable
from verify.types import Checked, Finding, Level, Role, Span, Unchecked

UNCHECKED = "not-checked"
"""What stands in place of a rule's name or code where a format has room for nothing else."""


def nothing_checked(checked: Checked) -> bool:
    """Whether no sentence of the document's paragraphs could be checked: silence that is no pass."""
    prose = [s for s in checked.sentences if s.role is Role.PARAGRAPH]
    unread = [u.span for u in checked.coverage.unchecked]
    return all(any(span.contains(s.span) for span in unread) for s in prose)


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
    return in_order(f for f in findings if not is_aside(f))


def aside(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that don't count, in order."""
    return in_order(f for f in findings if is_aside(f))


def is_aside(finding: Finding) -> bool:
    """Whether an editor let the finding stand, or the baseline holds it."""
    return finding.suppression is not None or finding.known


def why_aside(finding: Finding) -> str:
    """Return "suppressed in draft.md:3: checked by phone, until 2025-05-01", or "in the baseline"."""
    suppression = finding.suppression
    if suppression is None:
        return "in the baseline" if finding.known else ""
    until = f", until {suppression.expires.isoformat()}" if suppression.expires else ""
    return f"suppressed in {suppression.place}: {suppression.reason}{until}"


def looked_at(checked: Checked) -> str:
    """Return "5 sentences, 3 claims, 2 pairs compared", and what archive the document was held against."""
    coverage = checked.coverage
    parts = [
        plural(coverage.sentences, "sentence"),
        plural(coverage.claims, "claim"),
        f"{plural(coverage.pairs_compared, 'pair')} compared",
    ]
    if checked.searched is not None:
        documents = plural(checked.searched.documents, "document")
        parts.append(f"{documents} searched in {checked.searched.archive}")
    return ", ".join(parts)


def names_together(models: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """The names of all models that a run used, by part; several of one part are parted by semicolons."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for used in models:
        for part, name in used.items():
            names[part][name] = None
    return {part: "; ".join(known) for part, known in names.items()}


def left_out(checked: Checked) -> Mapping[str, list[Unchecked]]:
    """What wasn't checked by the reason; a document without prose is left out whole."""
    parts: defaultdict[str, list[Unchecked]] = defaultdict(list)
    for unchecked in checked.coverage.unchecked:
        parts[unchecked.reason].append(unchecked)
    if nothing_checked(checked) and not parts:
        parts[NO_PROSE].append(Unchecked(NO_PROSE, Span(0, len(checked.document.text))))
    return parts


def where(unchecked: Unchecked, lines: Lines) -> str:
    """What tells a reader where the part is: its place in the original, or its line and column."""
    return printable(unchecked.place) if unchecked.place else lines.shown(unchecked.span.start)


NO_PROSE = "no sentence of prose in it"
