"""Whom a title names is a person, whatever the parser took the name for.

spaCy's small pipelines make an organisation of "Cllr Imran Yusuf" and a work of art of "Rear Admiral Jorge
Parga"; everything that tells people from bodies would follow them.
"""

from __future__ import annotations

from collections.abc import Iterator
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

SMALL = frozenset({"PRON", "DET", "ADP", "AUX", "CCONJ", "SCONJ"})


def name_people(doc: Doc) -> None:
    """Make people of the names in `doc` that titles precede, and of their last words standing alone."""
    named = [*_titled(doc)]
    surnames = {name[-1].text for name in named}
    alone = [doc[t.i : t.i + 1] for t in doc if t.text in surnames and _is_alone(t)]
    people = [*named, *alone]
    if people:
        taken = {t.i for name in people for t in name}
        kept = (entity for entity in doc.ents if not any(t.i in taken for t in entity))
        doc.ents = (*kept, *people)


def _titled(doc: Doc) -> Iterator[Tokens]:
    from spacy.tokens import Span as Tokens

    for title in doc[:-1]:
        if title.lower_ not in RANKS or not title.text[0].isupper() or title.nbor(1).lower_ in RANKS:
            continue
        end = title.i + 1
        while end < len(doc) and _goes_on(doc[end], within=end > title.i + 1):
            end += 1
        words = doc[title.i + 1 : end]
        known = any(t.ent_type_ == "PERSON" for t in words)
        if len(words) and not known and not any(t.lower_ in NO_NAMES for t in words):
            yield Tokens(doc, words.start, words.end, label="PERSON")


def _goes_on(token: Token, *, within: bool) -> bool:
    """Whether a name goes on with `token`: a capital, or the hyphen of "Hale-Thornton"."""
    hyphen = within and token.text == "-" and not token.nbor(-1).whitespace_
    named = token.text[0].isupper() and token.pos_ not in SMALL and not token.is_sent_start
    return hyphen or named


def _is_alone(token: Token) -> bool:
    """Whether a surname is all that stands there, and isn't known for a place or a person already."""
    near = [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    joined = any(t.pos_ == "PROPN" and t.lower_ not in RANKS for t in near)
    return token.pos_ == "PROPN" and token.ent_type_ not in {"PERSON", "GPE", "NORP"} and not joined
