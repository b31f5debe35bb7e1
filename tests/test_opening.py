"""Which event a story is about, as far as the names in its opening tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from verify.load import document_of
from verify.relate.opening import event_names, names_in, shared_event
from verify.types import Document

STORY = """Bridge At Sarnow Collapses

SARNOW - The bridge at Sarnow fell into the Velm on Monday, the ministry said. It collapses no more.

Engineers of Korvex had warned of it. The Velm is deep there.
"""


def document(text: str, title: str | None = None) -> Document:
    return replace(document_of(text.encode(), path="story.txt", suffix=".txt"), title=title)


def test_names_are_what_is_capitalised_alone() -> None:
    assert names_in("The dam at Velm burst. Water rose on Monday; the water stood in Sarnow.") == {
        "Velm",
        "Sarnow",
    }


@pytest.mark.parametrize(
    ("other", "share"),
    [
        ("A year after the fall of the bridge into the Velm, Sarnow has a ferry.", 1.0),
        ("The Velm is in flood.", 0.5),
        ("A bridge at Tellin collapsed.", 0.0),
        ("It rained.", 0.0),
    ],
)
def test_another_event_has_other_names(other: str, share: float) -> None:
    assert shared_event(event_names(document(STORY)), document(other)) == pytest.approx(share)


def test_a_title_counts() -> None:
    assert (
        shared_event(event_names(document(STORY)), document("It fell.", title="Velm bridge at Sarnow")) == 1.0
    )


def test_a_story_without_names_shares_none() -> None:
    assert shared_event(event_names(document("it rained.\n\nit rained all day.\n")), document(STORY)) == 0.0
