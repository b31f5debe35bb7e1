"""Contents by their form: a clause, or a noun phrase that names a deed, a claim, or what there was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.phrases import SUBJECTS, root_of
from verify.proposition.accuse import MADE_IN, accusation, past
from verify.proposition.affirm import article, positive, without_mark
from verify.proposition.answers import FINITE, POINTING, STATED, accused_in, figure_told, told_in
from verify.proposition.words import Wording, has_subject, say, sentence
from verify.reference import called, noun_phrase, reference
from verify.types import Sort, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

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

OF_SOMEBODY = frozenset("hand involvement complicity role".split())
"""Of these, those that an "of" gives to somebody: "the hand of Moscow"."""

CHARGES = frozenset("accusation allegation charge".split())
"""Claim nouns that are of what was done by who denies them: "rejected the charge of neglect"."""

CRIMES = frozenset(
    """abuse bribery collusion conspiracy corruption doping embezzlement extortion forgery fraud genocide
    manslaughter misconduct murder neglect negligence perjury rape theft torture treason""".split()
)
"""What somebody denies having done: "denied fraud"."""

PERFORM = frozenset("orchestrate carry organise organize plan stage perpetrate mount conduct launch".split())
"""Verbs that only say that an act was done."""

DETERMINERS = frozenset("all any no that the these this those".split())
"""What "there was" doesn't take; an article is put in its place."""

UNIQUE = frozenset({"only", "same"})
"""Words behind "the" that no "a" goes before."""

SUBORDINATE = frozenset({"relcl", "advcl", "ccomp", "csubj"})
"""What a verb of another clause depends by; one that "that" opens is another clause too."""


def clause_content(root: Token, content: Sequence[Token], source: Source, *, denied: bool) -> Wording:
    """From a clause: in the positive, with the subject that it leaves unsaid."""
    first = next((t for t in content if not t.is_punct), content[0])
    words = [t for t in content if not t.is_punct]
    subjectless = not any(c.dep_ in SUBJECTS for c in root.children)
    own_part = root.lemma_ in {"have", "play", "take"} and any(
        c.dep_ == "dobj" and c.lower_ in NOMINAL and any(g.lower_ in POINTING for g in c.subtree)
        for c in root.children
    )
    if subjectless and (first.lower_ in {"having", "being"} or root.tag_ == "VBG"):
        text = sentence(f"{called(source)} {past(words, source)}")
    elif subjectless and first.lower_ == "to" and first.head == root:
        text = sentence(f"{_raised_subject(root, source)} will {say(words[1:], source)}")
    else:
        text = positive(content, source, denied=denied)
        if subject := _unsaid_subject(root, content, source):
            opens = first.pos_ != "PROPN" and text.lower().startswith(first.lower_)
            text = sentence(f"{subject} {text[0].lower() + text[1:] if opens else text}")
    return Wording(text, answers=own_part, needs_name=own_part)


def _raised_subject(root: Token, source: Source) -> str:
    """The trial in "the trial, which is expected (to last three weeks)"; else the source itself."""
    subject = next((c for c in root.head.children if c.dep_ == "nsubjpass"), None)
    if subject is None or root.dep_ != "xcomp":
        return called(source)
    told = root.head.head if subject.tag_ in {"WDT", "WP"} and root.head.dep_ == "relcl" else subject
    return noun_phrase(told)


def _unsaid_subject(root: Token, content: Sequence[Token], source: Source) -> str:
    """The subject that a content leaves out, with its auxiliaries: "a film which it said (showed Guards)"."""
    ids = {t.i for t in content}
    outside = [c for c in root.children if c.i < content[0].i and c.i not in ids]
    subject = next((c for c in outside if c.dep_ in SUBJECTS), None)
    helped = any(c.dep_ == "aux" and c.tag_ in FINITE for c in root.children)
    if subject is None or (root.tag_ == "VB" and not helped) or has_subject(root, content):
        return _before_aside(root, content) if subject is None else ""
    phrase = [*subject.subtree]
    if any(t.i in ids for t in phrase):
        return say([t for t in phrase if t.i < content[0].i], source)
    if subject.tag_ in {"WDT", "WP"}:
        clause = next((a for a in (root, *root.ancestors) if a.dep_ == "relcl"), None)
        said = noun_phrase(clause.head) if clause is not None else ""
    else:
        said = reference(subject, source) or noun_phrase(subject)
    helpers = " ".join(c.text for c in outside if c.dep_ in {"aux", "auxpass"})
    return f"{said} {helpers}".strip()


