"""A quotation collated with the record: word by word, what is the same, left out, put in, or moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verify.evidence.alignment import Alignment, align
from verify.evidence.function_words import (
    CONDITIONS,
    JOINED,
    MINOR,
    NEGATIONS,
    PREMISES,
    SENSE,
    STOP,
    SUBJECTS,
    UNSURE,
)
from verify.evidence.library import Record
from verify.evidence.quoted import Quoted
from verify.evidence.words import Break, Gap, Word
from verify.types import Span

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


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the record that the quotation dropped in one place, and those that it has there instead.

    `crosses` tells that the record has the end of a sentence there.
    """

    dropped: tuple[Word, ...]
    added: tuple[Word, ...]
    gap: Gap | None = None
    crosses: bool = False

    @property
    def joins(self) -> bool:
        """Whether so many words are left out without a sign, or so much, that two places are joined."""
        long = len(self.dropped) >= LONG or (self.crosses and len(self.dropped) > 1)
        return not self.added and self.gap is None and long


@dataclass(frozen=True, slots=True)
class Collation:
    """A quotation laid beside the words of a record that it comes nearest to.

    `edits` are the changes that no editor may make without a word about it; `in_place` are the indices of the
    quoted words that the record has in this place, `elsewhere` of those that it has in another one;
    `left_out` are the words around a quotation otherwise right, without which it says another thing.
    """

    quoted: Quoted
    record: Record
    alignment: Alignment
    edits: tuple[Edit, ...]
    in_place: frozenset[int]
    elsewhere: frozenset[int]
    left_out: tuple[Word, ...]

    @property
    def span(self) -> Span:
        """The place of the words in the archived document."""
        words = self.record.wording.words
        return Span(words[self.alignment.first].span.start, words[self.alignment.last].span.end)

    @property
    def told(self) -> Span:
        """The same with the words before or after it in whose place the quotation has others."""
        around = [self.span, *(word.span for edit in self.edits for word in edit.dropped)]
        return Span(min(span.start for span in around), max(span.end for span in around))

    @property
    def sentence(self) -> tuple[Word, ...]:
        """The sentences of the record that the words stand in."""
        first, last = self.record.sentence(self.alignment.first, self.alignment.last)
        return self.record.wording.words[first : last + 1]

    @property
    def share(self) -> float:
        """The share of the quotation's telling words that the record has, in 0..1."""
        forms = self.quoted.wording.forms
        telling = {i for i, form in enumerate(forms) if form not in STOP} or set(range(len(forms)))
        return len((self.in_place | self.elsewhere) & telling) / len(telling)

    @property
    def is_cut(self) -> bool:
        """Whether words of the record are left out inside, or around what is given as a whole sentence."""
        quoted, alignment = self.quoted, self.alignment
        inside = any(i is None for i, _ in alignment.pairs) or bool(quoted.wording.gaps)
        first, last = self.record.sentence(alignment.first, alignment.last)
        starts_late, ends_early = first < alignment.first, alignment.last < last
        return inside or (quoted.opens and starts_late) or (quoted.closes and ends_early)


def collate(quoted: Quoted, record: Record) -> Collation | None:
    """Lay a quotation beside the record; None where they have no word in common."""
    forms, recorded = quoted.wording.forms, record.wording.forms
    alignment = align(forms, recorded, frozenset(g.before for g in quoted.wording.gaps))
    if alignment is None:
        return None
    edits = tuple(e for e in _edits(quoted, record, alignment) if not _harmless(e, record))
    in_place = _same(forms, recorded, alignment)
    return Collation(
        quoted=quoted,
        record=record,
        alignment=alignment,
        edits=edits,
        in_place=in_place,
        elsewhere=_elsewhere(forms, recorded, in_place),
        left_out=() if edits else tuple(_left_out(quoted, record, alignment)),
    )


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
    forms = {w.form for w in edit.dropped}
    if edit.gap is not None:
        if edit.gap.replaced:
            return len(edit.dropped) <= INSERTED and not NEGATIONS & forms
        return len(edit.dropped) > ELIDED or not SENSE & forms
    return forms <= MINOR or (
        not any(record.quoted(w.span) for w in edit.dropped) and _interrupts(edit, record)
    )


def _interrupts(edit: Edit, record: Record) -> bool:
    """Whether the words dropped stand between two quotations of the record: "We are," he said, "sorry."."""
    first, last = edit.dropped[0].span.start, edit.dropped[-1].span.end
    return any(m.end <= first and first - m.end <= 2 for m in record.marks) and any(
        last <= m.start and m.start - last <= 2 for m in record.marks
    )


def _same(words: Sequence[str], recorded: Sequence[str], alignment: Alignment) -> frozenset[int]:
    """The indices of the quoted words that the record has in their place."""
    return frozenset(
        i for i, j in alignment.pairs if i is not None and j is not None and words[i] == recorded[j]
    )


def _elsewhere(words: Sequence[str], recorded: Sequence[str], same: frozenset[int]) -> frozenset[int]:
    """The indices of the words before or after those, where the record has them in another place."""
    found: set[int] = set()
    for start, end in ((0, min(same)), (max(same) + 1, len(words))):
        if end - start >= LEAST_SPLICED:
            part = words[start:end]
            alignment = align(part, recorded)
            if alignment is not None and alignment.matched >= SPLICED * len(part):
                found |= {start + i for i in _same(part, recorded, alignment)}
    return frozenset(found)


def _left_out(quoted: Quoted, record: Record, alignment: Alignment) -> Sequence[Word]:
    """Words around a quotation of whole sentences without which it says another thing than the record.

    Before it, what takes it back ("there is no evidence that") or a condition ("if wages fall,"); after it,
    a condition, or the words up to a stop where none but they are left out.
    """
    if quoted.opens and (before := _head(record, alignment.first)):
        return before
    dotted = any(gap.before == len(quoted.wording.words) for gap in quoted.wording.gaps)
    if quoted.closes and not dotted:
        return _tail(record, alignment.last)
    return ()


def _head(record: Record, first: int) -> Sequence[Word]:
    """The clause before the word at `first` that a sentence may not lose; empty where it may."""
    words = record.wording.words
    if not first or words[first - 1].after is Break.STRONG:
        return ()
    head = first - 1
    while head and not words[head - 1].after:
        head -= 1
    before = words[head:first]
    if words[first - 1].after:
        opening = next((w.form for w in before if w.form not in JOINED | MINOR), "")
        return before if opening in PREMISES else ()
    takes_back = before[-1].form in {"that", "whether", "if"} and UNSURE & {w.form for w in before}
    return before if takes_back else ()


def _tail(record: Record, last: int) -> Sequence[Word]:
    """The words after `last` that a sentence may not lose without a sign; none where it may."""
    words = record.wording.words
    if words[last].after is Break.STRONG:
        return ()
    end = last + 1
    while end + 1 < len(words) and not words[end].after:
        end += 1
    rest = words[last + 1 : end + 1]
    opening = rest[0].form
    following = rest[1].form if len(rest) > 1 else ""
    if opening in CONDITIONS or (opening in MINOR | JOINED and following in CONDITIONS):
        return rest
    clause = opening in JOINED and (opening not in {"and", "or"} or following in SUBJECTS)
    if words[last].after or clause:
        return ()
    missed = len(rest) <= TAIL or opening in {"and", "or"} or NEGATIONS & {w.form for w in rest}
    return rest if missed else ()
