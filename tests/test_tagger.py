from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from conftest import StubEncoder, StubEntailment
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from verify import pipeline
from verify.attribution import tagged
from verify.attribution.registry import load_registry
from verify.errors import ModelError
from verify.evaluate.attribution import Annotated, Unit, evaluate, links, score
from verify.evaluate.measures import Count
from verify.language.parse import load_parser, parse
from verify.load import document_of
from verify.models.decoding import Answer, Decoding, _runs, decode
from verify.models.pieces import Word, split, windows
from verify.models.protocols import Tagged, Tagger
from verify.models.tagger import CUES, ROLES, EncoderTagger, Ids, States, load_tagger, read_ahead
from verify.pipeline import Models
from verify.types import Attribution, Quote, Span

SAID, SURE = 3, 8.0
VOCABULARY = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "said": SAID, "[UNK]": 4, "brand": 5, "##t": 6, ".": 7}


@pytest.fixture
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece(VOCABULARY, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@dataclass(frozen=True)
class SaidSo:
    """Graphs by which "said" is a cue, the word before it its source, all words after it its content."""

    def read(self, ids: Ids, mask: Ids) -> States:
        return np.stack([ids, mask], axis=-1).astype(np.float32)

    def tag(self, states: States, mask: Ids, marks: Ids) -> States:
        logits = np.zeros((*mask.shape, len(CUES) + len(ROLES)), dtype=np.float32)
        is_said = states[..., 0] == SAID
        logits[..., 0], logits[..., 1] = np.where(is_said, 0, SURE), np.where(is_said, SURE, 0)
        for row, marked in enumerate(marks):
            roles = logits[row, :, len(CUES) :]
            roles[:, 0] = SURE
            if marked.any():
                cue = int(marked.argmax())
                roles[cue + 1 :] = [0, 0, SURE, 0]
                roles[cue - 1] = [0, SURE, 0, 0]
        return logits


@dataclass(frozen=True)
class Scripted:
    """A tagger that answers with what it is told, whatever it is asked."""

    answers: tuple[Tagged, ...]
    name: str = "scripted"

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        return self.answers


@pytest.fixture
def tagger(tokenizer: Tokenizer) -> EncoderTagger:
    return EncoderTagger("said", SaidSo(), tokenizer, Decoding())


@pytest.mark.parametrize(
    "text",
    [
        "Brandt said: “Café-goers, naïve ones, fled.”",
        "日本 said 😀 no",
        "a\u200bb\u00adc\ufeff said d",
        "  said   \t said ",
        "\u0130stanbul said \u1e9e",
    ],
)
def test_words_stand_where_their_characters_do(tokenizer: Tokenizer, text: str) -> None:
    pieces = split([text], tokenizer)
    assert pieces.words
    for word in pieces.words:
        covered = text[word.start : word.end]
        assert covered
        assert not any(c.isspace() for c in covered)
    assert [text[w.start : w.end].lower() for w in pieces.words].count("said") == text.lower().count("said")


def test_a_word_keeps_all_its_pieces(tokenizer: Tokenizer) -> None:
    pieces = split(["Brandt said."], tokenizer)
    assert [(w.start, w.end, w.first, w.last) for w in pieces.words] == [
        (0, 6, 0, 1),
        (7, 11, 2, 2),
        (11, 12, 3, 3),
    ]
    assert pieces.word_of == (0, -1, 1, 2, -1)
    assert pieces.edges == (0, 5)


def test_a_tokenizer_without_special_pieces_is_refused() -> None:
    bare = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    with pytest.raises(ModelError, match=r"\[CLS\]"):
        split(["a"], bare)


@given(
    sizes=st.lists(st.integers(1, 40), max_size=12),
    limit=st.integers(4, 24),
    context=st.integers(0, 8),
)
@settings(deadline=None)
def test_windows_score_every_piece_once_and_fit(sizes: list[int], limit: int, context: int) -> None:
    edges = [0, *np.cumsum(sizes).tolist()]
    found = list(windows(edges, limit=limit, context=context))
    assert [i for w in found for i in range(w.scored, w.end)] == list(range(edges[-1]))
    for window in found:
        assert 0 <= window.start <= window.scored < window.end
        assert window.end - window.start <= limit


def test_paragraphs_that_fit_are_never_cut() -> None:
    found = list(windows([0, 6, 12, 18], limit=13, context=3))
    assert [(w.start, w.scored, w.end) for w in found] == [(0, 0, 12), (9, 12, 18)]


def test_attributions_are_joined_by_their_cue(tagger: Tagger) -> None:
    text = "Ann said no. But Bob said yes."
    first, second = tagger.tag([text])
    assert [text[first.cue.start : first.cue.end], first.source and text[slice(*first.source)]] == [
        "said",
        "Ann",
    ]
    assert [text[slice(*s)] for s in first.content] == ["no. But Bob said yes."]
    assert second.source is not None
    assert text[slice(*second.source)] == "Bob"
    assert [text[slice(*s)] for s in second.content] == ["yes."]


def test_offsets_are_the_paragraphs_own(tagger: Tagger) -> None:
    paragraphs = ["Nothing here.", "", "“Ö”, Zoë said nothing."]
    (only,) = tagger.tag(paragraphs)
    assert only.paragraph == 2
    assert only.source is not None
    assert paragraphs[2][slice(*only.source)] == "Zoë"
    assert paragraphs[2][slice(*only.content[0])] == "nothing."


@pytest.mark.parametrize("paragraphs", [[], [""], ["   "], ["No cue at all."], ["said"]])
def test_nothing_said_is_nothing_found(tagger: Tagger, paragraphs: list[str]) -> None:
    assert tagger.tag(paragraphs) == ()


def test_a_long_document_is_read_whole(tagger: Tagger) -> None:
    paragraphs = [f"{'word ' * (i % 50)}Ann said no." for i in range(600)] + ["word " * 2000 + "Ann said no."]
    found = tagger.tag(paragraphs)
    assert [t.paragraph for t in found] == list(range(601))
    assert all(paragraphs[t.paragraph][slice(*t.cue)] == "said" for t in found)
    assert all(t.source and paragraphs[t.paragraph][slice(*t.source)] == "Ann" for t in found)


def answer(roles: str, *, marked: tuple[int, int], score: float = 0.9) -> Answer:
    """An answer about single characters, each surely outside (o), source (s), content (c) or cue (q)."""
    words = tuple(Word(0, 2 * i, 2 * i + 1, i, i) for i in range(len(roles)))
    logits = np.full((len(roles), len(ROLES)), -6.0, dtype=np.float32)
    for i, role in enumerate(roles):
        logits[i, "oscq".index(role)] = -0.01
    return Answer(0, Span(2 * marked[0], 2 * marked[1] + 1), marked, words, logits, score)


def test_content_goes_on_around_source_and_cue() -> None:
    (found,) = decode([answer("ccsqcco", marked=(3, 3))], Decoding())
    assert found.source == Span(4, 5)
    assert found.content == (Span(0, 3), Span(8, 11))


def test_one_stray_word_neither_breaks_nor_makes_a_content() -> None:
    (found,) = decode([answer("sqcccoccc", marked=(1, 1))], Decoding(content=9.0))
    assert found.content == (Span(4, 17),)
    assert list(decode([answer("sqooocooo", marked=(1, 1))], Decoding(content=9.0, sure=0.0))) == []


@given(
    odds=st.lists(st.integers(-4, 4), min_size=1, max_size=8),
    barred=st.sets(st.integers(0, 7)),
    cost=st.sampled_from([0.0, 0.5, 1.5, 3.0]),
)
@settings(deadline=None)
def test_contents_are_the_best_of_all_there_could_be(odds: list[int], barred: set[int], cost: float) -> None:
    free = [i for i in range(len(odds)) if i not in barred]

    def worth(chosen: Sequence[int]) -> float:
        states = [False, *(i in chosen for i in free), False]
        return sum(odds[i] for i in chosen) - cost * sum(a != b for a, b in pairwise(states))

    best = max(worth(c) for size in range(len(free) + 1) for c in combinations(free, size))
    found = [i for first, last in _runs(np.float32(odds), cost, barred) for i in range(first, last + 1)]
    assert not barred & set(found)
    assert worth(found) == pytest.approx(best)


def test_a_cue_without_content_or_certainty_gives_nothing() -> None:
    assert list(decode([answer("sqooo", marked=(1, 1))], Decoding())) == []
    assert list(decode([answer("sqccc", marked=(1, 1), score=0.05)], Decoding(cue=0.1))) == []
    assert list(decode([answer("sqccc", marked=(1, 1), score=0.05)], Decoding(cue=0.01, sure=0.1))) != []


def test_a_source_may_be_missing() -> None:
    (found,) = decode([answer("oqcc", marked=(1, 1))], Decoding())
    assert found.source is None


def description(**changes: object) -> str:
    about: dict[str, object] = {
        "task": "attribution",
        "decoding": {"cue": 0.4, "sure": 0.4, "source": 0.0, "content": 1.5},
        "sha256": {"read.onnx": "0", "tag.onnx": "0"},
    }
    return json.dumps(about | changes)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        load_tagger(tmp_path)


def test_a_model_for_another_task_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(description(task="encoder"))
    with pytest.raises(ModelError, match="'encoder'"):
        load_tagger(tmp_path)


def test_a_damaged_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(description())
    (tmp_path / "read.onnx").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="checksum"):
        load_tagger(tmp_path)


