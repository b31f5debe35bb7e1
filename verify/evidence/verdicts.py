"""What became of a quotation that is like the record, and the words that tell so."""

from __future__ import annotations

from collections.abc import Sequence

from verify.evidence.collation import Collation
from verify.evidence.function_words import SENSE, UNSURE
from verify.evidence.words import Word
from verify.types import Document, Verdict

PARAPHRASED = 0.6
"""Share of telling words below which what is left of the record is a paraphrase."""


def verdict_of(collation: Collation) -> Verdict:
    """The verdict by the words alone, whoever speaks them."""
    edits, left_out = collation.edits, collation.left_out
    if not edits:
        if left_out:
            return Verdict.SENSE if UNSURE & {w.form for w in left_out} else Verdict.ALTERED
        return Verdict.TRIMMED if collation.is_cut else Verdict.VERBATIM
    dropped = [w for e in edits for w in e.dropped]
    added = [w for e in edits for w in e.added]
    old, new = _numbers(dropped), _numbers(added)
    if old and new and old != new:
        return Verdict.NUMBER
    if collation.elsewhere or any(edit.joins for edit in edits):
        return Verdict.SPLICED
    if collation.share < PARAPHRASED:
        return Verdict.PARAPHRASE
    if SENSE & ({w.form for w in dropped} ^ {w.form for w in added}):
        return Verdict.SENSE
    return Verdict.ALTERED


def _numbers(words: Sequence[Word]) -> set[str]:
    return {word.form for word in words if word.number}


def reason_of(collation: Collation, verdict: Verdict, speaker: str | None) -> str:
    """One sentence for an editor: what the record has, where `speaker` says it."""
    match verdict:
        case Verdict.VERBATIM:
            return "the record has the same words"
        case Verdict.TRIMMED:
            return "the record has the same words and more"
        case Verdict.WRONG_SPEAKER:
            return f"in the record these are the words of {speaker}"
        case Verdict.SPLICED:
            return "the record has these words in two places"
        case Verdict.PARAPHRASE:
            return "the record says this in other words"
        case Verdict.NUMBER:
            return f"the record has another figure: {_changes(collation)}"
        case _:
            return f"the record has other words: {_changes(collation)}"


def _changes(collation: Collation) -> str:
    """What was dropped and what was added, in the record's and the draft's own words."""
    record, draft = collation.record.document, collation.quoted.document
    if not collation.edits:
        return f"“{_shown(record, collation.left_out)}” is left out"
    parts = []
    for edit in collation.edits:
        old, new = _shown(record, edit.dropped), _shown(draft, edit.added)
        if old and new:
            parts.append(f"“{old}” where the draft has “{new}”")
        else:
            parts.append(f"“{old}” is left out" if old else f"“{new}” isn't in it")
    return ", ".join(parts)


def _shown(document: Document, words: Sequence[Word]) -> str:
    return " ".join(document.text[words[0].span.start : words[-1].span.end].split()) if words else ""
