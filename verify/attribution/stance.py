"""A source's stance, read off the cue and the polarity of what follows it.

Negation that scopes over the whole content makes a denial of its positive form; a hedge makes a
suggestion; "no evidence", "unlikely", "cannot say" leave the question open.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, is_denied_by_subject
from verify.attribution.scope import leaves_standing, no_way
from verify.types import CueClass, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


CLASSES = {
    Stance.DENIES: CueClass.DENIES,
    Stance.DOUBTS: CueClass.DOUBTS,
    Stance.DECLINES: CueClass.DECLINES,
}


def cue_class_of(cue: Sequence[Token], content: Sequence[Token], stance: Stance) -> CueClass:
    """The class of a cue: by its own words where they order, feel or claim, else by the stance."""
    lemmas = {t.lemma_.lower() for t in cue}
    if lemmas & lexicon.FEEL:
        return CueClass.DENIES if wants_none(cue, content) else CueClass.FEELS
    wanted = next((t for t in content if not t.is_punct), None)
    root = root_of(content)
    infinitive = root.tag_ == "VB" and any(c.lower_ == "to" for c in root.children)
    to_do = infinitive or (wanted is not None and wanted.lower_ == "to")
    if lemmas & lexicon.ORDER and to_do and not gainsays(cue, content):
        return CueClass.ORDERS
    before = content[0].nbor(-1).lower_ if content[0].i else ""
    calls_for = lemmas & lexicon.DEMAND_FOR and "for" in {*lemmas, before}
    if (lemmas & lexicon.DEMAND or calls_for) and root.pos_ in {"NOUN", "PROPN"}:
        return CueClass.ORDERS
    if stance in CLASSES:
        return CLASSES[stance]
    return CueClass.CLAIMS if lemmas & lexicon.CLAIM else CueClass.SAYS


NOT_BEFORE = {"one": 1, "single": 2, "a": 1, "an": 1}
"""How many words before the "one" of "not one shell", or the "a" of "not a shell", the "not" stands."""


POINTING = frozenset({"it", "this", "that", "these", "those", "them"})
"""Pronouns for what was said."""

WOULD = frozenset({"would", "wo", "will", "could", "can", "ca", "did", "do", "does"})
"""Auxiliaries of a refusal: "it would not comment"."""


class Polarity(StrEnum):
    """How a clause holds its own proposition."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    HEDGED = "hedged"
    OPEN = "open"


def stance_of(cue: Sequence[Token], content: Sequence[Token]) -> Stance:
    """The stance of a source whose cue and content are these tokens of one parsed document."""
    words = {t.lower_ for t in cue}
    lemmas = {t.lemma_.lower() for t in cue}
    negated = bool(words & lexicon.NEGATIONS) or any(is_denied_by_subject(t) for t in cue)
    if _declines(words, lemmas, negated) or _says_nothing(lemmas, content, negated=negated):
        return Stance.DECLINES
    if (stance := _by_denying(cue, content)) is not None:
        return stance
    if lemmas & lexicon.DOUBT:
        return Stance.ASSERTS if negated else Stance.DOUBTS
    if negated and lemmas & lexicon.CONFIRM:
        return Stance.DOUBTS
    if negated and lemmas & (lexicon.DOUBT_VERBS | {"believe", "think"}):
        return (
            Stance.DOUBTS if words & {"could", "can", "ca", "cannot", "believe", "think"} else Stance.DECLINES
        )
    if judges(lemmas, content) and _pejorative(content):
        return Stance.DENIES
    if _plainly_says(cue) and will_not_comment(content):
        return Stance.DECLINES
    if clears_itself(cue, content) or gainsays(cue, content) or calls_liar(content):
        return Stance.DENIES
    polarity = polarity_of(content)
    if bool(content) and content[0].i > 0 and content[0].nbor(-1).lower_ == "whether":
        return Stance.DOUBTS  # "are investigating whether the mayor took money, they said"
    if polarity is Polarity.OPEN or (negated and lemmas & lexicon.SAY) or {"stop", "short"} <= words | lemmas:
        return Stance.DOUBTS
    if polarity is Polarity.NEGATIVE:
        return Stance.DENIES
    if polarity is Polarity.HEDGED or lemmas & lexicon.SUGGEST:
        return Stance.SUGGESTS
    return Stance.ASSERTS


