"""Quotations against the record: where the quoted words stand in the archive, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verify.evidence.collation import Collation, collate
from verify.evidence.function_words import NEGATIONS, SENSE, STOP
from verify.evidence.library import Library
from verify.evidence.likeness import LEAST_WORDS, SHORT, Likeness, likeness_of
from verify.evidence.quoted import Quoted
from verify.evidence.speech import asks, first_person, same_person
from verify.evidence.verdicts import reason_of, verdict_of
from verify.types import Evidence, Kind, LookedUp, RelationType, Span, Verdict

PASSAGES = 10
"""Passages whose documents a quotation is looked for in."""

LEAST_DENIED = 3
"""Words from which a fragment that has lost a "not" is an altered one, where its speaker is known."""

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

SHORT_NEAR = 0.45
"""Cosine from which a fragment is an altered one of that sentence."""

EXCHANGED = 0.5
"""Share of a fragment's telling words that the record has, where another stands in place of one."""

NEAR = 0.65
"""Cosine from which two sentences mean much the same."""

RELATIONS: Mapping[Verdict, RelationType] = {
    Verdict.VERBATIM: RelationType.SUPPORTS,
    Verdict.TRIMMED: RelationType.SUPPORTS,
    Verdict.WRONG_SPEAKER: RelationType.WRONG_SPEAKER,
}
"""How the record bears on the quotation; any other verdict makes it a misquotation."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quotation held against one document.

    `same` says whether the record's speaker is the draft's, None where that can't be told.
    """

    document: str
    collation: Collation
    verdict: Verdict
    speaker: str | None
    same: bool | None

    @property
    def worth(self) -> tuple[int, float]:
        """What a reading is worth against that of another document: the larger is the better one."""
        share = self.collation.share
        if self.verdict.faithful:
            return (3 if self.same else 2), share
        return (1 if self.verdict is Verdict.WRONG_SPEAKER else 0), share


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
        best = max(readings, key=lambda r: r.worth, default=None)
        if best is not None:
            results.append(_looked_up(best, library))
        elif len(each.wording.words) >= LEAST_WORDS:
            results.append(LookedUp(each.claim.id, each.span, Verdict.NOT_FOUND, None))
    return tuple(results)


def read(quoted: Quoted, document: str, library: Library) -> Reading | None:
    """Hold a quotation against one document; None where nothing like it stands there."""
    collation = collate(quoted, library.record(document))
    if collation is None:
        return None
    speaker = library.speaker(document, collation.span)
    source = quoted.claim.source
    same = None if speaker is None or source is None else same_person(speaker, source)
    verdict = verdict_of(collation)
    if verdict.faithful and same is False:
        if not _telling(quoted):
            return None
        verdict = Verdict.WRONG_SPEAKER
    elif not verdict.faithful:
        questioner = speaker is not None and asks(speaker)
        if same is False or questioner or not _made_of(collation, library, same_speaker=same is True):
            return None
    return Reading(document, collation, verdict, speaker, same)


def _telling(quoted: Quoted) -> bool:
    """Whether a quotation says so much that nobody else says the same by chance."""
    telling = {w.form for w in quoted.wording.words} - STOP - SENSE
    return len(quoted.wording.words) >= LEAST_WORDS and len(telling) >= LEAST_CONTENT


def _made_of(collation: Collation, library: Library, *, same_speaker: bool) -> bool:
    """Whether what the quotation differs from is what it was made of, and somebody's own words."""
    likeness = likeness_of(collation)
    if not _own_words(collation) or collation.share < REWORDED or not likeness.one_utterance(near=True):
        return False
    short = len(collation.quoted.wording.words) <= SHORT
    lost_not = same_speaker and _lost_not(collation, likeness)
    if short and not (likeness.shorn or lost_not or _exchanged(collation)):
        return False
    alike = collation.share >= SAME_UTTERANCE
    surely = likeness.one_utterance(near=False)
    if surely and alike and not short:
        return True
    around = _around(collation)
    text = collation.record.document.text[around.start : around.end]
    said, told = library.encoder.encode([text, collation.quoted.claim.proposition])
    near = float(said @ told)
    least = SHORT_NEAR if short else REWORDED_NEAR if same_speaker else REWORDED_BY_ANYBODY
    if near < least and (short or not alike):
        return False
    return surely or near >= NEAR


def _own_words(collation: Collation) -> bool:
    """Whether the record has them as somebody's own: quoted, in a transcript, or in the first person."""
    record = collation.record
    told = first_person([w.form for w in collation.sentence]) and not record.quoted(_around(collation))
    return told or record.is_speech(collation.span)


def _exchanged(collation: Collation) -> bool:
    """Whether half of a fragment is the record's, and a telling word stands in place of another."""
    return collation.share >= EXCHANGED and any(
        e.added and {w.form for w in e.dropped} - STOP for e in collation.edits
    )


def _lost_not(collation: Collation, likeness: Likeness) -> bool:
    """Whether a fragment is what the record has but for a "not" within it: "is [not] safe now"."""
    dropped = {w.form for e in collation.edits for w in e.dropped}
    alone = likeness.in_place == likeness.words == likeness.stretch - len(collation.edits) >= LEAST_DENIED
    return alone and dropped <= NEGATIONS


def _around(collation: Collation) -> Span:
    """The place of the record's sentences that the words stand in."""
    sentence = collation.sentence
    return Span(sentence[0].span.start, sentence[-1].span.end)


def _looked_up(reading: Reading, library: Library) -> LookedUp:
    collation, quoted = reading.collation, reading.collation.quoted
    evidence = Evidence(
        claim=quoted.claim.id,
        passage=library.passage(reading.document, _around(collation), speaker=reading.speaker),
        span=collation.told,
        relation=RELATIONS.get(reading.verdict, RelationType.MISQUOTE),
        kind=Kind.QUOTE,
        score=round(0.5 + 0.5 * collation.share, 3),
        reason=reason_of(collation, reading.verdict, reading.speaker),
    )
    return LookedUp(quoted.claim.id, quoted.span, reading.verdict, evidence)