# In a document.


@pytest.fixture(scope="module")
def nlp() -> object:
    return load_parser()


def attributions(text: str, nlp: object, *answers: Tagged, suffix: str = ".txt") -> list[Attribution]:
    parsed = parse(document_of(text.encode(), path="a", suffix=suffix), nlp)  # type: ignore[arg-type]
    return list(tagged.attribute(parsed, Scripted(answers)))


def spans(text: str, *words: str) -> list[Span]:
    return [Span(text.index(w), text.index(w) + len(w)) for w in words]


def test_tagged_spans_stand_in_the_document(nlp: object) -> None:
    text = "Toll rises\n\nThe *mayor* said the “bridge” fell, and left.\n"
    second = "The mayor said the “bridge” fell, and left."
    source, cue, content = spans(second, "The mayor", "said", "the “bridge” fell,")
    (found,) = attributions(text, nlp, Tagged(1, cue, source, (content,), 0.9), suffix=".md")
    assert found.source is not None
    assert found.cue is not None
    assert text[slice(*found.source)] == "The *mayor"
    assert text[slice(*found.cue)] == "said"
    assert [text[slice(*s)] for s in found.content] == ["the “bridge” fell"]
    assert found.sentence == 1
    assert found.quote is Quote.MIXED


def test_a_clause_that_tells_is_no_source(nlp: object) -> None:
    text = "Internal emails show that engineers at the plant first reported the fault in January."
    source, cue, content = spans(
        text, "Internal emails show that engineers at the plant", "first reported", "the fault in January"
    )
    (found,) = attributions(text, nlp, Tagged(0, cue, source, (content,), 0.9))
    assert found.source is not None
    assert found.cue is not None
    assert text[slice(*found.source)] == "Internal emails"
    assert text[slice(*found.cue)] == "show"
    assert text[slice(*found.content[0])] == text[text.index("engineers") : -1]


