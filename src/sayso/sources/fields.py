"""A record's fields as the community's types; what does not fit says so in one sentence."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar

from sayso.community import UNKNOWN_REGION, Region
from sayso.evidence.canonical import JSON

_Choice = TypeVar("_Choice", bound=StrEnum)

LONGEST_ID = 512
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""What says that it was written before comes from an empty or broken clock: 1970, 1601, 0001."""

_LONGEST_NUMBER = 9  # digits; a database's whole number holds no more
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
# Codes that the European Union uses for two of its own and former members; ISO says otherwise.
_REGIONS_BY_OTHER_CODES = {"UK": Region("GB"), "EL": Region("GR")}


class Unfit(Exception):
    """A field does not hold what its name promises; becomes a `Skipped` before it leaves."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


def require_likely(written_at: datetime, latest: datetime | None) -> None:
    """Refuse a day on which nobody can have written it: such a day comes of a mistake.

    Raises:
        Unfit: it is before the web was, or after `latest`.
    """
    if written_at < EARLIEST:
        mend = f"It says {written_at.isoformat()}: give the day it was written."
        raise Unfit(f"a date before {EARLIEST.year}", mend)
    if latest is not None and written_at > latest:
        mend = f"It says {written_at.isoformat()}: give the day it was written."
        raise Unfit("a date in the future", mend)


class Fields:
    """One record's fields, read by any of the names a thing goes by; empty ones are not there."""

    def __init__(self, fields: Mapping[str, JSON]) -> None:
        """Drop what is empty: a null, an empty text or list says nothing."""
        self._fields = {
            name: value for name, value in fields.items() if value not in (None, "", [], {})
        }

    def has(self, *names: str) -> bool:
        """Whether the record says anything under one of `names`."""
        return any(name in self._fields for name in names)

    def text(self, *names: str, default: str = "") -> str:
        """Return the text under the first of `names` that is there; numbers are read as text."""
        name, value = self._first(names)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Unfit(f"{name} is not text", f"Give {name} as text.")
        return str(value)

    def line(self, *names: str, default: str = "") -> str:
        """Return a text that is shown on one line, as one; joiners and marks of script stay."""
        line = " ".join(self.text(*names, default=default).split())
        if any(unicodedata.category(each) in {"Cc", "Cs"} for each in line):
            mend = f"Take the control characters out of {names[0]}."
            raise Unfit(f"{names[0]} is not one line of text", mend)
        return line

    def raw(self, *names: str) -> JSON:
        """Return what stands under the first of `names` that is there, unread."""
        return self._first(names)[1]

    def identity(self, *names: str, default: str = "") -> str:
        """Return an id: text without line ends or control characters, and not too long."""
        value = self.text(*names, default=default).strip()
        if not value.isprintable() or len(value) > LONGEST_ID:
            mend = f"Ids are one line of at most {LONGEST_ID} characters."
            raise Unfit(f"{names[0]} is not an id", mend)
        return value

    def address(self, name: str) -> str:
        """Return a mail address (RFC 5321 section 4.1.2, without quotes); its host in ASCII."""
        said = self.text(name).strip()
        local, at, host = said.rpartition("@")
        try:
            plain = host.encode("idna").decode("ascii").lower() if host else ""
        except UnicodeError:
            plain = ""
        fits = _LOCAL.fullmatch(local) and _HOST.fullmatch(plain) and len(local.encode()) <= 64
        if said and not fits:
            mend = f"Give {name} as in ana@example.org, or leave it empty."
            raise Unfit(f"{name} is not a mail address", mend)
        return f"{local}{at}{plain}"

    def own_id(self) -> str:
        """Return the record's own id, which it must have."""
        value = self.identity("id")
        if not value:
            raise Unfit("no id", "Give each record the id that the network knows it by.")
        return value

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return a list of texts, or one text parted by semicolons."""
        name, value = self._first(names)
        if value is None:
            return ()
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, Sequence) or not all(isinstance(part, str) for part in parts):
            raise Unfit(
                f"{name} is not a list", f"Give {name} as texts, parted by semicolons in CSV."
            )
        return tuple(stripped for part in parts if (stripped := str(part).strip()))

    def number(self, *names: str) -> int:
        """Return a whole number; 0 where there is none."""
        name, value = self._first(names)
        if value is None:
            return 0
        digits = "" if isinstance(value, bool) else str(value).strip()
        if not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
            raise Unfit(f"{name} is not a whole number", f"Give {name} in digits, without a unit.")
        return int(digits)

    def moment(self, *names: str) -> datetime | None:
        """Return an instant in UTC; a day is its first moment, and no zone means UTC."""
        name, value = self._first(names)
        if value is None:
            return None
        try:
            said = str(value).strip()
            moment = (
                datetime.combine(date.fromisoformat(said), time(), UTC)
                if len(said) == len("2024-01-31")
                else datetime.fromisoformat(said)
            )
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            mend = f"Give {name} as in 2024-01-31 or 2024-01-31T09:30:00+01:00 (ISO 8601)."
            raise Unfit(f"{name} is not a date", mend) from error

    def choice(self, kinds: type[_Choice], *names: str, default: _Choice) -> _Choice:
        """Return one of the fixed words of `kinds`."""
        said = self.text(*names).strip().lower()
        if not said:
            return default
        try:
            return kinds(said)
        except ValueError as error:
            mend = f"It can be one of: {', '.join(kind.value for kind in kinds)}."
            raise Unfit(f"{names[0]} has an unknown value", mend) from error

    def region(self, *names: str) -> Region:
        """Return an ISO 3166-1 alpha-2 code; unknown where the record is silent."""
        said = self.text(*names).strip().upper()
        if not said:
            return UNKNOWN_REGION
        if len(said) != 2 or not (said.isascii() and said.isalpha()):
            mend = "Give two letters (ISO 3166-1 alpha-2), like DE or US; ZZ where it is unknown."
            raise Unfit(f"{names[0]} is not a region", mend)
        return _REGIONS_BY_OTHER_CODES.get(said, Region(said))

    def parts(self, name: str) -> tuple["Fields", ...]:
        """Return the objects listed under `name`."""
        value = self._fields.get(name, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise Unfit(f"{name} is not a list of objects", f"Give {name} as a list of objects.")
        found = [Fields(part) for part in value if isinstance(part, Mapping)]
        if len(found) != len(value):
            raise Unfit(f"{name} is not a list of objects", f"Give {name} as a list of objects.")
        return tuple(found)

    def is_said(self, *names: str) -> bool:
        """Whether the record says yes under one of `names`."""
        _, value = self._first(names)
        return value is True or str(value).strip().lower() in {"true", "yes", "1"}

    def _first(self, names: Sequence[str]) -> tuple[str, JSON]:
        for name in names:
            if name in self._fields:
                return name, self._fields[name]
        return names[0], None
