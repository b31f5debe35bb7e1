"""What has the form of an attribution and tells nothing: "asked why not", "gave a different account"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.offices import OFFICIAL
from verify.attribution.phrases import FINITE, WH, is_denied_by_subject, is_negated
from verify.attribution.silence import TELLING

if TYPE_CHECKING:
    from spacy.tokens import Token

DISPUTES = frozenset("agree argue bicker debate differ disagree fight quarrel squabble wrangle".split())
"""Verbs of what is in dispute, which nobody asserts by it: "argued over what to call it"."""

OVER = frozenset({"about", "on", "over"})

GIVES = frozenset("add give have offer present tell".split())

ACCOUNTS = frozenset("account evidence memory recollection story tale version view".split())

ANOTHER = frozenset("another conflicting contrary different differing other own rival".split())
"""What tells that somebody's account isn't that of others, and nothing more of it."""

OTHERWISE = frozenset({"differently", "otherwise"})

TELLS = lexicon.SAY | {"remember", "see"}

SACKED = OFFICIAL | frozenset(
    """adviser aide cabinet chief clerk coach director employee engineer head judge manager mayor staff
    teacher trainer worker""".split()
)
"""Who is dismissed from an office: what is said of them isn't denied by it."""

MORE = frozenset({"about", "else", "more", "of", "on"})
"""What may follow "little" where little was said."""


def tells_nothing(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether a cue and its content (not empty) tell no word of what somebody says: "asked why not"."""
    verbs = [t for t in cue if t.pos_ in {"VERB", "AUX"}] or list(cue[:1])
    return any(
        _asks(verb, content)
        or _disputes(verb, content)
        or _lies(verb)
        or _announces(verb, content)
        or _gives_several(verb)
        or sacks(verb)
        or _names_none(verb)
        for verb in verbs
    ) or _is_little(content)


def _asks(verb: Token, content: Sequence[Token]) -> bool:
    """ "asked why nobody had been warned"; a question in quotation marks is left to what is quoted."""
    quoted = content[0].i > 0 and (content[0].is_quote or content[0].nbor(-1).is_quote)
    return verb.lemma_ == "ask" and not quoted and _opens_question(content[0])


def _opens_question(word: Token) -> bool:
    return word.tag_ in WH or word.lower_ in {"whether", "if"}


def _disputes(verb: Token, content: Sequence[Token]) -> bool:
    """ "cannot agree on whether P", "argued over what to call it", "could not agree about the price"."""
    before = content[0] if content[0].lower_ in OVER else content[0].nbor(-1) if content[0].i else content[0]
    overs = [t for t in (before, *verb.children) if t.lower_ in OVER]
    if verb.lemma_.lower() not in DISPUTES or not overs:
        return False
    return verb.lemma_ != "agree" or is_negated(verb) or any(_opens_question(t.nbor(1)) for t in overs)


def _lies(verb: Token) -> bool:
    """ "has been lying about the strikes": what it said there isn't told."""
    return verb.lemma_ == "lie" and any(c.lower_ in {"about", "to"} for c in verb.children)


def _announces(verb: Token, content: Sequence[Token]) -> bool:
    """ "gave a different account of it", "told another tale", "has told it differently"."""
    finite = any(t.tag_ in FINITE for t in content)
    words = [t for t in content if t.lower_ not in OTHERWISE]
    pointed = bool(words) and all(t.pos_ == "PRON" for t in words)  # "said otherwise" denies
    return announces(verb) and (pointed if _differs(verb) else not finite)


def _gives_several(verb: Token) -> bool:
    """ "gave accounts of it that cannot all be true": none of them is told."""
    given = (c for c in verb.children if c.dep_ == "dobj" and c.tag_ == "NNS")
    of = (g for c in given if c.lemma_.lower() in ACCOUNTS for g in c.children if g.lower_ == "of")
    return verb.lemma_ in GIVES and any(t.pos_ == "PRON" for preposition in of for t in preposition.children)


def announces(verb: Token) -> bool:
    """Whether a clause only tells that its subject gives another account: "remembers otherwise"."""
    given = next((c for c in verb.children if c.dep_ == "dobj" and c.lower_ in ACCOUNTS), None)
    if given is None or verb.lemma_ not in GIVES:
        return _differs(verb) and verb.lemma_.lower() in TELLS
    own = any(t.lower_ in ANOTHER for t in given.subtree)
    return own and not any(c.dep_ in {"acl", "ccomp", "relcl"} for c in given.children)


def _differs(verb: Token) -> bool:
    return any(c.lower_ in OTHERWISE for c in verb.children)


def sacks(verb: Token) -> bool:
    """ "dismissed most of his cabinet", "dismissed him"; not "dismissed the minister as a liar"."""
    sacked = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if verb.lemma_ != "dismiss" or sacked is None or any(c.lower_ == "as" for c in verb.subtree):
        return False
    if sacked.lower_ in {"him", "her"}:
        return True
    of = (g for c in sacked.children if c.lower_ == "of" for g in c.children) if sacked.pos_ != "NOUN" else ()
    return any(t.lemma_.lower() in SACKED for t in (sacked, *of))


def _names_none(verb: Token) -> bool:
    """ "Neither named a witness", who may have known of none; unlike "neither would name a witness"."""
    helped = any(c.dep_ == "aux" for c in verb.children)
    return verb.lemma_.lower() in TELLING and is_denied_by_subject(verb) and not helped


def _is_little(content: Sequence[Token]) -> bool:
    """Whether what was said begins "little" or "little about it"."""
    after = content[1] if len(content) > 1 else None
    return content[0].lower_ == "little" and (after is None or after.is_punct or after.lower_ in MORE)
