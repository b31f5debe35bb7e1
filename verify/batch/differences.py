"""Where the claims of two stories on one event can't both be right at one time.

They are compared as those of one story are (`verify.relate`), but for this: two stories often say one thing
in the same words, and a sentence that both have sets them apart in nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from verify.attribution.registry import Registry
from verify.language.values import DESIGNATION, Agreement, Value, ValueKind, compare
from verify.models.protocols import Encoder, Entailment, Matrix
from verify.relate import Seen, pair_features, see
from verify.relate.candidates import SILENT, one_party
from verify.relate.features import EARLIER, NAMES, Facts, share
from verify.relate.reasons import figures_differ, reason_of
from verify.relate.scorer import LABELS, load_scorer
from verify.relate.slots import FIGURE_SLOTS, compare_dates, compare_figures, figure_slot, kind_of
from verify.rules.run import normalised
from verify.types import Checked, Claim, Kind, RelationType, Role, Stance

NEAR = 0.6
"""Cosine of two propositions of different stories from which they are compared."""

ALIKE = 0.5
"""Share of words in common from which two figures of one slot, in different stories, count the same thing."""

VERY_ALIKE = 0.7
"""The same where the words next to the figures don't tell plainly what they count."""

SURE = 0.6
"""Probability of a contradiction from which two stories are said to clash in more than a figure."""

ALMOST_THE_SAME = 0.75
"""Cosine of two propositions from which the entailment model alone may find them to contradict each other."""

BOTH_WAYS, SUPPORT, COSINE, BOTH_DENY, DATES_DIFFER, FIGURES_DIFFER = (
    NAMES.index(name)
    for name in ("contradiction_both", "support", "cosine", "both_deny", "dates_differ", "figures_differ")
)

OLD = re.compile(r"\b(?:from|not|than|earlier|initial|previous|first)(?: an?| the| \w+ of)? $", re.IGNORECASE)
"""What stands before a figure that is named as one that doesn't hold."""

FIGURES = 0.9
"""How sure a clash of two figures is that count the same thing on the same event: a matter of counting."""

APART = 9
"""Sentences that two claims of different stories count as apart; the scorer knows single stories alone."""

CORRECTS = re.compile(
    r"\b(?:correct(?:ed|ion|ions|s)|retract(?:ed|ion|s)?|withdr[ae]wn?|earlier version|wrongly|mistakenly"
    r"|in error|revised)\b",
    re.IGNORECASE,
)
"""What tells that something said before no longer holds."""

EARLIER_VERSION = re.compile(r"\b(?:earlier|previous|first) (?:version|edition|report)", re.IGNORECASE)
"""What tells that what follows was said before, and is withdrawn."""


@dataclass(frozen=True, slots=True)
class Side:
    """A claim of a story, by the story's number in the batch."""

    story: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What is worked out once for each story before stories are compared.

    `seen` are its claims as they are compared, `sentences` its sentences' words, by which one is known again.
    """

    number: int
    checked: Checked
    seen: Seen
    sentences: frozenset[str]

    def around(self, claim: Claim) -> str:
        """The whole sentence that `claim` stands in."""
        span = self.checked.sentences[int(claim.sentence[1:])].span
        return self.checked.document.text[span.start : span.end]

    def has(self, sentence: str) -> bool:
        """Whether a sentence of another story stands in this one too."""
        return normalised(sentence) in self.sentences


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim of each of two stories that can't both be right at one time.

    `figures` are the two that differ, if it is figures that do. `overtaken` is the story of the two whose
    claim the other one tells of as an earlier one, or corrects. `reasons` are parts of a sentence for an
    editor, one with a's words first, and one with b's.
    """

    a: Side
    b: Side
    kind: Kind
    score: float
    reasons: tuple[str, str]
    figures: tuple[Value, Value] | None
    overtaken: int | None

    def turned(self) -> Difference:
        """The same with its sides exchanged."""
        figures = (self.figures[1], self.figures[0]) if self.figures is not None else None
        return replace(self, a=self.b, b=self.a, reasons=self.reasons[::-1], figures=figures)


def story_facts(number: int, checked: Checked, registry: Registry, encoder: Encoder) -> StoryFacts:
    """The facts of a story, which is of this number in its batch."""
    text = checked.document.text
    sentences = frozenset(normalised(text[s.span.start : s.span.end]) for s in checked.sentences)
    return StoryFacts(number, checked, see(checked.claims, checked.document, registry, encoder), sentences)


