"""What the pronouns of a proposition stand for, so that it can be read, and compared, by itself.

Inside its own indirect speech a source is the likeliest antecedent of a pronoun of its kind; otherwise
it is the nearest subject before it that agrees (the preference of centering theory, Grosz, Joshi and
Weinstein 1995). What stays unclear stays a pronoun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.offices import BODY, FEMALE, MALE, OFFICIAL, UNNAMED
from verify.attribution.phrases import SUBJECTS, is_negator
from verify.types import UNKNOWN, Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST = frozenset({"i", "we", "us", "me", "our", "my", "ours", "mine", "ourselves", "myself"})
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
POSSESSIVE = frozenset({"our", "my", "ours", "his", "its", "their", "theirs"})
TAKEN = frozenset({"part", "action", "steps", "responsibility", "place", "over", "note", "measures", "care"})
"""What only an actor takes: "it took part"; "it took two hours" tells of no one."""

DETERMINERS = frozenset(
    """a an the this that these those some several many most both all few no nobody each every either neither
    another other one two three four five six seven eight nine ten he she it they which who whose unknown
    our my his her its their""".split()
)
"""First words of a name that takes no article."""

REACH = 2
"""Sentences back to which an antecedent is looked for."""

FARTHEST = 400
"""Words back to which anything is looked for, so that a sentence without end takes no time without end."""

DOCUMENTS = frozenset(
    "affidavit complaint draft filing form indictment lawsuit letter notice report ruling statement".split()
)
"""Sources that tell of others and not of themselves: "it" in a letter's words isn't the letter."""

DONE_TO_BODIES = frozenset(
    """warn tell ask accuse blame sue pay treat inform order owe force allow give offer help support back fine
    exclude include notify consult advise urge criticise criticize attack target charge mislead deceive invite
    prevent stop pressure press assure pressurise exempt entitle compensate reimburse""".split()
)
"""Verbs whose object can be the body that speaks: "Korvex said the ministry had warned it"."""

PEOPLE = (
    OFFICIAL
    | UNNAMED
    | frozenset(
        """analyst attacker boy captain chair chairman chairwoman child clerk customer director doctor driver
        engineer executive expert girl guard gunman head lawyer leader man manager member mother father nurse
        outsider owner passenger pilot prisoner professor resident scientist soldier student suspect teacher
        victim witness woman worker""".split()
    )
) - BODY
"""Nouns of somebody, whom "it" doesn't mean."""

KNOWING_BODIES = frozenset(
    """warn tell ask accuse blame sue inform owe notify consult advise mislead deceive invite assure cheat
    trick betray""".split()
)
"""Verbs whose subject in the passive is a body rather than a thing: "Korvex said it had been deceived"."""

HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})

VESSELS = frozenset(
    "boat cutter destroyer ferry freighter frigate ship submarine tanker trawler vessel".split()
)
"""What is called "she" as well."""

SORTS = frozenset("kind sort type".split())
"""Heads that "it" doesn't take up: "this sort of thing"."""

IMPERSONAL = frozenset(
    """certain clear difficult early easy hard important impossible late likely necessary obvious possible
    soon true unlikely untrue vital""".split()
)
"""What "it is ... that" or "to" is said with, of nothing in particular."""

LONGEST_NAME = 6
"""Words of a noun phrase beyond which only its head's own compound is repeated."""

OPENING, CLOSING = frozenset("“‘«„"), frozenset("”’»")


