"""Moments as LinkedIn writes them: in eight forms, one of which depends on the member's language.

`9/5/26` is the ninth of May to some and the fifth of September to others. Which of the two a whole
archive means is known once one of its dates can only be read one way.
"""

import re
from datetime import UTC, datetime

from sayso.sources.fields import Unfit

NOT_SAID = {"", "not available", "n/a", "none", "null"}
"""What stands where there is no date."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.\d+)?"
_NUMERIC = re.compile(
    rf"(?P<first>\d{{1,2}})[/.](?P<other>\d{{1,2}})[/.](?P<year>\d{{4}}|\d\d)"
    rf"(?:,?\s+{_TIME}(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?)?(?:\s*(?:UTC|GMT))?"
)
_ZONE = r"(?:\s*(?:UTC|GMT|Z|\+00:?00))?"
_DAY, _YEAR, _NAME = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})", r"(?P<name>[a-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}[-/](?P<month>\d{{1,2}})[-/]{_DAY}(?:[T ]+{_TIME})?{_ZONE}",
        rf"{_DAY}\s+{_NAME},?\s+{_YEAR}(?:,?\s+{_TIME})?{_ZONE}",
        rf"{_NAME}\s+{_DAY},\s+{_YEAR}(?:,?\s+{_TIME})?{_ZONE}",
        rf"[a-z]{{3}}\s+{_NAME}\s+{_DAY}\s+{_TIME}\s+(?:UTC|GMT)\s+{_YEAR}",
    )
)
_NO_HOUR = 99
_MEND = "Write it as in 2024-01-31 09:30:00 (UTC)."


class Order:
    """Learns from the dates of a whole archive whether the month or the day stands first."""

    def __init__(self) -> None:
        self._can_be_month_first = self._can_be_day_first = True

    def see(self, said: str) -> None:
        """Take one more date into account; one that can be read both ways says nothing."""
        found = _NUMERIC.fullmatch(said.strip())
        if found:
            self._can_be_month_first &= int(found["first"]) <= 12
            self._can_be_day_first &= int(found["other"]) <= 12

    @property
    def is_month_first(self) -> bool | None:
        """Whether it is the month; None where nothing, or something contradictory, was seen."""
        if self._can_be_month_first is self._can_be_day_first:
            return None
        return self._can_be_month_first


def moment(said: str, order: Order) -> datetime | None:
    """Return the instant, in UTC where no zone is named; None where nothing is said.

    Raises:
        Unfit: it is no date, or can be two different days.
    """
    said = " ".join(said.split())
    if said.casefold() in NOT_SAID:
        return None
    for form in _FORMS:
        if found := form.fullmatch(said):
            return _named(found)
    if found := _NUMERIC.fullmatch(said):
        return _numeric(found, order)
    raise Unfit("the date cannot be read", _MEND)


def _named(found: re.Match[str]) -> datetime:
    parts = found.groupdict()
    month = _MONTHS.get(parts["name"][:3].lower(), 0) if "name" in parts else int(parts["month"])
    return _made(found, int(parts["year"]), month, int(parts["day"]), int(parts["hour"] or 0))


def _numeric(found: re.Match[str], order: Order) -> datetime:
    first, other = int(found["first"]), int(found["other"])
    if order.is_month_first is None and first != other:
        mend = "Nothing in the archive says whether day or month comes first. " + _MEND
        raise Unfit("the date can be two different days", mend)
    month, day = (other, first) if order.is_month_first is False else (first, other)
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)  # it began in 2003
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "pP" else 0) if 1 <= hour <= 12 else _NO_HOUR
    return _made(found, year, month, day, hour)


def _made(found: re.Match[str], year: int, month: int, day: int, hour: int) -> datetime:
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise Unfit("there is no such date", _MEND) from error
