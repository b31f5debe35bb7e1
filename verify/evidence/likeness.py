"""Whether a quotation was made of a sentence of the record, or is another sentence on the same matter."""

from __future__ import annotations

import math
from dataclasses import dataclass

from verify.evidence.collation import Collation
from verify.evidence.function_words import COMMON

LEAST_WORDS = 4
"""Words below which a quotation that isn't found is no news: any two people share three words."""

SHORT = 4
"""Words up to which a quotation is a fragment, that another sentence may have by chance."""

HALF = 0.5
"""Share of a quotation's words, and of its content words, that are the record's at the least."""

MANY = 0.66
"""Share of its words, whatever they are, of which the record has many."""

MANY_NEAR = 0.6
"""The same where the two sentences mean much the same."""

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


def likeness_of(collation: Collation) -> Likeness:
    """What a quotation and the record beside it have in common."""
    alignment = collation.alignment
    same = collation.in_place | collation.elsewhere
    forms = collation.quoted.wording.forms
    content = {i for i, form in enumerate(forms) if form not in COMMON}
    run = longest = 0
    for i, j in alignment.pairs:
        run = run + 1 if j is not None and i in collation.in_place else 0
        longest = max(longest, run)
    kept = {i for i in same if i in content or {i - 1, i + 1} & same} or same
    astray = max(sum(i < min(kept) for i in content), sum(i > max(kept) for i in content))
    return Likeness(
        words=len(forms),
        same=len(same),
        in_place=len(collation.in_place),
        content=len(content),
        same_content=len(same & content),
        astray=astray,
        run=longest,
        stretch=alignment.last - alignment.first + 1,
    )
