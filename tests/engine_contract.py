"""What every engine of the archive has to do: subclass `EngineContract` and give it the fixture `make`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from archives import BRIDGE, ENCODER, MINE, VOTE, WIRE, archived, entry

from verify.errors import ArchiveError
from verify.index.fingerprint import fingerprint_of
from verify.index.protocols import EVERYTHING, ArchiveEntry, Engine, Filter, Fingerprint, Match, Snapshot
from verify.types import Document

Make = Callable[[Fingerprint], Engine]
"""Makes an empty engine for the vectors of one encoder."""


def bridge() -> Document:
    return archived(
        "bridge", BRIDGE, title="Bridge", publisher="Post", published="2025-03-04", speaker="Brandt"
    )


def mine() -> Document:
    return archived("mine", MINE, publisher="Herald", published="2025-05-09")


def vote() -> Document:
    return archived("vote", VOTE)


def found(snapshot: Snapshot, query: str, *, k: int = 5, where: Filter = EVERYTHING) -> tuple[Match, ...]:
    return snapshot.search([query], ENCODER.encode([query]), k=k, where=where)[0]


def documents(snapshot: Snapshot, query: str, *, where: Filter = EVERYTHING) -> set[str]:
    return {match.passage.document for match in found(snapshot, query, k=50, where=where)}


class EngineContract:
    """The promises of `verify.index.protocols`; `make` is a fixture of the subclass."""

    @pytest.fixture
    def engine(self, make: Make) -> Engine:
        engine = make(fingerprint_of(ENCODER))
        with engine.writer() as writer:
            writer.add([entry(bridge()), entry(mine()), entry(vote(), language="fr")])
            writer.settle()
        return engine

    def test_an_empty_engine_finds_nothing(self, make: Make) -> None:
        snapshot = make(fingerprint_of(ENCODER)).snapshot()
        assert found(snapshot, "bridge") == ()
        assert (snapshot.searched.documents, snapshot.searched.passages) == (0, 0)
        assert snapshot.known() == {}

    def test_keeps_the_fingerprint(self, engine: Engine) -> None:
        kept, given = engine.snapshot().fingerprint, fingerprint_of(ENCODER)
        assert kept.encoder == given.encoder
        np.testing.assert_array_equal(kept.probe, given.probe)

    def test_finds_a_passage_by_its_own_words(self, engine: Engine) -> None:
        match = found(engine.snapshot(), "Mayor Odile Rousset said she would respect the result.")[0]
        assert match.passage.document == "vote"
        assert match.cosine == pytest.approx(1.0, abs=2e-3)

    def test_gives_what_is_known_of_a_passage(self, engine: Engine) -> None:
        passage = found(engine.snapshot(), "the road bridge fell into the river")[0].passage
        assert (passage.document, passage.title, passage.publisher) == ("bridge", "Bridge", "Post")
        assert (passage.published, passage.speaker) == (date(2025, 3, 4), "Brandt")

    def test_a_passage_is_the_documents_text_at_its_span(self, engine: Engine) -> None:
        snapshot = engine.snapshot()
        for match in found(snapshot, "the said minister", k=50):
            start, end = match.passage.span
            assert snapshot.document(match.passage.document).text[start:end] == match.passage.text

    def test_gives_documents_as_they_were_put_in(self, engine: Engine) -> None:
        assert engine.snapshot().document("bridge") == bridge()
        with pytest.raises(KeyError):
            engine.snapshot().document("nothing")

    def test_answers_many_queries_in_their_order(self, engine: Engine) -> None:
        queries = ["trapped miners", "merger of two towns", "road bridge"]
        answers = engine.snapshot().search(queries, ENCODER.encode(queries), k=1)
        assert [matches[0].passage.document for matches in answers] == ["mine", "vote", "bridge"]
        assert engine.snapshot().search([], ENCODER.encode([]), k=1) == ()

    def test_gives_at_most_k_and_no_passage_twice(self, engine: Engine) -> None:
        for k in (1, 3, 50):
            passages = [match.passage for match in found(engine.snapshot(), "the minister said", k=k)]
            assert len(passages) == len(set(passages)) == min(k, engine.snapshot().searched.passages)

    @pytest.mark.parametrize(
        ("where", "ids"),
        [
            (Filter(since=date(2025, 3, 5)), {"mine"}),
            (Filter(since=date(2025, 3, 4)), {"bridge", "mine"}),
            (Filter(until=date(2025, 3, 4)), {"bridge"}),
            (Filter(since=date(2025, 3, 5), until=date(2025, 5, 8)), set()),
            (Filter(publishers=frozenset({"Post", "Herald"})), {"bridge", "mine"}),
            (Filter(publishers=frozenset({"po'st\" OR 1=1 --"})), set()),
            (Filter(publishers=frozenset()), set()),
            (Filter(languages=frozenset({"fr"})), {"vote"}),
            (Filter(publishers=frozenset({"Post"}), languages=frozenset({"fr"})), set()),
        ],
    )
    def test_finds_only_what_the_filter_lets_through(
        self, engine: Engine, where: Filter, ids: set[str]
    ) -> None:
        for query in ("bridge miners merger", "said"):
            assert documents(engine.snapshot(), query, where=where) == ids

    @pytest.mark.parametrize(
        "query", ["", "???", '"', "NEAR(", "a AND OR NOT", "words:*", "'; DROP TABLE passage", "…"]
    )
    def test_no_query_is_a_command(self, engine: Engine, query: str) -> None:
        assert len(found(engine.snapshot(), query, k=3)) == 3

    def test_a_removed_document_is_gone_at_once(self, engine: Engine) -> None:
        with engine.writer() as writer:
            assert writer.remove(["bridge", "nothing"]) == 1
            snapshot = engine.snapshot()
            assert "bridge" not in documents(snapshot, "the road bridge fell into the river")
            assert set(snapshot.known()) == {"mine", "vote"}
            assert snapshot.searched.documents == 2
            with pytest.raises(KeyError):
                snapshot.document("bridge")

    def test_a_known_id_is_replaced(self, engine: Engine) -> None:
        newer = archived("bridge", "A new bridge was opened at Sarnow.")
        with engine.writer() as writer:
            writer.add([entry(newer)])
        snapshot = engine.snapshot()
        assert snapshot.document("bridge") == newer
        assert snapshot.known()["bridge"] == newer.sha256
        assert {
            m.passage.text for m in found(snapshot, "bridge rescuers", k=50) if m.passage.document == "bridge"
        } == {"A new bridge was opened at Sarnow."}

    def test_a_document_without_prose_is_known(self, engine: Engine) -> None:
        empty = replace(vote(), id="empty", blocks=())
        with engine.writer() as writer:
            writer.add([entry(empty)])
        assert engine.snapshot().known()["empty"] == empty.sha256

    def test_adding_is_done_wholly_or_not_at_all(self, engine: Engine) -> None:
        good = entry(archived("good", "A dam burst above Orle."))
        bad = ArchiveEntry(archived("bad", MINE), "en", good.passages, np.full((1, 64), np.nan, np.float32))
        with engine.writer() as writer, pytest.raises(ArchiveError):
            writer.add([good, bad])
        assert set(engine.snapshot().known()) == {"bridge", "mine", "vote"}
        assert "good" not in documents(engine.snapshot(), "A dam burst above Orle.")

    def test_a_snapshot_stays_as_it_is(self, engine: Engine) -> None:
        before = engine.snapshot()
        known, matches = before.known(), found(before, "bridge")
        with engine.writer() as writer:
            writer.remove(["bridge"])
            writer.add([entry(archived("later", BRIDGE))])
            writer.settle()
            writer.compact()
        assert before.known() == known
        assert found(before, "bridge") == matches
        assert before.document("bridge") == bridge()
        assert "later" in engine.snapshot().known()

    def test_has_one_writer(self, engine: Engine) -> None:
        with engine.writer(), pytest.raises(ArchiveError, match="being changed"), engine.writer():
            pass
        with engine.writer() as writer:
            assert writer.remove(["vote"]) == 1

    def test_compacting_changes_nothing_that_is_found(self, engine: Engine) -> None:
        with engine.writer() as writer:
            writer.remove(["mine"])
            before = found(engine.snapshot(), "the minister said that the river", k=50)
            writer.compact()
        assert found(engine.snapshot(), "the minister said that the river", k=50) == before
        with engine.writer() as writer:
            writer.add([entry(mine())])
        assert found(engine.snapshot(), "trapped miners")[0].passage.document == "mine"

    def test_copies_have_the_earliest_as_their_origin(self, engine: Engine) -> None:
        with engine.writer() as writer:
            writer.add([entry(archived("second", WIRE + " The Herald adds.", published="2025-03-13"))])
            writer.add([entry(archived("first", WIRE, published="2025-03-12"))])
            writer.add([entry(archived("third", WIRE[:300], published="2025-03-14"))])
        assert self.origins(engine) == {"first": "first", "second": "first", "third": "first"}
        with engine.writer() as writer:
            writer.remove(["first"])
        assert self.origins(engine) == {"second": "second", "third": "second"}

    @pytest.mark.parametrize("published", [{}, {"published": "2025-03-12"}])
    @pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
    def test_of_copies_of_one_day_the_longest_is_the_origin(
        self, engine: Engine, order: tuple[str, ...], published: dict[str, str]
    ) -> None:
        texts = {"first": WIRE, "second": f"# A headline of its own, and a long one\n\n{WIRE[:300]}"}
        with engine.writer() as writer:
            for id in order:
                writer.add([entry(archived(id, texts[id], **published))])
        assert self.origins(engine) == {"first": "first", "second": "first"}

    def origins(self, engine: Engine) -> dict[str, str]:
        matches = found(engine.snapshot(), WIRE, k=50)
        ids = {"first", "second", "third"}
        return {m.passage.document: m.passage.origin for m in matches if m.passage.document in ids}
