"""What an archive has on a draft's claims: which passages bear on them, and whose voices those are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import archives
import jsonschema
import numpy as np
import pytest
from archives import archived, write
from evidencing import library, person, transcript
from typer.testing import CliRunner

from verify.cli.commands import app
from verify.errors import ModelError
from verify.evidence import Found, find_evidence
from verify.evidence.candidates import documents_for
from verify.evidence.copies import by_first_origin
from verify.evidence.scorer import FEATURES, LABELS, UNASKED, Scorer, ask, load_scorer, scorer_of
from verify.index.origin import MOST_WORDS, copy_words
from verify.load import document_of
from verify.models.protocols import Matrix
from verify.relate import see
from verify.rules import RULES
from verify.rules.base import Against, Context
from verify.rules.record import cited
from verify.rules.run import findings_of
from verify.types import (
    UNKNOWN,
    Claim,
    Document,
    Evidence,
    Kind,
    Level,
    LookedUp,
    Passage,
    Quote,
    Relation,
    RelationType,
    Role,
    Searched,
    Sentence,
    Span,
    Stance,
    Verdict,
)

BY_NAME = {rule.name: rule for rule in RULES}
SEEDS = Path(__file__).resolve().parents[1] / "seeds"
SCHEMA = Path(__file__).resolve().parents[1] / "verify" / "report" / "wire-schema.json"


# Evidence, with models that know nothing but words.


@dataclass(frozen=True)
class WordEntailment:
    """More words entail fewer; where one side alone has a "not" they contradict; all else is neutral."""

    name: str = "words"

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        rows = np.zeros((len(pairs), 3), dtype=np.float32)
        for row, (one, other) in zip(rows, pairs, strict=True):
            a, b = (set(text.lower().strip(".").split()) for text in (one, other))
            same = b - {"not"} <= a
            row[(2 if "not" in a ^ b else 0) if same else 1] = 1
        return rows


def hand_made() -> Scorer:
    """Nothing but the entailment model counts."""
    weights = np.zeros((len(LABELS), len(FEATURES)), dtype=np.float32)
    weights[1, FEATURES.index("support")] = 8
    weights[2, FEATURES.index("contradiction")] = 8
    biases = np.array([4, 0, 0, -9], dtype=np.float32)
    gate = np.zeros(len(UNASKED), dtype=np.float32)
    return Scorer(weights, biases, gate, 0.0, 0.1, np.array([1, 0.6, 0.6, 0.6], dtype=np.float32))


def told(document: Document) -> tuple[Claim, ...]:
    """A claim for each sentence: of the one who "said", or in the paper's own voice."""
    claims: list[Claim] = []
    for block in document.blocks:
        if block.role is not Role.PARAGRAPH:
            continue
        start = block.span.start
        for piece in document.text[start : block.span.end].split(". "):
            text = piece.strip().strip(".")
            name, said, content = text.partition(" said ")
            begin = document.text.index(content if said else text, start)
            span = Span(begin, begin + len(content if said else text))
            claims.append(
                Claim(
                    id=f"c{len(claims) + 1}",
                    sentence=f"s{len(claims)}",
                    span=span,
                    source=person(name) if said else None,
                    cue=None,
                    content=(span,),
                    quote=Quote.INDIRECT if said else Quote.NONE,
                    stance=Stance.ASSERTS,
                    proposition=f"{content if said else text}.",
                    within=None,
                )
            )
            start = span.end
    return tuple(claims)


DRAFT = document_of(
    b"""Lorry falls from bridge

Ilse Brandt said the bridge at Sarnow was closed to lorries. Karel Dusek said the engineers had warned of it.
""",
    path="draft.txt",
    suffix=".txt",
)

SAME = (
    "Mira Stanek said the bridge at Sarnow was closed to lorries. "
    "The river is high, and divers wait for Friday."
)
OTHERWISE = "Mira Stanek said the bridge at Sarnow was not closed to lorries. The mayor was away on that day."
ELSEWHERE = (
    "Voters in Tarn rejected the merger of their two towns. The turnout was low, and the mayor resigned."
)


def found(*documents: Document, draft: Document = DRAFT, origins: dict[str, str] | None = None) -> Found:
    open_library = library(*documents, read=told, origins=origins)
    claims = told(draft)
    sentences = [Sentence(c.sentence, c.span, 1, Role.PARAGRAPH) for c in claims]
    return find_evidence(draft, sentences, claims, open_library, WordEntailment(), scorer=hand_made())


