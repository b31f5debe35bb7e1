"""The proposition of a claim: a sentence of its own, in the positive, without frame, hedge or negation.

"denied any part in the attacks" becomes "Iran had a part in the attacks.", "accused the United States
of having ordered a strike" becomes "The United States had ordered a strike."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.stance import is_negator, root_of
from verify.types import Source, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBSTITUTES = {"no": "", "none": "some", "nobody": "somebody", "nothing": "something", "neither": "", "nor": "or", "cannot": "can", "nowhere": "somewhere"}
"""The positive of a negative word."""

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

FIRST = {"i": "", "we": "", "us": "", "me": "", "our": "'s", "my": "'s", "ours": "'s"}
HE = frozenset({"he", "she"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A proposition, and whether it only answers an earlier claim ("denied it").

    `needs_name`: only a claim that names the answering party can be meant ("denied involvement").
    """

    text: str
    answers: bool
    needs_name: bool = False


def proposition_of(
    cue: Sequence[Token], content: Sequence[Token], source: Source, stance: Stance
) -> Wording:
    """Word the proposition of a content (not empty) for a source and its stance."""
    lemmas = {t.lemma_.lower() for t in cue}
    root = root_of(content)
    words = {t.lower_ for t in content if not t.is_punct}
    if stance is Stance.DECLINES and not any(t.dep_ in {"nsubj", "nsubjpass"} for t in content):
        return Wording(_sentence(_say(content)), answers=True)
    if _refers_back(root, content):
        return Wording(_sentence(_say(content)), answers=True)
    if lemmas & lexicon.JUDGE and stance is Stance.DENIES:
        target = _before_verdict(content)
        return Wording(_sentence(f"It was {_say(content)}"), answers=True) if not _contentful(target) else _noun_content(target, source)
    if stance is Stance.DENIES and (clause := judged_clause(root, content)):
        return Wording(positive(clause, source), answers=False)
    if lemmas & lexicon.BLAME:
        return Wording(_sentence(_blamed(content)), answers=False)
    if lemmas & (lexicon.PUT_AT | lexicon.JUDGE) and root.pos_ not in {"VERB", "AUX"}:
        return Wording(_sentence(_equated(content)), answers=False)
    if lemmas & lexicon.DIRECT_TO and any(t.lower_ == "to" for t in content):
        return Wording(_sentence(_say(content).replace(" to ", " should ", 1)), answers=False)
    if root.pos_ in {"VERB", "AUX"} and (root.tag_ != "VBG" or any(t.dep_ in {"nsubj", "nsubjpass", "aux"} and t.i < root.i and t.head == root and t.lower_ not in {"having", "being"} for t in content)):
        return Wording(positive(content, source), answers="it" in words and len(words) <= 3)
    if root.tag_ == "VBG":
        return Wording(_sentence(_finite(content, source)), answers=False)
    return _noun_content(content, source)


def positive(content: Sequence[Token], source: Source | None = None) -> str:
    """The clause `content` as a sentence without its negation and hedges, first persons named."""
    root = root_of(content)
    ids = {t.i for t in content}
    main = {root.i, *(c.i for c in root.children if c.i in ids)}
    scope = main | {g.i for c in root.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "acomp", "advmod", "expl", "xcomp"} for g in c.children}
    parts: list[str] = []
    for token in content:
        word = token.text
        if token.i in scope:
            word = _unhedged(token, root)
        word = _agreeing(token, _named(token, word, source, root))
        parts.append((word or " ") + (token.whitespace_ or _gap(token, ids)))
    return _sentence("".join(parts))


def _unhedged(token: Token, root: Token) -> str:
    lower = token.lower_
    if is_negator(token):
        return SUBSTITUTES.get(lower, "")
    if lower in {"may", "might"} and token.dep_ == "aux":
        following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        return "" if following in {"have", "be"} else "will"
    if token.i > 0 and token.nbor(-1).lower_ in {"may", "might"} and token.nbor(-1).dep_ == "aux":
        return {"have": "had", "be": "is"}.get(lower, token.text)
    if lower in lexicon.HEDGES and token.dep_ == "advmod":
        return ""
    return token.text


def _named(token: Token, word: str, source: Source | None, root: Token) -> str:
    """The source's name for its first persons, and for the he, she or it that opens its own indirect speech."""
    if source is None or not word:
        return word
    if token.lower_ in FIRST and token.pos_ == "PRON":
        return source.name + FIRST[token.lower_]
    if token.lower_ in HE and token.dep_ in {"nsubj", "nsubjpass"} and token.head == root and source.name.lower() not in HE:
        return source.name
    return word


