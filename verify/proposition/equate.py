"""Judgements and figures as sentences: "(put) the toll at 53" says that the toll was 53."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, root_of
from verify.proposition.accuse import subject
from verify.proposition.words import say
from verify.reference import called
from verify.types import Source

if TYPE_CHECKING:
    from spacy.tokens import Token


IDENTIFY = frozenset({"give", "identify", "name"})
"""Verbs of the pattern "named her as the suspect", "gave the number as 18"."""


def equation(content: Sequence[Token], source: Source, cue: frozenset[str]) -> str | None:
    """ "the toll at 53" as "the toll was 53"; "it a mistake" as "it was a mistake"; None for "12 dead"."""
    if content[0].lower_ == "as" and len(content) > 1:
        judged = called(source) if cue & lexicon.REFLEXIVE else "it"  # "(portrays itself) as a victim"
        return f"{judged} was {say(content[1:], source)}"
    links = {"as", "at"} if cue & lexicon.PUT_AT else {"to"} if cue & lexicon.MOVE else {"as"}
    content = _figure_last(content, links)
    for k, token in enumerate(content):
        if token.lower_ in links and 0 < k < len(content) - 1:
            figure, more = _two_figures(content[k + 1 :], token.lower_)
            told = f"{' '.join(subject(content[:k], source))} {say(figure, source)}"
            return f"{told} and {equation(more, source, cue)}" if more else told
    if cue & lexicon.MOVE or (cue & lexicon.PUT_AT and content[0].like_num):
        return None
    target, verdict = target_and_verdict(content)
    if target and verdict:
        return f"{' '.join(subject(target, source))} {say(verdict, source)}"
    return None if "declare" in cue else say(content, source)


def _figure_last(content: Sequence[Token], links: Set[str]) -> Sequence[Token]:
    """ "the number of the dead at ten" of "(put) at ten the number of the dead"."""
    tops = [t for t in content if t.head not in content and not t.is_punct]
    if (
        content[0].lower_ != "at"
        or "at" not in links
        or len(tops) < 2
        or not tops[1].left_edge.i > content[0].i + 1
    ):
        return content
    start = tops[1].left_edge.i
    if any(t.dep_ == "cc" and t.i < start for t in content):
        return content
    return [*(t for t in content if t.i >= start), *(t for t in content if t.i < start)]


def _two_figures(content: Sequence[Token], link: str) -> tuple[Sequence[Token], Sequence[Token]]:
    """The figure, and "the hurt at 60", of "(put the dead at) ten and the hurt at 60"."""
    joins = next((k for k, t in enumerate(content) if t.lower_ == "and" and k), len(content))
    more = content[joins + 1 :]
    figured = any(t.lower_ == link and (a.like_num or a.is_currency) for t, a in pairwise(more[1:]))
    return (content[:joins], more) if figured else (content, [])


def at_figure(content: Sequence[Token]) -> bool:
    """Whether a content is of the pattern "the toll at 53": it may hold a verb ("give or take two")."""
    return any(
        t.lower_ == "at" and (after.like_num or after.is_currency) and k
        for k, (t, after) in enumerate(pairwise(content))
    )


def has_verdict(content: Sequence[Token]) -> bool:
    """Whether a content is a thing judged and the judgement: "the release a mistake"."""
    return content[0].lower_ != "as" and all(target_and_verdict(content))


def target_and_verdict(content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The thing judged and the judgement in "the release (as) a mistake" or "the report absurd"."""
    ids = {t.i for t in content}
    tops = [t for t in content if t.head.i not in ids and not t.is_punct]
    judged = [c for top in tops[:1] for c in top.children if c.dep_ in SUBJECTS and c.i in ids]
    small = bool(judged) and (tops[0].pos_ not in {"VERB", "AUX"} or is_participle(tops[0]))
    if small and (len(tops) == 1 or is_participle(tops[0])):
        start = judged[0].right_edge.i + 1
    elif len(tops) > 1:
        start = tops[1].left_edge.i
    else:
        root = root_of(content)
        # "the killing an atrocity" has its verdict right behind a noun.
        later = (
            t.i
            for t in content
            if t.i > root.i
            and (
                t.lower_ == "as"
                or t.is_quote
                or (t.pos_ == "ADJ" and not (t.dep_ == "amod" and t.head.i > t.i))
                or t.lower_ in lexicon.PEJORATIVE
                or (t.lower_ in {"a", "an", "the"} and t.i == root.i + 1)
            )
        )
        start = next(later, content[-1].i + 1)
    return [t for t in content if t.i < start], [t for t in content if t.i >= start]


def is_participle(verb: Token) -> bool:
    """Whether a verb is a participle without an auxiliary: "called it (overvalued)"."""
    return verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
