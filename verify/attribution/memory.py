"""The sources of a document so far, and which of them a definite phrase takes up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.attribution.mentions import HE, SHE, said, words_of
from verify.attribution.offices import BODY, COMMERCIAL, GENERIC, REPORT, SOCIETY, SPOKEN, STATE_BODY
from verify.types import Sort

if TYPE_CHECKING:
    from spacy.tokens import Token

SEVERAL = frozenset({"both", "neither", "none"})
"""Sources of one word that stand for more than one, or for nobody: "it" is none of them."""


@dataclass(slots=True)
class Known:
    """A source met in the text, with what later mentions may call it.

    A description may take up any of `words`, a proper name only those of its own, `named`.
    """

    name: str
    party: str
    sort: Sort
    anonymous: bool
    named: frozenset[str]
    words: frozenset[str]
    sentence: int
    female: bool | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """How the text names a body: the noun, the words of its phrase, and the place where it does so first.

    "Korvex, a local firm" names a firm at "firm", by the noun "Korvex".
    """

    place: int
    noun: Token
    words: frozenset[str]


@dataclass(slots=True)
class Memory:
    """The sources of a document so far, and the people and states that it names anywhere.

    `quoted` are its tokens in quotation marks and `copy_from` the first after its headline, by their indices;
    `introduced` holds the people whom it brings in as something, by that: "the surgeon, Anna Mertens".
    `uncapitalised` are its words in small letters, and `capitalised` those of the copy with a capital that
    isn't only a sentence's. `named` holds the names of bodies by what they are, and `states` those of states
    with their sentences, both in the order of the text.
    """

    known: list[Known] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    states: list[tuple[int, str]] = field(default_factory=list)
    state_names: frozenset[str] = frozenset()
    parties: dict[str, str] = field(default_factory=dict)
    quoted: frozenset[int] = frozenset()
    copy_from: int = 0
    uncapitalised: frozenset[str] = frozenset()
    capitalised: frozenset[str] = frozenset()
    named: Mapping[str, Sequence[Named]] = field(default_factory=dict)
    introduced: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)

    def states_by(self, sentence: int, most: int) -> list[str]:
        """The states that the text has named last up to the end of a sentence, `most` mentions."""
        end = bisect_right(self.states, sentence, key=lambda mention: mention[0])
        return [state for _, state in self.states[max(end - most, 0) : end]]

    def last(
        self, sort: Sort, female: bool | None = None, others: frozenset[str] = frozenset()
    ) -> Known | None:
        """The source of this sort that was met last, of the other sex only where it isn't known.

        None of `others`, by their names.
        """
        names = others | {k.name for k in self.known if female is not None and k.female is (not female)}
        return next((k for k in reversed(self.known) if k.sort is sort and k.name not in names), None)

    def body(self) -> Known | None:
        """The source met last that "it" may stand for: a body, or a single name that is no known person's."""
        return next((k for k in reversed(self.known) if k.sort is Sort.BODY or self._is_single(k)), None)

    def _is_single(self, known: Known) -> bool:
        name = known.name
        if name.lower() in SEVERAL:
            return False
        full = known.female is not None or name.lower() in self.people
        return known.sort is Sort.PERSON and " " not in name and name[:1].isupper() and not full

    def called(self, words: frozenset[str], *, proper: bool) -> Known | None:
        """The source met last that all of `words` describe, or, where they are a proper name, name.

        "Police" are no "Police Federation".
        """
        known = ((k, k.named if proper else k.words) for k in reversed(self.known))
        fits = (k for k, own in known if words and words <= own)
        return next((k for k in fits if not (words <= BODY and _only_qualifies(words, k.name))), None)

    def spoken_for(self, words: frozenset[str]) -> str | None:
        """The party of this name for which a source met before speaks: "Korvex" is "Korvex Logistics"."""
        parties = (k.party for k in reversed(self.known) if k.party != k.name)
        fits = (party for party in parties if words and words <= words_of(party))
        return next((p for p in fits if not (words <= BODY and _only_qualifies(words, p))), None)


def _only_qualifies(words: frozenset[str], name: str) -> bool:
    """Whether a noun stands in a proper name but doesn't head it: "the airline" isn't the Airline Guild."""
    parts = name.split()
    return len(words) == 1 and any(
        {part.lower()} == words and part.istitle() and after.istitle() for part, after in pairwise(parts)
    )


def _names_its_body(name: str) -> bool:
    """Whether a name is that of a person by the body: "Korvex" isn't the "Korvex boss"."""
    last = name.rsplit(maxsplit=1)[-1]
    return last.islower() and last not in BODY and " " in name


def _only_belongs(head: Token, name: str) -> bool:
    """Whether a noun tells in a name only whose somebody is: "the mayor" isn't "a lawyer for the mayor"."""
    words = name.lower().replace("’", "'").split()
    owned = f"{head.lower_}'s" in words
    before = words[: words.index(head.lower_)] if head.lower_ in words else []
    return owned or bool({"for", "of", "to"} & {*before})


def again(known: Known, sentence: int, head: Token) -> Known:
    """`known` as met once more, in `sentence`; a pronoun tells its sex."""
    female = known.female
    if head.lower_ in SHE | HE:
        female = head.lower_ in SHE
    return replace(known, sentence=sentence, female=female)


def taken_up(core: Sequence[Token], head: Token, memory: Memory, sentence: int) -> Known | None:
    """The source that a definite phrase such as "the ministry" or "the official" takes up."""
    words = words_of(said(_unplaced(core)))
    proper = head.pos_ == "PROPN"
    one = any(c.lower_ in {"a", "an", "another"} for c in head.lefts)
    if one and head.lower_ in BODY | SPOKEN:
        return None  # "a group" is none that was met, nor "a spokesman" the other side's
    found = memory.called(words, proper=proper)
    if found is not None and proper and _names_its_body(found.name):
        found = None
    if found is not None and head.is_lower and _only_qualifies(words, found.name):
        found = None
    if found is not None and not proper and found.sort is Sort.PERSON and _only_belongs(head, found.name):
        found = None
    if found is not None and not (head.lower_ in BODY and found.sort is Sort.PERSON):
        return found
    if proper and (party := memory.spoken_for(words)) is not None:
        sort = Sort.PERSON if party in memory.people.values() else Sort.BODY
        return Known(party, party, sort, anonymous=False, named=words, words=words, sentence=sentence)
    introduced = any((c.dep_ == "appos" and c.pos_ == "PROPN") or c.dep_ == "relcl" for c in head.children)
    if head.pos_ != "NOUN" or head.lower_ not in GENERIC or introduced:
        return None
    last = next(
        (k for k in reversed(memory.known) if k.sort is Sort.BODY and not _is_no_such(head, k, memory)), None
    )
    if len(words) == 1:
        return last
    # "The radical Islamist group", right after it was named: a description, not another group.
    named = any(t.pos_ == "PROPN" for t in _unplaced(core))
    return last if last is not None and sentence - last.sentence <= 1 and not named else None


def _unplaced(core: Sequence[Token]) -> Sequence[Token]:
    """A phrase without where its bearer sits: the "company" of "the Gothenburg-based company"."""
    seated = next((k for k, t in enumerate(core) if t.lower_ == "based" and core[k - 1].text == "-"), None)
    return core if seated is None else core[seated + 1 :]


def _is_no_such(head: Token, known: Known, memory: Memory) -> bool:
    """Whether `known` is a document, or, where "the company" is meant, a state, its body or a society."""
    public = known.name in memory.state_names or bool(known.words & (STATE_BODY | SOCIETY))
    return bool(known.words & REPORT) or (head.lower_ in COMMERCIAL and public)
