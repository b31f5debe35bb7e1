"""Whether a pronoun in what a source says is the source itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.mentions import HE, SHE
from verify.attribution.offices import BODY, FEMALE, MALE, OFFICIAL, UNNAMED
from verify.attribution.phrases import SUBJECTS, is_negator
from verify.reference.nouns import FARTHEST, PEOPLE, agreeing, clause_of
from verify.reference.pronouns import PERSON, PLURAL, THING
from verify.types import Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

DOCUMENTS = frozenset(
    "affidavit complaint draft filing form indictment lawsuit letter notice report ruling statement".split()
)
"""Sources that tell of others and not of themselves: "it" in a letter's words isn't the letter."""

DONE_TO_BODIES = frozenset(
    """warn tell ask accuse blame sue pay treat inform order owe force allow give offer help support back fine
    exclude include notify consult advise urge criticise criticize attack target charge mislead deceive invite
    prevent stop pressure press assure pressurise exempt entitle compensate reimburse""".split()
)
"""Verbs whose object can be the body that speaks: "Korvex said the ministry had warned it"."""

PUT_TO = frozenset({"put", "remind", "warn"})
"""Verbs that tell somebody of themselves: "reminded him that he had said so"."""

ARGUMENTS = frozenset({"against", "at", "by", "for", "of", "to"})
"""Prepositions whose object, like a verb's own, is another than its subject: unlike "had it with her"."""

VESSELS = frozenset(
    "boat cutter destroyer ferry freighter frigate ship submarine tanker trawler vessel".split()
)
"""What is called "she" as well."""


def speaks_of_itself(token: Token, source: Source) -> bool:
    """Whether a pronoun in what `source` says can be the source itself.

    A document tells of others; nor is the "he" of "He was free to go, Karen Andrews said" the one who is
    only named after it.
    """
    agrees = _agrees(token.lower_, source.sort) or (token.lower_ in PLURAL and _several_say(token, source))
    if not agrees or _closer(token, source) or _done_to(token) or judged(token):
        return False
    if _owner_nearer(token, source) or _done_to_another(token, source) or is_of_things(token):
        return False
    if token.lower_ in PERSON and (_is_of_other_sex(token, source) or _is_whose_speaker(token, source)):
        return False
    if token.lower_ in PERSON and (does_it_to(token, source) or _is_put_to(token)):
        return False
    called_it = any(t.lower_ in THING for t in token.doc[token.sent.start : token.i])
    if token.lower_ in PLURAL and source.sort is Sort.BODY and (called_it or _several_before(token, source)):
        return False
    *_, last = source.name.split() or [""]
    if last.lower() in DOCUMENTS:
        return False
    return token.dep_ not in SUBJECTS or not _only_later(last, token)


def _agrees(word: str, sort: Sort) -> bool:
    """Whether a pronoun can stand for a source of this sort; a body that says "them" speaks of others."""
    if sort is Sort.PERSON:
        return word in PERSON
    if sort is Sort.PLURAL:
        return word in PLURAL
    return word in THING | PLURAL - {"them", "themselves"}


def _several_before(token: Token, source: Source) -> bool:
    """Whether others are told of right before "they", which then hardly means the body that speaks."""
    name = source.name.split()
    if (
        _several_say(token, source)
        or "police" in source.name.lower()
        or name[-1:] == [f"{name[-1].rstrip('s')}s"]
    ):
        return False
    start = token.doc[token.sent.start - 1].sent.start if token.sent.start > 0 else 0
    before = token.doc[max(start, token.i - FARTHEST) : token.i]
    return any(
        t.tag_ in {"NNS", "NNPS"} and t.dep_ != "npadvmod" and not t.ent_type_ and t.text not in name
        for t in before
    )


def _several_say(token: Token, source: Source) -> bool:
    """Whether the verb of who speaks makes several of them: "Velm say they have paid"."""
    says = next((a for a in token.ancestors if a.lemma_.lower() in lexicon.SAY and a != token.head), token)
    own = any(c.dep_ in SUBJECTS and c.text in source.name.split() for c in says.children)
    plural = any(c.lower_ in {"have", "are", "were"} for c in says.children if c.dep_ == "aux")
    return own and (says.tag_ == "VBP" or plural)


def speaker_of_his(token: Token) -> Token | None:
    """The lawyer in "his lawyer said he had left": whom the pronoun itself makes somebody else's."""
    gender = HE if token.lower_ in HE else SHE if token.lower_ in SHE else frozenset()
    says = [a for a in token.ancestors if a.lemma_.lower() in lexicon.SAY]
    speakers = (c for v in says for c in v.children if c.dep_ in SUBJECTS and token not in c.subtree)
    return next(
        (s for s in speakers if any(c.dep_ == "poss" and c.lower_ in gender for c in s.children)), None
    )


def does_it_to(token: Token, source: Source) -> bool:
    """Whether a pronoun is the object of what the source does: "Holt accused him" is of another than Holt.

    An object never means its own clause's subject, which would be "himself" (binding, Chomsky 1981).
    """
    governor = token.head
    if token.dep_ == "pobj" and governor.lower_ in ARGUMENTS:
        governor = governor.head
    elif token.dep_ not in {"dobj", "dative"}:
        return False
    subject = _subject_of(governor)
    if subject is None:
        return False
    alike = any({subject.lower_, token.lower_} <= words for words in (HE, SHE))
    main = not any(a.lemma_.lower() in lexicon.SAY for a in governor.ancestors)
    names = source.name.split()
    named = subject.text in names or any(t.text in names for t in subject.subtree if t.pos_ == "PROPN")
    return alike or named or (main and subject.lower_ in PERSON)


