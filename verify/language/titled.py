"""Whom a title or an office names is a person, whatever the parser took the name for.

spaCy's small pipelines make an organisation of "Cllr Imran Yusuf", a work of art of "Rear Admiral Jorge
Parga" and a place of the "Hale" in "But Hale, 44, said"; everything that tells people from bodies would
follow them.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

COURTESIES = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady baroness".split())
RANKS = COURTESIES | frozenset(
    """professor prof prof. rep rep. sen sen. gov gov. gen gen. col col. lt lt. capt capt. maj maj. adm adm.
    lieutenant colonel major captain admiral commander brigadier sgt sgt. sergeant detective det det.
    inspector insp insp. superintendent supt constable cllr cllr. councillor councilman councilwoman
    sheriff archbishop bishop rabbi imam ayatollah""".split()
)
"""Titles that people alone bear, so that what follows one is a name."""

NO_NAMES = frozenset(
    """mayor chief justice general secretary president league group company council insurance association club
    foundation trust university school museum society street road island islands county state""".split()
)
"""What stands in the name of an office or a body after a title: "Lord Mayor", "Major League"."""

OFFICES = frozenset(
    """adviser analyst captain chair chairman chairwoman chief coach commander commissioner director editor
    governor head lawyer leader manager mayor minister negotiator officer president prosecutor secretary
    spokesman spokesperson spokeswoman""".split()
)
"""Nouns of people alone, so that a name of two words between commas behind one is whose office it is."""

PLACES = frozenset({"GPE", "NORP", "LOC", "FAC"})

WHERE = frozenset({"across", "around", "at", "in", "into", "near", "outside", "throughout"})
"""What stands before a place rather than before somebody."""

SMALL = frozenset({"PRON", "DET", "ADP", "AUX", "CCONJ", "SCONJ"})


def name_people(doc: Doc) -> None:
    """Make people of the names in `doc` that titles or offices tell of, and of surnames standing alone."""
    from spacy.util import filter_spans  # with spaCy comes PyTorch, unless the parser's loader keeps it out

    named = [*_titled(doc), *_in_office(doc)]
    known = [e for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 and not _has_article(e)]
    titled = {name[-1].text for name in named}
    surnames = titled | {name[-1].text for name in known}
    bodies = {t.text for t in doc[:-1] if t.text in surnames - titled and _goes_on_as_body(t)}
    places = {t.text for t in doc[1:] if t.text in surnames and t.nbor(-1).lower_ in WHERE}
    alone = [_person(doc, t.i, t.i + 1) for t in doc if t.text in surnames - bodies and _is_alone(t, places)]
    people = [*named, *alone]
    if people:
        taken = {t.i for name in people for t in name}
        kept = (entity for entity in doc.ents if not any(t.i in taken for t in entity))
        doc.ents = (*kept, *filter_spans(people))


def _person(doc: Doc, start: int, end: int) -> Tokens:
    from spacy.tokens import Span as Tokens

    return Tokens(doc, start, end, label="PERSON")


def _has_article(name: Tokens) -> bool:
    """Whether an article tells that a name is a thing's: "a Vauxhall Corsa"."""
    return name.start > 0 and name.doc[name.start - 1].tag_ == "DT"


def _goes_on_as_body(surname: Token) -> bool:
    """Whether a surname begins a longer name, which the bare surname may stand for: "Adani Enterprises"."""
    after = surname.nbor(1)
    return after.is_title and after.pos_ == "PROPN" and surname.dep_ == "compound"


def _in_office(doc: Doc) -> Iterator[Tokens]:
    """The names of two words or more that offices are followed by: "the finance minister, Ana Ruiz,"."""
    for name in doc:
        office = name.head
        if name.dep_ != "appos" or name.pos_ != "PROPN" or office.lower_ not in OFFICES or office.i > name.i:
            continue
        before = (t.i for t in name.lefts if t.pos_ == "PROPN" and t.lower_ not in RANKS)
        start = min(before, default=name.i)
        words = doc[start : name.i + 1]
        apart = doc[start - 1].text == ","
        if len(words) > 1 and apart and all(t.ent_type_ not in PLACES for t in words):
            yield _person(doc, start, name.i + 1)


def _titled(doc: Doc) -> Iterator[Tokens]:
    for title in doc[:-1]:
        if title.lower_ not in RANKS or not title.text[0].isupper() or title.nbor(1).lower_ in RANKS:
            continue
        end = title.i + 1
        while end < len(doc) and _goes_on(doc[end], within=end > title.i + 1):
            end += 1
        words = doc[title.i + 1 : end]
        known = any(t.ent_type_ == "PERSON" for t in words)
        if len(words) and not known and not any(t.lower_ in NO_NAMES for t in words):
            yield _person(doc, words.start, words.end)


def _goes_on(token: Token, *, within: bool) -> bool:
    """Whether a name goes on with `token`: a capital, or the hyphen of "Hale-Thornton"."""
    hyphen = within and token.text == "-" and not token.nbor(-1).whitespace_
    named = token.text[0].isupper() and token.pos_ not in SMALL and not token.is_sent_start
    return hyphen or named


def _is_alone(token: Token, places: Set[str]) -> bool:
    """Whether a surname is all that stands there, and isn't known for a place or a person already."""
    near = [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    joined = any(t.pos_ == "PROPN" and t.lower_ not in RANKS for t in near)
    elsewhere = token.ent_type_ in PLACES and (token.text in places or token.dep_ not in {"nsubj", "poss"})
    return token.pos_ == "PROPN" and token.ent_type_ != "PERSON" and not elsewhere and not joined
