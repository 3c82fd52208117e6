"""Who is right where finders see different things in the same place."""

from collections.abc import Iterable
from typing import NamedTuple

from sayso.redact.scan import Kind

_PRIORITY = {kind: rank for rank, kind in enumerate(Kind)}
"""Of two spans of one length the kind that is named first in `Kind` is believed."""


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
    of one person's name with one space between them are one name.
    """
    kept: list[Claim] = []
    for one in sorted(claims, key=_order):
        last = kept[-1] if kept else None
        if last is not None and one.start < last.end:
            kept[-1] = _together(last, one)
        elif last is not None and _continues(text, last, one):
            kept[-1] = last._replace(end=one.end, identity=last.identity or one.identity)
        else:
            kept.append(one)
    return kept


def _order(claim: Claim) -> tuple[int, int, int]:
    return claim.start, -claim.end, _PRIORITY[claim.kind]


def _together(last: Claim, one: Claim) -> Claim:
    named = one if one.end - one.start > last.end - last.start else last
    return named._replace(start=last.start, end=max(last.end, one.end))


def _continues(text: str, last: Claim, one: Claim) -> bool:
    return (
        one.kind is Kind.PERSON
        and last.kind is Kind.PERSON
        and one.start == last.end + 1
        and text[last.end] == " "
        and not (last.identity and one.identity)
        and not (" " in text[last.start : last.end] and " " in text[one.start : one.end])
    )
