"""Who a source is, for whom it speaks, and whether it is named at all.

Sources are resolved in the order of the text against those met before: pronouns by number and kind,
surnames and titles by the full name that they were introduced with, "the ministry" by the body last
named so, metonyms and aliases by the registry. What can't be resolved keeps its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.attribution.antecedents import (
    are_several,
    bodies_named,
    introduced_before,
    is_body,
    named_before,
    names_after,
    other_than,
    sentence_before,
    speaker_here,
    subject_before,
    subject_before_colon,
    subject_here,
)
from verify.attribution.definite import with_definite
from verify.attribution.memory import SEVERAL, Known, Memory, again, taken_up
from verify.attribution.mentions import (
    HE,
    IT,
    OWNERS,
    SHE,
    THEY,
    apposed_body,
    bare_name,
    core_of,
    head_of,
    said,
    spelt_out,
    words_of,
)
from verify.attribution.offices import (
    BODY,
    COLLECTIVE,
    DESCRIBED,
    FEMALE,
    MALE,
    OFFICIAL,
    REPORT,
    SHOWN,
    SPOKEN,
    UNNAMED,
)
from verify.attribution.parties import issuers, parties_of, party_of, states_of
from verify.attribution.people import (
    goes_on,
    introduced_as,
    introduced_in,
    is_anonymous,
    people_of,
    person_named,
    sex_of,
)
from verify.attribution.phrases import RELATIVES, SUBJECTS, phrase_of
from verify.attribution.registry import Entity, Registry
from verify.attribution.short_names import in_full
from verify.attribution.spoken import quoted_tokens
from verify.types import UNKNOWN, Attribution, Role, Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from verify.language.parse import Parsed


FAMILY = frozenset({"family", "families"})
"""Heads of a name that isn't the person's who shares it: "the Holt family"."""

FARTHEST_BACK = 8
"""Sentences back to which "she" may go on about somebody who was named there."""

NOT_MET = Known(
    UNKNOWN,
    UNKNOWN,
    Sort.PERSON,
    anonymous=False,
    named=frozenset(),
    words=frozenset(),
    sentence=-1,
)
"""Whom a pronoun stands for that nothing before explains."""

NOBODY = Source(UNKNOWN, None, UNKNOWN, anonymous=False)


def resolve_sources(
    parsed: Parsed, attributions: Sequence[Attribution], registry: Registry
) -> tuple[Source, ...]:
    """The sources of `attributions`, one each and in their order."""
    memory = _memory(parsed, registry)
    sources: list[Source] = []
    for attribution in attributions:
        if attribution.source is None:
            sources.append(_speaker(memory) if attribution.cue is None else NOBODY)
            continue
        tokens = parsed.words(attribution.source)
        known = _resolve(parsed, tokens, attribution, memory, registry)
        # "She" tells the sex of a minister, and whom nothing explains is no other in the next sentence.
        known = again(known, attribution.sentence, head_of(tokens))
        memory.known.append(known)
        sources.append(Source(known.name, attribution.source, known.party, known.anonymous, known.sort))
    spoken = [
        source if a.spoken_as is None else replace(sources[a.spoken_as], text=None)
        for a, source in zip(attributions, sources, strict=True)
    ]
    return with_definite(parsed, in_full(parsed, spoken, registry))


def _memory(parsed: Parsed, registry: Registry) -> Memory:
    """What the text names anywhere, before any source is met."""
    states, quoted = states_of(parsed, registry), quoted_tokens(parsed)
    copy_from = next((t.i for t in parsed.doc if _role(parsed, t) is not Role.HEADLINE), 0)
    people = people_of(parsed)
    memory = Memory(
        people=people,
        introduced=introduced_in(parsed, people),
        states=states,
        state_names=frozenset(state for _, state in states),
        quoted=quoted,
        copy_from=copy_from,
        uncapitalised=frozenset(t.text for t in parsed.doc if t.text == t.lower_),
        capitalised=frozenset(
            t.text
            for t in parsed.doc[copy_from:]
            if t.is_title and not (t.is_sent_start or t.nbor(-1).is_quote)
        ),
        named=bodies_named(parsed.doc, copy_from, quoted),
    )
    memory.parties.update(parties_of(parsed, memory, registry))
    return memory


def _role(parsed: Parsed, token: Token) -> Role:
    return parsed.sentences[parsed.token_sentence[token.i]].role


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
    head = head_of(tokens)
    relative = tokens[0] if head.dep_ == "relcl" else head  # "(Lie,) who runs the ferry(, says)"
    subject = _same_subject(head) or _related(relative) or subject_before_colon(head, memory)
    subject = subject or speaker_here(head, memory) or _brought_in(head, memory, sentence)
    if subject is not None:
        head, tokens = subject, list(phrase_of(subject, head.head))
        text = said(tokens)
    if (antecedent := _pronoun(head, tokens, memory, sentence)) is not None:
        return again(antecedent, sentence, head)
    if (described := _described(head, tokens)) is not None:
        head, tokens = described, list(phrase_of(described, described.head))
        text = said(tokens)
    if (subject := _unmet(head, memory)) is not None:
        head, tokens = subject, list(phrase_of(subject, head.head))
        text = said(tokens)
    elif head.lower_ in HE | SHE | IT | THEY:
        return NOT_MET
    spelt = spelt_out(tokens, head)
    apposed = [] if spelt else apposed_body(head)
    core = apposed or spelt or bare_name(core_of(tokens, head))
    unmet = _is_bare_body(head, core) and taken_up(core, head, memory, sentence) is None
    if unmet and (noun := named_before(head, memory)) is not None:
        head, tokens = noun, [*noun.doc[noun.left_edge.i : noun.i + 1]]
        text, core = said(tokens), bare_name(core_of(tokens, noun))
    core_text = said(core)
    lower = head.pos_ == "PRON" and core_text.islower()  # "who" isn't the WHO
    entity = None if lower else registry.find(core_text) or registry.find(text)
    if entity is not None and not _is_another(entity, core_text, memory):
        words = words_of(core_text) | words_of(entity.name)
        sort = Sort.PERSON if entity.kind == "person" else Sort.BODY
        return Known(
            entity.name, entity.party, sort, anonymous=False, named=words, words=words, sentence=sentence
        )
    anonymous = is_anonymous(tokens, head, text)
    family = head.lower_ in FAMILY and any(t.pos_ == "PROPN" for t in tokens)
    person = None if anonymous or apposed or spelt or family else person_named(tokens, head, memory)
    if person is None and not family and taken_up(core, head, memory, sentence) is None:
        person = introduced_as(head, memory)
    if person is not None:
        party = party_of(tokens, head, memory, registry, sentence, person)
        return _met(person, party, memory, tokens, text, sentence)
    refers_back = head.lower_ in UNNAMED | SPOKEN | {"officer", "engineer"} and tokens[0].lower_ in {
        "the",
        "that",
    }
    earlier = _called_otherwise(head, memory, sentence)
    if earlier is None and not family and (not anonymous or refers_back):
        earlier = taken_up(core, head, memory, sentence)
    if earlier is not None:
        return again(earlier, sentence, head)
    name = _uncapitalised(_name(core, registry), head, core)
    # "Its maker, Boeing" speaks for Boeing, whatever it has made.
    party = name if apposed else party_of(tokens, head, memory, registry, sentence, name)
    sort = Sort.BODY if apposed or spelt or _is_side(head, core, memory) else _sort(head)
    named = words_of(" ".join(said(core_of([*n.subtree], n)) for n in names_after(head)))
    others = {t.lower_ for t in issuers(head)}  # "the police" aren't "a police statement"
    return Known(
        name,
        party,
        sort,
        anonymous,
        named=(named | words_of(core_text)) - others,
        words=words_of(said(_own_words(tokens))) - others,
        sentence=sentence,
        female=sex_of(tokens, None),
    )


def _own_words(tokens: Sequence[Token]) -> list[Token]:
    """A phrase without those to whom it does something: "the city" are no "rebels who surround the city"."""
    ids = {t.i for t in tokens}
    objects = [t for t in tokens if t.dep_ == "dobj" and t.head.dep_ in {"relcl", "acl"} and t.head.i in ids]
    return [t for t in tokens if not any(o in (t, *t.ancestors) for o in objects)]


def _called_otherwise(noun: Token, memory: Memory, sentence: int) -> Known | None:
    """Whom "the Labour MP" or "the 43-year-old" takes up: who spoke right before, where no name follows."""
    last = memory.known[-1] if memory.known else None
    aged = noun.lower_ == "old" and noun.i > 1 and noun.nbor(-1).text == "-"
    definite = any(c.lower_ == "the" for c in noun.lefts) and not any(c.i > noun.i for c in noun.children)
    if last is None or not definite or not (noun.lower_ in DESCRIBED or aged):
        return None
    near = last.sort is Sort.PERSON and not last.anonymous and last.sentence >= sentence - 1
    return last if near and last.name in memory.people.values() else None


def _is_another(entity: Entity, surname: str, memory: Memory) -> bool:
    """Whether the text has named somebody of this surname in full whose first name isn't that of `entity`."""
    met = memory.called(words_of(surname), proper=True)
    name = memory.people.get(surname.lower()) or (met.name if met is not None else "")
    first, *rest = name.split() or [""]
    in_full = rest and rest[-1] == surname and all(word.istitle() for word in (first, *rest))
    return bool(in_full) and first.lower() not in entity.name.lower().split()


