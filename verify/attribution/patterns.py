"""The patterns of attribution in one sentence; each yields drafts for a token that may head a cue.

They are those of the literature on indirect quotation (Pareti 2015; Newell et al. 2018): a reporting verb
with its clause, before, around or after it; verbs with a nominal content; "according to"; nouns ("Moscow's
claim that"); refusals to comment; a source quoted by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.idioms import idiom
from verify.attribution.nominal import nominal
from verify.attribution.offices import BODY, OFFICIAL, SPOKEN, UNNAMED
from verify.attribution.phrases import (
    RELATIVES,
    SUBJECTS,
    conjuncts,
    cue_of,
    frame_of,
    is_negated,
    is_nobody,
    phrase_of,
    source_of,
    trim_marks,
)
from verify.attribution.silence import ANSWERING, is_declined, refuses, words_of_silence

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSES = frozenset({"ccomp", "xcomp"})

WITH_INFINITIVE = lexicon.DIRECT_TO | frozenset(
    "warn promise pledge vow swear claim threaten tell expect offer".split()
)
"""Reporting verbs whose infinitive is what was said: "promised to pay"."""

ON_ONESELF = frozenset("ask decline refuse request want wish insist prefer name identify quote".split())
"""Verbs of the pattern "asked not to be named"."""

ANSWERS = lexicon.DENY | lexicon.DOUBT | lexicon.CONFIRM | frozenset({"call"})
"""Verbs that tell, in "a charge that Kyiv denies", how somebody answers what was said."""

SPEAKERS = BODY | OFFICIAL | SPOKEN | UNNAMED
"""Common nouns of somebody who "goes on" to say something: no match and no show."""

WH_TAGS = frozenset({"WP", "WDT"})
"""Tags of the relative pronouns that are the subject of their clause: "the child, who went on"."""

LEADING_OFF = frozenset("and but who which while although though after as when".split())
"""Words after a trailing "he said" that open another clause, and don't carry on what he said."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in tokens, before it is cut to the document's characters."""

    source: tuple[Token, ...]
    cue: tuple[Token, ...]
    content: tuple[Token, ...]
    outer: Token | None = None
    """The cue verb of the attribution that this one is nested in, where the pattern itself says so."""


def in_sentence(tokens: list[Token], inside: frozenset[int]) -> Iterator[Draft]:
    """The drafts of a sentence, pattern by pattern; `inside` holds the indices of the quoted tokens."""
    asides = [aside for token in tokens if (aside := _answered_aside(token)) is not None]
    answered = {t.i for aside in asides for t in aside.words}
    for token in tokens:
        for draft in _headed_by(token, tokens, inside):
            if draft.cue[0].i in answered:
                continue
            content = tuple(t for t in draft.content if t.i not in answered)
            yield replace(draft, content=tuple(trim_marks(list(content)))) if answered else draft
    yield from (aside.draft for aside in asides)


def _headed_by(token: Token, tokens: list[Token], inside: frozenset[int]) -> Iterator[Draft]:
    if token.i in inside and _whole_clause_quoted(token, inside):
        return
    if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
        yield from _verb(token, tokens, inside)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.NOUN_CUE:
        yield from _noun(token)
    if token.lower_ == "according":
        yield from _according(token, tokens)
    elif token.lower_ in {"by", "in", "on"} and token.dep_ in {"prep", "agent"}:
        yield from _by_account(token, tokens)


@dataclass(frozen=True, slots=True)
class Aside:
    """What follows a comma in "..., a charge that Kyiv denies": its words, and whose answer to what it is."""

    words: tuple[Token, ...]
    draft: Draft


def _answered_aside(noun: Token) -> Aside | None:
    """The aside that `noun` heads, where it tells of another's answer to the clause before its comma."""
    if noun.lemma_.lower() not in lexicon.CLAIM_NOUN or noun.left_edge.i == noun.sent.start:
        return None
    comma = noun.left_edge.nbor(-1)
    answers = [c for c in noun.children if c.dep_ in {"relcl", "acl"} and c.lemma_.lower() in ANSWERS]
    if comma.text not in {",", "—", "–"} or not answers:
        return None
    clause = noun.head
    while clause.head != clause and clause.pos_ not in {"VERB", "AUX"}:
        clause = clause.head
    source = source_of(answers[0])
    content = trim_marks([t for t in clause.subtree if t.i < comma.i])
    if not source or source[0].lower_ in RELATIVES or clause.i > comma.i or not content:
        return None
    words = (comma, *noun.subtree)
    return Aside(words, Draft(source, cue_of(answers[0]), tuple(content)))


