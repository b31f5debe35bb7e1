"""Attributions by dependency rules and lexicons: who says what, and by which cue.

The patterns are those of the literature on indirect quotation (Pareti 2015; Newell et al. 2018), read
off spaCy's dependencies: a reporting verb with its clause, before, around or after it; verbs with a
nominal content ("denied all involvement"); "according to"; nouns ("Moscow's claim that"); refusals to
comment; quotations that run on over sentences. Needs no weights beyond the parser's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verify.attribution import lexicon
from verify.attribution.quotations import Quotation, Quotations, find_quotations
from verify.types import Attribution, Quote, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.language.parse import Parsed

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CLAUSES = frozenset({"ccomp", "xcomp"})
RELATIVES = frozenset({"who", "which", "that"})
EDGES = frozenset(' \t\r\n"“”‘’„«»‹›,.;:—–-()[]')
POSSESSIVES = frozenset({"its", "his", "her", "their"})
FIRST_PERSON = frozenset({"i", "we", "you", "one"})
MENTAL = lexicon.SUGGEST | frozenset({"feel", "consider", "know", "agree", "judge", "doubt"})
"""Cues that, inside what somebody else says, colour it rather than open another attribution."""

WITH_INFINITIVE = lexicon.DIRECT_TO | frozenset(
    "warn promise pledge vow swear claim threaten tell expect offer".split()
)
"""Reporting verbs whose infinitive is what was said: "promised to pay"."""

DEMANDS = frozenset("urge demand order request".split())
"""Verbs whose object alone can be what was asked for: "demanded an inquiry"."""

ON_ONESELF = frozenset("ask decline refuse request want wish insist prefer name identify quote".split())
"""Verbs of the pattern "asked not to be named"."""

DROPPED = -1
"""In place of an index: an attribution that isn't one by itself."""

LEADING_OFF = frozenset("and but who which while although though after as when".split())
"""Words after a trailing "he said" that open another clause, and don't carry on what he said."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in tokens, before it is cut to the document's characters."""

    source: tuple[Token, ...]
    cue: tuple[Token, ...]
    content: tuple[Token, ...]
    outer: Token | None = None
    """The cue verb of the attribution that this one is nested in, where the pattern itself says so."""


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """Find the attributions of a document, in the order of their sentences and of their contents."""
    quotations = quotations_of(parsed)
    inside = _quoted_tokens(parsed, quotations)
    drafts: list[tuple[int, Draft]] = []
    for index, tokens in enumerate(_sentence_tokens(parsed)):
        if parsed.sentences[index].role is Role.HEADING or not parsed.readable(index):
            continue
        found = list(_in_sentence(tokens, inside))
        drafts.extend((index, draft) for draft in _apart(_distinct(found)))
    attributions = [_cut(parsed, index, draft, inside) for index, draft in drafts]
    kept = [(a, d) for a, (_, d) in zip(attributions, drafts, strict=True) if a is not None]
    return _carry_on(parsed, _nest(kept), quotations, inside)


def quotations_of(parsed: Parsed) -> Quotations:
    """The quotations of a parsed document, as offsets into `parsed.doc.text`."""
    text = parsed.doc.text
    paragraphs: list[tuple[int, int]] = []
    block = None
    for tokens, sentence in zip(_sentence_tokens(parsed), parsed.sentences, strict=True):
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
        if sentence.block == block:
            paragraphs[-1] = (paragraphs[-1][0], end)
        else:
            paragraphs.append((start, end))
        block = sentence.block
    return find_quotations(text, paragraphs)


def quoted_sentences(parsed: Parsed) -> frozenset[int]:
    """The sentences that stand in quotation marks as a whole."""
    quotations = quotations_of(parsed)
    inside = _quoted_tokens(parsed, quotations)
    groups = enumerate(_sentence_tokens(parsed))
    return frozenset(index for index, tokens in groups if _whole_in(tokens, quotations, inside) is not None)


