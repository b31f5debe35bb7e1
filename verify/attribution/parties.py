"""For whom a source speaks: a state, a body or a person that its mention ties it to, or itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from verify.attribution.antecedents import (
    accused_before,
    are_several,
    fronted_before,
    is_body,
    is_person,
    named_here,
    names_after,
    subject_before,
    subject_here,
)
from verify.attribution.memory import Known, Memory, taken_up
from verify.attribution.mentions import OWNERS, apposed_body, core_of, said, words_of
from verify.attribution.offices import (
    BODY,
    FORMER,
    GENERIC,
    INTRODUCED,
    KIN,
    OFFICIAL,
    POLICE_RANKS,
    REPORT,
    ROADS,
    SERVES,
    SHOWN,
    SPOKEN,
    TITLES,
)
from verify.attribution.people import sex_of
from verify.attribution.registry import LONGEST_ALIAS, Registry
from verify.types import Sort

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed


WOMANS = {"her": True, "his": False}
"""Whether the owner that a possessive takes up is a woman."""

PEOPLES = ("n", "an", "ian", "ese", "i")
"""What makes an adjective of a land's name: "Norvanian"."""

WORKS = frozenset("base employ play serve sit speak study teach train work".split())
"""Verbs of whoever belongs to a body that "at" names: "who teaches at Velm"."""

NEAR_STATES = 6
"""Mentions of states, the last before a minister of whom only the office is told, that must agree."""


def party_of(
    tokens: Sequence[Token], head: Token, memory: Memory, registry: Registry, sentence: int, name: str
) -> str:
    """The side that the phrase says its bearer speaks for; otherwise the bearer's own name.

    Who once held an office speaks for nobody else.
    """
    if any(t.lower_ in FORMER and head in {t.head, t.head.head} for t in head.subtree):
        return name
    words = {t.lower_ for t in tokens}
    official = bool(words & OFFICIAL)
    if (group := _whole_of(tokens, head, memory)) is not None:
        return group.party
    if (place := _speaks_at(tokens, head, memory)) is not None:
        return place
    if (body := _just_heard(tokens, head, memory, sentence)) is not None:
        return body.party
    if (found := _affiliation(tokens, memory, registry, sentence, official=official)) is not None:
        return found
    if words & POLICE_RANKS and (force := _force_named(head, memory)) is not None:
        return force
    if "ministry" in words and (seat := _seat_named(head, registry)) is not None:
        return seat
    if official and not (words & SPOKEN and not words & (OFFICIAL - SPOKEN)) and head.pos_ == "PROPN":
        # "Interior Minister Jan Holt": of the state that the text speaks of, where it is one alone.
        near = {*memory.states_by(sentence, NEAR_STATES)}
        if len(near) == 1 and words & {"president", "minister", "premier", "chancellor", "king"}:
            return near.pop()
    return name


def _force_named(officer: Token, memory: Memory) -> str | None:
    """The one police force that the text has named before a constable of whom it tells no more."""
    forces = {
        said(core_of([*named.noun.doc[named.noun.left_edge.i : named.noun.i + 1]], named.noun))
        for named in memory.named.get("police", ())
        if named.place < officer.i and named.noun.pos_ == "PROPN"
    }
    return _known_party(force, memory) or force if len(forces) == 1 and (force := forces.pop()) else None


def _land_heard(tokens: Sequence[Token], memory: Memory, sentence: int) -> str | None:
    """Norland in "Norland denied it. A foreign ministry spokesman said": the country heard right before."""
    last = memory.known[-1] if memory.known else None
    ministry = next((t for t in tokens if t.lower_ == "ministry" and t.head.lower_ in SPOKEN), None)
    if last is None or ministry is None or last.sort is not Sort.BODY or last.sentence < sentence - 1:
        return None
    places = {entity.text for entity in ministry.doc.ents if entity.label_ == "GPE"}
    peoples = {last.name + ending for ending in PEOPLES} & memory.capitalised
    return last.party if last.name in places or peoples else None


def _land_of_people(tokens: Sequence[Token], memory: Memory) -> str | None:
    """Norvania in "the Norvanian ambassador", where the text names a land that no registry holds."""
    adjectives = (t for t in tokens[:-1] if t.is_title and t.nbor(1).lower_ in OFFICIAL | TITLES)
    lands = (t.text.removesuffix(ending) for t in adjectives for ending in PEOPLES if t.text.endswith(ending))
    return next((land for land in lands if land in memory.capitalised), None)