def differences(a: StoryFacts, b: StoryFacts, entailment: Entailment) -> list[Difference]:
    """The differences of two stories: one for each two figures, and for each two sentences.

    Where one of the stories corrects the other in something, it does so in all that isn't a figure.
    """
    near = np.argwhere(a.seen.vectors @ b.seen.vectors.T >= NEAR)
    pairs = [
        (i, j) for i, j in near.tolist() if _comparable(a, b, a.seen.facts[i].claim, b.seen.facts[j].claim)
    ]
    # What a headline says, the story says with its source.
    pairs.sort(key=lambda p: Role.HEADLINE in {a.seen.facts[p[0]].claim.role, b.seen.facts[p[1]].claim.role})
    by_figures: dict[object, Difference] = {}
    rest = []
    for i, j in pairs:
        figures = _figures(a.seen.facts[i], b.seen.facts[j])
        if figures is None:
            rest.append((i, j))
            continue
        difference = _by_figures(a, b, i, j, figures)
        if difference is not None:
            by_figures.setdefault(tuple((v.low, v.high, v.unit) for v in figures), difference)
    found = [*by_figures.values(), *_by_words(a, b, rest, entailment)]
    overtaken = {d.overtaken for d in found} - {None}
    if len(overtaken) == 1:
        found = [d if d.figures is not None else replace(d, overtaken=next(iter(overtaken))) for d in found]
    return found


def _comparable(a: StoryFacts, b: StoryFacts, one: Claim, other: Claim) -> bool:
    """Whether two claims can clash: neither is silent, a headline that says who says so, or in both stories.

    A story that has the other's sentence has both sides itself. And what one says of Reactor 2 the other
    doesn't say of Reactor 3.
    """
    if one.stance in SILENT or other.stance in SILENT:
        return False
    if any(c.role is Role.HEADLINE and c.source is not None for c in (one, other)):
        return False
    if _of_a_row(one.proposition, other.proposition):
        return False
    return not (b.has(a.around(one)) or a.has(b.around(other)))


def _of_a_row(one: str, other: str) -> bool:
    """Whether two propositions speak of different things of one row, such as Reactor 2 and Reactor 3."""
    a, b = _designations(one), _designations(other)
    return any(a[noun].isdisjoint(b[noun]) for noun in a.keys() & b.keys())


def _designations(text: str) -> Mapping[str, set[str]]:
    """By a noun that things of a row are called by, their numbers."""
    found: dict[str, set[str]] = {}
    for match in DESIGNATION.finditer(text):
        noun, number = match[0].lower().split(maxsplit=1)
        found.setdefault(noun, set()).add(number)
    return found


def _is_told(a: StoryFacts, b: StoryFacts, one: Claim, other: Claim) -> bool:
    """Whether one of the stories has both sides itself."""
    return _tells_of(a, one, other.party) or _tells_of(b, other, one.party)


def _tells_of(story: StoryFacts, claim: Claim, party: str) -> bool:
    """Whether the story itself has another claim that contradicts `claim`, by `party`."""
    parties = {c.id: c.party for c in story.checked.claims}
    return any(
        claim.id in {r.a, r.b} and one_party(parties[r.b if r.a == claim.id else r.a], party)
        for r in story.checked.relations
        if r.relation is RelationType.CONTRADICTS
    )


def _figures(a: Facts, b: Facts) -> tuple[Value, Value] | None:
    """The figures of two propositions that count the same thing and differ, though not in their dates."""
    if not (a.claim.stance is b.claim.stance is Stance.ASSERTS) or share(a.words, b.words) < ALIKE:
        return None
    clash = compare_figures(a.text, _current(a), b.text, _current(b)).clash
    if clash is None:
        return None
    plain = clash[0].kind is not ValueKind.COUNT or figure_slot(a.text, clash[0]) in FIGURE_SLOTS
    if not plain and share(a.words, b.words) < VERY_ALIKE:
        return None
    return None if compare_dates(a.values, b.values) is Agreement.DIFFERENT else clash


def _current(facts: Facts) -> list[Value]:
    """The figures that a proposition gives as those that hold now: not "12" in "from 12 to 15"."""
    current = [v for v in facts.values if not OLD.search(facts.text[: v.start])]
    return current or list(facts.values)