def _sentence_tokens(parsed: Parsed) -> list[list[Token]]:
    groups: list[list[Token]] = [[] for _ in parsed.sentences]
    for token in parsed.doc:
        if not token.is_space and groups:
            groups[parsed.token_sentence[token.i]].append(token)
    return groups


def _quoted_tokens(parsed: Parsed, quotations: Quotations) -> frozenset[int]:
    """The indices of the tokens that stand in quotation marks, marks included."""
    found = iter(quotations.found)
    quotation = next(found, None)
    inside = set()
    for token in parsed.doc:
        while quotation is not None and token.idx >= quotation.end:
            quotation = next(found, None)
        if quotation is None:
            break
        if token.idx >= quotation.start:
            inside.add(token.i)
    return frozenset(inside)


# Patterns. Each yields drafts for one token of a sentence that may head a cue.


def _in_sentence(tokens: list[Token], inside: frozenset[int]) -> Iterator[Draft]:
    for token in tokens:
        if token.i in inside and _whole_clause_quoted(token, tokens, inside):
            continue
        if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            yield from _verb(token, tokens, inside)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.NOUN_CUE:
            yield from _noun(token)
        if token.lower_ == "according":
            yield from _according(token, tokens)
        elif token.lower_ == "by" and token.dep_ in {"prep", "agent"}:
            yield from _by_account(token, tokens)


def _whole_clause_quoted(token: Token, tokens: list[Token], inside: frozenset[int]) -> bool:
    """Whether a cue inside quotation marks belongs to the speaker's own words, not to the writer's."""
    return all(t.i in inside for t in (*_source(token), *_cue(token)))


def _verb(verb: Token, tokens: list[Token], inside: frozenset[int]) -> Iterator[Draft]:
    lemma = verb.lemma_.lower()
    if lemma in {"quote", "cite"} and (nested := list(_quoted_as(verb, tokens))):
        yield from nested
        return
    if _asks_anonymity(verb):
        return
    if _refuses(verb):
        yield from _refusal(verb)
        return
    source = _source(verb)
    if lemma in lexicon.SAY:
        contents = list(_clauses(verb, source, tokens, inside)) if source else []
        for content in contents:
            yield Draft(source, _cue(verb), content)
        if contents:
            return
    if not source or source[0].lower_ in RELATIVES:
        return
    content = _nominal(verb, lemma)
    if content:
        yield Draft(source, _cue(verb), content)


def _clauses(
    verb: Token, source: tuple[Token, ...], tokens: list[Token], inside: frozenset[int]
) -> Iterator[tuple[Token, ...]]:
    """The clauses, or else the quotations and stretches, that a reporting verb reports."""
    used = {t.i for t in (*source, *_cue(verb), *_frame(verb))}
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i not in used]
    if verb.lemma_.lower() in WITH_INFINITIVE:
        clauses += [c for c in verb.children if c.dep_ == "xcomp"]
    for clause in clauses:
        fronted = clause.i < verb.i
        for piece in _conjuncts(clause):
            own = [t for t in piece if t.i not in used]
            yield tuple(_with_quoted(own, tokens, inside, used) if fronted and len(clauses) == 1 else own)
    if not clauses:
        content = tuple(t for t in _stretch(verb, used, tokens) if t.i not in used)
        if any(t.is_alpha for t in content):
            yield content


def _with_quoted(
    own: list[Token], tokens: list[Token], inside: frozenset[int], used: set[int]
) -> list[Token]:
    """A fronted content with the rest of the quotation around it, from which the parser may have cut some."""
    if not any(t.i in inside for t in own):
        return own
    ids = {t.i for t in own}
    return [t for t in tokens if t.i in ids or (t.i in inside and t.i not in used)]


