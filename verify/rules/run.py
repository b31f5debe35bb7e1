"""Runs rules over a context and turns their hits into findings that keep their identity."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from verify.rules.base import Context, Hit, Levels, Rule
from verify.types import Finding, Level

PLAIN = str.maketrans("“”‘’–—\u00a0", "\"\"''-- ")
"""Characters that a desk's software swaps without changing the copy."""


Found = tuple[Rule, Level, Hit]
"""What a rule has found, and the level at which it runs."""


class Unnumbered(NamedTuple):
    """A finding but for its id and fingerprint; `words` are those that the fingerprint is of."""

    rule: str
    code: str
    level: Level
    hit: Hit
    words: tuple[str, ...]


def findings_of(
    rules: Iterable[Rule], context: Context, levels: Levels, *, first: int = 1
) -> tuple[Finding, ...]:
    """What `rules` find, in the order of the text, numbered from `first`.

    A rule that `levels` maps to None doesn't run.
    """
    hits = _told_once(
        [
            (rule, level, hit)
            for rule in rules
            if (level := levels.get(rule.name, rule.level)) is not None
            for hit in rule.check(context)
        ]
    )
    hits.sort(key=lambda found: (found[2].spans, found[0].code))
    return numbered(
        (
            Unnumbered(rule.name, rule.code, level, hit, tuple(context.text(span) for span in hit.spans))
            for rule, level, hit in hits
        ),
        first=first,
    )


def numbered(found: Iterable[Unnumbered], *, first: int) -> tuple[Finding, ...]:
    """The findings with ids from `first` on; those of the same rule and words go by their order."""
    repeats: Counter[str] = Counter()
    findings = []
    for number, (rule, code, level, hit, words) in enumerate(found, start=first):
        # What stays of a finding when the text around its passages changes.
        identity = "\n".join([rule, *map(normalised, words)])
        repeats[identity] += 1
        findings.append(
            Finding(
                id=f"f{number}",
                rule=rule,
                code=code,
                level=level,
                message=hit.message,
                claims=hit.claims,
                spans=hit.spans,
                score=hit.score,
                fingerprint=fingerprint(identity, repeats[identity]),
            )
        )
    return tuple(findings)


def _told_once(hits: list[Found]) -> list[Found]:
    """The hits without those in whose place another rule's stand, which get their level if that is graver."""
    levels = {(rule.name, hit.claims[:1]): level for rule, level, hit in hits}
    replaced = {place for rule, _, hit in hits for place in _stands_for(rule, hit)}
    return [
        (rule, min([level, *(levels.get(p, level) for p in _stands_for(rule, hit))], key=_severity), hit)
        for rule, level, hit in hits
        if (rule.name, hit.claims[:1]) not in replaced
    ]


def _stands_for(rule: Rule, hit: Hit) -> list[tuple[str, tuple[str, ...]]]:
    """The rules and the claims that a hit stands in the place of."""
    return [(name, (claim,)) for name in sorted(rule.in_place_of) for claim in hit.claims]


def _severity(level: Level) -> int:
    return level.severity


def fingerprint(identity: str, repeat: int) -> str:
    """32 hexadecimal digits for the `repeat`-th finding (from 1) of this identity in a document."""
    return hashlib.sha256(f"{identity}\n{repeat}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def normalised(text: str) -> str:
    """`text` without what two savings of the same copy may differ in: case, white space, kinds of quotes."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(PLAIN).casefold().split())