def reference(token: Token, source: Source | None) -> str | None:
    """What to write for a pronoun in what `source` says (None: the outlet); None where it should stay."""
    word = token.lower_
    if token.pos_ not in {"PRON", "DET"} or word not in FIRST | PERSON | THING | PLURAL:
        return None
    if source is not None and source.name == UNKNOWN:
        source = None
    if word in FIRST:
        return _written(token, _first_person(word, source)) if source is not None else None
    if word in lexicon.REFLEXIVE or _another_than_owner(token):
        return None
    if (target := _target_before(token)) is not None:
        return _written(token, noun_phrase(target))
    if source is not None and (accused := _accused(token, source)) is not None:
        return _written(token, noun_phrase(accused))
    if source is not None and not _in_quotation(token) and _speaks_of_itself(token, source):
        return None if word in THING and _impersonal(token) else _written(token, called(source))
    if token.dep_ not in SUBJECTS or _impersonal(token) or (source is not None and _in_quotation(token)):
        return None
    candidates = list(dict.fromkeys(_candidates(token, source)))
    if word in PLURAL and _several_nearer(token):
        return None
    if not candidates or (word in PERSON and (len(candidates) > 1 or _somebody_nearer(token))):
        return None  # to name the wrong person would put words, or deeds, at somebody's door
    return _written(token, candidates[0])


def called(source: Source) -> str:
    """What a source is called within a sentence: "the company", "a clerk of the court", "Korvex"."""
    return source.name if source.sort is Sort.PLURAL else _with_article(source.name)


def _with_article(name: str) -> str:
    """The name with "the" where it is a common noun's that has no other determiner."""
    first, *_, last = name.split() * 2
    if first in {"A", "An"}:
        return name[0].lower() + name[1:]
    owned = any(word[0].isupper() and word[-2:] in {"’s", "'s", "s’", "s'"} for word in name.split())
    common = (first[0].islower() or (last.isalpha() and last.islower())) and " and " not in name
    return f"the {name}" if common and not owned and first.lower() not in DETERMINERS else name


def _first_person(word: str, source: Source) -> str:
    """Whom the "we" of a spokesman means, and the "I"."""
    spokesman = word in WE and source.sort is Sort.PERSON and source.party not in {UNKNOWN, source.name}
    return _with_article(source.party) if spokesman else called(source)


def _written(token: Token, name: str) -> str:
    possessive = token.dep_ == "poss" or token.lower_ in POSSESSIVE
    if not possessive:
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _agrees(word: str, sort: Sort) -> bool:
    """Whether a pronoun can stand for a source of this sort; a body that says "them" speaks of others."""
    if sort is Sort.PERSON:
        return word in PERSON
    if sort is Sort.PLURAL:
        return word in PLURAL
    return word in THING | PLURAL - {"them", "themselves"}


def _speaks_of_itself(token: Token, source: Source) -> bool:
    """Whether a pronoun in what `source` says can be the source itself.

    A document tells of others; nor is the "he" of "He was free to go, Karen Andrews said" the one who is
    only named after it.
    """
    agrees = _agrees(token.lower_, source.sort) or (token.lower_ in PLURAL and _several_say(token, source))
    if not agrees or _closer(token, source) or _done_to(token) or _judged(token):
        return False
    if token.lower_ in PERSON and (_is_of_other_sex(token, source) or _is_whose_speaker(token, source)):
        return False
    called_it = any(t.lower_ in THING for t in token.doc[token.sent.start : token.i])
    if token.lower_ in PLURAL and source.sort is Sort.BODY and (called_it or _several_before(token, source)):
        return False
    *_, last = source.name.split() or [""]
    if last.lower() in DOCUMENTS:
        return False
    return token.dep_ not in SUBJECTS or not _only_later(last, token)


def _several_before(token: Token, source: Source) -> bool:
    """Whether others are told of right before "they", which then hardly means the body that speaks."""
    name = source.name.split()
    if (
        _several_say(token, source)
        or "police" in source.name.lower()
        or name[-1:] == [f"{name[-1].rstrip('s')}s"]
    ):
        return False
    start = token.doc[token.sent.start - 1].sent.start if token.sent.start > 0 else 0
    before = token.doc[max(start, token.i - FARTHEST) : token.i]
    return any(
        t.tag_ in {"NNS", "NNPS"} and t.dep_ != "npadvmod" and not t.ent_type_ and t.text not in name
        for t in before
    )


