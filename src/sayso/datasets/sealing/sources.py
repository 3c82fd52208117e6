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

from sayso.datasets.making.staging import Laid, Part, heads
from sayso.datasets.places import Place
from sayso.datasets.sealed import root_over
from sayso.datasets.sealing.workings import OF_ROWS
from sayso.datasets.tables import ROWS, with_digests
from sayso.errors import Tampered

Mask = npt.NDArray[np.bool_]

KEYED = [*ROWS.names, "order"]
"""What is read of each row to write it: the row, and the key that it is sorted by."""
WHOLE = 1 << 64
"""One more than the greatest number that a key can begin with."""


class Source(Protocol):
    """Some rows of one shard, all of one slice."""

    @property
    def slice(self) -> int:
        """Which slice they lie in."""
        ...

    @property
    def rows(self) -> int:
        """How many there are."""
        ...

    @property
    def size(self) -> int:
        """How many bytes they take, more or less."""
        ...

    def records(self) -> pa.Table:
        """Return what copies are told by (`OF_ROWS`), of all of them."""
        ...

    def between(self, low: int, high: int, stays: Mask) -> tuple[pa.Table, Mask]:
        """Return rows (`KEYED`) whose keys begin with a number from `low` up to `high`.

        `low` may be 0 and `high` `WHOLE`. `stays` says of each row there is whether it stays; the
        same is said of those that are returned.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """Implements `Source` with what lies in one place of a piece.

    `held` is all of it, where a shard is small enough to be read once.
    """

    laid: Laid
    part: Part
    held: pa.Table | None

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

    def records(self) -> pa.Table:
        """Return what copies are told by."""
        return self._columns(OF_ROWS.names)

    def between(self, low: int, high: int, stays: Mask) -> tuple[pa.Table, Mask]:
        """Return those between two keys, and which of them stay."""
        table = self._columns(KEYED)
        start, end = _between(heads(table["order"]), low, high)
        return table.slice(start, end - start), stays[start:end]

    def _columns(self, names: Sequence[str]) -> pa.Table:
        return self.laid.columns(self.part, names) if self.held is None else self.held.select(names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Implements `Source` with what is left of a slice of yesterday's dataset.

    `kept` are the records of its rows; `left` says which rows are not gone since.
    """

    path: Place
    root: str
    kept: pa.Table
    left: Mask
    slice: int

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
            return int(sum(groups))

    def records(self) -> pa.Table:
        """Return what copies are told by; the file is not read."""
        return self.kept if self.left.all() else self.kept.filter(pa.array(self.left))

    def between(self, low: int, high: int, stays: Mask) -> tuple[pa.Table, Mask]:
        """Return those between two keys, and which stay; other row groups are not read."""
        start, end = _between(heads(self.kept["order"]), low, high)
        with self.path.open("rb") as file:
            parquet = pq.ParquetFile(file)
            begins = _begins(parquet)
            bounds = enumerate(pairwise(begins))
            groups = [at for at, (one, past) in bounds if one < end and past > start]
            first = begins[groups[0]] if groups else 0
            table = parquet.read_row_groups(groups).slice(start - first, end - start)
        left = self.left.copy()
        left[self.left] = stays
        orders = self.kept["order"].slice(start, end - start)
        return table.append_column(OF_ROWS.field("order"), orders), left[start:end]

    def require_whole(self) -> None:
        """Check that the rows are those that were sealed.

        Raises:
            Tampered: they are not.
        """
        digests = []
        with self.path.open("rb") as file:
            for batch in pq.ParquetFile(file).iter_batches():
                table = pa.Table.from_batches([batch])
                if not with_digests(table)["digest"].equals(table["digest"]):
                    raise Tampered(f"A row in {self.path} was changed since it was sealed.")
                digests.append(table["digest"])
        if root_over(digests) != self.root:
            raise Tampered(f"{self.path} does not hold the rows that were sealed.")


def _begins(parquet: pq.ParquetFile) -> list[int]:
    """Return with which row each row group begins, and how many rows there are."""
    about = parquet.metadata
    counts = [about.row_group(at).num_rows for at in range(about.num_row_groups)]
    return [0, *accumulate(counts)]


def _between(keys: npt.NDArray[np.uint64], low: int, high: int) -> tuple[int, int]:
    """Return where in sorted keys those that begin with a number from `low` to `high` are."""
    start = int(np.searchsorted(keys, np.uint64(low), side="left"))
    end = len(keys) if high >= WHOLE else int(np.searchsorted(keys, np.uint64(high)))
    return start, end
