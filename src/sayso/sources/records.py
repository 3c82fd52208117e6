"""Files of records: JSON lines and comma-separated rows, each with the place it stands at."""

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sayso.community import DocumentId
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON
from sayso.sources.fields import Fields, Unfit
from sayso.sources.lines import LONGEST_LINE, Broken, lines, opened, too_long
from sayso.sources.reading import Skipped, Unread

_ENOUGH_BROKEN = 20
"""When so many lines in a row from the start cannot be read, the file is not of this kind."""

_DEEPEST = 64
"""How many lists and objects may stand in each other; no record needs more than a few."""

_MOST_NAMES, _NAMES_SHOWN, _LONGEST_NAME = 1000, 20, 60
"""How many names of fields are looked at, and named where nothing reads them."""

_TABLES = {".csv", ".tsv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line's fields, and where it stands: `number` is the line's or row's."""

    where: str
    number: int
    fields: Mapping[str, JSON]


def records(path: Path) -> Iterator[Record | Skipped]:
    """Read by the file's name: `.csv` and `.tsv` are rows, everything else JSON lines.

    Either may be packed with gzip (`.csv.gz`).
    """
    inner = Path(path.stem) if path.suffix.lower() == ".gz" else path
    is_rows = inner.suffix.lower() in _TABLES
    return csv_records(path) if is_rows else jsonl_records(path)


def jsonl_records(path: Path) -> Iterator[Record | Skipped]:
    """Yield each line's object; a line that is none is skipped with its number.

    Raises:
        NotFound: there is no such file.
        BadInput: nothing in it is a JSON object on a line of its own.
    """
    hint = "Give one JSON object per line; an array becomes that with `jq -c '.[]'`."
    with opened(path) as text:
        yield from unless_all_broken(path, hint, _json_lines(path, text))


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
    hint = "Each row has as many fields as the header; quote fields that hold a comma."
    sign = _sign(header) if isinstance(header, str) else ","
    yield from unless_all_broken(path, hint, _rows(path, taken, names, sign))


def checked(where: str, number: int, value: object) -> Record | Skipped:
    """Return `value` as a record where it is an object that can be kept as it is written."""
    if not isinstance(value, dict):
        mend = 'Give an object with named fields, like {"id": ...}.'
        return Skipped(where=where, reason="not an object", mend=mend)
    try:
        _require_writable(value)
    except Unfit as unfit:
        return Skipped(
            where=where, reason=unfit.reason, mend=unfit.mend, document_id=said_id(value)
        )
    return Record(where=where, number=number, fields=value)


def said_id(fields: Mapping[str, JSON]) -> DocumentId | None:
    """Return the id that a record gives itself, where at least that can be read."""
    try:
        _require_writable(fields.get("id", ""))
        return DocumentId(Fields(fields).own_id())
    except Unfit:
        return None


class Unknown:
    """The names of fields that nothing reads, as they come by; of so many, not more."""

    def __init__(self, is_read: Callable[[str], bool]) -> None:
        self._is_read = is_read
        self._met: set[str] = set()
        self._unread: dict[str, None] = {}

    def meet(self, names: Iterable[str]) -> None:
        """Look at the names of one record's fields."""
        for name in names:
            if name not in self._met and len(self._met) < _MOST_NAMES:
                self._met.add(name)
                if not self._is_read(name) and len(self._unread) < _NAMES_SHOWN:
                    self._unread[name[:_LONGEST_NAME]] = None

    def found(self) -> Iterator[Unread]:
        """Yield them once, at the end, if there are any."""
        if self._unread:
            yield Unread(names=tuple(self._unread))


def skipped(where: str, broken: Broken) -> Skipped:
    """Say where it is broken."""
    return Skipped(where=where, reason=broken.reason, mend=broken.mend)


def unless_all_broken(
    path: Path, hint: str, items: Iterator[Record | Skipped]
) -> Iterator[Record | Skipped]:
    """Yield `items`.

    Raises:
        BadInput: so many of the first are broken that the file is of another kind.
    """
    broken: list[Skipped] = []
    for item in items:
        if not isinstance(item, Skipped) or item.document_id is not None:
            break  # a record of this kind, whether or not it can be kept
        broken.append(item)
        if len(broken) == _ENOUGH_BROKEN:
            raise _not_of_this_kind(path, broken, hint)
    else:
        if broken:
            raise _not_of_this_kind(path, broken, hint)
        return
    yield from broken
    yield item
    yield from items


def _json_lines(path: Path, text: TextIO) -> Iterator[Record | Skipped]:
    for number, line in enumerate(lines(text), start=1):
        where = f"{path}, line {number}"
        if isinstance(line, Broken):
            yield skipped(where, line)
        elif line.strip():
            yield _parsed(where, number, line)


def _parsed(where: str, number: int, line: str) -> Record | Skipped:
    try:
        value = json.loads(
            line, object_pairs_hook=_once, parse_constant=_number, parse_float=_number
        )
    except (ValueError, RecursionError) as error:
        if "\0" in line:
            mend = "It holds zero bytes; save the file as UTF-8."
            return Skipped(where=where, reason="not text in UTF-8", mend=mend)
        said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        if line[-1] not in "\r\n":
            said += "; the file ends in this line, perhaps in the middle of it"
        return Skipped(where=where, reason="not JSON", mend=f"{said}; mend or drop the line.")
    return checked(where, number, value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: nobody could say which of the two counts."""
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return said


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is not a number of JSON")
    return number


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
            until = f", which ends at line {taken.number}" if taken.number > number else ""
            yield Skipped(where=where, reason="not a row", mend=f"{error}; mend it{until}.")
            continue
        if row is None:
            return
        if row and len(row) != len(names):
            mend = f"It has {len(row)} fields and the header {len(names)}; quote its commas."
            yield Skipped(where=where, reason="not as wide as the header", mend=mend)
        elif row:
            filled = zip(names, row, strict=True)
            yield checked(where, number, {name: value for name, value in filled if value.strip()})


def _names(path: Path, header: str | Broken) -> list[str]:
    row: list[str] = []
    if isinstance(header, str):
        row = next(csv.reader([header], delimiter=_sign(header)), [])
    names = [name.strip() for name in row]
    if "id" not in names or len(set(names)) != len(names):
        raise BadInput(
            f"{path}, line 1: this is not a header with an `id` column.",
            hint="The first line names the columns, each once; one of them is `id`.",
        )
    return names


def _sign(header: str) -> str:
    """Return what parts the fields: a comma unless the header has none."""
    signs: list[str] = sorted(",;\t", key=header.count, reverse=True)
    return signs[0] if "," not in header else ","


def _require_writable(value: JSON) -> None:
    """Refuse what no store and no certificate could keep as it is written.

    Raises:
        Unfit: half a surrogate pair or a broken byte, a zero sign (PostgreSQL keeps none), or
            more lists and objects in each other than anyone means.
    """
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        inner: list[Any] = []
        for each in level:
            if isinstance(each, str):
                _require_text(each)
            elif isinstance(each, Mapping):
                inner += (*each.keys(), *each.values())
            elif isinstance(each, Sequence):
                inner += each
        if not inner:
            return
        level = inner
    raise Unfit("nested too deep", f"At most {_DEEPEST} lists and objects stand in each other.")


def _require_text(text: str) -> None:
    if "\0" in text:
        raise Unfit("a zero sign in a text", "Take it out; perhaps the file is not text at all.")
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        mend = "Save the file as UTF-8; it may be in an older encoding, like Windows-1252."
        raise Unfit("not Unicode", mend) from error


def _not_of_this_kind(path: Path, broken: Sequence[Skipped], hint: str) -> BadInput:
    first = broken[0]
    return BadInput(
        f"{first.where}: {first.reason}, and nor is any of its first {len(broken)} lines; "
        f"{path.name} is not what it should be.",
        hint=f"{hint} Nothing was kept.",
    )
