"""The parts of an attribution around its verb, read off spaCy's dependencies: cue, source, frame, clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from verify.attribution import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})

WH = frozenset({"WDT", "WP", "WP$", "WRB"})
"""Tags of the words that open a question or a relative clause."""

FINITE = frozenset({"VBD", "VBZ", "VBP"})

MODAL_OR_FINITE = FINITE | {"MD"}

UNABLE = frozenset({"can", "could", "ca", "cannot"})
"""Auxiliaries of which the negation tells that somebody isn't able to: the "ca" of "can't"."""

PASSED_ON = frozenset({"asked", "seen", "obtained", "reviewed", "read"})
"""Participles that are no cue: "Asked whether P", "papers seen by this newspaper show that P"."""

RELATIVES = frozenset({"who", "which", "that"})

JOINING = frozenset({",", ";", "—", "–"})
"""Marks that may join one verb to another: "called for calm, sent the army and went home"."""


def cue_of(verb: Token) -> tuple[Token, ...]:
    """The verb with the auxiliaries, negation and particle that belong to it."""
    own = [c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(c.i - verb.i) <= 3]
    return tuple(sorted([verb, *own], key=lambda t: t.i))


def frame_of(verb: Token) -> list[Token]:
    """What stands around a reporting verb without being said: time, place, addressee, further verbs."""
    frame: list[Token] = []
    for child in verb.children:
        if child.dep_ in {"npadvmod", "advmod", "prep", "dative", "advcl", "agent", "acomp"} or (
            child.dep_ in {"dobj", "obj"} and verb.lemma_.lower() in lexicon.ADDRESSEE
        ):
            if child.dep_ in {"advcl", "prep"} and child.i < verb.i:
                continue
            frame.extend(child.subtree)
        elif child.dep_ in {"conj", "cc"} and child.i > verb.i:
            frame.extend(child.subtree)
    return frame


def _subject(verb: Token) -> Token | None:
    """The grammatical subject of a verb, through coordination, participles and relative clauses."""
    seen = 0
    while seen < 5:
        seen += 1
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                if child.lower_ in RELATIVES and verb.dep_ == "relcl":
                    return verb.head
                return None if child.dep_ == "nsubjpass" and verb.lemma_.lower() not in {"quote"} else child
        if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return verb.head if verb.tag_ in FINITE | {"VBG"} else None
        if (
            verb.dep_ in {"conj", "advcl", "xcomp", "pcomp", "dep"}
            and verb.head != verb
            and verb.head.pos_ in {"VERB", "AUX", "ADP"}
        ):
            verb = verb.head
            continue
        return None
    return None


def source_of(verb: Token) -> tuple[Token, ...]:
    """The noun phrase that says it: the subject, or the agent of a passive."""
    agents = [
        g
        for c in verb.children
        if c.dep_ == "agent"
        for g in c.children
        if g.dep_ == "pobj" and g.lower_ != "name"  # "would not be quoted by name"
    ]
    if agents:
        return phrase_of(agents[0], verb)
    if not any(c.dep_ in SUBJECTS for c in verb.children) and (near := _phrase_before(verb)):
        return near
    subject = _subject(verb)
    if subject is None or (subject.lower_ in {"it", "there"} and subject.dep_ == "expl"):
        return ()
    if subject.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"}:
        return ()
    return phrase_of(subject, verb)