def _seat_named(head: Token, registry: Registry) -> str | None:
    """China in "In Beijing, the foreign ministry said": the state in whose capital a ministry speaks."""
    places = (
        c
        for t in head.sent
        if t.lower_ == "in" and t.head.pos_ == "VERB"
        for c in t.children
        if c.dep_ == "pobj" and c.ent_type_ == "GPE"
    )
    found = ((place.text, registry.state_of(place.text)) for place in places)
    return next((state for place, state in found if state not in {None, place}), None)


def _affiliation(
    tokens: Sequence[Token], memory: Memory, registry: Registry, sentence: int, *, official: bool
) -> str | None:
    """The state or body that possessives, adjectives, "of" and "for" tie the source to."""
    if (found := _owner_met(tokens, memory, registry, sentence)) is not None:
        return found
    hearsay = _hearsay(tokens)
    tokens = [t for t in tokens if t.i not in hearsay]
    if (found := _registered(tokens, registry, official=official)) is not None:
        return found
    if (found := _body_named(tokens, memory)) is not None:
        return found
    if official and (land := _land_of_people(tokens, memory)) is not None:
        return land
    return _land_heard(tokens, memory, sentence) or _employer(tokens, memory) or _led_by(tokens)


def _owner_met(tokens: Sequence[Token], memory: Memory, registry: Registry, sentence: int) -> str | None:
    """ "its spokesman", "their lawyer": the party of the body or person spoken of before.

    That is the subject of the sentence so far, or else the source that the sentence before named, or its
    subject where it named none.
    """
    for token in _without_clauses(tokens)[:-1]:
        if token.lower_ in OWNERS and token.dep_ == "poss":
            inanimate = token.lower_ in {"its", "their"}
            if {token.head.lower_, token.head.lemma_.lower()} & KIN:
                return None  # whoever's brother it is: not that of the source met last
            if any(c.lower_ in registry.peoples for c in token.head.lefts):
                return None  # "her American colleague"
            if inanimate and (state := _state_before(token, memory)) is not None:
                return state
            if inanimate and (told := fronted_before(token, memory)) is not None:
                return _party_of_fronted(told, memory)
            fits = are_several if token.lower_ == "their" else is_body if inanimate else is_person
            owner = memory.body() if inanimate else memory.last(Sort.PERSON, WOMANS.get(token.lower_))
            near = owner is not None and owner.sentence >= sentence - 1
            subject = subject_here(token, memory, fits)
            if subject is None and not near:
                subject = subject_before(token, memory, fits) or accused_before(token, memory, fits)
                if subject is None and token.lower_ == "its":
                    subject = named_here(token, memory)
            if subject is not None and not _is_of_other_sex(subject, token):
                return _party_of_subject(subject, token, memory, registry, sentence)
            if owner is not None:
                return owner.party
    return None


def _party_of_fronted(body: Token, memory: Memory) -> str:
    """The party of a body that what is said is about, by its own name or by what it is called."""
    if body.pos_ == "NOUN" and body.lower_ in BODY and (met := _body_met(body, memory)) is not None:
        return met.party
    name = said(core_of([*body.subtree], body))
    return _known_party(name, memory) or name


def _is_of_other_sex(subject: Token, owner: Token) -> bool:
    """Whether a title tells that "her" isn't of Mr Moor."""
    female = WOMANS.get(owner.lower_)
    return female is not None and sex_of([*subject.lefts], None) is (not female)


def _party_of_subject(subject: Token, owned: Token, memory: Memory, registry: Registry, sentence: int) -> str:
    """For whom a subject speaks that may be no source: "the operators' union, Local 418".

    It is the owner that `owned` refers to, and what follows that word tells nothing of it: in "Mrs Holt and
    her deputies" it stands in the subject's own phrase.
    """
    named = subject if subject.pos_ == "PROPN" else next(iter(names_after(subject)), subject)
    told = [t for t in named.subtree if t == named or t.i < owned.i]
    core = core_of(told[:-1] if told[-1].dep_ == "cc" else told, named)
    name = said(core)
    entity = registry.find(name)
    if entity is not None:
        return entity.party
    return _known_party(name, memory) or party_of(core, named, memory, registry, sentence, name)


