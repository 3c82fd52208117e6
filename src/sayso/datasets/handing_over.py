"""A dataset handed over as a folder that Hugging Face's and Croissant's tools read.

    README.md         the card, with the hub's metadata in front
    croissant.json    the card in Croissant
    data/*.parquet    rows that are trained on, and rows held out

Ids of members and documents stay in the house, and all that would let somebody guess them: the
row's digest, the events behind its decision, the moment of writing. The row's own id is keyed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.cards.described import HELD_OUT_SPLIT, TRAIN, Layout, Split
from sayso.datasets.cards.layout import SPLITS_SAID, file_in
from sayso.datasets.disk import flush_folder, new_folder, replacing, write_durably
from sayso.datasets.rows import HELD_OUT, DatasetId, Row, RowId
from sayso.datasets.sealed import read_rows
from sayso.datasets.tables import ROWS, parquet_writer, row_table

ROWS_A_FILE = 100_000
_GROUP_ROWS = 4_096
_DATA = "data"
KEPT = (
    *("id", "kind", "title", "text", "language", "licence", "source", "rule", "is_default"),
    *("redactions", "marks"),
)
"""The sealed columns that leave the house as they are."""
_WRITTEN_ON = pa.field("written_on", pa.date32(), nullable=False)
HANDED = pa.schema([*(ROWS.field(name) for name in KEPT), _WRITTEN_ON])
"""The columns of a folder without ids; of the moment of writing the day is left."""

Cards = Callable[[Layout], Mapping[str, str]]
"""Writes the files that lie beside the data: name to text."""


def hand_over(  # noqa: PLR0913 - one folder has this many parts
    store: Path,
    dataset: DatasetId,
    folder: Path,
    cards: Cards,
    removed: AbstractSet[RowId] = frozenset(),
    *,
    with_ids: bool = False,
) -> int:
    """Write every row but the `removed` ones into a new folder; return how many.

    Give all rows that are taken out of service as `removed`: what is handed over cannot be
    called back. The folder is there whole, for its owner alone, or not at all. `with_ids` lets
    every sealed column out, ids of members and documents among them.

    Raises:
        BadInput: the folder is there already, or there is no place for it.
        NotFound: there is no such dataset.
        Tampered: a row is not the one that was sealed.
        SaysoError: the disk is full.
    """
    with new_folder(folder) as aside:
        aside.chmod(0o700)
        (aside / _DATA).mkdir()
        schema = ROWS if with_ids else HANDED
        rows = (row for row in read_rows(store, dataset) if row.id not in removed)
        written = _write_splits(aside, rows, schema)
        for name, text in cards(_layout(aside, schema)).items():
            write_durably(aside / name, text.encode())
        flush_folder(aside / _DATA)
    return written


def _write_splits(aside: Path, rows: Iterable[Row], schema: pa.Schema) -> int:
    """Write the files of each split; of what is trained on at least one, if an empty one."""
    written = 0
    for held_out, part in groupby(rows, key=lambda row: row.shard == HELD_OUT):
        split = HELD_OUT_SPLIT if held_out else TRAIN
        for number, chunk in enumerate(_chunks(part)):
            written += _write_file(aside / _name(split, number), chunk, schema)
    if not (aside / _name(TRAIN, 0)).exists():
        _write_file(aside / _name(TRAIN, 0), iter(()), schema)
    return written


def _chunks(rows: Iterator[Row]) -> Iterator[Iterator[Row]]:
    """Cut a stream into streams of so many rows as a file holds; read each before the next."""
    for first in rows:
        yield _with_rest(first, rows)


def _with_rest(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from islice(rows, ROWS_A_FILE - 1)


def _write_file(path: Path, rows: Iterator[Row], schema: pa.Schema) -> int:
    count = 0
    with replacing(path) as file, parquet_writer(file, schema) as writer:
        while group := list(islice(rows, _GROUP_ROWS)):
            writer.write_table(_table(group, schema))
            count += len(group)
    return count


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    table = row_table(rows)
    if _WRITTEN_ON.name in schema.names:
        days = pc.cast(table["created_at"], pa.date32())
        table = table.append_column(_WRITTEN_ON, days)
    return table.select(schema.names)


def _layout(aside: Path, schema: pa.Schema) -> Layout:
    names = sorted(path.relative_to(aside).as_posix() for path in (aside / _DATA).iterdir())
    of = {name: TRAIN if name.startswith(f"{_DATA}/{TRAIN}-") else HELD_OUT_SPLIT for name in names}
    return Layout(
        schema=schema,
        splits=tuple(
            Split(name=split, pattern=f"{_DATA}/{split}-*.parquet", said=SPLITS_SAID[split])
            for split in (TRAIN, HELD_OUT_SPLIT)
            if split in of.values()
        ),
        files=tuple(file_in(aside, name, split) for name, split in of.items()),
    )


def _name(split: str, number: int) -> str:
    return f"{_DATA}/{split}-{number:05d}.parquet"