def test_who_says_the_same_supports_and_who_says_otherwise_contradicts() -> None:
    evidence = found(archived("a", SAME), archived("b", OTHERWISE)).evidence
    assert {(e.claim, e.passage.document, e.relation) for e in evidence} == {
        ("c1", "a", RelationType.SUPPORTS),
        ("c1", "b", RelationType.CONTRADICTS),
    }


@pytest.mark.parametrize(
    ("archived_text", "stance", "expected"),
    [
        ("The bridge was closed to lorries", Stance.ASSERTS, {"support"}),
        ("The bridge was closed to lorries", Stance.DENIES, {"contradiction"}),
        ("The bridge was closed", Stance.ASSERTS, {"support", "support_back"}),
        ("The bridge was closed", Stance.DENIES, {"contradiction", "contradiction_back"}),
        ("The bridge was not closed", Stance.DENIES, {"support", "support_back"}),
        ("The mayor was away", Stance.ASSERTS, {"neutral"}),
    ],
)
def test_what_the_entailment_model_says_both_ways_goes_by_the_stance(
    archived_text: str, stance: Stance, expected: set[str]
) -> None:
    own, other = (
        document_of(f"Bridge\n\n{text}.\n".encode(), path="d.txt", suffix=".txt")
        for text in ("The bridge was closed", archived_text)
    )
    registry, encoder = library().registry, library().encoder
    claims = [replace(claim, stance=stance) for claim in told(own)]
    seen, archive = see(claims, own, registry, encoder), see(told(other), other, registry, encoder)
    unasked = np.zeros((1, len(FEATURES)), dtype=np.float32)
    (row,) = ask(unasked, seen, archive, [(0, 0)], WordEntailment())
    assert {name for name, value in zip(FEATURES, row, strict=True) if value} == expected


def test_evidence_names_its_words_its_place_and_who_says_it() -> None:
    document = archived("a", SAME, publisher="Wire", published="2025-03-04")
    (evidence,) = found(document).evidence
    assert document.text[slice(*evidence.span)] == "the bridge at Sarnow was closed to lorries"
    assert document.text[slice(*evidence.passage.span)] == evidence.passage.text
    assert (evidence.passage.speaker, evidence.passage.publisher) == ("Mira Stanek", "Wire")
    assert evidence.passage.published == date(2025, 3, 4)
    assert 0 <= evidence.score <= 1
    assert "Mira Stanek says" in evidence.reason


def test_a_sentence_in_which_no_claim_is_found_bears_on_a_claim_too() -> None:
    claims = told(DRAFT)
    evidence = find_evidence(
        DRAFT, (), claims, library(archived("a", SAME)), WordEntailment(), scorer=hand_made()
    ).evidence
    ((relation, speaker),) = {(e.relation, e.passage.speaker) for e in evidence}
    assert (relation, speaker) == (RelationType.SUPPORTS, None)


def test_copies_carry_the_same_evidence_and_one_origin() -> None:
    copy = archived("b", SAME.replace("wait for", "are waiting for"))
    evidence = found(archived("a", SAME), copy, origins={"b": "a"}).evidence
    assert sorted(e.passage.document for e in evidence) == ["a", "b"]
    assert {e.passage.origin for e in evidence} == {"a"}
    assert all("closed to lorries" in e.passage.text for e in evidence)


def test_a_copy_of_the_draft_does_not_bear_it_out() -> None:
    more = "The river is high, and divers wait for Friday before they look for the lorry, which stood on the "
    more += (
        "bridge when the span gave way and has not been seen since then by anybody on either of the banks.\n"
    )
    draft = document_of(f"{DRAFT.text}\n{more}".encode(), path="draft.txt", suffix=".txt")
    assert found(archived("earlier", draft.text), draft=draft).evidence == ()