def _state_before(owner: Token, memory: Memory) -> str | None:
    """France in "an apology from France after its sports minister": for an office, the state named last."""
    if owner.head.lower_ not in {
        "minister",
        "president",
        "premier",
        "chancellor",
        "parliament",
        "government",
        "army",
    }:
        return None
    named = (t.text for t in reversed(owner.doc[owner.sent.start : owner.i]) if t.ent_type_ == "GPE")
    return next((name for name in named if name in memory.state_names), None)


def _whereabouts(tokens: Sequence[Token]) -> set[int]:
    """Where the source only is or is sent ("a diplomat in Moscow", "the mission to the United Nations").

    What seats a public body tells whose it is: "the ministry in Tokyo".
    """
    seats = BODY - GENERIC - {"embassy", "mission"}
    return {
        t.i
        for prep in tokens
        if prep.dep_ == "prep"
        and (
            (prep.lower_ == "to" and prep.head.lower_ not in SERVES)
            or (prep.lower_ == "in" and prep.head.lower_ not in seats)
        )
        for t in prep.subtree
    }


def _without_clauses(tokens: Sequence[Token]) -> list[Token]:
    """The phrase without its relative clauses: "who wouldn't give his name" says nothing of an owner."""
    ids = {t.i for t in tokens}
    return [t for t in tokens if not any(a.dep_ == "relcl" for a in (t, *t.ancestors) if a.i in ids)]


def _hearsay(tokens: Sequence[Token]) -> set[int]:
    """What the source only knows of: "a person familiar with the operator's plans"."""
    knowing = (t for t in tokens if t.lower_ == "with" and t.head.lower_ in {"familiar", "acquainted"})
    return {t.i for preposition in knowing for t in preposition.subtree}


def _registered(tokens: Sequence[Token], registry: Registry, *, official: bool) -> str | None:
    """The party of the longest alias in the phrase; of a state or its people only for officials."""
    elsewhere = _whereabouts(tokens)
    tokens = [t for t in tokens if t.i not in elsewhere]
    for size in range(min(LONGEST_ALIAS, len(tokens)), 0, -1):
        for k in range(len(tokens) - size + 1):
            group = tokens[k : k + size]
            if group[0].pos_ not in {"PROPN", "ADJ", "NOUN", "DET"} or group[-1].pos_ in {"DET", "ADP"}:
                continue
            if group[-1].i + 1 < len(group[-1].doc) and group[-1].nbor(1).lower_ == "party":
                continue  # "the Congress party" isn't the Congress
            if _is_surname(group[0], registry):
                continue  # nor is Agnes Wagner the Wagner group
            entity = registry.find(said(group))
            if entity is not None and entity.kind != "media" and (entity.kind != "state" or official):
                return entity.party
            if size == 1 and official and (state := registry.state_of(group[0].text)) is not None:
                return state
    return None


def _is_surname(word: Token, registry: Registry) -> bool:
    """Whether a name before `word` makes it part of a longer one: "Agnes Wagner", "Paul Jordan"."""
    before = word.nbor(-1) if word.i > word.sent.start else None
    if before is None or before.pos_ != "PROPN" or before.lower_ in TITLES | OFFICIAL | FORMER:
        return False
    return registry.find(before.text) is None and registry.state_of(before.text) is None


def _whole_of(tokens: Sequence[Token], head: Token, memory: Memory) -> Known | None:
    """The people met last, of whom "one of them" or "two of them" are some."""
    some = any(t.lower_ == "them" and t.head.lower_ == "of" and t.head.head == head for t in tokens)
    whole = memory.last(Sort.PLURAL) if some else None
    papers = whole is not None and {w.removesuffix("s") for w in whole.words} & (REPORT | SHOWN)
    return None if papers else whole  # "one of them" is no "internal emails"


def _is_bare_spokesman(tokens: Sequence[Token], head: Token) -> bool:
    return head.lower_ in SPOKEN and all(t == head or t.pos_ == "DET" for t in tokens)


