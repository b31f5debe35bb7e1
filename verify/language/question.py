"""A proposition turned into the short yes-or-no question that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from spacy.language import Language
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
CIRCUMSTANCE = frozenset(
    "given as because since after when while which who whose although though where before despite".split()
)
RELATIVES = frozenset("which who whom whose that what whether how why".split())
"""Words that a proposition doesn't begin with; one that does lacks what it hangs on."""

NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
"""Entities that keep their capital inside a sentence, unlike "At least 43"."""

LONGEST = 22
"""Words of a question; what hangs on at its end is cut at the last comma or clause before."""


def question_of(proposition: str, nlp: Language) -> str | None:
    """ "Ukraine had been involved in the attack." as "Was Ukraine involved in the attack?".

    The tense is that of a question asked today: "had struck" and "would close" are those of reported speech.
    None where the words are no sentence that can be turned.
    """
    words = [t for t in nlp(proposition) if not t.is_space]
    while words and words[-1].is_punct:
        words.pop()
    root = next((t for t in words if t.dep_ == "ROOT"), None)
    subject = next((t for t in words if t.dep_ in SUBJECTS and t.head == root), None)
    if root is None or subject is None or root.pos_ not in {"VERB", "AUX"} or subject.i > root.i:
        return None
    if words[0].lower_ in RELATIVES:
        return None
    words = _without_asides(_under_one_helper(words, root))
    phrase = [t for t in words if t in set(subject.subtree)]
    start, dropped, infinitive = _opening(root, subject)
    bare = {t.i: t.lemma_ for t in _predicates(root)} if infinitive else {}
    before = [t for t in words if t.i < phrase[0].i]
    after = [t for t in words if t.i > phrase[-1].i and t.i not in dropped]
    lead_in = f" {_lower(before)}" if _matters(before) else ""
    aside = "," if any(t.dep_ == "appos" and t.doc[t.left_edge.i - 1].text == "," for t in phrase) else ""
    said = _text(_short(after), bare).strip(" ,;")
    question = f"{start} {_lower(phrase)}{aside} {said}{lead_in}".strip(" ,;")
    return question[0].upper() + question[1:] + "?"


def quoted(proposition: str) -> str:
    """The question for a proposition that can't be turned: "Is it so that “...”?"."""
    return f"Is it so that “{proposition.strip().rstrip('.,;:!?')}”?"


def how_much(proposition: str, nlp: Language, *, amount: bool) -> str | None:
    """ "The damage is put at €140 million." as "How much is the damage?", an `amount`.

    Of a time, a length or another measure: "How late is the ship?", or "Which figure is right for the ship?".
    None where the words don't say of what the figure is.
    """
    doc = nlp(proposition)
    subject = next((t for t in doc if t.dep_ in SUBJECTS), None)
    if subject is None or subject.like_num or subject.pos_ == "PRON":
        return None
    if any(t.like_num for t in subject.lefts):
        return f"How many {subject.text}?"
    phrase = _lower([t for t in subject.subtree if t.i <= subject.i])
    verb = "are" if _plural(subject) else "is"
    if amount:
        return f"How much {verb} {phrase}?"
    measured = next((t for t in doc if t.pos_ in {"ADJ", "ADV"} and _measures(t)), None)
    return (
        f"How {measured.text} {verb} {phrase}?"
        if measured is not None
        else f"Which figure is right for {phrase}?"
    )


def _measures(token: Token) -> bool:
    """Whether a length or a time goes with it: "14 months late"."""
    extent = (t for t in token.children if t.dep_ == "npadvmod" and t.i < token.i)
    return any(t.like_num for part in extent for t in part.children)


def _opening(root: Token, subject: Token) -> tuple[str, Collection[int], bool]:
    """The verb that a question opens with, the tokens that it replaces, and whether the root is now bare."""
    helpers = [t for t in root.children if t.dep_ in {"aux", "auxpass"} and t.lower_ != "to" and t.i < root.i]
    first = helpers[0] if helpers else root
    if not helpers and root.lemma_ != "be":
        return _did(root), (), True
    if first.lower_ in {"had", "’d", "'d"} and helpers:
        been = next((t for t in (*helpers, root) if t.lower_ == "been"), None)
        if been is None:
            return "did", (first.i,), True
        return "were" if _plural(subject) else "was", (first.i, been.i), False
    conditional = any(t.lower_ in {"if", "unless"} for t in root.doc)
    if first.lower_ == "would" and not conditional and not any(t.lower_ == "have" for t in helpers):
        return "will", (first.i,), False
    return first.text, (first.i,), False