@pytest.mark.parametrize(
    ("text", "source", "cue", "named"),
    [
        (
            "Tass, which quoted Korvex, also said that it fell.",
            "Tass, which quoted Korvex,",
            "said",
            "Tass, which",
        ),
        ("Tass quoted Jan Holt as saying that it fell.", "Tass quoted Jan Holt", "saying", "Jan Holt"),
    ],
)
def test_whom_a_source_quotes_in_passing(text: str, source: str, cue: str, named: str, nlp: object) -> None:
    who, how, what = spans(text, source, cue, "it fell")
    (found,) = attributions(text, nlp, Tagged(0, how, who, (what,), 0.9))
    assert found.source is not None
    assert text[slice(*found.source)].startswith(named)


def test_sections_headings_hold_no_attribution(nlp: object) -> None:
    text = "# Title\n\nAnn said no.\n\n## What he said\n\nBob said yes.\n"
    cue, content, source = spans("Bob said yes.", "said", "yes.", "Bob")
    (found,) = attributions(text, nlp, Tagged(2, cue, source, (content,), 0.9), suffix=".md")
    assert found.source is not None
    assert text[slice(*found.source)] == "Bob"


@dataclass(frozen=True)
class Asked:
    """A tagger that finds nothing, and keeps what it is asked."""

    paragraphs: list[tuple[str, ...]]
    name: str = "asked"

    def tag(self, paragraphs: Sequence[str]) -> tuple[Tagged, ...]:
        self.paragraphs.append(tuple(paragraphs))
        return ()


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nAnn  said\u00a0no.\n\n## What he said\n\n*Bob* didn’t say.<!-- no --> He left.\n",
        "Title\n\n\u200bAnn said\u2028no \ufeff\n\n“Bob\n",
        f"Title\n\nAnn said {'that and ' * 400}no.\n",
    ],
    ids=["markup", "signs", "a sentence too long to be read"],
)
def test_a_document_is_tagged_once(text: str, nlp: object) -> None:
    asked = Asked([])
    models = Models(nlp, StubEncoder({}), StubEntailment({}), load_registry(None), asked)  # type: ignore[arg-type]
    pipeline.read(document_of(text.encode(), path="a", suffix=".md"), models)
    assert len(asked.paragraphs) == 1


