"""What a finder is, and what it is given to look at."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sayso.redact.directory import Directory

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""


class Kind(StrEnum):
    """What sort of personal data; its placeholder is the word in square brackets."""

    EMAIL = "email"
    LINK = "link"
    IBAN = "iban"
    CARD = "card"
    IP = "ip"
    PHONE = "phone"
    HANDLE = "handle"
    NAME = "name"

    @property
    def placeholder(self) -> str:
        """What stands in the text instead."""
        return f"[{self.value}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One text on its way past the finders.

    `taken` are the spans that nobody else may read digits in: every link, and what earlier
    finders found. They are sorted and do not overlap.
    """

    text: str
    language: str
    region: str
    directory: Directory
    links: tuple[Span, ...]
    taken: tuple[Span, ...]

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing taken overlaps the span."""
        return is_free(self.taken, start, end)

    def before(self, start: int, size: int) -> str:
        """Return up to `size` characters of the same line that come before `start`."""
        return self.text[max(0, start - size) : start].rpartition("\n")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Finds one kind of personal data. Its version changes whenever its answers may."""

    kind: Kind
    version: str
    find: Callable[[Scan], Iterator[Span]]
    about: str


def is_free(taken: Sequence[Span], start: int, end: int) -> bool:
    """Whether none of `taken`, sorted and without overlaps, reaches into the span."""
    at = bisect_left(taken, (end, end))
    return at == 0 or taken[at - 1][1] <= start


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return `spans` sorted, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
