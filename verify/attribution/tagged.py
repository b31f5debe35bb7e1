"""Attributions by the trained tagger, in the form in which the dependency rules give theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.denials import told_denial
from verify.attribution.near import Near, near
from verify.attribution.phrases import (
    FINITE,
    MODAL_OR_FINITE,
    PASSED_ON,
    SUBJECTS,
    WH,
    is_nobody,
    source_of,
    tells_no_word,
    trim_marks,
    without_own_acts,
)
from verify.attribution.spoken import EDGES, carry_on, quote_of, quoted_tokens, runs_of
from verify.types import Attribution, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed
    from verify.models.protocols import Tagged, Tagger


TOLD = (lexicon.ADDRESSEE | lexicon.ORDER | lexicon.BLAME) - {"convince"}
"""Verbs whose passive subject isn't who speaks: "she was told", but "he was not convinced"."""

NAMING = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
"""Parts of speech of which one stands in any source but a pronoun."""

FIGURE_NEXT = re.compile(r"[^,;:\d]*\d")
"""What runs on to a figure without a pause: " at 133"."""

WRITTEN_LARGE = frozenset({"ADJ", "ADV", "NOUN", "PROPN", "VERB"})
"""Parts of speech of the words that titles begin with a capital letter."""

REST_OF_WORD = re.compile(r"(?:[-‑][^\W_]+)+")
"""What follows "Han Duck" in "Han Duck-soo"."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of what spaCy saw, `start:end` in `parsed.doc.text`, and the sentences in it."""

    start: int
    end: int
    first: int
    last: int


def attribute(parsed: Parsed, tagger: Tagger) -> tuple[Attribution, ...]:
    """Find the attributions of a document, in the order of their sentences and of their contents.

    A content may run over several sentences of a paragraph. Sentences of a quotation that the tagger left
    without a cue are carried on from its neighbours, as by the rules (`verify.attribution.spoken`).
    """
    paragraphs = tuple(_paragraphs(parsed))
    inside = quoted_tokens(parsed)
    text = parsed.doc.text
    found = tagger.tag([text[p.start : p.end] for p in paragraphs])
    once: dict[tuple[Span | None, tuple[Span, ...]], Attribution] = {}
    for tagged in found:
        placed = _placed(parsed, paragraphs[tagged.paragraph], tagged, inside)
        if placed is not None:  # two cues may be cut to the same one
            once.setdefault((placed.cue, placed.content), placed)
    contents = near(a.content for a in once.values())
    telling = [a for a in once.values() if not _only_cites(a, contents, parsed)]
    said = near(a.content for a in telling)
    carried = carry_on(parsed, telling)
    kept = [i for i, a in enumerate(carried) if a.cue is not None or not said.to(a.content)]
    return _nested(_picked(carried, kept))


def combine(
    tagged: Sequence[Attribution], ruled: Sequence[Attribution], text: str
) -> tuple[Attribution, ...]:
    """The tagger's attributions, and those of the rules whose cue and content it hasn't got.

    `text` is the document's. Where a rule's content for the same cue holds a figure more, that content
    counts: of "put the toll at 133" the tagger is apt to take the toll alone.
    """
    cues = near([r.cue] if r.cue is not None else [] for r in ruled)
    figured = [_with_figures(t, [ruled[i] for i in cues.to(_cue(t))], text) for t in tagged]
    taken = near([*_cue(t), *t.content] for t in figured)
    new = [
        rule
        for rule in ruled
        if (cue := rule.cue) is not None
        and all(_apart(rule, cue, figured[i], text) for i in taken.to([cue, *rule.content]))
    ]
    every = [*figured, *new]
    order = sorted(range(len(every)), key=lambda i: (every[i].sentence, every[i].content[0].start))
    return _nested(_picked(every, order))


def _cue(attribution: Attribution) -> list[Span]:
    return [attribution.cue] if attribution.cue is not None else []


def _apart(rule: Attribution, cue: Span, tagged: Attribution, text: str) -> bool:
    """Whether a rule's attribution with this cue is another than the tagger's, or all around a noun's.

    "The firm's claim that P was denied by the mayor" is the mayor's too, where the tagger found the firm's.
    """
    taken = [*_cue(tagged), *tagged.content]
    noun = tagged.cue is not None and text[slice(*tagged.cue)].lower() in lexicon.CLAIM_NOUN
    around = noun and all(any(r.contains(t) for r in rule.content) for t in taken)
    return not any(cue.overlaps(t) for t in taken) and (
        around or not any(span.overlaps(t) for span in rule.content for t in taken)
    )


