"""Quotations against the record: 500 that are right and 500 altered, from the project's own transcripts.

    python benchmarks/quotations.py [--output benchmarks/results/quotations.json] [--wrong]

The transcripts are those in the archives of the labelled stories (train alone was looked at while the
rules were written) and in seeds/archive, all in one index. From each sentence of a speaker a script makes
quotations that are verbatim or fairly trimmed, and others that are altered in one of nine ways; the same seed
makes the same ones.
"""

from __future__ import annotations

import json
import platform
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from verify.attribution.registry import load_registry
from verify.evaluate.archives import archive_in, write_archive
from verify.evidence import Library
from verify.evidence.function_words import CONDITIONS, HEDGES, NEGATIONS, STOP
from verify.evidence.library import Record
from verify.evidence.quotations import look_up
from verify.evidence.quoted import quoted_in
from verify.evidence.speech import asks, is_record
from verify.evidence.words import wording_of
from verify.files import write_text
from verify.load import document_of
from verify.models.encoder import load_encoder
from verify.types import (
    Claim,
    LookedUp,
    Quote,
    RelationType,
    Role,
    Sentence,
    Sort,
    Source,
    Span,
    Stance,
    Verdict,
)

ROOT = Path(__file__).resolve().parents[1]
SEED = 20250620
SIDE = 500
"""Quotations that are right, and as many that are altered."""

LEAST_WORDS = 8


def _pairs(text: str) -> dict[str, str]:
    """A table of words and what may stand for them, written as `word = other; ...`."""
    rows = (" ".join(row.split()).split(" = ") for row in text.split(";"))
    return {word: other for word, other in rows}  # noqa: C416 (a list is no pair to mypy)


SPELLINGS = _pairs(
    """
    organise = organize; colour = color; centre = center; programme = program; defence = defense; labour
    = labor; recognise = recognize; apologise = apologize; per cent = percent
    """
)
CONTRACTED = _pairs(
    """
    do not = don’t; did not = didn’t; is not = isn’t; was not = wasn’t; cannot = can’t; we have = we’ve;
    it is = it’s; we are = we’re; I am = I’m; will not = won’t; that is = that’s
    """
)
OTHERS = _pairs(
    """
    first = last; old = new; new = old; all = some; many = few; before = after; after = before; people =
    soldiers; children = women; found = lost; made = broke; said = denied; day = night; night = morning;
    house = school; water = fire; good = bad; large = small; small = large; more = fewer; other = same;
    our = their; always = sometimes; saw = heard; government = company; company = government; city =
    country; police = army; work = rest; report = rumour
    """
)
SYNONYMS = _pairs(
    """
    people = persons; said = stated; found = discovered; saw = noticed; now = at present; began =
    started; begin = start; help = assist; show = prove; shows = proves; big = large; large = huge;
    because = since; must = has to; about = around; whole = entire; told = informed; nothing = not a
    thing; everything = all of it; never = at no time; many = a lot of; know = realise; think = believe;
    believe = think; want = wish; happened = took place; made = produced; given = handed; asked =
    requested; work = job; children = kids; morning = early hours; report = account; clear = obvious;
    very = extremely; again = once more; before = ahead of; after = following; still = even now; also =
    too; government = authorities; country = nation; attack = assault; killed = left dead; dead =
    lifeless; decision = ruling; result = outcome; company = firm; money = funds; problem = difficulty;
    question = issue; reason = cause; important = crucial; part = share; end = finish; time = moment;
    today = this day; year = twelvemonth; used = employed; take = grab; took = grabbed; get = obtain;
    got = obtained; need = require; there = over there; responsible = to blame; information =
    intelligence; evidence = proof; investigation = inquiry; statement = declaration; allow = permit;
    stop = halt; fire = blaze; ship = vessel; plane = aircraft; police = officers; men = fellows; water
    = liquid; far = distant; only = merely; other = further; first = initial; last = final; new = fresh;
    good = fine; done = carried out; going = about; keep = carry on; put = placed; came = arrived; went
    = travelled; left = departed; see = notice; seen = noticed; heard = listened to; looking =
    searching; safe = secure; ready = prepared; long = lengthy; hard = tough; right = correct; wrong =
    mistaken
    """
)
TOKEN = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that somebody spoke, `span` its place in the archived document."""

    document: str
    speaker: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Case:
    """A quotation made of `said`; `kind` is what was done to it, `right` whether an editor may do that."""

    said: Said
    kind: str
    words: str
    speaker: str
    right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case."""

    case: Case
    looked: LookedUp | None
    exact: bool

    @property
    def alarm(self) -> bool:
        """Whether the quotation would be reported as altered, or as another speaker's."""
        evidence = self.looked.evidence if self.looked is not None else None
        alarming = {RelationType.MISQUOTE, RelationType.WRONG_SPEAKER}
        return evidence is not None and evidence.relation in alarming


