r"""Rows from lines, in the ways of quoting that one and the same archive mixes.

`Shares.csv` doubles quotes (RFC 4180), `Comments.csv` puts a backslash before them. Read the wrong
way, texts fall apart into rows or grow together, so neither is forgiven what is the other's.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_ROW = 1024**2
"""In signs. A post holds 3,000, a message some ten thousand; a lost quote would hold the rest."""

MOST_TORN = 100
"""After so many rows that cannot be read a file is not worth going on with."""

_SPECIAL = re.compile(r'["\\]')
_ESCAPED_SIGN = re.compile(r'\\(["\\])')
_ESCAPED_QUOTE = re.compile(r'\\(")')


class Quoting(StrEnum):
    """How a quote is written inside a quoted field."""

    DOUBLED = "doubled"
    ESCAPED = "escaped"
    """A backslash before a quote, and before a backslash."""
    HALF_ESCAPED = "half-escaped"
    """A backslash before a quote alone; every other backslash stands for itself."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row's fields, and the line it begins on."""

    line: int
    values: tuple[str, ...]
    until: int = field(default=0, compare=False)
    """The line it ends on."""
    quoted: tuple[bool, bool] = field(default=(False, False), compare=False)
    """Whether its first and its last field stood in quotes."""


@dataclass(frozen=True, slots=True)
class Torn:
    """A row that is none, and the line it begins on; what follows that line is read again."""

    line: int
    reason: str


def rows(lines: Iterable[str | None], quoting: Quoting) -> Iterator[Cells | Torn]:
    """Yield every row; a blank line is none. None among `lines` is a line that is too long."""
    waiting: deque[tuple[int, str | None]] = deque()
    coming = enumerate(lines, start=1)
    row, torn, last = _Row(quoting), 0, 0
    while torn < MOST_TORN:
        number, line = waiting.popleft() if waiting else next(coming, (0, ""))
        if number == 0 and not row.held:
            return
        last = max(last, number)
        problem = row.take(number, line)
        if problem:
            torn += 1
            yield Torn(row.line, problem)
            waiting.extendleft(reversed(row.held[1:]))
        if problem or not row.is_open:
            if row.values:
                yield Cells(row.line, tuple(row.values), row.held[-1][0], row.quoted)
            row = _Row(quoting)
    yield Torn(last, "too much of the file cannot be read")


class _Row:
    """A row that is being read, line by line."""

    def __init__(self, quoting: Quoting) -> None:
        self._quoting = quoting
        self._parts: list[str] = []
        self._size = 0
        self.held: list[tuple[int, str | None]] = []
        self.values: list[str] = []
        self._in_quotes: list[bool] = []
        self.is_open = False
        """Whether a quoted field goes on in the next line."""

    @property
    def line(self) -> int:
        return self.held[0][0]

    @property
    def quoted(self) -> tuple[bool, bool]:
        return (self._in_quotes[0], self._in_quotes[-1]) if self._in_quotes else (False, False)

    def take(self, number: int, line: str | None) -> str:
        """Read one more line; return what is wrong with the row, if anything is."""
        if number == 0:
            return self._torn("a quote that is never closed")
        self.held.append((number, line))
        if line is None:
            self.held[1:] = []  # it is passed over; the lines between were part of a text
            return self._torn("a line that is too long")
        self._size += len(line)
        if self._size > LONGEST_ROW:
            return self._torn("a row that is too long, or a quote that is never closed")
        body = line.rstrip("\r\n")
        if not self.is_open:
            if not body.strip():
                return ""
            if '"' not in line and (self._quoting is Quoting.DOUBLED or "\\" not in line):
                self.values = body.split(",")
                return ""
        return self._scan(body, line[len(body) :])

    def _scan(self, body: str, end: str) -> str:
        at = self._quoted(body, end, 0) if self.is_open else 0
        while 0 <= at <= len(body):
            if body[at : at + 1] == '"':
                self.is_open = True
                at = self._quoted(body, end, at + 1)
            else:
                stop = body.find(",", at)
                stop = len(body) if stop < 0 else stop
                self.values.append(self._plain(body[at:stop]))
                self._in_quotes.append(False)
                at = stop + 1
        return self._torn("a quote inside a quoted field") if at == _MISPLACED else ""

    def _quoted(self, body: str, end: str, at: int) -> int:
        """Read a quoted field from `at`; return where the next field begins."""
        while True:
            found = self._special(body, at)
            if found < 0:
                self._parts.append(body[at:] + end)
                return _GOES_ON
            self._parts.append(body[at:found])
            following = body[found + 1 : found + 2]
            if self._escapes(body[found], following):
                self._parts.append(following)
                at = found + 2
            elif body[found] == "\\":
                self._parts.append("\\")
                at = found + 1
            elif following in {"", ","}:
                self.values.append("".join(self._parts))
                self._in_quotes.append(True)
                self._parts, self.is_open = [], False
                return found + 2
            else:
                return _MISPLACED

    def _special(self, body: str, at: int) -> int:
        if self._quoting is Quoting.DOUBLED:
            return body.find('"', at)
        found = _SPECIAL.search(body, at)
        return found.start() if found else -1

    def _escapes(self, sign: str, following: str) -> bool:
        if self._quoting is Quoting.DOUBLED:
            return following == '"'
        escaped = {'"', "\\"} if self._quoting is Quoting.ESCAPED else {'"'}
        return sign == "\\" and following in escaped

    def _plain(self, text: str) -> str:
        if self._quoting is Quoting.DOUBLED or "\\" not in text:
            return text
        signs = _ESCAPED_SIGN if self._quoting is Quoting.ESCAPED else _ESCAPED_QUOTE
        return signs.sub(r"\1", text)

    def _torn(self, reason: str) -> str:
        self.values, self.is_open = [], False
        return reason


_GOES_ON, _MISPLACED = -1, -2
