"""How well the comparison does on labelled stories: claims, conflicts, support, traps, and findings by rule.

The measures are those of `seeds/stories/score.py`, number by number, without evidence from an archive; and
the precision of each rule's findings, where the labels tell. `systems.py` holds what they are taken of.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import reduce

from verify.evaluate.gold import GoldClaim, Story
from verify.evaluate.measures import Count, Share, added, characters, in_common, one_content
from verify.types import OUTLET, Claim, Finding, Relation, RelationType, Stance

ALIKE = 0.5
"""Share of all characters that a labelled claim and one that matches it have in common."""

OFFICES = frozenset(
    """the a an of mr mrs ms president minister prime spokesman spokesperson spokeswoman russian ukrainian
    american chief official officials government""".split()
)
"""Words that two names of one source may differ in; those of the scorer."""

NEGATIVE = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.DECLINES})
CONFLICT_RULES = ("source-conflict", "number-conflict", "date-conflict", "headline-conflict")
SENTENCE_RULES = {"unattributed-claim": "needs_source", "anonymous-source": "anonymous"}
"""Rules whose findings are labelled by sentence, with the name of the label."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says of a story, and how many pairs it gave to the entailment model for it.

    A system that only compares yields no findings.
    """

    claims: Sequence[Claim]
    relations: Sequence[Relation]
    pairs: int
    findings: Sequence[Finding] = ()


System = Callable[[Story], Answer]


@dataclass(frozen=True, slots=True)
class Scores:
    """A system's showing; adds up over stories.

    `accuracies` are over the claims that match labelled ones. `traps` are the pairs of each kind that were
    taken for conflicts. `rules` are the findings that a label bears out, by rule; `unlabelled` counts the
    findings of rules that the labels say nothing about.
    """

    counts: Mapping[str, Count] = field(default_factory=dict)
    accuracies: Mapping[str, Share] = field(default_factory=dict)
    traps: Mapping[str, Share] = field(default_factory=dict)
    rules: Mapping[str, Share] = field(default_factory=dict)
    pairs: int = 0
    unlabelled: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Scores) -> Scores:
        """The scores of both together."""
        return Scores(
            added(self.counts, other.counts, Count()),
            added(self.accuracies, other.accuracies, Share()),
            added(self.traps, other.traps, Share()),
            added(self.rules, other.rules, Share()),
            self.pairs + other.pairs,
            added(self.unlabelled, other.unlabelled, 0),
        )


def evaluate(stories: Iterable[Story], system: System) -> Scores:
    """The sum of the scores of `system` over `stories`."""
    return reduce(Scores.__add__, (score(story, system(story)) for story in stories), Scores())


Pair = frozenset[int]
"""The sentences of two claims; one where both stand in the same."""


def score(story: Story, answer: Answer) -> Scores:
    """Score what a system says of one story."""
    placed = {c.id: sentence_of_claim(story, c) for c in answer.claims}
    labelled = {g.id: g for g in story.claims}
    matched = match(story, answer.claims)
    conflicts = labelled_pairs(story, RelationType.CONTRADICTS).keys()
    supports = labelled_pairs(story, RelationType.SUPPORTS).keys()
    contradicting = pairs_of(answer, placed, RelationType.CONTRADICTS)
    counts = _claim_counts(story, answer.claims, matched) | {
        "conflict": in_common(contradicting, conflicts),
        "conflict.sources": _by_sources(story, answer),
        "support": in_common(pairs_of(answer, placed, RelationType.SUPPORTS), supports),
    }
    traps: defaultdict[str, Share] = defaultdict(Share)
    for a, b, trap in story.traps:
        pair = frozenset((labelled[a].sentence, labelled[b].sentence))
        if pair not in conflicts:
            for kind in ("all", trap):
                traps[kind] += Share(pair in contradicting, 1)
    wanted = {
        label: {labelled[id_].sentence for id_ in ids}
        for label, ids in (("needs_source", story.needs_source), ("anonymous", story.anonymous))
    }
    for rule, label in SENTENCE_RULES.items():
        spans = [span for f in answer.findings if f.rule == rule for span in f.spans]
        counts[label] = in_common(
            {n for s in spans if (n := sentence_of(story, *s)) is not None}, wanted[label]
        )
    rules, unlabelled = _by_rule(story, answer, placed, conflicts, wanted)
    return Scores(counts, _accuracies(matched), dict(traps), rules, answer.pairs, unlabelled)


def match(story: Story, claims: Sequence[Claim]) -> list[tuple[GoldClaim, Claim]]:
    """Each labelled claim of a source with the claim that matches it, if there is one.

    They stand in one sentence and share half of all their characters, or four fifths of the shorter; of
    several, the first whose source is right.
    """
    free = {c.id: c for c in claims if c.source is not None}
    placed = {id_: sentence_of_claim(story, c) for id_, c in free.items()}
    pairs = []
    for gold in story.claims:
        if gold.source is None:
            continue
        content = characters(gold.content)
        beside = [c for c in free.values() if placed[c.id] == gold.sentence]
        fitting = [c for c in beside if one_content(characters(c.content), content, ALIKE)]
        if fitting:
            best = min(fitting, key=lambda c: not is_source(gold, c))
            pairs.append((gold, best))
            del free[best.id]
    return pairs


def is_source(gold: GoldClaim, claim: Claim) -> bool:
    """Whether the source of `claim` is that of the labelled claim, by name or as it is called there."""
    name = claim.source.name if claim.source is not None else ""
    return same_name(name, gold.source) or same_name(name, gold.source_text)


def pairs_of(answer: Answer, placed: Mapping[str, int | None], relation: RelationType) -> set[Pair]:
    """The sentences of each two claims that stand in `relation`."""
    return {
        frozenset((a, b))
        for r in answer.relations
        if r.relation is relation
        and (a := placed.get(r.a)) is not None
        and (b := placed.get(r.b)) is not None
    }


def labelled_pairs(story: Story, relation: RelationType) -> dict[Pair, tuple[GoldClaim, GoldClaim]]:
    """The labelled claims that stand in `relation`, conflict or support, by their sentences."""
    gold = {g.id: g for g in story.claims}
    ids = story.conflicts if relation is RelationType.CONTRADICTS else story.supports
    return {frozenset((gold[a].sentence, gold[b].sentence)): (gold[a], gold[b]) for a, b in ids}


def sentence_of_claim(story: Story, claim: Claim) -> int | None:
    """The number of the sentence that holds most of what is claimed."""
    spans = claim.content or (claim.span,)
    return sentence_of(story, min(s.start for s in spans), max(s.end for s in spans))


def sentence_of(story: Story, start: int, end: int) -> int | None:
    """The number of the sentence that shares most characters with a range of the text."""
    shared = [min(end, s.end) - max(start, s.start) for s in story.sentences]
    best = max(range(len(shared)), key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] > 0 else None


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are of one source: the words of one, without offices, are among the other's."""
    if not one or not other:
        return False
    a, b = set(_plain(one)), set(_plain(other))
    return a <= b or b <= a


