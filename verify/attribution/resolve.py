"""Who a source is, for whom it speaks, and whether it is named at all.

Sources are resolved in the order of the text against those met before: pronouns by number and kind,
surnames and titles by the full name that they were introduced with, "the ministry" by the body last
named so, metonyms and aliases by the registry. What can't be resolved keeps its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from verify.attribution.lexicon import WITHHELD
from verify.attribution.registry import LONGEST_ALIAS, Registry
from verify.types import UNKNOWN, Attribution, Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

HE, IT, THEY = frozenset({"he", "his", "him"}), frozenset({"it", "its"}), frozenset({"they", "their", "them"})
SHE = frozenset({"she", "her"})
PERSONAL = HE | SHE | frozenset({"i", "me", "my", "we", "us", "our", "who"})
FEMALE = frozenset(
    {
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "miss",
        "spokeswoman",
        "chairwoman",
        "policewoman",
        "actress",
        "ombudswoman",
        "congresswoman",
    }
)
MALE = frozenset({"mr", "mr.", "spokesman", "chairman", "sir", "lord", "congressman", "policeman"})
TITLES = frozenset(
    """president prime minister foreign defence defense interior finance health justice deputy vice
    chancellor secretary general chief senator governor mayor king queen prince ambassador mr mr. mrs
    mrs. ms ms. dr dr. sir lord professor prof prof. rep rep. sen sen. gov gov. gen gen. col col. lt lt.
    capt capt. maj maj. adm adm. lieutenant colonel major captain admiral commander brigadier sgt sgt.
    sergeant detective inspector judge justice attorney spokesman spokeswoman spokesperson director
    chairman chairwoman chair executive press police rear commissioner premier leader former acting pope
    archbishop bishop rabbi imam sheikh ayatollah state national external affairs culture energy
    transport education environment trade economy mobile airport minister's district""".split()
)
OFFICIAL = frozenset(
    """president minister premier chancellor government ministry spokesman spokeswoman spokesperson
    official officials ambassador envoy general army military navy police prosecutor prosecutors
    secretary senator governor parliament diplomat diplomats lawmaker lawmakers regulator admiral
    colonel intelligence forces troops authorities commander king deputy agency service officer officers
    command staff administration embassy state premiers commissioner""".split()
)
"""Words of an office: whoever bears one speaks for the state that it is coupled with."""

UNNAMED = frozenset(
    """official officials source sources diplomat diplomats person people aide aides adviser advisers
    advisor advisors insider insiders officer operative""".split()
)
"""Heads that without a name make a source anonymous even where no reason is given."""

SERVES = frozenset(
    """adviser advisers advisor advisors aide aides assistant assistants counsel counsellor
    counsellors""".split()
)
"""Whoever is one of these "to" somebody speaks for them."""

SPOKEN = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople"})
BODY = frozenset(
    """ministry agency company firm group commission committee council court government department office
    bureau service university school institute team party union association club charity organisation
    organization bank board regulator watchdog authority army navy military airline manufacturer maker
    newspaper station network police force foundation federation league body panel inspectorate
    collaboration command mission embassy administration chain utility operator carrier studio lab
    laboratory hospital museum parliament alliance coalition county city town state journal paper
    statement report study treasury association confederation""".split()
)
NEAR_STATES = 6
"""Mentions of states, the last before a minister of whom only the office is told, that must agree."""

KIN = frozenset(
    """brother sister father mother parents wife husband widow widower son daughter uncle aunt cousin family
    girlfriend boyfriend partner friend neighbour neighbor""".split()
)

GENERIC = frozenset(
    """company firm group agency body organisation organization charity club regulator maker utility operator
    carrier""".split()
)
"""Heads that name a body without saying which: the one spoken of last."""

COMMERCIAL = frozenset("company firm maker utility operator carrier".split())
STATE_BODY = frozenset(
    """government ministry parliament army navy military police court council prefecture commission agency
    department administration county city town state""".split()
)

INTRODUCED = GENERIC | frozenset(
    """owner builder manufacturer airline publisher developer contractor employer supplier insurer bank brewer
    retailer producer subsidiary parent""".split()
)
"""Heads that a body's own name follows between commas: "the owner, Setomaru Kisen"."""

