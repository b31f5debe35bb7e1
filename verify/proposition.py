"""The proposition of a claim: a sentence of its own, in the positive, without frame, hedge or negation.

"denied any part in the attacks" becomes "Iran had a part in the attacks.", "accused the United States
of having ordered a strike" becomes "The United States had ordered a strike."
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.stance import (
    Polarity,
    calls_liar,
    clears_itself,
    far_from,
    gainsays,
    is_hedge,
    is_negator,
    not_of_not_one,
    polarity_of,
    repeats,
    root_of,
    rules_out,
)
from verify.reference import noun_phrase, reference
from verify.types import Source, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBSTITUTES = {
    "none": "some",
    "nobody": "somebody",
    "nothing": "something",
    "neither": "",
    "nor": "or",
    "cannot": "can",
    "nowhere": "somewhere",
}
"""The positive of a negative word; "no" and "not" give way to an article or to nothing."""

CUT = {"ca": "can", "wo": "will", "sha": "shall"}
"""What stands before "n't" in full."""

MASS = frozenset(
    """evidence proof involvement damage radiation contamination knowledge reason intention information doubt
    harm neglect negligence cooperation fire firing wrongdoing fraud interference responsibility risk
    threat""".split()
)
"""Nouns that take no article where "no" is struck."""

NOMINAL = {
    "involvement": "was involved",
    "responsibility": "was responsible",
    "role": "had a role",
    "part": "had a part",
    "hand": "had a hand",
    "complicity": "was complicit",
    "wrongdoing": "did wrong",
    "knowledge": "knew",
    "guilt": "was guilty",
    "blame": "was to blame",
    "connection": "was connected",
    "link": "was linked",
    "links": "was linked",
    "ties": "was tied",
}
"""Nouns that name what their source did, as the verb phrase that says so."""

COUNT_NOUN = frozenset({"figure", "number", "estimate", "toll", "total", "count"})
"""Nouns that an "of" gives a figure: "the figure of 5,000 barrels"."""

NOMINATIVE = {"them": "they", "him": "he", "her": "she", "us": "we", "me": "I"}
"""The subject that an object becomes: "blamed them" says that they were to blame."""

PERFORM = frozenset("orchestrate carry organise organize plan stage perpetrate mount conduct launch".split())
"""Verbs that only say that an act was done."""

UNSAID = "It was so."
"""The proposition of a content that has none of its own."""

MADE_IN = frozenset(
    "lawsuit suit complaint filing statement letter report interview speech article post court document".split()
)
"""What an accusation is made in: it isn't part of who is accused."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
POINTING = frozenset({"it", "this", "that", "them", "so", "these", "those", "which", "they"})
AGREEMENT = {
    "have": "has",
    "are": "is",
    "am": "is",
    "were": "was",
    "do": "does",
    "’m": " is",
    "'m": " is",
    "’ve": " has",
    "'ve": " has",
    "’re": " is",
    "'re": " is",
}
MORE = frozenset({"most", "very", "quite", "more", "highly"})
"""What goes with a hedge: "most likely"."""

