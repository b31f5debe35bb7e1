"""What a pronoun or a possessive takes up besides the sources met before: the subject right before it."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.memory import Known, Memory, Named
from verify.attribution.mentions import HE, IT, SHE, THEY, said, words_of
from verify.attribution.offices import BODY, FIRMS, OFFICIAL, SPOKEN, TITLES, UNNAMED
from verify.attribution.people import sex_of
from verify.attribution.phrases import SUBJECTS
from verify.attribution.untold import announces

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

COLONS = frozenset({":", ";"})

ASKS, ANSWERS = frozenset({"ask"}), frozenset({"answer", "reply", "respond", "retort"})
"""Verbs of a question, and of what somebody else says to it."""

TELLS = (
    lexicon.SAY
    | lexicon.SPEAK_OF
    | lexicon.PUT_AT
    | lexicon.JUDGE
    | lexicon.DENY
    | lexicon.BLAME
    | lexicon.CLAIM_OBJECT
)
"""Verbs whose subject speaks, so that a "he said" behind it in the sentence is the same one's."""

NO_BODY = frozenset({"PERSON", "DATE", "EVENT", "LOC", "LAW", "WORK_OF_ART", "LANGUAGE", "TIME", "PRODUCT"})
"""Kinds of names that no body bears."""


def subject_here(pronoun: Token, memory: Memory, fits: Callable[[Token, Memory], bool]) -> Token | None:
    """The first subject before `pronoun` in its sentence that `fits`, outside of quotation marks."""
    return _subject(pronoun, pronoun.sent.start, pronoun.i, memory, fits)


def named_here(pronoun: Token, memory: Memory) -> Token | None:
    """The body that its sentence names last before "its": "taken from the museum, its chairman said"."""
    before = pronoun.doc[pronoun.sent.start : pronoun.i]
    bodies = (t for t in reversed(before) if t.ent_type_ == "ORG" or t.lower_ in BODY)
    named = (t for t in bodies if any(c.pos_ == "PROPN" for c in (t, *t.lefts)))
    return next((t for t in named if t.dep_ == "pobj" and is_body(t, memory)), None)


def subject_before_colon(pronoun: Token, memory: Memory) -> Token | None:
    """The subject of what comes before a colon: the mayor in "the mayor was blunt: it was over, she said"."""
    fits = (
        dict.fromkeys(HE | SHE, is_somebody) | dict.fromkeys(IT, is_body) | dict.fromkeys(THEY, are_several)
    )
    start = pronoun.sent.start
    colons = [t.i for t in pronoun.doc[start : pronoun.i] if t.text in COLONS and t.i not in memory.quoted]
    if not colons or pronoun.lower_ not in fits:
        return None
    fit = fits[pronoun.lower_]
    return _subject(pronoun, start, colons[-1], memory, fit) or _seen_by(pronoun.sent[0], memory, fit)


def _seen_by(first: Token, memory: Memory, fits: Callable[[Token, Memory], bool]) -> Token | None:
    """Jan Holt in "To Jan Holt it was a trick": whose view a sentence gives from the start."""
    seen = (c for c in first.children if c.dep_ == "pobj" and c.i > first.i)
    return next((c for c in seen if fits(c, memory)), None) if first.lower_ in {"to", "for"} else None


def speaker_here(pronoun: Token, memory: Memory) -> Token | None:
    """The rival in "his rival, Jan Holt, spoke of 40 houses where, he said, nobody had died".

    That is the last subject before "he" or "she", outside of quotation marks, of a verb that tells something
    and is no part of what another one tells.
    """
    if pronoun.lower_ not in HE | SHE or pronoun.dep_ != "nsubj":
        return None
    before = reversed(pronoun.doc[pronoun.sent.start : pronoun.i])
    subjects = (t for t in before if t.dep_ == "nsubj" and t.i not in memory.quoted)
    telling = (t for t in subjects if t.head.i < pronoun.i and _tells_by_itself(t.head))
    speaker = next((t for t in telling if is_somebody(t, memory)), None)
    other = speaker is None or _is_of_other_sex(speaker, memory, female=pronoun.lower_ in SHE)
    return None if other else speaker


def introduced_before(pronoun: Token, memory: Memory) -> Token | None:
    """Whom the sentence before "he" or "she" brings in: "Her driver, Jan Holt, was curt".

    None where the pronoun's own sentence names somebody before it.
    """
    if pronoun.lower_ not in HE | SHE or pronoun.dep_ != "nsubj":
        return None
    named = subject_here(pronoun, memory, is_person)
    somebody = subject_before(pronoun, memory, _is_introduced)
    other = somebody is None or _is_of_other_sex(somebody, memory, female=pronoun.lower_ in SHE)
    return None if other or named is not None else somebody