REPORT = frozenset(
    """report statement study survey document filing filings letter notice affidavit analysis release
    website form complaint indictment lawsuit ruling draft memo email transcript""".split()
)


NOBODY = Source(UNKNOWN, None, UNKNOWN, anonymous=False)


@dataclass(slots=True)
class Known:
    """A source met in the text, with what later mentions may call it."""

    name: str
    party: str
    sort: Sort
    anonymous: bool
    words: frozenset[str]
    sentence: int
    female: bool | None = None


@dataclass(slots=True)
class Memory:
    """The sources of a document so far, and the people that it names anywhere."""

    known: list[Known] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    states: list[tuple[int, str]] = field(default_factory=list)
    parties: dict[str, str] = field(default_factory=dict)

    def last(self, sort: Sort, female: bool | None = None) -> Known | None:
        """The source of this sort that was met last, of the other sex only where it isn't known."""
        other = {k.name for k in self.known if female is not None and k.female is (not female)}
        return next((k for k in reversed(self.known) if k.sort is sort and k.name not in other), None)

    def single_name(self) -> Known | None:
        """The source that was met last, where a single word is its name, which may be a body's."""
        last = self.known[-1] if self.known else None
        return last if last is not None and " " not in last.name and last.name[:1].isupper() else None

    def called(self, words: frozenset[str]) -> Known | None:
        """The source met last that all of `words` describe."""
        return next((k for k in reversed(self.known) if words and words <= k.words), None)


def resolve_sources(
    parsed: Parsed, attributions: Sequence[Attribution], registry: Registry
) -> tuple[Source, ...]:
    """The sources of `attributions`, one each and in their order."""
    memory = Memory(people=_people(parsed), states=_states(parsed, registry))
    memory.parties.update(_parties(parsed, memory, registry))
    sources: list[Source] = []
    for attribution in attributions:
        if attribution.source is None:
            sources.append(_speaker(memory) if attribution.cue is None else NOBODY)
            continue
        tokens = [t for t in parsed.tokens(attribution.source) if not t.is_space]
        known = _resolve(parsed, tokens, attribution, memory, registry)
        memory.known.append(known)
        sources.append(Source(known.name, attribution.source, known.party, known.anonymous, known.sort))
    return tuple(
        source if a.spoken_as is None else replace(sources[a.spoken_as], text=None)
        for a, source in zip(attributions, sources, strict=True)
    )


def _speaker(memory: Memory) -> Source:
    """The source met last, for a quotation that runs on."""
    if not memory.known:
        return NOBODY
    last = memory.known[-1]
    return Source(last.name, None, last.party, last.anonymous, last.sort)


def _resolve(
    parsed: Parsed, tokens: list[Token], attribution: Attribution, memory: Memory, registry: Registry
) -> Known:
    text = parsed.text(attribution.source) if attribution.source else ""
    sentence = attribution.sentence
    head = _head(tokens)
    if (subject := _same_subject(head)) is not None:
        head, tokens = subject, [t for t in subject.subtree if not t.is_space]
        text = _said(tokens)
    if (antecedent := _pronoun(head, tokens, memory)) is not None:
        return _again(antecedent, sentence, head)
    apposed = _apposed_body(head)
    core = apposed or _core(tokens, head)
    core_text = _said(core)
    if (entity := registry.find(core_text) or registry.find(text)) is not None:
        words = _words(core_text) | _words(entity.name)
        sort = Sort.PERSON if entity.kind == "person" else Sort.BODY
        return Known(entity.name, entity.party, sort, anonymous=False, words=words, sentence=sentence)
    anonymous = _is_anonymous(tokens, head, text)
    person = None if anonymous or apposed else _person(tokens, head, memory)
    if person is not None:
        party = _party(tokens, head, memory, registry, sentence, person)
        return _met(person, party, memory, tokens, text, sentence)
    taken_up = head.lower_ in UNNAMED | SPOKEN | {"officer", "engineer"} and tokens[0].lower_ in {
        "the",
        "that",
    }
    if not anonymous or taken_up:
        earlier = _earlier(core, head, memory, sentence)
        if earlier is not None:
            return _again(earlier, sentence, head)
    name = _name(core, registry)
    # "Its maker, Boeing" speaks for Boeing, whatever it has made.
    party = name if apposed else _party(tokens, head, memory, registry, sentence, name)
    sort = Sort.BODY if apposed else _sort(head)
    return Known(name, party, sort, anonymous, _words(text), sentence, _sex(tokens, None))


