"""Three hundred hostile inputs: a report or one line of complaint, never a traceback or a hang."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import watchdog

from verify import pipeline
from verify.cli import run
from verify.config import Config
from verify.report import FORMATS, Display
from verify.types import Block, Document, Role, Run, Span

PER_KIND = 20
WATCHDOG = 60
"""Seconds. The bound on a quiet machine is 10; this one only tells a hang from a slow computer."""

WORDS = (
    "the ministry said that twelve people had died in Kyiv on Monday , while Moscow denied it and Ms Orlova "
    "claimed “ no ” . rebels , 137 , killed more than 90 at least according to police who “ suggested ” it"
)
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u061c"
QUOTES = "\"'“”‘’«»„‚‹›`´"
CONTROL = "".join(chr(i) for i in (*range(32), *range(127, 160)))


def prose(rng: random.Random, words: int) -> str:
    vocabulary = WORDS.split()
    return " ".join(rng.choice(vocabulary) for _ in range(words))


def random_bytes(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randrange(2000))


def damaged_utf8(rng: random.Random) -> bytes:
    data = bytearray(prose(rng, 80).encode())
    for _ in range(rng.randrange(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def other_encoding(rng: random.Random) -> bytes:
    return prose(rng, 40).encode(rng.choice(["utf-16", "utf-32", "utf-16-le", "cp1252", "utf-7"]), "replace")


def any_characters(rng: random.Random) -> bytes:
    points = (rng.randrange(0x110000) for _ in range(400))
    return "".join(chr(p) for p in points if not 0xD800 <= p < 0xE000).encode()


def long_sentence(rng: random.Random) -> bytes:
    words = prose(rng, rng.choice([10, 200, 200, 200, 2000, 10_000]))
    return (words.replace(" . ", " ") + ".").encode()


def nested_quotes(rng: random.Random) -> bytes:
    depth = rng.randrange(1, 60)
    text = "".join(f"{rng.choice(QUOTES)}{prose(rng, 3)} said {rng.choice(QUOTES)}" for _ in range(depth))
    return (text + "".join(rng.choice(QUOTES) for _ in range(depth))).encode()


def unclosed_quotes(rng: random.Random) -> bytes:
    sentences = (f"{rng.choice(QUOTES)}{prose(rng, 8)}, the mayor said." for _ in range(20))
    return rng.choice([" ", "\n", "\n\n"]).join(sentences).encode()


def direction_marks(rng: random.Random) -> bytes:
    words = [*prose(rng, 60).split(), "שלום", "العربية", "\u202eevil\u202c"]
    return "".join(rng.choice(INVISIBLE) + word + rng.choice([" ", *INVISIBLE]) for word in words).encode()


def control_characters(rng: random.Random) -> bytes:
    return "".join(c + rng.choice(["", rng.choice(CONTROL)]) for c in prose(rng, 60)).encode()


def terminal_codes(rng: random.Random) -> bytes:
    codes = ["\x1b[2J", "\x1b]0;owned\x07", "\x9b31m", "\x1b[31m", "\r", "\b\b\b", "\x1bP1;2q\x1b\\"]
    return " ".join(w + rng.choice(codes) for w in prose(rng, 60).split()).encode()


def huge_numbers(rng: random.Random) -> bytes:
    numbers = [
        "9" * rng.randrange(1, 6000),
        "1e999999",
        "1," * 500 + "0",
        "0." + "0" * 400 + "1",
        "31 February 99999",
        "٣٤٥",
        "²³",
        "Ⅻ",
        "½",
        "$" + "8" * 400 + "bn",
        "between 5 and 3 and 2",
        "minus minus two hundred thousand million billion",
        "99/99/9999",
        "%",
    ]
    return ". ".join(f"Police said {rng.choice(numbers)} people died in Kyiv" for _ in range(12)).encode()


def deep_brackets(rng: random.Random) -> bytes:
    depth = rng.randrange(1, 5000)
    left, right = rng.choice(["()", "[]", "{}", "<>", "“”"])
    return (left * depth + prose(rng, 5) + right * rng.randrange(depth + 1)).encode()


def markdown_bomb(rng: random.Random) -> bytes:
    count = rng.randrange(1, 1500)
    bombs = [
        "> " * count + "said so",
        "*" * count + "a" + "_" * count,
        "[" * count + "](x)" * count,
        "- " * count + "item",
        "`" * count + "code",
        "|" * count + "\n" + "|-" * count + "\n" + "|a" * count,
        "<div>" * count + "text",
        "&amp;" * count,
        "![](" * count,
        "# " * count + "Heading",
        "<!--" * count,
        "It <!-- " * count * 50,
        "# Heading" + " " * count * 50 + "end",
        "\n".join("    " * min(i, 60) + "- x" for i in range(count)),
    ]
    return (f"# Title\n\n{rng.choice(bombs)}\n\n" + prose(rng, 20)).encode()


def front_matter(rng: random.Random) -> bytes:
    heads = [
        "title: [" * 200,
        "published: 0000-99-99",
        "published: [1, 2]\ntitle: {a: b}",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: [*c, *c]",
        "title: !!python/object/apply:os.system ['true']",
        "? ? ?\n: : :",
        "title: \x00",
        "\t\ttitle: tab",
        "title: " + "x" * 5000,
        "published: 9999999999999999999",
        "id: null\ntitle: yes",
        "- just\n- a list",
        "title: never closed",
    ]
    closing = rng.choice(["---\n", "...\n", ""])
    return f"---\n{rng.choice(heads)}\n{closing}{prose(rng, 30)}".encode()


def white_space(rng: random.Random) -> bytes:
    spaces = "\n\r\t \u00a0\u2003\u2028\u2029\u0085\x0b\x0c\u3000"
    words = prose(rng, rng.choice([0, 1, 40])).split()
    gaps = ("".join(rng.choice(spaces) for _ in range(rng.randrange(30))) for _ in range(len(words) + 1))
    return "".join(gap + word for gap, word in zip(gaps, [*words, ""], strict=True)).encode()


KINDS: tuple[Callable[[random.Random], bytes], ...] = (
    random_bytes,
    damaged_utf8,
    other_encoding,
    any_characters,
    long_sentence,
    nested_quotes,
    unclosed_quotes,
    direction_marks,
    control_characters,
    terminal_codes,
    huge_numbers,
    deep_brackets,
    markdown_bomb,
    front_matter,
    white_space,
)


@pytest.fixture(scope="module")
def models() -> object:
    return pipeline.load_models(Config())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_hostile_files(
    kind: Callable[[random.Random], bytes],
    models: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("verify.pipeline.load_models", lambda config: models)
    for number in range(PER_KIND):
        rng = random.Random(f"{kind.__name__} {number}")
        draft = tmp_path / f"{number}.{rng.choice(['txt', 'md'])}"
        draft.write_bytes(kind(rng))
        with watchdog(WATCHDOG):
            form = rng.choice(["full", "concise", "json"])
            status = run(["check", str(draft), "--format", form])
        out, err = capsys.readouterr()
        assert status in {0, 1, 2, 3}, draft.name
        assert "internal error" not in err, (draft.name, err)
        told = status == 2 or (status == 1 and form == "full")
        assert len(err.splitlines()) == told, (draft.name, err)
        assert not set(out) & set(CONTROL.replace("\n", "")), draft.name
        assert (out == "") == (status == 2) or status == 0, draft.name


@pytest.mark.parametrize("seed", range(10))
def test_lone_surrogates_through_the_library(models: object, seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(
        c + (chr(rng.randrange(0xD800, 0xE000)) if rng.random() < 0.05 else "") for c in prose(rng, 80)
    )
    document = Document(
        id="d1",
        path="draft.txt",
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=None,
        published=None,
        byline=None,
        blocks=(Block(Role.PARAGRAPH, Span(0, len(text))),),
    )
    checked = pipeline.check(document, models, Config())
    assert checked.document.text == text
    for render in FORMATS.values():
        render(Run((checked,), {}), Display()).encode("utf-8")