def _met(name: str, party: str, memory: Memory, tokens: Sequence[Token], text: str, sentence: int) -> Known:
    """The person called `name`, with what is known of them from before."""
    earlier = next((k for k in reversed(memory.known) if k.name == name), None)
    if party == name:
        party = earlier.party if earlier is not None else memory.parties.get(name, name)
    words = words_of(text) | (earlier.words if earlier else frozenset())
    return Known(
        name,
        party,
        Sort.PERSON,
        anonymous=False,
        named=words_of(name),
        words=words,
        sentence=sentence,
        female=sex_of(tokens, earlier),
    )


def _is_side(head: Token, core: Sequence[Token], memory: Memory) -> bool:
    """Whether a plural by itself is a name: "Rovers", which the text writes with a capital everywhere."""
    alone = list(core) == [head] and head.tag_ in {"NNS", "NNPS"} and not [*head.lefts]
    return (
        alone
        and head.text in memory.capitalised
        and head.lower_ not in memory.uncapitalised | memory.people.keys()
    )


def _sort(head: Token) -> Sort:
    if head.tag_ == "NNPS" and not any(c.i < head.i for c in head.children):
        return Sort.PERSON  # "Morales"
    if head.tag_ == "NNPS" and not any(c.lower_ == "the" for c in head.lefts):
        return Sort.BODY  # "Larkfield Pools", unlike "the White Helmets"
    several = head.pos_ == "NUM" or head.lower_ in {"many", "some", "several", "few", "most", "both"}
    several = several or any(c.lower_ in SEVERAL for c in head.lefts)  # "neither side"
    if several or (head.tag_ in {"NNS", "NNPS"} and head.lower_ not in BODY):
        return Sort.PLURAL
    office = any(c.dep_ == "appos" and c.lower_ in OFFICIAL - BODY for c in head.children)
    if office or any(c.lower_ in FEMALE | MALE for c in head.children) or goes_on(head) == "he":
        return Sort.PERSON
    return (
        Sort.BODY
        if head.lower_ in BODY | COLLECTIVE | REPORT | FAMILY or head.pos_ == "PROPN"
        else Sort.PERSON
    )


