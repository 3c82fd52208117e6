"""Documents from a Parquet file: the same fields by the same rules as JSON lines."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.errors import BadInput, NotFound
from sayso.evidence.canonical import JSON
from sayso.sources import kinds
from sayso.sources.lines import LONGEST_LINE, too_long
from sayso.sources.posts import documents, is_read
from sayso.sources.reading import Item, ReaderEntry, ReadingOptions, Skipped
from sayso.sources.records import Record, Unknown, checked, said_id, skipped, unless_all_broken

_BATCH_BYTES = 32 * 1024 * 1024
_MOST_ROWS = 1024
"""How much is unpacked at once, by the sizes that the file itself gives."""
_BUFFER_BYTES = 1024 * 1024
_HIGHEST_RATIO = 2000
"""Unpacked to packed. Columns of one repeated value reach hundreds; what is far beyond is made
to fill a memory."""
_HARMLESS_BYTES = 256 * 1024 * 1024
_THRIFT_BYTES = 64 * 1024 * 1024  # the footer's texts and lists; a wide file's is some megabytes
_BROKEN = (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError)
"""What pyarrow raises where a file does not hold together."""


def read_parquet(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the documents of a Parquet file; see `read` in `ReaderEntry`."""
    unknown = Unknown(is_read)
    yield from documents(parquet_records(path, unknown), options)
    yield from unknown.found()


PARQUET = ReaderEntry(
    name="parquet",
    read=read_parquet,
    about="A Parquet file with the columns of `jsonl`.",
    takes=(kinds.PARQUET,),
    is_nameless=True,
)


def parquet_records(path: Path, unknown: Unknown) -> Iterator[Record | Skipped]:
    """Yield each row, a batch in memory at a time; columns that nobody reads are not unpacked.

    `unknown` hears the names of all.

    A part that is broken is skipped with the row at which it begins, to the end of its row group.

    Raises:
        NotFound: there is no such file.
        BadInput: it is no Parquet file, encrypted, without a column `id`, or no row can be read.
    """
    with _opened(path) as file:
        unknown.meet(file.schema_arrow.names)
        names = [name for name in file.schema_arrow.names if is_read(name)]
        if names.count("id") != 1 or len(set(names)) != len(names):
            raise BadInput(
                f"{path} has no column `id`, or one column twice.",
                hint="Name the columns as `sayso import jsonl` names its fields.",
            )
        hint = "Give the columns id, author, text and date."
        yield from unless_all_broken(path, hint, _rows(path, file, _columns(file, names)))


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    if path.is_dir():
        raise BadInput(f"{path} is a folder.", hint="Give the files in it: FOLDER/*.parquet.")
    try:
        raw = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.", hint="Check the path.") from error
    except OSError as error:
        raise _refused(path, error) from error
    with raw:
        try:
            file = pq.ParquetFile(
                raw,
                pre_buffer=False,
                buffer_size=_BUFFER_BYTES,
                thrift_string_size_limit=_THRIFT_BYTES,
                thrift_container_size_limit=_THRIFT_BYTES // 64,
                page_checksum_verification=True,
            )
            _require_modest(path, file.metadata)
        except _BROKEN as error:
            raise _refused(path, error) from error
        yield file


def _refused(path: Path, error: Exception) -> BadInput:
    said = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    return BadInput(
        f"{path} is not a Parquet file that can be read: {said}.",
        hint="Write it again, without encryption. Nothing was kept.",
    )


def _require_modest(path: Path, said: pq.FileMetaData) -> None:
    """Refuse a file whose own sizes cannot be true, or that is made to fill a memory.

    The metadata of single columns are left alone: where they are broken, pyarrow ends the whole
    process to ask for them, instead of raising.
    """
    size_bytes, rows = path.stat().st_size, 0
    for number in range(said.num_row_groups):
        group = said.row_group(number)
        rows += group.num_rows
        if group.num_rows < 0 or group.total_byte_size < 0:
            raise ValueError("a row group of less than nothing")
        if group.total_byte_size > max(_HARMLESS_BYTES, _HIGHEST_RATIO * size_bytes):
            raise ValueError(f"a row group that unpacks to {group.total_byte_size:,} bytes")
    if rows != said.num_rows:
        raise ValueError("its row groups do not add up to its rows")