def _whole_clause_quoted(token: Token, inside: frozenset[int]) -> bool:
    """Whether a cue inside quotation marks belongs to the speaker's own words, not to the writer's."""
    return all(t.i in inside for t in (*source_of(token), *cue_of(token)))


def _verb(verb: Token, tokens: list[Token], inside: frozenset[int]) -> Iterator[Draft]:
    lemma = verb.lemma_.lower()
    if lemma in {"quote", "cite"} and (nested := list(_quoted_as(verb, tokens))):
        yield from nested
        return
    if _asks_anonymity(verb) or is_declined(verb):
        return
    if refuses(verb):
        yield from _refusal(verb)
        return
    if (silent := _nobody_of(verb)) is not None:
        yield silent
        return
    if (position := _position(verb)) is not None:
        yield position
        return
    source = source_of(verb)
    if lemma in lexicon.SAY or _holds_that(verb) or _goes_on(verb):
        contents = list(_clauses(verb, source, tokens, inside)) if source else []
        for content in contents:
            yield Draft(source, cue_of(verb), content)
        if contents:
            return
    if not source or source[0].lower_ in RELATIVES:
        return
    if (pieces := idiom(verb)) is not None:
        rest, said = pieces
        cue = sorted([*cue_of(verb), *rest], key=lambda t: t.i)
        yield Draft(source, tuple(cue), tuple(trim_marks(said)))
        return
    content = nominal(verb, lemma)
    if content:
        yield Draft(source, cue_of(verb), content)


def _clauses(
    verb: Token, source: tuple[Token, ...], tokens: list[Token], inside: frozenset[int]
) -> Iterator[tuple[Token, ...]]:
    """The clauses, or else the quotations and stretches, that a reporting verb reports."""
    used = {t.i for t in (*source, *cue_of(verb), *frame_of(verb))}
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i not in used]
    if verb.lemma_.lower() in WITH_INFINITIVE:
        clauses += [c for c in verb.children if c.dep_ == "xcomp"]
    for clause in clauses:
        fronted = clause.i < verb.i
        for piece in conjuncts(clause):
            own = [t for t in piece if t.i not in used]
            yield tuple(_with_quoted(own, tokens, inside, used) if fronted and len(clauses) == 1 else own)
    if not clauses and (verb.dep_ != "relcl" or _goes_on(verb)):
        content = tuple(t for t in _stretch(verb, used, tokens) if t.i not in used)
        if any(t.is_alpha for t in content):
            yield content


def _with_quoted(
    own: list[Token], tokens: list[Token], inside: frozenset[int], used: set[int]
) -> list[Token]:
    """A fronted content with the rest of the quotation around it, from which the parser may have cut some."""
    if not any(t.i in inside for t in own):
        return own
    ids = {t.i for t in own}
    return [t for t in tokens if t.i in ids or (t.i in inside and t.i not in used)]


