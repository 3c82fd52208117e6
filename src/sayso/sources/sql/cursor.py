"""How far a query was read, so that the next reading begins there and holds nothing back."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from sayso.errors import BadInput
from sayso.evidence.canonical import JSON
from sayso.sources.fields import Unfit
from sayso.sources.reading import Reached
from sayso.sources.sql.connection import Site
from sayso.sources.sql.statement import Statement
from sayso.sources.sql.values import field

_MOST_AGAIN = 500
"""How many rows that could not be read are asked for by their ids the next time."""

_FORM = 2
"""Of what is kept; what was kept in another form is read once more."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")


class Cursor:
    """A column that grows with every change of a row, and its last value that was read soundly.

    A reading begins at that value, not after it: other rows may have been written at the same
    moment. Rows without a value are always read, for nobody could tell that they have changed.

    A row that cannot be read moves nothing, and is asked for again by its id until it can be;
    so is one whose value is of another kind than the others', or lies in the future. Where there
    are too many of them, or the operator has placed the cursor in the query, the cursor stands
    before the first.
    """

    def __init__(
        self,
        where: str,
        column: str,
        text: Statement,
        said: object,
        latest: datetime | None = None,
    ) -> None:
        self.where = where
        self.column = column
        self._text = text
        self._latest = latest
        of = json.dumps([_FORM, text.pieces, column, said])
        self._of = hashlib.sha256(of.encode()).hexdigest()[:16]
        self._last: JSON = None
        self._row: tuple[JSON, JSON] | None = None
        self._before: dict[JSON, None] = {}
        self._again: dict[JSON, None] = {}
        self._stands = False

    def go_on(self, kept: str | None) -> None:
        """Go on from what was kept, if it was of this very query."""
        state: Mapping[str, JSON] = json.loads(kept) if kept else {}
        if state.get("of") != self._of:
            return
        self._last, again = state.get("value"), state.get("again")
        self._before = dict.fromkeys(again if isinstance(again, list) else ())

    @property
    def again(self) -> tuple[JSON, ...]:
        """The ids of rows that are read once more, because they could not be read before."""
        return tuple(self._before) if self._last is not None else ()

    def begin(self, site: Site, start: str, overlap_s: int) -> tuple[Statement, JSON]:
        """Return the query in the cursor's order, and the value that it begins at.

        Where it was read before, the ids of `again` are its last values.

        Raises:
            BadInput: the query needs a value, and this is the first reading.
        """
        column, last = site.quoted(self.column), self._last
        rows, order = self._text.rows(), f" order by {column}, {site.quoted('id')}"
        if self._text.has_cursor:
            if last is None and not start:
                raise BadInput(
                    f"{self.where} has :cursor, and nothing says what that is at first.",
                    hint='Write start = "0", or start = "1970-01-01", or leave :cursor out.',
                )
            first = int(start) if start.lstrip("-").isdigit() else start
            value = first if last is None else self._earlier(last, overlap_s)
            return rows.then(order), value
        if last is None:
            return rows.then(order), None
        since = rows.then(f"\nwhere {column} >= ", f" or {column} is null")
        if self._before:
            commas = [", "] * (len(self._before) - 1)
            since = since.then(f" or {site.quoted('id')} in (", *commas, ")")
        return since.then(order), self._earlier(last, overlap_s)

    def meets(self, row: Mapping[str, object]) -> None:
        """Look at a row that is about to be read; `settle` says what became of it.

        Raises:
            BadInput: the query has no such column.
        """
        if self.column not in row:
            raise BadInput(
                f"{self.where} has no column {self.column!r}, which is its cursor.",
                hint="Add it to the query's columns; it grows with every change of a row.",
            )
        try:
            value = field(self.column, row[self.column])
        except Unfit as unfit:
            raise BadInput(f"{self.where}: {unfit.reason}.", hint=unfit.mend) from unfit
        own = field("id", row["id"])
        self._row = own if isinstance(own, str | int) else None, value

    def settle(self, *, is_read: bool) -> None:
        """Move on to the row that was met last, if it was read; else ask for it again."""
        if self._row is None:
            return
        (own, value), self._row = self._row, None
        if value is None:
            return
        if not (is_read and self._fits(value)):
            self._ask_again(own)
        elif own not in self._before and not self._stands:
            self._last = value
        self._before.pop(own, None)

    def reached(self, source: str, query: str, *, is_over: bool = False) -> Iterator[Reached]:
        """Yield how far it is read by now."""
        if self._last is not None:
            again = self._again if is_over else {**self._before, **self._again}
            value = json.dumps({"of": self._of, "value": self._last, "again": list(again)})
            yield Reached(source=source, query=query, value=value)

    def _ask_again(self, own: JSON) -> None:
        if own is None:
            return
        if self._text.has_cursor or len(self._again) == _MOST_AGAIN:
            self._stands = True
        else:
            self._again[own] = None

    def _fits(self, value: JSON) -> bool:
        """Whether a value goes on from the last; one in the future would hide what comes now."""
        moment = _moment(value)
        if moment and self._latest and moment > self._latest:
            return False
        if self._last is None or _kind(self._last) == "text":
            return True
        return _kind(value) == _kind(self._last)

    def _earlier(self, last: JSON, overlap_s: int) -> JSON:
        if not overlap_s:
            return last
        if isinstance(last, int):
            return last - overlap_s
        said = str(last)
        try:
            moment = datetime.fromisoformat(said) - timedelta(seconds=overlap_s)
        except (ValueError, OverflowError) as error:
            raise BadInput(
                f"{self.where}: overlap is for times, and its cursor is {said!r}.",
                hint="Leave overlap out, or take a column of times as the cursor.",
            ) from error
        return _like(said, moment)


def _kind(value: JSON) -> str:
    if isinstance(value, int):
        return "number"
    return "moment" if _moment(value) else "text"


def _moment(value: JSON) -> datetime | None:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _like(said: str, moment: datetime) -> str:
    """Write a moment as another one is written, so that the two compare as texts."""
    digits = len(said.partition(".")[2].rstrip("Z").partition("+")[0].rpartition("-")[2])
    spec = {0: "seconds", 3: "milliseconds"}.get(digits, "microseconds")
    if len(said) == len("2024-01-31"):
        return moment.date().isoformat()
    written = moment.isoformat(sep=said[10], timespec=spec)
    return written.replace("+00:00", "Z") if said.endswith("Z") else written
