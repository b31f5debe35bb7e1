"""Contents that are no clause: "denied all involvement", "put the toll at 53", "called it absurd"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import is_negated, trim_marks

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Parts:
    """What hangs on a verb: its objects, prepositions by word, and clausal or predicative complements."""

    objects: list[Token]
    passive: list[Token]
    preps: dict[str, Token]
    complements: list[Token]

    @property
    def target(self) -> list[Token]:
        """What the verb does something to."""
        return self.objects or self.passive

    def led_by(self, *words: str) -> list[Token]:
        """The prepositions among `words` that the verb has."""
        return [self.preps[word] for word in words if word in self.preps]


def _parts(verb: Token) -> Parts:
    return Parts(
        objects=[c for c in verb.children if c.dep_ in {"dobj", "obj"}],
        passive=[c for c in verb.children if c.dep_ == "nsubjpass"],
        preps={c.lower_: c for c in verb.children if c.dep_ in {"prep", "dative"}},
        complements=[c for c in verb.children if c.dep_ in {"oprd", "xcomp", "ccomp", "acomp"}],
    )


def nominal(verb: Token, lemma: str) -> tuple[Token, ...]:
    """The noun phrase, with its complement, that is the content of a verb such as "denied" or "put"."""
    parts = _parts(verb)
    if lemma in {"speak", "talk"} and any(c.lower_ == "to" or c.tag_ == "MD" for c in verb.children):
        return ()  # "forbade them to speak of it", "would rather talk of closed beds"
    if lemma in lexicon.SPEAK_OF and "of" in parts.preps:
        return tuple(t for c in parts.preps["of"].children for t in c.subtree)
    if lemma == "call" and "for" in parts.preps and not parts.objects:
        return tuple(t for c in parts.preps["for"].children for t in c.subtree)
    if lemma in lexicon.BLAME and parts.target:
        return _laid_at_a_door(verb, lemma, parts)
    if pieces := _said_of_object(lemma, parts):
        joined = _joined(verb, pieces)
        return _unbroken(joined) if lemma == "give" else joined
    if not _claims_object(verb, lemma, parts.target):
        return ()
    if len(parts.target) == 1 and parts.target[0].lower_ == "which":
        return _antecedent_clause(verb)
    return _joined(verb, parts.target)


def _unbroken(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The first of `tokens`, up to a comma: "the toll as 31(, all of them children)"."""
    first = tokens[0].i
    end = next((k for k, t in enumerate(tokens) if t.is_punct or t.i != first + k), len(tokens))
    return tuple(tokens[:end])


def _laid_at_a_door(verb: Token, lemma: str, parts: Parts) -> tuple[Token, ...]:
    """ "accused Kyiv of shelling it", "blamed the crew for the fire", "charged him with fraud"."""
    if lemma == "charge":
        return _from(parts.target[0], verb) if any(c.lower_ == "with" for c in verb.subtree) else ()
    return _joined(verb, [*parts.target, *parts.led_by("of", "for", "on", "with"), *parts.complements])


def _said_of_object(lemma: str, parts: Parts) -> list[Token]:
    """The object and what is said of it: "put the toll at 53", "called it absurd", "urged Kyiv to talk"."""
    target, complements = parts.target, parts.complements
    if lemma in lexicon.PUT_AT and target:
        figures = parts.led_by("at", "down", "between")
        if figures or any(t.lower_ == "at" for c in target for t in c.subtree):
            return [*target, *figures]
    if lemma == "give" and any(c.lemma_.lower() in lexicon.FIGURE_NOUN for c in target):
        figures = [p for p in parts.led_by("as") if any(t.like_num for t in p.subtree)]
        return [*target, *figures] if figures else []
    if lemma in lexicon.JUDGE:
        verdicts = [*complements, *parts.led_by("as")]
        if verdicts or any(_judged(c) or _merged_verdict(c) for c in target):
            return [*target, *verdicts]
    if lemma in lexicon.DIRECT_TO and (complements or (target and lemma in lexicon.DEMAND)):
        return [*target, *complements]
    return complements if lemma in lexicon.DENY else []


def _claims_object(verb: Token, lemma: str, target: list[Token]) -> bool:
    """Whether the object is what is claimed, unlike in "counted votes" and "contested 40 seats"."""
    if lemma in lexicon.COUNTS and not any(t.like_num for c in target for t in c.subtree):
        return False
    if lemma in {"validate", "verify", "corroborate", "endorse"} and not is_negated(verb):
        return False
    if lemma in lexicon.DENIES_WORDS and not any(c.lemma_.lower() in lexicon.DENIED_WORDS for c in target):
        return False
    return lemma in lexicon.CLAIM_OBJECT and bool(target)


def _judged(target: Token) -> bool:
    """Whether a verdict follows the noun that the parser hung it on: "called the release (selfish)"."""
    return any(
        t.i > target.i and (t.lower_ == "as" or t.is_quote or (t.pos_ == "ADJ" and t.head == target))
        for t in target.subtree
    )


def _merged_verdict(target: Token) -> bool:
    """Whether the parser made one noun of a thing and its verdict: "called (that idea nonsense)"."""
    return target.lower_ in lexicon.PEJORATIVE and any(
        c.dep_ == "compound" and c.lemma_.lower() in lexicon.CLAIM_NOUN for c in target.children
    )


def _antecedent_clause(verb: Token) -> tuple[Token, ...]:
    """What "which" stands for in "..., which Islamabad denies": the clause before it."""
    head = verb.head
    while head.head != head and head.pos_ not in {"VERB", "AUX"}:
        head = head.head
    cut = {t.i for t in verb.subtree}
    return tuple(trim_marks([t for t in head.subtree if t.i not in cut and t.i < verb.i]))


def _from(target: Token, verb: Token) -> tuple[Token, ...]:
    """All that follows from the start of a verb's object to the end of the verb's phrase."""
    start = target.left_edge.i if target.i > verb.i else target.i
    return tuple(trim_marks([t for t in verb.subtree if t.i >= start and t.i > verb.i]))


def _joined(verb: Token, parts: Iterable[Token]) -> tuple[Token, ...]:
    """The words of `parts`, without relative clauses after a comma: those are the writer's own addition."""
    ids = {t.i for part in parts for t in part.subtree} - {verb.i}
    for clause in [t for i in ids if (t := verb.doc[i]).dep_ == "relcl"]:
        start = clause.left_edge.i
        if start - 1 in ids and verb.doc[start - 1].text == ",":
            ids -= {t.i for t in clause.subtree}
    return tuple(trim_marks([verb.doc[i] for i in sorted(ids)]))
