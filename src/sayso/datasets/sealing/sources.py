"""Where the rows of a shard come from: pieces that were just made, and yesterday's dataset.

Both give the same columns, sorted by the rows' keys, and any part of them without the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from sayso.datasets.making.staging import Laid, Part, beginnings, columned, heads
from sayso.datasets.places import Place
from sayso.datasets.sealing.workings import Records
from sayso.datasets.tables import with_digests
from sayso.errors import Tampered
from sayso.evidence import merkle

Mask = npt.NDArray[np.bool_]

WHOLE = 1 << 64
"""One more than the greatest number that a key can begin with."""


class Source(Protocol):
    """Some rows, or some refusals, of one shard."""

    @property
    def slice(self) -> int:
        """Which slice they lie in; of refusals 0."""
        ...

    @property
    def rows(self) -> int:
        """How many there are."""
        ...

    @property
    def size(self) -> int:
        """How many bytes they take, more or less."""
        ...

    def columns(self, names: Sequence[str]) -> pa.Table:
        """Return some columns (of `STAGED` or `REFUSED`) of all of them."""
        ...

    def between(self, low: int, high: int, stays: Mask | None = None) -> pa.Table:
        """Return those whose keys begin with a number from `low` up to `high`, and that stay.

        `low` may be 0 and `high` `WHOLE`; `stays` says it of each row.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """Implements `Source` with what lies in one place of a piece."""

    laid: Laid
    part: Part

    @property
    def slice(self) -> int:
        """Which slice they lie in."""
        return self.part.slice

    @property
    def rows(self) -> int:
        """How many there are."""
        return self.part.rows

    @property
    def size(self) -> int:
        """How many bytes they take."""
        return self.part.size

    def columns(self, names: Sequence[str]) -> pa.Table:
        """Return some columns of all of them."""
        return self.laid.columns(self.part, names)

    def between(self, low: int, high: int, stays: Mask | None = None) -> pa.Table:
        """Return those between two keys that stay."""
        table = self.laid.read(self.part)
        start, end = _between(heads(table["order"]), low, high)
        return _chosen(table.slice(start, end - start), None if stays is None else stays[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Implements `Source` with what is left of a file of yesterday's dataset.

    `records` are its workings, row by row; `left` says which rows are not gone since.
    """

    path: Place
    schema: pa.Schema
    records: Records
    left: Mask
    shard: int
    slice: int = 0

    @property
    def rows(self) -> int:
        """How many are left."""
        return int(self.left.sum())

    @property
    def size(self) -> int:
        """How many bytes they take, as if all were left."""
        with self.path.open("rb") as file:
            about = pq.ParquetFile(file).metadata
            groups = (about.row_group(at).total_byte_size for at in range(about.num_row_groups))
            return int(sum(groups)) + self.records.nbytes

    def columns(self, names: Sequence[str]) -> pa.Table:
        """Return some columns of all that are left.

        Raises:
            Tampered: the file holds another number of rows than were sealed.
        """
        stored = [name for name in names if name in self.schema.names]
        with self.path.open("rb") as file:
            table = pq.read_table(file, columns=stored)
        if len(table) != len(self.records):
            raise Tampered(f"{self.path} does not hold the rows that were sealed.")
        return _chosen(self._with_records(table, 0, names), self.left)

    def between(self, low: int, high: int, stays: Mask | None = None) -> pa.Table:
        """Return those between two keys that are left and stay; other row groups are not read."""
        start, end = _between(beginnings(self.records["order"]), low, high)
        kept = self.left
        if stays is not None:
            kept = kept.copy()
            kept[self.left] = stays
        names = [*self.schema.names, *_of_records(self.records), "shard", "slice"]
        with self.path.open("rb") as file:
            parquet = pq.ParquetFile(file)
            begins = _begins(parquet)
            bounds = enumerate(pairwise(begins))
            groups = [at for at, (one, past) in bounds if one < end and past > start]
            first = begins[groups[0]] if groups else 0
            table = parquet.read_row_groups(groups)
        table = self._with_records(table.slice(start - first, end - start), start, names)
        return _chosen(table, kept[start:end])

    def require_whole(self, root: str) -> None:
        """Check that the rows are those that were sealed.

        Raises:
            Tampered: they are not.
        """
        leaves: list[bytes] = []
        with self.path.open("rb") as file:
            for batch in pq.ParquetFile(file).iter_batches():
                table = pa.Table.from_batches([batch])
                if not with_digests(table)["digest"].equals(table["digest"]):
                    raise Tampered(f"A row in {self.path} was changed since it was sealed.")
                leaves += map(bytes.fromhex, table["digest"].to_pylist())
        if merkle.root(map(merkle.leaf_hash, leaves)).hex() != root:
            raise Tampered(f"{self.path} does not hold the rows that were sealed.")

    def _with_records(self, table: pa.Table, start: int, names: Sequence[str]) -> pa.Table:
        """Add columns that the file has not to rows from `start` on."""
        count = len(table)
        records = self.records[start : start + count]
        for name in names:
            if name in _of_records(records):
                column = columned(records[name])
                if name == "id":
                    column = pa.array([each.hex() for each in column.to_pylist()], pa.string())
            elif name in {"shard", "slice"}:
                value = self.shard if name == "shard" else self.slice
                column = pa.array(np.full(count, value, np.int32))
            else:
                continue
            table = table.append_column(pa.field(name, column.type, nullable=False), column)
        return table.select(names)


def within(table: pa.Table, low: int, high: int) -> pa.Table:
    """Return the rows of a sorted table whose keys begin with a number from `low` to `high`."""
    start, end = _between(heads(table["order"]), low, high)
    return table.slice(start, end - start)


def _of_records(records: Records) -> Sequence[str]:
    return records.dtype.names or ()


def _begins(parquet: pq.ParquetFile) -> list[int]:
    """Return with which row each row group begins, and how many rows there are."""
    about = parquet.metadata
    counts = [about.row_group(at).num_rows for at in range(about.num_row_groups)]
    return [0, *accumulate(counts)]


def _chosen(table: pa.Table, wanted: Mask | None) -> pa.Table:
    return table if wanted is None or wanted.all() else table.filter(pa.array(wanted))


def _between(keys: npt.NDArray[np.uint64], low: int, high: int) -> tuple[int, int]:
    """Return where in sorted keys those that begin with a number from `low` to `high` are."""
    start = int(np.searchsorted(keys, np.uint64(low), side="left"))
    end = len(keys) if high >= WHOLE else int(np.searchsorted(keys, np.uint64(high)))
    return start, end
