"""Files of comma-separated rows (RFC 4180), each row a record with the place it stands at."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from sayso.errors import BadInput
from sayso.sources.lines import LONGEST_LINE, Broken, lines, opened, too_long
from sayso.sources.reading import Skipped
from sayso.sources.records import Record, checked, jsonl_records, skipped, unless_all_broken

_TABLES = {".csv", ".tsv"}
_CALLED = {",": "a comma", ";": "a semicolon", "\t": "a tab"}


def records(path: Path) -> Iterator[Record | Skipped]:
    """Read by the file's name: `.csv` and `.tsv` are rows, everything else JSON lines.

    Either may be packed with gzip (`.csv.gz`).
    """
    inner = Path(path.stem) if path.suffix.lower() == ".gz" else path
    is_rows = inner.suffix.lower() in _TABLES
    return csv_records(path) if is_rows else jsonl_records(path)


def csv_records(path: Path) -> Iterator[Record | Skipped]:
    """Yield each row by its column names; a row of another width is skipped with its line.

    Raises:
        NotFound: there is no such file.
        BadInput: it has no header with an `id`, or no row fits the header.
    """
    with opened(path) as text:
        yield from rows_under(path, text, lambda header: _names(path, header))


def rows_under(
    path: Path, text: TextIO, names_of: Callable[[str | Broken], list[str]]
) -> Iterator[Record | Skipped]:
    """Yield each row by the names that `names_of` finds in the first line, one for each column.

    Raises:
        BadInput: no row fits the header.
    """
    csv.field_size_limit(LONGEST_LINE + 1)
    taken = _Taken(lines(text))
    header = next(iter(taken.lines), "")
    names = names_of(header)
    sign = _sign(header) if isinstance(header, str) else ","
    hint = f"Each row has as many fields as the header; quote fields that hold {_CALLED[sign]}."
    yield from unless_all_broken(path, hint, _rows(path, taken, names, sign))


class _RowBroken(Exception):
    """Stops a csv reader in the middle of a row."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.reason)
        self.broken = broken


class _Taken:
    """Hands lines to a csv reader, and stops it before one row fills the memory."""

    def __init__(self, given: Iterator[str | Broken]) -> None:
        self.lines = given
        self.number = 1  # of the line handed out last; the header is the first
        self.size = 0
        self._is_quoted = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.number += 1
        if isinstance(line, Broken):
            self._pass_over(line.quotes)
            raise _RowBroken(line)
        self.size += len(line)
        if self.size > LONGEST_LINE:
            self._pass_over(line.count('"'))
            raise _RowBroken(too_long(self.size))
        self._is_quoted ^= line.count('"') % 2 == 1
        return line

    def begin(self) -> int:
        """Begin a row, and return the number of its first line."""
        self.size, self._is_quoted = 0, False
        return self.number + 1

    def _pass_over(self, quotes: int) -> None:
        """Go to the end of the quoted text: what stands in it is no row, whatever it looks like."""
        self._is_quoted ^= quotes % 2 == 1
        while self._is_quoted and (line := next(self.lines, None)) is not None:
            self.number += 1
            self.size += len(line) if isinstance(line, str) else 0
            count = line.quotes if isinstance(line, Broken) else line.count('"')
            self._is_quoted ^= count % 2 == 1


def _rows(path: Path, taken: _Taken, names: list[str], sign: str) -> Iterator[Record | Skipped]:
    # Strict: a quote that is never closed is said to be that, not read as the end of the text.
    reader = csv.reader(taken, delimiter=sign, strict=True)
    while True:
        number = taken.begin()
        where = f"{path}, line {number}"
        try:
            row = next(reader, None)
        except _RowBroken as stopped:
            yield skipped(where, stopped.broken)
            continue
        except csv.Error as error:
            until = f" It goes on to line {taken.number}." if taken.number > number else ""
            said = "a quote in it is never closed" if "unexpected end" in str(error) else str(error)
            yield Skipped(where=where, reason="not a row", mend=f"{said}; mend the row.{until}")
            continue
        if row is None:
            return
        if row and len(row) != len(names):
            mend = f"It has {len(row)} fields and the header {len(names)}; {_why(row, names, sign)}"
            yield Skipped(where=where, reason="not as wide as the header", mend=mend)
        elif row:
            filled = zip(names, row, strict=True)
            yield checked(where, number, {name: value for name, value in filled if value.strip()})


def _names(path: Path, header: str | Broken) -> list[str]:
    row: list[str] = []
    if isinstance(header, str):
        row = next(csv.reader([header], delimiter=_sign(header)), [])
    names = [name.strip().lower() for name in row]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if "id" not in names or twice:
        what = f"the column {twice[0]!r} is there twice" if twice else "there is no column `id`"
        raise BadInput(
            f"{path}, line 1: {what}.",
            hint="The first line names the columns, each once, parted by commas, semicolons or "
            "tabs; one of them is `id`.",
        )
    return names


def _why(row: list[str], names: list[str], sign: str) -> str:
    """Say what is likely to be wrong with a row of another width."""
    if len(row) == 1:
        other = next((each for each in ",;\t" if each != sign and each in row[0]), "")
        if other:
            return f"part its fields as the header does, by {_CALLED[sign]}."
    if len(row) > len(names):
        return f"quote fields that hold {_CALLED[sign]}."
    return "write empty fields too; perhaps it is cut off."


def _sign(header: str) -> str:
    """Return what parts the fields: what makes `id` one of them, else a comma if there is one."""
    signs: list[str] = sorted(",;\t", key=header.count, reverse=True)
    for sign in signs:
        if "id" in {name.strip().strip('"').lower() for name in header.split(sign)}:
            return sign
    return signs[0] if "," not in header else ","
