"""Files of records: JSON lines and comma-separated rows, each with the place it stands at."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sayso.errors import BadInput, NotFound
from sayso.evidence.canonical import JSON
from sayso.sources.reading import Skipped

_ENOUGH_BROKEN = 20
"""When so many lines in a row from the start cannot be read, the file is not of this kind."""

_LONGEST_FIELD = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line's fields, and where it stands."""

    where: str
    fields: Mapping[str, JSON]


def records(path: Path) -> Iterator[Record | Skipped]:
    """Read by the file's name: `.csv` and `.tsv` are rows, everything else JSON lines."""
    is_rows = path.suffix.lower() in {".csv", ".tsv"}
    return csv_records(path) if is_rows else jsonl_records(path)


def jsonl_records(path: Path) -> Iterator[Record | Skipped]:
    """Yield each line's object; a line that is none is skipped with its number.

    Raises:
        NotFound: there is no such file.
        BadInput: nothing in it is a JSON object on a line of its own.
    """
    hint = "Give one JSON object per line; an array becomes that with `jq -c '.[]'`."
    with _opened(path) as file:
        yield from _unless_all_broken(path, hint, _json_lines(path, file))


def csv_records(path: Path) -> Iterator[Record | Skipped]:
    """Yield each row by its column names; a row of another width is skipped with its line.

    Raises:
        NotFound: there is no such file.
        BadInput: it has no header with an `id`, or no row fits the header.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with _opened(path) as file:
        header = file.readline()
        names = [name.strip() for name in next(csv.reader([header], delimiter=_sign(header)), [])]
        if "id" not in names or len(set(names)) != len(names):
            raise BadInput(
                f"{path}, line 1: this is not a header with an `id` column.",
                hint="The first line names the columns, each once; one of them is `id`.",
            )
        hint = "Each row has as many fields as the header; quote fields that hold a comma."
        yield from _unless_all_broken(path, hint, _rows(path, file, names, _sign(header)))


def _opened(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.", hint="Check the path.") from error
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}.", hint="Give a file that you may read."
        ) from error


def _json_lines(path: Path, file: TextIO) -> Iterator[Record | Skipped]:
    for number, line in enumerate(file, start=1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            yield Skipped(where=where, reason="not JSON", mend=f"{said}; mend or drop the line.")
            continue
        yield _checked(where, value)


def _rows(path: Path, file: TextIO, names: list[str], sign: str) -> Iterator[Record | Skipped]:
    reader = csv.reader(file, delimiter=sign)
    while True:
        where = f"{path}, line {reader.line_num + 2}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Skipped(where=where, reason="not a row", mend=f"{error}; mend the line.")
            continue
        if row is None:
            return
        if row and len(row) != len(names):
            mend = f"It has {len(row)} fields and the header {len(names)}; quote its commas."
            yield Skipped(where=where, reason="not as wide as the header", mend=mend)
        elif row:
            filled = zip(names, row, strict=True)
            yield _checked(where, {name: value for name, value in filled if value.strip()})


def _checked(where: str, value: object) -> Record | Skipped:
    if not isinstance(value, dict):
        mend = 'Give an object with named fields, like {"id": ...}.'
        return Skipped(where=where, reason="not an object", mend=mend)
    if not _is_unicode(value):
        return Skipped(where=where, reason="not Unicode", mend="Save the file as UTF-8.")
    return Record(where=where, fields=value)


def _is_unicode(value: JSON) -> bool:
    """Whether every text in it can be written down; half a surrogate pair cannot."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def _sign(header: str) -> str:
    """Return what parts the fields: a comma unless the header has none."""
    signs: list[str] = sorted(",;\t", key=header.count, reverse=True)
    return signs[0] if "," not in header else ","


def _unless_all_broken(
    path: Path, hint: str, items: Iterator[Record | Skipped]
) -> Iterator[Record | Skipped]:
    broken: list[Skipped] = []
    for item in items:
        if not isinstance(item, Skipped):
            break
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


def _not_of_this_kind(path: Path, broken: list[Skipped], hint: str) -> BadInput:
    first = broken[0]
    return BadInput(
        f"{first.where}: {first.reason}, and nor is any of its first {len(broken)} lines; "
        f"{path.name} is not what it should be.",
        hint=f"{hint} Nothing was kept.",
    )
