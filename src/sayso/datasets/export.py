"""A dataset handed over as one file that others read."""

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from sayso.datasets.disk import new_file
from sayso.datasets.rows import DatasetId, Row, RowId
from sayso.datasets.sealed import read_rows
from sayso.datasets.tables import ROWS, parquet_writer, row_record, row_table
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON

_GROUP_ROWS = 4_096


class Format(StrEnum):
    """What an export can be."""

    PARQUET = "parquet"
    JSONL = "jsonl"


def export(
    store: Path,
    dataset: DatasetId,
    target: Path,
    form: Format | str,
    removed: AbstractSet[RowId] = frozenset(),
) -> int:
    """Write every row but the `removed` ones to `target`; return how many.

    Give all rows that are taken out of service as `removed`: what is handed over cannot be
    called back. The file is there whole, for its owner alone to read, or not at all.

    Raises:
        BadInput: there is no such format, the file is there already, or no folder to write in.
        NotFound: there is no such dataset.
        Tampered: a row is not the one that was sealed.
        SaysoError: the disk is full.
    """
    written = 0

    def counted() -> Iterator[Row]:
        nonlocal written
        for row in read_rows(store, dataset):
            if row.id not in removed:
                written += 1
                yield row

    if form not in set(Format):
        raise BadInput(
            f"A dataset is not exported as {form!r}.", hint="Formats: " + ", ".join(Format) + "."
        )
    with new_file(target) as file:
        _WRITE[Format(form)](file, counted())
    return written


def readable(row: Row) -> dict[str, JSON]:
    """Return a row as the JSON that others read: the sealed columns, with all they were made of."""
    return {
        **cast("Mapping[str, JSON]", row_record(row)),
        "created_at": row.created_at.isoformat(),
        "redactions": row.redactions,
    }


def _write_jsonl(file: BinaryIO, rows: Iterable[Row]) -> None:
    said = (json.dumps(readable(row), ensure_ascii=False) for row in rows)
    file.writelines(each.encode() + b"\n" for each in said)


def _write_parquet(file: BinaryIO, rows: Iterable[Row]) -> None:
    stream = iter(rows)
    with parquet_writer(file, ROWS) as writer:
        while group := list(islice(stream, _GROUP_ROWS)):
            writer.write_table(row_table(group))


_WRITE = {Format.PARQUET: _write_parquet, Format.JSONL: _write_jsonl}
