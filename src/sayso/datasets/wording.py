"""The words of a document that may stay: objectors' quotes out, one form for the rest."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from sayso.community import Document, MemberId, Quote

_EMPTY_QUOTE = re.compile('"\\s*"|“\\s*”|„\\s*[“”]|«\\s*»|‘\\s*’')  # noqa: RUF001 - real marks
_ONLY_MARKS = re.compile(r"(?m)^[ \t>|]*[>|][ \t>|]*$\n?")
_SPACES = re.compile(r"[ \t]{2,}")
_TRAILING = re.compile(r"(?m)[ \t]+$")
_BLANK_LINES = re.compile(r"\n{3,}")


def quotes_are_clear(text: str, cut: Sequence[Quote]) -> bool:
    """Say whether every span to cut lies inside the text, so that cutting removes it."""
    return all(0 <= quote.start < quote.end <= len(text) for quote in cut)


def without_quotes(text: str, cut: Sequence[Quote]) -> str:
    """Return `text` without the spans in `cut` and the quotation marks left empty by it."""
    if not cut:
        return text
    kept: list[str] = []
    for start, end in pairwise([0, *_bounds(cut), len(text)]):
        kept.append(text[start:end])
    left = " ".join(kept[::2])
    return _ONLY_MARKS.sub("", _EMPTY_QUOTE.sub("", left))


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


def _bounds(cut: Sequence[Quote]) -> list[int]:
    """Return start, end, start, end ... of the spans, joined where they touch."""
    bounds: list[int] = []
    for quote in sorted(cut, key=lambda quote: (quote.start, quote.end)):
        if bounds and quote.start <= bounds[-1]:
            bounds[-1] = max(bounds[-1], quote.end)
        else:
            bounds += [quote.start, quote.end]
    return bounds
