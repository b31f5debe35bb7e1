"""What a content may be, from "no such thing" to any clause, and how each is worded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.idioms import held_responsible
from verify.attribution.phrases import SUBJECTS, root_of
from verify.attribution.silence import APPROACHED, will_not_comment
from verify.attribution.stance import (
    calls_liar,
    clears_itself,
    cue_class_of,
    gainsays,
    judges,
    repeats,
    wants_none,
)
from verify.proposition.accuse import accusation, cause_in, laid_at, subject
from verify.proposition.affirm import positive
from verify.proposition.answers import (
    FINITE,
    POINTING,
    denies_such,
    elided,
    figure_told,
    hedged_clause,
    judged_clause,
    judged_subject,
    judges_back,
    not_ruled_out,
    only_denies,
    open_clause,
    points_back,
    says_nothing_such,
    tells_what,
    told_clause,
    without_copula,
)
from verify.proposition.contents import clause_content, noun_content, says_by_itself, there
from verify.proposition.equate import (
    IDENTIFY,
    at_figure,
    equation,
    has_verdict,
    is_participle,
    target_and_verdict,
)
from verify.proposition.held import QUESTION
from verify.proposition.words import UNSAID, Wording, has_subject, say, sentence
from verify.reference import called
from verify.types import CueClass, Source, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


WANTS = (lexicon.ORDER | lexicon.FEEL) - {"tell", "warn", "fear", "feel"} | {"promise", "pledge", "offer"}
"""Cues of which "the same" is what is wanted or promised: "demanded the same"."""

WISH = frozenset("desire seek want".split())
"""Cues of which the object is wanted, and so isn't there yet."""

ACTS = dict.fromkeys(APPROACHED, "speak") | {"have": "comment"}
"""What is declined by "would not be drawn (on it)" and "had no comment (on it)"."""

OF_MATTERS = {"comment": "comment on", "speak": "speak of"}
"""The same where only the matter itself was taken for the content."""

FORESEE = frozenset("expect forecast foresee pledge predict promise".split())
"""Cues of which the object is still to come: "predicted a strike"."""


@dataclass(frozen=True, slots=True)
class Said:
    """A content (not empty) with all that its wording depends on; `lemmas` are those of its cue."""

    cue: Sequence[Token]
    content: Sequence[Token]
    source: Source
    stance: Stance
    lemmas: frozenset[str]
    root: Token

    @property
    def denied(self) -> bool:
        """Whether the source denies it."""
        return self.stance is Stance.DENIES

    @property
    def verbal(self) -> bool:
        """Whether a verb heads the content, other than one that only completes a judgement or a figure."""
        completes = self.root.dep_ == "oprd" or is_participle(self.root)
        judged = completes and bool(self.lemmas & lexicon.JUDGE)
        figured = bool(self.lemmas & lexicon.PUT_AT) and at_figure(self.content)
        named = any(c.dep_ == "det" for c in self.root.children)
        return self.root.pos_ in {"VERB", "AUX"} and not (judged or figured or named)

    @property
    def judges(self) -> bool:
        """Whether the cue is of the pattern "called X Y" or "put X at Y"."""
        identified = bool(self.lemmas & IDENTIFY) and any(t.lower_ == "as" for t in self.content[1:-1])
        cued = identified or bool(self.lemmas & (lexicon.PUT_AT | lexicon.JUDGE | lexicon.MOVE))
        return cued and not self.verbal

    @property
    def accuses(self) -> bool:
        """Whether the content is whom the cue accuses, and of what; not "charges that it sold arms"."""
        marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in self.root.children)
        told = marked or any(t.tag_ in FINITE for t in (self.root, *self.root.children))
        clause = self.root.pos_ in {"VERB", "AUX"} and told and has_subject(self.root, self.content)
        idiom = any(words <= self.lemmas for words in lexicon.IDIOMS)
        return (idiom or bool(self.lemmas & lexicon.BLAME)) and not clause


def _declined(said: Said) -> Wording | None:
    """ "declined (to comment)" answers whatever was said; "(would not say) how many men it lost"."""
    if said.stance is not Stance.DECLINES:
        return None
    asks = said.content[0].tag_ in QUESTION
    # Who won't say on what answers only what is said of them.
    bare = not any(t.lower_ in {"about", "of", "on"} or t.lower_ in POINTING for t in said.content)
    if will_not_comment(said.content):
        who = "" if has_subject(said.root, said.content) else f"{called(said.source)} "
        return Wording(sentence(f"{who}{say(said.content, said.source)}"), answers=True, needs_name=bare)
    if not asks and any(t.dep_ in SUBJECTS | {"expl"} for t in said.content):
        return None
    return Wording(sentence(f"{called(said.source)} {_declines_to(said)}"), answers=not asks, needs_name=bare)


