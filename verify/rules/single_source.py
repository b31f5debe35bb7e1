"""A consequential claim rests on one party.

A death, a crime, a fraud or somebody's guilt: before it goes out, most desks want it from two sources
that don't draw on each other. Where the draft has only one, the editor decides whether that one can know.

Opinions, intentions and predictions can't be borne out by anybody else. Nobody needs a witness for what
they did themselves, and an admission is its own proof. What a court, a committee or an inquiry has found is
on the record. Counts of an earlier year, or since one, are statistics, and a second party's same count bears
one out whatever its words. Where another party contradicts the claim, `source-conflict` says so already.

With an archive, a claim that another voice bears out there isn't reported either, and `uncorroborated` says
in this rule's place what was searched for the others. `anonymous-source` says it of a source without a name.

## Bad

```
The mine at Sarnow was shut on Monday. Two inspectors had taken bribes from the owners, the engineer Karel
Dusek said.
```

## Good

A second party says the same:

```
Two inspectors at the mine had taken bribes, the engineer Karel Dusek said. The union said that two
inspectors at the mine had taken bribes.
```

The source's own acts:

```
The mine at Sarnow was shut on Monday. The union said that it had organised the strike.
```

A formal finding:

```
The mine at Sarnow was shut on Monday after an inquiry found that its owners had falsified safety records.
```

An opinion and an intention:

```
The union said that the owners should resign. The owners said that they would sell the mine next year.
```
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from verify.language.dates import YEAR
from verify.reference.naming import called
from verify.rules.base import Context, Hit, Rule
from verify.rules.lexicon import EARLIER_YEAR, FORMAL, MONTHS, PRIVATE, casualties, pattern, wrongdoing
from verify.rules.names import read, speaks_of
from verify.rules.origins import Origins, independent, origins
from verify.rules.record import voices
from verify.rules.tolls import Toll, tolls_by_source, tolls_of
from verify.rules.wording import alike_among, stems
from verify.types import UNKNOWN, Claim, Level, RelationType, Role, Source, Span, Stance

JUDGED = re.compile(
    r"\b(?:call|brand|dub|label|describ|characteri[sz]|denounc|slam|blast|lambast|decr[iy]|dismiss)\w*",
    re.IGNORECASE,
)
"""Cues by which somebody gives a thing a name: an opinion, such as "called such warnings blackmail"."""

EACH = re.compile(r"\b(?:each|both|all)\s+$", re.IGNORECASE)
"""What stands before a cue that several share."""

FINDERS = pattern(
    r"""
    courts? tribunals? judges? jury jurors inquests? coroners? committees? commissioners? panels? auditors?
    ombudsm[ae]n watchdogs? regulators? inquir(?:y|ies) enquir(?:y|ies) commissions? audits? reviews?
    investigations? investigators?
    """
)
"""Who looks into a matter, hears its sides and finds."""

FINDING = pattern(
    r"(?:found|find|finds|finding) conclu\w+ rul(?:e|es|ed|ing) held established determin(?:e|es|ed)"
)
"""Cues by which they tell what came of it."""

INQUIRY = pattern("inquir(?:y|ies) enquir(?:y|ies) commissions? audits? reviews?")
REPORT = pattern("reports? findings? verdicts? judge?ments? rulings?")
"""What an inquiry of the story leaves behind, and what is called by this alone then: "the report says"."""

SINCE = re.compile(rf"\bsince (?:{MONTHS} )?{YEAR}\b")
"""What counts the dead of years is a statistic."""


def check(context: Context) -> Iterator[Hit]:
    """Yield each consequential claim that rests on one party."""
    for claim in rest_on_one(context):
        if claim.source is not None:
            message = (
                f"On the word of {called(claim.source)} alone; no other party in the draft bears it out."
            )
            yield Hit(message, (claim.id,), claim.content, 0.5)


def rest_on_one(context: Context) -> Iterator[Claim]:
    """Each consequential claim that no other voice bears out or contradicts, in the archive neither."""
    known = origins(context)
    answered = _answered(context, known)
    reported = {claim.within for claim in context.claims}
    told = [stems(claim.proposition) for claim in context.claims]
    alike = alike_among(told)
    counting: defaultdict[Toll, list[Claim]] = defaultdict(list)
    for claim, tolls in tolls_by_source(context):
        for toll in tolls:
            counting[toll].append(claim)
    for claim, own in zip(context.claims, told, strict=True):
        if (
            claim.source is None
            or claim.party == UNKNOWN
            or not claim.cue_class.factual
            or claim.role is Role.HEADLINE
            or claim.id in answered
            or claim.id in reported
            or claim.stance not in {Stance.ASSERTS, Stance.SUGGESTS}
            or (claim.cue is not None and _shared_or_judged(claim.cue, context))
            or not _consequential(claim, claim.source, context.parties)
            or _is_found(claim, claim.source, context)
            or voices(context, claim)
        ):
            continue
        same_words = [context.claims[number] for number in alike(own)]
        if any(_echoes(claim, other, known) for other in same_words):
            continue
        same_count = (other for toll in tolls_of(claim.proposition) for other in counting.get(toll, ()))
        if not any(independent(claim, other, known) for other in chain(same_count, same_words)):
            yield claim


def _shared_or_judged(cue: Span, context: Context) -> bool:
    """Whether more than one say so, or they only give a thing a name."""
    before = context.document.text[max(0, cue.start - 10) : cue.start]
    return EACH.search(before) is not None or JUDGED.search(context.text(cue)) is not None


def _consequential(claim: Claim, source: Source, parties: Mapping[str, str]) -> bool:
    text = claim.proposition
    if PRIVATE.search(text) or FORMAL.search(text) or _own_act(text, source, parties):
        return False
    counts = casualties(text) is not None and not EARLIER_YEAR.search(text) and not SINCE.search(text)
    return counts or wrongdoing(text) is not None


def _echoes(claim: Claim, other: Claim, known: Origins) -> bool:
    """Whether `claim` only repeats the source of `other`, on whose word alone it stands then."""
    return other.source_name != claim.source_name and other.source_name in known[claim.id]


def _is_found(claim: Claim, source: Source, context: Context) -> bool:
    """Whether a claim is the formal finding of a body, which is on the record as a court's judgment is."""
    who = source.name if source.text is None else f"{source.name} {context.text(source.text)}"
    if FINDERS.search(who):
        finds = claim.cue is not None and FINDING.search(context.text(claim.cue)) is not None
        return finds or REPORT.search(who) is not None
    return REPORT.search(who) is not None and any(INQUIRY.search(c.source_name) for c in context.claims)


def _own_act(proposition: str, source: Source, parties: Mapping[str, str]) -> bool:
    """Whether the proposition begins with its own source: what a party did itself it may tell alone."""
    start = " ".join(proposition.split()[:4])
    if start.lower().startswith(("we ", "i ")):
        return True
    told = read(start, parties)
    return any(speaks_of(told, read(name, parties)) for name in (source.name, source.party))


def _answered(context: Context, known: Origins) -> set[str]:
    """The ids of claims that another party contradicts, or that one of another origin supports."""
    claims = context.claims_by_id
    found: set[str] = set()
    for relation in context.relations:
        one, other = claims[relation.a], claims[relation.b]
        if relation.relation is RelationType.CONTRADICTS or independent(one, other, known):
            found |= {one.id, other.id}
    return found


RULE = Rule(
    name="single-source",
    code="VFY202",
    level=Level.INFO,
    summary="A death, a crime or somebody's guilt on the word of one party.",
    check=check,
)
