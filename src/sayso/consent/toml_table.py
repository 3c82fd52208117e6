"""One table of a TOML file, field by field; a fault is named with its place."""

import re
from collections.abc import Collection, Mapping
from typing import TypeVar

from sayso.community import Region
from sayso.consent.faults import Faults
from sayso.consent.regions import GROUPS, countries_of
from sayso.errors import BadInput

Named = TypeVar("Named", bound=str)


class Table:
    """One table of a file. Each field is taken once; what is left in the end is unknown.

    Every complaint is a BadInput that names the file, the table and the field. It is noted in
    `faults`, and something that is no fault is returned in its place: use nothing of a file
    before its `faults` are settled.
    """

    def __init__(
        self, source: str, name: str, written: Mapping[str, object], faults: Faults | None = None
    ) -> None:
        self._source = source
        self._name = name
        self._left = dict(written)
        self.faults = faults or Faults()

    def text(self, field: str, *, otherwise: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self._left.pop(field, None)
        if value is None and otherwise is not None:
            return otherwise
        if not isinstance(value, str) or not value.strip():
            self.wrong(field, "a text")
            return ""
        return value

    def shaped(
        self, field: str, shape: re.Pattern[str], noun: str, *, otherwise: str | None = None
    ) -> str:
        """Return a text of one shape, which `noun` describes."""
        value = self._left.pop(field, otherwise)
        if not isinstance(value, str) or not shape.fullmatch(value):
            self.wrong(field, noun)
            return ""
        return value

    def truth(self, field: str, *, otherwise: bool | None = None) -> bool:
        """Return true or false."""
        value = self._left.pop(field, otherwise)
        if not isinstance(value, bool):
            self.wrong(field, "true or false")
            return False
        return value

    def days(self, field: str, *, otherwise: int) -> int:
        """Return a number of days."""
        value = self._left.pop(field, otherwise)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 3650:
            self.wrong(field, "a number of days from 0 to 3650")
            return otherwise
        return value

    def one(self, field: str, known: Collection[Named]) -> Named:
        """Return one of the names that are known, such as an enumeration's."""
        value = self._left.pop(field, None)
        for name in known:
            if name == value:
                return name
        self.wrong(field, "one of " + ", ".join(known))
        return next(iter(known))

    def chosen(self, field: str, known: Collection[Named]) -> tuple[Named, ...]:
        """Return several of them; none for `*`."""
        return tuple(
            self._alone(field, name).one(field, known) for name in self._names(field) if name != "*"
        )

    def every_one(
        self, field: str, known: Collection[Named], *, none: bool = False
    ) -> tuple[Named, ...]:
        """Return those that are named, which are all for `*`, and may be none where `none`."""
        names = self._names(field, empty=none)
        if names == ["*"]:
            return tuple(known)
        return tuple(self._alone(field, name).one(field, known) for name in names)

    def regions(self, field: str) -> frozenset[Region]:
        """Return the countries that a list of countries and groups names; none for `*`."""
        found: set[Region] = set()
        for name in self._names(field):
            if name == "*":
                continue
            countries = countries_of(name)
            if not countries:
                self.wrong(field, "ISO 3166 codes, or " + ", ".join(GROUPS) + ", or *")
            found |= countries
        return frozenset(found)

    def parts(self, field: str) -> tuple["Table", ...]:
        """Return the tables under this one, each with its number."""
        value = self._left.pop(field, [])
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            self.wrong(field, f"tables, each under [[{field}]]")
            return ()
        return tuple(
            Table(self._source, f"[[{field}]] number {number}", part, self.faults)
            for number, part in enumerate(value, start=1)
        )

    def nothing_else(self) -> None:
        """Complain of fields that were not asked for."""
        for field in self._left:
            self.faults.note(
                BadInput(
                    f"{self._source}: {self._name} has an unknown field {field!r}.",
                    hint="Take it out, or mend its spelling.",
                )
            )

    def wrong(self, field: str, wanted: str) -> None:
        """Complain of one field; `wanted` is what it should be."""
        self.faults.note(
            BadInput(
                f"{self._source}: {self._name}: {field!r} is missing or not {wanted}.",
                hint="Mend the field; nothing was changed.",
            )
        )

    def _alone(self, field: str, value: str) -> "Table":
        return Table(self._source, self._name, {field: value}, self.faults)

    def _names(self, field: str, *, empty: bool = False) -> list[str]:
        value = self._left.pop(field, None)
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.wrong(field, "a list of texts (a list with * alone means all)")
            return []
        if not value and not empty:
            self.wrong(field, "a list that names something (a list with * alone means all)")
        if "*" in value and len(value) > 1:
            self.wrong(field, "either * alone or a list without it")
            return ["*"]
        return value