def _plain(name: str) -> list[str]:
    everything = re.sub(r"[^\w ]", " ", name.lower()).split()
    return [word for word in everything if word not in OFFICES] or everything


def _claim_counts(
    story: Story, claims: Sequence[Claim], matched: Sequence[tuple[GoldClaim, Claim]]
) -> dict[str, Count]:
    given = sum(c.source is not None for c in claims)
    wanted = sum(g.source is not None for g in story.claims)
    sourced = sum(is_source(gold, claim) for gold, claim in matched)
    return {"claim": Count(len(matched), given, wanted), "claim+source": Count(sourced, given, wanted)}


def _accuracies(matched: Sequence[tuple[GoldClaim, Claim]]) -> dict[str, Share]:
    right = [(gold.stance, gold.stance is claim.stance) for gold, claim in matched]
    denials = [ok for stance, ok in right if stance in NEGATIVE]
    return {
        "source": Share(sum(is_source(*pair) for pair in matched), len(matched)),
        "stance": Share(sum(ok for _, ok in right), len(right)),
        "stance.denial": Share(sum(denials), len(denials)),
    }


def _by_sources(story: Story, answer: Answer) -> Count:
    """Conflicts as pairs of names; a found name stands for the labelled one that it agrees with."""
    claims = {c.id: c for c in answer.claims}
    gold = {g.id: " ".join(_plain(g.source or OUTLET)) for g in story.claims}
    known = sorted(set(gold.values()))

    def name(id_: str) -> str:
        source = claims[id_].source
        own = " ".join(_plain(source.name)) if source is not None else OUTLET
        return next((other for other in known if same_name(other, own)), own)

    clashing = [r for r in answer.relations if r.relation is RelationType.CONTRADICTS]
    found = {frozenset((name(r.a), name(r.b))) for r in clashing}
    return in_common(found, {frozenset((gold[a], gold[b])) for a, b in story.conflicts})


