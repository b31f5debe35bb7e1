"""The proposition of a claim: a sentence of its own, in the positive, without frame, hedge or negation.

"denied any part in the attacks" becomes "Iran had a part in the attacks.", "accused the United States
of having ordered a strike" becomes "The United States had ordered a strike."

A content is worded by the first of the PATTERNS that knows it. They run from the idioms to what any content
is: a clause, or a noun phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.attribution.phrases import root_of
from verify.attribution.stance import rules_it_out
from verify.proposition.accuse import with_accused
from verify.proposition.affirm import plain, positive
from verify.proposition.answers import what_is_called, what_is_wanted, without_scorn, without_verdict
from verify.proposition.contents import noun_content
from verify.proposition.event import with_event
from verify.proposition.held import for_client, held
from verify.proposition.patterns import PATTERNS, Said
from verify.proposition.words import UNSAID, Wording
from verify.types import Source, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["UNSAID", "Wording", "for_client", "held", "plain", "positive", "proposition_of", "what_is_wanted"]

SUBJECT_OPENS = frozenset({"PRP", "PRP$", "EX", "NNP", "NNPS"})
"""Tags of a word before which "that" joins a clause, whatever the parser takes it for."""

OPEN = frozenset({Stance.DECLINES, Stance.DOUBTS})
"""Stances that leave a question open: "(declined to say) whether P"."""


def proposition_of(cue: Sequence[Token], content: Sequence[Token], source: Source, stance: Stance) -> Wording:
    """Word the proposition of a content (not empty) for a source and its stance."""
    lemmas = frozenset(t.lemma_.lower() for t in cue)
    if rules_it_out(cue):
        content = [t for t in content if t.lower_ != "out"] or content
        lemmas -= {"rule"}  # which otherwise judges
    content = with_accused(cue, without_scorn(cue, what_is_called(content)))
    if stance is Stance.DENIES and "as" in {t.lower_ for t in (*cue, content[0])}:
        content = without_verdict(content)
    if stance in OPEN and content[0].lower_ == "whether" and content[0].head == root_of(content):
        content = content[1:] or content
    if len(content) > 2 and content[0].lower_ == "that" and content[1].tag_ in SUBJECT_OPENS:
        content = content[1:]
    said = Said(cue, content, source, stance, lemmas, root_of(content))
    worded = (wording for pattern in PATTERNS if (wording := pattern(said)) is not None)
    found = next(worded, None) or noun_content(content, source, denied=said.denied)
    return replace(found, text=with_event(found.text, content[0]))
