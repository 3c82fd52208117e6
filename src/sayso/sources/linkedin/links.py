"""What a LinkedIn address says: which thing it is, and when that was made."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

_URN = re.compile(r"urn:li:(share|activity|ugcPost|groupPost):(\d+(?:-\d+)?)")
_COMMENT = re.compile(r"urn:li:comment:\([\w:-]{1,80},(\d{1,19})\)")
_SLUG = re.compile(r"[-_/](share|activity|ugcPost)[-:](\d{5,})")
_PULSE = re.compile(r"linkedin\.com/pulse/([^/?#\s\"'<>]{1,400})")
_LONGEST_ID = 19  # digits of a signed 64-bit number
_DEEPEST = 3
"""How often an address was encoded at most: once by LinkedIn, again by whoever passed it on."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = range(2010, 2100)
"""When ids carry the time; older ones are small numbers in a row, and other numbers are no ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What an address points at: a name that stays, and the moment in its number, if any."""

    urn: str
    made_at: datetime | None

    @property
    def is_in_a_group(self) -> bool:
        """Whether only members of a group see it."""
        return self.urn.startswith("urn:li:groupPost:")


def plain(link: str) -> str:
    """Return an address without its encoding, however often it was encoded."""
    for _ in range(_DEEPEST):
        if "%" not in link:
            break
        link = unquote(link)
    return link.strip()


def thing(link: str) -> Thing | None:
    """Return the post that an address points at."""
    said = plain(link)
    found = _URN.search(said) or _SLUG.search(said)
    if found is None:
        return None
    kind, number = found.groups()
    return Thing(urn=f"urn:li:{kind}:{number}", made_at=time_in(number.rpartition("-")[2]))


def answered_at(link: str) -> datetime | None:
    """Return when the comment was made that an address points at, where it names one.

    A reply stands behind the comment it answers, and either may be somebody else's: it tells
    when, and never which.
    """
    found = _COMMENT.findall(plain(link))
    return time_in(found[-1]) if found else None


def article(link: str) -> str:
    """Return the last part of an article's address."""
    found = _PULSE.search(plain(link))
    return found[1] if found else ""


def time_in(number: str) -> datetime | None:
    """Return the moment an id was given out: all but its last 22 bits count milliseconds."""
    if not 0 < len(number) <= _LONGEST_ID:
        return None
    made_at = _EPOCH + timedelta(milliseconds=int(number) >> 22)
    return made_at if made_at.year in _YEARS else None
