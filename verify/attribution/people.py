"""People as sources: their full names, their sex, and whether their names are withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from verify.attribution.given_names import womans
from verify.attribution.lexicon import WITHHELD
from verify.attribution.memory import Known, Memory
from verify.attribution.mentions import HE, IT, OWNERS, SHE, in_full, said
from verify.attribution.offices import (
    BODY,
    FEMALE,
    FIRMS,
    INTRODUCED,
    MALE,
    POST_NOMINALS,
    SPOKEN,
    TITLES,
    UNNAMED,
)
from verify.attribution.phrases import SUBJECTS
from verify.language.titled import COURTESIES
from verify.types import Sort

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed


OTHERS = frozenset({"poss", "pobj", "relcl", "acl"})
"""Relations by which a phrase brings in others than whom it names."""

PICKED = frozenset(
    """some several many few senior top former current other western u.s. us intelligence security enforcement
    unnamed government administration""".split()
)
"""Words before "officials" that tell of some among many, or of no one body."""


GRADES = frozenset("grade class category type part phase level division group tier war".split())
NUMERALS = frozenset("I II III IV V VI X".split())
"""What ends a sentence behind one of GRADES, rather than being the initial of the name that follows."""

KNIGHTED = frozenset({"sir", "dame"})
"""Titles that a given name follows."""

PARTICLES = frozenset("da de del della den der di dos du la le ten ter van von zu".split())
"""Words within a family name: where a name ends with one, the parser has cut it short."""


def person_named(tokens: Sequence[Token], head: Token, memory: Memory) -> str | None:
    """The full name of the person that the phrase names, if it names one that isn't only an owner in it."""
    ids = {t.i for t in tokens}
    for run in _people_in(tokens):
        if head.pos_ == "NOUN" and head.lower_ in BODY and run[-1].dep_ in {"compound", "nmod", "amod"}:
            continue  # "the Vostravan ministry"
        name = in_full(_untitled(run)).strip("’'")
        titled = any(t.lower_ in TITLES for t in tokens)
        known = " " in name or titled or name.lower() in memory.people
        if " " not in name and run[0].i and run[0].nbor(-1).lower_ in BODY | INTRODUCED:
            continue  # "the pump maker Hansa"
        if not known and (goes_on(run[-1]) == "it" or _is_seat(name, memory) or _is_of_body(name, memory)):
            continue  # "Hansa said it had ..."
        if name and _is_bearer(run[-1], head, ids):
            if any(t.lower_ in KNIGHTED for t in run[0].doc[max(run[0].i - 1, 0) : run[0].i + 1]):
                name = _knighted(name, memory)
            return memory.people.get(name.lower(), name) if " " not in name else name
    addressed = any(t.lower_ in COURTESIES for t in head.lefts)
    bears = head.pos_ == "PROPN" and (addressed or head.ent_type_ in {"PERSON", ""})
    if bears and head.lower_ in memory.people and head.lower_ not in TITLES:
        return memory.people[head.lower_]
    return _apposed_name(head)


def _knighted(given: str, memory: Memory) -> str:
    """Nigel Thrupp of "Sir Nigel", where the text names one of that given name alone."""
    names = {name for name in memory.people.values() if name.split()[0] == given != name}
    return names.pop() if len(names) == 1 else given


def _is_seat(name: str, memory: Memory) -> bool:
    """Whether a body met before sits in a place of this name: Orsk, after "the government in Orsk"."""
    return any(known.name.endswith(f" in {name}") for known in memory.known)


def _is_of_body(name: str, memory: Memory) -> bool:
    """Whether a body met before bears this name with others: "Sulz", after "Ropenwerk Sulz"."""
    known = (k for k in memory.known if k.sort is Sort.BODY and k.name == k.party)
    return any(name in k.name.split() for k in known)


def _untitled(name: Sequence[Token]) -> Sequence[Token]:
    """A name without the titles before it: "King" is one in "King Charles", and none in "Ronnie King".

    Nor has it the letters behind it, "KC" or "MP", or the numeral of "a listed building of Grade I" that the
    parser takes for an initial.
    """
    bare = [*dropwhile(lambda t: t.lower_ in TITLES, name)] or [*name]
    while len(bare) > 1 and bare[-1].lower_ in POST_NOMINALS and bare[-1].is_upper:
        bare.pop()
    graded = len(bare) > 2 and bare[0].lower_ in GRADES
    first = bare[1] if graded else bare[0]
    numeral = first.i and first.text.rstrip(".") in NUMERALS and first.nbor(-1).lower_ in GRADES
    return bare[1 + graded :] if numeral and len(bare) > 1 else bare


def _people_in(tokens: Sequence[Token]) -> list[list[Token]]:
    """The runs of tokens that the parser takes for people's names."""
    runs: list[list[Token]] = []
    joined = False
    for token in tokens:
        inside = token.ent_type_ == "PERSON" and token.tag_ != "POS"
        if inside and joined:
            runs[-1].append(token)
        elif inside:
            runs.append([token])
        joined = inside
    return [_whole_name(run) for run in runs if not is_firm(run)]