def _speaks_at(tokens: Sequence[Token], head: Token, memory: Memory) -> str | None:
    """Korvex in "At Korvex, which denies it, a spokesman said"; None where it isn't a body's name."""
    first = head.sent[0]
    bodies = [c for c in first.children if c.dep_ == "pobj"] if first.lower_ == "at" else []
    if not bodies or not _is_bare_spokesman(tokens, head):
        return None
    (body, *_) = bodies
    if body.pos_ == "NOUN":
        met = _body_met(body, memory)
        return met.party if met is not None else None
    if not is_body(body, memory) or body.ent_type_ == "GPE":
        return None
    name = said(core_of([*body.subtree], body))
    return _known_party(name, memory) or name


def _just_heard(tokens: Sequence[Token], head: Token, memory: Memory, sentence: int) -> Known | None:
    """The body for which a bare "a spokesman" speaks: "The council denied it. A spokesman said that"."""
    last = memory.known[-1] if memory.known else None
    near = last is not None and last.sort is Sort.BODY and last.sentence >= sentence - 1
    return last if near and _is_bare_spokesman(tokens, head) else None


def _body_named(tokens: Sequence[Token], memory: Memory) -> str | None:
    """ "a spokesman for Korvex", "head of the Velm Trust", "Korvex's lawyer", "a police statement"."""
    for token in tokens:
        if token in issuers(token.head):
            met = taken_up([token], token, memory, 0)
            return met.party if met is not None else token.lower_
        serves = token.lower_ == "to" and token.head.lower_ in SERVES
        if token.dep_ == "prep" and (token.lower_ in {"of", "for", "at"} or serves):
            objects = [
                c
                for c in token.children
                if c.dep_ == "pobj" and c.pos_ == "PROPN" and c.ent_type_ in {"ORG", "PERSON", "FAC", ""}
            ]
            makes = token.head.lower_ in INTRODUCED - {"subsidiary", "parent"}  # "the maker of Lucky Strike"
            lives = any(c.lower_ in ROADS for c in objects)  # "Jan Holt, of Velm Road"
            tells_nothing = makes or lives or _only_happened(token, tokens)
            told = [c for c in token.children if c.dep_ == "pobj" and c.pos_ == "NOUN"]
            within = any(a.dep_ in {"relcl", "acl"} and a in tokens for a in token.ancestors)
            apposed = [name for c in told for name in [apposed_body(c)] if name and not within]
            if apposed:  # "director of the owner, Korvex"
                return _known_party(said(apposed[0]), memory) or said(apposed[0])
            if objects and not tells_nothing and not _within_name(token, objects[0], memory):
                phrase = list(
                    takewhile(
                        lambda t: not t.is_punct or t.text == "-" or t.tag_ == "POS", objects[0].subtree
                    )
                )
                body = said(core_of(phrase, objects[0]))
                return _known_party(body, memory) or body
        spoken_for = token.dep_ == "poss" or (
            token.dep_ == "pobj"
            and token.head.lower_ == "for"
            and token.head.head.lower_ not in BODY
            and (
                token.head.head.pos_ != "VERB" or token.head.head.lemma_ in WORKS
            )  # "who read it for the firm"
        )
        if spoken_for and token.pos_ == "NOUN" and (body_met := _body_met(token, memory)) is not None:
            return body_met.party
        related = token.dep_ == "poss" and {token.head.lower_, token.head.lemma_.lower()} & KIN
        if related:
            continue  # "Mr Holt's sister", "the mayor's critics"
        if token.dep_ == "poss" and token.ent_type_ in {"ORG", "PERSON", "GPE"} and token.pos_ == "PROPN":
            plural = token.tag_ in {"NNPS", "NNS"} or token.nbor(1).text in {"'", "’"}
            whole = plural and token.head.pos_ == "PROPN"  # "the Consumers' League"
            phrase = [*token.head.subtree] if whole else [t for t in token.subtree if t.tag_ != "POS"]
            owner = said(core_of(phrase, token.head if whole else token))
            return _known_party(owner, memory) or owner
    return None