def _phrase_before(verb: Token) -> tuple[Token, ...]:
    """The noun phrase between a comma or "and" and a finite verb that the parser gave no subject.

    The small model hangs it on what precedes: "In a statement to Le Monde, the office | added".
    """
    if verb.tag_ not in FINITE or verb.dep_ not in {
        "ROOT",
        "conj",
        "ccomp",
        "advcl",
        "parataxis",
    }:
        return ()
    i = verb.i - 1
    while i > verb.sent.start and (verb.doc[i].dep_ in {"aux", "neg", "advmod"} and verb.doc[i].head == verb):
        i -= 1
    phrase: list[Token] = []
    while i >= verb.sent.start and verb.doc[i].pos_ in {
        "DET",
        "ADJ",
        "NOUN",
        "PROPN",
        "PRON",
        "NUM",
        "PART",
        "ADP",
    }:
        phrase.insert(0, verb.doc[i])
        i -= 1
    before = verb.doc[i].lower_ if i >= verb.sent.start else ""
    if before not in {",", "and", "but", "while", ";", "—"} or not phrase or phrase[0].pos_ == "ADP":
        return ()
    named = phrase[-1].pos_ in {"NOUN", "PROPN", "PRON"} and phrase[-1].tag_ not in {"WDT", "WP"}
    return tuple(phrase) if named else ()


def phrase_of(head: Token, verb: Token) -> tuple[Token, ...]:
    """The noun phrase around `head`, without the clause of `verb` if it hangs on it."""
    cut = {t.i for t in verb.subtree} if verb in head.subtree else set()
    tokens = [t for t in head.subtree if t.i not in cut or t.i == head.i]
    ids = [t.i for t in tokens]
    at = ids.index(head.i)
    low = high = at
    while low > 0 and ids[low - 1] == ids[low] - 1:
        low -= 1
    while high + 1 < len(ids) and ids[high + 1] == ids[high] + 1:
        high += 1
    return tuple(trim_marks(tokens[low : high + 1]))


def is_nobody(source: Sequence[Token]) -> bool:
    """Whether a source is none: "nobody in authority (could say)", "no one"."""
    return [t.lower_ for t in source[:2]] == ["no", "one"] or source[0].lower_ == "nobody"


def tells_no_word(cue: Sequence[Token]) -> bool:
    """Whether a cue is none: it only names its source, or tells through whom words came."""
    return _calls_itself(cue) or _is_passed_on(cue)


def _is_passed_on(cue: Sequence[Token]) -> bool:
    """Whether a cue only tells through whom words came: "in a statement read out by his counsel, he said"."""
    participles = (t for t in cue if t.lower_ in PASSED_ON and any(c.dep_ == "agent" for c in t.children))
    return any(not any(c.dep_ in SUBJECTS | {"aux", "auxpass"} for c in t.children) for t in participles)


def _calls_itself(cue: Sequence[Token]) -> bool:
    """Whether a cue only gives its source's name: "a group calling itself BlackReef"."""
    return any(
        t.tag_ == "VBG" and t.lemma_ == "call" and t.nbor(1).lower_ in lexicon.REFLEXIVE
        for t in cue
        if t.i + 1 < len(t.doc)
    )


def is_negated(verb: Token) -> bool:
    """Whether a word of negation hangs on the verb."""
    return any(c.dep_ == "neg" or c.lower_ in lexicon.NEGATIONS for c in verb.children)


def is_negator(token: Token) -> bool:
    """Whether the token turns its clause round: "not", "never", "no"; not "not only" nor "no longer"."""
    if token.lower_ not in lexicon.NEGATIONS:
        return False
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if token.lower_ in {"nothing", "none", "nobody"} and after in {"but", "except"}:
        return False  # "nothing but the vaccine" is the vaccine alone
    compared = token.lower_ == "no" and token.nbor(1).tag_ in {"JJR", "RBR"} if after else False
    return not compared and after not in {"only", "longer", "fewer", "less", "later", "sooner", "doubt"}