def _met(name: str, party: str, memory: Memory, tokens: Sequence[Token], text: str, sentence: int) -> Known:
    """The person called `name`, with what is known of them from before."""
    earlier = next((k for k in reversed(memory.known) if k.name == name), None)
    if party == name:
        party = earlier.party if earlier is not None else memory.parties.get(name, name)
    words = _words(text) | (earlier.words if earlier else frozenset())
    return Known(
        name,
        party,
        Sort.PERSON,
        anonymous=False,
        words=words,
        sentence=sentence,
        female=_sex(tokens, earlier),
    )


def _sort(head: Token) -> Sort:
    if head.tag_ == "NNPS" and not any(c.i < head.i for c in head.children):
        return Sort.PERSON  # "Morales"
    if head.tag_ in {"NNS", "NNPS"} and head.lower_ not in BODY:
        return Sort.PLURAL
    office = any(c.dep_ == "appos" and c.lower_ in OFFICIAL - BODY for c in head.children)
    if office or any(c.lower_ in FEMALE | MALE for c in head.children) or _goes_on(head) == "he":
        return Sort.PERSON
    return Sort.BODY if head.lower_ in BODY | REPORT or head.pos_ == "PROPN" else Sort.PERSON


def _goes_on(name: Token) -> str:
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


def _spoken_of(pronoun: Token, memory: Memory) -> Known | None:
    """The person that the sentence before, or this one so far, is about, where no source was met since."""
    start = pronoun.sent.start
    before = pronoun.doc[max(pronoun.doc[start - 1].sent.start if start else 0, 0) : pronoun.i]
    people = [
        t
        for t in before
        if t.ent_type_ == "PERSON" and t.dep_ in {"nsubj", "nsubjpass"} and t.lower_ in memory.people
    ]
    if not people or (memory.known and memory.known[-1].sort is Sort.PERSON):
        return None
    name = memory.people[people[-1].lower_]
    party = memory.parties.get(name, name)
    words = frozenset(w.lower() for w in name.split())
    return Known(name, party, Sort.PERSON, anonymous=False, words=words, sentence=0)


def _again(known: Known, sentence: int, head: Token) -> Known:
    female = known.female
    if head.lower_ in SHE | HE:
        female = head.lower_ in SHE
    return Known(known.name, known.party, known.sort, known.anonymous, known.words, sentence, female)


def _head(tokens: Sequence[Token]) -> Token:
    ids = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in ids or t.head == t]
    nouns = [t for t in tops if t.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}]
    return (nouns or tops or list(tokens))[0]


def _pronoun(head: Token, tokens: Sequence[Token], memory: Memory) -> Known | None:
    """The source that a pronoun stands for; for a possessive too ("its report" is its owner's word)."""
    word = head.lower_
    owner = next((t.lower_ for t in tokens[:1] if t.lower_ in {"its", "his", "her", "their"}), None)
    if owner is not None and head.lower_ in REPORT | {
        "estimate",
        "account",
        "count",
        "intelligence",
        "office",
    }:
        word = owner
    if word in HE | SHE:
        return _spoken_of(head, memory) or memory.last(Sort.PERSON, female=word in SHE)
    if word in {"i", "me", "my"}:
        return memory.last(Sort.PERSON)
    if word in IT:
        return memory.last(Sort.BODY) or memory.single_name()
    if word in THEY | {"we", "us", "our"}:
        return memory.last(Sort.PLURAL) or memory.last(Sort.BODY)
    return None


