"""The examples on the pages of the rules on an archive, through the whole line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evidencing import MemoryArchive
from examples import cases, examples

from verify.config import Config
from verify.evidence import Library
from verify.load import document_of
from verify.pipeline import Models, check, read
from verify.rules import RULES
from verify.rules.base import Against, Rule
from verify.types import Document

CASES = cases(rule for rule in RULES if rule.against is Against.ARCHIVE)


def archived(text: str, models: Models) -> MemoryArchive:
    documents: list[Document] = []
    for part in text.split("%%%\n"):
        document = document_of(part.strip().encode(), path="archived.md", suffix=".md")
        documents.append(replace(document, id=document.own_id or ""))
    copies = tuple((d.id, documents[0].id) for d in documents[1:])
    return MemoryArchive(tuple(documents), models.encoder, origins=copies)


@pytest.mark.parametrize(("rule", "heading", "text"), CASES)
def test_examples(rule: Rule, heading: str, text: str, models: Models) -> None:
    documents, _, draft = text.rpartition("%%%\n")
    library = Library(
        archived(documents, models), lambda d: read(d, models).claims, models.registry, models.encoder
    )
    checked = check(
        document_of(draft.strip().encode(), path="draft.md", suffix=".md"), models, Config(), library=library
    )
    fired = rule.name in {finding.rule for finding in checked.findings}
    assert fired is (heading == "Bad"), [(e.relation, e.score, e.reason) for e in checked.evidence]


def test_every_rule_has_examples_of_both_kinds() -> None:
    for rule in RULES:
        if rule.against is Against.ARCHIVE:
            assert examples(rule, "Bad"), rule.name
            assert examples(rule, "Good"), rule.name