def test_a_copy_of_a_long_draft_does_not_bear_it_out() -> None:
    more = " ".join(f"Page {i} of the log is on gauge {i}." for i in range(MOST_WORDS // 4))
    draft = document_of(f"{DRAFT.text}\n{more}\n".encode(), path="draft.txt", suffix=".txt")
    assert len(copy_words(draft)) > 2 * MOST_WORDS
    earlier = archived("earlier", f"{draft.text}\nThe log ends there.\n")
    claims = told(DRAFT)
    assert (
        find_evidence(draft, (), claims, library(earlier), WordEntailment(), scorer=hand_made()).evidence
        == ()
    )


BRIEF = (
    f"{SAME} The mayor has asked the army for a ferry, and the ministry will answer that on Monday at the "
    "latest. Buses stop on either side, and pupils walk to the boats in the morning.\n"
)
NEWS = (
    "The haulier whose lorry brought down the span had been fined four times, court papers that this paper "
    "has seen show. His lawyer said that the fines had been paid and concerned other roads and vehicles.\n\n"
)
GROWN = (
    "The bridge had stood since 1936 and carried two lanes of the road, which is the only one on that bank. "
    "Weights have been limited there for three years, but nobody has weighed a lorry since the last winter.\n"
)


def test_an_earlier_story_that_the_draft_quotes_is_no_copy_of_it() -> None:
    draft = document_of(f"{DRAFT.text}\n{NEWS}{BRIEF}".encode(), path="draft.txt", suffix=".txt")
    assert {e.passage.document for e in found(archived("brief", BRIEF), draft=draft).evidence} == {"brief"}


def test_a_draft_with_a_paragraph_added_is_the_draft_still() -> None:
    text = f"{DRAFT.text}\n{NEWS}{BRIEF}\nThe bridge had stood since 1936. It carried two lanes of the road."
    draft = document_of(text.encode(), path="draft.txt", suffix=".txt")
    earlier = archived("earlier", f"{NEWS}{BRIEF}")
    assert found(earlier, draft=draft).evidence == ()


def test_the_shorter_first_edition_of_a_draft_does_not_bear_it_out() -> None:
    earlier = f"{DRAFT.text}\n{BRIEF}"
    draft = document_of(f"{earlier}\n{NEWS}{GROWN}".encode(), path="draft.txt", suffix=".txt")
    edition = archived("edition", earlier.replace("on Monday at the latest", "next week"))
    assert len(copy_words(edition)) < 0.6 * len(copy_words(draft))
    assert found(edition, draft=draft).evidence == ()


def test_what_a_later_story_has_from_an_earlier_one_is_no_second_voice() -> None:
    first = archived("first", BRIEF, published="2025-03-04")
    later = archived("later", NEWS + BRIEF, published="2025-03-06")
    evidence = found(later, first).evidence
    assert {(e.passage.document, e.passage.origin) for e in evidence} == {
        ("first", "first"),
        ("later", "first"),
    }


def test_a_copy_keeps_the_origin_that_a_story_between_quotes() -> None:
    first = archived("first", BRIEF, published="2025-03-04")
    quoting = archived("quoting", NEWS + BRIEF, published="2025-03-05")
    copy = archived("copy", BRIEF, published="2025-03-06")
    evidence = found(quoting, copy, first, origins={"copy": "first"}).evidence
    assert {(e.passage.document, e.passage.origin) for e in evidence} == {
        ("first", "first"),
        ("quoting", "first"),
        ("copy", "first"),
    }


def test_a_copy_of_the_draft_is_no_origin_of_what_others_say() -> None:
    draft = document_of(f"{DRAFT.text}\n{NEWS}{BRIEF}".encode(), path="draft.txt", suffix=".txt")
    edition = archived("edition", draft.text, published="2025-03-04")
    brief = archived("brief", BRIEF, published="2025-03-05")
    evidence = found(edition, brief, draft=draft).evidence
    assert {(e.passage.document, e.passage.origin) for e in evidence} == {("brief", "brief")}


def test_a_document_is_looked_into_once_for_all_evidence() -> None:
    documents = [
        archived(
            f"d{day}",
            " ".join(f"River{day} was at gauge{day}x{i}." for i in range(4)),
            published=f"2025-03-{day:02}",
        )
        for day in range(1, 29)
    ]
    open_library = library(*documents)
    (matches,) = open_library.search(["the river"], k=100, besides=DRAFT)
    evidence = [
        Evidence("c1", m.passage, m.passage.span, RelationType.SUPPORTS, Kind.QUOTE, 0.9, "") for m in matches
    ]
    assert {e.passage.origin for e in by_first_origin(evidence, open_library)} == {d.id for d in documents}
    looked_into = open_library.shingles.cache_info()
    assert (looked_into.hits, looked_into.misses) == (0, len(documents) - 1)


def test_what_a_later_story_says_in_its_own_words_is_its_own() -> None:
    first = archived("first", BRIEF, published="2025-03-04")
    own = "Mira Stanek said the bridge at Sarnow was closed to lorries in the night before it fell."
    later = archived("later", f"{NEWS}{own}\n", published="2025-03-06")
    evidence = found(later, first).evidence
    assert {e.passage.origin for e in evidence} == {"first", "later"}


def test_what_is_on_another_matter_stays_unlinked() -> None:
    assert found(archived("c", ELSEWHERE)).evidence == ()


def test_an_empty_archive_is_told_of_as_empty() -> None:
    nothing = found()
    assert nothing.evidence == ()
    assert nothing.searched == Searched("memory", 0, 0)


def test_a_statement_is_its_speaker_s() -> None:
    statement = transcript(
        "The bridge at Sarnow was closed to lorries. The river is high.", speaker="Ana Koren"
    )
    (evidence,) = found(statement).evidence
    assert evidence.passage.speaker == "Ana Koren"


def test_a_turn_is_its_speaker_s() -> None:
    spoken = (
        "QUESTION: Is it open?\n\nANA KOREN: the bridge at Sarnow was closed to lorries. The river is high."
    )
    (evidence,) = found(transcript(spoken)).evidence
    assert evidence.passage.speaker == "Ana Koren"


def test_a_misquotation_is_no_support_by_the_same_document() -> None:
    draft = document_of(
        "Bridge\n\nIlse Brandt said “the bridge at Sarnow was never closed to lorries in winter”.\n".encode(),
        path="d.txt",
        suffix=".txt",
    )
    record = transcript("ILSE BRANDT: The bridge at Sarnow was closed to lorries in winter. We regret it.")
    result = found(record, draft=draft)
    assert [q.verdict for q in result.quotations] == [Verdict.SENSE]
    assert {(e.passage.document, e.relation) for e in result.evidence} == {("record", RelationType.MISQUOTE)}


def test_documents_are_read_once_and_one_of_each_origin() -> None:
    read: list[str] = []

    def reading(document: Document) -> Sequence[Claim]:
        read.append(document.id)
        return told(document)

    copy = archived("b", SAME)
    open_library = library(archived("a", SAME), copy, read=reading, origins={"b": "a"})
    seen = see(told(DRAFT), DRAFT, open_library.registry, open_library.encoder)
    for _ in range(2):
        (document,) = documents_for(DRAFT, seen, open_library)
        open_library.seen(document)
    assert read == [document]


def test_the_shipped_scorer_is_that_of_these_features() -> None:
    scorer = load_scorer()
    rows = scorer.probabilities(np.random.default_rng(0).random((5, len(FEATURES))).astype(np.float32))
    assert rows.shape == (5, len(LABELS))
    assert np.allclose(rows.sum(axis=1), 1)


@pytest.mark.parametrize(("said", "never"), [("contradiction", "supports"), ("support", "contradicts")])
def test_what_the_model_is_clear_of_is_not_turned_round(said: str, never: str) -> None:
    """Whatever else two sentences share: the other features are drawn at random."""
    rows = np.random.default_rng(0).random((200, len(FEATURES))).astype(np.float32)
    rows[:, [FEATURES.index(name) for name in ("support", "contradiction", "neutral")]] = 0.02
    rows[:, FEATURES.index(said)] = 0.96
    assert not load_scorer().probabilities(rows)[:, LABELS.index(never)].any()


def test_another_scorer_s_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scorer.json").write_text('{"weights": {}}', encoding="utf-8")
    with pytest.raises(ModelError, match="fit it again"):
        load_scorer(tmp_path / "scorer.json")
    with pytest.raises(ValueError, match="gate"):
        scorer_of({"weights": {}})


# The rules, on evidence made by hand.

WIRE = Searched("indexes/wire", 1200, 9000)
CLAIM = replace(told(DRAFT)[0], proposition="The flood killed 12 people.")


def bearing(
    relation: RelationType, document: str = "a", *, origin: str = "a", speaker: str | None = None
) -> Evidence:
    passage = Passage(
        document=document,
        span=Span(0, 12),
        text="Nineteen are",
        title=None,
        publisher="Tellin Wire",
        published=date(2025, 3, 7),
        speaker=speaker,
        origin=origin,
    )
    return Evidence(
        CLAIM.id, passage, Span(0, 8), relation, Kind.NUMBER, 0.9, "“12” (a) against “19” (b), killed"
    )


def context(
    *evidence: Evidence,
    claims: Sequence[Claim] = (CLAIM,),
    relations: Sequence[Relation] = (),
    quotations: Sequence[LookedUp] = (),
    searched: Searched | None = WIRE,
) -> Context:
    return Context(
        DRAFT,
        (Sentence("s0", CLAIM.span, 1, Role.PARAGRAPH),),
        tuple(claims),
        tuple(relations),
        (),
        evidence=evidence,
        quotations=tuple(quotations),
        searched=searched,
    )


def messages(name: str, given: Context) -> list[str]:
    return [hit.message for hit in BY_NAME[name].check(given)]


def test_contradicted_by_archive_says_by_what() -> None:
    (message,) = messages("contradicted-by-archive", context(bearing(RelationType.CONTRADICTS)))
    assert message.endswith("The archive has it in Tellin Wire, 7 March 2025 (a).")


def test_a_dispute_that_the_draft_tells_of_itself_is_no_surprise() -> None:
    other = replace(CLAIM, id="c2")
    dispute = Relation("c1", "c2", RelationType.CONTRADICTS, Kind.NUMBER, 0.9, "")
    given = context(bearing(RelationType.CONTRADICTS), claims=(CLAIM, other), relations=(dispute,))
    assert messages("contradicted-by-archive", given) == []


def test_outdated_says_by_what() -> None:
    (message,) = messages("outdated", context(bearing(RelationType.UPDATE)))
    assert message.startswith("“12” (a) against “19” (b), killed. The later account is Tellin Wire")


def test_uncorroborated_says_what_was_searched() -> None:
    (message,) = messages("uncorroborated", context())
    assert "neither here nor among the 1,200 documents in indexes/wire" in message


@pytest.mark.parametrize("speaker", ["Mira Stanek", None])
def test_another_voice_corroborates(speaker: str | None) -> None:
    assert messages("uncorroborated", context(bearing(RelationType.SUPPORTS, speaker=speaker))) == []


def test_the_source_s_own_words_corroborate_nothing() -> None:
    own = bearing(RelationType.SUPPORTS, speaker="Ilse Brandt")
    assert len(messages("uncorroborated", context(own))) == 1


@pytest.mark.parametrize("searched", [None, Searched("indexes/wire", 0, 0)])
@pytest.mark.parametrize("name", ["uncorroborated", "quote-not-found"])
def test_what_was_not_searched_is_not_reported_as_missing(name: str, searched: Searched | None) -> None:
    missing = LookedUp("c1", CLAIM.span, Verdict.NOT_FOUND, None)
    assert messages(name, context(quotations=[missing], searched=searched)) == []


def test_same_origin_counts_copies_as_one_voice() -> None:
    copies = (bearing(RelationType.SUPPORTS), bearing(RelationType.SUPPORTS, "b"))
    (message,) = messages("same-origin", context(*copies))
    assert message.startswith("2 documents bear this out, all of them the copy of Tellin Wire")
    other = bearing(RelationType.SUPPORTS, "z", origin="z")
    assert messages("same-origin", context(*copies, other)) == []
    assert messages("same-origin", context(copies[0])) == []


@pytest.mark.parametrize(
    ("name", "verdict", "relation"),
    [
        ("altered-quote", Verdict.SENSE, RelationType.MISQUOTE),
        ("altered-quote", Verdict.PARAPHRASE, RelationType.MISQUOTE),
        ("wrong-speaker", Verdict.WRONG_SPEAKER, RelationType.WRONG_SPEAKER),
        ("quote-not-found", Verdict.NOT_FOUND, None),
    ],
)
def test_each_verdict_has_its_rule(name: str, verdict: Verdict, relation: RelationType | None) -> None:
    evidence = bearing(relation) if relation is not None else None
    looked = LookedUp("c1", CLAIM.span, verdict, evidence)
    given = context(*([evidence] if evidence else []), quotations=[looked])
    firing = [n for n in ("altered-quote", "wrong-speaker", "quote-not-found") if messages(n, given)]
    assert firing == [name]


@pytest.mark.parametrize("verdict", [Verdict.VERBATIM, Verdict.TRIMMED])
def test_a_faithful_quotation_is_no_finding(verdict: Verdict) -> None:
    looked = LookedUp("c1", CLAIM.span, verdict, bearing(RelationType.SUPPORTS))
    given = context(quotations=[looked])
    assert not any(messages(n, given) for n in ("altered-quote", "wrong-speaker", "quote-not-found"))


def test_new_quotations_are_told_of_once_for_each_source() -> None:
    names = ("Mira Stanek", "Karel Dusek", "Mira Stanek", UNKNOWN, UNKNOWN)
    claims = [replace(CLAIM, id=f"c{n}", source=person(name)) for n, name in enumerate(names)]
    looked = [LookedUp(c.id, Span(n, n + 4), Verdict.NOT_FOUND, None) for n, c in enumerate(claims)]
    found = LookedUp("c1", Span(9, 12), Verdict.VERBATIM, bearing(RelationType.SUPPORTS))
    given = context(claims=claims, quotations=[*looked, found])
    hits = list(BY_NAME["quote-not-found"].check(given))
    assert [(hit.message, hit.claims) for hit in hits] == [
        ("2 quotations of Mira Stanek are not among the 1,200 documents in indexes/wire.", ("c0", "c2")),
        ("Not found among the 1,200 documents in indexes/wire.", ("c1",)),
        (
            "2 quotations whose speaker isn't named are not among the 1,200 documents in indexes/wire.",
            ("c3", "c4"),
        ),
    ]
    assert [hit.spans for hit in hits] == [
        (looked[0].span, looked[2].span),
        (looked[1].span,),
        (looked[3].span, looked[4].span),
    ]


def test_another_speaker_s_quotation_leaves_a_fingerprint_as_it_is() -> None:
    claims = [replace(CLAIM, id=id, source=person(name)) for id, name in (("c1", "Mira"), ("c2", "Karel"))]
    looked = [LookedUp(c.id, Span(n, n + 4), Verdict.NOT_FOUND, None) for n, c in enumerate(claims)]
    rule = BY_NAME["quote-not-found"]
    (alone,), (first, _) = (
        findings_of([rule], context(claims=claims, quotations=quotations), {})
        for quotations in (looked[:1], looked)
    )
    assert alone.fingerprint == first.fingerprint


def test_no_rule_on_an_archive_says_anything_without_one() -> None:
    given = context(searched=None)
    assert [rule.name for rule in RULES if rule.against is Against.ARCHIVE and list(rule.check(given))] == []


def test_absence_is_never_more_than_a_remark() -> None:
    absent = ("uncorroborated", "same-origin", "quote-not-found")
    assert {BY_NAME[name].level for name in absent} == {Level.INFO}


def test_a_passage_without_publisher_or_date_is_cited_by_its_id() -> None:
    passage = replace(bearing(RelationType.SUPPORTS).passage, publisher=None, published=None)
    assert cited(passage) == "a"


# The whole line.


def test_a_seed_draft_against_the_seed_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    index = tmp_path / "index"
    built = CliRunner().invoke(app, ["index", "build", str(SEEDS / "archive"), "--index", str(index)])
    assert built.exit_code == 0, built.output
    draft = SEEDS / "velm-flood.md"
    result = CliRunner().invoke(app, ["check", str(draft), "--index", str(index), "--format", "json"])
    assert result.exit_code == 1, result.output
    page = json.loads(result.stdout)
    jsonschema.validate(page, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (document,) = page["documents"]
    assert document["searched"]["documents"] == len(list((SEEDS / "archive").glob("*.md")))
    verdicts = {q["document"]: q["verdict"] for q in document["quotations"]}
    assert verdicts["velm-minister-briefing"] == "sense"
    assert verdicts["velm-dol"] == "verbatim"
    (altered,) = [f for f in document["findings"] if f["rule"] == "altered-quote"]
    assert "“may have” is left out" in altered["message"]
    for row in document["evidence"]:
        file = SEEDS / "archive" / f"{row['document']}.md"
        text = file.read_text(encoding="utf-8")
        assert text[row["passage"]["start"] : row["passage"]["end"]] == row["passage"]["text"]
    linked = {row["document"] for row in document["evidence"]}
    assert not linked & {"ostra-flood-2011", "halden-ferry-2016"}


def test_an_index_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    draft = write(tmp_path, "draft.md", archives.BRIDGE)
    result = CliRunner().invoke(app, ["check", str(draft), "--index", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "none" in result.output