def _by_denying(cue: Sequence[Token], content: Sequence[Token]) -> Stance | None:
    """The stance of a source whose cue sets it against the content; None for other cues."""
    lemmas = {t.lemma_.lower() for t in cue}
    if wants_none(cue, content):
        return Stance.DENIES
    negated = any(t.lower_ in lexicon.NEGATIONS for t in cue)
    if negated and (lemmas & lexicon.ACCEPT or {"hear", "of"} <= lemmas):
        return Stance.DENIES
    if not (lemmas & lexicon.DENY or rules_it_out(cue) or _scorns(cue)):
        return None
    if negated:
        return Stance.DOUBTS
    return Stance.ASSERTS if _told_negative(content) else Stance.DENIES


def _told_negative(content: Sequence[Token]) -> bool:
    """Whether what is denied is itself a denial: "(denied) that nobody died"."""
    root = root_of(content)
    ids = {t.i for t in content}
    clauses = [c for c in root.children if c.dep_ in {"acl", "ccomp"} and c.i in ids]
    if root.lemma_.lower() in lexicon.CLAIM_NOUN and clauses:
        content = [t for t in clauses[0].subtree if t.i in ids]
    elif root.pos_ not in {"VERB", "AUX"}:
        return False
    root = root_of(content)
    judged = _pejorative_predicate(root, [*root.children])
    return polarity_of(content) is Polarity.NEGATIVE and not judged


