"""The words of a document that may stay: objectors' quotes and names out, one form for the rest."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from sayso.community import Document, MemberId, Quote

_EMPTY_QUOTE = re.compile('"\\s*"|“\\s*”|„\\s*[“”]|«\\s*»|‘\\s*’')  # noqa: RUF001 - real marks
_ONLY_MARKS = re.compile(r"(?m)^[ \t>|]*[>|][ \t>|]*$\n?")
_SPACES = re.compile(r"[ \t]{2,}")
_TRAILING = re.compile(r"(?m)[ \t]+$")
_BLANK_LINES = re.compile(r"\n{3,}")


_PIN = "\ufdd0"
"""A noncharacter (Unicode 23.7), that no text may hold: it keeps places while text moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Some of a text that has moved."""

    start: int
    end: int


class Span(Protocol):
    """Some of a text; offsets in code points, end exclusive."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it is over."""
        ...


def quotes_are_clear(text: str, cut: Sequence[Span]) -> bool:
    """Say whether every span to cut lies inside the text, so that cutting removes it."""
    return all(0 <= quote.start < quote.end <= len(text) for quote in cut)


def without_spans(text: str, cut: Sequence[Span], names: Sequence[Span] = ()) -> str:
    """Return `text` without the spans in `cut` and the quotation marks left empty by it.

    Where a name goes, dots stay: what is left on both sides must not close up to a name again.
    """
    if not cut and not names:
        return text
    kept = [text[start:end] for start, end in pairwise([0, *_bounds((*cut, *names)), len(text)])]
    gone, left = kept[1::2], [kept[0]]
    at = len(kept[0])
    for before, after in zip(gone, kept[2::2], strict=True):
        is_name = all(not _touches(span, at, at + len(before)) for span in cut)
        left += ["…" if is_name else " ", after]
        at += len(before) + len(after)
    return _ONLY_MARKS.sub("", _EMPTY_QUOTE.sub("", "".join(left)))


def one_form(text: str) -> str:
    """Return `text` in NFC with plain line ends and no runs of blank space.

    Most texts have nothing to mend, and looking for that is quicker than each pattern.
    """
    text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "  " in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    if " \n" in text or "\t\n" in text:
        text = _TRAILING.sub("", text)
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()


def prepared(
    text: str, cut: Sequence[Span], names: Sequence[Span], marked: Sequence[Span]
) -> tuple[str, tuple[tuple[int, int] | None, ...]]:
    """Return `text` cut and in one form, and where each of the spans `marked` stands in it.

    A span has no place where that cannot be told for certain: then it is not treated as code,
    and it is not spared.
    """
    plain = one_form(without_spans(text, cut, names))
    whole = [0 <= span.start < span.end <= len(text) for span in marked]
    clear = [span for span, is_whole in zip(marked, whole, strict=True) if is_whole]
    places = _placed(text, plain, cut, names, clear)
    if places is None:  # one of them stands in the way of the others
        each = (_placed(text, plain, cut, names, [span]) for span in clear)
        places = [one[0] if one else None for one in each]
    found = iter(places)
    return plain, tuple(next(found) if is_whole else None for is_whole in whole)


def _placed(
    text: str, plain: str, cut: Sequence[Span], names: Sequence[Span], marked: Sequence[Span]
) -> list[tuple[int, int] | None] | None:
    """Return where the spans stand in `plain`; nothing where it cannot be told for all."""
    if not marked or _PIN in text:
        return [None] * len(marked)
    spans = [_without_blanks(text, span) for span in marked]
    pins = sorted({place for span in spans for place in span})
    pieces = [text[start:end] for start, end in pairwise([0, *pins, len(text)])]
    moved_cut, moved_names = _moved(cut, pins), _moved(names, pins)
    shown = one_form(without_spans(_PIN.join(pieces), moved_cut, moved_names))
    left = [pin for pin in pins if not any(one.start < pin < one.end for one in (*cut, *names))]
    places = [match.start() - at for at, match in enumerate(re.finditer(_PIN, shown))]
    if len(places) != len(left) or shown.replace(_PIN, "") != plain:
        return None
    where = dict(zip(left, places, strict=True))
    return [
        (where[start], where[end]) if start in where and end in where else None
        for start, end in spans
    ]


def _without_blanks(text: str, span: Span) -> tuple[int, int]:
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    return start, max(start, span.end - len(inside) + len(inside.rstrip()))


def _moved(spans: Sequence[Span], pins: Sequence[int]) -> tuple[Place, ...]:
    """Return the spans with every pin before or at their edges outside of them."""
    return tuple(
        Place(
            start=span.start + bisect_right(pins, span.start),
            end=span.end + bisect_left(pins, span.end),
        )
        for span in spans
    )


def members_in(document: Document, cut: Sequence[Quote]) -> tuple[MemberId, ...]:
    """Return all whose words remain once `cut` is out: authors first, then the quoted."""
    gone = {at for quote in cut for at in range(quote.start, quote.end)}
    quoted = {
        quote.member_id
        for quote in document.quotes
        if quote.member_id
        and quote not in cut
        and any(at not in gone for at in range(quote.start, quote.end))
    }
    authors = dict.fromkeys(document.authors)
    return (*authors, *sorted(quoted - authors.keys()))


def _touches(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _bounds(cut: Sequence[Span]) -> list[int]:
    """Return start, end, start, end ... of the spans, joined where they touch."""
    bounds: list[int] = []
    for quote in sorted(cut, key=lambda quote: (quote.start, quote.end)):
        if bounds and quote.start <= bounds[-1]:
            bounds[-1] = max(bounds[-1], quote.end)
        else:
            bounds += [quote.start, quote.end]
    return bounds
