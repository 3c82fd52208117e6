"""Who is right where finders see different things in the same place."""

from collections.abc import Iterable
from typing import NamedTuple

from sayso.redact.scan import Kind

_PRIORITY = {kind: rank for rank, kind in enumerate(Kind)}
"""Of two spans of one length the kind that is named first in `Kind` is believed."""

_PERSON = Kind.PERSON


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
    last_end = -1
    for one in sorted(claims):
        if one.start < last_end:
            kept[-1] = _together(kept[-1], one)
        elif one.start == last_end + 1 and kept and _continues(text, kept[-1], one):
            kept[-1] = kept[-1]._replace(end=one.end, identity=kept[-1].identity or one.identity)
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


def _continues(text: str, last: Claim, one: Claim) -> bool:
    return (
        one.kind is _PERSON
        and last.kind is _PERSON
        and text[last.end] == " "
        and not (last.identity and one.identity)
        and not (" " in text[last.start : last.end] and " " in text[one.start : one.end])
    )
