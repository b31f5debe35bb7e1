"""Quotations against the record: where the quoted words stand in the archive, and what became of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from verify.evidence.alignment import Alignment, align
from verify.evidence.library import Library, Record
from verify.evidence.quoted import Quoted
from verify.evidence.speech import asks, first_person, same_person
from verify.evidence.words import Break, Gap, Word
from verify.types import Document, Evidence, Kind, LookedUp, RelationType, Span, Verdict

PASSAGES = 10
"""Passages whose documents a quotation is looked for in."""

LEAST_WORDS = 4
"""Words below which a quotation that isn't found is no news: any two people share three words."""

LEAST_DENIED = 3
"""The same of a fragment that has lost a "not", where its speaker is known."""

LEAST_CONTENT = 3
"""Words that tell something, below which the right words in another mouth prove nothing."""

SAME_UTTERANCE = 0.6
"""Share of a quotation's telling words from which words of the record are what it was made of."""

REWORDED = 0.34
"""The same where the record's sentence means the same, by the encoder's cosine with what the draft claims."""

REWORDED_NEAR = 0.55
"""Cosine from which it does, where the speaker is known to be the draft's."""

REWORDED_BY_ANYBODY = 0.7
"""The same where the speaker isn't known."""

SHORT = 4
"""Words up to which a quotation is a fragment, that another sentence may have by chance."""

SHORT_NEAR = 0.45
"""Cosine from which a fragment is an altered one of that sentence."""

PARAPHRASED = 0.6
"""Share of telling words below which what is left of the record is a paraphrase."""

HALF = 0.5
"""Share of a quotation's words, and of its content words, that are the record's at the least."""

MANY = 0.66
"""Share of its words, whatever they are, of which the record has many."""

MANY_NEAR = 0.6
"""The same where the two sentences mean much the same."""

NEAR = 0.65
"""Cosine from which they do."""

MOSTLY = 0.75
"""Share of its words of which the record has most."""

ENOUGH_CONTENT = 3
"""Content words in common from which HALF of the words is enough; with one less it takes many of them."""

SHORT_RUN = 3
"""Words in a row that stand in for a content word, where the record has most of the rest."""

LONG_RUN = 4
"""Words in a row that no two sentences share by chance, where the record has many of the rest."""

SURE_RUN = 6
"""The same, whatever words they are."""

SHORN = 2
"""Words more that the record may have where it has all of the quotation's: "not", "at all"."""

ASTRAY = 3
"""Content words at one end of a quotation, none of them the record's, from which it goes its own way, if the
record has no more than these."""

LONG = 8
"""Words of the record dropped in one place from which a quotation is made of two places."""

LEAST_SPLICED, SPLICED = 4, 0.8
"""Words at one end of a quotation, and share of them that stands elsewhere, from which it is spliced."""

ELIDED = 3
"""Words up to which dots that stand for a "not" or a "may" hide it."""

INSERTED = 8
"""Words of the record that brackets may stand for."""

TAIL = 2
"""Words that end a sentence of the record and are left out without a sign: "at all", "early enough"."""

NEGATIONS = frozenset("not no never none nobody nothing neither nor without hardly barely scarcely".split())
HEDGES = frozenset(
    """may might could would should can must will perhaps possibly probably maybe likely unlikely apparently
    apparent reportedly allegedly alleged seems seem seemed appears appear appeared suspect suspected
    potential potentially possible presumption presumed likelihood believe think doubt certainly definitely
    largely partly fully almost nearly""".split()
)
CONDITIONS = frozenset("if unless until provided only except whether".split())
SENSE = NEGATIONS | HEDGES | CONDITIONS
"""Words that turn what is said when they are dropped or added."""

UNSURE = SENSE | frozenset("evidence claim claims hope fear wish question allegation suggestion idea".split())
"""Words before a "that" that take back what follows it."""

MINOR = frozenset("a an the that and well so".split())
"""Words that may be dropped from speech without a word about it."""