def _before_aside(root: Token, content: Sequence[Token]) -> str:
    """The subject that a "he said" between commas parts from its verb: "the guards, he said, (fled)"."""
    first = content[0]
    before = [t for t in first.doc[first.sent.start : first.i] if not t.is_quote]
    says = before[-2:-1]
    aside = [t.text == "," for t in (*before[-1:], *before[-4:-3])] == [True, True]
    told = aside and says[0].lemma_.lower() in lexicon.SAY and before[-3].pos_ == "PRON"
    if not told or root.tag_ not in FINITE or first not in {root, *root.children}:
        return ""
    phrase = [*takewhile(lambda t: not t.is_punct and t.pos_ not in {"VERB", "AUX"}, reversed(before[:-4]))]
    return "".join(t.text_with_ws for t in reversed(phrase)).strip()


def says_by_itself(root: Token, content: Sequence[Token]) -> bool:
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


def noun_content(content: Sequence[Token], source: Source, *, denied: bool) -> Wording:
    """From a noun phrase: what its source did, what a claim noun is about, or what there was."""
    root = root_of(content)
    ids = {t.i for t in content}
    rest = [t for t in content if t.i > root.i]
    lemma = root.lower_ if root.lower_ in NOMINAL else root.lemma_.lower()
    between = any(t.lower_ == "between" for t in rest[:1])  # a link between others
    if lemma in NOMINAL and not between:
        return _deed(content, root, NOMINAL[lemma], source)
    if lemma in lexicon.CLAIM_NOUN | STATED and rest:
        if (inner := told_in(root, ids)) is not None:
            return Wording(positive(without_mark(inner, ids), source, denied=denied))
        if accused := accused_in(root, ids):
            return Wording(sentence(accusation(accused, source)))
    if lemma in lexicon.CLAIM_NOUN and rest and (rest[0].lower_ in {"about", "of", "on"} or rest[0].is_quote):
        if counted := figure_told(root, content):
            return Wording(sentence(f"The {root.text} was {say(counted, source)}"))
        charged = lemma in CHARGES and rest[0].lower_ == "of" and len(rest) > 1 and not _names_whose(rest)
        return _guilty(rest[1:], source) if denied and charged else _what_it_is_about(rest[1:], source)
    if denied and content[0].lemma_.lower() in CRIMES:
        return _guilty(content, source)
    if root.pos_ == "ADJ" and (judged := [c for c in root.children if c.dep_ in SUBJECTS and c.i in ids]):
        return _judgement(content, judged[0], source)
    return _what_there_was(content, root, source, denied=denied)


def _deed(content: Sequence[Token], noun: Token, did: str, source: Source) -> Wording:
    """What somebody did, by a noun of it: "(denied) involvement in the attack"."""
    owner = _owner(noun, {t.i for t in content})
    rest = [t for t in content if t.i > noun.i and t not in owner] or _deed_behind(noun, content)
    whole = any(t.dep_ == "pobj" and t.lower_ not in POINTING for t in rest)
    whose = say([t for t in owner if t.head != noun or t.dep_ == "poss"], source) or called(source)
    text = f"{whose} {did} {say(_without_performing(rest), source)}"
    return Wording(sentence(text), answers=not (whole or owner), needs_name=True)


def _guilty(charge: Sequence[Token], source: Source) -> Wording:
    """What a source that denies it is charged with."""
    return Wording(sentence(f"{called(source)} {_was(source)} guilty of {say(charge, source)}"))


def _what_it_is_about(told: Sequence[Token], source: Source) -> Wording:
    """What stands behind "claims of", as something that there was."""
    several = bool(told) and root_of(told).tag_ in {"NNS", "NNPS"}
    return Wording(sentence(f"There {'were' if several else 'was'} {say(told, source)}"))