def _stretch(verb: Token, used: set[int], tokens: list[Token]) -> list[Token]:
    """The words before, around or after "he said", where commas or quotation marks set it off.

    The parser gives no clause to the verb here: it made the content the main clause, or fragments.
    """
    low, high = min(used), max(used)
    before = [t for t in tokens if t.i < low]
    after = [t for t in tokens if t.i > high]
    left = before[-1].text if before else ""
    right = after[0].text if after else ""
    quiet = {",", "”", '"', "’", "»", "—", "–", "-"}
    if after and right in {":", "“", '"', "‘", "«"}:
        return after
    if before and left in quiet and (not after or right in {".", "?", "!", "”"}):
        return _clause_before(before)
    if before and left in quiet and right in {",", ";"} | quiet:
        rest = after[1:]
        if (
            (verb.dep_ in {"parataxis", "ROOT"} or _goes_on(verb))
            and any(t.tag_.startswith("VB") for t in rest)
            and not _opens_clause(rest)
        ):
            return [*_clause_before(before), *rest]
        return _clause_before(before)
    return []


def _clause_before(before: list[Token]) -> list[Token]:
    """What precedes a trailing cue, back to a semicolon or to another cue's end."""
    for k in range(len(before) - 1, -1, -1):
        if before[k].text == ";":
            return before[k + 1 :]
    return before


def _opens_clause(rest: list[Token]) -> bool:
    return bool(rest) and (rest[0].tag_ == "VBG" or rest[0].lower_ in LEADING_OFF)


def _holds_that(verb: Token) -> bool:
    return verb.lemma_ == "hold" and any(_is_that_clause(c) for c in verb.children)


def _goes_on(verb: Token) -> bool:
    """ "P, he went on", "the cause, the mayor went on, was rust"; not "the rain stopped, the match went on".

    The clause stands right before it, or the parser hung it on the subject that it parts from its verb.
    """
    if verb.lemma_ != "go" or verb.i + 2 >= len(verb.doc) or verb.nbor(1).lower_ != "on":
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject is None or not verb.nbor(2).is_punct or subject.left_edge.i == verb.sent.start:
        return False
    speaks = subject.pos_ in {"PROPN", "PRON"} or subject.lower_ in SPEAKERS
    set_off = subject.left_edge.nbor(-1)
    told = any(c.dep_ == "ccomp" and c.i < subject.i for c in verb.children) or verb.dep_ == "relcl"
    return speaks and told and (set_off.text == "," or set_off.is_quote) and subject.tag_ not in WH_TAGS


def _is_that_clause(clause: Token) -> bool:
    marks = (c for c in clause.children if c.dep_ == "mark")
    return clause.dep_ == "ccomp" and any(mark.lower_ == "that" for mark in marks)


def _position(verb: Token) -> Draft | None:
    """ "The firm's position was that P", "the organisers' estimate was 20,000"."""
    nouns = [c for c in verb.children if c.dep_ == "nsubj" and c.lemma_.lower() in lexicon.POSITION]
    owners = [c for noun in nouns for c in noun.children if c.dep_ == "poss"]
    figures = (c for c in verb.children if c.dep_ == "attr" and any(t.tag_ == "CD" for t in c.subtree))
    told = next((c for c in verb.children if _is_that_clause(c)), next(figures, None))
    if verb.lemma_ != "be" or not owners or told is None:
        return None
    source = tuple(t for t in owners[0].subtree if t.dep_ != "case" or t.head != owners[0])
    return Draft(source, (nouns[0], verb), tuple(trim_marks(list(told.subtree))))


def _asks_anonymity(verb: Token) -> bool:
    """ "asked not to be named", "declined to be identified": about the source, not the story."""
    if verb.lemma_.lower() not in ON_ONESELF:
        return False
    return any(
        act.lemma_.lower() in {"name", "identify", "quote"}
        and any(c.dep_ == "auxpass" or c.lower_ == "be" for c in act.children)
        and (act is not verb or is_negated(act))
        for act in (verb, *(c for c in verb.children if c.dep_ in CLAUSES))
    )