def test_what_was_not_read_ahead_is_read_when_asked() -> None:
    asked = Asked([])
    tagger = read_ahead(asked, ["Ann said no."])
    tagger.tag(["Ann said no."])
    tagger.tag(["Bob said yes."])
    assert asked.paragraphs == [("Ann said no.",), ("Bob said yes.",)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "named"),
    [
        ("A view of Ilse Brandt was that it fell.", "of Ilse Brandt", "view", "it fell", "Ilse Brandt"),
        ("It fell, an account that Oslo rejects.", "that Oslo", "rejects", "It fell", "Oslo"),
        ("One of them said it fell.", "One of them", "said", "it fell", "One of them"),
        ("The harbour office said it fell.", "The", "said", "it fell", "The harbour office"),
        ("He said it fell.", "He", "said", "it fell", "He"),
        ("In a note the office said it fell.", "note the office", "said", "it fell", "the office"),
        ("They met Ann Brandt, the court said.", "Ann Brandt, the court", "said", "They met", "the court"),
        (
            "A letter this month to the board showed that it fell.",
            "A letter this month to the board",
            "showed",
            "it fell",
            "A letter this month to the board",
        ),
        (
            "A new Rock the Vote survey of voters says it fell.",
            "A new Rock the Vote survey of voters",
            "says",
            "it fell",
            "A new Rock the Vote survey of voters",
        ),
        (
            "Ann Brandt, the mayor, said it fell.",
            "Ann Brandt, the mayor",
            "said",
            "it fell",
            "Ann Brandt, the mayor",
        ),
        ("It was said that the hall fell.", "It", "was said", "the hall fell", None),
        ("She was told that it fell.", "She", "was told", "that it fell", None),
        ("She was quoted as saying it fell.", "She", "was quoted", "it fell", "She"),
        ("She was not convinced that it fell.", "She", "was not convinced", "it fell", "She"),
        ("The firm is accused of theft.", "The firm", "is accused of", "theft", None),
        ("The firm's claim that it fell stands.", "The firm's", "claim", "it fell", "The firm"),
    ],
)
def test_a_source_is_cut_to_whom_it_names(
    nlp: object, text: str, source: str, cue: str, content: str, named: str | None
) -> None:
    said, who, what = spans(text, cue, source, content)
    (found,) = attributions(text, nlp, Tagged(0, said, who, (what,), 0.9))
    assert (text[slice(*found.source)] if found.source else None) == named


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "count"),
    [
        ("Nobody in the town could say how it fell.", "Nobody in the town", "could say", "how it fell", 0),
        ("Asked whether it fell, Ann left.", None, "Asked", "whether it fell", 0),
        ("Papers seen by Ann show that it fell.", None, "seen", "show that it fell", 0),
        ("Police held Ann Brandt over it.", "Ann", "Brandt", "over it", 0),
        ("Another Mayor Endorses Ann Brandt.", "Another Mayor", "Endorses", "Ann Brandt", 1),
        (
            "Oslo has not confirmed the reports and Bergen left.",
            "Bergen",
            "has not confirmed",
            "the reports",
            0,
        ),
        ("Ann has been accused by Oslo of theft.", "Oslo", "has been accused", "of theft", 1),
        ("It fell, said Bergen.", "Bergen", "said", "It fell", 1),
        ("A gang calling itself Velm left.", "A gang", "calling", "itself Velm", 0),
        ("A gang calling it murder left.", "A gang", "calling", "it murder", 1),
        ("In a note read out by Ann, he said no.", "Ann", "read out", "In a note", 0),
    ],
)
def test_what_is_nobodys_word_is_left_out(
    nlp: object, text: str, source: str | None, cue: str, content: str, count: int
) -> None:
    said, what = spans(text, cue, content)
    who = spans(text, source)[0] if source is not None else None
    assert len(attributions(text, nlp, Tagged(0, said, who, (what,), 0.9))) == count


