"""Accusations as sentences: "(accused) the firm of having sold arms" says that the firm had sold arms."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.idioms import DOORS
from verify.proposition.affirm import without_asides
from verify.proposition.words import say
from verify.reference import called
from verify.types import Source

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINATIVE = {
    "them": "they",
    "their": "they",
    "him": "he",
    "his": "he",
    "her": "she",
    "us": "we",
    "me": "I",
    "its": "it",
}
"""The subject that an object or owner becomes: "blamed them" says that they were to blame."""

MADE_IN = frozenset(
    """lawsuit suit complaint filing statement letter report interview speech article post court
    document""".split()
)
"""What an accusation is made in: it isn't part of who is accused."""

LAID = {
    "attribute": ("to",),
    "ascribe": ("to",),
    "trace": ("to",),
    "lay": ("at the door of", "to", "on"),
    "put": ("down to", "on"),
    "pin": ("on",),
}
"""Verbs by which something is laid at somebody's door, and the words that stand before whose."""

CAUSES = frozenset("cause culprit explanation fault reason".split())
"""What is seen in something that is to blame."""

SEVERAL = frozenset("them they these those".split())
"""Pronouns of several."""

TIME = frozenset({"DATE", "TIME"})


def accusation(content: Sequence[Token], source: Source, *, blamed: bool = False) -> str:
    """ "X of doing Y" as "X did Y"; "X for Y" as "X was to blame for Y".

    Who is `blamed` isn't so "of" anything: "blamed the price of fuel".
    """
    timeless = _without_time(content)
    ids = {t.i for t in timeless}
    tops = [t for t in timeless if t.head.i not in ids]
    links = [
        t
        for t in timeless
        if t.lower_ in {"of", "with"} and t.i + 1 in ids and t.nbor(1).lower_.endswith("ing")
    ]
    links = links or [t for t in tops if t.lower_ in {"of", "with", "for", "on"} and t.dep_ == "prep"]
    # "the firm of (a) fraud" may be parsed as one phrase; "the head of the agency" is one.
    links = links or [
        t
        for t in timeless
        if t.i + 1 in ids
        and (t.lower_ == "for" or (t.lower_ == "of" and not blamed and _names_deed(t.nbor(1))))
    ]
    if not links and (act := next((t for t in timeless[1:] if _opens_deed(t, ids)), None)):
        accused, was = subject([t for t in timeless if t.i < act.i], source)
        return f"{accused} {past([t for t in timeless if t.i >= act.i], source, was)}"
    if not links:
        return _to_blame(timeless, source)
    before = _without_where([t for t in timeless if t.i < links[0].i])
    after = [t for t in timeless if t.i > links[0].i]
    if not before or not after:
        return _to_blame(timeless, source)
    if links[0].lower_ == "on":
        return f"{_to_blame(after, source)} for {say(before, source)}"
    if links[0].lower_ == "for":
        return f"{_to_blame(before, source)} for {say(after, source)}"
    accused, was = subject(before, source)
    acts = [t for t in after[:2] if t.lower_.endswith("ing") and (t == after[0] or after[0].tag_ == "RB")]
    if acts or (len(after) > 1 and after[1].tag_ == "VBN"):
        return f"{accused} {past(after, source, was)}"
    return f"{accused} {was} guilty of {say(after, source)}"


def with_accused(cue: Sequence[Token], content: Sequence[Token]) -> Sequence[Token]:
    """The content of an accusation with whom it is made against, where it starts only after them.

    "(accused Velm on Monday) of fraud".
    """
    verb = next((t for t in cue if t.lemma_.lower() in lexicon.BLAME), None)
    if verb is None or content[0].lower_ not in {"of", "with", "for"}:
        return content
    accused = (c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < content[0].i)
    whom = next(accused, None)
    return content if whom is None else [*(t for t in whom.subtree if t.i < content[0].i), *content]


def cause_in(content: Sequence[Token], source: Source) -> str | None:
    """ "(saw) the cause of the fire in a valve" as "a valve was to blame for the fire"; None for others."""
    named = next((k for k, t in enumerate(content[:3]) if t.lemma_.lower() in CAUSES), None)
    where = next((k for k, t in enumerate(content) if t.lower_ == "in" and k > (named or 0)), len(content))
    if named is None or where + 1 >= len(content):
        return None
    deed = content[named + 1 : where]
    if deed and (deed[0].lower_ not in {"of", "for"} or len(deed) == 1):
        return None
    for_deed = f" for {say(deed[1:], source)}" if deed else ""
    return f"{_to_blame(content[where + 1 :], source)}{for_deed}"


