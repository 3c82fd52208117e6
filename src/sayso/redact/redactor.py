"""A text past every finder, and what is left of it."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from sayso.community import Region
from sayso.redact.directory import Directory
from sayso.redact.finders.cards import CARD
from sayso.redact.finders.emails import EMAIL
from sayso.redact.finders.handles import HANDLE
from sayso.redact.finders.ibans import IBAN
from sayso.redact.finders.machines import IP
from sayso.redact.finders.member_names import NAME
from sayso.redact.finders.person_links import LINK
from sayso.redact.finders.phones import PHONE
from sayso.redact.links import links
from sayso.redact.scan import Finder, Kind, Scan, Span, merged
from sayso.redact.view import view

FINDERS: tuple[Finder, ...] = (EMAIL, LINK, IBAN, CARD, IP, PHONE, HANDLE, NAME)
"""In order: an earlier finder's digits are not read again as something else."""

_FORMAT = "1"
_PATIENCE = 4
"""Passes after which what is found goes with everything glued to it: a text made of pieces
that each hide the next would otherwise need a pass for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where personal data stood in the original text, which kind, and who found it.

    `finder` is the finder's kind and version. The words themselves are not kept.
    """

    start: int
    end: int
    kind: Kind
    finder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text with placeholders, and what they stand for, in order and without overlaps."""

    text: str
    found: tuple[Found, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind were taken out."""
        return dict(sorted(Counter(found.kind.value for found in self.found).items()))


class Redactor:
    """Takes personal data out of texts; the same text always gives the same result.

    Nothing that a finder would still find is left: redacting the result changes nothing.
    """

    def __init__(
        self, finders: tuple[Finder, ...] = FINDERS, directory: Directory | None = None
    ) -> None:
        """Use `finders` in this order, and `directory` for the names of members."""
        self.finders = finders
        self.directory = directory or Directory()
        shown = ",".join([f"format/{_FORMAT}", *map(_shown, finders)])
        self.digest = hashlib.sha256(shown.encode()).hexdigest()

    def redact(self, text: str, language: str = "", region: Region | str = "") -> Redacted:
        """Return `text` with a placeholder for each piece of personal data.

        `language` and `region` only help to read telephone numbers without a country code.
        """
        found: list[Found] = []
        shown = text
        for passed in count():
            # What was taken out may have hidden something from a finder that reads its
            # surroundings, so the result is looked at again until there is nothing more.
            more = self._found(shown, language, str(region))
            if passed >= _PATIENCE:
                more = [_whole_word(shown, one) for one in more]
            grown = _joined(found, [_moved(one, found) for one in more])
            if grown == found:
                break
            found, shown = grown, _replaced(text, grown)
        return Redacted(text=shown, found=tuple(found))

    def _found(self, text: str, language: str, region: str) -> list[Found]:
        seen = view(text)
        all_links = links(seen.text)
        found: list[Found] = []
        spans: list[Span] = []
        for finder in self.finders:
            scan = Scan(
                text=seen.text,
                language=language,
                region=region,
                directory=self.directory,
                links=all_links,
                taken=merged([*all_links, *spans]),
            )
            for start, end in finder.find(scan):
                spans.append((start, end))
                first, last = seen.original(start, end)
                found.append(Found(start=first, end=last, kind=finder.kind, finder=_shown(finder)))
        return _joined([], found)


def _shown(finder: Finder) -> str:
    return f"{finder.kind.value}/{finder.version}"


def _joined(earlier: Sequence[Found], later: Sequence[Found]) -> list[Found]:
    """Make overlapping spans one, named after the longest: all of what was found goes."""
    joined: list[Found] = []
    for one in sorted([*earlier, *later], key=lambda found: (found.start, -found.end)):
        last = joined[-1] if joined else None
        if last is None or one.start >= last.end:
            joined.append(one)
            continue
        named = max(last, one, key=lambda found: found.end - found.start)
        joined[-1] = Found(
            start=last.start, end=max(last.end, one.end), kind=named.kind, finder=named.finder
        )
    return joined


def _whole_word(text: str, one: Found) -> Found:
    """Widen the span to the white space on both sides."""
    start, end = one.start, one.end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return replace(one, start=start, end=end)


def _replaced(text: str, found: Sequence[Found]) -> str:
    return "".join(_pieces(text, found))


def _pieces(text: str, found: Sequence[Found]) -> Iterator[str]:
    at = 0
    for one in found:
        yield text[at : one.start]
        yield one.kind.placeholder
        at = one.end
    yield text[at:]


def _moved(one: Found, found: Sequence[Found]) -> Found:
    """Where a span of the redacted text stands in the original; placeholders go whole."""
    shift = 0  # how much further on the original is
    start, end = one.start, one.end
    first: int | None = None
    last: int | None = None
    for earlier in found:
        shown_start = earlier.start - shift
        shown_end = shown_start + len(earlier.kind.placeholder)
        if first is None and start < shown_end:
            first = min(start + shift, earlier.start)
        if last is None and end <= shown_start:
            last = end + shift
        if last is None and end <= shown_end:
            last = earlier.end
        shift = earlier.end - shown_end
    return Found(
        start=start + shift if first is None else first,
        end=end + shift if last is None else last,
        kind=one.kind,
        finder=one.finder,
    )