def _did(root: Token) -> str:
    if root.tag_ in {"VBD", "VBN"}:
        return "did"
    return "does" if root.tag_ == "VBZ" else "do"


def _plural(subject: Token) -> bool:
    """Whether a subject takes "were"; that of "there had been" is what there had been."""
    if subject.dep_ == "expl":
        subject = next((t for t in subject.head.children if t.dep_ in {"attr", "nsubj"}), subject)
    if any(t.dep_ == "conj" for t in subject.children):
        return True
    several = subject.like_num and subject.lower_ not in {"one", "1"}
    name = subject.ent_type_ in NAMES - {"NORP"}
    return (
        several or (subject.tag_ in {"NNS", "NNPS"} and not name) or subject.lower_ in {"they", "we", "you"}
    )


def _predicates(root: Token) -> list[Token]:
    """The verbs that share the root's subject: "took the revolver and gave it away"."""
    return [root, *(t for t in root.conjuncts if t.pos_ in {"VERB", "AUX"} and t.i > root.i)]


def _under_one_helper(words: Sequence[Token], root: Token) -> list[Token]:
    """The words up to a further verb that has a helper or a subject of its own, or goes by another form."""
    for further in _predicates(root)[1:]:
        own = any(t.dep_ in SUBJECTS | {"aux", "auxpass", "neg"} for t in further.children)
        if own or (further.tag_ != root.tag_ and {further.tag_, root.tag_} != {"VBD", "VBN"}):
            kept = [t for t in words if t.i < further.left_edge.i]
            while kept and (kept[-1].dep_ == "cc" or kept[-1].is_punct):
                kept.pop()
            return kept
    return list(words)


def _without_asides(words: Sequence[Token]) -> list[Token]:
    """Without what only describes between commas; a name is no description."""
    dropped: set[int] = set()
    for token in words:
        if token.dep_ in {"appos", "relcl"} and token.pos_ != "PROPN":
            aside = [t.i for t in token.subtree]
            left, right = min(aside), max(aside)
            if left and token.doc[left - 1].text == ",":
                closed = right + 1 < len(token.doc) and token.doc[right + 1].text == ","
                dropped.update(range(left - 1, right + 2 if closed else right + 1))
    return [t for t in words if t.i not in dropped]


def _matters(before: Sequence[Token]) -> bool:
    return any(t.pos_ in {"NOUN", "PROPN", "NUM"} for t in before)


def _short(words: Sequence[Token]) -> list[Token]:
    """Without what only gives grounds or circumstances after a comma, and cut to LONGEST words."""
    for k, token in enumerate(words):
        if k > 1 and words[k - 1].text == "," and token.lower_ in CIRCUMSTANCE:
            return list(words[: k - 1])
    if len(words) <= LONGEST:
        return list(words)
    cuts = [
        k
        for k, t in enumerate(words[: LONGEST + 1])
        if k > 3 and (t.text in {",", ";", "—"} or t.dep_ == "mark")
    ]
    return list(words[: cuts[-1] if cuts else LONGEST])


def _text(words: Iterable[Token], changed: dict[int, str] | None = None) -> str:
    """The words as they stand, with a space where some were left out; `changed` are other forms by place."""
    text, last = "", -1
    for token in words:
        gap = " " if text and token.i != last + 1 and not text.endswith(" ") else ""
        text += gap + (changed or {}).get(token.i, token.text) + token.whitespace_
        last = token.i
    return text.strip()


def _lower(words: Sequence[Token]) -> str:
    """The words inside a sentence: a capital stays only with a name, and not with the article before it."""
    text = _text(words).strip(" ,")
    if not text or (words[0].pos_ != "DET" and words[0].text.isupper()):
        return text
    first_name = [t.pos_ for t in words[1:2]] == ["PROPN"] and words[0].dep_ == "compound"
    name = first_name or words[0].pos_ == "PROPN" or words[0].ent_type_ in NAMES
    return text if name and words[0].pos_ != "DET" else text[0].lower() + text[1:]
