"""An index is in the old state or the new one, whatever happens to its writers, its files or its disk."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import faiss
import pytest
from archives import BRIDGE, ENCODER, MINE, VOTE, WordEncoder, archived, entry
from engine_contract import found

from verify.errors import ArchiveError
from verify.index import open_archive
from verify.index.checking import check_index
from verify.index.fingerprint import fingerprint_of
from verify.index.layout import Layout
from verify.index.local import LocalEngine, create_index
from verify.index.protocols import ArchiveEntry
from verify.types import Span

ROOT = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals and mounts")


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    faiss.omp_set_num_threads(1)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Three documents, put in with a change each, and lists over their vectors."""
    engine = create_index(tmp_path / "index", fingerprint_of(ENCODER), Layout.SQ8)
    with engine.writer() as writer:
        for id, text in (("bridge", BRIDGE), ("mine", MINE), ("vote", VOTE)):
            writer.add([entry(archived(id, text))])
        writer.settle()
    return engine.folder


def known(index: Path) -> set[str]:
    snapshot = LocalEngine(index).snapshot()
    ids = set(snapshot.known())
    snapshot.close()
    return ids


def execute(index: Path, statement: str) -> None:
    """Alter the database of an index behind its back."""
    with closing(sqlite3.connect(index / "archive.db")) as connection, connection:
        connection.execute(statement)


def file(index: Path, pattern: str) -> Path:
    (path,) = index.glob(pattern)
    return path


@posix
def test_a_kill_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    output = tmp_path / "kills.json"
    command = [sys.executable, "benchmarks/index_kills.py", "--kills", "20", "--output", str(output)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    results = json.loads(output.read_text(encoding="utf-8"))
    assert (results["kills"], results["neither"]) == (18, 0)


def test_what_a_killed_writer_left_is_swept_and_cut_off(index: Path) -> None:
    vectors = file(index, "vectors-*")
    size = vectors.stat().st_size
    with vectors.open("ab") as handle:
        handle.write(b"half a row")
    (index / "lists-99.faiss").write_bytes(b"half an index")
    assert check_index(index) == ()
    with LocalEngine(index).writer() as writer:
        assert not (index / "lists-99.faiss").exists()
        writer.add([entry(archived("dam", "A dam burst above Orle."))])
    assert vectors.stat().st_size == size + 64 * 2
    assert check_index(index) == ()


def test_eight_readers_during_one_writer_see_no_half_state(index: Path) -> None:
    """Two documents are always put in and taken out together; nobody sees one of them."""
    pair = [entry(archived(id, f"{id}: the ferry left Port Aubin.")) for id in ("one", "two")]
    done = threading.Event()
    troubles: list[object] = []

    def read() -> None:
        while not done.is_set():
            try:
                snapshot = LocalEngine(index).snapshot()
                ids = set(snapshot.known()) & {"one", "two"}
                seen = {m.passage.document for m in found(snapshot, "the ferry left Port Aubin", k=50)}
                snapshot.close()
                if len(ids) == 1 or seen & {"one", "two"} != ids:
                    troubles.append((ids, seen))
            except Exception as error:  # noqa: BLE001 (whatever it is, it is what this test looks for)
                troubles.append(error)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    with LocalEngine(index).writer() as writer:
        for _ in range(5):
            writer.add(pair)
            writer.settle()
            writer.remove(["one", "two"])
            writer.compact()
    done.set()
    for reader in readers:
        reader.join()
    assert troubles == []
    assert check_index(index) == ()


@pytest.mark.parametrize("pattern", ["vectors-*", "lists-*"])
@pytest.mark.parametrize("harm", ["cut short", "overwritten", "removed", "emptied"])
def test_damaged_vectors_and_lists_are_found_and_repaired(index: Path, pattern: str, harm: str) -> None:
    damage(file(index, pattern), harm)
    (found_,) = [damage for damage in check_index(index) if "vectors are" in damage.what or pattern[0] == "l"]
    assert found_.repairable
    check_index(index, repair=True)
    assert check_index(index) == ()
    lost = set(found_.documents)
    assert lost == ({"vote"} if harm in {"cut short", "overwritten"} and pattern[0] == "v" else lost)
    assert pattern[0] == "v" or not lost
    assert known(index) == {"bridge", "mine", "vote"} - lost
    with LocalEngine(index).writer() as writer:
        writer.add([entry(archived("vote", VOTE))])
        writer.settle()
    assert found(LocalEngine(index).snapshot(), "the merger of their two towns")[0].passage.document == "vote"


def damage(path: Path, harm: str) -> None:
    content = path.read_bytes()
    if harm == "removed":
        path.unlink()
    else:
        changed = {"cut short": content[:-7], "overwritten": content[:-7] + b"\xff" * 7, "emptied": b""}
        path.write_bytes(changed[harm])


@pytest.mark.parametrize("harm", ["cut short", "removed", "emptied"])
def test_missing_vectors_are_an_error_for_readers(index: Path, harm: str) -> None:
    damage(file(index, "vectors-*"), harm)
    with pytest.raises(ArchiveError, match=r"vectors-0\.f16.*(repair|check)"):
        open_archive(index, ENCODER)


def test_damaged_lists_are_never_interpreted(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(file(index, "lists-*"), "overwritten")
    monkeypatch.setattr(faiss, "read_index", lambda _: pytest.fail("was interpreted"))
    with pytest.raises(ArchiveError, match="checksum"):
        open_archive(index, ENCODER)


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + b"\0" * 5000, b"<html>" * 1000])
def test_a_database_that_is_none_is_an_error(index: Path, content: bytes) -> None:
    (index / "archive.db").write_bytes(content)
    with pytest.raises(ArchiveError):
        open_archive(index, ENCODER)
    with suppress(ArchiveError):
        assert [damage.repairable for damage in check_index(index, repair=True)] == [False]