def _stretch(verb: Token, used: set[int], tokens: list[Token]) -> list[Token]:
    """The words before, around or after "he said", where commas or quotation marks set it off.

    The parser gives no clause to the verb here: it made the content the main clause, or fragments.
    """
    low, high = min(used), max(used)
    before = [t for t in tokens if t.i < low]
    after = [t for t in tokens if t.i > high]
    left = before[-1].text if before else ""
    right = after[0].text if after else ""
    quiet = {",", "”", '"', "’", "»", "—", "–", "-"}
    if after and right in {":", "“", '"', "‘", "«"}:
        return after
    if before and left in quiet and (not after or right in {".", "?", "!", "”"}):
        return _clause_before(before)
    if before and left in quiet and right in {",", ";"} | quiet:
        rest = after[1:]
        if (
            verb.dep_ in {"parataxis", "ROOT"}
            and any(t.tag_.startswith("VB") for t in rest)
            and not _opens_clause(rest)
        ):
            return [*_clause_before(before), *rest]
        return _clause_before(before)
    return []


def _clause_before(before: list[Token]) -> list[Token]:
    """What precedes a trailing cue, back to a semicolon or to another cue's end."""
    for k in range(len(before) - 1, -1, -1):
        if before[k].text == ";":
            return before[k + 1 :]
    return before


def _opens_clause(rest: list[Token]) -> bool:
    return bool(rest) and (rest[0].tag_ == "VBG" or rest[0].lower_ in LEADING_OFF)


def _conjuncts(clause: Token) -> Iterator[list[Token]]:
    """A clause and the further clauses joined to it that have a subject or a "that" of their own."""
    subtree = list(clause.subtree)
    heads = [
        c
        for c in clause.children
        if c.dep_ == "conj"
        and (any(g.dep_ in SUBJECTS or (g.dep_ == "mark" and g.lower_ == "that") for g in c.children))
    ]
    cut = {t.i for head in heads for t in head.subtree}
    yield _trim_marks([t for t in subtree if t.i not in cut])
    for head in heads:
        yield from _conjuncts(head)


def _trim_marks(tokens: list[Token]) -> list[Token]:
    """Without the "that", "and" or comma that only joins the clause to its cue or to its neighbour."""
    start, end = 0, len(tokens)
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


@dataclass(frozen=True, slots=True)
class Parts:
    """What hangs on a verb: its objects, prepositions by word, and clausal or predicative complements."""

    objects: list[Token]
    passive: list[Token]
    preps: dict[str, Token]
    complements: list[Token]

    @property
    def target(self) -> list[Token]:
        """What the verb does something to."""
        return self.objects or self.passive

    def led_by(self, *words: str) -> list[Token]:
        """The prepositions among `words` that the verb has."""
        return [self.preps[word] for word in words if word in self.preps]


def _parts(verb: Token) -> Parts:
    return Parts(
        objects=[c for c in verb.children if c.dep_ in {"dobj", "obj"}],
        passive=[c for c in verb.children if c.dep_ == "nsubjpass"],
        preps={c.lower_: c for c in verb.children if c.dep_ in {"prep", "dative"}},
        complements=[c for c in verb.children if c.dep_ in {"oprd", "xcomp", "ccomp", "acomp"}],
    )


def _nominal(verb: Token, lemma: str) -> tuple[Token, ...]:
    """The noun phrase, with its complement, that is the content of a verb such as "denied" or "put"."""
    parts = _parts(verb)
    if lemma in lexicon.SPEAK_OF and "of" in parts.preps:
        return tuple(t for c in parts.preps["of"].children for t in c.subtree)
    if lemma == "call" and "for" in parts.preps and not parts.objects:
        return tuple(t for c in parts.preps["for"].children for t in c.subtree)
    if lemma in lexicon.BLAME and parts.target:
        return _laid_at_a_door(verb, lemma, parts)
    if pieces := _said_of_object(lemma, parts):
        return _joined(verb, pieces)
    if not _claims_object(verb, lemma, parts.target):
        return ()
    if len(parts.target) == 1 and parts.target[0].lower_ == "which":
        return _antecedent_clause(verb)
    return _joined(verb, parts.target)


