"""The words of a document that may stay: objectors' quotes and names out, one form for the rest."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from sayso.community import Document, MemberId, Quote

_EMPTY_QUOTE = re.compile('"\\s*"|“\\s*”|„\\s*[“”]|«\\s*»|‘\\s*’')  # noqa: RUF001 - real marks
_ONLY_MARKS = re.compile(r"(?m)^[ \t>|]*[>|][ \t>|]*$\n?")
_SPACES = re.compile(r"[ \t]{2,}")
_TRAILING = re.compile(r"(?m)[ \t]+$")
_BLANK_LINES = re.compile(r"\n{3,}")


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
    """Return `text` in NFC with plain line ends and no runs of blank space."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _TRAILING.sub("", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


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
