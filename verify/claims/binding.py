"""What a claim leaves to those before it: the one that it answers, and what a bare figure counts.

"Denied it" and "that account" get the proposition of the claim that they answer, "spoke of 39" what was
counted right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from verify.attribution.lexicon import ACCUSES, BLAME, CLAIM_NOUN, EVENTS, JUDGE, MOVE, PEJORATIVE
from verify.attribution.registry import Registry
from verify.proposition import UNSAID, Wording
from verify.proposition.figures import bare_figure, with_figure
from verify.types import Claim, Role, Stance

if TYPE_CHECKING:
    from verify.language.parse import Parsed

REACH = 6
"""Sentences back to which "denied it" or "that account" may refer."""

TIMES = frozenset({"DATE", "TIME"})

FIGURE_REACH = 2
"""Sentences back to which a bare figure may count the same as another."""

LEAST_FITNESS = 1.0
"""What a claim must reach to be taken for the one that another answers; chosen on the training stories."""

ACCOUNTS = r"(?:account|version|explanation|story)\b"

POINTED = re.compile(
    rf"(?:it was )?(?:that|this|so)\b(?! {ACCOUNTS})|an? \w+ of (?:it|this|that) (?:is|was)\b", re.IGNORECASE
)
"""How an answer to what was said right before begins: "that suggestion". An account takes longer to give."""

SUCH = re.compile(
    r"(?:there (?:is|are|was|were|had been) )?(?:such (?:an? )?(?P<such>\w+)"
    r"|an? (?P<kind>\w+) of (?:the|that|this) (?:kind|sort))\b",
    re.IGNORECASE,
)
"""How an answer begins that denies only that there was such a thing, and what it calls that."""

DEED = re.compile(
    r"\w+(?:ing|ment|ion)|act|call|contact|deal|event|incident|link|order|plan|request|step|threat|ties|visit",
    re.IGNORECASE,
)
"""What sums up what somebody was said to do, in other words: "no such meeting" of two who met."""

ACCOUNT = re.compile(rf"\b{ACCOUNTS}", re.IGNORECASE)
"""What somebody gives first of all: "the Korvex explanation" isn't the last thing that Korvex said."""

SEVERAL = re.compile(
    r"\b(?:these|those|reports|claims|allegations|accusations|charges|suggestions|figures|numbers)\b",
    re.IGNORECASE,
)
"""What tells that several claims are answered at once: then hardly a denial."""

CHARGE = re.compile(
    r"(?:the|these|those|all|any|both|such)(?: \w+)? (?:accusation|allegation|charge)s?\b",
    re.IGNORECASE,
)
"""How an answer begins to somebody who accuses; "that charge" is whatever was said right before."""

CRITICISM = re.compile(
    r"(?:the|that|this|these|those|all|any|both|such)(?: \w+)? criticisms?\b", re.IGNORECASE
)
"""The same to somebody who blames or judges: what only tells a fact is no criticism."""

SHRUGS = frozenset("brush laugh shrug wave".split())
"""Cues of who makes light of what is said; a thing or a deed stays what it was."""

THING = re.compile(r"There (?:was|were)\b")

EITHER = re.compile(r"either\b.*\bor\b", re.IGNORECASE)
"""A claim that leaves two things open, which nobody rejects as "the accusation"."""

JOINS_IN = frozenset({"also", "too", "likewise", "well"})

