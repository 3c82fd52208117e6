"""Pieces of a build on their way to their shards: laid down whole, read back place by place."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sayso.datasets.disk import replace_durably
from sayso.datasets.places import Place, is_here
from sayso.datasets.tables import ABOUT_BYTES, ROWS, TOKEN_BYTES

STAGED = pa.schema(
    [
        *ROWS,
        pa.field("shard", pa.int32(), nullable=False),
        pa.field("slice", pa.int32(), nullable=False),
        pa.field("order", pa.binary(32), nullable=False),
        pa.field("key", pa.binary(32), nullable=False),
        pa.field("sketch", pa.binary(32), nullable=False),
        pa.field("bands", pa.binary(128), nullable=False),
        pa.field("token", pa.binary(TOKEN_BYTES), nullable=False),
        pa.field("about", pa.binary(ABOUT_BYTES), nullable=False),
    ]
)
"""A row on its way: with its place, what it is sorted by there, and what its copies share.

`key`, `sketch` and `bands` are `similar.Prints`, their numbers little-endian. `token` names all
that the row is made of and by which rules (`tokens`), `about` what else the steps knew of it.
"""

_PLACES = b"sayso.places"
_ROWS, _REFUSED = "rows", "refused"
_ALONE = pa.ipc.IpcReadOptions(use_threads=False)
"""Batches are small: threads would cost more than they save, and hold memory of their own."""


class Piece(NamedTuple):
    """What is made of some documents: rows (`STAGED`) and refusals (`REFUSED`)."""

    rows: pa.Table
    refused: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where in a file of a piece the rows of one place are, and how many bytes they take."""

    shard: int
    slice: int
    batch: int
    rows: int
    size: int


def lay(folder: Place, name: str, piece: Piece) -> None:
    """Lay a piece down in `folder` under a name; one that lies there already stays."""
    if not is_laid(folder, name):
        nowhere = pa.array([0] * len(piece.refused), pa.int32())
        refused = piece.refused.append_column("slice", nowhere)
        replace_durably(_path(folder, name, _REFUSED), _content(refused))
        replace_durably(_path(folder, name, _ROWS), _content(piece.rows))


def is_laid(folder: Place, name: str) -> bool:
    """Whether the piece lies there, whole."""
    return _path(folder, name, _ROWS).exists()


class Laid:
    """The rows, or the refusals, of one piece that was laid down."""

    def __init__(self, folder: Place, name: str, kind: str = _ROWS) -> None:
        """Open it; what is not asked for is not read."""
        self._path = _path(folder, name, kind)
        self._file = pa.ipc.open_file(self._source(), options=_ALONE)
        self._said = json.loads(self._file.schema.metadata[_PLACES])
        self._some: dict[tuple[str, ...], pa.RecordBatchFileReader] = {}

    def of_shard(self, shard: int) -> list[Part]:
        """Return which parts are of that shard."""
        return [Part(**part) for part in self._said if part["shard"] == shard]

    def read(self, part: Part) -> pa.Table:
        """Return the rows of a part, sorted by their keys."""
        return pa.Table.from_batches([self._file.get_batch(part.batch)])

    def columns(self, part: Part, names: Sequence[str]) -> pa.Table:
        """Return some columns of a part; the others are not held."""
        some = self._some.get(tuple(names))
        if some is None:
            fields = [self._file.schema.get_field_index(name) for name in names]
            options = pa.ipc.IpcReadOptions(use_threads=False, included_fields=sorted(fields))
            some = self._some[tuple(names)] = pa.ipc.open_file(self._source(), options=options)
        return pa.Table.from_batches([some.get_batch(part.batch)]).select(names)

    def _source(self) -> pa.NativeFile:
        # A file that is mapped would count as memory for as long as it is open.
        return (
            pa.OSFile(str(self._path))
            if is_here(self._path)
            else pa.PythonFile(self._path.open("rb"))
        )


def refusals_laid(folder: Place, name: str) -> Laid:
    """Open the refusals of a piece."""
    return Laid(folder, name, _REFUSED)


def heads(orders: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    """Return the first eight bytes of each key, as numbers in the keys' order."""
    return beginnings(fixed(orders))


def beginnings(keys: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return the same of keys as rows of bytes."""
    return np.ascontiguousarray(keys[:, :8]).view(">u8").ravel().astype(np.uint64)


def fixed(column: pa.ChunkedArray) -> npt.NDArray[np.uint8]:
    """Return a column of byte strings of one length as rows of bytes, uncopied if of one piece."""
    width = column.type.byte_width
    parts = [
        np.frombuffer(each.buffers()[1], np.uint8)[
            each.offset * width : (each.offset + len(each)) * width
        ].reshape(-1, width)
        for each in column.chunks
        if len(each)
    ]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros((0, width), np.uint8)


def columned(rows: npt.NDArray[np.uint8]) -> pa.Array:
    """Return rows of bytes as a column of byte strings of one length."""
    content = pa.py_buffer(np.ascontiguousarray(rows))
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(rows.shape[1]), len(rows), [None, content]
    )


def _path(folder: Place, name: str, kind: str) -> Place:
    return folder / f"{name}.{kind}.arrow"


def _content(table: pa.Table) -> bytes:
    ordered = table.sort_by(
        [("shard", "ascending"), ("slice", "ascending"), ("order", "ascending")]
    )
    batches, parts = [], []
    for number, (start, end) in enumerate(_runs(ordered)):
        some = ordered.slice(start, end - start)
        (batch,) = some.combine_chunks().to_batches()
        place = (some["shard"][0].as_py(), some["slice"][0].as_py())
        batches.append(batch)
        parts.append(
            {
                "shard": place[0],
                "slice": place[1],
                "batch": number,
                "rows": len(batch),
                "size": batch.nbytes,
            }
        )
    schema = table.schema.with_metadata({_PLACES: json.dumps(parts).encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return bytes(sink.getvalue())


def _runs(table: pa.Table) -> Iterator[tuple[int, int]]:
    """Yield where the rows of each place begin and end."""
    if not len(table):
        return
    shards, slices = (table[name].to_numpy() for name in ("shard", "slice"))
    changes = np.flatnonzero((shards[1:] != shards[:-1]) | (slices[1:] != slices[:-1])) + 1
    yield from pairwise([0, *changes.tolist(), len(table)])