def _same_subject(pronoun: Token) -> Token | None:
    """The army in "the army had declared a truce, and it accused the rebels"."""
    verb = pronoun.head
    if pronoun.lower_ != "it" or pronoun.dep_ != "nsubj" or verb.dep_ != "conj":
        return None
    subjects = (c for c in verb.head.children if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"})
    subject = next(subjects, None)
    if subject is None or subject.ent_type_ == "PERSON":
        return None
    return subject if subject.lower_ in BODY or subject.ent_type_ in {"ORG", "GPE"} else None


def _core(tokens: Sequence[Token], head: Token) -> list[Token]:
    """The phrase up to its first comma, relative clause or participle, without its article."""
    core: list[Token] = []
    for token in tokens:
        if token.i > head.i and (
            token.text in {",", "(", "—", "–"}
            or token.dep_ in {"relcl", "acl"}
            or token.tag_ in {"WDT", "WP", "WP$"}
        ):
            break
        core.append(token)
    if len(core) > 1 and core[0].lower_ == "the":
        core = core[1:]
    return core or list(tokens)


def _said(tokens: Iterable[Token]) -> str:
    return "".join(t.text_with_ws for t in tokens).strip()


def _in_full(name: Iterable[Token]) -> str:
    """A name in one line: a hyphen is a token of its own, and has no spaces around it."""
    return " ".join(_said(name).split())


def _words(text: str) -> frozenset[str]:
    return frozenset(
        w.strip(".,’'\"“”()") for w in text.lower().replace("’s", "").replace("'s", "").split()
    ) - {"the", "a", "an", "of", ""}


def _name(core: Sequence[Token], registry: Registry) -> str:
    """The name of a body from its phrase: "Russia's defence ministry" is the Russian defence ministry."""
    text = _said(core)
    for k, token in enumerate(core):
        if token.tag_ == "POS" and k and k + 1 < len(core) and core[k + 1].text[0].islower():
            state = registry.state_of(_said(core[:k]))
            people = next((p for p, s in registry.peoples.items() if s == state), None) if state else None
            if people is not None:
                return f"{people.title()} {_said(core[k + 1 :])}"
    return text


def _person(tokens: Sequence[Token], head: Token, memory: Memory) -> str | None:
    """The full name of the person that the phrase names, if it names one that isn't only an owner in it."""
    ids = {t.i for t in tokens}
    for run in _people_in(tokens):
        name = _in_full(_untitled(run)).strip("’'")
        titled = any(t.lower_ in TITLES for t in tokens)
        known = " " in name or titled or name.lower() in memory.people
        if not known and _goes_on(run[-1]) == "it":
            continue  # "Hansa said it had ..."
        if name and _is_bearer(run[-1], head, ids):
            return memory.people.get(name.lower(), name) if " " not in name else name
    proper = any(t.pos_ == "PROPN" and t.lower_ not in TITLES for t in _core(tokens, head))
    if proper and head.pos_ == "PROPN" and head.ent_type_ in {"PERSON", ""} and head.lower_ in memory.people:
        return memory.people[head.lower_]
    return _apposed_name(head)


def _untitled(name: Sequence[Token]) -> Sequence[Token]:
    """A name without the titles before it: "King" is one in "King Charles", and none in "Ronnie King"."""
    return [*dropwhile(lambda t: t.lower_ in TITLES, name)] or name


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
    return [_with_hyphens(run) for run in runs]


def _with_hyphens(name: list[Token]) -> list[Token]:
    """A name with the rest of its last word, which the parser may not take for one: "Han Duck-soo"."""
    doc, end = name[-1].doc, name[-1].i
    while (
        end + 2 < len(doc)
        and doc[end + 1].text == "-"
        and not (doc[end].whitespace_ or doc[end + 1].whitespace_)
    ):
        end += 2
    return [*name, *doc[name[-1].i + 1 : end + 1]]


def _is_bearer(last: Token, head: Token, phrase: set[int]) -> bool:
    """Whether the name that ends with `last` is that of the source, and not of an owner or in an aside."""
    owner = last.dep_ == "poss" or (last.i + 1 < len(last.doc) and last.nbor(1).tag_ == "POS")
    aside = any(a.dep_ in {"relcl", "acl"} for a in (last, *last.ancestors) if a.i in phrase and a != head)
    governed = last.dep_ in {"pobj", "dobj"} and last != head
    return not (owner or aside or governed)


def _apposed_name(head: Token) -> str | None:
    """The name that follows an office: "the minister, Ilse Brandt"."""
    if head.lower_ in BODY:
        return None
    for apposed in head.children:
        if apposed.dep_ == "appos" and apposed.pos_ == "PROPN" and apposed.i > head.i:
            first = [c for c in apposed.children if c.dep_ in {"compound", "flat"} and c.lower_ not in TITLES]
            if first:
                return _in_full(apposed.doc[first[0].i : apposed.i + 1])
    return None


def _apposed_body(head: Token) -> list[Token]:
    """The name that a body is introduced by: "the ferry's operator, Northern Lines"; empty for none.

    "The owner, Korvex and the ministry" are several.
    """
    if head.lower_ not in INTRODUCED or any(c.dep_ == "cc" for c in head.children):
        return []
    for apposed in head.children:
        named = apposed.dep_ == "appos" and apposed.pos_ == "PROPN" and apposed.i > head.i
        if named and apposed.ent_type_ not in {"PERSON", "GPE"}:
            return _core([*apposed.subtree], apposed)
    return []


def _earlier(core: Sequence[Token], head: Token, memory: Memory, sentence: int) -> Known | None:
    """The source that a definite phrase such as "the ministry" or "the official" takes up."""
    words = _words(_said(core))
    found = memory.called(words)
    if found is not None and not (head.lower_ in BODY and found.sort is Sort.PERSON):
        return found
    introduced = any((c.dep_ == "appos" and c.pos_ == "PROPN") or c.dep_ == "relcl" for c in head.children)
    if head.pos_ != "NOUN" or head.lower_ not in GENERIC or introduced:
        return None
    last = next(
        (k for k in reversed(memory.known) if k.sort is Sort.BODY and not _is_no_such(head, k, memory)), None
    )
    if len(words) == 1:
        return last
    # "The radical Islamist group", right after it was named: a description, not another group.
    named = any(t.pos_ == "PROPN" for t in core)
    return last if last is not None and sentence - last.sentence <= 1 and not named else None


def _is_no_such(head: Token, known: Known, memory: Memory) -> bool:
    """Whether `known` is a document, or a state or one of its bodies, which nobody calls "the company"."""
    states = {state for _, state in memory.states}
    return bool(known.words & REPORT) or (
        head.lower_ in COMMERCIAL and (known.name in states or bool(known.words & STATE_BODY))
    )


def _is_anonymous(tokens: Sequence[Token], head: Token, text: str) -> bool:
    """Whether the source is an individual whose name isn't given; spokesmen speak for a named body."""
    lower = text.lower()
    named = any(t.ent_type_ == "PERSON" and t.tag_ != "POS" and t.dep_ != "poss" for t in tokens)
    if named or head.pos_ == "PROPN" or head.lower_ in SPOKEN:
        return False
    withheld = WITHHELD.search(text) or any(t.lower_ == "anonymous" for t in tokens)
    if withheld and head.lower_ not in BODY:
        return True
    if (
        head.lower_ not in UNNAMED
        or tokens[0].lower_ in {"the", "its", "his", "her", "their", "city", "local"}
        or tokens[0].tag_ == "POS"
    ):
        return False
    if head.lower_ in {"people", "person"}:
        return any(w in lower for w in ("familiar", "knowledge", "close to", "briefed"))
    if any(t.dep_ == "poss" for t in tokens) and head.lower_ not in {"source", "sources"}:
        return False
    return head.lower_ not in {"officials", "officers"} or not any(
        t.text in {"District", "County", "City", "State"} for t in tokens
    )


def _sex(tokens: Sequence[Token], earlier: Known | None) -> bool | None:
    words = {t.lower_ for t in tokens}
    if words & FEMALE:
        return True
    if words & MALE:
        return False
    return earlier.female if earlier is not None else None


def _party(
    tokens: Sequence[Token], head: Token, memory: Memory, registry: Registry, sentence: int, name: str
) -> str:
    """The side that the phrase says its bearer speaks for; otherwise the bearer's own name."""
    words = {t.lower_ for t in tokens}
    official = bool(words & OFFICIAL)
    if (found := _affiliation(tokens, memory, registry, official=official)) is not None:
        return found
    if "ministry" in words and (seat := _seat_named(head, registry)) is not None:
        return seat
    if official and not (words & SPOKEN and not words & (OFFICIAL - SPOKEN)) and head.pos_ == "PROPN":
        # "Interior Minister Jan Holt": of the state that the text speaks of, where it is one alone.
        near = {state for place, state in [s for s in memory.states if s[0] <= sentence][-NEAR_STATES:]}
        if len(near) == 1 and words & {"president", "minister", "premier", "chancellor", "king"}:
            return near.pop()
    return name


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
    tokens: Sequence[Token], memory: Memory, registry: Registry, *, official: bool
) -> str | None:
    """The state or body that possessives, adjectives, "of" and "for" tie the source to."""
    if (found := _owner_met(tokens, memory)) is not None:
        return found
    if (found := _registered(tokens, registry, official=official)) is not None:
        return found
    if (found := _body_named(tokens, memory)) is not None:
        return found
    return _employer(tokens, memory)