STOP = MINOR | frozenset(
    """of to in is for on was with as by at from it be are this have has had but were his her he she they
    their or who which been its we i am you our my me us do did does there what all""".split()
)
"""Words that tell nothing by themselves."""

COMMON = (
    STOP
    | SENSE
    | frozenset(
        """about above across after against along among around before behind below beneath beside between
        beyond down during inside into like near off onto out outside over past since through throughout
        toward under up upon within because although though while when where why how than then too also
        just only even still yet very more most much many such some any other another each every both
        either own same here now again them him himself herself itself themselves ourselves myself
        yourself these those yours theirs mine ours hers whom whose being having doing done let go going
        get got say says said shall am 1""".split()
    )
)
"""Words that sentences on any matter share: that two have them in common tells nothing. A "one" is read as a
figure, and so "1" is among them."""

SUBJECTS = frozenset("we i it they he she you this that these those the a there".split())
JOINED = frozenset(
    "and but or so because since while when after before as which who where although though".split()
)


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the record that the quotation dropped in one place, and those that it has there instead.

    `crosses` tells that the record has the end of a sentence there.
    """

    dropped: tuple[Word, ...]
    added: tuple[Word, ...]
    gap: Gap | None = None
    crosses: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a quotation of `words` words shares with a stretch of the record, which has `stretch` of them.

    `same` of the words are the record's, `in_place` of them in that stretch and in its order, the longest run
    `run`; of the `content` words, which COMMON hasn't, `same_content`; `astray` is how many of the others
    stand before the first of them, or after the last.
    """

    words: int
    same: int
    in_place: int
    content: int
    same_content: int
    astray: int
    run: int
    stretch: int

    @property
    def shorn(self) -> bool:
        """Whether all words are the record's, which has few more: a sentence that lost its "not"."""
        return LEAST_WORDS <= self.in_place == self.words and self.stretch <= self.words + SHORN

    def one_utterance(self, *, near: bool) -> bool:
        """Whether the quotation was made of that stretch, and isn't another sentence on the same matter.

        A speaker uses the words of a matter again and again. What is altered keeps at least half of its
        content words, and most of the little ones between them; where it is but a few words long, all but
        one. `near` says whether the two mean much the same. Measured on the quotations of the training
        stories, and on every sentence of their transcripts, held against the record without it.
        """
        share = self.same / self.words
        if self._goes_its_own_way:
            return False
        if self.shorn or (self.run >= SURE_RUN and share >= HALF):
            return True
        if not self.same_content:
            return False
        half = self.same_content >= HALF * self.content
        if self.words <= SHORT:
            return self.same_content == self.content or (half and share >= MANY)
        if self.run >= LONG_RUN and share >= MANY:
            return True
        return half and share >= self._least_share(near=near)

    @property
    def _goes_its_own_way(self) -> bool:
        scattered = self.stretch >= 2 * self.words and self.same < MOSTLY * self.words
        return scattered or self.astray >= max(ASTRAY, self.same_content)

    def _least_share(self, *, near: bool) -> float:
        """Share of the words that must be the record's, if half of the content words are."""
        if self.same_content >= ENOUGH_CONTENT:
            return HALF
        if self.same_content == ENOUGH_CONTENT - 1:
            return MANY_NEAR if near else MANY
        return MOSTLY if self.run >= SHORT_RUN else math.inf


@dataclass(frozen=True, slots=True)
class Reading:
    """A quotation held against one document.

    `words` are the first and the last word of the record that it was made of, by index; `share` is that of
    its telling words that are there, in 0..1. `same` says whether the speaker is the draft's, None where that
    can't be told.
    """

    document: str
    verdict: Verdict
    words: tuple[int, int]
    share: float
    edits: tuple[Edit, ...]
    speaker: str | None
    same: bool | None
    left_out: tuple[Word, ...]