def _declines_to(said: Said) -> str:
    """What is declined, as a predicate: "will name the supplier", "will discuss the terms"."""
    first, told = said.content[0], say(said.content, said.source)
    verb = next((t for t in reversed(said.cue) if t.pos_ == "VERB"), None)
    if first.tag_ in FINITE:
        # "had no comment", where that is all there is; "no one from it (has commented)"
        return "will comment" if {t.lower_ for t in said.cue} <= lexicon.NOBODY else told
    if first.tag_ in QUESTION or verb is None:
        return f"will say {told}"
    if first.tag_ in {"VB", "TO"}:
        return f"will {told.removeprefix('to ')}"
    if first.lower_ in {"no", "nothing"}:
        return f"{verb.text} {told}"
    act = ACTS.get(verb.lemma_, verb.lemma_)
    return f"will {act if first.pos_ == 'ADP' else OF_MATTERS.get(act, act)} {told}"


def _cleared(said: Said) -> Wording | None:
    """ "its hands were clean"."""
    if said.denied and clears_itself(said.cue, said.content):
        return Wording(sentence(f"{called(said.source)} was to blame"), answers=True, needs_name=True)
    return None


def _turned_round(said: Said) -> Wording | None:
    """ "the opposite", "it had done no such thing"."""
    turned = (
        gainsays(said.cue, said.content)
        or says_nothing_such(said.root)
        or (wants_none(said.cue, said.content) and not points_back(said.root, said.content))
    )
    return Wording(UNSAID, answers=True) if said.denied and turned else None


def _such(said: Said) -> Wording | None:
    """ "no such raid took place", "(rejected) any such link"."""
    if not said.denied or not denies_such(said.root, said.content):
        return None
    if said.root.pos_ in {"VERB", "AUX"}:
        return Wording(positive(said.content, said.source), answers=True)
    kept = [t for t in said.content if t.lower_ not in {"any", "no"}]
    return Wording(sentence(f"There was {say(kept, said.source)}"), answers=True)


def _repeated(said: Said) -> Wording | None:
    """ "the same", as what is said; not what is wanted."""
    if said.lemmas & WANTS or not repeats(said.cue, said.content):
        return None
    return Wording(sentence(say(said.content, said.source)), answers=True, repeats=True)


def _elided(said: Said) -> Wording | None:
    """ "it plainly is", "not before the spring"."""
    if said.denied and only_denies(said.content):
        return Wording(sentence(say(said.content, said.source)), answers=True, elided=True)
    if elided(said.root, said.content):
        return Wording(positive(said.content, said.source), answers=True, elided=True)
    return None


def _called_liar(said: Said) -> Wording | None:
    """ "Mr Peskov was lying"."""
    if said.denied and calls_liar(said.content):
        return Wording(sentence(say(said.content, said.source)), answers=True, needs_citing=True)
    return None


def _left_open(said: Said) -> Wording | None:
    """ "(could) not tell whether P", "(had) no evidence that P", "(could) not rule out a leak"."""
    if said.stance is not Stance.DOUBTS:
        return None
    if clause := open_clause(said.root, said.content):
        return Wording(positive(clause, said.source, denied=True))
    thing = not_ruled_out(said.root, said.content)
    return noun_content(thing, said.source, denied=True) if thing else None


def _wanted(said: Said) -> Wording | None:
    """ "(called for) an inquiry", "(expects) more records"."""
    wished = bool(said.lemmas & WISH)
    asked = wished or cue_class_of(said.cue, said.content, said.stance) is CueClass.ORDERS
    if said.denied or said.root.pos_ not in {"NOUN", "PROPN"} or not (asked or said.lemmas & FORESEE):
        return None
    return Wording(there(said.content, said.root, said.source, "should be" if asked else "will be"))


def _linked(said: Said) -> Wording | None:
    """ "(rejected) any link with the vote", which is no more the source's own than another's."""
    apart = said.lemmas & {"dismiss", "reject", "rule"} and said.root.lower_ in {
        "connection",
        "link",
        "links",
    }
    owned = any(c.dep_ == "poss" for c in said.root.children)
    if not said.denied or not apart or owned:
        return None
    return Wording(there(said.content, said.root, said.source, "was" if said.root.tag_ == "NN" else "were"))