def _judgement(content: Sequence[Token], judged: Token, source: Source) -> Wording:
    """ "(declared) the vaccine safe", which leaves the copula out."""
    end = judged.right_edge.i
    what, how = ([t for t in content if (t.i <= end) is first] for first in (True, False))
    was = "were" if judged.tag_ in {"NNS", "NNPS"} else "was"
    return Wording(sentence(f"{say(what, source)} {was} {say(how, source)}"))


def _what_there_was(
    content: Sequence[Token], root: Token, source: Source, *, denied: bool = False
) -> Wording:
    """A thing without more, as something that there was: "(denied) any delay", "(rejected) the offer"."""
    if len(content) > 2 and content[-1].pos_ == "ADP" and content[-1].head not in content:
        content = content[:-1]  # "(named) four dates (on which P)"
    if root.tag_ == "NNS" and not denied and any(_says_of(t, root) for t in content):
        return Wording(sentence(say(content, source)))
    plural = root.tag_ in {"NNS", "NNPS"} or any(_counts(t) and t.i <= root.i for t in content)
    return Wording(there(content, root, source, "were" if plural else "was"))


def there(content: Sequence[Token], root: Token, source: Source, verb: str) -> str:
    """ "There was an offer." of "the offer", with this `verb`; a thing is "the" one no longer."""
    first, *rest = content
    kept = rest if rest and first.lower_ in DETERMINERS and first.head == root else content
    unique = kept[0].lower_ in UNIQUE or kept[0].tag_ == "JJS"
    opening = "" if kept is content or kept[0].tag_ == "CD" else "the" if unique else article(first)
    said = say(kept, source)
    if said.startswith(kept[0].text) and _opens_sentence(kept[0]):
        said = said[:1].lower() + said[1:]
    return sentence(f"There {verb} {opening} {said}")


def _opens_sentence(word: Token) -> bool:
    """Whether a word has its capital only from where it stands."""
    before = word.doc[word.sent.start : word.i]
    return (
        all(t.is_quote for t in before) and word.pos_ != "PROPN" and not word.ent_type_ and not word.is_upper
    )


def _says_of(verb: Token, noun: Token) -> bool:
    """Whether a finite verb right behind a noun says something of it: "the layers resembled folds"."""
    object_ = any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children)
    return verb.head == noun and verb.i == noun.i + 1 and object_ and verb.tag_ in {"VBD", "VBN"}


def _counts(word: Token) -> bool:
    return word.tag_ == "CD" and word.lower_ not in {"one", "1"}


def _deed_behind(noun: Token, content: Sequence[Token]) -> list[Token]:
    """The "in the attacks" that a content leaves out behind its last word: "(denied) any part"."""
    after = content[-1].nbor(1) if content[-1].i + 1 < len(noun.doc) else noun
    objects = [c for c in after.children if c.dep_ == "pobj"]
    told = after.lower_ in {"in", "for", "with"} and after.head in {noun, noun.head}
    deed = told and not any(c.ent_type_ or c.lemma_.lower() in MADE_IN for c in objects)
    return list(after.subtree) if deed else []


def _was(source: Source) -> str:
    return "were" if source.sort is Sort.PLURAL else "was"


def _names_whose(rest: Sequence[Token]) -> bool:
    """Whether the deed that a charge is of has somebody of its own: "of a leak by Korvex"."""
    return any(t.dep_ in {"poss", "agent"} or t.lower_ == "by" for t in rest)


def _owner(deed: Token, ids: set[int]) -> list[Token]:
    """Whose it is: "Iran’s" of "Iran’s role", "of Iran" of "the hand of Iran"; empty for the source's own."""
    for child in deed.children:
        of = child.lower_ == "of" and deed.lemma_.lower() in OF_SOMEBODY
        if child.i in ids and (of or (child.dep_ == "poss" and child.pos_ != "PRON")):
            return [t for t in child.subtree if t.dep_ != "case" or t.head != child]
    return []


def _without_performing(rest: Sequence[Token]) -> list[Token]:
    """ "for the attack" of "for orchestrating the attack": to have carried it out adds nothing."""
    gone = {t.i for t in rest if t.tag_ == "VBG" and t.lemma_ in PERFORM and t.dep_ == "pcomp"}
    return [t for t in rest if t.i not in gone and not (t.dep_ == "prt" and t.head.i in gone)]
