"""Factual sentences with marked parts, from which pairs are made; seeds/facts/README.md has the format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.errors import InputError

SLOTS = frozenset(
    {"a", "v", "p", "aux", "n", "per", "loc", "opp", "why", "add", "st", "q", "same", "neg", "nopassive"}
)
VERBATIM = ("a", "p", "n", "per", "loc", "why", "add", "aux", "st")
"""Slots that have to stand in the sentence as they are."""


def words(text: str) -> list[str]:
    """The words of `text`, for tables that read better as prose than as lists."""
    return text.split()


COMMON = frozenset(
    words(
        """
    a about aid all an angry archaeologists as astronomers at bakers before beneath beside bird
    border both burglars by climbers coffee commuters customs deputies detectives divers dockers
    doctors drivers each editors eight electricity eleven emissions engineers every failure farmers
    faulty fewer fifty firefighters fish fishermen five flood following for forty four fourteen from
    gas government guards gunmen hackers half heavy immigrants in inflation inspectors investigators
    it judges jurors lawyers lead lightning manure many miners monks more mosquitoes most mountain
    near nearly nine nineteen no nobody none not nurses officers on one only opposition outside
    parents parliament passengers peacekeepers pensioners pilots pirates police prosecutors
    protesters pupils quarterly rail rain rebels rescuers researchers residents sailors scientists
    seven seventeen several shareholders since six sixty smoke smoking snow so soldiers some
    strikers students suppliers surgeons teachers ten tenants the there thirty this three to tobacco
    turnout two under unemployment unpaid until up vandals villagers volunteers voters water what
    when workers
    """
    )
)
"""Words that open a sentence in capitals for that reason alone."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence and its marked parts; `desk` is the file that it stands in."""

    text: str
    desk: str
    slots: Mapping[str, str]

    def has(self, *slots: str) -> bool:
        """Whether all of these parts are marked."""
        return all(slot in self.slots for slot in slots)

    @property
    def verb(self) -> tuple[str, ...]:
        """Base, past, and, where there is a passive, participle and its "was" or "were"."""
        return tuple(self.slots["v"].split("/"))

    @property
    def agent(self) -> str:
        """Who did it, as inside a sentence."""
        return lowered(self.slots["a"]).rstrip(",")

    @property
    def patient(self) -> str:
        """To whom or what it was done, as inside a sentence."""
        return self.slots["p"].rstrip(",")

    @property
    def rest(self) -> str:
        """What follows the patient, with its space, to the end of the sentence without the full stop."""
        return self.text[len(self.active) :].rstrip(".")

    @property
    def active(self) -> str:
        """The clause "agent past patient" that opens the sentence."""
        return f"{self.slots['a']} {self.verb[1]} {self.slots['p']}"

    @property
    def transitive(self) -> bool:
        """Whether there is an agent, a patient and a passive."""
        return self.has("a", "p") and len(self.verb) == 4 and not self.has("nopassive")


def read_facts(folder: Path) -> tuple[Fact, ...]:
    """The facts of every .txt in `folder`. Raises InputError naming the first line that breaks the format."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InputError(str(folder), "holds no facts", "give a folder such as seeds/facts")
    return tuple(fact for file in files for fact in _read(file))


def _read(file: Path) -> Iterator[Fact]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), "can't be read as UTF-8", "check the file") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield parse(line, file.stem)
        except ValueError as error:
            raise InputError(
                f"{file}:{number}", str(error), "see seeds/facts/README.md for the format"
            ) from error


def parse(line: str, desk: str) -> Fact:
    """The fact that a line holds; raises ValueError saying which part is wrong."""
    text, *parts = (part.strip() for part in line.split(" | "))
    slots = {}
    for part in parts:
        key, colon, value = part.partition(":")
        if not colon or key not in SLOTS or not value.strip():
            raise ValueError(f"{part!r} is no known part")
        slots[key] = value.strip()
    fact = Fact(text, desk, slots)
    if not text.endswith("."):
        raise ValueError(f"the sentence {text!r} doesn't end in a full stop")
    for key in VERBATIM:
        if key in slots and slots[key] not in text:
            raise ValueError(f"{key!r} is {slots[key]!r}, which isn't in the sentence")
    if "opp" in slots and ("/" not in slots["opp"] or slots["opp"].split("/")[0] not in text):
        raise ValueError(f"'opp' is {slots['opp']!r}, not a word of the sentence and its opposite")
    if ("v" in slots) == ("aux" in slots):
        raise ValueError("it needs either 'v' or 'aux'")
    if "v" in slots and not re.search(rf"\b{re.escape(fact.verb[1])}\b", text):
        raise ValueError(f"'v' is {slots['v']!r}, whose second form isn't in the sentence")
    if fact.has("a", "p") and not text.startswith(fact.active):
        raise ValueError(f"it doesn't open with {fact.active!r}")
    return fact


def lowered(text: str) -> str:
    """`text` as it stands inside a sentence: its first letter small unless it opens with a name."""
    first = re.split(r"[\s,-]", text, maxsplit=1)[0]
    return text[:1].lower() + text[1:] if first.lower() in COMMON else text


def raised(text: str) -> str:
    """`text` with a capital first."""
    return text[:1].upper() + text[1:]


def names(facts: Sequence[Fact], slot: str) -> tuple[str, ...]:
    """All people (`per`) or places (`loc`) of the facts, sorted."""
    return tuple(sorted({fact.slots[slot] for fact in facts if slot in fact.slots}))