def wants_none(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether a source "would have none of it" or "wanted nothing to do with it"."""
    lemmas = {t.lemma_.lower() for t in cue}
    nothing = "want" in lemmas and bool(lexicon.NOTHING_TO_DO.fullmatch(_bare(content)))
    return nothing or any(idiom <= lemmas for idiom in lexicon.NONE_OF_IT)


def clears_itself(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether all that a source says is that it has done nothing: "its hands were clean"."""
    return _plainly_says(cue) and bool(lexicon.CLEARS_ITSELF.fullmatch(_bare(content)))


def gainsays(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether all that a source says is that another is wrong: "nothing of the kind", "the opposite"."""
    return _plainly_says(cue) and bool(lexicon.GAINSAYS.fullmatch(_bare(content)))


def will_not_comment(content: Sequence[Token]) -> bool:
    """Whether all that a source says is that it says nothing: "it would not comment"."""
    root = root_of(content)
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    own = subject is not None and (
        subject.lower_ in {"it", "he", "she", "they", "we", "i"} or root.lemma_.lower() == "comment"
    )
    would = {c.lower_ for c in root.children} & WOULD
    negated = any(is_negator(c) for c in root.children)
    further = root.lemma_ == "go" and any(c.lower_ == "further" for c in root.children)
    silent = root.lemma_.lower() in lexicon.NO_COMMENT or further
    withholds = root.lemma_.lower() in lexicon.WITHHOLD and bool(would & {"would", "wo", "will"})
    return own and ((bool(would) and negated and (silent or withholds)) or _unfit_to_say(root))


def _unfit_to_say(root: Token) -> bool:
    """ "It would be wrong to speculate"."""
    fit = (c for c in root.children if c.dep_ == "acomp" and c.lower_ in lexicon.FIT_TO_SAY)
    acts = (g for c in (root, *fit) for g in c.children if g.dep_ == "xcomp")
    return root.lemma_ == "be" and any(act.lemma_.lower() in lexicon.NO_COMMENT for act in acts)


def rules_it_out(cue: Sequence[Token]) -> bool:
    """Whether the cue is "ruled out", whose "out" may stand after its object: "ruled that out"."""
    particles = (c for t in cue if t.lemma_.lower() == "rule" for c in t.children if c.dep_ == "prt")
    return any(c.lower_ == "out" for c in particles)


def _scorns(cue: Sequence[Token]) -> bool:
    """Whether the cue is "brushed off", "took issue with" or the like."""
    beside = {t.lower_ for verb in cue for t in (verb, *verb.children)}
    return any(lexicon.SCORN.get(t.lemma_.lower(), set()) & (beside | {""}) for t in cue)


def repeats(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether all that a source says is what was said before: "said the same", "agreed with her"."""
    agrees = any(t.lemma_.lower() == "agree" for t in cue) and content[0].lower_ == "with"
    return bool(cue) and (agrees or bool(lexicon.REPEATS.fullmatch(_bare(content))))


def calls_liar(content: Sequence[Token]) -> bool:
    """Whether all that a source says is that another lies: "Mr Peskov was just lying"."""
    root = root_of(content)
    lies = root.lemma_ == "lie" and root.pos_ == "VERB" and not any(is_negator(c) for c in root.children)
    who = any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in root.children)
    where = any(c.dep_ in {"prep", "prt", "acomp"} or c.lower_ in {"ahead", "there"} for c in root.children)
    return lies and who and not where


def _says_nothing(lemmas: set[str], content: Sequence[Token], *, negated: bool) -> bool:
    """Whether a source keeps silent: "(had) no comment on it", "(said) nothing", "(would not) be drawn"."""
    root = root_of(content)
    comment = (c for c in root.children if c.dep_ == "dobj" and c.lower_ == "comment")
    has_none = root.lemma_ == "have" and any(g.lower_ == "no" for c in comment for g in c.children)
    unsaid = not any(t.lower_ == "nothing" and t.dep_ in SUBJECTS for t in content)
    unwilling = negated and bool(lemmas & {"wish", "want", "care"})
    nobody = bool(lemmas) and lemmas <= lexicon.NOBODY and root.lemma_.lower() in lexicon.COMMENT | {"be"}
    return (
        has_none
        or nobody
        or _bare(content).startswith("no comment")
        or ("say" in lemmas and unsaid and bool(lexicon.NOTHING.match(_bare(content))))
        or (unwilling and root.lemma_.lower() in lexicon.NO_COMMENT | {"draw"})
    )


def _plainly_says(cue: Sequence[Token]) -> bool:
    negated = any(t.lower_ in lexicon.NEGATIONS for t in cue)
    return not negated and any(t.lemma_.lower() in lexicon.PLAINLY_SAYS for t in cue)


def _bare(content: Sequence[Token]) -> str:
    """The words of `content` in small letters, without "that" before them."""
    words = [t.lower_ for t in content if not (t.is_punct or t.is_space)]
    return " ".join(words[1:] if words[:1] == ["that"] else words)


def polarity_of(content: Sequence[Token]) -> Polarity:
    """How the main clause of `content` holds its proposition."""
    root = root_of(content)
    ids = {t.i for t in content}
    own = [c for c in root.children if c.i in ids]
    heads = [
        root,
        *(
            c
            for c in own
            if c.dep_ in {"xcomp", "acomp", "attr"} and root.lemma_ in {"be", "appear", "seem", "have", "do"}
        ),
    ]
    close = [*own, *(g for h in heads for g in h.children if h is not root and g.i in ids and g.i < h.i)]
    negative = any(
        is_negator(c)
        for c in close
        if c.dep_ in {"neg", "advmod", "preconj", "det", "cc"} or c.lower_ in {"not", "n't", "never"}
    ) or any(_negative_phrase(c) for c in own if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "expl"})
    negative = (negative and not _corrects(root, content)) or bool(far_from(root))
    if no_way(root, own):
        return Polarity.NEGATIVE
    if _leaves_open(root, own, negative):
        return Polarity.OPEN
    if negative and leaves_standing(root, own):
        return Polarity.POSITIVE
    if negative:
        return Polarity.OPEN if any(c.lower_ in {"may", "might"} for c in own) else Polarity.NEGATIVE
    if _pejorative_predicate(root, own):
        return Polarity.NEGATIVE
    modal = {c.lower_ for c in own if c.dep_ == "aux"} & {"may", "might", "could"}
    able = modal == {"could"} and (root.lemma_.lower() in lexicon.PERCEIVE or _only_so(own))
    if modal and not able and not any(c.lower_ == "not" for c in own):
        return Polarity.HEDGED
    if any(c.lower_ in lexicon.HEDGES and c.dep_ in {"advmod", "amod"} for c in close):
        return Polarity.HEDGED
    if root.lemma_ in lexicon.HEDGE_VERBS:
        return Polarity.HEDGED
    if any(c.dep_ in {"acomp", "attr"} and is_hedge(c) for c in own):
        return Polarity.HEDGED
    told = any(c.dep_ in {"acl", "ccomp", "relcl"} and c.i in ids for c in root.children)
    if root.lemma_.lower() in lexicon.HEDGE_NOUNS and told:
        return Polarity.HEDGED
    return Polarity.POSITIVE


