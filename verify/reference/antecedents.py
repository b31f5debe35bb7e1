"""Whom of those told of before a pronoun can mean, where it isn't the source that speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS
from verify.reference.naming import noun_phrase
from verify.reference.nouns import FARTHEST, PEOPLE, agreeing, clause_of, fits, of_other_sex
from verify.reference.pronouns import PERSON, PLURAL, THING
from verify.reference.speaker import does_it_to, judged, speaker_of_his
from verify.types import Source

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 2
"""Sentences back to which an antecedent is looked for."""

FAR = 4
"""The same where nobody but one person may be found there."""


def subjects_before(token: Token, source: Source | None) -> Iterator[str]:
    """The subjects before the pronoun that agree with it, nearest sentence first, in each the first one."""
    doc = token.doc
    name = source.name.lower() if source is not None else ""
    own = {name, f"the {name}"} if judged(token) else {name}
    sentences = [token.sent]
    while len(sentences) <= REACH and sentences[-1].start > 0:
        sentences.append(doc[sentences[-1].start - 1].sent)
    for sentence in sentences:
        others = doc[max(sentence.start, token.i - FARTHEST) : min(sentence.end, token.i)]
        for other in agreeing(others, token.lower_, SUBJECTS):
            phrase = noun_phrase(other)
            if phrase.lower() not in own:
                yield phrase


def target_before(token: Token) -> Token | None:
    """The release in "called the release selfish and said it endangered people".

    So of "they" after an accusation: "pointed the finger at the rebels, saying they had fired".
    """
    if token.lower_ not in THING | PLURAL or token.dep_ not in SUBJECTS:
        return None
    says = clause_of(token).head
    before = says.head
    points = before.lemma_ == "point" and any(c.lower_ == "finger" for c in before.children)
    verbs = lexicon.BLAME if token.lower_ in PLURAL else lexicon.JUDGE | lexicon.BLAME
    if says.dep_ not in {"conj", "advcl"} or not (points or before.lemma_.lower() in verbs):
        return None
    between = (t for t in before.subtree if before.i < t.i < says.i and t.lower_ != "finger")
    return next(
        agreeing(between, token.lower_, SUBJECTS | {"dobj", "pobj"} if points else SUBJECTS | {"dobj"}), None
    )


def accused_before(token: Token, source: Source) -> Token | None:
    """The company in "who have sued the company and accuse it of fraud": the nearest noun that agrees.

    So of the one person whom "accused her" can mean, of all that are told of not long before.
    """
    verb = token.head
    accuses = verb.lemma_.lower() in lexicon.BLAME and token.dep_ == "dobj"
    laid = any(c.dep_ == "prep" and c.lower_ == "on" for c in verb.children)  # "blamed it on them": a deed
    if accuses and token.lower_ in PERSON and does_it_to(token, source):
        return _only_person_before(token, source)
    if not accuses or laid or token.lower_ not in THING | PLURAL:
        return None
    before = reversed(token.doc[max(token.sent.start, token.i - FARTHEST) : token.i])
    told = verb.head if verb.dep_ in {"acl", "relcl"} else verb  # the report in "a report that accuses it"
    others = (t for t in before if t.head != verb and t != told and t.text not in source.name.split())
    return next(agreeing(others, token.lower_, SUBJECTS | {"dobj"}), None)


def _only_person_before(token: Token, source: Source) -> Token | None:
    """The person, other than the source, that alone of those told of before agrees with "him" or "her"."""
    first = token.sent
    for _ in range(FAR):
        first = token.doc[first.start - 1].sent if first.start else first
    before = token.doc[max(first.start, token.i - FARTHEST) : token.i]
    named = agreeing(before, token.lower_, SUBJECTS | {"dobj", "appos"})
    people = {t.text: t for t in named if t.text not in source.name.split() and not of_other_sex(t, token)}
    return next(iter(people.values())) if len(people) == 1 else None


def somebody_nearer(token: Token) -> bool:
    """Whether its sentence tells of somebody unnamed before it: "the family of the man says he fled"."""
    before = token.doc[max(token.sent.start, token.i - FARTHEST) : token.i]
    speaker = speaker_of_his(token)
    return any(t.tag_ == "NN" and t.lower_ in PEOPLE and t != speaker for t in before)


def several_nearer(token: Token) -> bool:
    """Whether others than a subject are all that "they" can mean: "told the boys they won"."""
    before = token.doc[max(token.sent.start, token.i - FARTHEST) : token.i]
    several = [
        t for t in before if fits(t, token.lower_) and not t.ent_type_ and _verb_of(t) in token.head.ancestors
    ]
    return bool(several) and not any(agreeing(before, token.lower_, SUBJECTS))


def _verb_of(noun: Token) -> Token:
    """The verb that a noun depends on."""
    return next((a for a in noun.ancestors if a.pos_ in {"VERB", "AUX"}), noun)