def _subject_of(verb: Token) -> Token | None:
    """The subject of a verb, which may be that of another that it is joined to."""
    while not any(c.dep_ in SUBJECTS for c in verb.children) and verb.dep_ in {"conj", "xcomp", "advcl"}:
        verb = verb.head
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def _is_put_to(token: Token) -> bool:
    """Whether somebody is told of himself: "put it to him that he had lied"."""
    gender = HE if token.lower_ in HE else SHE
    told = next((a for a in token.ancestors if a.lemma_.lower() in lexicon.SAY | PUT_TO), None)
    if told is None or told.lemma_.lower() not in PUT_TO or token.head == told:
        return False
    objects = [c for c in told.children if c.dep_ in {"dobj", "dative"}]
    objects += [g for c in told.children if c.lower_ == "to" for g in c.children]
    return any(
        t.lower_ in gender or t.lower_ in PEOPLE or t.ent_type_ == "PERSON" for t in objects if t.i < token.i
    )


def _is_of_other_sex(token: Token, source: Source) -> bool:
    """Whether "he" can't be the source, a spokeswoman, nor "she" one who is a chairman."""
    words = frozenset(source.name.lower().split())
    return bool(words & (FEMALE if token.lower_ in HE else MALE)) and not words & (
        MALE if token.lower_ in HE else FEMALE
    )


def _is_whose_speaker(token: Token, source: Source) -> bool:
    """Whether the source speaks for one of the pronoun's sex: "his lawyer said he", "he fled, an aide said".

    An official who is only brought in after "he" has hardly been spoken of before; of a witness that may be.
    """
    if speaker_of_his(token) is not None:
        return True
    new = (t for t in token.sent if t.lower_ in (OFFICIAL | UNNAMED) - BODY and t.text in source.name.split())
    return any(t.i > token.i and any(c.lower_ in {"a", "an"} for c in t.lefts) for t in new)


def _only_later(name: str, token: Token) -> bool:
    """Whether the sentence names somebody after the token, and not before it."""
    places = [t.i for t in token.sent if t.text == name and t.pos_ == "PROPN"]
    return bool(places) and places[0] > token.i


def _closer(token: Token, source: Source) -> bool:
    """Whether an earlier noun of the clause agrees with the pronoun and stands nearer than the source.

    For a pronoun that is a subject that is an earlier subject, for others an object too ("took the revolver
    and gave it to him"). Somebody unnamed counts as well: "the judge was removed because he knew, the
    clerk said".
    """
    nearer = SUBJECTS if token.dep_ in SUBJECTS or token.dep_ == "poss" else SUBJECTS | {"dobj"}
    before = [t for t in clause_of(token).subtree if t.i < token.i and t.text not in source.name.split()]
    if token.lower_ in {"she", "her"} and any(t.lemma_.lower() in VESSELS for t in before):
        return True
    whose = token.lower_ in PERSON and (token.dep_ in SUBJECTS or token.dep_ == "poss")
    if whose and any(t.dep_ in SUBJECTS and _unnamed(t) and not _says(t, source) for t in before):
        return True
    return any(agreeing(before, token.lower_, nearer))


def _owner_nearer(token: Token, source: Source) -> bool:
    """Whether "its" stands behind another owner: "Velm said the firm's crew had left, and its ships too"."""
    says = next((a for a in token.ancestors if a.lemma_.lower() in lexicon.SAY), token.sent.root)
    before = token.doc[max(token.sent.start, says.i, token.i - FARTHEST) : token.i]
    owners = agreeing(before, token.lower_, frozenset({"poss"}))
    return token.dep_ == "poss" and any(t.text not in source.name.split() for t in owners)


def _done_to_another(token: Token, source: Source) -> bool:
    """Whether "him" can as well be the clause's subject, by whatever sort of name the parser takes it for."""
    if token.lower_ not in PERSON or token.dep_ not in {"dobj", "dative", "pobj"}:
        return False
    says = next((a for a in token.ancestors if a.lemma_.lower() in lexicon.SAY), token)
    before = token.doc[max(says.i, token.i - FARTHEST) : token.i]
    return any(
        t.pos_ == "PROPN" and t.dep_ == "nsubjpass" and t.text not in source.name.split() for t in before
    )


def is_of_things(token: Token) -> bool:
    """Whether what "they" are is told with "of", as of things: "they were of no use"."""
    of = (c for c in token.head.children if c.lower_ == "of" and c.i > token.i)
    return token.dep_ in SUBJECTS and token.head.lemma_ == "be" and any(of)


def _says(noun: Token, source: Source) -> bool:
    """Whether a subject is who speaks, called by an office: "the chairman, Jan Holt, accused"."""
    reports = lexicon.SAY | lexicon.BLAME | lexicon.JUDGE | lexicon.CLAIM_OBJECT
    return noun.head.lemma_.lower() in reports or any(t.text in source.name.split() for t in noun.subtree)


def _unnamed(noun: Token) -> bool:
    """Whether a noun is of one person by office or trade: "the clerk"; not "no clerk"."""
    return noun.tag_ == "NN" and noun.lower_ in PEOPLE and not any(is_negator(c) for c in noun.children)


def _done_to(token: Token) -> bool:
    """Whether "it" is the object of what is done to things: a body that says so hardly means itself."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    done = token.dep_ in {"dobj", "pobj"} and verb.lemma_.lower() not in DONE_TO_BODIES
    return token.lower_ == "it" and done


def judged(token: Token) -> bool:
    """Whether a pronoun is what somebody judges, who would say "itself": "Korvex called it a mistake"."""
    verb = token.head if token.dep_ == "dobj" else token.head.head
    judges = verb.lemma_.lower() in lexicon.JUDGE | lexicon.FIND and verb.i == token.i - 1
    return judges and token.dep_ in {"dobj", *SUBJECTS}
