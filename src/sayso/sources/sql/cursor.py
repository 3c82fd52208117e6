"""How far a query was read, so that the next reading begins there and holds nothing back."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sayso.errors import BadInput
from sayso.evidence.canonical import JSON
from sayso.sources.fields import Unfit
from sayso.sources.reading import Reached
from sayso.sources.sql.connection import Site
from sayso.sources.sql.statement import Statement
from sayso.sources.sql.values import field


class Cursor:
    """A column that grows with every change of a row, and its last value that was read.

    A reading begins at that value, not after it: other rows may have been written at the same
    moment. Rows without a value are always read, for nobody could tell that they have changed.
    """

    def __init__(self, where: str, column: str, text: Statement, said: object) -> None:
        self.where = where
        self.column = column
        self._text = text
        self._of = hashlib.sha256(json.dumps([text.pieces, column, said]).encode()).hexdigest()[:16]
        self._last: JSON = None

    def go_on(self, kept: str | None) -> None:
        """Go on from what was kept, if it was of this very query."""
        state: Mapping[str, JSON] = json.loads(kept) if kept else {}
        self._last = state.get("value") if state.get("of") == self._of else None

    def begin(self, site: Site, start: str, overlap_s: int) -> tuple[Statement, JSON]:
        """Return the query in the cursor's order, and the value that it begins at.

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
        return since.then(order), self._earlier(last, overlap_s)

    def passes(self, row: Mapping[str, object]) -> None:
        """Remember the value of a row that was read.

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
        self._last = self._last if value is None else value

    def reached(self, source: str, query: str) -> Iterator[Reached]:
        """Yield how far it is read by now."""
        if self._last is not None:
            value = json.dumps({"of": self._of, "value": self._last})
            yield Reached(source=source, query=query, value=value)

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


def _like(said: str, moment: datetime) -> str:
    """Write a moment as another one is written, so that the two compare as texts."""
    digits = len(said.partition(".")[2].rstrip("Z").partition("+")[0].rpartition("-")[2])
    spec = {0: "seconds", 3: "milliseconds"}.get(digits, "microseconds")
    if len(said) == len("2024-01-31"):
        return moment.date().isoformat()
    written = moment.isoformat(sep=said[10], timespec=spec)
    return written.replace("+00:00", "Z") if said.endswith("Z") else written