def _infinitive(said: Said) -> Wording | None:
    """ "(judged) it not to be robust", "(expects) the strike to end"."""
    pejorative = any({t.lower_, t.lemma_.lower()} & lexicon.PEJORATIVE for t in said.content)
    to = any(c.dep_ == "aux" and c.lower_ == "to" for c in said.root.children)
    passive = any(t.dep_ == "auxpass" for t in said.cue)
    raised = passive and any(t.dep_ == "nsubjpass" and t.head in said.cue for t in said.content)
    apart = said.lemmas & (FORESEE | lexicon.JUDGE) and said.content[0].dep_ in {"det", "poss", *SUBJECTS}
    told = raised or apart or has_subject(said.root, said.content)  # "the trial (is expected) to last"
    if not (said.verbal and to and told) or pejorative:
        return None
    text = positive(said.content, said.source, denied=said.denied)
    will = " should " if said.lemmas & lexicon.ORDER else " will "
    finite = {" to be ": " was ", " to have ": " had ", " to ": will}
    found = next((infinitive for infinitive in finite if infinitive in text), "")
    return Wording(text.replace(found, finite[found], 1)) if found else None


def _laid_at(said: Said) -> Wording | None:
    """ "(attributed) the loss to a wave"."""
    # A parser may take the cause for an infinitive: "to rust".
    verbal = said.verbal and said.root.tag_ != "VB"
    text = None if said.denied or verbal else laid_at(said.content, said.lemmas, said.source)
    return Wording(sentence(text)) if text is not None else None


def _cause_in(said: Said) -> Wording | None:
    """ "(saw) the cause in a valve"."""
    text = cause_in(said.content, said.source) if said.lemmas & {"see", "find", "seek"} else None
    clause = any(t.tag_ in FINITE and t.head == said.root for t in said.content)
    return (
        Wording(sentence(text)) if text is not None and not (said.denied or said.verbal or clause) else None
    )


def _verdict(said: Said) -> Wording | None:
    """ "(called) the release a mistake"."""
    return _equated(said) if not said.denied and has_verdict(said.content) else None


def _accusation(said: Said) -> Wording | None:
    """ "(accused) the firm of fraud"."""
    return _blame(said) if not said.denied and len(said.content) > 1 else None


def _held_responsible(said: Said) -> Wording | None:
    """ "(said) it held Moscow responsible"."""
    held = held_responsible(said.root)
    own = any(c.dep_ in SUBJECTS and c.pos_ == "PRON" for c in said.root.children)
    if held is None or not own or said.denied:
        return None
    ids = {t.i for t in said.content}
    return Wording(sentence(accusation([t for t in held[1] if t.i in ids], said.source)))


def _what_is_said(said: Said) -> Wording | None:
    """ "(denies) what Holt says"."""
    says = said.root.lemma_.lower() in lexicon.SAY and has_subject(said.root, said.content)
    if said.content[0].lower_ != "what" or not says or said.content[0].head != said.root:
        return None
    return Wording(sentence(say(said.content, said.source)), answers=True, needs_citing=True)


def _pointing_back(said: Said) -> Wording | None:
    """ "it", "that account", "this never happened"."""
    if (
        said.denied
        and said.verbal
        and said.content[0].lower_ == "not"
        and judges_back(said.root, said.content)
    ):
        return Wording(positive(said.content, said.source), answers=True)
    text = sentence(say(said.content, said.source))
    if points_back(said.root, said.content):
        return Wording(text, answers=True, alone=_alone(said))
    return Wording(text, answers=True) if said.verbal and judges_back(said.root, said.content) else None


def _alone(said: Said) -> str:
    """What is told of by "it" or "(called) the idea absurd" where nothing before is meant."""
    if said.root.pos_ in {"DET", "PRON"}:
        return UNSAID
    judged = any(t.lower_ in lexicon.PEJORATIVE for t in said.content if t.i > said.root.i)
    told = [t for t in said.content if t.i <= said.root.i] if judged else said.content
    return noun_content(told, said.source, denied=False).text


def _called_a_lie(said: Said) -> Wording | None:
    """ "(called) the report absurd": the report's own content, wherever that stands; "(called) it a lie"."""
    whole = said.verbal and any(c.dep_ in {"aux", "auxpass", "mark"} for c in said.root.children)
    if whole or not (said.denied and judges(said.lemmas, said.content)):
        return None
    content, source = without_copula(said.content), said.source
    target, _ = target_and_verdict(content)
    root = root_of(target) if target else root_of(content)
    if root.lemma_.lower() in lexicon.CLAIM_NOUN and (clause := told_clause(root, content)):
        return Wording(positive(clause, source, denied=True))
    if target and not points_back(root, target) and tells_what(root):
        return noun_content(target, source, denied=True)
    if target and (figure := figure_told(root, target)):
        return Wording(sentence(f"The {root.text} was {say(figure, source)}"), answers=True)
    if content[0].lower_ == "as":  # "(the bid was dismissed) as derisory", unlike "(the claim was dismissed)"
        verbs = [v for t in said.cue for v in ((t, t.head) if t.dep_ == "conj" else (t,))]
        judged = [c for verb in verbs for c in verb.children if c.dep_ == "nsubjpass"]
        claim = any(c.lemma_.lower() in lexicon.CLAIM_NOUN or c.lower_ in POINTING for c in judged)
        return Wording(UNSAID, answers=claim or not judged)
    return Wording(sentence(f"It was {say(content, source)}"), answers=True)