def _columns(file: pq.ParquetFile, names: list[str]) -> list[str]:
    """Return the leaves' paths of the columns, which is how `iter_batches` takes nested ones."""
    paths = [file.schema.column(number).path for number in range(len(file.schema))]
    return [path for path in paths if path in names or path.partition(".")[0] in names]


def _rows(path: Path, file: pq.ParquetFile, columns: list[str]) -> Iterator[Record | Skipped]:
    before = 0
    for group in range(file.metadata.num_row_groups):
        number = before
        for part in _batches(file, group, columns):
            if isinstance(part, Exception):
                said = (str(part).splitlines() or [type(part).__name__])[0].rstrip(".")
                yield Skipped(
                    where=f"{path}, row group {group + 1}, from row {number + 1}",
                    reason="a broken row group",
                    mend=f"{said}; write the file again.",
                )
                break
            for row in _plain_rows(part):
                number += 1
                yield _record(f"{path}, row {number}", number, row)
        before += file.metadata.row_group(group).num_rows


def _batches(
    file: pq.ParquetFile, group: int, columns: list[str]
) -> Iterator[pa.RecordBatch | Exception]:
    """Yield a row group's batches, and what stopped it where something did."""
    said = file.metadata.row_group(group)
    fitting = _BATCH_BYTES * said.num_rows // max(said.total_byte_size, 1)
    size = min(max(fitting, 1), _MOST_ROWS)
    try:
        yield from file.iter_batches(
            batch_size=size, row_groups=[group], columns=columns, use_threads=False
        )
    except _BROKEN as error:
        yield error


def _plain_rows(batch: pa.RecordBatch) -> Iterator[dict[str, object]]:
    columns = [_values(column) for column in batch.columns]
    for values in zip(*columns, strict=True):
        yield dict(zip(batch.schema.names, values, strict=True))


def _values(column: pa.Array) -> list[object]:
    """Return a column's values; instants as text, in UTC where the column has a zone.

    Text holds every instant that Parquet can, also those that Python's dates cannot.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        if _has_zone(column.type):  # whatever it is called, the instants are in UTC
            column = column.view(pa.int64()).view(pa.timestamp(column.type.unit, "UTC"))
        column = column.cast(pa.string())
    try:
        return list(column.to_pylist())
    except _BROKEN:
        return [_value(scalar) for scalar in column]


def _has_zone(kind: pa.TimestampType) -> bool:
    try:
        return bool(kind.tz)
    except UnicodeDecodeError:  # a zone it has, of which the name is broken
        return True


def _value(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except _BROKEN as error:
        return error


def _record(where: str, number: int, row: Mapping[str, object]) -> Record | Skipped:
    size = sum(len(value) for value in row.values() if isinstance(value, str | bytes))
    if size > LONGEST_LINE:
        return skipped(where, too_long(size))
    fields: dict[str, JSON] = {}
    unread = ""
    for name, value in row.items():
        try:
            fields[name] = _plain(value)
        except TypeError:
            unread = name
    if unread:
        return Skipped(
            where=where,
            reason=f"{unread} cannot be read",
            mend=f"Write {unread} with a plainer type.",
            document_id=said_id(fields),
        )
    return checked(where, number, fields)


def _plain(value: Any) -> JSON:  # noqa: ANN401, PLR0911 - whatever Arrow holds; one line a type
    """Return a value of Arrow as JSON would hold it; a TypeError where it cannot."""
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None  # how pandas writes what is missing
    if isinstance(value, bytes):
        return value.decode(errors="surrogateescape")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(held) for name, held in value.items()}
    if isinstance(value, list) and all(isinstance(each, tuple) for each in value) and value:
        return {str(name): _plain(held) for name, held in value}  # Arrow's maps
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)