def _owner_met(tokens: Sequence[Token], memory: Memory) -> str | None:
    """ "its spokesman", "their lawyer": the party of the body or person spoken of before."""
    for token in _without_clauses(tokens)[:-1]:
        if token.lower_ in {"its", "their", "his", "her"} and token.dep_ == "poss":
            inanimate = token.lower_ in {"its", "their"}
            if token.head.lower_ in KIN:
                return None  # whoever's brother it is: not that of the source met last
            if inanimate and (state := _state_before(token, memory)) is not None:
                return state
            body = _subject_body(token) if inanimate else None
            if body is not None:
                return _known_party(body, memory) or body
            owner = memory.last(Sort.BODY if inanimate else Sort.PERSON)
            if owner is not None:
                return owner.party
    return None


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
    states = {state for _, state in memory.states}
    named = (t.text for t in reversed(owner.doc[owner.sent.start : owner.i]) if t.ent_type_ == "GPE")
    return next((name for name in named if name in states), None)


def _without_clauses(tokens: Sequence[Token]) -> list[Token]:
    """The phrase without its relative clauses: "who wouldn't give his name" says nothing of an owner."""
    ids = {t.i for t in tokens}
    return [t for t in tokens if not any(a.dep_ == "relcl" for a in (t, *t.ancestors) if a.i in ids)]


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
            entity = registry.find(_said(group))
            if entity is not None and entity.kind != "media" and (entity.kind != "state" or official):
                return entity.party
            if size == 1 and official and (state := registry.state_of(group[0].text)) is not None:
                return state
    return None