def _called_false(said: Said) -> Wording | None:
    """ "claims that P are untrue", "it is impossible that P"."""
    if not said.denied:
        return None
    if clause := judged_clause(said.root, said.content):
        return Wording(positive(clause, said.source, denied=True))
    subject = judged_subject(said.root, said.content)
    return noun_content(subject, said.source, denied=True) if subject else None


def _called_likely(said: Said) -> Wording | None:
    """ "it was almost certain that P"."""
    clause = hedged_clause(said.root, said.content) if said.stance is Stance.SUGGESTS else []
    return Wording(positive(clause, said.source)) if clause else None


def _blame(said: Said) -> Wording | None:
    """The same where it is denied, or names nobody but the accused."""
    if not said.accuses:
        return None
    return Wording(sentence(accusation(said.content, said.source, blamed="blame" in said.lemmas)))


def _equated(said: Said) -> Wording | None:
    """ "(put) the toll at 53", "(what she called) a disgrace"."""
    text = equation(said.content, said.source, said.lemmas) if said.judges else None
    what = any(c.lower_ == "what" for t in said.cue for c in t.children) and said.content[0].lower_ != "as"
    if text is not None and what:
        text = f"{'They were' if said.root.tag_ == 'NNS' else 'It was'} {say(said.content, said.source)}"
    return Wording(sentence(text)) if text is not None else None


def _directed(said: Said) -> Wording | None:
    """ "(urged) them to leave", "(urged them) not to leave"."""
    text = say(said.content, said.source)
    opens = said.content[0].lower_
    if opens == "to" or (opens == "not" and said.content[1:] and said.content[1].lower_ == "to"):
        whom = _told(said)
        if not (whom and said.lemmas & lexicon.ORDER):
            return None
        text = f"{subject(whom, said.source)[0]} {text}"
    elif not (said.lemmas & lexicon.DIRECT_TO and any(t.lower_ == "to" for t in said.content)):
        to_do = said.root.tag_ == "VB" and any(
            c.lower_ == "to" and c.dep_ == "aux" for c in said.root.children
        )
        if not (said.lemmas & lexicon.ORDER and to_do):
            return None
    infinitive, should = (" not to ", " should not ") if " not to " in text else (" to ", " should ")
    return Wording(sentence(text.replace(infinitive, should, 1)))


def _told(said: Said) -> list[Token]:
    """Whom an order is given to, where they stand before the content."""
    first = said.content[0]
    verbs = [t for t in said.cue if t.lemma_.lower() in lexicon.ORDER]
    objects = (c for verb in (*verbs, said.root) for c in verb.children if c.dep_ in {"dobj", "nsubj"})
    whom = next((c for c in objects if c.i < first.i and all(c.i > verb.i for verb in verbs)), None)
    return [t for t in whom.subtree if t.i < first.i] if whom is not None and verbs else []


def _no_thing(said: Said) -> Wording | None:
    """ "(apologised) without reservation", "(backed) her": names no thing, and keeps the draft's words."""
    cue = [t for t in said.cue if t.pos_ in {"VERB", "AUX"}]
    told = said.root.pos_ == "ADP" or said.root.tag_ == "PRP"
    if said.denied or not told or not cue or cue[-1].i > said.content[0].i or cue[0].tag_ not in FINITE:
        return None
    return Wording(sentence(f"{called(said.source)} {say([*said.cue, *said.content], said.source)}"))


def _clause(said: Said) -> Wording | None:
    if said.verbal or said.root.tag_ == "VBG" or says_by_itself(said.root, said.content):
        unsaid = said.denied or said.stance is Stance.DECLINES
        return clause_content(said.root, said.content, said.source, denied=unsaid)
    return None


PATTERNS: tuple[Callable[[Said], Wording | None], ...] = (
    _declined,
    _cleared,
    _turned_round,
    _such,
    _repeated,
    _elided,
    _called_liar,
    _left_open,
    _wanted,
    _linked,
    _infinitive,
    _laid_at,
    _cause_in,
    _verdict,
    _accusation,
    _held_responsible,
    _what_is_said,
    _pointing_back,
    _called_a_lie,
    _called_false,
    _called_likely,
    _blame,
    _equated,
    _directed,
    _clause,
    _no_thing,
)
"""What a content may be, the first that fits; it is a noun phrase where none does."""