def is_firm(name: Sequence[Token]) -> bool:
    """Whether what the parser takes for somebody is a firm: "Calder Transit", "Korvex Velm, the operator"."""
    told = (c for c in name[-1].children if c.dep_ == "appos" and c.lower_ in BODY and c.tag_ == "NN")
    described = any(all(g.dep_ in {"det", "amod", "prep", "punct"} for g in c.children) for c in told)
    return len(name) > 1 and womans(name[0].text) is None and (name[-1].lower_ in FIRMS or described)


def _whole_name(name: list[Token]) -> list[Token]:
    """A name with the rest of it, which the parser may not take for one.

    That is the "soo" of "Han Duck-soo", the "Jean" of "Jean-Luc Moor", the "Heide" of "Eva von der Heide".
    """
    doc, start, end = name[-1].doc, name[0].i, name[-1].i
    while start > 1 and doc[start - 1].text == "-" and doc[start - 2].is_title and _is_joined(doc[start - 2]):
        start -= 2
    while end + 1 < len(doc) and doc[end].lower_ in PARTICLES and _is_name_word(doc[end + 1]):
        end += 1
    while end + 2 < len(doc) and doc[end + 1].text == "-" and _is_joined(doc[end]):
        end += 2
    return [*doc[start : name[0].i], *name, *doc[name[-1].i + 1 : end + 1]]


def _is_joined(word: Token) -> bool:
    """Whether `word` and the hyphen behind it stand without a space before what follows."""
    return not (word.whitespace_ or word.nbor(1).whitespace_)


def _is_name_word(word: Token) -> bool:
    return word.lower_ in PARTICLES or (word.is_title and word.pos_ == "PROPN")


def _is_bearer(last: Token, head: Token, phrase: set[int]) -> bool:
    """Whether the name that ends with `last` is that of the source, and not of an owner or in an aside."""
    owner = last.dep_ == "poss" or (last.i + 1 < len(last.doc) and last.nbor(1).tag_ == "POS")
    aside = any(a.dep_ in {"relcl", "acl"} for a in (last, *last.ancestors) if a.i in phrase and a != head)
    governed = last.dep_ in {"pobj", "dobj"} and last != head
    return not (owner or aside or governed or _is_whom_it_is_close_to(last, head))


def _is_whom_it_is_close_to(name: Token, head: Token) -> bool:
    """Whether a name explains whom an unnamed source knows: "a source close to the leader, Ilse Brandt".

    In "a spokesman for the ministry, Jan Holt" it is the spokesman's own.
    """
    known = name.head
    somebody = name.dep_ == "appos" and known.dep_ == "pobj" and known != head and known.lower_ not in BODY
    close = known.head.lower_ == "to" and known.head.head.lower_ == "close"
    return somebody and (close or head.lower_ in UNNAMED)


def _apposed_name(head: Token) -> str | None:
    """The name that follows an office: "the minister, Ilse Brandt"."""
    if head.lower_ in BODY:
        return None
    for apposed in head.children:
        if apposed.dep_ == "appos" and apposed.pos_ == "PROPN" and apposed.i > head.i:
            first = [c for c in apposed.children if c.dep_ in {"compound", "flat"} and c.lower_ not in TITLES]
            if first:
                return in_full(_whole_name([*apposed.doc[first[0].i : apposed.i + 1]]))
    return None


def goes_on(name: Token) -> str:
    """How the sentence goes on after a name: with "he" or "it", where it names nobody else before; or "".

    "Djokovic said his agent" is of a man, "Hansa said it" of none.
    """
    if name.pos_ != "PROPN" or name.lower_ in BODY:
        return ""
    for token in name.doc[name.i + 1 : name.sent.end]:
        if token.lower_ in IT:
            return "it"
        if token.lower_ in HE | SHE:
            return "he"
        if token.ent_type_ == "PERSON":
            return ""
    return ""


def people_of(parsed: Parsed) -> dict[str, str]:
    """Full names by surname, of all whom the text names in full; the first to bear a surname keeps it."""
    people: dict[str, str] = {}
    alone: list[str] = []
    for entity in parsed.doc.ents:
        if entity.label_ != "PERSON" or is_firm([t for t in entity if t.tag_ != "POS"]):
            continue
        bearer = _whole_name([t for t in entity if t.tag_ != "POS"] or [*entity])
        words = [t for t in _untitled(bearer) if t.is_alpha or "." in t.text]
        if words:
            name = in_full(words[0].doc[words[0].i : words[-1].i + 1])
            if " " in name:
                for surname in (name.split()[-1], words[-1].text):
                    people.setdefault(surname.lower(), name)
            elif any(t.lower_ in COURTESIES for t in parsed.doc[max(entity.start - 1, 0) : entity.end]):
                alone.append(name)  # "Lady Ashdown", of whom no more is told
    for name in alone:
        people.setdefault(name.lower(), name)
    subjects = (t for t in parsed.doc if t.ent_type_ == "PERSON" and t.dep_ in SUBJECTS)
    bare = {t.lower_ for t in subjects if not [*t.lefts]}
    for name in dict.fromkeys(people.values()):
        family = name.split()[0].lower()  # "Koh said", of Koh Dong-jin
        if family in bare:
            people.setdefault(family, name)
    return people


