"""Taking another member's quoted words out of a document."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from sayso.community import Document, MemberId, Quote


def without_words_of(document: Document, members: Collection[MemberId]) -> Document:
    """Return `document` less every span that quotes one of `members`.

    The quotes of others that overlapped or followed a cut are moved so that they still mark
    the same words; one that was cut whole is gone.
    """
    cuts = _merged(quote for quote in document.quotes if quote.member_id in members)
    if not cuts:
        return document
    kept = tuple(
        Quote(start=start, end=end, member_id=quote.member_id)
        for quote in document.quotes
        if quote.member_id not in members
        and (start := _moved(quote.start, cuts)) < (end := _moved(quote.end, cuts))
    )
    pieces, at = [], 0
    for start, end in cuts:
        pieces.append(document.text[at:start])
        at = end
    pieces.append(document.text[at:])
    return replace(document, text="".join(pieces), quotes=kept)


def _merged(quotes: Iterable[Quote]) -> list[tuple[int, int]]:
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