def _only_happened(at: Token, phrase: Sequence[Token]) -> bool:
    """Whether "at" tells in a phrase where something was done to somebody: "dropped for the loss at Velm".

    Unlike "who ran the laboratory at Velm" and "employed at Korvex".
    """
    verb = next((t for t in at.ancestors if t.pos_ == "VERB" and t in phrase), None)
    if at.lower_ != "at" or verb is None or verb.lemma_ in WORKS:
        return False
    acts = any(c.dep_ == "dobj" for c in verb.children)
    return verb.dep_ in {"relcl", "acl", "ccomp"} and verb.tag_ in {"VBN", "VBD"} and not acts


def issuers(document: Token) -> list[Token]:
    """The body before a document of its own: the police in "a police statement"; empty for other nouns."""
    own = document.lower_ in REPORT
    return [t for t in document.lefts if own and t.dep_ == "compound" and t.tag_ == "NN" and t.lower_ in BODY]


def _body_met(noun: Token, memory: Memory) -> Known | None:
    """The body that "the utility's (chief executive)" and "(an attorney) for the county" take up."""
    definite = any(c.lower_ == "the" for c in noun.children)
    if noun.lower_ not in BODY or not definite:
        return None
    return taken_up([noun], noun, memory, 0)


def _within_name(preposition: Token, named: Token, memory: Memory) -> bool:
    """Whether both belong to the name of one body: "the Institute for the Study of War"; not "of India"."""
    head = preposition.head
    return head.pos_ == "PROPN" and head.lower_ in BODY and named.text not in memory.state_names


def _employer(tokens: Sequence[Token], memory: Memory) -> str | None:
    """ "Korvex director Jan Holt": the organisation before a person's name."""
    bodies = [
        t for t in tokens if t.ent_type_ == "ORG" and t.pos_ == "PROPN" and t.dep_ in {"compound", "nmod"}
    ]
    if not bodies or not any(t.ent_type_ == "PERSON" for t in tokens):
        return None
    near = [t for t in tokens if t.ent_type_ == "ORG" and abs(t.i - bodies[0].i) < 5]
    if near[-1].lower_ not in BODY:  # "Foreign Ministry" is a body's whole name
        near = [t for t in near if t.lower_ not in TITLES]
    body = said(near)
    return _known_party(body, memory) or body or None


def _led_by(tokens: Sequence[Token]) -> str | None:
    """The body of a headline's "Korvex boss"; a place's chief may be anybody's."""
    *before, head = tokens
    names = [t for t in before if t.pos_ == "PROPN" and t.ent_type_ not in {"PERSON", "GPE", "NORP"}]
    led = head.lower_ in {"boss", "chief", "chair", "ceo"} and names == before
    return said(names) if led and names else None


def _known_party(text: str, memory: Memory) -> str | None:
    words = words_of(text)
    proper = text[:1].isupper()
    known = memory.called(words, proper=proper)
    if known is not None:
        return known.party
    if proper and (party := memory.spoken_for(words)) is not None:
        return party
    person = memory.people.get(text.lower().split()[-1]) if text.split() else None
    bare = [*dropwhile(lambda word: word.lower() in TITLES, text.split())]
    if person is None or not (len(bare) == 1 or " ".join(bare) == person):
        return None
    return memory.parties.get(person, person)


def parties_of(parsed: Parsed, memory: Memory, registry: Registry) -> dict[str, str]:
    """For whom people speak by the office that the text gives them anywhere ("Russian President X")."""
    parties: dict[str, str] = {}
    for entity in parsed.doc.ents:
        name = memory.people.get(entity.root.lower_)
        if entity.label_ != "PERSON" or name is None or name in parties:
            continue
        known = registry.find(name)
        phrase = [t for t in entity.root.subtree if t.i <= entity.root.i and t.dep_ != "relcl"]
        phrase += [t for c in entity.root.children if c.lower_ == "counterpart" for t in c.subtree]
        party = (
            known.party
            if known is not None
            else party_of(phrase, entity.root, memory, registry, parsed.token_sentence[entity.root.i], name)
        )
        if party != name:
            parties[name] = party
    return parties


def states_of(parsed: Parsed, registry: Registry) -> list[tuple[int, str]]:
    """The states that the text speaks of, with the sentences in which it does."""
    return [
        (parsed.token_sentence[token.i], state)
        for token in parsed.doc
        if token.ent_type_ in {"GPE", "NORP"} and (state := registry.state_of(token.text)) is not None
    ]