def _only_so(own: Sequence[Token]) -> bool:
    """Whether "could" tells what alone is possible: "only a state could do it", "there could be no doubt"."""
    subjects = (c for c in own if c.dep_ in {"nsubj", "nsubjpass"})
    alone = any(g.lower_ == "only" for c in subjects for g in c.children)
    return alone or any(c.lower_ == "doubt" and any(g.lower_ == "no" for g in c.children) for c in own)


def is_hedge(predicate: Token) -> bool:
    """Whether what is said with "be" is short of certain: "likely", "almost certain", "consistent with P"."""
    word = predicate.lower_
    if word in {"certain", "sure"}:
        return any(c.lower_ in lexicon.ALMOST for c in predicate.children)
    if word == "consistent":
        return any(c.lower_ == "with" for c in predicate.children)
    return predicate.lemma_.lower() in lexicon.HEDGE_ADJECTIVES


def root_of(content: Sequence[Token]) -> Token:
    """The token that heads `content` (not empty).

    That is the first verb whose head lies outside it, or else the first token of that kind.
    """
    ids = {t.i for t in content}
    tops = [t for t in content if t.head.i not in ids or t.head == t]
    words = [t for t in tops if not t.is_punct] or list(content)
    return next((t for t in words if t.pos_ in {"VERB", "AUX"}), words[0])


def is_negator(token: Token) -> bool:
    """Whether the token turns its clause round: "not", "never", "no"; not "not only" nor "no longer"."""
    if token.lower_ not in lexicon.NEGATIONS:
        return False
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if token.lower_ in {"nothing", "none", "nobody"} and after in {"but", "except"}:
        return False  # "nothing but the vaccine" is the vaccine alone
    compared = token.lower_ == "no" and token.nbor(1).tag_ in {"JJR", "RBR"} if after else False
    return not compared and after not in {"only", "longer", "fewer", "less", "later", "sooner", "doubt"}


def _corrects(root: Token, content: Sequence[Token]) -> bool:
    """Whether the clause only puts one thing for another: "not in Kyiv but in Washington"."""
    is_it = root.lemma_ == "be" and not any(c.dep_ == "expl" for c in root.children)
    words = {"not", "n't", "n’t", "no"} if is_it else {"not", "n't", "n’t"}
    negators = [c for c in content if c.lower_ in words and is_negator(c)]
    contrasts = (t for t in content if t.lower_ == "but" and t.dep_ == "cc")
    return any(
        bool(negators)
        and negators[0].i < t.i
        and (
            (is_it and _joins_noun(t))
            if t.head == root
            else any(c.dep_ == "conj" and c.pos_ not in {"VERB", "AUX"} for c in t.head.children)
        )
        for t in contrasts
    )


def far_from(root: Token) -> tuple[Token, ...]:
    """The "far from" of "is far from safe", with the "being" of "far from being safe"; empty for others."""
    far = next((c for c in root.children if c.lower_ == "far" and root.lemma_ == "be"), None)
    source = next((c for c in far.children if c.lower_ == "from"), None) if far is not None else None
    if far is None or source is None or source.i != far.i + 1:
        return ()
    being = [c for c in source.children if c.lower_ == "being"]
    state = any(c.pos_ in {"ADJ", "ADV"} or c.lower_ == "truth" for c in source.children)
    return (far, source, *being) if being or state else ()


def _negative_phrase(head: Token) -> bool:
    """A noun phrase such as "no radiation", "none of the passengers", "nobody’s house", "not one shell"."""
    if head.lower_ in {"none", "nobody", "nothing", "neither", "no", "nowhere"}:
        return is_negator(head) and not _is_all_but(head)
    if any(c.lower_ == "nobody" and c.dep_ == "poss" for c in head.children):
        return True
    if not_of_not_one(head) is not None:
        return True
    return any(c.lower_ in {"no", "neither"} and is_negator(c) for c in head.children) or (
        head.i > 0 and head.nbor(-1).lower_ == "one" and head.i > 1 and head.nbor(-2).lower_ == "no"
    )


def _is_all_but(nothing: Token) -> bool:
    """Whether "nothing" is excepted from: "took nothing from the yard but a bucket"."""
    excepted = (t for t in nothing.head.subtree if t.dep_ == "cc" and t.lower_ == "but" and t.i > nothing.i)
    return nothing.dep_ == "dobj" and any(_joins_noun(but) for but in excepted)


