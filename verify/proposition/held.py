"""What a source says that it thinks or has found: "we believe the dam burst" says that the dam burst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, is_negator, root_of, trim_marks
from verify.proposition.affirm import without_mark
from verify.reference import FIRST, POSSESSIVE, called, reference
from verify.types import Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

HOLDS = frozenset("believe think know feel find conclude establish learn realise realize understand".split())
"""Verbs of what somebody takes for true."""

SURE = frozenset("certain sure convinced confident".split())
"""Adjectives of the same."""

QUESTION = frozenset({"WDT", "WP", "WRB"})

TURNS = lexicon.DENY | lexicon.DOUBT | lexicon.DECLINE | lexicon.FEEL
"""Cues under which what is thought isn't said."""


def held(cue: Sequence[Token], content: Sequence[Token], source: Source) -> tuple[list[Token], list[Token]]:
    """Cue and content, of "(said) it believed that P" as "(said) believed" and P; others as they are."""
    unchanged = [*cue], [*content]
    root = root_of(content)
    tops = [root, *(c for c in root.children if c.dep_ == "acomp" and c.lower_ in SURE)]
    if root.lemma_.lower() not in HOLDS and len(tops) == 1:
        return unchanged
    ids = {t.i for t in content}
    clauses = (c for top in tops for c in top.children if c.dep_ == "ccomp" and c.i in ids and c.i > root.i)
    clause = next(clauses, None)
    if clause is None or {t.lemma_.lower() for t in cue} & TURNS or not _is_own(root, source):
        return unchanged
    said = without_mark(clause, ids)
    asks = {said[0].tag_, content[0].tag_} & QUESTION
    told = any(c.dep_ in SUBJECTS | {"expl"} and c.i in ids for c in clause.children)
    doubted = any(is_negator(c) or c.tag_ == "MD" for top in tops for c in top.children)
    return unchanged if asks or doubted or not told else ([*cue, tops[-1]], said)


def for_client(
    cue: list[Token], content: list[Token], source: Source
) -> tuple[list[Token], list[Token], Source]:
    """Cue, content and source of "(said) his client denies P", the client's denial; others as they are."""
    root = root_of(content)
    subject = next((c for c in root.children if c.dep_ == "nsubj" and c in content), None)
    own = subject is not None and subject.lemma_.lower() == "client"
    denied = [
        c for c in root.children if c.dep_ in {"dobj", "ccomp", "xcomp"} and c.i > root.i and c in content
    ]
    negated = any(is_negator(c) for c in root.children)
    if subject is None or not own or not denied or negated or root.lemma_.lower() not in lexicon.DENY:
        return cue, content, source
    client = replace(source, name=f"{source.name}’s client", sort=Sort.PERSON)
    ids = {t.i for t in content}
    told = trim_marks(sorted({t for c in denied for t in c.subtree if t.i in ids}, key=lambda t: t.i))
    return [*cue, root], told, client


def _is_own(verb: Token, source: Source) -> bool:
    """Whether the source, or somebody of its own, thinks it: "we", "its engineers"."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return False
    if subject.lower_ in FIRST or subject.text in source.party.split():
        return True
    owner = next((c for c in subject.children if c.dep_ == "poss" and c.lower_ in POSSESSIVE), subject)
    named = reference(owner, source)
    return owner.lower_ in FIRST or (named is not None and named.startswith(called(source)))
