"""A source's stance, read off its cue, idioms of denial, and the `polarity` of what follows.

Who keeps silent is told in `silence`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import bare_words, is_denied_by_subject, is_negator, root_of
from verify.attribution.polarity import Polarity, pejorative_predicate, polarity_of
from verify.attribution.silence import declines, says_nothing, will_not_comment
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
    root = root_of(content)
    if _orders(lemmas, content) and not gainsays(cue, content):
        return CueClass.ORDERS
    before = content[0].nbor(-1).lower_ if content[0].i else ""
    calls_for = lemmas & lexicon.DEMAND_FOR and "for" in {*lemmas, before}
    if (lemmas & lexicon.DEMAND or calls_for) and root.pos_ in {"NOUN", "PROPN"}:
        return CueClass.ORDERS
    if stance in CLASSES:
        return CLASSES[stance]
    return CueClass.CLAIMS if lemmas & lexicon.CLAIM else CueClass.SAYS


def _orders(lemmas: Set[str], content: Sequence[Token]) -> bool:
    """Whether a cue of these lemmas tells somebody what to do, or not to do, by its content."""
    wanted = next((t for t in content if not t.is_punct), None)
    root = root_of(content)
    infinitive = root.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in root.children)
    return bool(lemmas & lexicon.ORDER) and (infinitive or (wanted is not None and wanted.lower_ == "to"))


def stance_of(cue: Sequence[Token], content: Sequence[Token]) -> Stance:
    """The stance of a source whose cue and content are these tokens of one parsed document."""
    words = {t.lower_ for t in cue}
    lemmas = {t.lemma_.lower() for t in cue}
    negated = bool(words & lexicon.NEGATIONS) or any(is_denied_by_subject(t) for t in cue)
    if declines(words, lemmas, negated=negated) or says_nothing(lemmas, content, negated=negated):
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
    if content[0].i > 0 and content[0].nbor(-1).lower_ == "whether":
        return Stance.DOUBTS  # "are investigating whether the mayor took money, they said"
    if polarity is Polarity.OPEN or (negated and lemmas & lexicon.SAY) or {"stop", "short"} <= words | lemmas:
        return Stance.DOUBTS
    if polarity is Polarity.NEGATIVE:
        return Stance.ASSERTS if _orders(lemmas, content) else Stance.DENIES  # "urged people not to drive"
    if polarity is Polarity.HEDGED or lemmas & lexicon.SUGGEST:
        return Stance.SUGGESTS
    return Stance.ASSERTS


def _by_denying(cue: Sequence[Token], content: Sequence[Token]) -> Stance | None:
    """The stance of a source whose cue sets it against the content; None for other cues."""
    lemmas = {t.lemma_.lower() for t in cue}
    if wants_none(cue, content):
        return Stance.DENIES
    negated = any(t.lower_ in lexicon.NEGATIONS or is_denied_by_subject(t) for t in cue)
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
    judged = pejorative_predicate(root, [*root.children])
    return polarity_of(content) is Polarity.NEGATIVE and not judged


def wants_none(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether a source "would have none of it" or "wanted nothing to do with it"."""
    lemmas = {t.lemma_.lower() for t in cue}
    nothing = "want" in lemmas and bool(lexicon.NOTHING_TO_DO.fullmatch(bare_words(content)))
    return nothing or any(idiom <= lemmas for idiom in lexicon.NONE_OF_IT)


def clears_itself(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether all that a source says is that it has done nothing: "its hands were clean"."""
    return _plainly_says(cue) and bool(lexicon.CLEARS_ITSELF.fullmatch(bare_words(content)))


def gainsays(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether all that a source says is that another is wrong: "nothing of the kind", "the opposite"."""
    return _plainly_says(cue) and bool(lexicon.GAINSAYS.fullmatch(bare_words(content)))


def rules_it_out(cue: Sequence[Token]) -> bool:
    """Whether the cue is "ruled out", whose "out" may stand after its object: "ruled that out"."""
    particles = (c for t in cue if t.lemma_.lower() == "rule" for c in t.children if c.dep_ == "prt")
    return any(c.lower_ == "out" for c in particles)


def _scorns(cue: Sequence[Token]) -> bool:
    """Whether the cue is "brushed off", "took issue with" or the like."""
    beside = {t.lower_ for verb in cue for t in (verb, *verb.children)}
    return any(lexicon.SCORN.get(t.lemma_.lower(), set()) & (beside | {""}) for t in cue)


def repeats(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether a source only says what was said before: "said the same", "agreed with her", "so did"."""
    if len(content) == 1 and content[0].lower_ == "so":
        return any(t.lemma_ == "do" for t in cue)
    agrees = any(t.lemma_.lower() == "agree" for t in cue) and content[0].lower_ == "with"
    return bool(cue) and (agrees or bool(lexicon.REPEATS.fullmatch(bare_words(content))))


def calls_liar(content: Sequence[Token]) -> bool:
    """Whether all that a source says is that another lies: "Mr Peskov was just lying"."""
    root = root_of(content)
    lies = root.lemma_ == "lie" and root.pos_ == "VERB" and not any(is_negator(c) for c in root.children)
    who = any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in root.children)
    where = any(c.dep_ in {"prep", "prt", "acomp"} or c.lower_ in {"ahead", "there"} for c in root.children)
    return lies and who and not where


def _plainly_says(cue: Sequence[Token]) -> bool:
    negated = any(t.lower_ in lexicon.NEGATIONS for t in cue)
    return not negated and any(t.lemma_.lower() in lexicon.PLAINLY_SAYS for t in cue)


def judges(lemmas: Set[str], content: Sequence[Token]) -> bool:
    """Whether a cue of these lemmas is "called" or the like, or the "found" of "found the claim absurd"."""
    verbal = root_of(content).pos_ in {"VERB", "AUX"}
    found = bool(lemmas & lexicon.FIND) and not verbal and _names_claim(content)
    return bool(lemmas & lexicon.JUDGE) or found


def _names_claim(content: Sequence[Token]) -> bool:
    """Whether something said is named in it: "the charge", or a pronoun for it."""
    return any(t.lemma_.lower() in lexicon.CLAIM_NOUN or t.lower_ in lexicon.POINTING for t in content)


def _pejorative(content: Sequence[Token]) -> bool:
    told = any((a.lower_, b.lower_) in lexicon.TALES for a, b in pairwise(content))
    verdicts = lexicon.PEJORATIVE - (set() if _names_claim(content) else lexicon.DEEDS)
    return told or any({t.lemma_.lower(), t.lower_} & verdicts for t in content)