def is_denied_by_subject(verb: Token) -> bool:
    """Whether the subject turns a verb round: "neither the mayor nor the police would comment"."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    return any(t.lower_ in {"neither", "none"} for c in subjects for t in (c, *c.lefts))


def without_own_acts(cue: Sequence[Token], content: Sequence[Token]) -> list[Token]:
    """A content without what its source did besides: "called for calm (and sent the army)".

    Not where a clause is what is said, or it comes before the cue: there the parser may join to the cue what
    belongs to that clause.
    """
    ids = {t.i for t in content}
    leading = [t for t in cue if t.pos_ in {"VERB", "AUX"} and bool(content) and t.i < content[0].i]
    joined = ((verb, c) for verb in leading for c in verb.children if c.dep_ == "conj" and c.i in ids)
    acts = (
        act
        for verb, act in joined
        if is_so_did(act) or (not _says_clause(verb) and _is_act_beside(verb, act))
    )
    end = min((act.left_edge.i for act in acts), default=None)
    return list(content) if end is None else trim_marks([t for t in content if t.i < end]) or list(content)


def is_so_did(verb: Token) -> bool:
    """Whether a verb is that of "so did Korvex"."""
    return verb.lemma_ == "do" and verb.i > verb.sent.start and verb.nbor(-1).lower_ == "so"


def _says_clause(verb: Token) -> bool:
    """Whether a clause is what is said; of "said ending the subsidy would hurt" the parser may see a part."""
    return any(
        c.dep_ == "ccomp" or (c.dep_ == "xcomp" and c.tag_ == "VBG" and verb.lemma_ in lexicon.SAY)
        for c in verb.children
    )


def _is_act_beside(verb: Token, act: Token) -> bool:
    """Whether "and" or a comma joins an act to a verb, both finite or of one form.

    Not so the "give" of "at 48, give or take two", nor "runs" in "claims Gülen runs a network", where the
    parser may take "Gülen" for all that is claimed.
    """
    before = act.doc[act.left_edge.i - 1]
    joined = act.left_edge.i > verb.i and (before.dep_ == "cc" or before.text in JOINING)
    noun = any(c.dep_ == "det" for c in act.children) or act.nbor(-1).pos_ == "DET"
    alike = _is_finite(act) == _is_finite(verb) or act.tag_ == verb.tag_
    return joined and alike and act.pos_ in {"VERB", "AUX"} and act.lower_ != "give" and not noun


def _is_finite(verb: Token) -> bool:
    return any(t.tag_ in MODAL_OR_FINITE for t in (verb, *verb.lefts))


def root_of(content: Sequence[Token]) -> Token:
    """The token that heads `content` (not empty).

    That is the first verb whose head lies outside it, or else the first token of that kind.
    """
    ids = {t.i for t in content}
    tops = [t for t in content if t.head.i not in ids or t.head == t]
    words = [t for t in tops if not t.is_punct] or list(content)
    return next((t for t in words if t.pos_ in {"VERB", "AUX"}), words[0])


def bare_words(content: Sequence[Token]) -> str:
    """The words of `content` in small letters, without "that" before them."""
    words = [t.lower_ for t in content if not (t.is_punct or t.is_space)]
    return " ".join(words[1:] if words[:1] == ["that"] else words)


def conjuncts(clause: Token) -> Iterator[list[Token]]:
    """A clause and the further clauses joined to it that have a subject or a "that" of their own."""
    subtree = list(clause.subtree)
    heads = [
        c
        for c in clause.children
        if c.dep_ == "conj"
        and (any(g.dep_ in SUBJECTS or (g.dep_ == "mark" and g.lower_ == "that") for g in c.children))
    ]
    cut = {t.i for head in heads for t in head.subtree}
    yield trim_marks([t for t in subtree if t.i not in cut])
    for head in heads:
        yield from conjuncts(head)


def trim_marks(tokens: list[Token]) -> list[Token]:
    """Without the "that", "and" or comma that only joins the clause to its cue or to its neighbour."""
    start, end = 0, len(tokens)
    if end > 1 and tokens[0].lower_ == "only" and tokens[1].lower_ == "that" and tokens[1].dep_ == "mark":
        start = 1  # "would say only that P"
    while start < end and (
        tokens[start].is_punct
        or (tokens[start].lower_ in {"that", "and", "but"} and tokens[start].dep_ in {"mark", "cc"})
    ):
        start += 1
    while end > start and (
        tokens[end - 1].is_punct or tokens[end - 1].dep_ == "cc" or tokens[end - 1].tag_ in {"WDT", "WP"}
    ):
        end -= 1
    return tokens[start:end]