def look_up(quoted: Sequence[Quoted], library: Library) -> tuple[LookedUp, ...]:
    """Look each quotation up, in its order; those too short to say anything of are left out unless found."""
    if not quoted:
        return ()
    texts = [" ".join(q.wording.forms) for q in quoted]
    queries = [*texts, *(q.claim.proposition for q in quoted)]
    found = library.search(queries, k=PASSAGES, besides=quoted[0].document)
    results = []
    for place, each in enumerate(quoted):
        matches = (*found[place], *found[place + len(quoted)])
        documents = dict.fromkeys(m.passage.document for m in matches)
        readings = [r for d in documents if (r := read(each, d, library)) is not None]
        best = max(readings, key=_rank, default=None)
        if best is not None:
            results.append(_looked_up(each, best, library))
        elif len(each.wording.words) >= LEAST_WORDS:
            results.append(LookedUp(each.claim.id, each.span, Verdict.NOT_FOUND, None))
    return tuple(results)


def read(quoted: Quoted, document: str, library: Library) -> Reading | None:
    """Hold a quotation against one document; None where nothing like it stands there."""
    record = library.record(document)
    forms = quoted.wording.forms
    recorded = record.wording.forms
    alignment = align(forms, recorded, frozenset(g.before for g in quoted.wording.gaps))
    if alignment is None:
        return None
    edits = tuple(e for e in _edits(quoted, record, alignment) if not _harmless(e, record))
    same_words = _same(forms, recorded, alignment)
    elsewhere = _elsewhere(forms, recorded, same_words)
    share = _share(forms, same_words | elsewhere)
    left_out = () if edits else tuple(_left_out(quoted, record, alignment))
    verdict = _verdict(quoted, record, alignment, edits, left_out, share, spliced=bool(elsewhere))
    place = _place(record, alignment)
    speaker = library.speaker(document, place)
    same = (
        None if speaker is None or quoted.claim.source is None else same_person(speaker, quoted.claim.source)
    )
    words = (alignment.first, alignment.last)
    reading = Reading(document, verdict, words, share, edits, speaker, same, left_out)
    if verdict.faithful:
        return _faithful(reading, quoted)
    if same is False or (speaker is not None and asks(speaker)):
        return None
    likeness = _likeness(forms, recorded, alignment, same_words, elsewhere)
    return _altered(reading, quoted, record, library, likeness)


def _faithful(reading: Reading, quoted: Quoted) -> Reading | None:
    telling = {w.form for w in quoted.wording.words} - STOP - SENSE
    if reading.same is not False:
        return reading
    if len(quoted.wording.words) >= LEAST_WORDS and len(telling) >= LEAST_CONTENT:
        return replace(reading, verdict=Verdict.WRONG_SPEAKER)
    return None


def _altered(
    reading: Reading, quoted: Quoted, record: Record, library: Library, likeness: Likeness
) -> Reading | None:
    """The reading, if what the quotation differs from is what it was made of, and somebody's own words."""
    first, last = record.sentence(*reading.words)
    sentence = record.wording.words[first : last + 1]
    span = Span(sentence[0].span.start, sentence[-1].span.end)
    own = first_person([w.form for w in sentence]) and not record.quoted(span)
    if not (own or record.is_speech(_span(record, reading.words))):
        return None
    short = len(quoted.wording.words) <= SHORT
    if short and not (likeness.shorn or _exchanged(reading) or _lost_not(reading, likeness)):
        return None
    if reading.share < REWORDED or not likeness.one_utterance(near=True):
        return None
    alike = reading.share >= SAME_UTTERANCE
    surely = likeness.one_utterance(near=False)
    if surely and alike and not short:
        return reading
    text = record.document.text[span.start : span.end]
    said, told = library.encoder.encode([text, quoted.claim.proposition])
    near = float(said @ told)
    least = SHORT_NEAR if short else REWORDED_NEAR if reading.same else REWORDED_BY_ANYBODY
    if near < least and (short or not alike):
        return None
    return reading if surely or near >= NEAR else None