def _several_say(token: Token, source: Source) -> bool:
    """Whether the verb of who speaks makes several of them: "Velm say they have paid"."""
    says = next((a for a in token.ancestors if a.lemma_.lower() in lexicon.SAY and a != token.head), token)
    own = any(c.dep_ in SUBJECTS and c.text in source.name.split() for c in says.children)
    plural = any(c.lower_ in {"have", "are", "were"} for c in says.children if c.dep_ == "aux")
    return own and (says.tag_ == "VBP" or plural)


def _speaker_of_his(token: Token) -> Token | None:
    """The lawyer in "his lawyer said he had left": whom the pronoun itself makes somebody else's."""
    gender = HE if token.lower_ in HE else SHE if token.lower_ in SHE else frozenset()
    says = [a for a in token.ancestors if a.lemma_.lower() in lexicon.SAY]
    speakers = (c for v in says for c in v.children if c.dep_ in SUBJECTS and token not in c.subtree)
    return next(
        (s for s in speakers if any(c.dep_ == "poss" and c.lower_ in gender for c in s.children)), None
    )


def _is_of_other_sex(token: Token, source: Source) -> bool:
    """Whether "he" can't be the source, a spokeswoman, nor "she" one who is a chairman."""
    words = frozenset(source.name.lower().split())
    return bool(words & (FEMALE if token.lower_ in HE else MALE)) and not words & (
        MALE if token.lower_ in HE else FEMALE
    )


def _is_whose_speaker(token: Token, source: Source) -> bool:
    """Whether the source speaks for one of the pronoun's sex: "his lawyer said he", "he fled, an aide said".

    An official who is only brought in after "he" has hardly been spoken of before; of a witness that may be.
    """
    if _speaker_of_his(token) is not None:
        return True
    new = (t for t in token.sent if t.lower_ in (OFFICIAL | UNNAMED) - BODY and t.text in source.name.split())
    return any(t.i > token.i and any(c.lower_ in {"a", "an"} for c in t.lefts) for t in new)


def _only_later(name: str, token: Token) -> bool:
    """Whether the sentence names somebody after the token, and not before it."""
    places = [t.i for t in token.sent if t.text == name and t.pos_ == "PROPN"]
    return bool(places) and places[0] > token.i


def _closer(token: Token, source: Source) -> bool:
    """Whether an earlier noun of the clause agrees with the pronoun and stands nearer than the source.

    For a pronoun that is a subject that is an earlier subject, for others an object too ("took the revolver
    and gave it to him"). Somebody unnamed counts as well: "the judge was removed because he knew, the
    clerk said".
    """
    nearer = SUBJECTS if token.dep_ in SUBJECTS or token.dep_ == "poss" else SUBJECTS | {"dobj"}
    before = [t for t in _clause(token).subtree if t.i < token.i and t.text not in source.name.split()]
    if token.lower_ in {"she", "her"} and any(t.lemma_.lower() in VESSELS for t in before):
        return True
    whose = token.lower_ in PERSON and (token.dep_ in SUBJECTS or token.dep_ == "poss")
    if whose and any(t.dep_ in SUBJECTS and _unnamed(t) and not _says(t, source) for t in before):
        return True
    return any(_agreeing(before, token.lower_, nearer))


def _says(noun: Token, source: Source) -> bool:
    """Whether a subject is who speaks, called by an office: "the chairman, Jan Holt, accused"."""
    reports = lexicon.SAY | lexicon.BLAME | lexicon.JUDGE | lexicon.CLAIM_OBJECT
    return noun.head.lemma_.lower() in reports or any(t.text in source.name.split() for t in noun.subtree)


def _unnamed(noun: Token) -> bool:
    """Whether a noun is of one person by office or trade: "the clerk"; not "no clerk"."""
    return noun.tag_ == "NN" and noun.lower_ in PEOPLE and not any(is_negator(c) for c in noun.children)