Make = Callable[[Said, Sequence[Said], random.Random], str | None]
"""Makes a quotation of a sentence, with the other sentences of its speaker at hand; None where it can't."""


def verbatim(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """The sentence."""
    return said.text


def desk_style(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """The sentence with the desk's spelling, contractions, dashes and marks."""
    text = said.text
    for table in (SPELLINGS, CONTRACTED):
        for old, new in table.items():
            text = re.sub(rf"\b{old}\b", new, text)
    text = text.replace(" - ", " – ").replace("'", "’")
    return text if text != said.text else None


def cut_at_comma(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """The sentence up to a comma, if nothing that follows takes it back."""
    for match in re.finditer(r",\s(?=\w)", said.text):
        rest = said.text[match.end() :].split()[:2]
        if len(said.text[: match.start()].split()) >= 6 and not {w.lower() for w in rest} & (
            CONDITIONS | {"but"}
        ):
            return said.text[: match.start()] + "."
    return None


def dots(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """The sentence with some words in its middle left out, and dots in their place."""
    words = said.text.split()
    if len(words) < 14:
        return None
    start = chance.randrange(4, len(words) - 8)
    size = chance.randrange(4, 5 + min(4, len(words) - start - 4))
    dropped = {w.strip(",.").lower() for w in words[start : start + size]}
    kept = [*words[:start], chance.choice(["…", "...", "[...]"]), *words[start + size :]]
    return None if dropped & (NEGATIONS | CONDITIONS | {"cannot"}) else " ".join(kept)


def brackets(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """The sentence with a name in brackets in place of a pronoun."""
    text = re.sub(r"(?<=\w )(he|she|they|it)\b", "[the company]", said.text, count=1)
    return text if text != said.text else None


def fragment(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """Five to seven words out of the middle."""
    words = said.text.split()
    start = chance.randrange(1, max(2, len(words) - 7))
    part = " ".join(words[start : start + chance.randrange(5, 8)]).rstrip(".,;:!?")
    return part[0].lower() + part[1:] if len(part.split()) >= 5 and not part[0].isupper() else None


def drop_not(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """Without its "not", "no" or "never"."""
    text = re.sub(r"\b(can)not\b", r"\1", said.text, count=1)
    if text == said.text:
        text = re.sub(r"\s\b(?:not|never|no)\b", "", said.text, count=1)
    return text if text != said.text else None


def drop_hedge(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """Without its hedge, or with "will" for "may"."""
    text = re.sub(r"\b(?:may|might|could)\b(?= be| have|\s\w)", "will", said.text, count=1)
    if text == said.text:
        hedges = "|".join(sorted(HEDGES - {"can", "must", "will", "would", "should", "think", "believe"}))
        text = re.sub(rf"\s\b(?:{hedges})\b(?=\s)", "", said.text, count=1)
    return text if text != said.text else None


def drop_condition(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """Without the "if" or "unless" clause at its end."""
    match = re.search(r",?\s(?:if|unless|until|provided|except)\b[^,]*[.!?]$", said.text)
    return (
        said.text[: match.start()] + "." if match and len(said.text[: match.start()].split()) >= 5 else None
    )


def other_number(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """With another figure."""
    match = re.search(r"\b\d[\d,.]*\d\b|\b\d\b", said.text)
    if match is None:
        return None
    figure = match.group()
    digit = chance.choice([c for c in "123456789" if c != figure[0]])
    return said.text[: match.start()] + digit + said.text[match.start() + 1 :]


def other_word(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """With another word for one of its own."""
    at = [m for m in TOKEN.finditer(said.text) if m.group() in OTHERS]
    if not at:
        return None
    match = chance.choice(at)
    return said.text[: match.start()] + OTHERS[match.group()] + said.text[match.end() :]


def added_word(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """With a word that makes more of it."""
    at = [m.end() for m in re.finditer(r"\b(?:is|was|are|were|have|has|had|will)\b(?! not| no)", said.text)]
    if not at:
        return None
    place = chance.choice(at)
    return (
        f"{said.text[:place]} {chance.choice(['certainly', 'deliberately', 'completely'])}{said.text[place:]}"
    )


def spliced(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """Its beginning with the end of another sentence of the speaker."""
    ends = [o for o in others if o.span != said.span and len(o.text.split()) >= LEAST_WORDS]
    words = said.text.split()
    if not ends:
        return None
    other = chance.choice(ends).text.split()
    return " ".join([*words[: len(words) // 2], *other[len(other) // 2 :]]).replace(",", "")


def paraphrase(said: Said, others: Sequence[Said], chance: random.Random) -> str | None:
    """In other words: a third of its telling words at least, and a half at most."""
    telling = [w for w in TOKEN.findall(said.text) if w.lower() not in STOP]
    changed = [w for w in telling if w in SYNONYMS]
    if not telling or not 0.3 <= len(changed) / len(telling) <= 0.6:
        return None
    return TOKEN.sub(lambda m: SYNONYMS.get(m.group(), m.group()), said.text)


RIGHT: Sequence[tuple[str, Make]] = (
    ("verbatim", verbatim),
    ("desk style", desk_style),
    ("cut at a comma", cut_at_comma),
    ("dots", dots),
    ("brackets", brackets),
    ("fragment", fragment),
)
ALTERED: Sequence[tuple[str, Make]] = (
    ("dropped not", drop_not),
    ("dropped hedge", drop_hedge),
    ("dropped condition", drop_condition),
    ("other number", other_number),
    ("other word", other_word),
    ("added word", added_word),
    ("spliced", spliced),
    ("paraphrase", paraphrase),
    ("wrong speaker", verbatim),
)
STRANGER = "Odile Verschueren"
"""A name that no transcript has."""


def said_in(library: Library, documents: Sequence[str]) -> Iterator[Said]:
    """The sentences of at least LEAST_WORDS words that somebody speaks in these documents."""
    for id_ in documents:
        record = library.record(id_)
        if record.turns or is_record(record.document):
            yield from _sentences(id_, record, library)


def _sentences(id_: str, record: Record, library: Library) -> Iterator[Said]:
    words = record.wording.words
    start = 0
    while start < len(words):
        first, last = record.sentence(start, start)
        start = last + 1
        text = record.document.text
        end = words[last].span.end
        stop = text[end : end + 1]
        span = Span(words[first].span.start, end)
        speaker = library.speaker(id_, span)
        whole = text[span.start : span.end] + (stop if stop in ".!" else ".")
        if stop == "?" or "\n" in whole or "“" in whole or '"' in whole or record.quoted(span):
            continue
        if last - first + 1 >= LEAST_WORDS and whole[0].isupper() and not (speaker and asks(speaker)):
            yield Said(id_, speaker, whole, span)


def cases_of(said: Sequence[Said]) -> list[Case]:
    """SIDE cases of either side, the kinds as evenly as the sentences allow."""
    chance = random.Random(SEED)
    by_speaker: defaultdict[tuple[str, str | None], list[Said]] = defaultdict(list)
    for each in said:
        by_speaker[each.document, each.speaker].append(each)
    cases: list[Case] = []
    for right, kinds in ((True, RIGHT), (False, ALTERED)):
        made: dict[str, list[Case]] = {}
        for kind, make in kinds:
            pool = [*said]
            chance.shuffle(pool)
            made[kind] = []
            for each in pool:
                if kind == "wrong speaker" and not _nameable(each):
                    continue
                words = make(each, by_speaker[each.document, each.speaker], chance)
                if words is not None and len(words.split()) >= 5:
                    speaker = (
                        STRANGER if kind == "wrong speaker" or not each.speaker else each.speaker.title()
                    )
                    made[kind].append(Case(each, kind, words, speaker, right))
        cases += _evenly(made)
    return cases


def _nameable(said: Said) -> bool:
    """Whether the record names a person: a quotation of "the president" can be anybody's."""
    from verify.evidence.speech import same_person

    stranger = Source(STRANGER, None, STRANGER, anonymous=False, sort=Sort.PERSON)
    telling = {w.form for w in wording_of(said.text, [Span(0, len(said.text))]).words} - STOP
    return said.speaker is not None and same_person(said.speaker, stranger) is False and len(telling) >= 3


def _evenly(made: dict[str, list[Case]]) -> Iterator[Case]:
    """SIDE cases, in turn one of each kind as long as there are any."""
    left = SIDE
    depth = 0
    while left and any(len(cases) > depth for cases in made.values()):
        for cases in made.values():
            if left and len(cases) > depth:
                left -= 1
                yield cases[depth]
        depth += 1


def outcome_of(case: Case, library: Library) -> Outcome:
    """Look up the quotation of a case, in a draft of one sentence."""
    source = Source(case.speaker, None, case.speaker, anonymous=False, sort=Sort.PERSON)
    words = case.words
    if words[0].islower():
        text = f"Headline\n\n{case.speaker} spoke of “{words}”."
    else:
        text = f"Headline\n\n“{words}” {case.speaker} said."
    draft = document_of(text.encode(), path="draft.txt", suffix=".txt")
    start = text.index("“") + 1
    content = Span(start, start + len(words))
    sentence = Span(10, len(text))
    claim = Claim(
        id="c1",
        sentence="s1",
        span=sentence,
        source=source,
        cue=None,
        content=(content,),
        quote=Quote.DIRECT,
        stance=Stance.ASSERTS,
        proposition=words,
        within=None,
    )
    quoted = quoted_in(draft, [Sentence("s1", sentence, 1, Role.PARAGRAPH)], [claim])
    looked = next(iter(look_up(quoted, library)), None)
    return Outcome(case, looked, looked is None or _exact(looked, case, library))


def _exact(looked: LookedUp, case: Case, library: Library) -> bool:
    """Whether the offsets given are those of the words in the archived file's own text."""
    evidence = looked.evidence
    if evidence is None:
        return True
    text = library.record(evidence.passage.document).document.text
    passage, span = evidence.passage, evidence.span
    inside = passage.span.contains(span) and text[passage.span.start : passage.span.end] == passage.text
    edges = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    at_words = not any(edge.isalnum() for edge in edges)
    plain = looked.verdict in {Verdict.VERBATIM, Verdict.WRONG_SPEAKER}
    same = wording_of(text, [span]).forms == wording_of(case.words, [Span(0, len(case.words))]).forms
    elsewhere = evidence.passage.document != case.said.document or case.kind == "spliced"
    right_place = elsewhere or span.overlaps(case.said.span)
    return inside and at_words and right_place and (same or not plain or case.kind in {"brackets", "dots"})


def figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The rates, by side and by kind."""
    by_kind: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.case.kind if outcome.case.right else f"altered: {outcome.case.kind}"].append(outcome)
    right = [o for o in outcomes if o.case.right]
    altered = [o for o in outcomes if not o.case.right]
    return {
        "right": len(right),
        "altered": len(altered),
        "altered_found": _share(altered),
        "false_alarms": _share(right),
        "right_found": round(100 * sum(_found(o) for o in right) / len(right), 1),
        "offsets_exact": round(100 * sum(o.exact for o in outcomes) / len(outcomes), 1),
        "kinds": {
            kind: {
                "n": len(found),
                "alarms": _share(found),
                "verdicts": dict(Counter(_verdict(o) for o in found).most_common()),
            }
            for kind, found in by_kind.items()
        },
    }


def _share(outcomes: Sequence[Outcome]) -> float:
    return round(100 * sum(o.alarm for o in outcomes) / max(len(outcomes), 1), 1)


def _found(outcome: Outcome) -> bool:
    return outcome.looked is not None and outcome.looked.evidence is not None


def _verdict(outcome: Outcome) -> str:
    return outcome.looked.verdict.value if outcome.looked is not None else "too short"


def main(
    output: Annotated[Path, typer.Option(help="Where to write the figures.")] = ROOT
    / "benchmarks/results/quotations.json",
    wrong: Annotated[bool, typer.Option("--wrong", help="Show the cases that went wrong.")] = False,
) -> None:
    """Build the index, make the cases, look them up, write the figures."""
    encoder = load_encoder(None)
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(aside)
        for file in sorted((ROOT / "seeds/stories").glob("*/*.json")):
            write_archive(file, copy, prefix=f"{file.stem}-")
        for file in sorted((ROOT / "seeds/archive").glob("*.md")):
            (copy / file.name).write_bytes(file.read_bytes())
        with archive_in(copy, encoder) as archive:
            library = Library(archive, lambda _: (), load_registry(None), encoder)
            said = list(said_in(library, sorted(archive.snapshot.known())))
            outcomes = [outcome_of(case, library) for case in cases_of(said)]
            searched = archive.searched
    table = {
        "documents": searched.documents,
        "sentences": len(said),
        "encoder": encoder.name,
        "python": platform.python_version(),
        **figures(outcomes),
    }
    if wrong:
        for o in outcomes:
            if o.alarm == o.case.right or not o.exact:
                at = o.looked.evidence.passage.text if o.looked and o.looked.evidence else ""
                print(f"{o.case.kind} [{_verdict(o)}] exact={o.exact}")
                print(f"  {o.case.words}\n  {o.case.said.text}\n  {at}")
    text = json.dumps(table, indent=1, ensure_ascii=False) + "\n"
    write_text(output, text)
    print(text)


if __name__ == "__main__":
    typer.run(main)