def _by_figures(
    a: StoryFacts, b: StoryFacts, i: int, j: int, figures: tuple[Value, Value]
) -> Difference | None:
    """The difference of two claims by figures that neither story has in common with the other.

    A story that has the other's figure as an earlier one has overtaken it; one that has both as they are
    tells of what differs itself.
    """
    one, other = a.seen.facts[i], b.seen.facts[j]
    in_a = list(_mentions(a, figure_slot(one.text, figures[0]), figures[1]))
    in_b = list(_mentions(b, figure_slot(other.text, figures[1]), figures[0]))
    overtaken = None
    if any(_outdates(a.around(f.claim)) for f in in_a):
        overtaken = b.number
    elif any(_outdates(b.around(f.claim)) for f in in_b):
        overtaken = a.number
    elif in_a or in_b:
        return None
    return Difference(
        a=Side(a.number, one.claim),
        b=Side(b.number, other.claim),
        kind=Kind.NUMBER,
        score=FIGURES,
        reasons=(
            figures_differ(one, figures[0], other, figures[1]),
            figures_differ(other, figures[1], one, figures[0]),
        ),
        figures=figures,
        overtaken=overtaken,
    )


def _mentions(story: StoryFacts, slot: str, value: Value) -> Iterator[Facts]:
    """The claims of a story that have this figure for this slot."""
    for facts in story.seen.facts:
        if any(
            figure_slot(facts.text, own) == slot
            and compare(own, value) in {Agreement.SAME, Agreement.COMPATIBLE}
            for own in facts.values
            if own.kind is value.kind
        ):
            yield facts


def _outdates(sentence: str) -> bool:
    """Whether a sentence tells that a figure in it is an earlier one."""
    return bool(EARLIER.search(sentence) or CORRECTS.search(sentence))


def _by_words(
    a: StoryFacts, b: StoryFacts, pairs: Sequence[tuple[int, int]], entailment: Entailment
) -> Iterator[Difference]:
    """The differences that the entailment model and the scorer see, the surest one for each two sentences."""
    left = replace(a.seen, facts=[replace(f, sentence=0) for f in a.seen.facts])
    right = replace(b.seen, facts=[replace(f, sentence=APART) for f in b.seen.facts])
    features = pair_features(left, right, pairs, entailment)
    best: dict[tuple[str, str], Difference] = {}
    for (i, j), row, score in zip(pairs, features, _contradicting(features), strict=True):
        one, other = a.seen.facts[i], b.seen.facts[j]
        retold = _retold(a, b, one.claim, other.claim) if row[SUPPORT] >= SURE else None
        key = (one.claim.sentence, other.claim.sentence)
        if retold is None and (score < SURE or _is_told(a, b, one.claim, other.claim)):
            continue
        if key not in best or best[key].score < score:
            told = RelationType.CONTRADICTS if retold is None else RelationType.SUPPORTS
            best[key] = Difference(
                a=Side(a.number, one.claim),
                b=Side(b.number, other.claim),
                kind=kind_of(one.text, other.text, (Role.PARAGRAPH,), figures=False, dates=False),
                score=round(float(score if retold is None else row[SUPPORT]), 3),
                reasons=(
                    reason_of(one, other, told, figures=None),
                    reason_of(other, one, told, figures=None),
                ),
                figures=None,
                overtaken=retold if retold is not None else _overtaken(a, b, one.claim, other.claim),
            )
    yield from best.values()


def _contradicting(features: Matrix) -> Matrix:
    """How sure it is that the pairs contradict each other, shape (len(features),).

    The scorer was fitted on single stories, which seldom say one thing twice. Of two stories that say the
    same in nearly the same words but for one, the entailment model is the better judge.
    """
    scored = load_scorer().probabilities(features)[:, LABELS.index("contradicts")]
    plain = features[:, BOTH_WAYS] * (features[:, COSINE] >= ALMOST_THE_SAME)
    either_denies = np.maximum(scored, plain) * (features[:, BOTH_DENY] == 0)
    fitting: Matrix = either_denies * (features[:, DATES_DIFFER] == 0) * (features[:, FIGURES_DIFFER] == 0)
    return fitting


def _retold(a: StoryFacts, b: StoryFacts, one: Claim, other: Claim) -> int | None:
    """The story of the two whose claim the other has as one that an earlier version had."""
    wrong = (bool(EARLIER_VERSION.search(a.around(one))), bool(EARLIER_VERSION.search(b.around(other))))
    return {(True, False): b.number, (False, True): a.number}.get(wrong)


def _overtaken(a: StoryFacts, b: StoryFacts, one: Claim, other: Claim) -> int | None:
    """The story of the two whose claim the other's corrects, if one does."""
    corrects = (bool(CORRECTS.search(a.around(one))), bool(CORRECTS.search(b.around(other))))
    return {(True, False): b.number, (False, True): a.number}.get(corrects)
