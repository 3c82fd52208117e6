"""What a finder is, what it is given to look at, and what it answers."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from sayso.redact.letters import Places
from sayso.redact.members.directory import Directory
from sayso.redact.sight import BETWEEN_DIGITS, FEWEST_TOGETHER, WIDEST_GAP, Sight

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""

Likely = Callable[[Sight], Places]
"""Returns where in a batch a finder may find something: rows that begin with a place, in order."""

_RUNS = re.compile(r"[0-9]+")
_NUMBERS = re.compile(
    rf"[0-9](?:[{BETWEEN_DIGITS}]{{0,{WIDEST_GAP}}}[0-9]){{{FEWEST_TOGETHER - 1},}}"
)


class Kind(StrEnum):
    """What sort of personal data."""

    EMAIL = "email"
    URL = "url"
    SECRET = "secret"  # noqa: S105 - the kind, not one of them
    CARD = "card"
    IBAN = "iban"
    BANK = "bank"
    ID = "id"
    IP = "ip"
    MAC = "mac"
    PHONE = "phone"
    HANDLE = "handle"
    LOCATION = "location"
    PLATE = "plate"
    ADDRESS = "address"
    DATE_OF_BIRTH = "date_of_birth"
    PERSON = "person"

    def placeholder(self, number: int) -> str:
        """Return what stands in the text instead: `<EMAIL_1>`."""
        return f"{_OPENINGS[self]}{number}>"


_OPENINGS = {kind: f"<{kind.value.upper()}_" for kind in Kind}


class Stage(IntEnum):
    """When a finder is asked: once the ones before have nothing more to say."""

    SIGNS = 0
    """What a sign gives away, whatever stands around it."""
    NUMBERS = 1
    NAMES = 2


STAGES = dict.fromkeys(Kind, Stage.NUMBERS) | {
    Kind.URL: Stage.SIGNS,
    Kind.EMAIL: Stage.SIGNS,
    Kind.HANDLE: Stage.SIGNS,
    Kind.PERSON: Stage.NAMES,
}

PLACEHOLDER = re.compile(
    rf"<({'|'.join(kind.value.upper() for kind in Kind)})_([1-9][0-9]{{0,8}})>"
)
"""A placeholder, in a redacted text or written by somebody."""


class Hit(NamedTuple):
    """Where a finder sees personal data, and the short fixed word that says why.

    Hits with the same `identity` are the same value, whatever their spelling; where it is
    empty, the folded words decide.
    """

    start: int
    end: int
    rule: str
    identity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known beside a text. Spans are in code points of that text.

    `language` is a BCP 47 tag and `region` an ISO 3166-1 country; they help to read numbers. In
    `code` only secrets, e-mail, links and IP addresses are looked for. What lies inside `spared`
    stays. `people` are names and handles of those who take part, for this text only.
    """

    language: str = ""
    region: str = ""
    code: tuple[Span, ...] = ()
    spared: tuple[Span, ...] = ()
    people: tuple[str, ...] = ()


NOTHING_KNOWN = Surroundings()


NO_SETS: Mapping[frozenset[str], int] = {}


class Glance(NamedTuple):
    """What is known of a text before anybody scans it; it is one of a batch."""

    at: int
    """Which of the texts it is."""
    start: int
    """Where it begins in the batch."""
    rows: Mapping[Likely, Places]
    """What is likely in the batch: rows of start and end."""
    bounds: Mapping[Likely, Sequence[int]]
    """Which rows of those are each text's."""
    asked: int = -1
    """The bits of the finders that may find something."""
    said: int | None = None
    """The bits of those sets of words of which one stands in it; None where it is not certain."""
    bits: Mapping[frozenset[str], int] = NO_SETS

    def sees(self, likely: Likely) -> bool:
        """Whether anything may be there."""
        bounds = self.bounds[likely]
        return bounds[self.at] < bounds[self.at + 1]

    def spans(self, likely: Likely) -> list[Span]:
        """Return where."""
        bounds, start = self.bounds[likely], self.start
        rows = self.rows[likely][bounds[self.at] : bounds[self.at + 1]].tolist()
        return [(row[0] - start, row[1] - start) for row in rows]


