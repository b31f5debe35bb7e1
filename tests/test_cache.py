"""The store, the models and whole results behind it, and `verify cache`."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import requires, version
from pathlib import Path

import numpy as np
import pytest
from conftest import StubEncoder, StubEntailment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verify.cache import Store, cache_folder, open_cache
from verify.cache.models import (
    CachedEncoder,
    CachedEntailment,
    CachedTagger,
    cached_encoder,
    cached_entailment,
)
from verify.cache.results import _program, keep_result, kept_result, libraries, result_key, surroundings
from verify.cache.store import FILE
from verify.cli import run
from verify.config import CacheSettings, Config, ModelSettings, RelateSettings
from verify.models.fingerprint import encoder_print, entailment_print, parser_print, tagger_print
from verify.models.protocols import Encoder, Matrix, Tagged
from verify.stored import Result, dump, restore
from verify.types import Checked, Span

MEGABYTE = 1_000_000


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, warnings: list[str]) -> Store:
    return Store(tmp_path, limit=10 * MEGABYTE, warn=warnings.append)


def key(number: int) -> bytes:
    return number.to_bytes(16)


# The store.


def test_what_is_put_is_there_for_another(store: Store, tmp_path: Path) -> None:
    store.put("vectors", {key(1): b"one", key(2): b""})
    store.put("verdicts", {key(1): b"another kind"})
    again = Store(tmp_path, limit=MEGABYTE, warn=pytest.fail)
    assert again.get("vectors", [key(2), key(1), key(3)]) == {key(1): b"one", key(2): b""}
    assert again.get("verdicts", [key(1)]) == {key(1): b"another kind"}


def test_a_value_is_replaced(store: Store) -> None:
    store.put("vectors", {key(1): b"old"})
    store.put("vectors", {key(1): b"new"})
    assert store.get("vectors", [key(1)]) == {key(1): b"new"}
    assert [(kept.kind, kept.values) for kept in store.info().kept] == [("vectors", 1)]


def test_it_keeps_within_its_limit_and_drops_what_was_used_longest_ago(tmp_path: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, limit=2 * MEGABYTE, warn=pytest.fail, clock=clock)
    value = os.urandom(10_000)
    store.put("vectors", {key(0): value})
    for number in range(1, 1000):
        clock.now += 60
        store.put("vectors", {key(number): value})
        store.get("vectors", [key(0)])
    info = store.info()
    assert info.size <= 2 * MEGABYTE
    assert info.kept[0].values > 100
    assert set(store.get("vectors", [key(0), key(1), key(999)])) == {key(0), key(999)}
    store.close()
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 3 * MEGABYTE


def test_a_value_that_would_take_most_of_the_room_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=MEGABYTE, warn=pytest.fail)
    store.put("results", {key(1): bytes(MEGABYTE // 2), key(2): b"small"})
    assert set(store.get("results", [key(1), key(2)])) == {key(2)}


def test_pruning_and_clearing_give_back_room(store: Store) -> None:
    store.put("vectors", {key(n): os.urandom(5000) for n in range(400)})
    assert store.info().size > 2 * MEGABYTE
    store.prune(MEGABYTE)
    assert 0 < store.info().size <= MEGABYTE
    assert store.file.stat().st_size <= MEGABYTE
    store.clear()
    assert store.info().kept == ()
    assert store.file.stat().st_size < MEGABYTE / 10


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + bytes(4096)])
def test_a_damaged_file_is_set_aside_with_a_warning(
    content: bytes, store: Store, warnings: list[str], tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert store.get("vectors", [key(1)]) == {}
    store.put("vectors", {key(1): b"one"})
    assert store.get("vectors", [key(1)]) == {key(1): b"one"}
    assert len(warnings) == 1
    assert "damaged" in warnings[0]
    assert (tmp_path / f"{FILE}.damaged").read_bytes() == content


def test_damage_in_the_midst_of_it_is_no_error(store: Store, warnings: list[str]) -> None:
    store.put("vectors", {key(n): os.urandom(3000) for n in range(200)})
    store.close()
    raw = bytearray(store.file.read_bytes())
    raw[4096:] = os.urandom(len(raw) - 4096)
    store.file.write_bytes(raw)
    assert store.get("vectors", [key(n) for n in range(200)]) == {}
    store.put("vectors", {key(1): b"one"})
    assert len(warnings) == 1


def test_another_programs_database_is_left_whole(store: Store, warnings: list[str], tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    store.put("vectors", {key(1): b"one"})
    assert "set aside" in warnings[0]
    with sqlite3.connect(tmp_path / f"{FILE}.damaged") as other:
        assert other.execute("SELECT count(*) FROM theirs").fetchone() == (0,)
    other.close()


def test_a_flipped_bit_is_a_value_that_is_not_there(store: Store) -> None:
    store.put("vectors", {key(1): b"one", key(2): b"two"})
    store.close()
    with sqlite3.connect(store.file) as connection:
        connection.execute("UPDATE entry SET value = ? WHERE key = ?", (b"12345678onf", key(1)))
    connection.close()
    assert store.get("vectors", [key(1), key(2)]) == {key(2): b"two"}


def test_where_nothing_can_be_written_it_goes_on_without(tmp_path: Path, warnings: list[str]) -> None:
    (tmp_path / "file").write_text("in the way of the folder")
    store = Store(tmp_path / "file", limit=MEGABYTE, warn=warnings.append)
    store.put("vectors", {key(1): b"one"})
    assert store.get("vectors", [key(1)]) == {}
    assert store.info().kept == ()
    assert len(warnings) == 1
    assert "going on without it" in warnings[0]


def test_it_is_the_users_own(store: Store, tmp_path: Path) -> None:
    own = Store(tmp_path / "a" / "b", limit=MEGABYTE, warn=pytest.fail)
    own.put("vectors", {key(1): b"one"})
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


WRITER = """
import sys
from pathlib import Path
from verify.cache import Store
store = Store(Path(sys.argv[1]), limit=10_000_000, warn=sys.exit)
for n in range(200):
    store.put("vectors", {n.to_bytes(16): bytes([n]) * 2000, bytes([int(sys.argv[2])]) * 16: b"own"})
    assert set(store.get("vectors", [n.to_bytes(16)]).values()) <= {bytes([n]) * 2000}