def _with_figures(tagged: Attribution, same_cue: Sequence[Attribution], text: str) -> Attribution:
    """`tagged` with the content of the rule of the same cue that holds its content, and has more figures.

    What a comma parts from the tagger's content, after it, may be another's, or done and not said: "29 said
    he should go, while 40 said no", "said she would come, and has sent 40 boats".
    """
    first, last = tagged.content[0], tagged.content[-1]
    for rule in same_cue:
        if not all(any(r.contains(t) for r in rule.content) for t in tagged.content):
            continue
        before = any(c.isdigit() for r in rule.content for c in text[r.start : min(r.end, first.start)])
        after = any(FIGURE_NEXT.match(text[last.end : r.end]) for r in rule.content if r.contains(last))
        if before or after:
            return replace(tagged, content=rule.content)
    return tagged


def _only_cites(attribution: Attribution, said: Near, parsed: Parsed) -> bool:
    """Whether "citing" is no cue of its own: "reported, citing people familiar with the matter, that P".

    Then `said`, the contents of all attributions, hold another's that its own runs into.
    """
    citing = attribution.cue is not None and parsed.text(attribution.cue).lower() == "citing"
    return citing and len(said.to(attribution.content)) > 1


def _picked(attributions: Sequence[Attribution], places: Sequence[int]) -> list[Attribution]:
    """The attributions at `places`, in that order, those that run on from another still knowing which."""
    moved = {old: new for new, old in enumerate(places)}
    picked = (attributions[i] for i in places)
    return [replace(a, spoken_as=None if a.spoken_as is None else moved.get(a.spoken_as)) for a in picked]


def _paragraphs(parsed: Parsed) -> Iterator[Paragraph]:
    """The blocks that may hold attributions: headings don't, nor do sentences too long to be read."""
    tokens = [t for t in parsed.doc if not t.is_space]
    block: int | None = None
    current: Paragraph | None = None
    for token in tokens:
        index = parsed.token_sentence[token.i]
        sentence = parsed.sentences[index]
        if sentence.role is Role.HEADING or not parsed.readable(index):
            continue
        end = token.idx + len(token)
        if current is not None and sentence.block == block:
            current = replace(current, end=end, last=index)
            continue
        if current is not None:
            yield current
        current, block = Paragraph(token.idx, end, index, index), sentence.block
    if current is not None:
        yield current


def _placed(
    parsed: Parsed, paragraph: Paragraph, tagged: Tagged, inside: frozenset[int]
) -> Attribution | None:
    """What was tagged in a paragraph, at its place in the document; None where no word of content is left."""

    def place(span: Span) -> Span:
        return parsed.characters(paragraph.start + span.start, paragraph.start + span.end)

    content = tuple(s for span in tagged.content if (s := _trimmed(parsed, place(span))) is not None)
    if not content:
        return None
    cue = place(tagged.cue)
    source = _trimmed(parsed, place(tagged.source)) if tagged.source else None
    words = parsed.words(cue)
    named = _named(parsed, source, words) if source else []
    if (outer := _telling(named, words)) is not None:
        named, words, said = outer
        cue, content = parsed.span(words[0], words[-1]), runs_of(parsed, said)
    else:
        said = [t for t in _tokens(parsed, paragraph, tagged.content) if not t.is_space]
    if _is_none(named, words):
        return None
    if source is not None and not named and any(t.lemma_ in lexicon.BLAME for t in words):
        content = _of_accused(parsed, source, words, content)
    if said and source is None and (subject := _own_subject(words)):
        named, said = subject, trim_marks([t for t in said if t not in subject and t not in words])
        content = runs_of(parsed, said) or content
        if not _reports(words, said):
            return None
    if rest := _cut_off(said, words):
        end = parsed.span(rest[-1], rest[-1]).end
        said, content = [*said, *rest], (*content[:-1], Span(content[-1].start, end))
    if len(kept := without_own_acts(words, said)) < len(said):
        said, content = kept, runs_of(parsed, kept) or content
    if (clause := _told_by_noun(words, said)) is not None:
        said, content = clause, runs_of(parsed, clause) or content
    told = told_denial(words, said)
    if told is not None:
        words, content = [*told[0]], runs_of(parsed, told[1]) or content
        cue = parsed.span(words[0], words[-1])
    return Attribution(
        sentence=_sentence_at(parsed, paragraph, cue.start),
        source=parsed.span(named[0], named[-1]) if named else None,
        cue=_trimmed(parsed, cue) or cue,
        content=content,
        quote=quote_of(said, inside),
    )