def _agreeing(token: Token, word: str) -> str:
    """The verb after a first person that gave way to a name: "we have" becomes "X has"."""
    if token.pos_ in {"AUX", "VERB"} and token.i > 0:
        subject = next((c for c in (token, token.head) for c in c.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and subject.lower_ in {"i", "we"} and abs(token.i - subject.i) <= 2:
            return {"have": "has", "are": "is", "am": "is", "were": "was", "do": "does"}.get(word.lower(), word)
    return word


def _gap(token: Token, ids: set[int]) -> str:
    """A space where the next token of the content doesn't follow at once in the text."""
    return " " if token.i + 1 not in ids else ""


def _refers_back(root: Token, content: Sequence[Token]) -> bool:
    """Whether a noun content only points back: "it", "that account", "the accusations", "both claims"."""
    if root.pos_ in {"VERB", "AUX"}:
        return False
    if root.lower_ in {"it", "this", "that", "them", "so", "these", "those", "which"}:
        return True
    if root.lemma_.lower() not in lexicon.CLAIM_NOUN and root.lower_ not in lexicon.CLAIM_NOUN:
        return False
    ids = {t.i for t in content}
    return not any(c.dep_ in {"acl", "ccomp", "relcl"} or (c.dep_ == "prep" and c.lower_ in {"of", "that", "about"}) for c in root.children if c.i in ids)


def judged_clause(root: Token, content: Sequence[Token]) -> list[Token]:
    """The P of "it was absurd to suggest that P" and "it is false that P"; empty for other contents."""
    if root.lemma_ != "be" or not any(c.lower_ in lexicon.PEJORATIVE for c in root.children if c.dep_ in {"acomp", "attr"}):
        return []
    ids = {t.i for t in content}
    clauses = [t for t in content if t.dep_ in {"ccomp", "advcl"} and t.i > root.i and any(g.lower_ == "that" for g in t.children)]
    return [t for t in clauses[0].subtree if t.i in ids and not (t.dep_ == "mark" and t.head == clauses[0])] if clauses else []


def _before_verdict(content: Sequence[Token]) -> list[Token]:
    """The thing judged in "the release as a mistake" or "the report absurd"."""
    root = root_of(content)
    verdict = next((t.i for t in content if t.i > root.i and (t.lower_ == "as" or t.is_quote or t.pos_ == "ADJ" or t.lower_ in lexicon.PEJORATIVE)), None)
    return [t for t in content if verdict is None or t.i < verdict]


def _contentful(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and any(t.pos_ in {"NOUN", "PROPN", "VERB"} for t in tokens) and not _refers_back(root_of(tokens), tokens)


def _noun_content(content: Sequence[Token], source: Source) -> Wording:
    """A proposition from a noun phrase: what its source did, what a claim noun is about, or what there was."""
    root = root_of(content)
    ids = {t.i for t in content}
    rest = [t for t in content if t.i > root.i]
    lemma = root.lower_ if root.lower_ in NOMINAL else root.lemma_.lower()
    if lemma in NOMINAL:
        text = f"{source.name} {NOMINAL[lemma]} {_say(rest)}"
        return Wording(_sentence(text), answers=not any(t.dep_ == "pobj" for t in rest), needs_name=True)
    if lemma in lexicon.CLAIM_NOUN and rest:
        inner = [c for c in root.children if c.dep_ in {"acl", "ccomp", "relcl"} and c.i in ids]
        if inner:
            clause = [t for t in inner[0].subtree if t.i in ids and not (t.dep_ == "mark" and t.lower_ == "that")]
            return Wording(positive(clause), answers=False)
        return Wording(_sentence(f"There was {_say(rest[1:])}"), answers=False)
    kept = [t for t in content if not (t.lower_ in {"any", "all", "no", "the"} and t.i == content[0].i)]
    plural = root.tag_ in {"NNS", "NNPS"} or any(t.like_num for t in kept)
    return Wording(_sentence(f"There {'were' if plural else 'was'} {_say(kept or content)}"), answers=False)


def _blamed(content: Sequence[Token]) -> str:
    """ "X of doing Y" as "X did Y"; "X for Y" as "X was to blame for Y"."""
    for k, token in enumerate(content):
        if token.lower_ in {"of", "with"} and k + 1 < len(content) and k > 0:
            accused, act = content[:k], content[k + 1 :]
            if act[0].tag_ == "VBG" or (len(act) > 1 and act[1].tag_ == "VBN"):
                return f"{_say(accused)} {_past(act)}"
            return f"{_say(accused)} was guilty of {_say(act)}"
        if token.lower_ in {"for", "on"} and token.dep_ == "prep" and k > 0:
            return f"{_say(content[:k])} was to blame for {_say(content[k + 1 :])}"
    return f"{_say(content)} was to blame"


def _equated(content: Sequence[Token]) -> str:
    """ "the toll at 53" as "the toll was 53"; "it a mistake" as "it was a mistake"."""
    for k, token in enumerate(content):
        if token.lower_ in {"at", "as"} and 0 < k < len(content) - 1:
            return f"{_say(content[:k])} was {_say(content[k + 1 :])}"
    target = _before_verdict(content)
    verdict = [t for t in content if t.i > target[-1].i] if target else []
    return f"{_say(target)} was {_say(verdict)}" if target and verdict else _say(content)


def _finite(content: Sequence[Token], source: Source) -> str:
    """ "having launched strikes" as "X had launched strikes", "being part of it" as "X was part of it"."""
    return f"{source.name} {_past(content)}"


def _past(act: Sequence[Token]) -> str:
    first = act[0]
    rest = _say(act[1:])
    if first.lower_ == "having":
        return f"had {rest}"
    if first.lower_ == "being":
        return f"was {rest}"
    return f"was {_say(act)}"


def _say(tokens: Sequence[Token]) -> str:
    ids = {t.i for t in tokens}
    return "".join(t.text + (t.whitespace_ or _gap(t, ids)) for t in tokens).strip()


def _sentence(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:—–-")
    for mark in "“”„«»\"":
        text = text.replace(mark, "")
    text = text.replace(" .", ".").replace(" ,", ",").replace(" ’s", "’s").strip()
    if not text:
        return "It was so."
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."