def _by_rule(
    story: Story,
    answer: Answer,
    placed: Mapping[str, int | None],
    conflicts: Set[Pair],
    wanted: Mapping[str, set[int]],
) -> tuple[dict[str, Share], dict[str, int]]:
    """By rule, the findings that the labels bear out, and the number of those on which they are silent.

    A conflict is borne out by a labelled one between its two sentences, whatever its kind.
    """
    rules: defaultdict[str, Share] = defaultdict(Share)
    unlabelled: defaultdict[str, int] = defaultdict(int)
    for finding in answer.findings:
        if finding.rule in CONFLICT_RULES:
            pair = frozenset(placed[id_] for id_ in finding.claims[:2])
            rules[finding.rule] += Share(pair in conflicts, 1)
        elif finding.rule in SENTENCE_RULES:
            sentences = {sentence_of(story, *span) for span in finding.spans}
            rules[finding.rule] += Share(bool(sentences & wanted[SENTENCE_RULES[finding.rule]]), 1)
        else:
            unlabelled[finding.rule] += 1
    return dict(rules), dict(unlabelled)


def to_json(results: Mapping[str, Scores], models: Mapping[str, str], stories: int) -> str:
    """The results as the JSON that is kept under benchmarks/results; shares in percent."""
    systems = {name: _rows(scores) for name, scores in results.items()}
    return json.dumps({"stories": stories, "models": dict(models), "systems": systems}, indent=1) + "\n"


def _rows(scores: Scores) -> dict[str, object]:
    return {
        **{name: _prf(count) for name, count in scores.counts.items()},
        **{name: {"accuracy": _percent(s.rate), "n": s.whole} for name, s in scores.accuracies.items()},
        "trap": {name: {"rate": _percent(s.rate), "n": s.whole} for name, s in sorted(scores.traps.items())},
        "rules": {
            name: {"precision": _percent(s.rate), "right": s.part, "n": s.whole}
            for name, s in sorted(scores.rules.items())
        },
        "unlabelled": dict(sorted(scores.unlabelled.items())),
        "pairs": scores.pairs,
    }


def _prf(count: Count) -> dict[str, float]:
    return {
        "P": _percent(count.precision),
        "R": _percent(count.recall),
        "F1": _percent(count.f1),
        "gold": count.wanted,
        "pred": count.given,
    }


def _percent(share: float) -> float:
    return round(100 * share, 1)


def to_text(results: Mapping[str, Scores], models: Mapping[str, str], stories: int) -> str:
    """The results as tables: the first in full, the others beside it by conflict, support and traps."""
    lines = [f"{stories} stories; " + ", ".join(f"{role} {name}" for role, name in models.items())]
    for name, scores in list(results.items())[:1]:
        lines += ["", *_full(name, scores)]
    if len(results) > 1:
        lines += ["", *_side_by_side(results)]
    return "\n".join(lines) + "\n"


def _full(name: str, scores: Scores) -> list[str]:
    lines = [f"{name:<24}{'P':>7}{'R':>7}{'F1':>7}{'wanted':>8}{'given':>8}"]
    for measure, count in scores.counts.items():
        shares = "".join(f"{100 * x:>7.1f}" for x in (count.precision, count.recall, count.f1))
        lines.append(f"{measure:<24}{shares}{count.wanted:>8}{count.given:>8}")
    shares_of = (
        ("right, of matched claims", scores.accuracies),
        ("traps taken for conflicts", scores.traps),
        ("findings borne out", scores.rules),
    )
    for heading, table in shares_of:
        if table:
            lines += ["", f"{heading:<38}{'of':>8}"]
            lines += [f"{name:<24}{100 * s.rate:>14.1f}{s.whole:>8}" for name, s in sorted(table.items())]
    if scores.unlabelled:
        told = ", ".join(f"{name} {n}" for name, n in sorted(scores.unlabelled.items()))
        lines += ["", f"findings without labels to hold them against: {told}"]
    return lines


def _side_by_side(results: Mapping[str, Scores]) -> list[str]:
    heading = "".join(
        f"{word:>7}" for word in ("P", "R", "F1", "by src", "supp P", "supp F", "trap", "pairs")
    )
    lines = [f"{'conflict':<24}{heading}"]
    for name, scores in results.items():
        conflict, support = scores.counts["conflict"], scores.counts["support"]
        row = (
            conflict.precision,
            conflict.recall,
            conflict.f1,
            scores.counts["conflict.sources"].f1,
            support.precision,
            support.f1,
            scores.traps.get("all", Share()).rate,
        )
        lines.append(f"{name:<24}" + "".join(f"{100 * x:>7.1f}" for x in row) + f"{scores.pairs:>7}")
    return lines
