"""What stories on the same event tell differently, once time has decided.

A later story that has another figure brings the news up to date, and contradicts nobody. Two that are of the
same day, or undated, clash. And a story that repeats what another has corrected before it is out of date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from verify.attribution.registry import Registry
from verify.batch.differences import Difference, Side, StoryFacts, differences, story_facts
from verify.batch.events import same_event
from verify.language.values import Agreement, compare
from verify.models.protocols import Encoder, Entailment
from verify.types import Checked, Kind, RelationType

KEPT = 64
"""Stories that are kept in memory with their claims, out of all that are on one event."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two stories that tell it differently; where `relation` is UPDATE, `a` is out of date by what `b` has.

    `score` is in 0..1; `reasons` are parts of a sentence for an editor, one with a's words first, and one
    with b's.
    """

    a: Side
    b: Side
    relation: RelationType
    kind: Kind
    score: float
    reasons: tuple[str, str]


def find_clashes(
    stories: Callable[[int], Checked | None],
    count: int,
    registry: Registry,
    *,
    encoder: Encoder,
    entailment: Entailment,
) -> tuple[Clash, ...]:
    """The clashes between the `count` stories, in their order.

    `stories` gives the one of a number from 0, None where it couldn't be checked. Work grows with the number
    of pairs of stories on the same event, and memory with the number of stories only by a row of floats.
    """

    @lru_cache(KEPT)
    def facts(number: int) -> StoryFacts:
        checked = stories(number)
        if checked is None:
            raise LookupError(number)
        return story_facts(number, checked, registry, encoder)

    def told() -> Iterator[tuple[int, Checked]]:
        for number in range(count):
            checked = stories(number)
            if checked is not None and checked.claims:
                yield number, checked

    dates: dict[int, date | None] = {}
    found: list[Difference] = []
    for i, j in same_event(told(), encoder):
        a, b = facts(i), facts(j)
        dates |= {i: a.checked.document.published, j: b.checked.document.published}
        found.extend(differences(a, b, entailment))
    return _told_once(_decided(found, dates))


def _told_once(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """One clash, the surest, for a sentence with another story; but each for each figure in it."""
    best: dict[object, Clash] = {}
    for clash in clashes:
        figures = clash.reasons if clash.kind is Kind.NUMBER else None
        key = (clash.a.story, clash.a.claim.sentence, clash.b.story, clash.relation, figures)
        if key not in best or best[key].score < clash.score:
            best[key] = clash
    return tuple(best.values())


def _decided(found: Sequence[Difference], dates: Mapping[int, date | None]) -> Iterator[Clash]:
    """What time makes of the differences found."""
    updates: defaultdict[int, list[Difference]] = defaultdict(list)
    for difference in found:
        earlier = _earlier_first(difference, dates)
        if earlier is not None:
            updates[earlier.b.story].append(earlier)
    for difference in found:
        ordered = _earlier_first(difference, dates)
        if difference.overtaken is not None:
            stale = difference if difference.overtaken == difference.a.story else difference.turned()
            if ordered is None or ordered.b.story == stale.a.story:
                yield _clash(stale, RelationType.UPDATE)
        elif ordered is None:
            yield _clash(difference, RelationType.CONTRADICTS)
        elif any(_is_repeated(update, ordered) for update in updates[ordered.a.story]):
            yield _clash(ordered.turned(), RelationType.UPDATE)


def _earlier_first(difference: Difference, dates: Mapping[int, date | None]) -> Difference | None:
    """The difference with the earlier story as a; None where it isn't known which that is."""
    first, second = dates[difference.a.story], dates[difference.b.story]
    if first is None or second is None or first == second:
        return None
    return difference if first < second else difference.turned()


def _is_repeated(update: Difference, later: Difference) -> bool:
    """Whether the later story has the figure that the earlier one had brought up to date."""
    if update.figures is None or later.figures is None:
        return False
    (old, new), (known, repeated) = update.figures, later.figures
    return compare(old, repeated) is Agreement.SAME and compare(new, known) is Agreement.SAME


def _clash(difference: Difference, relation: RelationType) -> Clash:
    return Clash(difference.a, difference.b, relation, difference.kind, difference.score, difference.reasons)