def _joins_noun(but: Token) -> bool:
    """Whether what "but" joins to a verb, or to a noun before it, is no clause: "but a bucket"."""
    joined = (c for c in but.head.children if c.i > but.i and c.dep_ in {"attr", "conj", "dep"})
    return any(c.pos_ in {"NOUN", "PROPN"} for c in joined)


def not_of_not_one(head: Token) -> Token | None:
    """The "not" of "not one shell" and "not a single shell", but not that of "not one shell but two"."""
    if any(c.lower_ == "but" for c in head.children):
        return None
    for word in head.lefts:
        back = NOT_BEFORE.get(word.lower_)
        if back is not None and head.i - word.i <= 2 and word.i >= back:
            before = word.nbor(-back)
            if before.lower_ == "not":
                return before
    return None


def _leaves_open(root: Token, own: Sequence[Token], negative: bool) -> bool:
    words = {c.lower_ for c in own}
    if any(c.lemma_.lower() in lexicon.DOUBT_ADJECTIVES for c in [root, *own]) or _shows_nothing(root, own):
        return True
    if _cannot_tell(root, own):
        return True
    if any(c.lower_ in {"early", "soon"} and any(g.lower_ == "too" for g in c.children) for c in own):
        return True
    if negative and any(c.lower_ in {"aware", "clear", "certain", "sure", "possible", "enough"} for c in own):
        return not rules_out(root)
    if (
        negative
        and root.lemma_.lower() in lexicon.DOUBT_VERBS
        and words & {"can", "could", "ca", "do", "did", "does", "cannot", "yet", "had", "has", "have"}
        and not (root.lemma_ == "see" and any(_negative_phrase(c) for c in own if c.dep_ in SUBJECTS))
        and not _others_mind(root, own)
        and not _had_not_known(root, own)
    ):
        return root.lemma_.lower() not in {"tell", "say"} or bool(words & {"can", "could", "ca", "cannot"})
    if negative and root.lemma_.lower() in {"believe", "think"}:
        return True
    lacking = [
        c
        for c in own
        if c.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"} and c.lemma_.lower() in lexicon.DOUBT_NOUNS
    ]
    if root.lemma_.lower() in lexicon.DOUBT_NOUNS and any(c.lower_ in {"no", "little"} for c in own):
        return True  # "(found) no evidence that P"
    return any(any(g.lower_ in LACKING for g in c.children) for c in lacking) and (
        negative or any(g.lower_ == "little" for c in lacking for g in c.children)
    )


LACKING = frozenset({"no", "little", "any", "without", "slightest"})


def _others_mind(root: Token, own: Sequence[Token]) -> bool:
    """Whether a clause tells what somebody else hasn't known or said: "(said) Korvex did not know of it".

    That is a denial, unlike "it did not know" and "the police could not say whether P".
    """
    subject = next((c for c in own if c.dep_ == "nsubj"), None)
    if subject is None or root.lemma_.lower() not in {"know", "tell", "say", "see", "recall"}:
        return False
    theirs = subject.pos_ in {"NOUN", "PROPN"} and not any(c.dep_ == "poss" for c in subject.children)
    unable = any(c.lower_ in {"can", "could", "ca", "cannot"} for c in own)
    asked = any(t.tag_ in {"WRB", "WP", "WDT"} or t.lower_ in {"whether", "if"} for t in root.subtree)
    return theirs and not unable and not asked


def _had_not_known(root: Token, own: Sequence[Token]) -> bool:
    """Whether a clause denies that somebody knew what was so: "it had not known that the lamp was out"."""
    asked = any(t.tag_ in {"WRB", "WP", "WDT"} or t.lower_ in {"whether", "if"} for t in root.subtree)
    return root.lemma_ == "know" and any(c.lower_ in {"had", "has", "have"} for c in own) and not asked


def _shows_nothing(root: Token, own: Sequence[Token]) -> bool:
    """ "Nothing points to arson", "that proves nothing"."""
    nothing = {c.dep_ for c in own if c.lower_ == "nothing"}
    shown = "nsubj" in nothing and root.lemma_.lower() in lexicon.EVINCE
    return shown or ("dobj" in nothing and root.lemma_ == "prove")


