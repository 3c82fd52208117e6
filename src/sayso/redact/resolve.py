"""Who is right where finders see different things in the same place."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sayso.redact.scan import Kind

_PRIORITY = {kind: rank for rank, kind in enumerate(Kind)}
"""Of two spans of one length the kind that is named first in `Kind` is believed."""

_PERSON = Kind.PERSON
_SPOKEN_TO = re.compile(r"@[^\W\d_]+")
"""A mention by a name, as it is written where names have spaces."""


class Claim(NamedTuple):
    """One finder's word that personal data stands at a place of the original text."""

    start: int
    end: int
    kind: Kind
    finder: str
    rule: str
    identity: str = ""


def resolved(text: str, claims: Iterable[Claim]) -> list[Claim]:
    """Return `claims` in order and without overlaps.

    Those that overlap go together, named after the longest: all of what was found goes. Pieces
    of one person's name with one space between them are one name; `@Ben Novak` is one too.
    """
    kept: list[Claim] = []
    last_end = -1
    ordered = sorted(claims)
    for one in ordered:
        if one.start < last_end:
            kept[-1] = _together(kept[-1], one)
        elif one.start == last_end + 1 and kept and _continues(text, kept[-1], one, ordered):
            identity = kept[-1].identity or one.identity
            kept[-1] = kept[-1]._replace(end=one.end, kind=one.kind, identity=identity)
        else:
            kept.append(one)
        last_end = kept[-1].end
    return kept


def _together(last: Claim, one: Claim) -> Claim:
    named, other = sorted((last, one), key=_weight)
    return named._replace(
        start=last.start,
        end=max(last.end, one.end),
        identity=named.identity or (other.identity if named.kind is other.kind else ""),
    )


def _weight(claim: Claim) -> tuple[int, int, Claim]:
    return claim.start - claim.end, _PRIORITY[claim.kind], claim


def _continues(text: str, last: Claim, one: Claim, others: Iterable[Claim]) -> bool:
    if one.kind is not _PERSON or text[last.end] != " ":
        return False
    if last.kind is Kind.HANDLE:
        mentions = (text[each.start : each.end] for each in others if each.kind is Kind.HANDLE)
        return text[one.start].isupper() and all(map(_is_first_name, mentions))
    return (
        last.kind is _PERSON
        and not (last.identity and one.identity)
        and not (" " in text[last.start : last.end] and " " in text[one.start : one.end])
    )


def _is_first_name(mention: str) -> bool:
    """Whether the mention may be one: where others are not, mentions hold no spaces."""
    return bool(_SPOKEN_TO.fullmatch(mention)) and mention[1:].istitle()