def _exchanged(reading: Reading) -> bool:
    """Whether half of a fragment is the record's, and a telling word stands in place of another."""
    return reading.share >= HALF and any(
        e.added and {w.form for w in e.dropped} - STOP for e in reading.edits
    )


def _lost_not(reading: Reading, likeness: Likeness) -> bool:
    """Whether a fragment is what its own speaker said but for a "not" within it: "is [not] safe now"."""
    forms = {w.form for e in reading.edits for w in e.dropped}
    alone = likeness.in_place == likeness.words == likeness.stretch - len(reading.edits) >= LEAST_DENIED
    return bool(reading.same) and alone and forms <= NEGATIONS


def _rank(reading: Reading) -> tuple[int, float]:
    """What a reading is worth against that of another document."""
    if reading.verdict.faithful:
        return (3 if reading.same else 2), reading.share
    return (1 if reading.verdict is Verdict.WRONG_SPEAKER else 0), reading.share


def _edits(quoted: Quoted, record: Record, alignment: Alignment) -> Iterator[Edit]:
    """The places at which quotation and record differ, in their order."""
    words, recorded = quoted.wording.words, record.wording.words
    gaps = {gap.before: gap for gap in quoted.wording.gaps}
    dropped: list[Word] = []
    added: list[Word] = []
    gap: Gap | None = None
    last: int | None = None
    for i, j in alignment.pairs:
        if i is not None and j is not None and words[i].form == recorded[j].form:
            gap = gaps.get(i, gap) if last is not None else None
            if last is None and added and not dropped:
                dropped = _before(record, j, len(added))
            if dropped or added:
                crosses = last is not None and any(w.after is Break.STRONG for w in recorded[last:j])
                yield Edit(tuple(dropped), tuple(added), gap, crosses)
            dropped, added, gap, last = [], [], None, j
            continue
        if j is not None:
            dropped.append(recorded[j])
        if i is not None:
            added.append(words[i])
            gap = gaps.get(i, gap)
    if added and not dropped:
        dropped = _after(record, alignment.last, len(added))
    if dropped or added:
        yield Edit(tuple(dropped), tuple(added), gap)


def _before(record: Record, index: int, count: int) -> list[Word]:
    """Up to `count` words of the record's sentence before the word at `index`."""
    first, _ = record.sentence(index, index)
    return list(record.wording.words[max(first, index - count) : index])


def _after(record: Record, index: int, count: int) -> list[Word]:
    """Up to `count` words of the record's sentence after the word at `index`."""
    _, last = record.sentence(index, index)
    return list(record.wording.words[index + 1 : min(last, index + count) + 1])


def _harmless(edit: Edit, record: Record) -> bool:
    """Whether an edit is one that any editor may make without a word about it."""
    if edit.added:
        return False
    forms = [w.form for w in edit.dropped]
    if edit.gap is not None:
        if edit.gap.replaced:
            return len(forms) <= INSERTED and not NEGATIONS & set(forms)
        return len(forms) > ELIDED or not SENSE & set(forms)
    return set(forms) <= MINOR or (
        not any(record.quoted(w.span) for w in edit.dropped) and _interrupts(edit, record)
    )


def _interrupts(edit: Edit, record: Record) -> bool:
    """Whether the words dropped stand between two quotations of the record: "We are," he said, "sorry."."""
    first, last = edit.dropped[0].span.start, edit.dropped[-1].span.end
    return any(m.end <= first and first - m.end <= 2 for m in record.marks) and any(
        last <= m.start and m.start - last <= 2 for m in record.marks
    )


def _same(words: Sequence[str], recorded: Sequence[str], alignment: Alignment) -> set[int]:
    """The indices of the quoted words that the record has in their place."""
    return {i for i, j in alignment.pairs if i is not None and j is not None and words[i] == recorded[j]}


