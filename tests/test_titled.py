"""Whom titles name, and what only looks like a name after one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verify.language.titled import name_people

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "name", "person"),
    [
        ("Cllr Imran Moor said that it was late.", "Imran Moor", True),
        ("Rear Admiral Jorge Velm told reporters that it was safe.", "Jorge Velm", True),
        ("Baroness Velm-Thornton said that it was small.", "Velm-Thornton", True),
        ("Col. Hugo Velm spoke on Sunday. Velm said 37 people were aboard.", "Velm", True),
        ("Major League Baseball said that it was late.", "League Baseball", False),
        ("The Captain Velm Museum said that it was late.", "Velm Museum", False),
        ("The Lord Mayor of Velm said that it was late.", "Mayor", False),
    ],
)
def test_what_follows_a_title(nlp: Language, text: str, name: str, person: bool) -> None:
    doc = nlp(text)
    name_people(doc)
    named = [entity.text for entity in doc.ents if entity.label_ == "PERSON"]
    assert (name in named) is person


@pytest.mark.parametrize(
    ("text", "name", "person"),
    [
        ("Rovers sacked Danny Hale. But Hale, 44, told the Gazette that he had not lied.", "Hale", True),
        ("The finance minister, Ana Ruiz, has resigned.", "Ana Ruiz", True),
        ("The owner, Velm Holdings, has been sold.", "Velm Holdings", False),
        ("The chair, Baroness Velm, has resigned.", "Velm", True),
        ("Gautam Adani sold it. Adani Ports fell. Adani said that it was safe.", "Adani", False),
    ],
)
def test_whom_an_office_or_a_full_name_tells_of(nlp: Language, text: str, name: str, person: bool) -> None:
    doc = nlp(text)
    name_people(doc)
    last = next(t for t in reversed(doc) if t.text == name.rsplit(maxsplit=1)[-1])
    assert (last.ent_type_ == "PERSON" and name in {e.text for e in doc.ents}) is person


@pytest.mark.parametrize("text", ["", " ", "Mr", "Mr ", "Dr.", "Lord Lord Lord", "Sir -", "Ms Velm-"])
def test_any_text_may_end_after_a_title(nlp: Language, text: str) -> None:
    name_people(nlp(text))