def _is_introduced(noun: Token, memory: Memory) -> bool:
    """Whether `noun` is somebody named right behind it, or "who saw it" and "told a different story"."""
    named = any(t.lower_ in memory.people for t in names_after(noun))
    told_of = any(c.dep_ == "relcl" and any(g.lower_ == "who" for g in c.children) for c in noun.children)
    tells = announces(noun.head) or noun.head.lemma_.lower() in TELLS
    aged = any(c.dep_ == "appos" and c.tag_ == "CD" for c in noun.children)  # "the complainant, now 43,"
    return noun.tag_ == "NN" and noun.lower_ not in BODY and (named or aged or (told_of and tells))


def _tells_by_itself(verb: Token) -> bool:
    fronted = verb.dep_ == "ccomp" and verb.head.i > verb.i
    return verb.lemma_.lower() in TELLS and (fronted or verb.dep_ in {"ROOT", "conj"})


def _is_of_other_sex(noun: Token, memory: Memory, *, female: bool) -> bool:
    named = [noun, *names_after(noun)]
    told = sex_of([t for name in named for t in (*name.lefts, name)], None)
    words = {name.lower_ for name in named}
    known = next((k.female for k in reversed(memory.known) if words & k.named), None)
    return (not female) in {told, known}


def subject_before(pronoun: Token, memory: Memory, fits: Callable[[Token, Memory], bool]) -> Token | None:
    """The first subject that `fits` in the sentence before that of `pronoun`, outside of quotation marks.

    A headline is none.
    """
    before = sentence_before(pronoun, memory)
    return _subject(pronoun, before.start, before.end, memory, fits)


def fronted_before(owner: Token, memory: Memory) -> Token | None:
    """The body that what is said is about, where "its" follows in the speaker's apposition.

    That is the Friends in "“Friends of Hale Meadow will appeal,” said Maureen Platt, its chair".
    """
    speaker = owner.head.head
    if owner.head.dep_ != "appos" or speaker.dep_ != "nsubj" or speaker.i < speaker.head.i:
        return None
    clauses = (c for c in speaker.head.children if c.dep_ == "ccomp" and c.i < speaker.head.i)
    subjects = (c for clause in clauses for c in clause.children if c.dep_ in SUBJECTS)
    return next((c for c in subjects if is_body(c, memory) or _is_named_society(c)), None)


def _is_named_society(noun: Token) -> bool:
    """Whether a plural is the first word of a name: "Friends of Hale Meadow"."""
    of = (g for c in noun.children if c.lower_ == "of" for g in c.children)
    return noun.tag_ in {"NNS", "NNPS"} and noun.is_title and any(g.pos_ == "PROPN" for g in of)


def accused_before(pronoun: Token, memory: Memory, fits: Callable[[Token, Memory], bool]) -> Token | None:
    """Whom the sentence before accuses: the minister in "They accused the minister, Jan Holt, of theft"."""
    before = sentence_before(pronoun, memory)
    accused = (t for t in before if t.dep_ == "dobj" and t.head.lemma_.lower() in lexicon.BLAME)
    return next((t for t in accused if t.i not in memory.quoted and fits(t, memory)), None)


def sentence_before(token: Token, memory: Memory) -> Span:
    """The sentence before that of `token`; empty where that is the first, or the one before the headline."""
    start = token.sent.start
    return token.doc[max(token.doc[start - 1].sent.start if start else start, memory.copy_from) : start]


def other_than(pronoun: Token, memory: Memory) -> frozenset[str]:
    """The names of those, met before, whom "he" or "she" can't mean.

    That is whoever its own clause names ("He accused Orme"), who just did something to "him" ("Sanz accused
    her. She denied it") and who just asked what it answers.
    """
    clause = [t for t in pronoun.head.subtree if t.i > pronoun.i] if pronoun.dep_ == "nsubj" else []
    named = {t.text for t in clause if t.pos_ == "PROPN" and t.lower_ in memory.people}
    names = {k.name for k in memory.known if k.name.split()[-1] in named}
    last = memory.known[-1] if memory.known else None
    if last is not None and any(_turns_to(t, pronoun, last) for t in sentence_before(pronoun, memory)):
        names.add(last.name)
    return frozenset(names)


