"""Taking another member's quoted words, and what points at them, out of a document."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypeVar

from sayso.community import Code, Document, MemberId, Mention, Quote

_Span = TypeVar("_Span", Quote, Mention, Code)


def without_words_of(document: Document, members: Collection[MemberId]) -> Document:
    """Return `document` less every span that quotes or points at one of `members`.

    Quotes of others, mentions and code that overlapped or followed a cut are moved so that they
    still mark the same words; one that was cut whole is gone.
    """
    spoken: tuple[Quote | Mention, ...] = (*document.quotes, *document.mentions)
    theirs = [each for each in spoken if each.member_id in members]
    cuts = _merged(theirs)
    if not cuts:
        return document
    others = [quote for quote in document.quotes if quote.member_id not in members]
    mentions = [each for each in document.mentions if each.member_id not in members]
    pieces, at = [], 0
    for start, end in cuts:
        pieces.append(document.text[at:start])
        at = end
    pieces.append(document.text[at:])
    return replace(
        document,
        text="".join(pieces),
        quotes=_left(others, cuts),
        mentions=_left(mentions, cuts),
        code=_left(document.code, cuts),
    )


def _left(spans: Iterable[_Span], cuts: list[tuple[int, int]]) -> tuple[_Span, ...]:
    """Return what is left of `spans` after the cuts, where it stands then."""
    return tuple(
        replace(span, start=start, end=end)
        for span in spans
        if (start := _moved(span.start, cuts)) < (end := _moved(span.end, cuts))
    )


def _merged(quotes: Iterable[Quote | Mention]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((quote.start, quote.end) for quote in quotes):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _moved(offset: int, cuts: list[tuple[int, int]]) -> int:
    """Where a place in the whole text lies after the cuts."""
    return offset - sum(min(end, offset) - start for start, end in cuts if start < offset)