def _cannot_tell(root: Token, own: Sequence[Token]) -> bool:
    """ "It was unable to verify it", "in no position to confirm it", "knew of no leak"."""
    unable = any(
        c.lower_ == "unable" and any(g.lemma_.lower() in lexicon.DOUBT_VERBS for g in c.children) for c in own
    )
    ignorant = [root, *own] if root.lemma_ == "know" or any(c.lower_ == "aware" for c in own) else []
    governed = (
        (p.lower_, noun)
        for head in (root, *ignorant)
        for p in head.children
        if p.dep_ == "prep"
        for noun in p.children
        if any(g.lower_ == "no" for g in noun.children)
    )
    return unable or any(
        (word == "in" and noun.lower_ == "position") or (word == "of" and bool(ignorant))
        for word, noun in governed
    )


def judges(lemmas: Set[str], content: Sequence[Token]) -> bool:
    """Whether a cue of these lemmas is "called" or the like, or the "found" of "found the claim absurd"."""
    verbal = root_of(content).pos_ in {"VERB", "AUX"}
    found = bool(lemmas & lexicon.FIND) and not verbal and _names_claim(content)
    return bool(lemmas & lexicon.JUDGE) or found


def _names_claim(content: Sequence[Token]) -> bool:
    """Whether something said is named in it: "the charge", or a pronoun for it."""
    return any(t.lemma_.lower() in lexicon.CLAIM_NOUN or t.lower_ in POINTING for t in content)


def _pejorative(content: Sequence[Token]) -> bool:
    told = any((a.lower_, b.lower_) in lexicon.TALES for a, b in pairwise(content))
    verdicts = lexicon.PEJORATIVE - (set() if _names_claim(content) else lexicon.DEEDS)
    return told or any({t.lemma_.lower(), t.lower_} & verdicts for t in content)


def _pejorative_predicate(root: Token, own: Sequence[Token]) -> bool:
    """ "The accusations are absurd", "it is impossible that P"."""
    predicates = [c for c in own if c.dep_ in {"acomp", "attr"}]
    tale = any((c.nbor(-1).lower_, c.lower_) in lexicon.TALES for c in predicates if c.i)
    judged = _is_claim(own) and bool({c.lower_ for c in predicates} & lexicon.PEJORATIVE)
    return root.lemma_ == "be" and bool(judged or tale or rules_out(root))


def _is_claim(own: Sequence[Token]) -> bool:
    """Whether the subject among `own` is something said or feared, and no deed: "the charge", "that"."""
    subjects = [c for c in own if c.dep_ in SUBJECTS]
    said = any(c.lemma_.lower() in lexicon.CLAIM_NOUN | lexicon.FEARS for c in subjects)
    return said or any(c.pos_ == "PRON" or c.lower_ in POINTING for c in subjects)


def rules_out(root: Token) -> bool:
    """Whether `root` is the "is" of "it is impossible that P" or "it is not possible that P"."""
    predicates = [c for c in root.children if c.dep_ in {"acomp", "attr"}]
    negated = any(is_negator(c) for top in (root, *predicates) for c in top.children)
    ruled_out = [c for c in predicates if c.lower_ in (lexicon.POSSIBLE if negated else lexicon.RULED_OUT)]
    clauses = (c for top in (root, *ruled_out) for c in top.children if c.dep_ == "ccomp" and c.i > root.i)
    said = any(g.lower_ == "that" and g.i < clause.i for clause in clauses for g in clause.children)
    return root.lemma_ == "be" and bool(ruled_out) and said


def _declines(words: set[str], lemmas: set[str], negated: bool) -> bool:
    if lemmas & lexicon.DECLINE:
        return True
    if negated and lemmas & {
        "comment",
        "respond",
        "reply",
        "return",
        "answer",
        "elaborate",
        "discuss",
        "disclose",
        "identify",
        "name",
        "draw",
        "reach",
        "speculate",
    }:
        return True
    if negated and ({"take", "position"} <= lemmas or ("give" in lemmas and words & WOULD)):
        return True
    if ("have" in lemmas and "comment" in words) or _keeps_silent(words, lemmas, negated):
        return True
    return negated and "say" in lemmas and bool(words & {"would", "wo", "did", "has", "have"})


def _keeps_silent(words: set[str], lemmas: set[str], negated: bool) -> bool:
    """Whether a cue is "kept silent about", "gave no comment", "would not go into detail" or the like."""
    keeps = bool(lemmas & {"keep", "remain", "stay"}) and bool(words & (lexicon.SILENT | {"counsel"}))
    none = "give" in lemmas and "no" in words and bool(words & lexicon.ANSWER)
    return keeps or none or (negated and "go" in lemmas and bool(words & {"detail", "details"}))