def _tokens(parsed: Parsed, paragraph: Paragraph, spans: Sequence[Span]) -> Iterator[Token]:
    """The tokens that share a character with `spans` of a paragraph; quicker than `Parsed.tokens`."""
    for start, end in spans:
        found = parsed.doc.char_span(paragraph.start + start, paragraph.start + end, alignment_mode="expand")
        yield from found or ()


def _cut_off(content: Sequence[Token], cue: Sequence[Token]) -> list[Token]:
    """What a content lacks that ends in "near" or "what": "Deir al-Zor", "the report says".

    What stands behind "by what he called" is said by itself.
    """
    if not content:
        return []
    last = content[-1]
    top = last.head if last.tag_ == "WP" and last.head.i > last.i else last
    governs = top != last or any(c.dep_ == "pobj" for c in last.children)
    phrase = {*top.subtree} if governs else set()
    after = last.doc[last.i + 1 : last.sent.end]
    return trim_marks([*takewhile(lambda t: t in phrase and t not in cue, after)])


def _told_by_noun(cue: Sequence[Token], content: Sequence[Token]) -> list[Token] | None:
    """The clause of a noun such as "claim", where the tagger took what is said of the claim too; or None."""
    noun = next((t for t in cue if t.pos_ == "NOUN" and t.lemma_.lower() in lexicon.CLAIM_NOUN), None)
    if noun is None or noun.head not in content:
        return None
    clause = next((c for c in noun.children if c.dep_ in {"acl", "ccomp"} and c.i > noun.i), None)
    return trim_marks([t for t in clause.subtree if t in content]) if clause is not None else None


def _of_accused(
    parsed: Parsed, accused: Span, cue: Sequence[Token], content: Sequence[Span]
) -> tuple[Span, ...]:
    """The content of "the bank is accused of fraud", whom and of what, whoever says it."""
    of = [parsed.span(t, t) for t in cue[-1:] if t.pos_ == "ADP"]
    return tuple(sorted((accused, *of, *content)))


def _own_subject(cue: Sequence[Token]) -> list[Token]:
    """The subject of a cue that was tagged without a source; empty where that is "it", or a passive's."""
    finite = (t for t in cue if any(v.tag_ in MODAL_OR_FINITE for v in (t, *t.lefts)))
    verbs = (t for t in finite if not any(c.dep_ == "auxpass" for c in t.children))
    told = (t for t in verbs if any(c.dep_ == "nsubj" and c.pos_ in NAMING for c in t.children))
    return [t for verb in told for t in source_of(verb)]


