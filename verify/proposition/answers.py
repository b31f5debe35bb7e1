"""What a content answers or judges: "it", "that account", "claims that P are untrue", "it is likely P"."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import takewhile
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, is_negator
from verify.attribution.polarity import Polarity, is_hedge, not_of_not_one, polarity_of, rules_out
from verify.attribution.scope import no_way
from verify.proposition.affirm import without_mark

if TYPE_CHECKING:
    from spacy.tokens import Token

COUNT_NOUN = frozenset({"figure", "number", "estimate", "toll", "total", "count"})
"""Nouns that an "of" gives a figure: "the figure of 5,000 barrels"."""

POINTING = frozenset({"it", "this", "that", "them", "so", "these", "those", "which", "they"})

ANOTHER = frozenset("another different other own".split())
"""What tells that a claim isn't the one told of before: "told a different tale"."""

KNOWN = frozenset("the this that these those any all both such".split())
"""What stands before a claim that was told of before."""

STATED = frozenset("article complaint document filing letter paper report statement study suit".split())
"""Things in which a claim is made: "rejected a study saying that P"."""

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of a verb that makes a clause."""

ANYTHING = frozenset({"nothing", "anything", "something"})

OCCUR = frozenset("exist happen occur".split())
"""Verbs that only say that there was something."""

AFFIRMING = frozenset("already ever indeed never still".split())
"""Adverbs of "it still is"."""


def points_back(root: Token, content: Sequence[Token]) -> bool:
    """Whether a noun content only points back: "it", "that account", "the accusations", "both claims"."""
    if root.pos_ in {"VERB", "AUX"}:
        return False
    if root.lower_ in POINTING or _all_of_it(root):
        return True
    if any(c.lower_ in ANOTHER for c in root.children):
        return False
    if not {root.lemma_.lower(), root.lower_} & (lexicon.CLAIM_NOUN | STATED):
        return False
    ids = {t.i for t in content}
    known = any(c.lower_ in KNOWN for c in root.children) and not any(
        t.tag_ in FINITE and not any(a.dep_ == "relcl" for a in (t, *t.ancestors)) for t in content
    )
    return not any(
        (c.dep_ in {"acl", "ccomp", "relcl"} and not (known and _tells_about(c) and _is_untold(root, ids)))
        or (c.dep_ == "prep" and c.lower_ in {"of", "that", "about"})
        for c in root.children
        if c.i in ids
    )


def _tells_about(clause: Token) -> bool:
    """Whether a clause behind a claim noun tells of the claim, and isn't its content: "made by the union"."""
    relative = any(c.tag_ in {"WDT", "WP"} and c.dep_ in SUBJECTS for c in clause.children)
    subjects = any(c.dep_ in SUBJECTS or (c.dep_ == "mark" and c.lower_ == "that") for c in clause.children)
    return relative or (clause.tag_ in {"VBG", "VBN"} and not subjects)


def _is_untold(noun: Token, ids: Set[int]) -> bool:
    """Whether no clause behind a claim noun tells what it is of."""
    return told_in(noun, ids) is None and not accused_in(noun, ids)


def told_in(noun: Token, ids: Set[int]) -> Token | None:
    """The P of "the claim that P", "a report saying that P" and "the charge made by Korvex that P"."""
    for clause in (c for c in noun.children if c.i in ids and c.dep_ in {"acl", "ccomp", "relcl"}):
        if not _tells_about(clause):
            return clause
        says = clause.lemma_.lower() in lexicon.SAY
        told = (c for c in clause.children if c.i in ids and c.dep_ == "ccomp")
        inner = next((c for c in told if says or any(g.lower_ == "that" for g in c.children)), None)
        if inner is not None:
            return inner
    return None


def accused_in(noun: Token, ids: Set[int]) -> list[Token]:
    """The "Korvex of fraud" of "a report that accuses Korvex of fraud"; empty for others."""
    clauses = (c for c in noun.children if c.i in ids and c.dep_ in {"acl", "relcl"} and _tells_about(c))
    accuses = next((c for c in clauses if c.lemma_.lower() in lexicon.BLAME and c.tag_ != "VBN"), None)
    return [t for t in accuses.subtree if t.i in ids and t.i > accuses.i] if accuses is not None else []