def test_the_nested_attribution_knows_the_one_around_it(nlp: object) -> None:
    text = "Tass said the agency denied the leak."
    outer = Tagged(0, *spans(text, "said", "Tass"), (spans(text, "the agency denied the leak")[0],), 0.9)
    inner = Tagged(0, *spans(text, "denied", "the agency"), (spans(text, "the leak")[0],), 0.9)
    first, second = attributions(text, nlp, outer, inner)
    assert (first.within, second.within) == (None, 0)


def test_a_quotation_is_carried_on_but_never_twice(nlp: object) -> None:
    text = "“It fell. Nobody knew,” Ann said.\n\n“We ran. It was dark.”\n"
    quoted = spans(text, "It fell. Nobody knew")[0]
    found = attributions(text, nlp, Tagged(0, *spans(text, "said", "Ann"), (quoted,), 0.9))
    assert [[text[slice(*s)] for s in a.content] for a in found] == [
        ["It fell. Nobody knew"],
        ["We ran"],
        ["It was dark"],
    ]
    assert [a.source is None for a in found] == [False, True, True]


def test_a_speaker_named_at_the_end_speaks_the_whole_quotation(nlp: object) -> None:
    text = "“We ran. It was dark,” Ann said.\n"
    last = Tagged(0, *spans(text, "said", "Ann"), (spans(text, "It was dark")[0],), 0.9)
    first, second = attributions(text, nlp, last)
    assert (first.spoken_as, second.spoken_as) == (1, None)
    ruled = Attribution(0, None, Span(0, 1), (Span(0, 1),), Quote.DIRECT)
    _, first, second = tagged.combine([first, second], [ruled], "")
    assert (first.spoken_as, second.spoken_as) == (2, None)


def test_who_denies_a_claim_is_found_around_whose_it_is(nlp: object) -> None:
    text = "The firm's claim that the bridge fell was denied by the mayor."
    cue, source, content = spans(text, "claim", "The firm's", "the bridge fell was denied by")
    (mine,) = attributions(text, nlp, Tagged(0, cue, source, (content,), 0.9))
    assert [text[slice(*s)] for s in mine.content] == ["the bridge fell"]
    mayor, denied, claim = spans(text, "the mayor", "was denied", "The firm's claim that the bridge fell")
    rule = Attribution(0, mayor, denied, (claim,), Quote.INDIRECT)
    outer, inner = tagged.combine([mine], [rule], text)
    assert (outer.cue, inner.cue, inner.within) == (rule.cue, mine.cue, 0)