class Scan:
    """One text on its way past the finders."""

    __slots__ = (
        "_glance",
        "_newly_taken",
        "_numbers",
        "_runs",
        "_taken",
        "directory",
        "language",
        "people",
        "region",
        "starts",
        "text",
        "turned_down",
    )

    def __init__(
        self,
        text: str,
        around: Surroundings = NOTHING_KNOWN,
        directory: Directory | None = None,
        taken: Sequence[Span] = (),
    ) -> None:
        """Begin with nothing but `taken` spoken for."""
        self.text = text
        self.language = around.language
        self.region = around.region
        self.people = around.people
        self.directory = directory or Directory()
        self._taken = list(taken)
        self._newly_taken: list[Span] = []
        self._numbers: list[Span] | None = None
        self.turned_down: set[tuple[int, str]] = set()
        """Stretches of text in which a finder saw nothing, and where in them it looked."""
        self._runs: list[Span] | None = None
        self._glance: Glance | None = None
        self.starts: list[tuple[int, Span]] | None = None
        """Where tables of numbers begin to read, and the digits there, for the next table."""

    @property
    def asked(self) -> int:
        """The bits of the finders that may find something, by the order of `likely`."""
        return -1 if self._glance is None else self._glance.asked

    def know(self, glance: Glance) -> None:
        """Take what somebody saw of the text at a glance."""
        self._glance = glance

    def sees(self, likely: Likely) -> bool:
        """Whether what is likely may be there; a no is certain."""
        return self._glance is None or self._glance.sees(likely)

    def likely_runs(self, likely: Likely) -> list[Span]:
        """Return the `runs` that may matter; all of them where nobody has looked."""
        return self.runs if self._glance is None else self._glance.spans(likely)

    def likely_numbers(self, likely: Likely) -> list[Span]:
        """Return the `numbers` that may matter; all of them where nobody has looked."""
        return self.numbers if self._glance is None else self._glance.spans(likely)

    @property
    def numbers(self) -> list[Span]:
        """Return where four digits or more stand together; there may be several numbers.

        Between any two there are at most three spaces, dots, dashes, slashes or brackets.
        """
        if self._numbers is None:
            self._numbers = [match.span() for match in _NUMBERS.finditer(self.text)]
        return self._numbers

    @property
    def runs(self) -> list[Span]:
        """Return where digits stand with nothing between them."""
        if self._runs is None:
            self._runs = [match.span() for match in _RUNS.finditer(self.text)]
        return self._runs

    @property
    def taken(self) -> list[Span]:
        """Return the spans that nobody else may read digits in, sorted, without overlaps.

        They are placeholders, and what earlier finders found.
        """
        if self._newly_taken:
            self._taken = merged(self._taken + self._newly_taken)
            self._newly_taken = []
        return self._taken

    def may_say(self, words: frozenset[str]) -> bool:
        """Whether one of the words may stand in the text; a no is certain."""
        if self._glance is None or self._glance.said is None:
            return True
        bit = self._glance.bits.get(words)
        return bit is None or bool(self._glance.said & bit)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing taken overlaps the span."""
        return is_free(self.taken, start, end)

    def take(self, hits: Sequence[Hit]) -> None:
        """Speak for the spans of `hits`."""
        self._newly_taken += [(hit[0], hit[1]) for hit in hits]

    def before(self, start: int, size: int) -> str:
        """Return up to `size` characters of the same line that come before `start`."""
        return self.text[max(0, start - size) : start].rpartition("\n")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Finds one kind of personal data. Its version changes whenever its answers may.

    It is asked only about texts in which one of `needs` stands, letter for letter, or what it
    says is `likely`, and one of `words`, in any spelling or as part of another where it is no
    word of letters; about all where there are none. It looks at its argument alone, which knows
    of the sets of words that it `heeds` whether one is there, and where what is `likely` stands.
    """

    kind: Kind
    version: str
    find: Callable[[Scan], Iterator[Hit]]
    about: str
    needs: tuple[str, ...] = ()
    likely: tuple[Likely, ...] = ()
    asks: tuple[Likely, ...] = ()
    """What else it wants to know is likely; that alone is no reason to ask it."""
    words: tuple[str, ...] = ()
    heeds: tuple[frozenset[str], ...] = ()


def is_free(taken: Sequence[Span], start: int, end: int) -> bool:
    """Whether none of `taken`, sorted and without overlaps, reaches into the span."""
    at = bisect_left(taken, (end, end))
    return at == 0 or taken[at - 1][1] <= start


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return `spans` sorted, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