def _spoken_of(
    pronoun: Token, memory: Memory, sentence: int, others: frozenset[str], *, female: bool
) -> Known | None:
    """The person whom the sentences before, or this one so far, are about, where no source was met since.

    The sentence before tells who that is, or those before it while they go on about "her" without a name.
    None of `others`, by their names.
    """
    last = memory.last(Sort.PERSON, female, others)
    met = last.sentence if last is not None else -1
    end, back = pronoun.i, 0
    before = sentence_before(pronoun, memory)
    while back < FARTHEST_BACK and met < sentence - 1 - back:
        names = [
            memory.people[t.lower_] for t in pronoun.doc[before.start : end] if _is_topic(t, memory, female)
        ]
        if people := [name for name in names if name not in others]:
            name, words = people[-1], words_of(people[-1])
            party = memory.parties.get(name, name)
            return Known(name, party, Sort.PERSON, anonymous=False, named=words, words=words, sentence=0)
        if not before or not _goes_on_about(before, memory, female=female):
            return None
        end, back = before.start, back + 1
        before = sentence_before(before[0], memory)
    return None


def _is_topic(name: Token, memory: Memory, female: bool) -> bool:
    """Whether a sentence is about the person of this name, who may be a woman, or a man."""
    placed = name.dep_ in SUBJECTS or name.i == name.sent.start
    placed = placed or (name.dep_ == "appos" and name.head.dep_ in SUBJECTS)
    person = name.ent_type_ in {"PERSON", "GPE", ""} and name.lower_ in memory.people
    return placed and person and sex_of([*name.lefts], None) is not (not female)


def _goes_on_about(sentence: Span, memory: Memory, *, female: bool) -> bool:
    """Whether "she" or "her" is who a sentence is about, outside of quotation marks."""
    gender = SHE if female else HE
    return any(t.lower_ in gender and t.i not in memory.quoted for t in sentence)