def _body_named(tokens: Sequence[Token], memory: Memory) -> str | None:
    """ "a spokesman for Korvex", "head of the Velm Trust", "Korvex's lawyer", "an adviser to Ilse Brandt"."""
    for token in tokens:
        serves = token.lower_ == "to" and token.head.lower_ in SERVES
        if token.dep_ == "prep" and (token.lower_ in {"of", "for", "at"} or serves):
            objects = [
                c
                for c in token.children
                if c.dep_ == "pobj" and c.pos_ == "PROPN" and c.ent_type_ in {"ORG", "PERSON", "FAC", ""}
            ]
            makes = token.head.lower_ in INTRODUCED - {"subsidiary", "parent"}  # "the maker of Lucky Strike"
            if objects and not makes and not _within_name(token, objects[0], memory):
                phrase = list(takewhile(lambda t: not t.is_punct or t.text == "-", objects[0].subtree))
                body = _said(_core(phrase, objects[0]))
                return _known_party(body, memory) or body
        spoken_for = token.dep_ == "poss" or (
            token.dep_ == "pobj" and token.head.lower_ == "for" and token.head.head.lower_ not in BODY
        )
        if spoken_for and token.pos_ == "NOUN" and (body_met := _body_met(token, memory)) is not None:
            return body_met.party
        if token.dep_ == "poss" and token.ent_type_ in {"ORG", "PERSON", "GPE"} and token.pos_ == "PROPN":
            owner = _said([t for t in token.subtree if t.tag_ != "POS"])
            return _known_party(owner, memory) or owner
    return None