COUNTED = re.compile(r"\b(?:figures?|numbers?|toll|estimates?|count)\b", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
WORD = re.compile(r"[a-z]+")

ANSWERING = (
    CLAIM_NOUN | PEJORATIVE | {*"about called into made says said such them they were what which".split()}
)
"""Words by which an answer tells nothing of what it answers."""

SHORTEST = 4
"""Letters of a word that tells what a claim is about."""

STEM = 5
"""Letters by which two words are taken for forms of one: "cheated" and "cheating"."""


@dataclass(frozen=True, slots=True)
class Before:
    """The claims before one in the sentence at `index`, in the order of the text.

    `place` is the index of each sentence by its id.
    """

    claims: Sequence[Claim]
    place: Mapping[str, int]
    index: int

    def distance(self, claim: Claim) -> int:
        """How many sentences back `claim` stands."""
        return self.index - self.place[claim.sentence]

    def within(self, reach: int) -> Iterator[Claim]:
        """The claims that stand no farther back than `reach` sentences, the last first."""
        return takewhile(lambda claim: self.distance(claim) <= reach, reversed(self.claims))


def bind(claim: Claim, wording: Wording, before: Before, parsed: Parsed, registry: Registry) -> Claim:
    """Give "denied it" and "rejected that account" the proposition of the claim that they answer.

    That is the earlier one of another party that fits best: it names the answering party, accuses it,
    stands near. "The Russian account" is one of Russia's. Where none fits, the claim keeps its own words.
    """
    if wording.repeats:
        return _repeated(claim, before)
    if (thought := _said_so(claim, before)) is not None:
        return replace(claim, proposition=thought.proposition, stance=thought.stance)
    several = SEVERAL.search(claim.proposition) is not None
    own = registry.parties_in(claim.source.name) if claim.source is not None else frozenset()
    answered_parties = registry.parties_in(claim.proposition) - own - {claim.party}
    rivals = [
        (_fitness(claim, rival, wording, before.distance(rival), registry), -number, rival)
        for number, rival in enumerate(before.within(REACH))
        if rival.party != claim.party
        and (not answered_parties or rival.party in answered_parties)
        and rival.role is not Role.HEADLINE
        and not EITHER.match(rival.proposition)
        and rival.stance not in {Stance.DECLINES, Stance.DOUBTS}
        and not (several and rival.stance is Stance.DENIES)
        and _can_be_meant(claim, rival, parsed, registry)
    ]
    fitness, _, answered = max(rivals, key=_likelihood, default=(0.0, 0, claim))
    if fitness < LEAST_FITNESS:
        return replace(claim, proposition=wording.alone or claim.proposition)
    stance = claim.stance
    if answered.stance is Stance.DENIES and not (wording.elided or _joins_in(claim, parsed)):
        # To deny a denial is to assert; the proposition stays in the positive.
        stance = {Stance.DENIES: Stance.ASSERTS, Stance.ASSERTS: Stance.DENIES}.get(stance, stance)
    return replace(claim, proposition=answered.proposition, stance=stance)


def _said_so(claim: Claim, before: Before) -> Claim | None:
    """What the source thinks by the same sentence: "thought that P, and said so"; None for other claims."""
    if claim.proposition != "So.":
        return None
    own = (c for c in before.within(0) if c.source is not None and claim.source is not None)
    return next((c for c in own if c.party == claim.party), None)


def _can_be_meant(claim: Claim, rival: Claim, parsed: Parsed, registry: Registry) -> bool:
    """Whether `rival` is of the sort that `claim` answers: an accusation, a criticism, something said."""
    cue = {t.lemma_.lower() for t in parsed.words(rival.cue)}
    if SHRUGS & {t.lemma_.lower() for t in parsed.words(claim.cue)}:
        return rival.source is not None and THING.match(rival.proposition) is None
    if CRITICISM.match(claim.proposition):
        return bool(cue & (BLAME | JUDGE))
    if CHARGE.match(claim.proposition) and not _cites(claim.proposition, rival):
        accuses = bool(ACCUSES & set(WORD.findall(rival.proposition.lower())))
        return accuses or bool(cue & BLAME) or _names_party(claim, rival, registry)
    return True


def _names_party(claim: Claim, rival: Claim, registry: Registry) -> bool:
    """Whether `rival` speaks of who makes `claim`."""
    text = rival.proposition.lower()
    names = {claim.party.lower()} | ({claim.source.name.lower()} if claim.source else set())
    return any(name in text for name in names) or claim.party in registry.parties_in(rival.proposition)


def _repeated(claim: Claim, before: Before) -> Claim:
    """Tell "said the same" as what another party said last, or, if it names one, that one's."""
    spoken = (rival for rival in reversed(before.claims) if rival.stance is not Stance.DECLINES)
    others = [rival for rival in spoken if rival.party != claim.party]
    figures = COUNTED.search(claim.proposition) is not None
    told = [rival for rival in others if not figures or FIGURE.search(rival.proposition)]
    named = (rival for rival in told if _cites(claim.proposition, rival))
    said = next(named, told[0] if told else replace(claim, proposition=UNSAID))
    return replace(claim, proposition=said.proposition, stance=said.stance)


def counted(claim: Claim, before: Before, parsed: Parsed) -> Claim:
    """A claim of a bare figure ("spoke of 39") as one of what the figure right before it counts.

    Not where its sentence tells of another time ("in the morning"), or its cue of a change ("raised it").
    """
    figure = bare_figure(claim.proposition) if claim.source is not None else None
    if figure is None:
        return claim
    sentence = parsed.tokens(parsed.sentences[before.index].span)
    timed = any(t.ent_type_ in TIMES and not t.like_num for t in sentence)
    if timed or any(t.lemma_.lower() in MOVE for t in parsed.words(claim.cue)):
        return claim
    near = before.within(FIGURE_REACH)
    toll = claim.proposition.startswith("The toll")
    told = (with_figure(c.proposition, figure, toll=toll) for c in near if c.role is not Role.HEADLINE)
    return replace(claim, proposition=next((text for text in told if text), claim.proposition))


def _joins_in(claim: Claim, parsed: Parsed) -> bool:
    """Whether a denial is one more of what another has denied: "she also denied it", "denied it as well"."""
    cue = parsed.words(claim.cue)
    if not cue:
        return False
    around = {t.lower_ for t in cue[0].doc[max(cue[0].sent.start, cue[0].i - 2) : cue[0].sent.end]}
    denies = any(t.lemma_.lower() == "deny" for t in cue)
    return denies and bool(around & JOINS_IN)


def _likelihood(rival: tuple[float, int, Claim]) -> tuple[float, int]:
    """How rivals compare: what affirms is answered sooner than what denies, or than what was only said on."""
    fitness, nearness, claim = rival
    said_on = claim.source is not None and claim.cue is None
    return fitness - (claim.stance is Stance.DENIES) - 0.1 * said_on, nearness


def _fitness(claim: Claim, rival: Claim, wording: Wording, distance: int, registry: Registry) -> float:
    """How well `rival`, `distance` sentences back, fits as what `claim` answers."""
    text = rival.proposition.lower()
    named = _names_party(claim, rival, registry)
    cited = _cites(claim.proposition, rival)
    of_party = rival.party in registry.parties_in(claim.proposition)
    if (wording.needs_name and not named) or (wording.needs_citing and not (cited or of_party)):
        return 0.0
    of_figures = COUNTED.search(claim.proposition) is not None
    if of_figures and not any(c.isdigit() for c in text):
        return 0.0
    figures = set(FIGURE.findall(claim.proposition))
    if of_figures and figures and not figures & set(FIGURE.findall(text)):
        return 0.0
    accuses = bool(ACCUSES & set(WORD.findall(text)))
    such = _called_such(claim.proposition)
    points = wording.elided or POINTED.match(claim.proposition) is not None or _sums_up(such)
    if wording.elided and distance > 1:
        return 0.0
    if such and not (_names(such, rival) or (points and distance <= 1)):
        return 0.0
    pointed = distance <= 1 and points
    if claim.proposition == UNSAID and rival.stance is Stance.DENIES:
        pointed = False  # "nothing of the sort" is no answer to "nobody did"
    return (
        3.0 * named
        + 2.0 * cited
        + 1.5 * accuses
        + 1.5 * (rival.source is not None)
        + (5.0 * _names(such, rival) if such else 1.0 * _names_same(claim.proposition, rival))
        + 2.0 * of_figures
        + 4.0 * pointed
        + (0.1 * distance if of_party and ACCOUNT.search(claim.proposition) else -0.7 * max(distance - 1, 0))
    )


def _called_such(answer: str) -> str:
    """The raid of "such a raid took place"; "" for other answers."""
    such = SUCH.match(answer)
    noun = (such["such"] or such["kind"]).lower() if such else ""
    forms = {noun, noun.removesuffix("s"), f"{noun.removesuffix('ies')}y"}
    return "" if forms & ANSWERING else noun


def _sums_up(noun: str) -> bool:
    """Whether "such a noun" can be what was told of in other words."""
    return noun in EVENTS or DEED.fullmatch(noun) is not None


def _names(noun: str, rival: Claim) -> bool:
    """Whether the rival tells of what an answer calls "such a noun"."""
    return any(w[:STEM] == noun[:STEM] for w in WORD.findall(rival.proposition.lower()))


def _names_same(answer: str, rival: Claim) -> bool:
    """Whether an answer names something that the rival tells of: "called the drip a fairy tale"."""
    source = rival.source.name.lower() if rival.source is not None else ""
    named = {w[:STEM] for w in WORD.findall(answer.lower()) if w not in ANSWERING and w not in source}
    told = (w[:STEM] for w in WORD.findall(rival.proposition.lower()))
    return any(len(w) >= SHORTEST and w in named for w in told)


def _cites(answer: str, rival: Claim) -> bool:
    """Whether an answer such as "the Islamist group's claims" names whose claim it answers."""
    if rival.source is None:
        return False
    said = set(WORD.findall(answer.lower()))
    names = (*WORD.findall(rival.source.name.lower()), *WORD.findall(rival.party.lower()))
    return any(len(word) > 3 and any(w.startswith(word[:STEM]) for w in said) for word in names)
