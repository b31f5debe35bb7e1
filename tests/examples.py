"""The examples on the pages of the rules, as cases for tests."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable

import pytest

from verify.rules.base import Rule

FENCE = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def docstring(rule: Rule) -> str:
    return sys.modules[rule.check.__module__].__doc__ or ""


def examples(rule: Rule, heading: str) -> list[str]:
    """What is fenced under `## heading` of a rule's page."""
    _, _, rest = docstring(rule).partition(f"\n## {heading}\n")
    return FENCE.findall(rest.partition("\n## ")[0])


def joined(example: str) -> str:
    """An example with its lines joined again into paragraphs."""
    return re.sub(r"(?<!\n)\n(?!\n|$)", " ", example)


def cases(rules: Iterable[Rule], read: Callable[[str], object] = str) -> list[object]:
    """Parameters of a test: a rule, the heading of an example, and what `read` makes of it."""
    return [
        pytest.param(rule, heading, read(example), id=f"{rule.name}-{heading.lower()}-{number}")
        for rule in rules
        for heading in ("Bad", "Good")
        for number, example in enumerate(examples(rule, heading), start=1)
    ]