def test_a_damaged_database_is_found_and_said_to_be_beyond_repair(index: Path) -> None:
    database = index / "archive.db"
    content = bytearray(database.read_bytes())
    for page in range(len(content) // 4096 // 2, len(content) // 4096 - 1, 2):
        content[4096 * page : 4096 * page + 400] = b"\xa5" * 400
    database.write_bytes(content)
    assert not all(damage.repairable for damage in check_index(index))


def test_a_full_text_index_that_lost_words_is_made_anew(index: Path) -> None:
    execute(index, "INSERT INTO words (words) VALUES ('delete-all')")
    assert ["full-text" in damage.what for damage in check_index(index)] == [True]
    check_index(index, repair=True)
    assert check_index(index) == ()
    assert known(index) == {"bridge", "mine", "vote"}


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER gotcha AFTER INSERT ON passage BEGIN DELETE FROM document; END",
        "CREATE TABLE more (x)",
        "DROP VIEW passage_text",
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 1",
    ],
)
def test_a_foreign_database_is_refused(index: Path, statement: str) -> None:
    execute(index, statement)
    with pytest.raises(ArchiveError):
        open_archive(index, ENCODER)
    with pytest.raises(ArchiveError), LocalEngine(index).writer():
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM archive",
        "UPDATE archive SET dimension = 0",
        "UPDATE archive SET dimension = 32",
        "UPDATE archive SET rows = -1",
        "UPDATE archive SET rows = 1000000000",
        "UPDATE archive SET probe = 'x'",
        "UPDATE archive SET vectors = 17",
        "UPDATE archive SET vectors = '../../etc/passwd'",
        "UPDATE lists SET layout = 'x'",
        "UPDATE lists SET rows = 1",
        "UPDATE document SET published = 'soon'",
        "UPDATE document SET first = 1000000",
        "UPDATE document SET passages = -1",
        "UPDATE passage SET document = 99",
        "UPDATE passage SET row = row + 1000",
        "UPDATE body SET layout = '[]'",
    ],
)
def test_rows_that_make_no_sense_are_an_error_at_most(index: Path, statement: str) -> None:
    execute(index, statement)
    with suppress(ArchiveError):
        archive = open_archive(index, ENCODER)
        archive.search(["the road bridge fell", "towns"], k=20)
        archive.document("bridge")
    with suppress(ArchiveError):
        check_index(index, repair=True)
    with suppress(ArchiveError), LocalEngine(index).writer() as writer:
        writer.remove(["bridge"])
        writer.compact()


@posix
def test_links_lead_nowhere(index: Path, tmp_path: Path) -> None:
    vectors = file(index, "vectors-*")
    shutil.move(vectors, tmp_path / "elsewhere")
    vectors.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError):
        open_archive(index, ENCODER)


def test_another_encoder_is_refused_with_the_remedy(index: Path) -> None:
    with pytest.raises(ArchiveError, match=r"encoder words, not other; give --encoder words, or build"):
        open_archive(index, WordEncoder("other", "other"))
    with pytest.raises(ArchiveError, match="another version of the encoder words"):
        open_archive(index, WordEncoder(seed="newer"))


def test_nothing_is_made_over_what_is_there(index: Path, tmp_path: Path) -> None:
    for path, problem in ((index, "is there already"), (Path(__file__), "is no index, but a file")):
        with pytest.raises(ArchiveError, match=problem):
            create_index(path, fingerprint_of(ENCODER))
    (tmp_path / "empty").mkdir()
    create_index(tmp_path / "empty", fingerprint_of(ENCODER))
    assert known(tmp_path / "empty") == set()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@posix
def test_a_full_disk_loses_nothing(index: Path, small_disk: Path) -> None:
    folder = small_disk / "index"
    shutil.copytree(index, folder)
    vector = ENCODER.encode(["item"])
    texts = (random.Random(i).randbytes(20_000).hex() for i in range(60))
    more = [
        ArchiveEntry(archived(f"d{i}", text), "en", (Span(0, 20),), vector) for i, text in enumerate(texts)
    ]
    with (
        LocalEngine(folder).writer() as writer,
        pytest.raises(ArchiveError, match=r"disk is full; make room"),
    ):
        writer.add(more)
    assert known(folder) == {"bridge", "mine", "vote"}
    filler = small_disk / "filler"
    fill(filler, shutil.disk_usage(small_disk).free)
    assert known(folder) == {"bridge", "mine", "vote"}
    filler.unlink()
    assert check_index(folder) == ()
    fill(filler, shutil.disk_usage(small_disk).free - 8192)
    with pytest.raises(ArchiveError, match="full"):
        create_index(small_disk / "another", fingerprint_of(ENCODER))
    assert not (small_disk / "another").exists()


def fill(path: Path, size: int) -> None:
    path.write_bytes(b"x" * size)


@posix
def test_a_folder_that_may_not_be_written_can_be_read(index: Path, small_disk: Path) -> None:
    folder = small_disk / "index"
    shutil.copytree(index, folder)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    archive = open_archive(folder, ENCODER)
    assert archive.search(["two towns"], k=1)[0][0].passage.document == "vote"
    archive.close()
    with pytest.raises(ArchiveError, match="may not be written"), LocalEngine(folder).writer():
        pass
    with pytest.raises(ArchiveError, match="may not be written"):
        create_index(small_disk / "another", fingerprint_of(ENCODER))
