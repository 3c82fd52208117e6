"""Rows on their way to their shards: a few in memory, the rest in files of their own."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyarrow as pa

from sayso.datasets.rows import Row
from sayso.datasets.tables import PLACED_ROWS, placed_row_table, rows_of_placed_table

_BATCH = 512
_SIZE_BYTES = 8


class Spool:
    """One file per shard in `folder`; what is put in comes out again, shard by shard.

    Nothing here needs to outlive a crash: a build that is run again spools again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[int, list[Row]] = {}
        folder.mkdir()

    def put(self, row: Row) -> None:
        """Add a row to its shard."""
        waiting = self._waiting.setdefault(row.shard, [])
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._write(row.shard)

    def take(self, shard: int) -> Iterator[Row]:
        """Yield the rows of a shard, in the order in which they came."""
        if shard not in self._waiting:
            return
        self._write(shard)
        with self._path(shard).open("rb") as file:
            while size := file.read(_SIZE_BYTES):
                content = file.read(int.from_bytes(size))
                with pa.ipc.open_stream(content) as reader:
                    yield from rows_of_placed_table(reader.read_all())
        self._path(shard).unlink()

    def _write(self, shard: int) -> None:
        batch, self._waiting[shard] = self._waiting[shard], []
        written = BytesIO()
        with pa.ipc.new_stream(written, PLACED_ROWS) as writer:
            writer.write_table(placed_row_table(batch))
        with self._path(shard).open("ab") as file:
            file.write(len(written.getvalue()).to_bytes(_SIZE_BYTES))
            file.write(written.getvalue())

    def _path(self, shard: int) -> Path:
        return self._folder / f"{shard}.arrow"