def _laid_at_a_door(verb: Token, lemma: str, parts: Parts) -> tuple[Token, ...]:
    """ "accused Kyiv of shelling it", "blamed the crew for the fire", "charged him with fraud"."""
    if lemma == "charge":
        return _from(parts.target[0], verb) if any(c.lower_ == "with" for c in verb.subtree) else ()
    return _joined(verb, [*parts.target, *parts.led_by("of", "for", "on", "with"), *parts.complements])


def _said_of_object(lemma: str, parts: Parts) -> list[Token]:
    """The object and what is said of it: "put the toll at 53", "called it absurd", "urged Kyiv to talk"."""
    target, complements = parts.target, parts.complements
    if lemma in lexicon.PUT_AT and target:
        figures = parts.led_by("at", "down", "between")
        if figures or any(t.lower_ == "at" for c in target for t in c.subtree):
            return [*target, *figures]
    if lemma in lexicon.JUDGE:
        verdicts = [*complements, *parts.led_by("as")]
        if verdicts or any(_judged(c) for c in target):
            return [*target, *verdicts]
    if lemma in lexicon.DIRECT_TO and (complements or (target and lemma in DEMANDS)):
        return [*target, *complements]
    return complements if lemma in lexicon.DENY else []


def _claims_object(verb: Token, lemma: str, target: list[Token]) -> bool:
    """Whether the object is what is claimed, unlike in "counted votes" and "withdrew troops"."""
    if lemma in lexicon.COUNTS and not any(t.like_num for c in target for t in c.subtree):
        return False
    if lemma in {"validate", "verify", "corroborate", "endorse"} and not _negated(verb):
        return False
    taken_back = lexicon.CLAIM_NOUN | {"remark", "comment"}
    if lemma in {"retract", "withdraw"} and not any(c.lemma_.lower() in taken_back for c in target):
        return False
    return lemma in lexicon.CLAIM_OBJECT and bool(target)


def _judged(target: Token) -> bool:
    """Whether a verdict follows the noun that the parser hung it on: "called the release (selfish)"."""
    return any(
        t.i > target.i and (t.lower_ == "as" or t.is_quote or (t.pos_ == "ADJ" and t.head == target))
        for t in target.subtree
    )


def _antecedent_clause(verb: Token) -> tuple[Token, ...]:
    """What "which" stands for in "..., which Islamabad denies": the clause before it."""
    head = verb.head
    while head.head != head and head.pos_ not in {"VERB", "AUX"}:
        head = head.head
    cut = {t.i for t in verb.subtree}
    return tuple(_trim_marks([t for t in head.subtree if t.i not in cut and t.i < verb.i]))


def _from(target: Token, verb: Token) -> tuple[Token, ...]:
    """All that follows from the start of a verb's object to the end of the verb's phrase."""
    start = target.left_edge.i if target.i > verb.i else target.i
    return tuple(_trim_marks([t for t in verb.subtree if t.i >= start and t.i > verb.i]))


def _joined(verb: Token, parts: Iterable[Token]) -> tuple[Token, ...]:
    """The words of `parts`, without relative clauses after a comma: those are the writer's own addition."""
    ids = {t.i for part in parts for t in part.subtree} - {verb.i}
    for clause in [t for i in ids if (t := verb.doc[i]).dep_ == "relcl"]:
        start = clause.left_edge.i
        if start - 1 in ids and verb.doc[start - 1].text == ",":
            ids -= {t.i for t in clause.subtree}
    return tuple(_trim_marks([verb.doc[i] for i in sorted(ids)]))


def _asks_anonymity(verb: Token) -> bool:
    """ "asked not to be named", "declined to be identified": about the source, not the story."""
    if verb.lemma_.lower() not in ON_ONESELF:
        return False
    return any(
        act.lemma_.lower() in {"name", "identify", "quote"}
        and any(c.dep_ == "auxpass" or c.lower_ == "be" for c in act.children)
        and (act is not verb or _negated(act))
        for act in (verb, *(c for c in verb.children if c.dep_ in CLAUSES))
    )