def _turns_to(verb: Token, pronoun: Token, last: Known) -> bool:
    """Whether `last` is the subject of what was done to her whom "she" takes up, or of a question to her."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), verb.head if verb.dep_ == "acl" else None)
    if subject is None or not any(t.text == last.name.split()[-1] for t in subject.subtree):
        return False
    gender = HE if pronoun.lower_ in HE else SHE
    done_to = any(c.dep_ == "dobj" and c.lower_ in gender for c in verb.children)
    asked = verb.lemma_ in ASKS and pronoun.head.lemma_ in ANSWERS
    return done_to or asked


def _subject(
    pronoun: Token, start: int, end: int, memory: Memory, fits: Callable[[Token, Memory], bool]
) -> Token | None:
    return next(
        (
            t
            for t in pronoun.doc[start:end]
            if t.dep_ in SUBJECTS and t.i not in memory.quoted and fits(t, memory)
        ),
        None,
    )


def named_before(body: Token, memory: Memory) -> Token | None:
    """The noun by which the text named before whom a bare "the ministry" means: "the transport ministry".

    "Velm United, a union" named a union too. None where it has named several, or none.
    """
    before = [named for named in memory.named.get(body.lower_, ()) if named.place < body.i]
    longest = max(before, key=lambda named: len(named.words), default=None)
    if longest is None or not all(named.words <= longest.words for named in before):
        return None
    return longest.noun


def bodies_named(doc: Doc, copy_from: int, quoted: Container[int]) -> dict[str, list[Named]]:
    """What bodies the copy names by each noun, outside of quotation marks: the first place for each name."""
    named: dict[str, list[Named]] = {}
    met: set[tuple[str, frozenset[str]]] = set()
    for token in doc[copy_from:]:
        is_body = token.lower_ in BODY and token.pos_ in {"NOUN", "PROPN"} and token.dep_ != "compound"
        noun = _as_named(token) if is_body and token.i not in quoted else None
        if noun is None:
            continue
        words = words_of(said(doc[noun.left_edge.i : noun.i + 1]))
        if (token.lower_, words) not in met:
            met.add((token.lower_, words))
            named.setdefault(token.lower_, []).append(Named(token.i, noun, words))
    return named


def _as_named(body: Token) -> Token | None:
    """A noun with what tells it from others of its kind, or the name that it describes; None for others."""
    if body.dep_ == "appos" and body.head.pos_ == "PROPN" and body.head.i < body.i:
        return body.head
    before = (c for c in body.lefts if c.dep_ in {"compound", "nmod", "poss", "amod"})
    tells = any(c.pos_ == "PROPN" or c.ent_type_ == "NORP" or c.dep_ in {"compound", "nmod"} for c in before)
    return body if tells else None


def is_body(noun: Token, memory: Memory) -> bool:
    """Whether "it" may stand for `noun`: a body by its word, or a name that isn't a person's."""
    if noun.pos_ == "PROPN":
        if noun.i == noun.sent.start and noun.lower_ in memory.uncapitalised:
            return False  # the capital is that of the sentence
        firm = noun.lower_ in FIRMS and noun.ent_type_ == "PERSON"  # "Calder Transit"
        return (firm or noun.ent_type_ not in NO_BODY) and noun.lower_ not in memory.people
    return noun.tag_ == "NN" and (
        noun.lower_ in BODY or any(name.ent_type_ == "ORG" for name in names_after(noun))
    )


def are_several(noun: Token, memory: Memory) -> bool:
    """Whether "they" may stand for `noun`: a plural, or a body as the British see it."""
    return noun.tag_ == "NNS" or is_body(noun, memory)


def is_person(noun: Token, memory: Memory) -> bool:
    """Whether "he" or "she" may stand for `noun`: a name, or an office that a name follows."""
    return any(t.lower_ in memory.people for t in (noun, *names_after(noun)))


def is_somebody(noun: Token, memory: Memory) -> bool:
    """Whether `noun` is a person, by name, by office or by a "who" that follows."""
    office = noun.tag_ == "NN" and noun.lower_ in (OFFICIAL | TITLES | UNNAMED | SPOKEN) - BODY
    told_of = noun.tag_ == "NN" and noun.lower_ not in BODY and any(t.lower_ == "who" for t in noun.subtree)
    return is_person(noun, memory) or office or told_of


def names_after(noun: Token) -> list[Token]:
    """The names that follow a noun between commas: "the captain, Jan Holt"."""
    return [c for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > noun.i]