def laid_at(content: Sequence[Token], cue: frozenset[str], source: Source) -> str | None:
    """ "(put) X down to Y", "(laid) the blame for X on Y" as "Y was to blame for X"; None for other words."""
    words = [t.lower_ for t in content]
    blamed = "blame" in cue or "blame" in words
    if "lay" in cue and (owner := _door_owner(content)):
        laid = [t for t in content if t.i < owner[0].i and t.tag_ != "RB"][:-1]
        return f"{_to_blame(owner, source)} for {say(laid, source)}"
    for link in (link.split() for verb in LAID.keys() & cue for link in LAID[verb]):
        k = next((k for k in range(1, len(words)) if words[k : k + len(link)] == link), len(words))
        deed, doer = content[:k], content[k + len(link) :]
        named = any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in doer) and (
            doer[0].tag_ != "VB" or len(link) > 1
        )
        if not named or (link == ["on"] and not blamed and "pin" not in cue):
            continue
        if blamed:  # "the blame (for X)"
            deed = [*dropwhile(lambda t: t.lower_ != "for", deed)][1:]
        for_deed = f" for {say(deed, source)}" if deed else ""
        return f"{_to_blame(doer, source)}{for_deed}"
    return None


def _door_owner(content: Sequence[Token]) -> list[Token]:
    """Korvex in "(laid) it at Korvex's door"; empty for other contents."""
    door = next((t for t in content if t.lower_ in DOORS and any(c.dep_ == "poss" for c in t.children)), None)
    if door is None:
        return []
    return [t for t in content if t in door.subtree and t.i < door.i - (door.nbor(-1).dep_ == "case")]


def _opens_deed(word: Token, ids: Set[int]) -> bool:
    """Whether what somebody is accused of begins: with "having", or behind an "of" that is left out."""
    behind_of = word.tag_ == "VBG" and word.i - 1 not in ids and word.nbor(-1).lower_ in {"of", "with"}
    return word.lower_ in {"having", "being"} or behind_of


def _names_deed(after_of: Token) -> bool:
    return after_of.tag_ == "NN" or after_of.lower_ in {"a", "an"} or after_of.is_quote


def _without_where(accused: Sequence[Token]) -> Sequence[Token]:
    """Without "in a lawsuit" and what else tells where the accusation was made."""
    return [*accused[:1], *takewhile(lambda t: not _tells_where(t), accused[1:])]


def _tells_where(token: Token) -> bool:
    made_in = (c for c in token.children if c.dep_ == "pobj" and c.lemma_.lower() in MADE_IN)
    return token.lower_ == "in" and any(made_in)


def _to_blame(accused: Sequence[Token], source: Source) -> str:
    return "{} {} to blame".format(*subject(accused, source))


def subject(accused: Sequence[Token], source: Source) -> tuple[str, str]:
    """Who is accused, or what is judged, as a subject, and "was" or "were"."""
    ids = {t.i for t in accused}
    head = next((t for t in accused if t.head.i not in ids or t.head == t), accused[-1])
    told = without_asides(head, accused)
    said = say(told, source) + ("," if _ends_aside(told) else "")
    several = any(c.dep_ == "conj" for c in head.children if c.i in ids)
    many = head.like_num and head.lower_ not in {"one", "1"}
    people = head.lower_ in {"dead", "injured", "missing", "wounded"} and accused[0].lower_ == "the"
    plural = bool(
        head.tag_ in {"NNS", "NNPS"} or many or several or people or SEVERAL & {head.lower_, said.lower()}
    )
    plural = plural or said.lower() == "us"
    own = said.lower() in lexicon.REFLEXIVE  # "portrayed itself as a victim"
    return called(source) if own else NOMINATIVE.get(said.lower(), said), "were" if plural else "was"


def _ends_aside(phrase: Sequence[Token]) -> bool:
    """Whether a phrase ends in what a comma parts from it: "Korvex, the builder of the dam"."""
    asides = (t.left_edge for t in phrase if t.dep_ in {"appos", "relcl"} and t.right_edge == phrase[-1])
    return any(first != phrase[0] and first.nbor(-1).text == "," for first in asides)


def _without_time(content: Sequence[Token]) -> list[Token]:
    """Without "on Thursday" between a verb and its complement."""
    ids = {t.i for t in content}
    gone: set[int] = set()
    for token in content:
        if token.head.i in ids:
            continue
        when = token.dep_ == "npadvmod" and token.ent_type_ in TIME
        on_day = token.lower_ in {"on", "in", "at"} and any(c.ent_type_ in TIME for c in token.children)
        if when or on_day:
            gone |= {t.i for t in token.subtree}
    return [t for t in content if t.i not in gone] or list(content)


def past(act: Sequence[Token], source: Source, was: str = "was") -> str:
    """ "having launched strikes" as "had launched strikes", "being part of it" as "was part of it"."""
    rest = say(act[1:], source)
    if act[0].lower_ == "having":
        return f"had {rest}"
    if act[0].lower_ == "being":
        return f"{was} {rest}"
    return f"{was} {say(act, source)}"