def _refuses(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in lexicon.DECLINE:
        return any(c.dep_ == "xcomp" and c.lemma_.lower() in lexicon.COMMENT for c in verb.children) or (
            lemma == "decline" and any(c.lower_ == "comment" for c in verb.children)
        )
    if lemma in {"comment", "respond", "reply", "return", "answer", "elaborate"}:
        return _negated(verb)
    if lemma == "have":
        return any(c.dep_ == "dobj" and c.lower_ == "comment" for c in verb.children)
    if lemma in {"draw", "reach"}:
        return _negated(verb) and any(c.dep_ == "auxpass" or c.lower_ == "be" for c in verb.children)
    return (
        lemma in {"say", "discuss", "disclose", "identify", "name"}
        and _negated(verb)
        and any(c.lower_ in {"would", "wo"} for c in verb.children)
    )


def _refusal(verb: Token) -> Iterator[Draft]:
    """A refusal to comment; its content is what was to be commented on, or else the refusal itself."""
    source = _source(verb)
    if not source:
        return
    acts = [c for c in verb.children if c.dep_ == "xcomp"] or [verb]
    act = acts[0]
    cue = (
        *_cue(verb),
        *(t for a in acts if a != verb for t in (*(c for c in a.children if c.dep_ == "aux"), a)),
    )
    content: list[Token] = []
    for child in act.children:
        if (
            child.i > act.i
            and child.dep_ in {"prep", "dobj", "ccomp", "xcomp"}
            and child.lower_ not in {"by", "at", "in", "after", "before", "immediately"}
        ):
            piece = list(child.subtree)
            content.extend(piece[1:] if child.lower_ in {"on", "about"} else piece)
    if not any(
        t.pos_ in {"NOUN", "PROPN", "VERB", "AUX"}
        and t.lower_ not in {"request", "requests", "call", "calls", "questions", "comment"}
        for t in content
    ):
        content = [*cue, *content]
    yield Draft(source, tuple(cue), tuple(sorted(set(content), key=lambda t: t.i)))


def _quoted_as(verb: Token, tokens: list[Token]) -> Iterator[Draft]:
    """ "Tass quoted the FSB as saying P", the FSB's inside Tass's; "P, Tass said, citing the FSB"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    sayings = [
        g
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ == "as"
        for g in c.children
        if g.tag_ == "VBG"
    ]
    if objects and sayings:
        saying = sayings[0]
        inner = _phrase(objects[0], verb)
        content = [t for c in saying.children if c.dep_ in CLAUSES for t in _trim_marks(list(c.subtree))]
        content = content or _trim_marks([t for t in tokens if t.i > saying.i])
        if not any(t.is_alpha for t in content):
            first = min(t.i for t in (*inner, *_source(verb), verb))
            content = _trim_marks([t for t in tokens if t.i < first])
        agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children]
        outer = _phrase(agents[0], verb) if agents else (() if passive else _source(verb))
        if outer:
            yield Draft(outer, _cue(verb), (*inner, *saying.subtree))
        yield Draft(
            inner, (*(c for c in [saying.head]), saying), tuple(content), outer=verb if outer else None
        )
    elif (
        verb.tag_ == "VBG"
        and objects
        and verb.dep_ in {"advcl", "prep", "acl"}
        and verb.head.pos_ in {"VERB", "AUX"}
    ):
        main = verb.head
        source = _source(main)
        used = {t.i for t in (*source, *_cue(main), *_frame(main), *verb.subtree)}
        contents = [p for c in main.children if c.dep_ == "ccomp" for p in _conjuncts(c)] or [
            list(_nominal(main, main.lemma_.lower())) or _stretch(main, used, tokens)
        ]
        for content in contents:
            own = tuple(t for t in content if t.i not in used)
            if own:
                yield Draft(_phrase(objects[0], verb), (verb,), own, outer=main)


def _according(token: Token, tokens: list[Token]) -> Iterator[Draft]:
    """ "According to X, P" and "P, according to X"; P is the clause that the phrase hangs on."""
    to = next((t for t in token.rights if t.lower_ == "to"), None) or (
        token.nbor(1) if token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to" else None
    )
    if to is None:
        return
    heads = [c for c in to.children if c.dep_ == "pobj"]
    if not heads:
        return
    source = _phrase(heads[0], token)
    phrase = {token.i, to.i, *(t.i for t in source)}
    content = _attached_clause(token, phrase, tokens)
    if content:
        yield Draft(source, (token, to), content)


def _by_account(token: Token, tokens: list[Token]) -> Iterator[Draft]:
    """ "P, by his account" and "by the ministry's count, P"."""
    nouns = [c for c in token.children if c.dep_ == "pobj" and c.lemma_.lower() in lexicon.ACCOUNT_NOUN]
    owners = [c for n in nouns for c in n.children if c.dep_ == "poss"]
    if owners:
        phrase = {t.i for t in token.subtree}
        content = _attached_clause(token, phrase, tokens)
        if content:
            source = tuple(t for t in owners[0].subtree if t.tag_ != "POS")
            yield Draft(source, (token, nouns[0]), content)


def _attached_clause(token: Token, phrase: set[int], tokens: list[Token]) -> tuple[Token, ...]:
    """The clause that an adverbial phrase of attribution speaks of: its neighbour up to a clause boundary."""
    before = [t for t in tokens if t.i < min(phrase)]
    after = [t for t in tokens if t.i > max(phrase)]
    if sum(t.is_alpha for t in before) < 2:
        return tuple(_trim_marks(after))
    head = token
    while head.head != head and not (
        head.pos_ in {"VERB", "AUX"} and any(c.dep_ in SUBJECTS for c in head.children)
    ):
        head = head.head
    clause = [t for t in head.subtree if t.i not in phrase]
    ids = {t.i for t in clause}
    if head.dep_ == "ROOT" or min(phrase) > max(ids):
        return tuple(
            _trim_marks([t for t in (tokens if head.dep_ == "ROOT" else clause) if t.i not in phrase])
        )
    return tuple(_trim_marks(clause))


def _noun(noun: Token) -> Iterator[Draft]:
    """ "Moscow's claim that P", "the claim of responsibility by IS-K"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    agents = [
        g
        for c in noun.subtree
        if c.lower_ in {"by", "from"} and c.dep_ in {"prep", "agent"} and c.i > noun.i
        for g in c.children
        if g.dep_ == "pobj"
    ]
    if not owners and not agents:
        return
    source = tuple(t for t in owners[0].subtree if t.tag_ != "POS") if owners else _phrase(agents[0], noun)
    taken = {t.i for t in source} | {t.head.i for t in source if t.head.lower_ in {"by", "from"}}
    contents = [
        c
        for c in noun.children
        if c.dep_ in {"acl", "ccomp", "relcl"} and any(g.dep_ == "mark" for g in c.children)
    ]
    contents += [
        g for c in noun.children if c.dep_ == "prep" and c.lower_ in {"of", "about"} for g in c.children
    ]
    if contents and not any(c.i in taken for c in contents):
        content = [t for t in contents[0].subtree if t.i not in taken]
        yield Draft(source, (noun,), tuple(_trim_marks(content)))


# Parts of a pattern.


def _cue(verb: Token) -> tuple[Token, ...]:
    """The verb with the auxiliaries, negation and particle that belong to it."""
    own = [c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(c.i - verb.i) <= 3]
    return tuple(sorted([verb, *own], key=lambda t: t.i))


def _frame(verb: Token) -> list[Token]:
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
            return verb.head if verb.tag_ in {"VBG", "VBD", "VBZ", "VBP"} else None
        if (
            verb.dep_ in {"conj", "advcl", "xcomp", "pcomp", "dep"}
            and verb.head != verb
            and verb.head.pos_ in {"VERB", "AUX", "ADP"}
        ):
            verb = verb.head
            continue
        return None
    return None


def _source(verb: Token) -> tuple[Token, ...]:
    """The noun phrase that says it: the subject, or the agent of a passive."""
    agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    if agents:
        return _phrase(agents[0], verb)
    if not any(c.dep_ in SUBJECTS for c in verb.children) and (near := _phrase_before(verb)):
        return near
    subject = _subject(verb)
    if subject is None or (subject.lower_ in {"it", "there"} and subject.dep_ == "expl"):
        return ()
    if subject.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"}:
        return ()
    return _phrase(subject, verb)


def _phrase_before(verb: Token) -> tuple[Token, ...]:
    """The noun phrase between a comma or "and" and a finite verb that the parser gave no subject.

    The small model hangs it on what precedes: "In a statement to Le Monde, the office | added".
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.dep_ not in {
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


def _phrase(head: Token, verb: Token) -> tuple[Token, ...]:
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
    return tuple(_trim_marks(tokens[low : high + 1]))


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in lexicon.NEGATIONS for c in verb.children)


# From tokens to spans, and over sentence boundaries.


def _distinct(found: list[Draft]) -> list[Draft]:
    """Without drafts that repeat another's source and content; the first pattern to find one keeps it."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for draft in found:
        if not draft.content:
            continue
        key = (draft.content[0].i, draft.source[0].i if draft.source else -1)
        if key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Without, at a content's end, the source of the next cue, where the parser joined the two by "and"."""
    apart = []
    for draft in drafts:
        ids = {t.i for t in draft.content}
        taken = [
            other.source[0].i
            for other in drafts
            if other.source
            and other.cue[0].i not in ids
            and draft.content[0].i < other.source[0].i
            and other.source[-1].i == draft.content[-1].i
        ]
        content = [t for t in draft.content if t.i < min(taken)] if taken else list(draft.content)
        while content and content[-1].dep_ in {"cc", "punct"}:
            content.pop()
        apart.append(replace(draft, content=tuple(content)) if content else draft)
    return apart


def _cut(parsed: Parsed, index: int, draft: Draft, inside: frozenset[int]) -> Attribution | None:
    content = _runs(parsed, draft.content)
    cue = _runs(parsed, draft.cue)
    source = _runs(parsed, draft.source)
    if not content or not cue or not source:
        return None
    return Attribution(
        sentence=index,
        source=Span(source[0].start, source[-1].end),
        cue=Span(cue[0].start, cue[-1].end) if cue[-1].end - cue[0].start < 80 else cue[-1],
        content=content,
        quote=_quote(draft.content, inside),
    )


def _quote(content: Iterable[Token], inside: frozenset[int]) -> Quote:
    words = [t for t in content if not t.is_punct and not t.is_space]
    quoted = sum(t.i in inside for t in words)
    if not quoted:
        return Quote.INDIRECT
    return Quote.DIRECT if quoted >= 0.9 * len(words) else Quote.MIXED


def _runs(parsed: Parsed, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Spans of the contiguous runs of `tokens`, without punctuation at their edges."""
    runs: list[list[Token]] = []
    for token in sorted(set(tokens), key=lambda t: t.i):
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = []
    for run in runs:
        span = parsed.span(run[0], run[-1])
        text = parsed.text(span)
        start, end = span
        while start < end and text[start - span.start] in EDGES:
            start += 1
        while end > start and text[end - 1 - span.start] in EDGES - {")"}:
            end -= 1
        if any(c.isalnum() for c in text[start - span.start : end - span.start]):
            spans.append(Span(start, end))
    return tuple(spans)


def _nest(kept: list[tuple[Attribution, Draft]]) -> list[Attribution]:
    """Record which attribution stands within which, and drop a speaker's own musings inside what they say."""
    nested: list[tuple[Attribution, int | None]] = []
    folded: set[int] = set()
    for i, (inner, draft) in enumerate(kept):
        within = _outer_of(i, kept)
        if within is not None and draft.source[0].lower_ in POSSESSIVES:
            # "said its intelligence showed P": one claim, the speaker's.
            outer = kept[within][0]
            nested[:] = [(a, DROPPED if a is outer else w) for a, w in nested]
            folded.add(within)
            nested.append((replace(inner, source=outer.source, cue=outer.cue), None))
            continue
        musing = within is not None and _is_musing(draft)
        nested.append((inner, DROPPED if musing or i in folded else within))
    places: dict[int, int] = {}
    result: list[Attribution] = []
    for i, (attribution, within) in enumerate(nested):
        if within != DROPPED:
            places[i] = len(result)
            result.append(replace(attribution, within=within))
    return [replace(a, within=places.get(a.within) if a.within is not None else None) for a in result]


def _outer_of(i: int, kept: list[tuple[Attribution, Draft]]) -> int | None:
    """The place of the attribution in whose content, or by whose pattern, the i-th is nested."""
    inner, draft = kept[i]
    if any(_takes_which(token) for token in draft.cue):
        return None  # "said P, which Kyiv denies": P is what Kyiv denies, but nobody says that it does
    for j, (outer, other) in enumerate(kept):
        if i == j or outer.sentence != inner.sentence or inner.cue is None:
            continue
        if draft.outer is not None:
            if draft.outer in other.cue:
                return j
        elif outer.cue != inner.cue and any(c.contains(inner.cue) for c in outer.content):
            return j
    return None


def _takes_which(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ == "which" and c.dep_ == "dobj" for c in verb.children)


def _is_musing(draft: Draft) -> bool:
    """Whether a nested draft only colours what the speaker says: "he said he believed", "I think"."""
    verb = draft.cue[0] if len(draft.cue) == 1 else max(draft.cue, key=lambda t: t.pos_ == "VERB")
    return verb.lemma_.lower() in MENTAL or draft.source[0].lower_ in FIRST_PERSON


def _carry_on(
    parsed: Parsed, attributions: list[Attribution], quotations: Quotations, inside: frozenset[int]
) -> tuple[Attribution, ...]:
    """Give the sentences of a quotation that lack a cue of their own to the source of its neighbours."""
    attributed = {a.sentence for a in attributions}
    groups = _sentence_tokens(parsed)
    carried: list[Attribution] = []
    for index, tokens in enumerate(groups):
        quotation = _whole_in(tokens, quotations, inside)
        if quotation is None or index in attributed:
            continue
        block = parsed.sentences[index].block
        before = [
            a
            for a in attributions
            if a.sentence < index and block - parsed.sentences[a.sentence].block <= 1 and a.within is None
        ]
        close = bool(before) and index - before[-1].sentence <= 3
        closing = next((i for i, a in enumerate(attributions) if _closes(a, index, groups, quotation)), None)
        content = _runs(parsed, tokens)
        if content and (close or closing is not None):
            carried.append(Attribution(index, None, None, content, Quote.DIRECT, spoken_as=closing))
    return _ordered([*attributions, *carried])


def _whole_in(tokens: list[Token], quotations: Quotations, inside: frozenset[int]) -> Quotation | None:
    """The quotation that a sentence stands in as a whole, if there is one."""
    words = [t for t in tokens if t.is_alpha or t.like_num]
    quoted = [t for t in words if t.i in inside]
    if not words or len(quoted) < 0.9 * len(words):
        return None
    return next((q for q in quotations.found if q.start <= quoted[0].idx < q.end), None)


def _closes(a: Attribution, index: int, groups: list[list[Token]], quotation: Quotation) -> bool:
    """Whether `a`, after the sentence `index`, names the speaker of the same quotation."""
    if not index < a.sentence <= index + 8 or a.quote is Quote.INDIRECT:
        return False
    return groups[a.sentence][0].idx < quotation.end


def _ordered(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    order = sorted(
        range(len(attributions)), key=lambda i: (attributions[i].sentence, attributions[i].content[0].start)
    )
    place = {old: new for new, old in enumerate(order)}

    def moved(index: int | None) -> int | None:
        return None if index is None else place[index]

    return tuple(
        replace(a, within=moved(a.within), spoken_as=moved(a.spoken_as))
        for a in (attributions[i] for i in order)
    )
