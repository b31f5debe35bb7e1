"""Names in plain text, and whether two of them are of the same party."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from verify.attribution.citing import words
from verify.attribution.offices import BODY, OFFICIAL
from verify.attribution.registry import parties_named

NAME = re.compile(r"(?:[A-Z][\w'’.&-]*)(?: (?:(?:of|de|du|von|van|der|bin|al|and|the) ){0,2}[A-Z][\w'’&-]*)*")

PORTFOLIOS = frozenset("foreign defence defense interior transport".split())
"""What a ministry is known by, and not whoever heads it."""

TITLES = PORTFOLIOS | frozenset(
    """mr mrs ms dr sir lord lady president minister prime chancellor general colonel captain judge mayor
    governor senator king queen prince pope chief director professor secretary former police state national
    company group office department agency""".split()
)
"""Words that many names share and that tell none of them apart."""

OFFICES = TITLES | BODY | OFFICIAL

CALLED = re.compile(r"\b(?:the|its|their)\s(\w+)\b(?!\s(?:of|for)\b)", re.IGNORECASE)
"""A noun that tells of something by what it is: "the council", though not "the council of Orsk"."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a name, or a text with names in it, is told apart by.

    `parties` are the known ones in it. Of its `words`, `own` are those that few others share, `body` those
    for what a body is, such as "council", and `called` those of CALLED.
    """

    parties: frozenset[str]
    words: frozenset[str]
    own: frozenset[str]
    body: frozenset[str]
    called: frozenset[str]


def read(text: str, parties: Mapping[str, str]) -> Name:
    """What `text` is told apart by, among known `parties`."""
    found = frozenset(word for word in words(text) if len(word) > 2)
    body = found & BODY
    return Name(
        parties=parties_named(text, parties),
        words=found,
        own=found - (OFFICES - PORTFOLIOS if body else OFFICES),
        body=body,
        called=frozenset(word.lower() for word in CALLED.findall(text)) - TITLES,
    )


def one_party(one: Name, other: Name) -> bool:
    """Whether two names are of one known party ("Russian army" and "Kremlin").

    Where one of them is of none, whether they share a word of their own ("Karel Dusek" and "Dusek"). Of two
    bodies the longer name has all such words of the shorter: the transport ministry isn't the health
    ministry, though "the ministry" may be either.
    """
    if one.parties and other.parties:
        return not one.parties.isdisjoint(other.parties)
    if not one.own or not other.own:
        return not one.words & other.words <= TITLES
    if one.body and other.body:
        subset = one.own <= other.own or other.own <= one.own
        return subset or not (one.called.isdisjoint(other.body) and other.called.isdisjoint(one.body))
    return not one.own.isdisjoint(other.own)


def same_party(one: str, other: str, parties: Mapping[str, str]) -> bool:
    """Whether two names are of one party, as far as the known `parties` and their words tell."""
    return one_party(read(one, parties), read(other, parties))


def speaks_of(text: Name, name: Name) -> bool:
    """Whether a text, whose other words tell nothing, has the party of `name` in it.

    A word of its own will do, and for a body what it is: "the council".
    """
    if text.parties and name.parties:
        return not text.parties.isdisjoint(name.parties)
    if not name.own:
        return not text.words & name.words <= TITLES
    return not (text.words.isdisjoint(name.own) and text.called.isdisjoint(name.body))


def named_in(text: str) -> list[re.Match[str]]:
    """The runs of capitalised words in `text`, without an article at their start."""
    return list(NAME.finditer(re.sub(r"^(?:The|An?) ", lambda m: " " * len(m.group()), text)))


def proper(name: str, text: str) -> bool:
    """Whether `text` uses `name` as a name: with two capitals, or with a capital inside a sentence."""
    return " " in name or re.search(rf"[a-z,;] (?:[Tt]he )?{re.escape(name)}\b", text) is not None