def _reports(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """Whether a clause is what a reporting verb reports: not "had reported from the coast for years"."""
    says = any(t.lemma_.lower() in lexicon.SAY for t in cue)
    return says and any(t.tag_ in MODAL_OR_FINITE for t in content)


def _is_none(source: Sequence[Token], cue: Sequence[Token]) -> bool:
    """Whether what was tagged is nobody's word: "nobody can say", "Asked whether P", a name for a cue.

    Nor is it where a source is tagged after a verb that has an auxiliary: "The Kremlin has not confirmed
    the reports and Kyiv" leaves it to the rules whose word it is.
    """
    named = all(t.pos_ in {"PROPN", "DET"} for t in cue) and not _in_title_case(cue[0].sent)
    if named or tells_no_word(cue):
        return True
    if not source:
        return any(t.lower_ in PASSED_ON for t in cue)
    helped = any(t.dep_ in {"aux", "neg"} for t in cue) and source[0].i > cue[-1].i
    agent = source[0].i > 0 and source[0].nbor(-1).lower_ == "by"
    return is_nobody(source) or (helped and not agent)


def _in_title_case(sentence: Iterable[Token]) -> bool:
    """Whether a line is written as titles are, where the parser takes verbs for names: "Holt Backs Marsh"."""
    return all(t.text[0].isupper() for t in sentence if t.is_alpha and t.pos_ in WRITTEN_LARGE)


def _named(parsed: Parsed, source: Span, cue: Sequence[Token]) -> list[Token]:
    """A source without what the tagger took with it: "Tass quoted" before, "likewise" and "of" after it.

    Where nothing that names is left, it is the subject of the cue. Empty where there is none, and for whom
    the cue is said to: "she was told".
    """
    words = parsed.words(source)
    quoting = [
        k
        for k, t in enumerate(words[:-1])
        if t.lemma_ in {"quote", "cite"} and t.tag_ in FINITE and _is_whole(t, cue)
    ]
    words = words[quoting[-1] + 1 :] if quoting else words
    end = next((k for k, t in enumerate(words) if k and t.text in {":", ";", "“", '"'}), len(words))
    words = _own_phrase(words[:end], cue)
    while len(words) > 1 and (
        words[-1].tag_ in {"RB", "IN", "POS"} or words[-1].lower_ in lexicon.REFLEXIVE | {"'", "’"}
    ):
        words = words[:-1]
    bare = [*dropwhile(lambda t: t.tag_ in {"IN", "WDT", "WP$"} or t.lower_ in {"and", "but"}, words)]
    if any(t.pos_ in NAMING or t.is_title for t in bare if t.pos_ != "DET"):
        words = bare
    elif words and words[0].pos_ != "PRON":
        return [t for verb in cue[:1] for t in source_of(verb)]
    passive = [t for t in words if t.dep_ == "nsubjpass" and t.head in cue]
    if [t.lower_ for t in words] == ["it"] and passive:
        return []  # "it was said that"
    return [] if any(t.head.lemma_ in TOLD for t in passive) else words


def _telling(
    source: Sequence[Token], cue: Sequence[Token]
) -> tuple[list[Token], list[Token], list[Token]] | None:
    """Source, cue and content of "emails show that engineers | reported it", tagged with all for a source."""
    for verb in source:
        told = next((c for c in verb.children if c.dep_ == "ccomp" and c in cue and c.i > verb.i), None)
        if verb.tag_ in FINITE and told is not None and (teller := source_of(verb)):
            return [*teller], [verb], trim_marks([*told.subtree])
    return None


def _is_whole(quoting: Token, cue: Sequence[Token]) -> bool:
    """Whether "quoted" is what the sentence says, rather than an aside: "Tass, which quoted Korvex, said"."""
    return quoting.dep_ != "relcl" or any(t in quoting.subtree for t in cue)


def _own_phrase(words: list[Token], cue: Sequence[Token]) -> list[Token]:
    """A source without what the sentence says before it: "In a statement the company", "Holt, the court".

    Where no comma parts the last of several phrases from the cue, what stands before is no apposition's noun:
    "They searched the home of Jan Holt, the court said".
    """
    described = any(t.tag_ in WH for t in words)
    if not words or not cue or words[-1].i > cue[0].i or described:
        return words  # "said Jean Holt, who swims three times a week"
    starts = [
        k for k in range(1, len(words)) if words[k].tag_ == "DT" and words[k - 1].pos_ in {"NOUN", "PROPN"}
    ]
    commas = [k + 1 for k, t in enumerate(words[:-1]) if t.text == ","]
    inside = words[0].i > words[0].sent.start and words[-1].i + 1 == cue[0].i
    joined = any(t.dep_ == "cc" for t in words)
    if commas and inside and not joined and words[commas[-1]].tag_ in {"DT", "PRP$", "NNP"}:
        starts.append(commas[-1])
    return words[max((k for k in starts if _stands_apart(words, k, cue)), default=0) :]


def _stands_apart(words: Sequence[Token], start: int, cue: Sequence[Token]) -> bool:
    """Whether what stands in a source before a place is no part of it.

    It is the subject in "A letter this month | reflected it", and hangs on what follows in "a Rock the Vote
    survey".
    """
    before, after = words[:start], words[start:]

    def subject(part: Sequence[Token]) -> bool:
        return any(t.dep_ in SUBJECTS and t.head in cue for t in part)

    return (subject(after) or not subject(before)) and not any(t.head in after for t in before)


def _trimmed(parsed: Parsed, span: Span) -> Span | None:
    """A span without punctuation at its edges, its last word whole; None where nothing else is in it."""
    start, end = span
    text = parsed.document.text
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES - {")"}:
        end -= 1
    if (rest := REST_OF_WORD.match(text, end)) is not None and text[start:end][-1:].isalnum():
        end = rest.end()
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None


def _sentence_at(parsed: Parsed, paragraph: Paragraph, character: int) -> int:
    return next(
        (i for i in range(paragraph.first, paragraph.last + 1) if character < parsed.sentences[i].span.end),
        paragraph.last,
    )


def _nested(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with the one that it stands within: whose content holds its cue most closely."""
    contents = near(a.content for a in attributions)

    def around(inner: int) -> int | None:
        cue = attributions[inner].cue
        if cue is None:
            return None
        others = ((i, attributions[i].content) for i in contents.to([cue]) if i != inner)
        outer = [(sum(e - s for s, e in own), i) for i, own in others if any(c.contains(cue) for c in own)]
        return min(outer)[1] if outer else None

    return tuple(replace(a, within=around(i)) for i, a in enumerate(attributions))
