"""What the archive has on a finding, for people: the passage, its origin, what a quotation made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from verify.printable import printable
from verify.report.diff import Edit, word_diff
from verify.report.summary import spelled
from verify.report.text import plural
from verify.types import Checked, Evidence, Finding, Passage, RelationType, Searched, Span

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

DISPUTING = frozenset({RelationType.CONTRADICTS, RelationType.UPDATE})
"""How evidence that a reader should see even without a finding bears on a claim."""

STYLES = {Edit.KEPT: "", Edit.DROPPED: "strike red", Edit.ADDED: "underline green"}
MARKS = {Edit.KEPT: ("", ""), Edit.DROPPED: ("[-", "-]"), Edit.ADDED: ("{+", "+}")}
"""What stands around words in a diff, so that it can be read without colours too."""

VERBS: Mapping[RelationType, tuple[str, str]] = {
    RelationType.SUPPORTS: ("bears it out", "bear it out"),
    RelationType.CONTRADICTS: ("contradicts it", "contradict it"),
    RelationType.UPDATE: ("overtakes it", "overtake it"),
    RelationType.MISQUOTE: ("has other words", "have other words"),
    RelationType.WRONG_SPEAKER: ("has another speaker", "have another speaker"),
}
"""What one passage of the archive does to the draft, and what several do."""


@cache
def _rests_on() -> Mapping[str, RelationType | None]:
    """The evidence that each rule rests on; the rules bring in more than a report may cost at start-up."""
    from verify.rules import RULES

    return {rule.name: rule.rests_on for rule in RULES}


def grounds(checked: Checked, finding: Finding) -> tuple[Evidence, ...]:
    """The evidence that a finding rests on, a passage of each document; none for those on the draft."""
    relation = _rests_on().get(finding.rule)
    found: dict[str, Evidence] = {}
    for evidence in checked.evidence:
        if (
            evidence.relation is relation
            and evidence.claim in finding.claims
            and _meant(checked, finding, evidence)
        ):
            found.setdefault(evidence.passage.document, evidence)
    return tuple(found.values())


def left_over(checked: Checked, shown: Iterable[Finding]) -> tuple[Evidence, ...]:
    """The evidence against the draft that no finding of `shown` rests on, mostly since it is unsure."""
    told = [evidence for finding in shown for evidence in grounds(checked, finding)]
    return tuple(e for e in checked.evidence if e.relation in DISPUTING and e not in told)


def recorded(checked: Checked, evidence: Evidence, quoted: Span) -> RenderableType:
    """The passage and its origin; for a misquotation the record's words against the draft's `quoted`."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    passage = evidence.passage
    start, end = evidence.span.start - passage.span.start, evidence.span.end - passage.span.start
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, justify="right", style="dim")
    grid.add_column(ratio=1)
    if evidence.relation is RelationType.MISQUOTE:
        words = _diff(passage.text[start:end], checked.document.text[quoted.start : quoted.end])
    else:
        words = Text.assemble(
            printable(passage.text[:start]),
            (printable(passage.text[start:end]), "bold"),
            printable(passage.text[end:]),
        )
    grid.add_row("archive", words)
    grid.add_row("", Text(printable(origin(passage)), style="dim"))
    return Padding(grid, (0, 0, 0, 4))


def origin(passage: Passage) -> str:
    """Where a passage comes from: speaker, publisher, title, date, the document's id."""
    day = passage.published.isoformat() if passage.published else None
    known = (passage.speaker, passage.publisher, passage.title, day, passage.document)
    return ", ".join(part for part in known if part)


def archive_line(checked: Checked, searched: Searched) -> str:
    """What was searched and what was found there, in a sentence or two."""
    if not searched.documents:
        return f"{searched.archive} holds no documents: nothing was searched."
    documents = plural(searched.documents, "document")
    relations = Counter(e.relation for e in checked.evidence)
    found = ", ".join(f"{relations[r]} {VERBS[r][relations[r] > 1]}" for r in RelationType if relations[r])
    verdicts = Counter(q.verdict for q in checked.quotations)
    looked = ", ".join(f"{n} {spelled(v)}" for v, n in sorted(verdicts.items()))
    parts = [
        f"{documents} in {searched.archive} searched; passages: {found or 'none that bears on the draft'}."
    ]
    if checked.quotations:
        parts.append(f"{plural(len(checked.quotations), 'quotation')} looked up: {looked}.")
    return " ".join(parts)


def _meant(checked: Checked, finding: Finding, evidence: Evidence) -> bool:
    """Whether evidence on a quotation is that of the finding's own: a claim may hold several."""
    places = {q.span for q in checked.quotations if q.evidence == evidence}
    return not places or finding.spans[0] in places


def _diff(old: str, new: str) -> Text:
    from rich.text import Text

    line = Text()
    for change in word_diff(old, new):
        before, after = MARKS[change.edit]
        line.append(f"{before}{printable(change.text)}{after}", style=STYLES[change.edit])
        line.append(" ")
    return line