def test_the_rules_add_only_what_the_tagger_lacks() -> None:
    mine = Attribution(0, Span(0, 3), Span(4, 8), (Span(9, 20),), Quote.INDIRECT)
    same = Attribution(0, Span(0, 3), Span(4, 8), (Span(12, 20),), Quote.INDIRECT)
    other = Attribution(1, Span(30, 33), Span(34, 38), (Span(39, 50),), Quote.INDIRECT)
    assert tagged.combine([mine], [same, other], "") == (mine, other)
    assert tagged.combine([], [other], "") == (other,)


# The measures.


def unit(source: str, cue: str, *content: str, text: str) -> Unit:
    return Unit(tuple(spans(text, source)), tuple(spans(text, cue)), tuple(spans(text, *content)), "indirect")


def test_scores_agree_with_a_count_by_hand() -> None:
    text = "Ann said that it fell. Bob denied the charge, and Cy hopes for rain."
    gold = (
        unit("Ann", "said", "that it fell", text=text),
        unit("Bob", "denied", "the charge", text=text),
        unit("Cy", "hopes", "for rain", text=text),
    )
    found = (
        unit("Ann", "said", "it fell.", text=text),
        unit("Cy", "denied", "the charge,", text=text),
        unit("Bob", "and", "fell", text=text),
    )
    counts = score(Annotated("a", "dev", text, gold), found)
    assert counts["source.exact"] == Count(3, 3, 3)
    assert counts["cue.exact"] == Count(2, 3, 3)
    assert counts["content.exact"] == Count(1, 3, 3)
    assert counts["content.partial"] == Count(2, 3, 3)
    assert counts["link.pair"] == Count(1, 3, 3)
    assert counts["link.triple"] == Count(1, 3, 3)
    assert counts["content.token"] == Count(4, 4, 7)


def test_scores_add_up_over_articles() -> None:
    text = "Ann said no."
    gold = (unit("Ann", "said", "no", text=text),)
    articles = [Annotated(name, "dev", text, gold) for name in "ab"]
    scores = evaluate(articles, lambda _: gold)
    assert scores["link.triple"] == Count(2, 2, 2)
    assert scores["link.triple"].f1 == 1.0
    assert links(articles[0], ())["link.pair"].f1 == 0.0
    assert evaluate(articles, lambda _: gold, only="direct")["link.pair"].wanted == 0


def test_a_figure_that_only_the_rules_have_is_kept() -> None:
    text = "It had put the toll at 133 on Saturday."
    cue = Span(text.index("put"), text.index("put") + 3)
    toll = Span(text.index("the toll"), text.index("the toll") + 8)
    whole = Span(toll.start, text.index(" on"))
    short = Attribution(0, Span(0, 2), cue, (toll,), Quote.INDIRECT)
    long = Attribution(0, Span(0, 2), cue, (whole,), Quote.INDIRECT)
    assert [a.content for a in tagged.combine([short], [long], text)] == [(whole,)]
    assert [a.content for a in tagged.combine([long], [short], text)] == [(whole,)]


def test_a_figure_of_what_a_comma_parts_from_the_content_is_not_taken() -> None:
    text = "In all 38 percent said he should go, while 60 percent said he should stay."
    cue, short, whole = spans(
        text, "said", "he should go", "he should go, while 60 percent said he should stay"
    )
    mine = Attribution(0, Span(0, 6), cue, (short,), Quote.INDIRECT)
    rule = Attribution(0, Span(0, 6), cue, (whole,), Quote.INDIRECT)
    assert [a.content for a in tagged.combine([mine], [rule], text)] == [(short,)]


def test_a_figure_before_the_content_is_taken() -> None:
    text = "The list had 388 names; most were safe, he said."
    cue, short, whole = spans(text, "said", "most were safe", "The list had 388 names; most were safe")
    mine = Attribution(0, Span(0, 6), cue, (short,), Quote.INDIRECT)
    rule = Attribution(0, Span(0, 6), cue, (whole,), Quote.INDIRECT)
    assert [a.content for a in tagged.combine([mine], [rule], text)] == [(whole,)]