def _refusal(verb: Token) -> Iterator[Draft]:
    """A refusal to comment; its content is what was to be commented on, or else the refusal itself."""
    source = source_of(verb) or _asked(verb)
    if not source:
        return
    silence = words_of_silence(verb)
    acts = [c for c in verb.children if c.dep_ == "xcomp"] or [verb]
    act = silence[-1] if silence else acts[0]
    cue = (
        *cue_of(verb),
        *silence,
        *(t for a in acts if a != verb for t in (*(c for c in a.children if c.dep_ == "aux"), a)),
    )
    content: list[Token] = []
    for child in act.children:
        if (
            child.i > act.i
            and child.dep_ in {"prep", "dobj", "ccomp", "xcomp"}
            and child.lower_ not in {"by", "at", "in", "after", "before", "immediately"}
        ):
            piece = list(child.subtree)
            content.extend(piece[1:] if child.lower_ in {"on", "about"} else piece)
    if not any(
        t.pos_ in {"NOUN", "PROPN", "VERB", "AUX"}
        and t.lower_ not in {"request", "requests", "call", "calls", "questions", "comment"}
        for t in content
    ):
        content = [*cue, *content]
    yield Draft(source, tuple(cue), tuple(sorted(set(content), key=lambda t: t.i)))


def _asked(verb: Token) -> tuple[Token, ...]:
    """Who "would not be drawn (on it)" or "could not be reached for comment"; empty for other passives."""
    preps = {c.lower_ for c in verb.children if c.dep_ in {"prep", "prt"}}
    drawn = verb.lemma_ == "draw" and preps <= {"on", "about", "over"}
    reached = verb.lemma_ == "reach" and any(t.lower_ == "comment" for t in verb.subtree)
    modal = any(c.tag_ == "MD" for c in verb.children)
    subjects = (c for c in verb.children if c.dep_ == "nsubjpass")
    return next((phrase_of(c, verb) for c in subjects if modal and (drawn or reached)), ())


