"""JUnit's XML, which every CI service shows: a suite for each document, a case for each rule.

The schema is the one that Jenkins reads by (junit-10.xsd of its xUnit plug-in).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from verify.lines import Lines
from verify.printable import printable
from verify.report.display import Display
from verify.report.summary import (
    UNCHECKED,
    counts,
    in_order,
    left_out,
    looked_at,
    where,
    why_aside,
)
from verify.report.text import plural
from verify.types import Checked, Finding, Level, Run

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FAILING = (Level.ERROR, Level.WARNING)


class _Outcome(NamedTuple):
    """How a case ended: by the element "failure", "error" or "skipped", or "" for a pass; and why."""

    element: str
    message: str
    text: str


def render(run: Run, display: Display) -> str:
    """Return a suite for each document. A case fails by an error or a warning; info is written beside it.

    The rules of a document of which nothing could be checked count as skipped, never as passed.
    """
    from xml.etree.ElementTree import Element, indent, tostring

    root = Element("testsuites", name="verify")
    root.extend(_suite(checked) for checked in run.documents)
    for outcome in ("tests", "failures", "errors"):
        root.set(outcome, str(sum(int(suite.get(outcome, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(checked: Checked) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    path = printable(checked.document.path)
    cases = [*_cases(checked), ("coverage", _coverage(checked))]
    ended = [outcome.element for _, outcome in cases]
    suite = Element("testsuite", name=path, tests=str(len(cases)), file=path)
    for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(ended.count(element)))
    for name, outcome in cases:
        case = SubElement(suite, "testcase", name=name, classname=path)
        if outcome.element:
            SubElement(case, outcome.element, message=outcome.message).text = outcome.text
        elif outcome.text:
            SubElement(case, "system-out").text = outcome.text
    return suite


def _cases(checked: Checked) -> Iterator[tuple[str, _Outcome]]:
    names = dict.fromkeys(checked.rules) | dict.fromkeys(f.rule for f in checked.findings)
    lines = Lines.of(checked.document)
    for name in names:
        found = in_order(f for f in checked.findings if f.rule == name)
        if not found and checked.nothing_checked:
            yield name, _Outcome("skipped", "nothing in this document could be checked", "")
        else:
            yield name, _outcome(found, lines)


def _outcome(found: list[Finding], lines: Lines) -> _Outcome:
    text = _listed(found, lines)
    failing = [f for f in found if not f.is_aside and f.level in FAILING]
    if failing:
        return _Outcome("failure", counts(failing), text)
    if found and all(f.is_aside for f in found):
        return _Outcome("skipped", f"{plural(len(found), 'finding')} set aside", text)
    return _Outcome("", "", text)


def _coverage(checked: Checked) -> _Outcome:
    lines = Lines.of(checked.document)
    text = "\n".join(
        f"{where(part, lines)}: not checked: {printable(reason)}"
        for reason, parts in left_out(checked).items()
        for part in parts
    )
    if checked.nothing_checked:
        return _Outcome("error", "nothing in this document could be checked", text)
    if text:
        return _Outcome("skipped", UNCHECKED, text)
    return _Outcome("", "", printable(looked_at(checked)))


def _listed(findings: Iterable[Finding], lines: Lines) -> str:
    return "\n".join(
        f"{lines.shown(f.spans[0].start)}: {f.level} {f.code} {printable(f.message)}"
        + (f" ({printable(why_aside(f))})" if f.is_aside else "")
        for f in findings
    )