TIME = frozenset({"DATE", "TIME"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBORDINATE = frozenset({"relcl", "advcl", "ccomp", "csubj"})
"""What a verb of another clause depends by; one that "that" opens is another clause too."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A proposition, and whether it only answers an earlier claim ("denied it").

    `needs_name`: only a claim that names the answering party can be meant ("denied involvement");
    `needs_citing`: only one of whom the answer names ("Mr Peskov was lying"); `repeats`: what was said right
    before, with its stance ("said the same").
    """

    text: str
    answers: bool = False
    needs_name: bool = False
    needs_citing: bool = False
    repeats: bool = False


def proposition_of(cue: Sequence[Token], content: Sequence[Token], source: Source, stance: Stance) -> Wording:
    """Word the proposition of a content (not empty) for a source and its stance."""
    lemmas = {t.lemma_.lower() for t in cue}
    root = root_of(content)
    judgement = (root.dep_ == "oprd" and bool(lemmas & lexicon.JUDGE)) or (
        bool(lemmas & lexicon.PUT_AT) and _at_figure(content)
    )
    verbal = (
        root.pos_ in {"VERB", "AUX"} and not judgement and not any(c.dep_ == "det" for c in root.children)
    )
    if stance is Stance.DECLINES and not any(t.dep_ in SUBJECTS for t in content):
        return Wording(_sentence(_say(content, source)), answers=True)
    if stance is Stance.DENIES and clears_itself(cue, content):
        return Wording(_sentence(f"{source.name} was to blame"), answers=True, needs_name=True)
    if stance is Stance.DENIES and gainsays(cue, content):
        return Wording(UNSAID, answers=True)
    if repeats(cue, content):
        return Wording(UNSAID, answers=True, repeats=True)
    if stance is Stance.DENIES and calls_liar(content):
        return Wording(_sentence(_say(content, source)), answers=True, needs_citing=True)
    judges = bool(lemmas & (lexicon.PUT_AT | lexicon.JUDGE | lexicon.MOVE)) and not verbal
    pejorative = any({t.lower_, t.lemma_.lower()} & lexicon.PEJORATIVE for t in content)
    if (
        verbal
        and lemmas & lexicon.JUDGE
        and root.tag_ == "VB"
        and not pejorative
        and _has_subject(root, content)
    ):
        # "judged it (not) to be robust"
        return Wording(positive(content, source).replace(" to be ", " was ", 1))
    if (
        stance is not Stance.DENIES
        and judges
        and _has_verdict(content)
        and (equated := _equated(content, source, lemmas)) is not None
    ):
        return Wording(_sentence(equated))
    accuses = bool(lemmas & lexicon.BLAME) and not _is_sentence(root, content)
    if stance is not Stance.DENIES and accuses and len(content) > 1:
        return Wording(_sentence(_blamed(content, source)))
    if _points_back(root, content) or (verbal and _judges_back(root, content)):
        return Wording(_sentence(_say(content, source)), answers=True)
    if stance is Stance.DENIES and lemmas & lexicon.JUDGE:
        return _judged(_without_copula(content), source)
    if stance is Stance.DENIES and (wording := _called_false(root, content, source)):
        return wording
    if stance is Stance.SUGGESTS and (clause := _hedged_clause(root, content)):
        return Wording(positive(clause, source))
    if accuses:
        return Wording(_sentence(_blamed(content, source)))
    if judges and (equated := _equated(content, source, lemmas)) is not None:
        return Wording(_sentence(equated))
    if lemmas & lexicon.DIRECT_TO and any(t.lower_ == "to" for t in content):
        return Wording(_sentence(_say(content, source).replace(" to ", " should ", 1)))
    if verbal or root.tag_ == "VBG" or _says_by_itself(root, content):
        return _clause(root, content, source)
    return _noun_content(content, source)


def _is_sentence(root: Token, content: Sequence[Token]) -> bool:
    """Whether a content is what was charged as a clause with its subject: "charges that it sold them"."""
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in root.children)
    return root.pos_ in {"VERB", "AUX"} and marked and _has_subject(root, content)


def _has_subject(root: Token, content: Sequence[Token]) -> bool:
    ids = {t.i for t in content}
    return any(c.dep_ in SUBJECTS and c.i in ids for c in root.children)


def positive(content: Sequence[Token], source: Source | None = None) -> str:
    """The clause `content` as a sentence without its negation and hedges, its pronouns named."""
    root = root_of(content)
    ids = {t.i for t in content}
    main = {root.i, *(c.i for c in root.children if c.i in ids)}
    reached = SUBJECTS | {"dobj", "attr", "acomp", "advmod", "expl", "xcomp"}
    scope = main | {g.i for c in root.children if c.dep_ in reached for g in c.children}
    scope |= {no.i for c in root.children if c.dep_ in reached and (no := not_of_not_one(c))}
    affirmed = polarity_of(content) in {Polarity.POSITIVE, Polarity.HEDGED}
    also = (
        [] if affirmed else [c for c in root.children if c.dep_ == "conj" and c.i in ids and _denied(c, ids)]
    )
    scope |= {g.i for c in also for g in (*c.children, *(h for g in c.children for h in g.children))}
    joined = {c.i for c in root.children if c.dep_ == "cc" and c.lower_ == "and"} if also else set()
    gone = {t.i for t in far_from(root)}

    def unhedged(token: Token) -> str:
        if token.i in gone:
            return ""
        if token.i in joined:
            return "or"
        # "A professional decision, not a political one" is affirmed, with what it denies.
        turned = affirmed and (token.lower_ in CUT or is_negator(token))
        return _unhedged(token) if token.i in scope and not turned else token.text

    return _sentence(_say(_without_asides(root, content), source, unhedged))


def _denied(clause: Token, ids: set[int]) -> bool:
    """Whether a further clause is denied too: "no shot was fired and nobody was hurt"."""
    return polarity_of([t for t in clause.subtree if t.i in ids]) is Polarity.NEGATIVE


def plain(content: Sequence[Token]) -> str:
    """The outlet's own sentence as it stands, its pronouns named."""
    return _sentence(_say(content, None))


def _without_asides(root: Token, content: Sequence[Token]) -> list[Token]:
    """Without the clauses after a comma that only add to the main one, unless they hold a figure."""
    gone: set[int] = set()
    for token in content:
        left = token.left_edge
        aside = token.dep_ in {"relcl", "advcl"} and left.i > root.i and left.nbor(-1).text == ","
        if aside and not any(t.like_num or t.is_quote for t in token.subtree):
            gone |= {t.i for t in token.subtree} | {left.i - 1}
    return [t for t in content if t.i not in gone]


def judged_clause(root: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "it was absurd to suggest that P" and "it is not true that P"; empty for other contents."""
    if root.lemma_ != "be" or not (_pejorative(root) or rules_out(root)):
        return []
    ids = {t.i for t in content}
    clauses = [
        t
        for t in content
        if t.dep_ in {"ccomp", "advcl"} and t.i > root.i and any(g.lower_ == "that" for g in t.children)
    ]
    return _without_mark(clauses[0], ids) if clauses else []


def _hedged_clause(root: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "it was almost certain that P", where P isn't denied; empty for other contents."""
    likely = [c for c in root.children if c.dep_ in {"acomp", "attr"} and is_hedge(c)]
    impersonal = any(c.dep_ in SUBJECTS | {"expl"} and c.lower_ == "it" for c in root.children)
    if root.lemma_ != "be" or not likely or not impersonal:
        return []
    ids = {t.i for t in content}
    clauses = (
        c
        for top in (root, *likely)
        for c in top.children
        if c.dep_ == "ccomp" and c.i > root.i and any(g.lower_ == "that" for g in c.children)
    )
    clause = next((_without_mark(c, ids) for c in clauses), [])
    return clause if clause and polarity_of(clause) is Polarity.POSITIVE else []


def _called_false(root: Token, content: Sequence[Token], source: Source) -> Wording | None:
    """The P of a clause that calls P false, as a wording; None for other contents."""
    if clause := judged_clause(root, content):
        return Wording(positive(clause, source))
    said = _judged_subject(root, content)
    return _noun_content(said, source) if said else None


def _judged_subject(root: Token, content: Sequence[Token]) -> list[Token]:
    """The "claims that P" of "claims that P are untrue"; empty for other contents."""
    if root.lemma_ != "be" or not _pejorative(root):
        return []
    ids = {t.i for t in content}
    told = [c for c in root.children if c.dep_ in SUBJECTS and c.lemma_.lower() in lexicon.CLAIM_NOUN]
    return [t for t in told[0].subtree if t.i in ids] if told and _tells_what(told[0]) else []


# What a content points back to.


def _points_back(root: Token, content: Sequence[Token]) -> bool:
    """Whether a noun content only points back: "it", "that account", "the accusations", "both claims"."""
    if root.pos_ in {"VERB", "AUX"}:
        return False
    if root.lower_ in POINTING:
        return True
    if not {root.lemma_.lower(), root.lower_} & lexicon.CLAIM_NOUN:
        return False
    ids = {t.i for t in content}
    return not any(
        c.dep_ in {"acl", "ccomp", "relcl"} or (c.dep_ == "prep" and c.lower_ in {"of", "that", "about"})
        for c in root.children
        if c.i in ids
    )


def _judges_back(root: Token, content: Sequence[Token]) -> bool:
    """Whether a clause only judges or repeats what was said: "that was false", "this never happened"."""
    subjects = [c for c in root.children if c.dep_ in SUBJECTS]
    if not any(s.lower_ in POINTING or _points_back(s, list(s.subtree)) for s in subjects):
        return False
    if root.lemma_ == "be" and _pejorative(root):
        return not judged_clause(root, content)
    if root.lemma_ == "correspond":
        return any(t.lower_ in {"truth", "reality", "facts"} for t in root.subtree)
    return root.lemma_ in {"happen", "occur"} and len([t for t in content if t.is_alpha]) <= 5


def _pejorative(root: Token) -> bool:
    """Whether what is said with "be" is that something is false, or not true."""
    negated = any(is_negator(c) for c in root.children)
    predicates = [c for c in root.children if c.dep_ in {"acomp", "attr"}]
    verdicts = lexicon.TRUE if negated else lexicon.PEJORATIVE
    return any({c.lower_, c.lemma_.lower()} & verdicts for c in predicates)


def _judged(content: Sequence[Token], source: Source) -> Wording:
    """ "called the report absurd": the report's own content, wherever that stands; "called it a lie"."""
    target, _ = _target_and_verdict(content)
    root = root_of(target) if target else root_of(content)
    if root.lemma_.lower() in lexicon.CLAIM_NOUN and (clause := _told_clause(root, content)):
        return Wording(positive(clause, source))
    if target and not _points_back(root, target) and _tells_what(root):
        return _noun_content(target, source)
    if target and (counted := _counted(root, target)):
        return Wording(_sentence(f"The {root.text} was {_say(counted, source)}"), answers=True)
    return Wording(_sentence(f"It was {_say(content, source)}"), answers=True)


def _without_copula(content: Sequence[Token]) -> Sequence[Token]:
    """ "the claim false" of "(judged) the claim to be false"."""
    copulas = (t for t in content if t.lower_ == "be" and t.i > 0 and t.nbor(-1).lower_ == "to")
    gone = {i for t in copulas for i in (t.i - 1, t.i)}
    return [t for t in content if t.i not in gone]


def _told_clause(noun: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "the idea that P", wherever the parser hangs it; empty for other contents."""
    marks = (t for t in content if t.dep_ == "mark" and t.lower_ == "that" and t.i == noun.i + 1)
    ids = {t.i for t in content}
    clause = next((_without_mark(mark.head, ids) for mark in marks), [])
    judged = bool(clause) and clause[-1].lower_ in lexicon.PEJORATIVE
    return clause[:-1] if judged else clause


def _counted(noun: Token, content: Sequence[Token]) -> list[Token]:
    """The figure in "the figure of 5,000 barrels" and the like; empty for other contents."""
    after = [t for t in content if t.i > noun.i]
    counts = noun.lemma_.lower() in COUNT_NOUN and len(after) > 1 and after[0].lower_ == "of"
    return after[1:] if counts and any(t.like_num for t in after) else []


def _tells_what(noun: Token) -> bool:
    """Whether a claim noun has its content with it: "the claim that P", "reports of a cover-up"."""
    of = noun.lemma_.lower() in lexicon.TELLS_OF and any(c.lower_ == "of" for c in noun.children)
    return of or bool({c.dep_ for c in noun.children} & {"acl", "ccomp", "relcl"})


# Patterns of content.


def _clause(root: Token, content: Sequence[Token], source: Source) -> Wording:
    first = next((t for t in content if not t.is_punct), content[0])
    words = [t for t in content if not t.is_punct]
    has_subject = any(c.dep_ in SUBJECTS for c in root.children)
    own_part = root.lemma_ in {"have", "play", "take"} and any(
        c.dep_ == "dobj" and c.lower_ in NOMINAL and any(g.lower_ in POINTING for g in c.subtree)
        for c in root.children
    )
    if not has_subject and (first.lower_ in {"having", "being"} or root.tag_ == "VBG"):
        text = _sentence(f"{source.name} {_past(words, source)}")
    elif not has_subject and first.lower_ == "to" and first.head == root:
        text = _sentence(f"{source.name} will {_say(words[1:], source)}")
    else:
        text = positive(content, source)
        if subject := _unsaid_subject(root, content, source):
            opens = first.pos_ != "PROPN" and text.lower().startswith(first.lower_)
            text = _sentence(f"{subject} {text[0].lower() + text[1:] if opens else text}")
    return Wording(text, answers=own_part, needs_name=own_part)


def _unsaid_subject(root: Token, content: Sequence[Token], source: Source) -> str:
    """The subject of a clause whose content lacks it, with its auxiliaries: "a film which it said (showed Guards)"."""
    ids = {t.i for t in content}
    outside = [c for c in root.children if c.i < content[0].i and c.i not in ids]
    subject = next((c for c in outside if c.dep_ in SUBJECTS), None)
    if subject is None or root.tag_ == "VB" or _has_subject(root, content):
        return ""
    phrase = [*subject.subtree]
    if any(t.i in ids for t in phrase):
        return _say([t for t in phrase if t.i < content[0].i], source)
    if subject.tag_ in {"WDT", "WP"}:
        clause = next((a for a in (root, *root.ancestors) if a.dep_ == "relcl"), None)
        said = noun_phrase(clause.head) if clause is not None else ""
    else:
        said = reference(subject, source) or noun_phrase(subject)
    helpers = " ".join(c.text for c in outside if c.dep_ in {"aux", "auxpass"})
    return f"{said} {helpers}".strip()


def _says_by_itself(root: Token, content: Sequence[Token]) -> bool:
    """Whether a content that the parser hangs on a noun has a finite verb of its own all the same."""
    ids = {t.i for t in content}
    finite = (t for t in content[1:] if t.tag_ in FINITE)
    return any(not any(_subordinate(h) for h in _up_to(root, verb) if h.i in ids) for verb in finite)


def _subordinate(token: Token) -> bool:
    return token.dep_ in SUBORDINATE or any(c.dep_ == "mark" for c in token.children)


def _up_to(root: Token, token: Token) -> Iterator[Token]:
    """The token and what it depends on, as far as `root`, which isn't given."""
    while token not in {root, token.head}:
        yield token
        token = token.head


def _noun_content(content: Sequence[Token], source: Source) -> Wording:
    """From a noun phrase: what its source did, what a claim noun is about, or what there was."""
    root = root_of(content)
    ids = {t.i for t in content}
    rest = [t for t in content if t.i > root.i]
    lemma = root.lower_ if root.lower_ in NOMINAL else root.lemma_.lower()
    between = any(t.lower_ == "between" for t in rest[:1])  # a link between others
    if lemma in NOMINAL and not between:
        whole = any(t.dep_ == "pobj" and t.lower_ not in POINTING for t in rest)
        text = f"{source.name} {NOMINAL[lemma]} {_say(_without_performing(rest), source)}"
        return Wording(_sentence(text), answers=not whole, needs_name=True)
    if lemma in lexicon.CLAIM_NOUN and rest:
        inner = [c for c in root.children if c.dep_ in {"acl", "ccomp", "relcl"} and c.i in ids]
        if inner:
            return Wording(positive(_without_mark(inner[0], ids), source))
        if counted := _counted(root, content):
            return Wording(_sentence(f"The {root.text} was {_say(counted, source)}"))
        return Wording(_sentence(f"There was {_say(rest[1:], source)}"))
    if root.pos_ == "ADJ" and (judged := [c for c in root.children if c.dep_ in SUBJECTS and c.i in ids]):
        # "(declared) the vaccine safe" leaves the copula out.
        end = judged[0].right_edge.i
        what, how = ([t for t in content if (t.i <= end) is first] for first in (True, False))
        was = "were" if judged[0].tag_ in {"NNS", "NNPS"} else "was"
        return Wording(_sentence(f"{_say(what, source)} {was} {_say(how, source)}"))
    kept = [
        t for t in content if not (t.lower_ in {"any", "all", "no", "the"} and t.i == content[0].i)
    ] or content
    plural = root.tag_ in {"NNS", "NNPS"} or any(t.like_num and t.i <= root.i for t in kept)
    opening = _article(content[0]) if content[0].lower_ in {"no", "any"} and len(kept) > 1 else ""
    return Wording(_sentence(f"There {'were' if plural else 'was'} {opening} {_say(kept, source)}"))


def _without_performing(rest: Sequence[Token]) -> list[Token]:
    """ "for the attack" of "for orchestrating the attack": to have carried it out adds nothing."""
    gone = {t.i for t in rest if t.tag_ == "VBG" and t.lemma_ in PERFORM and t.dep_ == "pcomp"}
    return [t for t in rest if t.i not in gone and not (t.dep_ == "prt" and t.head.i in gone)]


def _blamed(content: Sequence[Token], source: Source) -> str:
    """ "X of doing Y" as "X did Y"; "X for Y" as "X was to blame for Y"."""
    timeless = _without_time(content)
    ids = {t.i for t in timeless}
    tops = [t for t in timeless if t.head.i not in ids]
    links = [
        t
        for t in timeless
        if t.lower_ in {"of", "with"} and t.i + 1 in ids and t.nbor(1).lower_.endswith("ing")
    ]
    links = links or [t for t in tops if t.lower_ in {"of", "with", "for", "on"} and t.dep_ == "prep"]
    # "the firm of (a) fraud" may be parsed as one phrase; "the head of the agency" is one.
    links = links or [
        t
        for t in timeless
        if t.i + 1 in ids and (t.lower_ == "for" or (t.lower_ == "of" and _names_deed(t.nbor(1))))
    ]
    if not links and (act := next((t for t in timeless[1:] if t.lower_ in {"having", "being"}), None)):
        accused, was = _subject([t for t in timeless if t.i < act.i], source)
        return f"{accused} {_past([t for t in timeless if t.i >= act.i], source, was)}"
    if not links:
        return _to_blame(timeless, source)
    before = _without_where([t for t in timeless if t.i < links[0].i])
    after = [t for t in timeless if t.i > links[0].i]
    if not before or not after:
        return _to_blame(timeless, source)
    if links[0].lower_ == "on":
        return f"{_to_blame(after, source)} for {_say(before, source)}"
    if links[0].lower_ == "for":
        return f"{_to_blame(before, source)} for {_say(after, source)}"
    accused, was = _subject(before, source)
    acts = [t for t in after[:2] if t.lower_.endswith("ing") and (t == after[0] or after[0].tag_ == "RB")]
    if acts or (len(after) > 1 and after[1].tag_ == "VBN"):
        return f"{accused} {_past(after, source, was)}"
    return f"{accused} {was} guilty of {_say(after, source)}"


def _names_deed(after_of: Token) -> bool:
    return after_of.tag_ == "NN" or after_of.lower_ in {"a", "an"} or after_of.is_quote


def _without_where(accused: Sequence[Token]) -> Sequence[Token]:
    """Without "in a lawsuit" and what else tells where the accusation was made."""
    said = (
        t.i
        for t in accused[1:]
        if t.lower_ == "in" and any(c.dep_ == "pobj" and c.lemma_.lower() in MADE_IN for c in t.children)
    )
    start = next(said, accused[-1].i + 1 if accused else 0)
    return [t for t in accused if t.i < start] if accused else accused


def _to_blame(accused: Sequence[Token], source: Source) -> str:
    return "{} {} to blame".format(*_subject(accused, source))


def _subject(accused: Sequence[Token], source: Source) -> tuple[str, str]:
    """Who is accused, as a subject, and "was" or "were"."""
    said = _say(accused, source)
    ids = {t.i for t in accused}
    head = next((t for t in accused if t.head.i not in ids or t.head == t), accused[-1])
    several = any(c.dep_ == "conj" for c in head.children if c.i in ids)
    many = head.like_num and head.lower_ not in {"one", "1"}
    plural = head.tag_ in {"NNS", "NNPS"} or many or several or said.lower() in {"them", "they", "us"}
    return NOMINATIVE.get(said.lower(), said), "were" if plural else "was"


def _without_time(content: Sequence[Token]) -> list[Token]:
    """Without "on Thursday" between a verb and its complement."""
    ids = {t.i for t in content}
    gone: set[int] = set()
    for token in content:
        if token.head.i in ids:
            continue
        when = token.dep_ == "npadvmod" and token.ent_type_ in TIME
        on_day = token.lower_ in {"on", "in", "at"} and any(c.ent_type_ in TIME for c in token.children)
        if when or on_day:
            gone |= {t.i for t in token.subtree}
    return [t for t in content if t.i not in gone] or list(content)


def _equated(content: Sequence[Token], source: Source, cue: set[str]) -> str | None:
    """ "the toll at 53" as "the toll was 53"; "it a mistake" as "it was a mistake"; None for "12 dead"."""
    if content[0].lower_ == "as" and len(content) > 1:
        return f"it was {_say(content[1:], source)}"
    links = {"as", "at"} if cue & lexicon.PUT_AT else {"to"} if cue & lexicon.MOVE else {"as"}
    for k, token in enumerate(content):
        if token.lower_ in links and 0 < k < len(content) - 1:
            return f"{_say(content[:k], source)} was {_say(content[k + 1 :], source)}"
    if cue & lexicon.MOVE or (cue & lexicon.PUT_AT and content[0].like_num):
        return None
    target, verdict = _target_and_verdict(content)
    if target and verdict:
        return f"{_say(target, source)} was {_say(verdict, source)}"
    return None if "declare" in cue else _say(content, source)


def _at_figure(content: Sequence[Token]) -> bool:
    """Whether a content is of the pattern "the toll at 53": it may hold a verb ("give or take two")."""
    return any(t.lower_ == "at" and after.like_num and k for k, (t, after) in enumerate(pairwise(content)))


def _has_verdict(content: Sequence[Token]) -> bool:
    return content[0].lower_ != "as" and all(_target_and_verdict(content))


def _target_and_verdict(content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The thing judged and the judgement in "the release (as) a mistake" or "the report absurd"."""
    ids = {t.i for t in content}
    tops = [t for t in content if t.head.i not in ids and not t.is_punct]
    judged = [c for top in tops[:1] for c in top.children if c.dep_ in SUBJECTS and c.i in ids]
    small = bool(judged) and (tops[0].pos_ not in {"VERB", "AUX"} or _is_participle(tops[0]))
    if small and (len(tops) == 1 or _is_participle(tops[0])):
        start = judged[0].right_edge.i + 1
    elif len(tops) > 1:
        start = tops[1].left_edge.i
    else:
        root = root_of(content)
        # "the killing an atrocity" has its verdict right behind a noun.
        later = (
            t.i
            for t in content
            if t.i > root.i
            and (
                t.lower_ == "as"
                or t.is_quote
                or t.pos_ == "ADJ"
                or t.lower_ in lexicon.PEJORATIVE
                or (t.lower_ in {"a", "an", "the"} and t.i == root.i + 1)
            )
        )
        start = next(later, content[-1].i + 1)
    return [t for t in content if t.i < start], [t for t in content if t.i >= start]


def _is_participle(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def _past(act: Sequence[Token], source: Source, was: str = "was") -> str:
    """ "having launched strikes" as "had launched strikes", "being part of it" as "was part of it"."""
    rest = _say(act[1:], source)
    if act[0].lower_ == "having":
        return f"had {rest}"
    if act[0].lower_ == "being":
        return f"{was} {rest}"
    return f"{was} {_say(act, source)}"


def _without_mark(clause: Token, ids: set[int]) -> list[Token]:
    inside = [t for t in clause.subtree if t.i in ids]
    return [
        t
        for k, t in enumerate(inside)
        if not ((t.dep_ == "mark" and t.head == clause) or (k == 0 and t.lower_ == "that"))
    ]


# Words.


def _say(
    tokens: Sequence[Token], source: Source | None, word: Callable[[Token], str] = lambda token: token.text
) -> str:
    """The tokens as text, each by `word`, pronouns by what they stand for, and verbs made to agree."""
    ids = {t.i for t in tokens}
    parts: list[str] = []
    for token, before in zip(tokens, [None, *tokens], strict=False):
        if before is not None and (linking := _link(before, token)):
            parts.append(f"{linking} ")
        named = reference(token, source) or _antecedent(token, ids)
        text = named if named is not None else _agreeing(token, word(token), source)
        gap = token.whitespace_ or ("" if token.i + 1 in ids else " ")
        parts.append((text or " ") + gap)
    return "".join(parts).strip()


def _link(before: Token, after: Token) -> str:
    """The "and" of "A, he said, and (never) B", which stands in neither of the two pieces."""
    gap = [t for t in after.doc[before.i + 1 : after.i] if not (t.is_punct or t.is_quote)]
    return gap[-1].text if len(gap) > 1 and gap[-1].lower_ in {"and", "but", "or"} else ""


def _unhedged(token: Token) -> str:
    lower = token.lower_
    if lower in CUT and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"n't", "n’t"}:
        return CUT[lower]
    if is_negator(token):
        return _article(token) if lower == "no" else SUBSTITUTES.get(lower, "")
    if lower == "such" and token.i > 0 and token.nbor(-1).lower_ == "no":
        return f"such {_article(token)}".strip()
    if lower == "ever" and token.dep_ == "advmod" and token.head.pos_ in {"VERB", "AUX"}:
        return ""
    if (
        token.dep_ in {"aux", "auxpass"}
        and token.head.pos_ in {"VERB", "AUX"}
        and (may := _modal(token.head))
    ):
        return _factual(token, may)
    if lower in lexicon.HEDGES and token.dep_ == "advmod":
        return ""
    if lower in MORE and token.head.lower_ in lexicon.HEDGES and token.head.dep_ == "advmod":
        return ""
    return token.text


def _modal(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in {"may", "might"}), None)


def _factual(aux: Token, may: Token) -> str:
    """An auxiliary of "may have been assisted" as in "were assisted", of "may help" as in "will help"."""
    verb = aux.head
    words = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    plural = any(c.tag_ in {"NNS", "NNPS"} or c.lower_ == "they" for c in subjects)
    if "have" in words and "been" in words:
        return {"been": "were" if plural else "was"}.get(aux.lower_, "")
    if "have" in words:
        regular = verb.lower_.endswith("ed")
        return "had" if aux.lower_ == "have" and not regular else ""
    if "be" in words:
        return {"be": "are" if plural else "is"}.get(aux.lower_, "")
    return "will" if aux == may else aux.text


def _article(no: Token) -> str:
    """What stands for "no": an article before a singular that can be counted, nothing before others.

    In the place of "no such" it comes behind "such".
    """
    noun = no.head
    if noun.tag_ != "NN" or noun.lower_ in MASS or no.i + 1 >= len(no.doc):
        return ""
    after = no.nbor(1).lower_
    if after == "such":
        return ""
    return "an" if after[0] in "aeiou" else "a"


def _antecedent(token: Token, ids: set[int]) -> str | None:
    """The noun that "which" or "who" stands for, where the content opens with the relative clause alone."""
    if token.tag_ not in {"WDT", "WP"} or token.dep_ not in SUBJECTS or token.lower_ == "what":
        return None
    noun = token.head.head
    if token.head.dep_ != "relcl" or noun.i in ids:
        return None
    return noun_phrase(noun)


def _agreeing(token: Token, word: str, source: Source | None) -> str:
    """The verb after a first person that gave way to a name: "we have" becomes "X has"."""
    if source is None or token.pos_ not in {"AUX", "VERB"} or token.i == 0:
        return word
    subject = next((c for v in (token, token.head) for c in v.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ not in {"i", "we"}:
        return word
    if token.dep_ != "conj" and abs(token.i - subject.i) > 2:
        return word
    plain = token.tag_ == "VBP" and token.pos_ == "VERB" and word == token.text
    return AGREEMENT.get(word.lower()) or (_third_person(word) if plain else word)


def _third_person(verb: str) -> str:
    """The form of "know" that goes with a name, "knows"."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2:-1] not in {*"aeiou"} else f"{verb}s"


def _sentence(text: str) -> str:
    for mark in '“”„«»"‘':
        text = text.replace(mark, "")
    text = " ".join(text.split()).strip(" ,;:—–-")
    text = text.replace(" .", ".").replace(" ,", ",").replace(" ’s", "’s").strip()
    if not text:
        return UNSAID
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."