def _elsewhere(words: Sequence[str], recorded: Sequence[str], same: set[int]) -> set[int]:
    """The indices of the words before or after those, where the record has them in another place."""
    found: set[int] = set()
    for start, end in ((0, min(same)), (max(same) + 1, len(words))):
        if end - start >= LEAST_SPLICED:
            part = words[start:end]
            alignment = align(part, recorded)
            if alignment is not None and alignment.matched >= SPLICED * len(part):
                found |= {start + i for i in _same(part, recorded, alignment)}
    return found


def _share(words: Sequence[str], same: set[int]) -> float:
    telling = {i for i, form in enumerate(words) if form not in STOP} or set(range(len(words)))
    return len(same & telling) / len(telling)


def _likeness(
    words: Sequence[str],
    recorded: Sequence[str],
    alignment: Alignment,
    in_place: set[int],
    elsewhere: set[int],
) -> Likeness:
    same = in_place | elsewhere
    content = {i for i, form in enumerate(words) if form not in COMMON}
    run = longest = 0
    for i, j in alignment.pairs:
        run = run + 1 if i is not None and j is not None and words[i] == recorded[j] else 0
        longest = max(longest, run)
    stretch = alignment.last - alignment.first + 1
    kept = {i for i in same if i in content or {i - 1, i + 1} & same} or same
    astray = max(sum(i < min(kept) for i in content), sum(i > max(kept) for i in content))
    return Likeness(
        words=len(words),
        same=len(same),
        in_place=len(in_place),
        content=len(content),
        same_content=len(same & content),
        astray=astray,
        run=longest,
        stretch=stretch,
    )


def _verdict(
    quoted: Quoted,
    record: Record,
    alignment: Alignment,
    edits: Sequence[Edit],
    left_out: Sequence[Word],
    share: float,
    *,
    spliced: bool,
) -> Verdict:
    if not edits:
        if left_out:
            return Verdict.SENSE if UNSURE & {w.form for w in left_out} else Verdict.ALTERED
        return Verdict.TRIMMED if _is_cut(quoted, record, alignment) else Verdict.VERBATIM
    dropped = [w for e in edits for w in e.dropped]
    added = [w for e in edits for w in e.added]
    if (
        _numbers(dropped) != _numbers(added)
        and any(w.number for w in dropped)
        and any(w.number for w in added)
    ):
        return Verdict.NUMBER
    if spliced or any(_joins(edit) for edit in edits):
        return Verdict.SPLICED
    if share < PARAPHRASED:
        return Verdict.PARAPHRASE
    if SENSE & ({w.form for w in dropped} ^ {w.form for w in added}):
        return Verdict.SENSE
    return Verdict.ALTERED


def _numbers(words: Sequence[Word]) -> set[str]:
    return {word.form for word in words if word.number}


def _joins(edit: Edit) -> bool:
    """Whether so many words are left out without a sign, or so much, that two places are joined."""
    long = len(edit.dropped) >= LONG or (edit.crosses and len(edit.dropped) > 1)
    return not edit.added and edit.gap is None and long


def _left_out(quoted: Quoted, record: Record, alignment: Alignment) -> Sequence[Word]:
    """Words around a quotation of whole sentences without which it says another thing than the record.

    Before it, what takes it back ("there is no evidence that"); after it, a condition, or the words up to a
    stop where none but they are left out.
    """
    words = record.wording.words
    if quoted.opens:
        head = alignment.first
        while head and not words[head - 1].after:
            head -= 1
        before = words[head : alignment.first]
        if before and before[-1].form in {"that", "whether", "if"} and UNSURE & {w.form for w in before}:
            return before
    dotted = any(gap.before == len(quoted.wording.words) for gap in quoted.wording.gaps)
    if quoted.closes and not dotted:
        return _tail(record, alignment.last)
    return ()


