"""From files to an index: passages, ids, what is new, what was left out, and the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import faiss
import pytest
from archives import BRIDGE, ENCODER, MINE, VOTE, WIRE, WordEncoder, write
from hypothesis import given
from hypothesis import strategies as st

import verify.models.encoder
from verify.cli import run
from verify.errors import ArchiveError, InputError
from verify.index import building, open_archive
from verify.index.building import Built, Progress, add_files
from verify.index.fingerprint import fingerprint_of
from verify.index.local import LocalEngine, create_index
from verify.index.origin import MOST_WORDS, copy_words, same_copy, sketch
from verify.index.passages import LONGEST, MOST_SENTENCES, language_of, split
from verify.index.records import to_document, to_row
from verify.load import document_of
from verify.models.protocols import Matrix
from verify.types import Document, Span, Unchecked


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    faiss.omp_set_num_threads(1)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    write(folder, "bridge.md", BRIDGE, id="p-1", publisher="Post", published="2025-03-04", speaker="Brandt")
    write(folder / "2025", "mine.txt", MINE)
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> LocalEngine:
    return create_index(tmp_path / "index", fingerprint_of(ENCODER))


def build(engine: LocalEngine, *paths: Path, encoder: WordEncoder = ENCODER) -> Built:
    return add_files(paths, engine, encoder, watch=lambda _: None)


def known(engine: LocalEngine) -> set[str]:
    snapshot = engine.snapshot()
    ids = set(snapshot.known())
    snapshot.close()
    return ids


def prose(text: str, suffix: str = ".md") -> Document:
    return document_of(text.encode(), path="x", suffix=suffix)


class TestPassages:
    def test_are_up_to_three_sentences_of_one_paragraph(self) -> None:
        text = "One was hurt. Two fled. Three hid. Four died.\n\nFive were found."
        spans = split(prose(text)).passages
        assert [text[start:end] for start, end in spans] == [
            "One was hurt. Two fled. Three hid.",
            "Four died.",
            "Five were found.",
        ]

    def test_long_sentences_stand_alone(self) -> None:
        long = "The minister said " + "very " * 80 + "much."
        text = f"He left. {long} She stayed."
        assert [text[slice(*span)] for span in split(prose(text)).passages] == [
            "He left.",
            long,
            "She stayed.",
        ]

    def test_titles_and_initials_end_no_sentence(self) -> None:
        text = "Mr. J. Smith of the U.S. embassy spoke to Gen. Orlov at 5 p.m. on Monday."
        assert len(split(prose(text)).passages) == 1

    def test_markup_is_in_the_span_and_not_in_what_is_encoded(self) -> None:
        text = "The **mayor** of [Tarn](http://tarn.example) said so."
        found = split(prose(text))
        assert found.shown == ("The mayor of Tarn said so.",)
        assert [text[slice(*span)] for span in found.passages] == [text]

    def test_what_cannot_be_read_is_told_of(self) -> None:
        found = split(prose("He left.\n\n" + "x" * 1500 + "\n\n| a | b |\n|---|---|\n| c | d |\n"))
        assert len(found.passages) == 1
        assert {unchecked.reason[:9] for unchecked in found.unread} == {"table", "paragraph"}

    @given(st.text(max_size=400), st.sampled_from([".md", ".txt"]))
    def test_follow_each_other_and_are_the_documents_own_characters(self, text: str, suffix: str) -> None:
        try:
            document = prose(text.encode("utf-8", "replace").decode(), suffix)
        except InputError:
            return
        found = split(document)
        assert len(found.passages) == len(found.shown)
        place = 0
        for span, shown in zip(found.passages, found.shown, strict=True):
            assert place <= span.start < span.end <= len(document.text)
            assert shown.strip() == shown != ""
            place = span.end
        assert MOST_SENTENCES == 3
        assert LONGEST < 1000

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            (BRIDGE, "en"),
            ("Der Kanzler sagte am Dienstag, er werde nach der Abstimmung im Bundestag zurücktreten.", "de"),
            ("Oui.", "und"),
            ("1 2 3", "und"),
        ],
    )
    def test_language(self, text: str, language: str) -> None:
        assert language_of(prose(text)) == language


class TestOrigin:
    def test_cuts_headlines_and_light_rewriting_leave_a_copy(self) -> None:
        whole = prose(WIRE)
        cut = prose("# Last cars found\n\nBy Jo March\n\n" + WIRE[: len(WIRE) // 3])
        rewritten = prose(WIRE.replace("on Wednesday, nine days after", "Wednesday, a week and more after"))
        for copy in (cut, rewritten):
            assert len(sketch(copy_words(whole)) & sketch(copy_words(copy))) >= 2
            assert same_copy(whole, copy)
            assert same_copy(copy, whole)

    def test_a_text_of_more_words_than_are_compared_is_a_copy_of_itself(self) -> None:
        long = " ".join(f"Word{i} of the long report." for i in range(2 * MOST_WORDS // 5 + 100))
        assert len(copy_words(prose(long))) > 2 * MOST_WORDS
        assert same_copy(prose(long), prose(long))
        assert same_copy(prose(long), prose(long[: len(long) // 3]))
        assert not same_copy(prose(WIRE), prose(f"{long} {WIRE}"))

    @pytest.mark.parametrize(
        "other",
        [BRIDGE, MINE, VOTE, "# A headline", "Divers said so.", "the of and to in a is that for " * 20],
    )
    def test_another_story_is_no_copy(self, other: str) -> None:
        assert not same_copy(prose(WIRE), prose(other))
        assert not same_copy(prose(other), prose(WIRE))

    @pytest.mark.parametrize(
        ("short", "long", "expected"),
        [
            (date(2025, 3, 12), date(2025, 3, 20), False),  # a later story quotes it
            (None, None, False),
            (date(2025, 3, 12), date(2025, 3, 12), False),
            (date(2025, 3, 20), date(2025, 3, 12), True),  # a paper printed the end alone
        ],
    )
    def test_a_later_story_that_quotes_a_short_one_is_no_copy_of_it(
        self, short: date | None, long: date | None, expected: bool
    ) -> None:
        one, other = replace(prose(WIRE), published=short), replace(prose(FOLLOW_UP + WIRE), published=long)
        assert same_copy(one, other) is expected
        assert same_copy(other, one) is expected

    @pytest.mark.parametrize(
        ("short", "long"), [(None, None), (date(2025, 3, 12), date(2025, 3, 12)), (None, date(2025, 3, 20))]
    )
    def test_copy_that_goes_on_at_its_end_is_one(self, short: date | None, long: date | None) -> None:
        one, other = (
            replace(prose(WIRE), published=short),
            replace(prose(f"{WIRE}\n\n{FOLLOW_UP}"), published=long),
        )
        assert same_copy(one, other)

    def test_two_paragraphs_added_leave_a_copy_whatever_its_date(self) -> None:
        longer = f"{FOLLOW_UP[: len(FOLLOW_UP) // 3]}\n\n{WIRE}"
        one, other = (
            replace(prose(text), published=date(2025, 3, day)) for text, day in ((WIRE, 12), (longer, 20))
        )
        assert same_copy(one, other)


FOLLOW_UP = (
    "The haulier whose lorry brought down the bridge had been fined four times for driving with too "
    "much freight, court papers that the Herald has seen show. The last fine, of 9,000 crowns, was "
    "handed down six weeks before the span gave way. Its owner would not speak to this paper. His "
    "lawyer said the fines had been paid and concerned other roads and other vehicles.\n\n"
    "The transport ministry knew of two of them, a former inspector said, and let the firm keep its "
    "licence all the same. The ministry said it was looking into that. Parliament will hear the "
    "minister next Tuesday, and the opposition wants her to resign before that.\n\n"
)


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_documents_are_stored_as_they_are(text: str) -> None:
    """But for NUL and lone surrogates, which no SQLite text holds, and which are replaced one for one."""
    document = Document("i", "p", text, "0", None, date(2024, 2, 29), None, (), (), "i", text, "u", None)
    stored = to_document(to_row(document))
    assert len(stored.text) == len(text)
    assert all(b in {a, "\ufffd"} for a, b in zip(text, stored.text, strict=True))
    stored.text.encode()
    assert stored.published == document.published


def test_what_was_not_read_is_stored_with_its_place() -> None:
    unread = (Unchecked("scanned page", Span(0, 0), "page 2"), Unchecked("table", Span(1, 3)))
    document = Document("i", "p", "text", "0", None, None, None, (), unread, "i")
    row = to_row(document)
    assert to_document(row) == document
    older = '{"blocks":[],"unread":[["table",[1,3]]]}'
    assert to_document((*row[:-1], older)).unread == unread[1:]


class TestBuilding:
    def test_takes_ids_from_front_matter_or_paths(self, archive: Path, engine: LocalEngine) -> None:
        assert build(engine, archive).added == 2
        assert known(engine) == {"p-1", "2025/mine.txt"}
        document = open_archive(engine.folder, ENCODER).document("p-1")
        assert (document.publisher, document.speaker, document.path) == (
            "Post",
            "Brandt",
            str(archive / "bridge.md"),
        )

    def test_passes_over_what_has_not_changed(self, archive: Path, engine: LocalEngine) -> None:
        build(engine, archive)
        built = build(engine, archive, encoder=Refusing())
        assert (built.added, built.replaced, built.unchanged, built.passages) == (0, 0, 2, 0)
        write(archive / "2025", "mine.txt", MINE + "\nAll came up alive.\n")
        write(archive, "vote.txt", VOTE)
        built = build(engine, archive)
        assert (built.added, built.replaced, built.unchanged) == (1, 1, 1)

    def test_a_stopped_build_goes_on_where_it_was(
        self, archive: Path, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(building, "BATCH", 1)
        for i in range(5):
            write(archive, f"x{i}.txt", f"Item {i} was filed at noon.")

        def stop(progress: Progress) -> None:
            if progress.files == 4:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            add_files([archive], engine, ENCODER, watch=stop)
        assert len(known(engine)) == 4
        assert (build(engine, archive).added, len(known(engine))) == (3, 7)

    def test_tells_of_what_it_left_out(self, archive: Path, engine: LocalEngine) -> None:
        write(archive, "again.md", VOTE, id="p-1")
        (archive / "empty.txt").touch()
        (archive / "picture.jpg").write_bytes(b"\xff\xd8")
        (archive / "table.json").write_text('{"rows": []}', encoding="utf-8")
        (archive / "LICENSE").write_text("You may.", encoding="utf-8")
        (archive / ".hidden.txt").write_text("secret", encoding="utf-8")
        (archive / "link.txt").symlink_to("/etc/hostname")
        write(archive, "table.md", BRIDGE + "\n| a | b |\n|---|---|\n| c | d |\n")
        built = build(engine, archive)
        assert [(Path(left.path).name, left.reason[:9]) for left in built.refused] == [
            ("bridge.md", "its id is"),
            ("empty.txt", "is empty;"),
        ]
        assert sorted(left.reason for left in built.skipped) == [".jpg", ".json", "links", "no suffix"]
        assert [(Path(left.path).name, left.reason) for left in built.unread] == [("table.md", "table")]

    def test_another_encoder_is_refused_before_anything_is_read(
        self, archive: Path, engine: LocalEngine
    ) -> None:
        with pytest.raises(ArchiveError, match="encoder words"):
            build(engine, archive, encoder=WordEncoder("other", "other"))
        assert known(engine) == set()

    def test_a_missing_folder_is_an_error(self, tmp_path: Path, engine: LocalEngine) -> None:
        with pytest.raises(InputError, match="no such file or folder"):
            build(engine, tmp_path / "nowhere")


class Refusing(WordEncoder):
    """Encodes nothing but the probes."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        assert len(texts) in {0, 2}
        return super().encode(texts)


