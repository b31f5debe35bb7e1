"""Accusations in the draft's own voice that no list of words has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import StubEncoder, StubEntailment, claim
from spacy.language import Language

from verify.accusing import Weights, find_accusations, load_weights
from verify.attribution.registry import load_registry
from verify.config import Config
from verify.errors import InputError, ModelError
from verify.load import document_of
from verify.models.encoder import load_encoder
from verify.models.protocols import Encoder, Matrix
from verify.pipeline import Models, check
from verify.rules.lexicon import wrongdoing
from verify.train.accusing import fit, written
from verify.types import Claim, Role, Span, Stance

STATEMENTS = (
    "The owner had the hydrants painted over so that nobody would see they were dry.",
    "It was the neighbour's army that sank the barge.",
    "The mill's manager burned the time sheets.",
)
PLAIN = (
    "The harbour office opens at eight and has eleven pilots.",
    "The lighthouse was built in 1902 and stands on a rock off the coast.",
)


def accusations(
    *statements: str, role: Role = Role.PARAGRAPH, encoder: Encoder | None = None
) -> dict[str, str]:
    """By each statement, in a draft's own voice, the words that are found to accuse."""
    document = document_of("\n\n".join(statements).encode(), path="draft.txt", suffix=".txt")
    claims = [own_claim(number, block.span, role) for number, block in enumerate(document.blocks)]
    found = find_accusations(claims, document, encoder or load_encoder())
    return {statements[int(id_[1:])]: accusation.words for id_, accusation in found.items()}


def own_claim(number: int, span: Span, role: Role) -> Claim:
    return claim(number, None, Stance.ASSERTS, "", span=span, content=(span,), role=role)


def test_an_accusation_is_found_by_its_meaning_and_plain_facts_are_silent() -> None:
    found = accusations(*STATEMENTS, *PLAIN)
    assert set(found) == set(STATEMENTS)
    assert all(words in statement for statement, words in found.items())


def test_none_of_the_words_in_it_is_on_the_list() -> None:
    assert [wrongdoing(statement) for statement in STATEMENTS] == [None] * len(STATEMENTS)


def test_headlines_are_left_alone() -> None:
    assert accusations(*STATEMENTS, role=Role.HEADLINE) == {}


def test_an_encoder_that_the_weights_were_not_fitted_on_finds_nothing() -> None:
    class Other:
        name = "another"

        def encode(self, texts: Sequence[str]) -> Matrix:
            raise AssertionError("not asked")

    assert accusations(*STATEMENTS, encoder=Other()) == {}


@pytest.mark.parametrize(("level", "asked"), [("info", True), ("off", False)])
def test_nothing_is_looked_for_where_the_rule_is_off(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, level: str, asked: bool
) -> None:
    searches: list[Sequence[Claim]] = []
    monkeypatch.setattr(
        "verify.pipeline.find_accusations", lambda claims, document, encoder: searches.append(claims) or {}
    )
    draft = document_of(STATEMENTS[0].encode(), path="draft.txt", suffix=".txt")
    models = Models(nlp, StubEncoder({}), StubEntailment({}), load_registry())
    check(draft, models, Config.model_validate({"rules": {"unattributed-claim": level}}))
    assert bool(searches) is asked


def test_nothing_said_is_nothing_found() -> None:
    document = document_of(b"A word.", path="draft.txt", suffix=".txt")
    assert find_accusations([], document, load_encoder()) == {}


@pytest.mark.parametrize("content", ["", "{}", '{"encoder": "x", "bias": 0, "weights": ["a"]}', "\0"])
def test_a_damaged_file_is_a_clear_error(tmp_path: Path, content: str) -> None:
    file = tmp_path / "accusing.json"
    file.write_text(content)
    with pytest.raises(ModelError, match=r"verify\.train\.accusing"):
        load_weights(file)


def test_weights_learn_what_they_are_given() -> None:
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]] * 5, dtype=np.float32)
    table = fit(vectors, vectors[:, 0] > 0.5, "toy")
    weights = Weights(
        str(table["encoder"]), np.array(table["weights"], dtype=np.float32), float(str(table["bias"]))
    )
    assert (weights.probabilities(vectors) > 0.5).tolist() == (vectors[:, 0] > 0.5).tolist()


def test_sentences_are_read_with_their_labels(tmp_path: Path) -> None:
    (tmp_path / "accusing.txt").write_text("They hid it.\n")
    (tmp_path / "plain.txt").write_text("It is open.\n\n")
    assert written(tmp_path) == [("They hid it.", True), ("It is open.", False)]
    (tmp_path / "plain.txt").unlink()
    with pytest.raises(InputError, match=r"plain\.txt"):
        written(tmp_path)