def without_scorn(cue: Sequence[Token], content: Sequence[Token]) -> Sequence[Token]:
    """ "the report" of "(waved) the report away as fiction"; others as they are."""
    beside = {c for t in cue for c in t.children if c.lower_ in lexicon.SCORN.get(t.lemma_.lower(), ())}
    return [*takewhile(lambda t: t not in beside, content)] or content


def without_verdict(content: Sequence[Token]) -> Sequence[Token]:
    """ "a report that P" of "(dismissed) as amusing a report that P", whose verdict comes first."""
    noun = next((t for t in content[1:] if t.lemma_.lower() in lexicon.CLAIM_NOUN | STATED), None)
    if noun is None:
        return content
    start = next((c.i for c in noun.lefts if c.dep_ == "det"), noun.i)
    verdict = [t for t in content if t.i < start]
    claim = [t for t in content if t.i >= start]
    small = not any(t.tag_ in FINITE for t in verdict)
    return claim if verdict and small and not _is_untold(noun, {t.i for t in claim}) else content


def _all_of_it(root: Token) -> bool:
    of = (g for c in root.children if c.lower_ == "of" for g in c.children)
    return root.lower_ == "all" and any(g.lower_ in POINTING for g in of)


def judges_back(root: Token, content: Sequence[Token]) -> bool:
    """Whether a clause only judges or repeats what was said: "that was false", "this never happened"."""
    if nouns := _without_truth(root):
        return any(n.lower_ in POINTING or points_back(n, list(n.subtree)) for n in nouns)
    subjects = [c for c in root.children if c.dep_ in SUBJECTS]
    if any(_no_word_of_it(s) for s in subjects) and any(c.lower_ in lexicon.TRUE for c in root.children):
        return True
    if not any(s.lower_ in POINTING or points_back(s, list(s.subtree)) for s in subjects):
        return False
    if root.lemma_ == "be" and _pejorative(root):
        return not judged_clause(root, content)
    if root.lemma_ == "correspond":
        return any(t.lower_ in {"truth", "reality", "facts"} for t in root.subtree)
    return root.lemma_ in OCCUR - {"exist"} and len([t for t in content if t.is_alpha]) <= 5


def says_nothing_such(root: Token) -> bool:
    """Whether a denial only turns round what was said: "it had done no such thing", "nothing of the sort"."""
    told = (root, *(c for c in root.children if c.dep_ in SUBJECTS | {"dobj", "attr"}))
    return any(
        (word.lower_ in ANYTHING and any(_of_the_sort(c) for c in word.children))
        or (word.lower_ == "thing" and any(c.lower_ == "such" for c in word.children))
        for word in told
    )


def denies_such(root: Token, content: Sequence[Token]) -> bool:
    """Whether what is denied is only that there was such a thing: "no such raid took place", "any such link".

    What "such" means was told before; a clause that goes on to tell more of it says enough by itself.
    """
    if root.pos_ not in {"VERB", "AUX"}:
        ids = {t.i for t in content}
        own = [c for c in root.children if c.i in ids]
        such = any(c.lower_ == "such" for c in own) and root.lemma_.lower() not in lexicon.CLAIM_NOUN
        return such and all(c.i < root.i for c in own if not c.is_punct)
    took = root.lemma_ == "take" and any(c.lower_ == "place" for c in root.children)
    is_there = root.lemma_ == "be" and any(c.dep_ == "expl" for c in root.children)
    if not (took or is_there or root.lemma_ in OCCUR):
        return False
    named = [c for c in root.children if c.dep_ in SUBJECTS | {"attr"}]
    return any(c.lower_ == "such" or _of_the_sort(c) for noun in named for c in noun.children)


def elided(root: Token, content: Sequence[Token]) -> bool:
    """Whether a clause leaves out what it says of somebody: "it plainly is", "he had not", "there were"."""
    ids = {t.i for t in content}
    own = [c for c in root.children if c.i in ids and not (c.is_punct or _apart(c))]
    meant = [c for c in own if c.dep_ in SUBJECTS | {"expl"}]
    pointing = bool(meant) and all(c.tag_ in {"PRP", "EX"} for c in meant)
    auxiliary = root.lemma_ in {"be", "have", "do", "will", "can"}
    return auxiliary and pointing and all(c in meant or _goes_with_auxiliary(c) for c in own)