def _body_met(noun: Token, memory: Memory) -> Known | None:
    """The body that "the utility's (chief executive)" and "(an attorney) for the county" take up."""
    definite = any(c.lower_ == "the" for c in noun.children)
    if noun.lower_ not in BODY or not definite:
        return None
    return _earlier([noun], noun, memory, 0)


def _within_name(preposition: Token, named: Token, memory: Memory) -> bool:
    """Whether both belong to the name of one body: "the Institute for the Study of War"; not "of India"."""
    head = preposition.head
    states = {state for _, state in memory.states}
    return head.pos_ == "PROPN" and head.lower_ in BODY and named.text not in states


def _employer(tokens: Sequence[Token], memory: Memory) -> str | None:
    """ "Korvex director Jan Holt": the organisation before a person's name."""
    bodies = [
        t for t in tokens if t.ent_type_ == "ORG" and t.pos_ == "PROPN" and t.dep_ in {"compound", "nmod"}
    ]
    if not bodies or not any(t.ent_type_ == "PERSON" for t in tokens):
        return None
    near = [
        t for t in tokens if t.ent_type_ == "ORG" and abs(t.i - bodies[0].i) < 5 and t.lower_ not in TITLES
    ]
    body = _said(near)
    return _known_party(body, memory) or body or None


def _subject_body(pronoun: Token) -> str | None:
    """The body that is the subject before "its": "The weather service ..., its director said"."""
    for token in pronoun.sent:
        if token.i >= pronoun.i:
            return None
        if token.dep_ in {"nsubj", "nsubjpass"} and token.lower_ in BODY:
            phrase = [t for t in token.subtree if t.i <= token.i]
            return _said(_core(phrase, token))
    return None


def _known_party(text: str, memory: Memory) -> str | None:
    words = _words(text)
    known = memory.called(words)
    if known is not None:
        return known.party
    person = memory.people.get(text.lower().split()[-1]) if text.split() else None
    bare = [*dropwhile(lambda word: word.lower() in TITLES, text.split())]
    if person is None or not (len(bare) == 1 or " ".join(bare) == person):
        return None
    return memory.parties.get(person, person)


def _people(parsed: Parsed) -> dict[str, str]:
    """Full names by surname, of all whom the text names in full; the first to bear a surname keeps it."""
    people: dict[str, str] = {}
    for entity in parsed.doc.ents:
        if entity.label_ != "PERSON":
            continue
        bearer = _with_hyphens([t for t in entity if t.tag_ != "POS"] or [*entity])
        words = [t for t in _untitled(bearer) if t.is_alpha or "." in t.text]
        if words:
            name = _in_full(words[0].doc[words[0].i : words[-1].i + 1])
            if " " in name:
                for surname in (name.split()[-1], words[-1].text):
                    people.setdefault(surname.lower(), name)
    return people


def _parties(parsed: Parsed, memory: Memory, registry: Registry) -> dict[str, str]:
    """For whom people speak by the office that the text gives them anywhere ("Russian President X")."""
    parties: dict[str, str] = {}
    for entity in parsed.doc.ents:
        name = memory.people.get(entity.root.lower_)
        if entity.label_ != "PERSON" or name is None or name in parties:
            continue
        known = registry.find(name)
        phrase = [t for t in entity.root.subtree if t.i <= entity.root.i and t.dep_ != "relcl"]
        party = (
            known.party
            if known is not None
            else _party(phrase, entity.root, memory, registry, parsed.token_sentence[entity.root.i], name)
        )
        if party != name:
            parties[name] = party
    return parties


def _states(parsed: Parsed, registry: Registry) -> list[tuple[int, str]]:
    """The states that the text speaks of, with the sentences in which it does."""
    return [
        (parsed.token_sentence[token.i], state)
        for token in parsed.doc
        if token.ent_type_ in {"GPE", "NORP"} and (state := registry.state_of(token.text)) is not None
    ]
