"""What fails a draft: the findings that count, and too much that was left unchecked."""

from __future__ import annotations

from collections.abc import Iterable

from verify.config import Threshold
from verify.types import Checked, Finding, Level, Span


def failing(checked: Checked, threshold: Threshold) -> tuple[Finding, ...]:
    """The findings that make a draft fail: not set aside, covered by `fail_on`, and scored high enough."""
    return tuple(
        finding
        for finding in checked.findings
        if not finding.is_aside
        and finding.score >= threshold.min_score
        and covered(finding, threshold.fail_on)
    )


def covered(finding: Finding, fail_on: Iterable[str]) -> bool:
    """Whether a level, rule or code in `fail_on` covers the finding."""
    return any(
        finding.level.severity <= Level(word).severity
        if word in set(Level)
        else word in {finding.rule, finding.code}
        for word in fail_on
    )


def too_little_checked(checked: Checked, threshold: Threshold) -> bool:
    """Whether nothing was checked, or more was left out than may be."""
    return checked.nothing_checked or unchecked_share(checked) > threshold.max_unchecked


def unchecked_share(checked: Checked) -> float:
    """The share of the text that wasn't checked, in 0..1.

    It is 1 where something without text was left out, such as a scanned page: nobody knows how much.
    """
    left_out = [part.span for part in checked.coverage.unchecked]
    if any(span.start == span.end for span in left_out):
        return 1.0
    blocks = [block.span for block in checked.document.blocks]
    whole = _length([*blocks, *left_out])
    return _length(left_out) / whole if whole else 0.0


def _length(spans: Iterable[Span]) -> int:
    """The characters that the spans cover together."""
    covered, end = 0, 0
    for span in sorted(spans):
        covered += max(0, span.end - max(span.start, end))
        end = max(end, span.end)
    return covered