def _done_to(token: Token) -> bool:
    """Whether "it" is the object of what is done to things: a body that says so hardly means itself."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    done = token.dep_ in {"dobj", "pobj"} and verb.lemma_.lower() not in DONE_TO_BODIES
    return token.lower_ == "it" and done


def _somebody_nearer(token: Token) -> bool:
    """Whether its sentence tells of somebody unnamed before it: "the family of the man says he fled"."""
    before = token.doc[max(token.sent.start, token.i - FARTHEST) : token.i]
    speaker = _speaker_of_his(token)
    return any(t.tag_ == "NN" and t.lower_ in PEOPLE and t != speaker for t in before)


def _several_nearer(token: Token) -> bool:
    """Whether others than a subject are all that "they" can mean: "told the boys they won"."""
    before = token.doc[max(token.sent.start, token.i - FARTHEST) : token.i]
    several = [
        t
        for t in before
        if _fits(t, token.lower_) and not t.ent_type_ and _verb_of(t) in token.head.ancestors
    ]
    return bool(several) and not any(_agreeing(before, token.lower_, SUBJECTS))


def _verb_of(noun: Token) -> Token:
    """The verb that a noun depends on."""
    return next((a for a in noun.ancestors if a.pos_ in {"VERB", "AUX"}), noun)


def _judged(token: Token) -> bool:
    """Whether a pronoun is what somebody judges, who would say "itself": "Korvex called it a mistake"."""
    verb = token.head if token.dep_ == "dobj" else token.head.head
    judges = verb.lemma_.lower() in lexicon.JUDGE | lexicon.FIND and verb.i == token.i - 1
    return judges and token.dep_ in {"dobj", *SUBJECTS}


def _target_before(token: Token) -> Token | None:
    """The release in "called the release selfish and said it endangered people".

    So of "they" after an accusation: "pointed the finger at the rebels, saying they had fired".
    """
    if token.lower_ not in THING | PLURAL or token.dep_ not in SUBJECTS:
        return None
    says = _clause(token).head
    before = says.head
    points = before.lemma_ == "point" and any(c.lower_ == "finger" for c in before.children)
    verbs = lexicon.BLAME if token.lower_ in PLURAL else lexicon.JUDGE | lexicon.BLAME
    if says.dep_ not in {"conj", "advcl"} or not (points or before.lemma_.lower() in verbs):
        return None
    between = (t for t in before.subtree if before.i < t.i < says.i and t.lower_ != "finger")
    return next(
        _agreeing(between, token.lower_, SUBJECTS | {"dobj", "pobj"} if points else SUBJECTS | {"dobj"}), None
    )


def _clause(token: Token) -> Token:
    head = token
    while head.head != head and not (
        head.pos_ in {"VERB", "AUX"} and head.dep_ in {"ccomp", "xcomp", "ROOT", "conj"}
    ):
        head = head.head
    return head


def _another_than_owner(token: Token) -> bool:
    """Whether a pronoun stands within what another one owns: "them" in "its support for them" isn't "it"."""
    if token.dep_ not in {"pobj", "dobj"}:
        return False
    owners = PERSON | THING | PLURAL
    return any(
        owned.pos_ == "NOUN" and any(c.dep_ == "poss" and c.lower_ in owners for c in owned.children)
        for owned in token.ancestors
    )


def _accused(token: Token, source: Source) -> Token | None:
    """The company in "who have sued the company and accuse it of fraud": the nearest noun that agrees."""
    verb = token.head
    accuses = verb.lemma_.lower() in lexicon.BLAME and token.dep_ == "dobj"
    laid = any(c.dep_ == "prep" and c.lower_ == "on" for c in verb.children)  # "blamed it on them": a deed
    if not accuses or laid or token.lower_ not in THING | PLURAL:
        return None
    before = reversed(token.doc[max(token.sent.start, token.i - FARTHEST) : token.i])
    told = verb.head if verb.dep_ in {"acl", "relcl"} else verb  # the report in "a report that accuses it"
    others = (t for t in before if t.head != verb and t != told and t.text not in source.name.split())
    return next(_agreeing(others, token.lower_, SUBJECTS | {"dobj"}), None)


