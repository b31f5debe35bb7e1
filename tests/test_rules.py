"""The rules: the registry as a whole, their examples through the whole line, and hand-built contexts."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from examples import cases, docstring, examples, joined
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.attribution.registry import load_registry
from verify.cli.rules import page
from verify.config import Config
from verify.load import document_of
from verify.pipeline import Models, check
from verify.relate.reliance import find_reliances
from verify.rules import RULES, run
from verify.rules.base import Against, Context, Rule
from verify.rules.lexicon import pattern, wrongdoing
from verify.rules.names import same_party
from verify.rules.wording import alike, alike_among
from verify.types import (
    UNKNOWN,
    Checked,
    Claim,
    Evidence,
    Finding,
    Issue,
    Kind,
    Level,
    Passage,
    Position,
    Quote,
    Relation,
    RelationType,
    Role,
    Searched,
    Sentence,
    Source,
    Span,
    Stance,
)

ROOT = Path(__file__).resolve().parents[1]
BY_NAME = {rule.name: rule for rule in RULES}
CASES = cases((rule for rule in RULES if rule.against is Against.ITSELF), joined)


# The registry as a whole.


def test_names_and_codes() -> None:
    names, codes = [r.name for r in RULES], [r.code for r in RULES]
    assert len(set(names)) == len(names)
    assert len(set(codes)) == len(codes)
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert all(re.fullmatch(r"VFY[1-9]\d\d", code) for code in codes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_documented(rule: Rule) -> None:
    assert rule.check.__module__ == f"verify.rules.{rule.name.replace('-', '_')}"
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 80
    assert len(examples(rule, "Bad")) == 1
    assert len(examples(rule, "Good")) >= 1 + (rule.against is Against.ITSELF), "near-misses stay silent"
    opening = docstring(rule).partition("\n## ")[0]
    assert len(opening.split("\n\n")) >= 2, "what it is, and why it matters to an editor"


def test_pages_are_those_of_the_docstrings() -> None:
    command = [sys.executable, str(ROOT / "docs" / "build.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_a_page_says_what_the_terminal_says() -> None:
    for rule in RULES:
        text = (ROOT / "docs" / "rules" / f"{rule.code}-{rule.name}.md").read_text(encoding="utf-8")
        assert text.split("\n\n", 2)[2] == page(rule).split("\n\n", 1)[1]


# Examples through the whole line.


@pytest.mark.parametrize(("rule", "heading", "draft"), CASES)
def test_example(rule: Rule, heading: str, draft: str, models: Models) -> None:
    document = document_of(draft.encode(), path="example.txt", suffix=".txt")
    found = {finding.rule for finding in check(document, models, Config()).findings}
    if heading == "Bad":
        assert found == {rule.name}
    else:
        assert rule.name not in found


# The words.


@pytest.mark.parametrize(
    "text",
    ["Officials covered up the deaths", "A cover up began", "It was a cover-up", "It was price fixing"],
)
def test_compounds_with_and_without_a_hyphen(text: str) -> None:
    assert wrongdoing(text) is not None


def test_a_phrase_is_a_pattern_by_itself() -> None:
    with pytest.raises(re.error):
        pattern("cover[ -]up price[ -]fixing")


# Hand-built contexts.


def context(
    *told: tuple[str | None, str], stances: Mapping[int, Stance] | None = None, **changes: object
) -> Context:
    """A document whose sentences are one claim each, of source and content; `changes` are of the context."""
    text = ""
    sentences: list[Sentence] = []
    claims: list[Claim] = []
    for number, (name, words) in enumerate(told):
        sentence = f"{name} said {words}." if name else f"{words}."
        start = len(text)
        text += f"{sentence}\n\n"
        sentences.append(Sentence(f"s{number}", Span(start, start + len(sentence)), number, Role.PARAGRAPH))
        content = Span(start + sentence.index(words), start + len(sentence) - 1)
        claims.append(
            Claim(
                id=f"c{number}",
                sentence=f"s{number}",
                span=Span(start, start + len(sentence) - 1),
                source=Source(name, Span(start, start + len(name)), name, anonymous=False) if name else None,
                cue=Span(start + len(name) + 1, start + len(name) + 5) if name else None,
                content=(content,),
                quote=Quote.INDIRECT if name else Quote.NONE,
                stance=(stances or {}).get(number, Stance.ASSERTS),
                proposition=f"{words}.",
                within=None,
            )
        )
    document = document_of(text.encode() or b" x", path="hand.txt", suffix=".txt")
    made = Context(document, tuple(sentences), tuple(claims), (), ())
    return replace(made, **changes)  # type: ignore[arg-type]


def related(relation: RelationType, kind: Kind, a: str = "c0", b: str = "c1") -> tuple[Relation, ...]:
    return (Relation(a, b, relation, kind, 0.8, "one says this, the other says that"),)


def found(made: Context, rule: str) -> list[Finding]:
    made = replace(made, reliances=find_reliances(made.claims))
    return [finding for finding in run(made, {}) if finding.rule == rule]


def citing(claim: Claim, *names: str) -> Claim:
    return replace(claim, cites=frozenset(names))


def test_one_source_is_told_once_where_an_archive_was_searched() -> None:
    def told(archive: int, levels: Mapping[str, Level | None]) -> list[tuple[str, Level]]:
        searched = Searched("indexes/wire", archive, archive) if archive else None
        made = context(("Dusek", ACCUSATION), searched=searched)
        rules = {"single-source", "uncorroborated"}
        return [(f.rule, f.level) for f in run(made, levels) if f.rule in rules]

    assert told(0, {}) == [("single-source", Level.INFO)]
    assert told(9, {}) == [("uncorroborated", Level.INFO)]
    assert told(9, {"single-source": Level.ERROR}) == [("uncorroborated", Level.ERROR)]
    assert told(9, {"single-source": Level.INFO, "uncorroborated": Level.WARNING}) == [
        ("uncorroborated", Level.WARNING)
    ]
    assert told(9, {"uncorroborated": None}) == [("single-source", Level.INFO)]
    assert told(9, {"single-source": None}) == [("uncorroborated", Level.INFO)]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_conflict_has_one_rule(kind: Kind) -> None:
    rules = {Kind.NUMBER: "number-conflict", Kind.DATE: "date-conflict", Kind.HEADLINE: "headline-conflict"}
    relations = related(RelationType.CONTRADICTS, kind)
    made = context(("Brenn", "the mill is open"), ("Dusek", "the mill is shut"), relations=relations)
    (finding,) = run(made, {})
    assert finding.rule == rules.get(kind, "source-conflict")
    assert finding.message == "One says this, the other says that."
    assert [made.text(span) for span in finding.spans] == ["the mill is open", "the mill is shut"]
    assert finding.claims == ("c0", "c1")
    assert finding.score == 0.8


def test_two_parties_clash_once_over_one_question() -> None:
    told = (("Korvex", "the tank is full"), ("Korvex", "no oil is lost"), ("Dusek", "the tank is empty"))
    relations = (
        *related(RelationType.CONTRADICTS, Kind.OCCURRENCE, "c1", "c2"),
        *related(RelationType.CONTRADICTS, Kind.OCCURRENCE, "c0", "c2"),
    )
    made = context(*told, relations=relations)
    apart = found(made, "source-conflict")
    positions = (Position("Korvex", "yes", ("c0", "c1")), Position("Dusek", "no", ("c2",)))
    (one,) = found(replace(made, issues=(Issue("Is the tank full?", positions),)), "source-conflict")
    assert [f.claims for f in apart] == [("c0", "c2"), ("c1", "c2")]
    assert one.claims == ("c1", "c2", "c0")
    assert one.message.endswith("Their further claims on the same question: 1.")
    assert len(one.spans) == 3


def test_a_passage_against_a_sentence_is_told_once() -> None:
    made = context(("Horn", "Dusek met the owner"), ("Horn", "Dusek met him"), ("Dusek", "nothing"))
    claims = (made.claims[0], replace(made.claims[1], sentence="s0"), made.claims[2])
    passage = Passage("e1", Span(0, 20), "Dusek met no owner.", None, None, None, None, "e1")
    evidence = tuple(
        Evidence(id_, passage, Span(0, 19), RelationType.CONTRADICTS, Kind.OCCURRENCE, score, "no")
        for id_, score in (("c0", 0.8), ("c1", 0.9), ("c2", 0.9))
    )
    told = found(replace(made, claims=claims, evidence=evidence), "contradicted-by-archive")
    assert [finding.claims for finding in told] == [("c1",), ("c2",)]
    declined = replace(claims[2], stance=Stance.DECLINES)
    told = found(replace(made, claims=(*claims[:2], declined), evidence=evidence), "contradicted-by-archive")
    assert [finding.claims for finding in told] == [("c1",)]


def test_support_is_no_conflict() -> None:
    relations = related(RelationType.SUPPORTS, Kind.NUMBER)
    assert not run(context(("Brenn", "it is open"), ("Dusek", "it is open"), relations=relations), {})


ACCUSATION = "Korvex bribed two inspectors"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For years the owners looked the other way", True),
        ("The owners had skimped on repairs", True),
        ("At least 14 people have been killed since Monday", True),
        ("The storm left 14 dead and dozens injured", True),
        ("In 1994 the sinking killed 852 people", False),
        ("Eleven workers were killed on April 20", False),
        ("Two managers were convicted of fraud", False),
        ("The ministry has opened an inquiry into the bribes", False),
        ("The anti-doping agency has 40 laboratories", False),
        ("The council will vote on Friday", False),
        ("The company has 1,300 employees", False),
        ("The rig stood idle for 14 days", False),
        ("The painter has died aged 91", False),
        ("The painter died at the age of 91", False),
        ("14.10 Woman killed in Velm", False),
        ("The cause of the killing was not immediately clear", False),
        ("The painter, who has died at 94, finished only 11 pictures", False),
        ("His mother died when he was six", False),
        ("Four of the pilots died when he was away", True),
        ("The dead, among them 11 children, were buried", True),
        ("Two deaths are being examined by the regulator", False),
        ("In 72 cases the nurses were found to have ignored her", False),
        ("The nurses ignored her", True),
        ("The officer, who has not been named, gunned down an innocent man", True),
        ("The officers helped a colleague to cover it up", True),
        ("The bishop covered it with a cloth", False),
        ("The two are at odds over whether the owners ignored it", False),
        ("Whether or not they knew it, the owners ignored it", True),
        ("The institute has stood by its finding", False),
        ("The owners stood by as the mill burned", True),
        ("The quake came when most people were asleep", False),
        ("The guards were asleep on duty", True),
    ],
)
def test_what_the_outlet_may_say_itself(text: str, expected: bool) -> None:
    assert bool(found(context((None, text)), "unattributed-claim")) is expected
    assert not found(context(("Dusek", text)), "unattributed-claim")


def test_what_the_outlet_says_and_a_source_contradicts_needs_a_source() -> None:
    told = ((None, "The drones came from the east"), ("Dusek", "the drones came from the west"))
    relations = related(RelationType.CONTRADICTS, Kind.PLACE)
    rules = {f.rule for f in run(context(*told, relations=relations), {})}
    assert rules == {"source-conflict", "unattributed-claim"}


@pytest.mark.parametrize(
    ("before", "count", "expected"),
    [
        ("The valley shook like this in 1970", "That quake killed 2,000 people", False),
        ("The valley shook on Monday", "That quake killed 2,000 people", True),
        ("The dam was built in 1970", "The quake killed 2,000 people", True),
        ("The dam was built in 1970", "That is how the quake killed 2,000 people", True),
    ],
)
def test_a_count_of_the_event_before(before: str, count: str, expected: bool) -> None:
    assert bool(found(context((None, before), (None, count)), "unattributed-claim")) is expected


@pytest.mark.parametrize(
    ("cue", "named", "expected"),
    [("was told", False, False), ("said", True, False), ("claimed", False, True)],
    ids=["a hearing", "a pronoun", "nobody"],
)
def test_what_somebody_is_said_to_say_is_not_the_outlets(cue: str, named: bool, expected: bool) -> None:
    made = context(("He", ACCUSATION))
    start = made.document.text.index("said")
    document = replace(made.document, text=made.document.text.replace("said", cue))
    (told,) = made.claims
    (sentence,) = made.sentences
    longer = len(cue) - len("said")
    claim = replace(
        told,
        source=Source(UNKNOWN, told.source and told.source.text if named else None, UNKNOWN, anonymous=False),
        cue=Span(start, start + len(cue)),
        content=tuple(Span(a + longer, b + longer) for a, b in told.content),
    )
    sentence = replace(sentence, span=Span(0, sentence.span.end + longer))
    made = replace(made, document=document, claims=(claim,), sentences=(sentence,))
    assert bool(found(made, "unattributed-claim")) is expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((("Dusek", "the crash killed 14 people"), (None, "Toll rises to 14 dead")), False),
        ((("Dusek", "the crash killed 14 people"), (None, "Toll rises to 15 dead")), True),
        ((("Dusek", "the crash hurt 14 people"), (None, "Toll rises to 14 dead")), True),
    ],
)
def test_a_count_that_a_source_tells_too_has_one(
    told: Sequence[tuple[str | None, str]], expected: bool
) -> None:
    assert bool(found(context(*told), "unattributed-claim")) is expected


def test_a_count_beside_what_a_source_says_is_the_outlets_own() -> None:
    made = context(("Dusek", "the hall was unsafe"), (None, "It burned down, killing at least 137"))
    outer = replace(made.claims[0], sentence="s0")
    joined = replace(
        made, claims=(outer,), sentences=(replace(made.sentences[0], span=Span(0, len(made.document.text))),)
    )
    (finding,) = found(joined, "unattributed-claim")
    assert finding.claims == ()
    assert "137" in made.text(finding.spans[0])


def test_a_clash_with_the_headline_is_told_once() -> None:
    told = ((None, "Lorry was too heavy"), ("Dusek", "the lorry was light"))
    relations = related(RelationType.CONTRADICTS, Kind.HEADLINE)
    made = context(*told, relations=relations)
    headline = replace(made.claims[0], role=Role.HEADLINE)
    assert not found(replace(made, claims=(headline, made.claims[1])), "unattributed-claim")


def test_one_party_alone() -> None:
    (finding,) = found(context(("Dusek", ACCUSATION)), "single-source")
    assert finding.message == "On the word of Dusek alone; no other party in the draft bears it out."


@pytest.mark.parametrize(
    ("told", "relation"),
    [
        ((("Dusek", ACCUSATION), ("Horn", "money changed hands")), RelationType.SUPPORTS),
        ((("Dusek", ACCUSATION), ("Korvex", "nobody got money")), RelationType.CONTRADICTS),
        ((("Dusek", ACCUSATION), ("Horn", ACCUSATION)), None),
        ((("Korvex", ACCUSATION), ("Horn", "the mill is open")), None),
        ((("Dusek", "the owners should be tried for fraud"), ("Horn", "the mill is open")), None),
        ((("Dusek", "the court convicted two men of fraud"), ("Horn", "the mill is open")), None),
        ((("Dusek", "the crash killed nine people"), ("Horn", "there were nine deaths")), None),
        ((("Dusek", "in 2023 crashes killed 3,138 people"), ("Horn", "the mill is open")), None),
        ((("UN", "the war has killed 90,000 people since 2021"), ("Horn", "the mill is open")), None),
        ((("Velm and Tarn each", ACCUSATION), ("Horn", "the mill is open")), None),
    ],
    ids=[
        "supported",
        "contradicted",
        "repeated",
        "own act",
        "opinion",
        "court",
        "same count",
        "another year",
        "since a year",
        "each of several",
    ],
)
def test_not_one_party_alone(told: Sequence[tuple[str, str]], relation: RelationType | None) -> None:
    relations = related(relation, Kind.OCCURRENCE) if relation else ()
    assert not found(context(*told, relations=relations), "single-source")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Karel Dusek", "Dusek", True),
        ("Russia", "Russian army", True),
        ("Kremlin", "Moscow", True),
        ("Austria", "Australia", False),
        ("Niger", "Nigeria", False),
        ("Martin", "Martinez", False),
        ("Sudan", "South Sudan", False),
        ("Russian army", "Ukrainian army", False),
        ("the transport ministry", "the health ministry", False),
        ("Ministry of Transport", "the Ministry of Health", False),
        ("Velm Council", "Orsk Council", False),
        ("Velm Council", "the council", True),
        ("Velm Council", "a lawyer for the council", True),
        ("the transport ministry", "the ministry", True),
        ("Velm Council", "Velm City Council", True),
        ("Velm Council leader Karel Dusek", "Dusek", True),
        ("Transport Minister Ilse Brandt", "Transport Minister Karel Dusek", False),
    ],
)
def test_names_of_one_party(one: str, other: str, expected: bool) -> None:
    parties = load_registry().parties
    assert same_party(one, other, parties) is same_party(other, one, parties) is expected


def test_many_claims_take_little_time() -> None:
    made = context(*((f"Dusek{k}", f"x{k} y{k} z{k} took bribes") for k in range(2000)))
    start = time.process_time()
    assert len(list(BY_NAME["single-source"].check(made))) == 2000
    assert time.process_time() - start < 10
    assert made.claims_by_id is made.claims_by_id


@given(st.lists(st.frozensets(st.sampled_from("abcdefg")), max_size=12))
def test_those_alike_are_found_without_a_look_at_each(told: list[frozenset[str]]) -> None:
    find = alike_among(told)
    for own in told:
        assert sorted(find(own)) == [k for k, theirs in enumerate(told) if alike(own, theirs)]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["the inquiry's report"], False),
        (["the inquiry"], True),
        (["the report", "an independent inquiry"], False),
        (["the report", "Horn"], True),
    ],
)
def test_a_formal_finding_needs_no_second_source(sources: Sequence[str], expected: bool) -> None:
    told = list(zip(sources, (ACCUSATION, "the mill is open"), strict=False))
    assert bool(found(context(*told), "single-source")) is expected


@pytest.mark.parametrize("stance", [Stance.DENIES, Stance.DOUBTS, Stance.DECLINES])
def test_who_denies_or_doubts_needs_no_second_source(stance: Stance) -> None:
    assert not found(context(("Dusek", ACCUSATION), stances={0: stance}), "single-source")


def test_the_same_party_is_no_second_source() -> None:
    made = context(("Dusek", ACCUSATION), ("Horn", ACCUSATION))
    claims = tuple(replace(c, source=replace(c.source, party="union")) for c in made.claims if c.source)
    assert len(found(replace(made, claims=claims), "single-source")) == 2


def anonymous(text: str, source: str, said: str) -> Context:
    """One sentence whose source is anonymous."""
    document = document_of(text.encode(), path="hand.txt", suffix=".txt")
    start = text.index(source)
    claim = Claim(
        id="c0",
        sentence="s0",
        span=Span(0, len(text)),
        source=Source("an official", Span(start, start + len(source)), "an official", anonymous=True),
        cue=Span(text.index("said"), text.index("said") + 4),
        content=(Span(text.index(said), text.index(said) + len(said)),),
        quote=Quote.INDIRECT,
        stance=Stance.ASSERTS,
        proposition=said,
        within=None,
    )
    return Context(document, (Sentence("s0", Span(0, len(text)), 0, Role.PARAGRAPH),), (claim,), (), ())


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("An official said rain was due.", "An official", None),
        ("An official said rain was due, on condition of anonymity.", "An official", None),
        ("Rain was due because it was June, an official said.", "an official", None),
        (
            "An official, who was not authorised to speak, said rain was due.",
            "An official",
            "was not authorised to speak",
        ),
        ("An official who feared for his job said rain was due.", "An official", "who feared for his job"),
        ("Rain was due, said an official, because it is a secret.", "an official", "because it is a secret"),
        (
            "An official, who asked not to be named because of the rules, said rain was due.",
            "An official",
            "because of the rules",
        ),
        ("Rain was due because of the season, an official said.", "an official", None),
        (
            "An official, who is not authorised to speak, said rain was due.",
            "An official",
            "is not authorised to speak",
        ),
        (
            "An official, on condition of anonymity for fear of reprisals, said rain was due.",
            "An official",
            "for fear of reprisals",
        ),
        (
            "An official, who would not be named for security reasons, said rain was due.",
            "An official",
            "for security reasons",
        ),
        ("An official named for the post in May said rain was due.", "An official", None),
        (
            "An official who asked not to be named to discuss private talks said rain was due.",
            "An official",
            "to discuss private talks",
        ),
    ],
)
def test_the_reason_for_anonymity(text: str, source: str, reason: str | None) -> None:
    said = re.search("Rain was due because [a-z ]+(?:June|season)|[Rr]ain was due", text)
    made = anonymous(text, source, said.group() if said else "")
    (finding,) = found(made, "anonymous-source")
    expected = f"the draft gives as its reason “{reason}”." if reason else "the draft doesn't say why."
    assert finding.message.endswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A porter who would not be named told Velm Radio of the fire", True),
        ("Asked about it on condition of anonymity, a porter told Velm Radio of the fire", True),
        ("The street would not be named after the mayor", False),
        ("The victims' names were withheld until Tuesday", False),
    ],
)
def test_a_name_is_kept_back_though_no_claim_says_so(text: str, expected: bool) -> None:
    assert bool(found(context((None, text)), "anonymous-source")) is expected


def test_a_named_source_is_not_anonymous() -> None:
    assert not found(context(("Dusek", "rain was due")), "anonymous-source")


def test_one_finding_for_what_an_anonymous_source_says_in_a_sentence() -> None:
    made = anonymous("An official said rain was due.", "An official", "rain was due")
    twice = (made.claims[0], replace(made.claims[0], id="c1"))
    (finding,) = found(replace(made, claims=twice), "anonymous-source")
    assert finding.claims == ("c0", "c1")


def test_one_finding_for_an_anonymous_source_in_a_paragraph() -> None:
    made = anonymous("An official said rain was due.", "An official", "rain was due")
    sentences = tuple(
        replace(made.sentences[0], id=f"s{n}", block=block) for n, block in enumerate((0, 0, 1))
    )
    claims = tuple(replace(made.claims[0], id=f"c{n}", sentence=f"s{n}") for n in range(3))
    told = found(replace(made, sentences=sentences, claims=claims), "anonymous-source")
    assert [finding.claims for finding in told] == [("c0", "c1"), ("c2",)]


@pytest.mark.parametrize(
    ("name", "said", "rules"),
    [
        ("officials", "nine people were killed", ["single-source"]),
        ("officials", "rain was due", []),
        ("officials", "Korvex bribed two inspectors", ["anonymous-source"]),
        ("two officials", "nine people were killed", ["anonymous-source"]),
        ("two officials", "rain was due", ["anonymous-source"]),
    ],
)
def test_an_anonymous_source_alone_is_told_once(name: str, said: str, rules: Sequence[str]) -> None:
    made = anonymous(f"{name} said {said}.", name, said)
    claims = tuple(replace(c, source=c.source and replace(c.source, name=name)) for c in made.claims)
    told = run(replace(made, claims=claims), {"single-source": Level.WARNING, "no-right-of-reply": None})
    assert [finding.rule for finding in told] == rules
    if said != "rain was due":
        assert "No other party" in told[0].message or "no other party" in told[0].message
        assert told[0].level is Level.WARNING


def test_who_only_quotes_is_no_second_source() -> None:
    made = context(
        ("Tarn", "the depot was empty"),
        ("ministry", "the depot was empty"),
        ("ministry", "the depot was empty"),
    )
    claims = (citing(made.claims[0], "ministry"), replace(made.claims[1], within="c0"), made.claims[2])
    supports = related(RelationType.SUPPORTS, Kind.OCCURRENCE, "c0", "c2")
    (finding,) = found(replace(made, claims=claims, relations=supports), "circular-sourcing")
    assert finding.message == "Tarn only repeats the ministry: that is one source, not two."
    assert not found(made, "circular-sourcing")


def test_two_who_cite_each_other() -> None:
    made = context(
        ("Tarn", "the depot was empty"), ("Velm", "the depot was empty"), ("Dusek", "the road was shut")
    )
    claims = (citing(made.claims[0], "Velm"), citing(made.claims[1], "Tarn"), made.claims[2])
    (finding,) = found(replace(made, claims=claims), "circular-sourcing")
    assert finding.message == "Tarn cites Velm and Velm cites Tarn: who has it first-hand?"


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        ((("Dusek", ACCUSATION),), False),
        ((("Dusek", ACCUSATION), ("Horn", "Korvex has 40 lorries")), False),
        ((("Dusek", ACCUSATION), ("Korvex", "the toll records are correct")), True),
        ((("Dusek", ACCUSATION), ("a lawyer for Korvex", "the toll records are correct")), True),
        ((("Dusek", ACCUSATION), (None, "Korvex did not respond to a request for comment")), True),
        ((("Dusek", ACCUSATION), (None, "Korvex declined to comment")), True),
        ((("Korvex", ACCUSATION),), True),
        ((("Dusek", "Velm Council took bribes"), (None, "The council declined to comment")), True),
        ((("Dusek", "Velm Council took bribes"), (None, "Orsk Council declined to comment")), False),
        ((("Dusek", "inspectors took bribes"),), True),
        ((("Dusek", "Korvex has 40 lorries"),), True),
        ((("Dusek", "Korvex was convicted of fraud"),), True),
        ((("Dusek", "the then director of Orsk, Dr Olga Brenn, had falsified minutes"),), False),
        ((("Dusek", "its owner, Olga Brenn, took bribes"),), False),
        ((("Dusek", "the owners met the mayor, Olga Brenn, and took bribes"),), True),
        ((("Dusek", "a guard, Olga Brenn, was beaten"),), True),
        ((("Dusek", "the guard, Olga Brenn, had beaten him"),), False),
    ],
)
def test_right_of_reply(told: Sequence[tuple[str | None, str]], answered: bool) -> None:
    made = context(*told, (None, "The haulier, which calls itself Korvex, is from Tellin"))
    assert bool(found(made, "no-right-of-reply")) is not answered


def test_the_registry_knows_who_answers_for_the_accused() -> None:
    made = context(
        ("Dusek", "Kyiv bombed the mill"), ("Ukraine", "the mill is open"), (None, "It is far from Kyiv")
    )
    assert found(made, "no-right-of-reply")
    assert not found(replace(made, parties={"kyiv": "Ukraine"}), "no-right-of-reply")


def test_many_accused_take_little_time() -> None:
    names = [f"Korvex{chr(97 + k % 26)}{chr(97 + k // 26)}" for k in range(300)]
    made = context(*((f"Dusek{k}", f"{name} bribed Ms {name}") for k, name in enumerate(names)))
    start = time.process_time()
    assert len(found(made, "no-right-of-reply")) == len(names)
    assert time.process_time() - start < 10


def test_one_finding_for_each_accused() -> None:
    made = context(
        ("Dusek", "Olga Brenn took bribes"), ("Horn", "Brenn bribed the mayor"), (None, "It was Ms Brenn")
    )
    (finding,) = found(made, "no-right-of-reply")
    assert finding.claims == ("c0", "c1")


# Running them.


def test_levels() -> None:
    made = context(("Dusek", ACCUSATION))
    assert {f.level for f in found(made, "single-source")} == {Level.INFO}
    assert {f.level for f in run(made, {"single-source": Level.ERROR}) if f.rule == "single-source"} == {
        Level.ERROR
    }
    assert "single-source" not in {f.rule for f in run(made, {"single-source": None})}


def test_findings_stand_in_the_order_of_the_text() -> None:
    made = context(
        ("Dusek", ACCUSATION), (None, "At least 14 people were killed"), ("Horn", "Olga Brenn lied")
    )
    findings = run(made, {})
    assert [f.id for f in findings] == [f"f{n}" for n in range(1, len(findings) + 1)]
    assert [f.spans for f in findings] == sorted(f.spans for f in findings)
    assert all(
        sorted(f.code for f in same) == [f.code for f in same]
        for _, group in groupby(findings, lambda f: f.spans)
        for same in [list(group)]
    )


TOLD = st.tuples(
    st.sampled_from([None, "Dusek", "Horn", "Korvex"]),
    st.sampled_from([ACCUSATION, "Horn lied", "14 people were killed", "it rained"]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(TOLD, min_size=1, max_size=8))
def test_fingerprints_are_unique_within_a_document(told: list[tuple[str | None, str]]) -> None:
    fingerprints = [f.fingerprint for f in run(context(*told), {})]
    assert len(set(fingerprints)) == len(fingerprints)
    assert all(re.fullmatch("[0-9a-f]{32}", f) for f in fingerprints)


@settings(deadline=None, max_examples=60)
@given(st.lists(TOLD, min_size=1, max_size=6), st.integers(0, 6))
def test_fingerprints_survive_an_inserted_paragraph(told: list[tuple[str | None, str]], place: int) -> None:
    edited = [*told[:place], (None, "The bakery in Station Street opens at seven"), *told[place:]]
    # What is put first is the opening from then on, and hedge-drift is about the opening.
    levels = {"hedge-drift": None} if place == 0 else {}
    before, after = run(context(*told), levels), run(context(*edited), levels)
    assert [f.fingerprint for f in before] == [f.fingerprint for f in after]


def test_fingerprints_survive_another_kind_of_quotation_marks() -> None:
    curly = context(("Dusek", "Korvex “bribed” two  inspectors"))
    straight = context(("Dusek", 'Korvex "bribed" two inspectors'))
    assert [f.fingerprint for f in run(curly, {})] == [f.fingerprint for f in run(straight, {})]


def test_a_finding_of_another_passage_has_another_fingerprint() -> None:
    one, other = (
        run(context(("Dusek", ACCUSATION)), {}),
        run(context(("Dusek", "Korvex bribed three inspectors")), {}),
    )
    assert not {f.fingerprint for f in one} & {f.fingerprint for f in other}


def test_claims_and_spans_of_findings_exist(checked: Checked) -> None:
    made = Context(checked.document, checked.sentences, checked.claims, checked.relations, checked.issues)
    for finding in run(made, {}):
        assert set(finding.claims) <= set(made.claims_by_id)
        assert finding.spans
        assert all(made.text(span).strip() for span in finding.spans)