def _is_cut(quoted: Quoted, record: Record, alignment: Alignment) -> bool:
    """Whether words of the record are left out inside, or around what is given as a whole sentence."""
    inside = any(i is None for i, _ in alignment.pairs) or bool(quoted.wording.gaps)
    first, last = record.sentence(alignment.first, alignment.last)
    starts_late, ends_early = first < alignment.first, alignment.last < last
    return inside or (quoted.opens and starts_late) or (quoted.closes and ends_early)


def _tail(record: Record, last: int) -> Sequence[Word]:
    words = record.wording.words
    if words[last].after is Break.STRONG:
        return ()
    end = last + 1
    while end + 1 < len(words) and not words[end].after:
        end += 1
    rest = words[last + 1 : end + 1]
    if rest[0].form in CONDITIONS or (
        rest[0].form in MINOR | JOINED and len(rest) > 1 and rest[1].form in CONDITIONS
    ):
        return rest
    if words[last].after:
        return ()
    clause = rest[0].form in JOINED and (
        rest[0].form not in {"and", "or"} or (len(rest) > 1 and rest[1].form in SUBJECTS)
    )
    if clause:
        return ()
    return (
        rest
        if len(rest) <= TAIL or rest[0].form in {"and", "or"} or NEGATIONS & {w.form for w in rest}
        else ()
    )


def _place(record: Record, alignment: Alignment) -> Span:
    return _span(record, (alignment.first, alignment.last))


def _span(record: Record, words: tuple[int, int]) -> Span:
    first, last = words
    return Span(record.wording.words[first].span.start, record.wording.words[last].span.end)


RELATIONS: Mapping[Verdict, RelationType] = {
    Verdict.VERBATIM: RelationType.SUPPORTS,
    Verdict.TRIMMED: RelationType.SUPPORTS,
    Verdict.WRONG_SPEAKER: RelationType.WRONG_SPEAKER,
}


def _looked_up(quoted: Quoted, reading: Reading, library: Library) -> LookedUp:
    record = library.record(reading.document)
    words = record.wording.words
    first, last = record.sentence(*reading.words)
    around = Span(words[first].span.start, words[last].span.end)
    evidence = Evidence(
        claim=quoted.claim.id,
        passage=library.passage(reading.document, around, speaker=reading.speaker),
        span=_span(record, reading.words),
        relation=RELATIONS.get(reading.verdict, RelationType.MISQUOTE),
        kind=Kind.QUOTE,
        score=round(0.5 + 0.5 * reading.share, 3),
        reason=_reason(quoted, reading, record),
    )
    return LookedUp(quoted.claim.id, quoted.span, reading.verdict, evidence)


def _reason(quoted: Quoted, reading: Reading, record: Record) -> str:
    match reading.verdict:
        case Verdict.VERBATIM:
            return "the record has the same words"
        case Verdict.TRIMMED:
            return "the record has the same words and more"
        case Verdict.WRONG_SPEAKER:
            return f"in the record these are the words of {reading.speaker}"
        case Verdict.SPLICED:
            return "the record has these words in two places"
        case Verdict.PARAPHRASE:
            return "the record says this in other words"
        case Verdict.NUMBER:
            return f"the record has another figure: {_changes(quoted, reading, record)}"
        case _:
            return f"the record has other words: {_changes(quoted, reading, record)}"


def _changes(quoted: Quoted, reading: Reading, record: Record) -> str:
    """What was dropped and what was added, in the record's and the draft's own words."""
    if not reading.edits:
        return f"“{_shown(record.document, reading.left_out)}” is left out"
    parts = []
    for edit in reading.edits:
        old, new = _shown(record.document, edit.dropped), _shown(quoted.document, edit.added)
        if old and new:
            parts.append(f"“{old}” where the draft has “{new}”")
        else:
            parts.append(f"“{old}” is left out" if old else f"“{new}” isn't in it")
    return ", ".join(parts)


def _shown(document: Document, words: Sequence[Word]) -> str:
    return " ".join(document.text[words[0].span.start : words[-1].span.end].split()) if words else ""
