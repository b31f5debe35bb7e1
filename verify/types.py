"""The frozen values that flow through the pipeline, in the order in which they arise.

Every offset is a Unicode code point into `Document.text`, half-open, so that `text[start:end]`
is the passage. No value holds a placeholder: what isn't known yet isn't built yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end


class Role(StrEnum):
    """What a block of a document is for."""

    HEADLINE = "headline"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"


class Stance(StrEnum):
    """A source's stance to a proposition that is written in the positive."""

    ASSERTS = "asserts"
    SUGGESTS = "suggests"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines"


class CueClass(StrEnum):
    """What a source does by a cue: states something, makes a claim of it, wants it done, or feels it."""

    SAYS = "says"
    CLAIMS = "claims"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines"
    ORDERS = "orders"
    FEELS = "feels"

    @property
    def factual(self) -> bool:
        """Whether what is told can be true or false: neither a demand nor a hope or a fear."""
        return self not in {CueClass.ORDERS, CueClass.FEELS}


class Quote(StrEnum):
    """How a content is reported: in quotation marks, in the writer's words, in both, or not at all."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class Sort(StrEnum):
    """What a source is to its pronouns: "he" or "she", "it", "they"."""

    PERSON = "person"
    BODY = "body"
    PLURAL = "plural"


class RelationType(StrEnum):
    """How two claims on the same event and slot bear on each other, or a passage of the archive on a claim.

    The last three hold for passages only: a later figure, a quotation whose words were changed, and
    the right words with another speaker.
    """

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    UPDATE = "update"
    MISQUOTE = "misquote"
    WRONG_SPEAKER = "wrong_speaker"


class Kind(StrEnum):
    """The slot of the event on which two claims meet."""

    RESPONSIBILITY = "responsibility"
    OCCURRENCE = "occurrence"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    IDENTITY = "identity"
    CAUSE = "cause"
    STATUS = "status"
    HEADLINE = "headline"
    QUOTE = "quote"


class Diff(StrEnum):
    """Which findings count where a revision is given: those in what was added or changed since, or all."""

    ADDED = "added"
    """Those in changed paragraphs."""

    FILE = "file"
    """Those in changed files."""

    NOFILTER = "nofilter"


class Level(StrEnum):
    """How much a finding matters to an editor."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def severity(self) -> int:
        """0 for the gravest level, rising."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Block:
    """A headline, byline, heading or paragraph of a document.

    `masked` are the ranges inside it that are markup and not prose (Markdown's asterisks, say). `place` is
    where it stands in the original ("page 2", "/bodies/0/value"), None where the original is the text.
    """

    role: Role
    span: Span
    masked: tuple[Span, ...] = ()
    place: str | None = None

    def shown(self, text: str) -> str:
        """The block's characters in `text`, the document's, without what is masked."""
        ends = [self.span.start, *(place for gap in self.masked for place in gap), self.span.end]
        return "".join(text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class Document:
    """A draft as loaded: its own characters, untouched, and what is known about it.

    `unread` is what stands in none of its blocks, and isn't known to be mere markup. `own_id` is the id that
    it gives itself, by which an archive knows it; `speaker` says all of it, as in the transcript of a speech.
    """

    id: str
    path: str
    text: str
    sha256: str
    title: str | None
    published: date | None
    byline: str | None
    blocks: tuple[Block, ...]
    unread: tuple[Unchecked, ...] = ()
    own_id: str | None = None
    publisher: str | None = None
    url: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A stretch of a document that wasn't checked, and why; never passed off as fine.

    It is empty where there is something in the original and no text, such as a scanned page. `place` is as in
    a block.
    """

    reason: str
    span: Span
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document; `block` is its index into `Document.blocks`."""

    id: str
    span: Span
    block: int
    role: Role


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as they stand in one sentence, before anything is resolved.

    `source` is None where the content is part of a quotation that runs over sentences: its speaker is
    that of the attribution with the index `spoken_as`, or the one before. `within` is the index of the
    attribution that this one is nested in ("Tass quoted the FSB as saying").
    """

    sentence: int
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quote: Quote
    within: int | None = None
    spoken_as: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it: resolved name, mention in this sentence, the side spoken for, and whether named at all.

    `definite` are those of `name` and `party` before which the draft says "the".
    """

    name: str
    text: Span | None
    party: str
    anonymous: bool
    sort: Sort = Sort.BODY
    definite: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition (always in the positive) with its source and the source's stance to it.

    `source` is None for the outlet's own voice; `within` is the id of the claim that this one is nested in;
    `cites` are the names of the sources on whose word the source says it ("Tass said P, citing the FSB").
    `cue_class` is `says` for the outlet's own voice.
    """

    id: str
    sentence: str
    span: Span
    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    quote: Quote
    stance: Stance
    proposition: str
    within: str | None
    role: Role = Role.PARAGRAPH
    cites: frozenset[str] = frozenset()
    cue_class: CueClass = CueClass.SAYS

    @property
    def party(self) -> str:
        """The side that the claim speaks for; `"outlet"` for the outlet's own voice."""
        return self.source.party if self.source else OUTLET

    @property
    def source_name(self) -> str:
        """The name of the source; "" for the outlet's own voice."""
        return self.source.name if self.source else ""


OUTLET = "outlet"
UNKNOWN = "unknown"
"""Name and party of a source that the draft doesn't name: "he was accused of", "it is feared that"."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two claims that support or contradict each other, and the words that decide it.

    `a` comes before `b` in the text. `score` is in 0..1; `reason` is one sentence for an editor.
    """

    a: str
    b: str
    relation: RelationType
    kind: Kind
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One to three sentences of an archived document.

    `document` is the archive's id for it, `span` a range of its text, and `origin` the id of the earliest
    document that carries the same copy: its own where the copy is its own.
    """

    document: str
    span: Span
    text: str
    title: str | None
    publisher: str | None
    published: date | None
    speaker: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of the archive that bears on a claim, and the words that decide it.

    `span` is the deciding part of `passage`, a range of the archived document's text; `score` is in 0..1.
    """

    claim: str
    passage: Passage
    span: Span
    relation: RelationType
    kind: Kind
    score: float
    reason: str


class Verdict(StrEnum):
    """What the record says of a quotation.

    `trimmed` is fair: what is left out changes nothing. `sense` is a "not", a "may" or a condition that was
    dropped or added, `spliced` what was said in two places, and `paraphrase` the sense in other words.
    """

    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    ALTERED = "altered"
    SENSE = "sense"
    NUMBER = "number"
    SPLICED = "spliced"
    PARAPHRASE = "paraphrase"
    WRONG_SPEAKER = "wrong_speaker"
    NOT_FOUND = "not_found"

    @property
    def faithful(self) -> bool:
        """Whether the words are the record's."""
        return self in {Verdict.VERBATIM, Verdict.TRIMMED}


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A quotation of the draft that was looked up in the archive: its words are those in `span`.

    `evidence` is where they stand in the record, None where they weren't found.
    """

    claim: str
    span: Span
    verdict: Verdict
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Searched:
    """What a draft was held against: the archive's path, and how much there is in it."""

    archive: str
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Position:
    """Where one party stands on an issue: `yes`, `no`, `perhaps`, `doubts`, `no comment`, or a value."""

    party: str
    answer: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A contested question and the positions of the parties on it."""

    question: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What several parties say and none contradicts: all their claims, and the proposition of one of them."""

    proposition: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reliance:
    """A source that says things on the word of another ("Tass, citing the FSB"), and in which claims."""

    source: str
    relies_on: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suppression:
    """An editor's decision to let a finding stand: why, where it is written, and until when."""

    reason: str
    place: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about a document. `fingerprint` survives edits elsewhere in the text.

    `suppression` says that an editor let it stand, `known` that the baseline holds it; neither fails a gate.
    """

    id: str
    rule: str
    code: str
    level: Level
    message: str
    claims: tuple[str, ...]
    spans: tuple[Span, ...]
    score: float
    fingerprint: str
    suppression: Suppression | None = None
    known: bool = False

    @property
    def is_aside(self) -> bool:
        """Whether it doesn't count: an editor let it stand, or the baseline holds it."""
        return self.suppression is not None or self.known


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was looked at, and what wasn't."""

    sentences: int
    claims: int
    pairs_compared: int
    unchecked: tuple[Unchecked, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with all that was found in it: what every report is written from.

    `rules` names the rules that ran, whether they found something or not.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    issues: tuple[Issue, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    agreed: tuple[Agreed, ...] = ()
    reliances: tuple[Reliance, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    searched: Searched | None = None
    rules: tuple[str, ...] = ()
    quotations: tuple[LookedUp, ...] = ()

    @property
    def nothing_checked(self) -> bool:
        """Whether no sentence of the document's paragraphs could be checked: silence that is no pass."""
        prose = [s for s in self.sentences if s.role is Role.PARAGRAPH]
        unread = [u.span for u in self.coverage.unchecked]
        return all(any(span.contains(s.span) for span in unread) for s in prose)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the tool over documents.

    `models` names what it ran with, by `encoder`, `entailment`, `attribution`, `parser`.
    """

    documents: tuple[Checked, ...]
    models: Mapping[str, str]