def _pronoun(head: Token, tokens: Sequence[Token], memory: Memory, sentence: int) -> Known | None:
    """The source that a pronoun stands for; for a possessive too ("its report" is its owner's word)."""
    word = head.lower_
    owner = next((t.lower_ for t in tokens[:1] if t.lower_ in OWNERS), None)
    if owner is not None and head.lower_ in REPORT | {
        "estimate",
        "account",
        "count",
        "intelligence",
        "office",
    }:
        word = owner
    if word in HE | SHE:
        female, others = word in SHE, other_than(head, memory)
        about = _spoken_of(head, memory, sentence, others, female=female)
        return about or memory.last(Sort.PERSON, female, others)
    if word in {"i", "me", "my"}:
        return memory.last(Sort.PERSON)
    if word in IT:
        known = memory.body()
    elif word in THEY | {"we", "us", "our"}:
        known = memory.last(Sort.PLURAL) or memory.last(Sort.BODY)
    else:
        return None
    met = known is not None and (known.sentence >= sentence - 1 or word not in IT | THEY)
    return known if met or _unmet(head, memory) is None else None


def _brought_in(pronoun: Token, memory: Memory, sentence: int) -> Token | None:
    """Whom the sentence before introduces, where no person has spoken there or since."""
    last = memory.known[-1] if memory.known else None
    near = last is not None and last.sort is Sort.PERSON and last.sentence >= sentence - 1
    if near and last is not None and last.female is not None:
        near = last.female is (pronoun.lower_ in SHE)
    return None if near else introduced_before(pronoun, memory)


def _unmet(pronoun: Token, memory: Memory) -> Token | None:
    """The body or people, no source so far, that "it" or "they" take up: the subject right before."""
    if pronoun.lower_ not in IT | THEY:
        return None
    fits = is_body if pronoun.lower_ in IT else are_several
    return subject_here(pronoun, memory, fits) or subject_before(pronoun, memory, fits)


def _related(relative: Token) -> Token | None:
    """The noun that "which" or "who" stands for at the head of its clause."""
    verb = relative.head
    if relative.lower_ not in RELATIVES or relative.dep_ not in SUBJECTS or verb.dep_ != "relcl":
        return None
    noun = verb.head
    while noun.dep_ == "pobj" and relative.lower_ == "who" and noun.lower_ in BODY:
        noun = noun.head.head  # "a member of the board who": the member
    if noun.dep_ == "appos" and noun.head.pos_ == "PROPN":
        noun = noun.head  # "Jan Holt, a member of the board, who"
    return noun if noun.pos_ in {"NOUN", "PROPN"} else None


def _is_bare_body(head: Token, core: Sequence[Token]) -> bool:
    """Whether a source is "the ministry" and no more."""
    definite = list(core) == [head] and any(c.lower_ == "the" for c in head.lefts)
    return definite and head.pos_ == "NOUN" and head.lower_ in BODY


def _described(noun: Token, tokens: Sequence[Token]) -> Token | None:
    """Korvex in "Korvex, a local firm, said", of which only the description was taken for the source."""
    first, last = tokens[0], tokens[-1]
    aside = first.i > 0 and last.i + 1 < len(last.doc) and first.nbor(-1).text == last.nbor(1).text == ","
    named = noun.head
    described = noun.dep_ == "appos" and noun.pos_ == "NOUN" and named.pos_ == "PROPN" and named.i < first.i
    return named if aside and described and named.dep_ in SUBJECTS else None


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


def _uncapitalised(name: str, head: Token, core: Sequence[Token]) -> str:
    """The name of papers or films without the capital of their sentence: "internal emails"."""
    shown = head.lemma_.lower() in REPORT | SHOWN and core[0].pos_ in {"NOUN", "ADJ"}
    return name[:1].lower() + name[1:] if shown else name


def _name(core: Sequence[Token], registry: Registry) -> str:
    """The name of a body from its phrase: "Russia's defence ministry" is the Russian defence ministry."""
    text = said(core)
    for k, token in enumerate(core):
        if token.tag_ == "POS" and k and k + 1 < len(core) and core[k + 1].text[0].islower():
            state = registry.state_of(said(core[:k]))
            people = next((p for p, s in registry.peoples.items() if s == state), None) if state else None
            if people is not None:
                return f"{people.title()} {said(core[k + 1 :])}"
    return text
