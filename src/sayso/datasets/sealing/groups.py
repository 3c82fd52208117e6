"""A Parquet file whose row groups are cut by what is in it, not by how it came."""

from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sayso.datasets.disk import close_durably
from sayso.datasets.places import Place
from sayso.datasets.tables import parquet_writer

GROUP_ROWS, GROUP_BYTES = 16_384, 16_000_000
"""A row group ends with the row by which it has so many rows, or so many bytes of text."""


class RowGroups:
    """Writes the rows that are added, in order; the file is there where there was any row."""

    def __init__(self, path: Place, schema: pa.Schema) -> None:
        self._path, self._schema = path, schema
        self._file: BinaryIO | None = None
        self._writer: pq.ParquetWriter | None = None
        self._waiting = schema.empty_table()
        self._sizes = np.zeros(0, dtype=np.int64)
        self.rows = 0

    def add(self, table: pa.Table, sizes: pa.ChunkedArray) -> None:
        """Add rows, with the bytes that each counts for."""
        self.rows += len(table)
        self._waiting = pa.concat_tables([self._waiting, table])
        self._sizes = np.concatenate([self._sizes, sizes.to_numpy().astype(np.int64)])
        while (end := self._end()) <= len(self._waiting):
            self._write(end)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what waits, and bring the file to the disk."""
        if kind is None and len(self._waiting):
            self._write(len(self._waiting))
        if self._writer:
            self._writer.close()
        if self._file:
            close_durably(self._file)

    def _end(self) -> int:
        """Return where the group that waits ends; past all that waits, where that is not known."""
        full = int(np.searchsorted(np.cumsum(self._sizes[:GROUP_ROWS]), GROUP_BYTES)) + 1
        return min(GROUP_ROWS, full) if len(self._waiting) else 1

    def _write(self, end: int) -> None:
        if self._writer is None:
            self._file = self._path.open("wb")
            self._writer = parquet_writer(self._file, self._schema)
        group = self._waiting.slice(0, end).combine_chunks()
        self._writer.write_table(group, row_group_size=end)
        self._waiting = self._waiting.slice(end)
        self._sizes = self._sizes[end:]