def only_denies(content: Sequence[Token]) -> bool:
    """Whether a content without a verb sets something right: "not before the spring", "not once"."""
    words = [t for t in content if not (t.is_punct or t.is_quote)]
    if len(words) < 2 or words[0].lower_ != "not" or any(t.pos_ in {"VERB", "AUX"} for t in words):
        return False
    about = words[1].pos_ == "ADP" and words[1].lower_ not in {"as", "like"} and len(words) > 2
    return (about or words[1].lower_ in {"here", "once", "there"}) and not any(
        t.lower_ in {"knowledge", "moment", "now", "least", "all", "present"} for t in words
    )


def _apart(word: Token) -> bool:
    """Whether a comma parts a word, with what hangs on it, from the verb before: "it is, after all that"."""
    first = word.left_edge
    return first.i > word.head.i and first.nbor(-1).text == ","


def _goes_with_auxiliary(token: Token) -> bool:
    """Whether a word may stand beside an auxiliary that is all that is left of a clause."""
    adverb = token.dep_ == "advmod" and (token.lower_.endswith("ly") or token.lower_ in AFFIRMING)
    return adverb or token.dep_ in {"aux", "cc", "neg"} or (token.dep_ == "mark" and token.lower_ == "that")


def _of_the_sort(preposition: Token) -> bool:
    return preposition.lower_ == "of" and any(c.lower_ in {"sort", "kind"} for c in preposition.children)


def _pejorative(root: Token) -> bool:
    """Whether what is said with "be" is that something is false, or not true."""
    negated = any(is_negator(c) for c in root.children)
    predicates = [c for c in root.children if c.dep_ in {"acomp", "attr"}]
    verdicts = lexicon.TRUE if negated else lexicon.PEJORATIVE
    tale = any((c.nbor(-1).lower_, c.lower_) in lexicon.TALES for c in predicates if c.i)
    return (tale and not negated) or any({c.lower_, c.lemma_.lower()} & verdicts for c in predicates)