"""


def test_several_processes_at_once(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(n)], stderr=subprocess.PIPE)
        for n in (251, 252, 253)
    ]
    assert [(w.communicate()[1], w.returncode) for w in writers] == [(b"", 0)] * 3
    store = Store(tmp_path, limit=MEGABYTE, warn=pytest.fail)
    assert len(store.get("vectors", [n.to_bytes(16) for n in range(200)])) == 200
    assert len(store.get("vectors", [bytes([n]) * 16 for n in (251, 252, 253)])) == 3


# Models behind the store.


class Counting(StubEncoder):
    def __init__(self) -> None:
        super().__init__({"one": 1, "two": 2, "three": 3})
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.seen.extend(texts)
        return super().encode(texts)


def test_only_new_texts_are_encoded(store: Store) -> None:
    inner = Counting()
    encoder = CachedEncoder("stub", "f", lambda: inner, store)
    first = encoder.encode(["one", "two", "one"])
    assert inner.seen == ["one", "two"]
    again = encoder.encode(["three", "two", "one"])
    assert inner.seen == ["one", "two", "three"]
    assert np.array_equal(again[[2, 1, 2]], first)
    assert again.dtype == np.float32
    assert np.array_equal(first, StubEncoder(inner.directions).encode(["one", "two", "one"]))


def test_a_model_that_has_nothing_new_to_read_is_not_loaded(store: Store) -> None:
    CachedEncoder("stub", "f", Counting, store).encode(["one"])

    def load() -> Encoder:
        raise AssertionError("loaded")

    assert CachedEncoder("stub", "f", load, store).encode(["one"]).shape == (1, 512)


def test_no_texts_give_no_rows(store: Store) -> None:
    assert CachedEncoder("stub", "f", Counting, store).encode([]).shape == (0, 512)
    assert CachedEntailment("stub", "f", lambda: StubEntailment({}), store).predict([]).shape == (0, 3)


def test_another_model_has_other_vectors(store: Store) -> None:
    inner = Counting()
    CachedEncoder("stub", "f", lambda: inner, store).encode(["one"])
    CachedEncoder("stub", "g", lambda: inner, store).encode(["one"])
    assert inner.seen == ["one", "one"]


def test_verdicts_are_kept_by_pair_and_direction(store: Store) -> None:
    inner = StubEntailment({("a", "b"): (0.9, 0.1, 0.0)})
    entailment = CachedEntailment("stub", "f", lambda: inner, store)
    first = entailment.predict([("a", "b"), ("b", "a"), ("ab", "")])
    assert np.array_equal(entailment.predict([("ab", ""), ("b", "a"), ("a", "b")]), first[::-1])
    assert inner.asked == [("a", "b"), ("b", "a"), ("ab", "")]
    assert first[0].tolist() == pytest.approx([0.9, 0.1, 0.0])


class StubTagger:
    name = "stub"

    def __init__(self) -> None:
        self.asked = 0

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        self.asked += 1
        tagged = Tagged(0, Span(4, 8), None, (Span(0, 3), Span(9, 12)), 0.75)
        return (tagged, replace(tagged, source=Span(13, 15)))


def test_attributions_are_kept_by_the_whole_document(store: Store) -> None:
    inner = StubTagger()
    tagger = CachedTagger("stub", "f", lambda: inner, store)
    assert tagger.tag(["one", "two"]) == tagger.tag(["one", "two"]) == inner.tag([])
    tagger.tag(["onetwo"])
    assert inner.asked == 3


def test_without_a_store_the_models_stand_alone() -> None:
    assert not isinstance(cached_encoder(ModelSettings(), None), CachedEncoder)
    assert not isinstance(cached_entailment(ModelSettings(), None), CachedEntailment)


def test_vectors_behind_the_store_are_those_of_the_model(store: Store) -> None:
    alone = cached_encoder(ModelSettings(), None)
    kept = cached_encoder(ModelSettings(), store)
    texts = ["The bridge at Sarnow fell.", "Twelve people died."]
    for _ in range(2):
        assert np.allclose(kept.encode(texts), alone.encode(texts), atol=1e-6)
    assert kept.name == alone.name


# Fingerprints and whole results.


def test_the_bundled_models_have_fingerprints() -> None:
    prints = (encoder_print(None), entailment_print(None), tagger_print("rules"), parser_print(None))
    assert all(prints)
    assert len({p.digest for p in prints if p}) == 4


def test_a_model_that_is_not_there_has_none() -> None:
    assert encoder_print("no/such-model") is None
    assert parser_print("no_such_parser") is None
    assert surroundings(Config(models=ModelSettings(encoder="no/such-model"))) is None


def test_the_fingerprint_of_a_folder_changes_with_any_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "sub" / "weights").write_bytes(b"1")
    before = encoder_print(str(tmp_path))
    assert before == encoder_print(str(tmp_path))
    (tmp_path / "sub" / "weights").write_bytes(b"2")
    assert encoder_print(str(tmp_path)) != before


def test_what_a_result_comes_from(tmp_path: Path) -> None:
    registry = tmp_path / "sources.toml"
    registry.write_text("")
    config = Config(registry=registry)
    around = surroundings(config)
    assert around is not None
    assert around == surroundings(config.model_copy(update={"fail_on": ("error",)}))
    assert around == surroundings(config.model_copy(update={"cache": CacheSettings(megabytes=1)}))
    changed = [
        surroundings(config.model_copy(update={"relate": RelateSettings(contradicts=0.9)})),
        surroundings(config.model_copy(update={"rules": {"single-source": "off"}})),
        surroundings(config.model_copy(update={"models": ModelSettings(attribution="rules")})),
    ]
    registry.write_text("# changed")
    assert len({around, *changed, surroundings(config)}) == 5


def test_a_result_comes_from_every_library_that_the_program_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = {re.split(r"[^\w.-]", word)[0] for word in requires("verify-news") or () if "extra" not in word}
    assert libraries() == {name: version(name) for name in needed}
    before = surroundings(Config())
    monkeypatch.setattr("verify.cache.results.libraries", lambda: {**libraries(), "trafilatura": "0"})
    _program.cache_clear()
    assert surroundings(Config()) != before
    monkeypatch.setattr("verify.cache.results.DISTRIBUTION", "not-installed")
    monkeypatch.setattr("verify.cache.results.libraries", libraries)
    _program.cache_clear()
    assert surroundings(Config()) is None
    _program.cache_clear()


def test_a_result_comes_from_a_state_of_the_archive(tmp_path: Path) -> None:
    config = Config(index=tmp_path)
    (tmp_path / "archive.db").write_bytes(b"one")
    before = surroundings(config)
    (tmp_path / "archive.db-shm").write_bytes(b"of a reader")
    (tmp_path / "archive.db-wal").touch()
    assert surroundings(config) == before != surroundings(Config())
    (tmp_path / "archive.db-wal").write_bytes(b"added")
    assert surroundings(config) != before
    assert surroundings(Config(index=tmp_path / "none")) is None


def test_a_result_is_found_by_content_and_surroundings(store: Store, checked: Checked) -> None:
    result = Result(checked, {"encoder": "e"})
    place = result_key("a" * 64, ".md", "here")
    keep_result(store, place, result)
    assert kept_result(store, place) == result
    for other in (("b" * 64, ".md", "here"), ("a" * 64, ".txt", "here"), ("a" * 64, ".md", "there")):
        assert kept_result(store, result_key(*other)) is None


def test_a_result_of_another_shape_is_none(store: Store) -> None:
    place = result_key("a" * 64, ".md", "here")
    for line in ("{}", "[1]", "null", "not json", "[" * 100_000, json.dumps({"checked": {}, "models": {}})):
        store.put("results", {bytes.fromhex(place): line.encode()})
        assert kept_result(store, place) is None


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec=None), max_size=60),
    st.frozensets(st.text(max_size=5), max_size=4),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates() | st.none(),
)
def test_a_result_survives_its_line(
    checked: Checked, text: str, cites: frozenset[str], score: float, published: date | None
) -> None:
    changed = replace(
        checked,
        document=replace(checked.document, text=text, published=published, byline=text),
        claims=(replace(checked.claims[1], cites=cites, proposition=text), *checked.claims),
        findings=(replace(checked.findings[0], score=score, message=text),),
    )
    line = dump(Result(changed, {text: text}))
    assert line.isascii()
    assert "\n" not in line
    assert restore(line, Result) == Result(changed, {text: text})
    assert dump(restore(line, Result)) == line


# Settings and the command.


def test_the_cache_is_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder(CacheSettings(path=tmp_path)) == tmp_path
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert cache_folder(CacheSettings()) == tmp_path / "xdg" / "verify"
    assert open_cache(CacheSettings(enabled=False), warn=pytest.fail) is None


def test_the_command_tells_prunes_and_clears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "verify.toml").write_text('[cache]\npath = "kept"\nmegabytes = 7\n')
    store = Store(tmp_path / "kept", limit=7 * MEGABYTE, warn=pytest.fail)
    store.put("vectors", {key(n): os.urandom(5000) for n in range(300)})
    store.close()
    assert run(["cache", "info"]) == 0
    told = capsys.readouterr().out
    assert str(tmp_path / "kept" / FILE) in told
    assert "of at most 7.0 MB" in told
    assert "vectors" in told
    assert "300" in told
    assert run(["cache", "prune", "--megabytes", "1"]) == 0
    assert "dropped" in capsys.readouterr().out
    assert store.info().size <= MEGABYTE
    assert run(["cache", "clear"]) == 0
    assert store.info().kept == ()