class TestCommands:
    @pytest.fixture(autouse=True)
    def _without_a_model(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(verify.models.encoder, "load_encoder", lambda name: WordEncoder(name or "words"))
        monkeypatch.chdir(tmp_path)

    def told(self, capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
        assert run(["index", *arguments]) == status
        output = capsys.readouterr()
        return output.out + output.err

    def test_from_building_to_compacting(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        index = ("--index", "indexes/wire")
        assert "2 documents added" in self.told(capsys, "build", str(archive), *index)
        added = write(archive, "vote.md", VOTE, id="v")
        assert "1 document added" in self.told(capsys, "add", str(added), *index)
        shown = self.told(capsys, "search", "the merger of their two towns", "-k", "1", *index)
        assert "rejected the merger of their two towns" in shown
        assert "v [" in shown
        assert shown.startswith("Nearest first, by meaning and words together")
        info = self.told(capsys, "info", *index)
        assert "documents   3" in info
        assert "Post 1" in info
        assert "is whole" in self.told(capsys, "check", *index)
        assert "1 document removed" in self.told(capsys, "remove", "v", *index)
        assert "MB now" in self.told(capsys, "compact", *index)
        assert json.loads(self.told(capsys, "info", "--format", "json", *index))["removed"] == 0

    def test_search_as_json_with_filters(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.told(capsys, "build", str(archive), "--index", "wire")
        where = ("--publisher", "Post", "--since", "2025-03-04", "--until", "2025-03-04", "--language", "en")
        matches = json.loads(
            self.told(capsys, "search", "gas explosion", *where, "--format", "json", "--index", "wire")
        )
        assert {match["passage"]["document"] for match in matches} == {"p-1"}
        assert matches[0]["passage"]["published"] == "2025-03-04"
        nothing = self.told(capsys, "search", "gas", "--publisher", "None", "--index", "wire")
        assert nothing == "No passage was found.\n"

    def test_the_layout_can_be_chosen_and_changed(
        self, archive: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        build = ("build", str(archive), "--index", "wire")
        for layout in ("sq8", "rabitq", "flat"):
            self.told(capsys, *build, "--layout", layout)
            self.told(capsys, *build)
            assert f"layout      {layout}" in self.told(capsys, "info", "--index", "wire")

    def test_a_file_that_cannot_be_read_costs_a_line_and_the_status(
        self, archive: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (archive / "empty.txt").touch()
        told = self.told(capsys, "build", str(archive), "--index", "wire", status=2)
        assert "empty.txt: is empty" in told
        assert "2 documents added" in told

    def test_damage_is_told_and_repaired(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.told(capsys, "build", str(archive), "--index", "wire")
        Path("wire/vectors-0.f16").write_bytes(b"")
        assert "--repair" in self.told(capsys, "search", "gas", "--index", "wire", status=2)
        told = self.told(capsys, "check", "--index", "wire", status=1)
        assert "vectors are missing or damaged, those of 2 documents" in told
        assert "repaired" in self.told(capsys, "check", "--repair", "--index", "wire")
        assert "is whole" in self.told(capsys, "check", "--index", "wire")
        assert "2 documents added" in self.told(capsys, "add", str(archive), "--index", "wire")

    @pytest.mark.parametrize("repair", [(), ("--repair",)])
    @pytest.mark.parametrize(("start", "end"), [(0.4, 0.6), (0.0, 0.1)], ids=["middle", "beginning"])
    def test_a_damaged_database_is_told_with_the_remedy(
        self,
        archive: Path,
        capsys: pytest.CaptureFixture[str],
        start: float,
        end: float,
        repair: tuple[str, ...],
    ) -> None:
        self.told(capsys, "build", str(archive), "--index", "wire")
        database = Path("wire/archive.db")
        content = bytearray(database.read_bytes())
        harmed = slice(round(start * len(content)), round(end * len(content)))
        content[harmed] = b"\xa5" * len(content[harmed])
        database.write_bytes(content)
        told = self.told(capsys, "check", *repair, "--index", "wire", status=1)
        assert told.startswith("archive.db is damaged: ")
        assert "remove wire and build it anew with `verify index build FOLDER --index wire`" in told
        assert "index check" not in told

    def test_an_empty_index_is_told_of(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        create_index(Path("wire"), fingerprint_of(ENCODER))
        warning = "verify: warning: index wire holds no documents: nothing can be found in it"
        for command in (("check",), ("search", "gas")):
            assert warning in self.told(capsys, *command, "--index", "wire")
        self.told(capsys, "build", str(archive), "--index", "wire")
        for command in (("check",), ("search", "gas")):
            assert warning not in self.told(capsys, *command, "--index", "wire")

    @pytest.mark.parametrize("query", ["", "  ", "?!"])
    def test_a_query_without_words_is_an_error(
        self, archive: Path, capsys: pytest.CaptureFixture[str], query: str
    ) -> None:
        self.told(capsys, "build", str(archive), "--index", "wire")
        told = self.told(capsys, "search", query, "--index", "wire", status=2)
        assert told.endswith("holds no word; give a statement, or words to look for\n")

    def test_an_index_is_made_over_nothing_else(
        self, archive: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        told = self.told(capsys, "build", str(archive), "--index", str(archive), status=2)
        assert "is no index, but a folder with other files; name an index, or a folder that isn't" in told
        told = self.told(capsys, "build", str(archive), "--index", str(archive / "bridge.md"), status=2)
        assert "is no index, but a file" in told
        assert sorted(file.name for file in archive.iterdir()) == ["2025", "bridge.md"]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("search", "x"), "isn't there; make one with `verify index build"),
            (("info",), "isn't there"),
            (("add", "archive"), "isn't there"),
            (("remove", "x"), "isn't there"),
            (("compact",), "isn't there"),
            (("check",), "isn't there"),
            (("build", "nowhere"), "no such file or folder"),
        ],
    )
    def test_what_is_not_there_is_an_error(
        self, archive: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
    ) -> None:
        assert words in self.told(capsys, *arguments, "--index", "wire", status=2)

    def test_an_unknown_id_is_an_error(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.told(capsys, "build", str(archive), "--index", "wire")
        assert "has this id" in self.told(capsys, "remove", "p-1", "p-2", "--index", "wire", status=2)
        assert "documents   2" in self.told(capsys, "info", "--index", "wire")

    def test_another_encoder_is_an_error(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.told(capsys, "build", str(archive), "--index", "wire")
        made = LocalEngine(Path("wire"))
        with made.writer() as writer:
            probe = WordEncoder("words", "newer").encode(["a", "b"]).tobytes()
            writer.connection.execute("UPDATE archive SET probe = ?", (probe,))
        told = self.told(capsys, "search", "gas", "--index", "wire", status=2)
        assert "another version of the encoder words" in told
