"""A place where two words of a name stand together, read as the name it may be."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from sayso.redact.letters import Words, words
from sayso.redact.members.name_forms import LONGEST, PARTICLES, key_of
from sayso.redact.members.name_table import Table
from sayso.redact.members.ordinary import ORDINARY, frequent

_BEFORE, _AFTER = 5, 10
_NEXT = re.compile(r"[ \t]?\n?[ \t]{0,2}['\u2019\u02bc]?\Z|-\Z")
_NEXT_TO_INITIAL = re.compile(r"\.?[ \t]?\n?[ \t]{0,2}['\u2019\u02bc]?\Z|-\Z")
_WORD = re.compile(r"[^\W\d_]+")
_COMMA = re.compile(r",[ \t]?\n?[ \t]{0,2}\Z|,\Z")
_LAST_WORD = re.compile(r"([^\W\d_]+) {1,2}\Z")
_ENDS = re.compile(r"(?:\A|[.!?:;\u2026*#>\n-])[\s\"'\u2018\u201c(]*\Z")
_NEXT_NAME = re.compile(r"[ \t]{1,3}\n?([^\W\d_a-z])")
_ABBREVIATIONS = frozenset(
    {"US", "UK", "UN", "EU", "UAE", "DC", "NY", "LA", "PO", "PS", "AM", "PM", "BC", "AD", "MO"}
)
_CLITICS = frozenset({"s", "d", "m", "t", "ll", "re", "ve"})
_HEBREW = "\u0590"
_APOSTROPHES = frozenset("'\u2019\u02bc")
_TIES = _APOSTROPHES | {"-"}


class Known(NamedTuple):
    """A name of the directory in a text; `rule` says which way it is written."""

    start: int
    end: int
    rule: str


class NameReader:
    """Reads names of one text, word by word, at the places it is pointed to."""

    __slots__ = ("_ends", "_found", "_numbers", "_starts", "_table", "_text")

    def __init__(self, text: str, found: Words, table: Table) -> None:
        """Read `text`, whose words are `found`, with the forms in `table`."""
        self._text = text
        self._found = found
        self._table = table
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._numbers: list[int] = []

    def at(self, place: int, after: int) -> Iterator[Known]:
        """Yield the names in which word `place` comes right before word `after`."""
        first = max(0, place - _BEFORE)
        window = slice(first, place + _AFTER)
        self._starts = self._found.starts[window].tolist()
        self._ends = self._found.ends[window].tolist()
        self._numbers = self._found.numbers[window].tolist()
        here = place - first
        straight = self._straight(here)
        if straight is not None:
            yield straight
        elif after == place + 1:
            yield from self._turned(here)

    def _word(self, at: int) -> str:
        return self._text[self._starts[at] : self._ends[at]]

    def _between(self, at: int) -> str:
        return self._text[self._ends[at] : self._starts[at + 1]]

    def _is_single(self, at: int) -> bool:
        start = self._starts[at]
        sign = self._text[start]
        return self._ends[at] - start == 1 and sign < _HEBREW and sign.isalpha()

    def _is_dotted(self, at: int) -> bool:
        return self._is_single(at) and self._text[self._ends[at] : self._ends[at] + 1] == "."

    def _joins(self, at: int) -> bool:
        """Whether this word and the next can belong to one name."""
        if at and self._word(at) == "s" and self._between(at - 1) in _APOSTROPHES:
            return False
        allowed = _NEXT_TO_INITIAL if self._is_single(at) else _NEXT
        return allowed.match(self._between(at)) is not None

    def _run(self, at: int) -> list[int]:
        """Return the words from `at` on that may be one name, inner initials left out."""
        run = [at]
        last = len(self._starts) - 1
        while at < last and len(run) < LONGEST and self._joins(at):
            at += 1
            if not self._is_single(at):
                run.append(at)
        return run

    def _straight(self, at: int) -> Known | None:
        run = self._run(at)
        for size in range(len(run), 1, -1):
            chosen = run[:size]
            if self._holds(chosen) and self._is_written(chosen) and self._is_whole(chosen):
                rule = "initial" if self._is_single(at) else "name"
                return self._known(chosen[0], chosen[-1], rule)
        return None

    def _is_whole(self, row: Sequence[int]) -> bool:
        """Whether it is not one hyphened word, nor the end of `U.S. Small` or `Q&A. Small`."""
        start = self._starts[row[0]]
        if self._is_single(row[0]) and start and self._text[start - 1] in ".&+/":
            return False
        initials = takewhile(self._is_dotted, range(row[0], row[-1]))
        if "".join(map(self._word, initials)) in _ABBREVIATIONS:
            return False
        return any(self._between(at) not in _TIES for at in range(row[0], row[-1]))

    def _turned(self, at: int) -> Iterator[Known]:
        """Yield `Lopez, Ana` and `LOPEZ Ana`, where `at` is the last word of the last name."""
        between = self._between(at)
        comma = _COMMA.match(between) is not None
        if not comma and not (
            _NEXT.match(between) and self._word(at).isupper() and not self._word(at + 1).isupper()
        ):
            return
        given = self._run(at + 1)[:3]
        for size in range(len(given), 0, -1):
            chosen = given[:size]
            for first in self._surname(at, comma=comma):
                row = [*chosen, *(one for one in range(first, at + 1) if not self._is_single(one))]
                if self._holds(row) and self._is_written(row):
                    known = self._known(first, chosen[-1], "turned" if comma else "capitals")
                    is_cut = (
                        self._text[known.end - 1] == "." and self._text[known.end :][:1].isalpha()
                    )
                    if not is_cut and not (comma and self._is_in_a_list(known)):
                        yield known
                    return

    def _surname(self, at: int, *, comma: bool) -> list[int]:
        """Return where a last name that ends with `at` may begin, the longest first."""
        begins = [at]
        while begins[-1] > 0 and len(begins) < 4:
            before = begins[-1] - 1
            if not self._joins(before) or not (comma or self._word(before).isupper()):
                break
            begins.append(before)
        return begins[::-1]

    def _holds(self, row: Sequence[int]) -> bool:
        return key_of([self._numbers[at] for at in row]) in self._table

    def _is_written(self, row: Sequence[int]) -> bool:
        """Whether the words are written as a name: with capitals, or so that no word is meant."""
        is_small = False
        for at in row:
            word = self._word(at)
            if self._is_single(at):
                if not word.isupper() or self._text[self._ends[at] : self._ends[at] + 1] != ".":
                    return False
            elif word[0].islower() and (word not in PARTICLES or at == row[-1]):
                is_small |= self._text[self._starts[at] - 1] not in _TIES
        return not is_small or all(is_rare(self._word(at)) for at in row)

    def _known(self, first: int, last: int, rule: str) -> Known:
        """Return the span, with the rest of a hyphened name and what an apostrophe ties to it."""
        start, end = self._starts[first], self._ends[last]
        if self._is_single(last) and self._text[end : end + 1] == ".":
            end += 1
        while first and self._text[start - 1] in _APOSTROPHES and self._is_single(first - 1):
            first -= 1
            start = self._starts[first]
        while first and self._between(first - 1) == "-" and self._word(first - 1)[0].isupper():
            first -= 1
            start = self._starts[first]
        while last + 1 < len(self._starts) and self._is_tied(last):
            last += 1
            end = self._ends[last]
        return Known(start, end, rule)

    def _is_tied(self, at: int) -> bool:
        """Whether the next word is part of this one, as in `Ann-Marie` and `Ng'ang'a`."""
        between, after = self._between(at), self._word(at + 1)
        if between == "-":
            return after[0].isupper()
        return between in _APOSTROPHES and after.lower() not in _CLITICS

    def _is_in_a_list(self, known: Known) -> bool:
        """Whether a turned name is the end of one person's name and the beginning of the next's."""
        after = _NEXT_NAME.match(self._text, known.end)
        if after and after[1].isupper():
            return True
        before = self._text[max(0, known.start - 40) : known.start]
        last = _LAST_WORD.search(before)
        if last is None or not last[1][0].isupper() or not is_rare(last[1]):
            return False
        return not _ENDS.search(before, 0, last.start(1)) or self._names_pair(last[1], known)

    def _names_pair(self, before: str, known: Known) -> bool:
        """Whether the word before a turned name and its first word are a name as well."""
        first = _WORD.match(self._text, known.start)
        pair = words(f"{before} {first[0]}").numbers.tolist() if first else []
        return len(pair) == 2 and key_of(pair) in self._table


def is_rare(word: str) -> bool:
    """Whether the word, written small, is likely to be nothing but a name."""
    small = word.lower()
    return len(small) >= 3 and not any(small in each for each in (ORDINARY, PARTICLES, frequent()))


def words_in(name: str, rule: str) -> tuple[str, ...]:
    """Return the words of a name, small, in their order: first names first, no particles.

    Of letters with a dot only the first of a name is kept.
    """
    last, comma, first = name.partition(",")
    found = [word.lower() for word in _WORD.findall(f"{first} {last}" if comma else name)]
    if rule == "capitals":
        found = [*found[1:], found[0]]
    kept = [word for word in found[1:] if len(word) > 1 and word not in PARTICLES]
    return (*found[:1], *kept)