def _impersonal(token: Token) -> bool:
    """The "it" of "it was clear that", "it was an attack" and "it was carried out", which is no actor."""
    verb = token.head
    if token.lower_ not in THING or token.dep_ not in SUBJECTS:
        return False
    passive = token.dep_ == "nsubjpass" and verb.lemma_.lower() not in KNOWING_BODIES
    if passive or verb.lemma_ in {"seem", "appear", "turn", "rain"}:
        return True
    if verb.lemma_ == "take":
        return not any(c.dep_ == "dobj" and c.lower_ in TAKEN for c in verb.children)
    if any(
        t.lower_ in IMPERSONAL for t in (verb, *(c for c in verb.children if c.dep_ in {"acomp", "advmod"}))
    ):
        return True
    clauses = [*verb.children, *(g for c in verb.children if c.dep_ == "acomp" for g in c.children)]
    return verb.lemma_ == "be" and any(
        c.dep_ == "attr" or (c.dep_ in {"ccomp", "xcomp", "advcl"} and c.i > verb.i) for c in clauses
    )


def _in_quotation(token: Token) -> bool:
    """Whether quotation marks of its sentence are open at the token; there the speaker says "I", not "he"."""
    depth = straight = 0
    for before in token.doc[max(token.sent.start, token.i - FARTHEST) : token.i]:
        depth += before.text in OPENING
        depth -= before.text in CLOSING and depth > 0
        straight += before.text == '"'
    return depth > 0 or straight % 2 == 1


def _candidates(token: Token, source: Source | None) -> Iterator[str]:
    """The subjects before the pronoun that agree with it, nearest sentence first, in each the first one."""
    doc = token.doc
    name = source.name.lower() if source is not None else ""
    own = {name, f"the {name}"} if _judged(token) else {name}
    sentences = [token.sent]
    while len(sentences) <= REACH and sentences[-1].start > 0:
        sentences.append(doc[sentences[-1].start - 1].sent)
    for sentence in sentences:
        others = doc[max(sentence.start, token.i - FARTHEST) : min(sentence.end, token.i)]
        for other in _agreeing(others, token.lower_, SUBJECTS):
            phrase = noun_phrase(other)
            if phrase.lower() not in own:
                yield phrase


def _agreeing(tokens: Iterable[Token], word: str, places: frozenset[str]) -> Iterator[Token]:
    """The nouns among `tokens` that a pronoun can stand for, and that stand in one of these places."""
    for token in tokens:
        if token.dep_ in places and token.pos_ in {"NOUN", "PROPN"} and _fits(token, word):
            yield token


def _fits(noun: Token, word: str) -> bool:
    person = noun.ent_type_ == "PERSON"
    plural = noun.tag_ in {"NNS", "NNPS"}
    if any(is_negator(c) or c.tag_ == "WP$" for c in noun.children):
        return False  # "no customer", "whose name"
    if word in PERSON:
        return person
    if word in PLURAL:
        return plural
    return not (person or plural or noun.lemma_.lower() in PEOPLE | SORTS)


def noun_phrase(head: Token) -> str:
    """The noun phrase around `head` without what follows it, in the text's own words."""
    left = [t for t in head.subtree if t.i <= head.i]
    if len(left) > LONGEST_NAME:
        left = [
            t for t in left if t.head == head and t.dep_ in {"det", "compound", "amod", "poss", "nummod"}
        ] + [head]
    phrase = "".join(t.text_with_ws for t in left).strip()
    return phrase[0].lower() + phrase[1:] if left[0].tag_ in {"DT", "PRP$"} else phrase