def judged_clause(root: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "it was absurd to suggest that P", "it is not true that P" and "there was no way that P".

    Empty for other contents.
    """
    ids = {t.i for t in content}
    if impossible := no_way(root, [c for c in root.children if c.i in ids]):
        return without_mark(impossible, ids)
    if root.lemma_ != "be" or not (_pejorative(root) or rules_out(root)):
        return []
    clauses = [
        t
        for t in content
        if t.dep_ in {"ccomp", "advcl"} and t.i > root.i and any(g.lower_ == "that" for g in t.children)
    ]
    return without_mark(clauses[0], ids) if clauses else []


def hedged_clause(root: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "it was almost certain that P" and "(thinks) it likely that P", where P isn't denied.

    Empty for other contents.
    """
    that = next((k for k, t in enumerate(content[:5]) if t.lower_ == "that"), 0)
    verbless = that > 1 and not any(t.tag_ in FINITE for t in content[:that])
    if verbless and content[0].lower_ == "it" and is_hedge(content[that - 1]):
        said = list(content[that + 1 :])
        return said if said and polarity_of(said) is Polarity.POSITIVE else []
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
    clause = next((without_mark(c, ids) for c in clauses), [])
    return clause if clause and polarity_of(clause) is Polarity.POSITIVE else []


def open_clause(root: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "it could not tell whether P", "it had no evidence that P" and "it was doubtful that P".

    Empty where no clause is left open, or only part of it ("could not say who did it").
    """
    ids = {t.i for t in content}
    marks = (t for t in content[1:] if t.dep_ == "mark" and t.lower_ in {"if", "that", "whether"})
    clause = next((mark.head for mark in marks), root)
    hangs = clause.dep_ in {"acl", "ccomp", "csubj"} and clause.head in {root, *root.children}
    return without_mark(clause, ids) if hangs and any(c.dep_ in SUBJECTS for c in clause.children) else []


def not_ruled_out(root: Token, content: Sequence[Token]) -> list[Token]:
    """The leak of "(could) not rule out a leak"; empty for other contents."""
    out = root.lemma_ == "exclude" or (
        root.lemma_ == "rule" and any(c.lower_ == "out" for c in root.children)
    )
    things = (c for c in root.children if out and c.dep_ == "dobj" and c.lower_ not in ANYTHING)
    thing = next((c for c in things if c in content), None)
    return [t for t in content if t.i >= thing.left_edge.i] if thing is not None else []


def judged_subject(root: Token, content: Sequence[Token]) -> list[Token]:
    """The "claims that P" of "claims that P are untrue", "no truth in claims that P"; empty for others."""
    ids = {t.i for t in content}
    told = _without_truth(root)
    if not told and root.lemma_ == "be" and _pejorative(root):
        told = [c for c in root.children if c.dep_ in SUBJECTS]
    told = [noun for noun in told if noun.lemma_.lower() in lexicon.CLAIM_NOUN]
    return [t for t in told[0].subtree if t.i in ids] if told and tells_what(told[0]) else []


def _without_truth(root: Token) -> list[Token]:
    """What "there is no truth in", or "not a grain of truth in", names."""
    truths = [
        top
        for c in root.children
        if any(is_negator(g) for g in c.children) or not_of_not_one(c) is not None
        for top in (c, *(t for of in c.children if of.lower_ == "of" for t in of.children))
        if top.lower_ == "truth"
    ]
    measures = (t.head.head for t in truths if t.dep_ == "pobj")
    places = (c for top in (*truths, *measures, root) for c in top.children if c.lower_ in {"in", "to"})
    return [noun for place in places for noun in place.children] if truths else []


def _no_word_of_it(noun: Token) -> bool:
    """Whether a noun is the "not a word of it" of what is said not to be true."""
    of = (g for c in noun.children if c.lower_ == "of" for g in c.children)
    denied = not_of_not_one(noun) is not None or any(is_negator(c) for c in noun.children)
    return denied and any(g.lower_ in POINTING for g in of)


def told_clause(noun: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "the idea that P", wherever the parser hangs it; empty for other contents."""
    marks = (t for t in content if t.dep_ == "mark" and t.lower_ == "that" and t.i == noun.i + 1)
    ids = {t.i for t in content}
    clause = next((without_mark(mark.head, ids) for mark in marks), [])
    judged = bool(clause) and clause[-1].lower_ in lexicon.PEJORATIVE
    return clause[:-1] if judged else clause


def figure_told(noun: Token, content: Sequence[Token]) -> list[Token]:
    """The figure in "the figure of 5,000 barrels" and the like; empty for other contents."""
    after = [t for t in content if t.i > noun.i]
    counts = noun.lemma_.lower() in COUNT_NOUN and len(after) > 1 and after[0].lower_ == "of"
    return after[1:] if counts and any(t.like_num for t in after) else []


def tells_what(noun: Token) -> bool:
    """Whether a claim noun has its content with it: "the claim that P", "reports of a cover-up"."""
    of = noun.lemma_.lower() in lexicon.TELLS_OF and any(c.lower_ == "of" for c in noun.children)
    return of or not _is_untold(noun, {t.i for t in noun.subtree})


def what_is_called(content: Sequence[Token]) -> Sequence[Token]:
    """ "the Korean attack" of "(condemned) what it called the Korean attack"; others as they are."""
    verb = content[0].head
    calls = verb.lemma_.lower() in lexicon.JUDGE and content[0].lower_ == "what" and content[0].dep_ == "dobj"
    own = any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in verb.children)
    if not calls or not own:
        return content
    called = [t for t in content if t.i > verb.i]
    return (called[1:] if called[:1] and called[0].lower_ == "as" else called) or content


def what_is_wanted(cue: Sequence[Token], content: Sequence[Token]) -> Sequence[Token]:
    """The inquiry in "an inquiry, which (they have demanded)"; others as they are."""
    wants = {t.lemma_.lower() for t in cue} & (lexicon.DEMAND | lexicon.FEEL)
    clause = content[0].head
    if len(content) > 1 or content[0].tag_ != "WDT" or not wants or clause.dep_ != "relcl":
        return content
    return [t for t in clause.head.subtree if t.i < content[0].i and not t.is_punct]


def without_copula(content: Sequence[Token]) -> Sequence[Token]:
    """ "the claim false" of "(judged) the claim to be false"."""
    copulas = (t for t in content if t.lower_ == "be" and t.i > 0 and t.nbor(-1).lower_ == "to")
    gone = {i for t in copulas for i in (t.i - 1, t.i)}
    return [t for t in content if t.i not in gone]
