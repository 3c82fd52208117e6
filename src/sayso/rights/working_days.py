"""Days that count: working days where an answer is owed, and the same date some months on."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from holidays import HolidayBase, country_holidays, list_supported_countries

from sayso.errors import BadInput

_WEEKEND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are working days where the answer is owed, and which zone its days are of.

    Without a country only Saturdays and Sundays are free: no term then ends later than with one.

    Raises:
        BadInput: no holidays are known for that country or part of it.
    """

    country: str = ""
    subdivision: str = ""
    zone: tzinfo = field(default=UTC)

    def __post_init__(self) -> None:
        known = list_supported_countries()
        if self.country and self.country not in known:
            raise BadInput(
                f"No public holidays are known for the country {self.country!r}.",
                hint="Name it by ISO 3166-1, as in DE, or leave it out.",
            )
        if self.subdivision and self.subdivision not in known.get(self.country, ()):
            raise BadInput(
                f"No public holidays are known for {self.subdivision!r} in {self.country!r}.",
                hint="Name it by ISO 3166-2 without the country, as in BE, or leave it out.",
            )

    def is_working(self, day: date) -> bool:
        """Say whether work is done on that day."""
        if day.weekday() >= _WEEKEND:
            return False
        return not self.country or day not in _holidays(self.country, self.subdivision)

    def day_of(self, moment: datetime) -> date:
        """Return the day that a moment falls on here."""
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """Return the last second of a day: a term ends with its last hour (1182/71 Art. 3(2))."""
        return datetime.combine(day, time(23, 59, 59), self.zone)


def months_later(day: date, months: int) -> date:
    """Return the same date some months on, or that month's last day (1182/71 Art. 3(2)(c))."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(1))


def working_days_later(day: date, count: int, calendar: Calendar) -> date:
    """Return the last of the `count` working days that follow `day`."""
    while count:
        day += timedelta(days=1)
        count -= calendar.is_working(day)
    return day


@cache
def _holidays(country: str, subdivision: str) -> HolidayBase:
    return country_holidays(country, subdiv=subdivision or None)
