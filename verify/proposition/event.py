"""The event that an accusation leaves unsaid: "Kyiv blamed Moscow" means for the attack told of before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.attribution.lexicon import EVENTS

if TYPE_CHECKING:
    from spacy.tokens import Token

BESIDE = frozenset({"amod", "compound", "nmod"})
PLACES = frozenset("against at in near of off on".split())

LONGEST_PLACE = 6
"""Words of "on the town of X" beyond which an event goes without."""

LINKS = {"blame": "for", "responsible": "for", "involved": "in", "part": "in", "role": "in", "hand": "in"}
"""What joins a deed to its event."""

BARE = re.compile(
    r"\b(?P<deed>to blame|responsible|involved|an? (?:part|role|hand)|something to do(?= with)"
    r"|\w+(?= behind))(?: (?P<link>for|in|with|behind) (?:it|this|that))?\.$"
)
"""How a proposition ends that leaves its event to the context."""

DONE = re.compile(r" (?:(?:has|have|had) done|did(?: do)?) (?:it|this)\.$")
"""The same of who did it."""

CAUSED = re.compile(
    r"\b(?P<verb>(?:caus|trigger|stag|orchestrat|commit|perpetrat|carr|mount)(?:e|y|ed|ied|ted|ing|ying|ting)"
    r"|set(?:ting)?) (?:it|this)(?P<particle>(?: (?:off|out))?\.)$"
)
"""The same of who brought it about: "had set it off"."""

SEVERAL = re.compile(r"^They$|^(?:The )?\w*[a-z](?<![isu])s$")
"""A subject of several: "The guards", "Looters"."""

WORD = re.compile(r"[a-z]+")

FARTHEST = 1_000
"""Words back to which an event is looked for, so that a text without end takes no time without end."""


def event_before(token: Token) -> str:
    """What the text before `token` names most often, such as "the attack on the town"; "" for no event."""
    mentions = list(_mentions(token))
    named = Counter(m.lemma_.lower() for m in mentions)
    if not named:
        return ""
    event, _ = max(named.items(), key=lambda item: item[1])  # the first of those named as often
    told = [m for m in mentions if m.lemma_.lower() == event]
    fullest = next((m for m in told if _place(m)), told[0])
    words = [*(c for c in fullest.lefts if c.dep_ in BESIDE and c.lower_ != "own"), fullest, *_place(fullest)]
    # A headline writes its nouns large.
    phrase = "".join((t.lower_ if t.pos_ == "NOUN" else t.text) + t.whitespace_ for t in words)
    return f"the {' '.join(phrase.split())}"


def with_event(text: str, token: Token) -> str:
    """`text`, worded from `token` on, with the event in the place of the "it" that somebody is blamed for."""
    unsaid = BARE.search(text) or DONE.search(text) or CAUSED.search(text)
    event = event_before(token) if unsaid and not EVENTS & {*WORD.findall(text.lower())} else ""
    if not event:
        return text
    text = DONE.sub(lambda m: f" {_be(text[: m.start()])} to blame for {event}.", text)
    text = CAUSED.sub(lambda m: f"{m['verb']} {event}{m['particle']}", text)
    return BARE.sub(lambda m: f"{m['deed']} {m['link'] or LINKS[m['deed'].split()[-1]]} {event}.", text)


def _be(subject: str) -> str:
    """ "were" after "The guards" or "They", "was" after others."""
    return "were" if SEVERAL.search(subject) else "was"


def _mentions(token: Token) -> Iterator[Token]:
    for before in token.doc[max(0, token.i - FARTHEST) : token.i]:
        if before.pos_ == "NOUN" and before.dep_ != "compound" and before.lemma_.lower() in EVENTS:
            yield before


def _place(event: Token) -> list[Token]:
    """The "on the town" right behind an event, where it is short."""
    after = [c for c in event.rights if c.dep_ == "prep" and c.i == event.i + 1 and c.lower_ in PLACES]
    place = list(after[0].subtree) if after else []
    return place if 1 < len(place) <= LONGEST_PLACE and not any(t.is_punct for t in place) else []