def _nobody_of(verb: Token) -> Draft | None:
    """The ministry in "Nobody at the ministry was available for comment"; None where somebody was."""
    available = any(c.dep_ == "acomp" and c.lower_ == "available" for c in verb.children)
    comments = any(t.lower_ == "comment" for t in verb.subtree) if available else verb.lemma_ in ANSWERING
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    nobody = [t for c in subjects for t in (*c.lefts, c) if is_nobody([c.left_edge, c])]
    bodies = (g for t in nobody for c in t.rights if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj")
    body = next(bodies, None)
    if body is None or not comments:
        return None
    words = [*cue_of(verb), *(t for c in verb.rights for t in c.subtree)]
    return Draft(phrase_of(body, verb), tuple(nobody), tuple(trim_marks(words)))


def _quoted_as(verb: Token, tokens: list[Token]) -> Iterator[Draft]:
    """ "Tass quoted the FSB as saying P", the FSB's inside Tass's; "P, Tass said, citing the FSB"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    sayings = [
        g
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ == "as"
        for g in c.children
        if g.tag_ == "VBG"
    ]
    if objects and sayings:
        saying = sayings[0]
        inner = phrase_of(objects[0], verb)
        content = [t for c in saying.children if c.dep_ in CLAUSES for t in trim_marks(list(c.subtree))]
        content = content or trim_marks([t for t in tokens if t.i > saying.i])
        if not any(t.is_alpha for t in content):
            first = min(t.i for t in (*inner, *source_of(verb), verb))
            content = trim_marks([t for t in tokens if t.i < first])
        agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children]
        outer = phrase_of(agents[0], verb) if agents else (() if passive else source_of(verb))
        if outer:
            yield Draft(outer, cue_of(verb), (*inner, *saying.subtree))
        yield Draft(
            inner, (*(c for c in [saying.head]), saying), tuple(content), outer=verb if outer else None
        )
    elif (
        verb.tag_ == "VBG"
        and objects
        and verb.dep_ in {"advcl", "prep", "acl"}
        and verb.head.pos_ in {"VERB", "AUX"}
    ):
        main = verb.head
        source = source_of(main)
        used = {t.i for t in (*source, *cue_of(main), *frame_of(main), *verb.subtree)}
        contents = [p for c in main.children if c.dep_ == "ccomp" for p in conjuncts(c)] or [
            list(nominal(main, main.lemma_.lower())) or _stretch(main, used, tokens)
        ]
        for content in contents:
            own = tuple(t for t in content if t.i not in used)
            if own:
                yield Draft(phrase_of(objects[0], verb), (verb,), own, outer=main)


def _according(token: Token, tokens: list[Token]) -> Iterator[Draft]:
    """ "According to X, P" and "P, according to X"; P is the clause that the phrase hangs on."""
    to = next((t for t in token.rights if t.lower_ == "to"), None) or (
        token.nbor(1) if token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to" else None
    )
    if to is None:
        return
    heads = [c for c in to.children if c.dep_ == "pobj"]
    if not heads:
        return
    source = phrase_of(heads[0], token)
    phrase = {token.i, to.i, *(t.i for t in source)}
    content = _attached_clause(token, phrase, tokens)
    if content:
        yield Draft(source, (token, to), content)


def _by_account(token: Token, tokens: list[Token]) -> Iterator[Draft]:
    """ "P, by his account", "P, in her view", "in the view of others, P" and "P, on his own account"."""
    known = lexicon.ACCOUNT_NOUN if token.lower_ == "by" else lexicon.VIEW_NOUN
    nouns = [c for c in token.children if c.dep_ == "pobj" and c.lemma_.lower() in known]
    if token.lower_ == "on":  # "on the firm's account" alone is for its sake
        nouns = [n for n in nouns if n.lower_ == "account" and any(c.lower_ == "own" for c in n.lefts)]
    owners = [c for n in nouns for c in n.children if c.dep_ == "poss"]
    of = [c for n in nouns for c in n.children if c.lower_ == "of"]
    owners += [c for preposition in of for c in preposition.children if c.dep_ == "pobj"]
    if owners:
        phrase = {t.i for t in token.subtree}
        content = _attached_clause(token, phrase, tokens)
        if content:
            source = tuple(t for t in owners[0].subtree if t.tag_ != "POS")
            yield Draft(source, (token, nouns[0]), content)


def _attached_clause(token: Token, phrase: set[int], tokens: list[Token]) -> tuple[Token, ...]:
    """The clause that an adverbial phrase of attribution speaks of: its neighbour up to a clause boundary."""
    before = [t for t in tokens if t.i < min(phrase)]
    after = [t for t in tokens if t.i > max(phrase)]
    if sum(t.is_alpha for t in before) < 2:
        return tuple(trim_marks(after))
    head = token
    while head.head != head and not (
        head.pos_ in {"VERB", "AUX"} and any(c.dep_ in SUBJECTS for c in head.children)
    ):
        head = head.head
    clause = [t for t in head.subtree if t.i not in phrase]
    ids = {t.i for t in clause}
    if head.dep_ == "ROOT" or min(phrase) > max(ids):
        return tuple(
            trim_marks([t for t in (tokens if head.dep_ == "ROOT" else clause) if t.i not in phrase])
        )
    return tuple(trim_marks(clause))


def _noun(noun: Token) -> Iterator[Draft]:
    """ "Moscow's claim that P", "the claim of responsibility by IS-K"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    agents = [
        g
        for c in noun.subtree
        if c.lower_ in {"by", "from"} and c.dep_ in {"prep", "agent"} and c.i > noun.i
        for g in c.children
        if g.dep_ == "pobj"
    ]
    if not owners and not agents:
        return
    source = tuple(t for t in owners[0].subtree if t.tag_ != "POS") if owners else phrase_of(agents[0], noun)
    taken = {t.i for t in source} | {t.head.i for t in source if t.head.lower_ in {"by", "from"}}
    contents = [
        c
        for c in noun.children
        if c.dep_ in {"acl", "ccomp", "relcl"} and any(g.dep_ == "mark" for g in c.children)
    ]
    contents += [
        g for c in noun.children if c.dep_ == "prep" and c.lower_ in {"of", "about"} for g in c.children
    ]
    if contents and not any(c.i in taken for c in contents):
        content = [t for t in contents[0].subtree if t.i not in taken]
        yield Draft(source, (noun,), tuple(trim_marks(content)))