def introduced_in(parsed: Parsed, people: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
    """By what they are, the names of those whom the text brings in so, with the place of each name.

    "The surgeon, Anna Mertens," is a surgeon; in "the surgeon, Anna Mertens and a nurse" nobody tells.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for entity in parsed.doc.ents:
        name = people.get(entity.root.lower_)
        if entity.label_ != "PERSON" or name is None or len(entity) < 2 or entity.start < 3:
            continue
        noun, comma = parsed.doc[entity.start - 2], parsed.doc[entity.start - 1]
        after = parsed.doc[entity.end] if entity.end < len(parsed.doc) else comma
        told = noun.tag_ == "NN" and noun.lower_ not in BODY and any(c.lower_ == "the" for c in noun.lefts)
        if told and comma.text == "," and after.dep_ != "cc" and noun.sent == entity.sent:
            found.setdefault(noun.lower_, []).append((entity.start, name))
    return found


def introduced_as(noun: Token, memory: Memory) -> str | None:
    """Anna Mertens of a bare "the surgeon", where the text brought in her alone as the surgeon before."""
    bare = [c.lower_ for c in noun.children] == ["the"] and noun.tag_ == "NN"
    names = {name for place, name in memory.introduced.get(noun.lower_, ()) if place < noun.i}
    return names.pop() if bare and len(names) == 1 else None


def sex_of(tokens: Sequence[Token], earlier: Known | None) -> bool | None:
    """Whether the phrase, or an earlier mention, tells of a woman, True, or of a man, False.

    "Mr Holt's sister" is a woman: owners and what "of" and clauses bring in are others. A title tells, then a
    given name, then "spokesman", which some women are called too.
    """
    ids = {t.i for t in tokens}
    own = [t for t in tokens if not any(a.dep_ in OTHERS for a in (t, *t.ancestors) if a.i in ids)]
    words = {t.lower_ for t in own}
    if words & FEMALE:
        return True
    given = (womans(t.text) for t in own if t.is_title and t.pos_ == "PROPN" and _begins_name(t))
    if (told := next((sex for sex in given if sex is not None), None)) is not None:
        return told
    if words & MALE:
        return False
    return earlier.female if earlier is not None else None


def _begins_name(word: Token) -> bool:
    """Whether a word begins a name of two words or more: "Anne" in "Cllr Anne Rowley"."""
    before = word.nbor(-1) if word.i > word.sent.start else None
    alone = before is None or before.pos_ != "PROPN" or before.lower_ in TITLES
    return (
        alone
        and word.i + 1 < len(word.doc)
        and word.nbor(1).pos_ == "PROPN"
        and word.nbor(1).text[0].isupper()
    )


def is_anonymous(tokens: Sequence[Token], head: Token, text: str) -> bool:
    """Whether the source is an individual whose name isn't given; spokesmen speak for a named body."""
    lower = text.lower()
    people = [t for t in tokens if t.ent_type_ == "PERSON" and t.tag_ != "POS" and t.dep_ != "poss"]
    named = any(not any(_is_whom_it_is_close_to(a, head) for a in (t, t.head)) for t in people)
    if named or head.pos_ == "PROPN" or head.lower_ in SPOKEN:
        return False
    withheld = (
        WITHHELD.search(text)
        or WITHHELD.search(_aside(tokens[-1]))
        or any(t.lower_ == "anonymous" for t in tokens)
    )
    if withheld and head.lower_ not in BODY:
        return True
    if (
        head.lower_ not in UNNAMED
        or tokens[0].lower_ in OWNERS | {"the", "city", "local"}
        or tokens[0].tag_ == "POS"
    ):
        return False
    if head.lower_ in {"people", "person"}:
        return any(w in lower for w in ("familiar", "knowledge", "close to", "briefed"))
    if any(t.dep_ == "poss" for t in tokens) and head.lower_ not in {"source", "sources"}:
        return False
    return head.lower_ not in {"officials", "officers"} or not _speaks_as_one(tokens, head)


def _aside(last: Token) -> str:
    """What stands between commas behind a phrase that ends with `last`: "speaking anonymously"."""
    if last.i + 1 == last.sent.end or last.nbor(1).text != ",":
        return ""
    return said(takewhile(lambda t: t.text != ",", last.doc[last.i + 2 : last.sent.end]))


def _speaks_as_one(tokens: Sequence[Token], officials: Token) -> bool:
    """Whether "health officials", in the plural and without a number, only stands for the body itself."""
    told_apart = any(
        t.pos_ == "NUM" or t.ent_type_ == "NORP" or t.lower_ in PICKED or t.dep_ in {"relcl", "acl"}
        for t in tokens
    )
    return not told_apart and tokens[-1] == officials and len(tokens) > 1
