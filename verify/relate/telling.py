"""A claim as its story tells it, in one line: what a model needs to judge two claims in running copy.

A proposition by itself has lost what its sentence and its story say of the event, and whose word it is.
"""

from __future__ import annotations

from verify.relate.features import Facts

OUTLET = "The paper"
"""Who speaks where nobody is named."""


def told(facts: Facts) -> str:
    """Who says what, how and in which words: "Kyiv denies: Ukraine struck the prison. (Kyiv denied ...)"."""
    source = facts.claim.source.name if facts.claim.source is not None else OUTLET
    return f"{source} {facts.claim.stance}: {facts.text} ({facts.context})"


def told_pair(a: Facts, b: Facts, title: str | None) -> tuple[str, str]:
    """Two claims of a story with that title, as premise and hypothesis."""
    return (f"{title}. {told(a)}" if title else told(a)), told(b)
