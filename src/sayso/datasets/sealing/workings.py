"""What a build keeps beside a dataset for the next one, so that it need not do all of it again.

None of it is part of the dataset: it is told from the rows, nobody is given it, and without it,
or where a byte of it has changed, the next build does everything again. For each file of rows
there is one of records as long as each other, in the order of the rows, and one of who sits where
(`membership`); for each shard, what was counted of it and the SHA-256 of those files.
"""

import hashlib
from types import TracebackType
from typing import BinaryIO, Self, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sayso.datasets.disk import close_durably
from sayso.datasets.making.staging import fixed
from sayso.datasets.places import Place
from sayso.datasets.tables import ABOUT_BYTES, TOKEN_BYTES
from sayso.errors import Tampered

VERSION = 1
ID_BYTES = 16
_KNOWN = [("token", "u1", (TOKEN_BYTES,)), ("about", "u1", (ABOUT_BYTES,))]
OF_ROWS = np.dtype(
    [
        ("order", "u1", (32,)),
        ("key", "u1", (32,)),
        ("sketch", "u1", (32,)),
        ("bands", "u1", (128,)),
        *_KNOWN,
    ]
)
"""A record of a row: columns of `staging.STAGED` that `tables.ROWS` has not."""
OF_REFUSALS = np.dtype([("order", "u1", (32,)), ("id", "u1", (ID_BYTES,)), *_KNOWN])
"""A record of a refusal: columns of `tables.REFUSED` that `tables.REFUSALS` has not."""

Records = npt.NDArray[np.void]


def records_name(name: str) -> str:
    """Return the name of the records of a dataset's file."""
    return f"{name}.records"


def seats_name(name: str) -> str:
    """Return the name of who sits where of a dataset's file of rows."""
    return f"{name}.seats"


class Writing:
    """Writes records of the rows that are added, in order."""

    def __init__(self, path: Place, kind: np.dtype[np.void]) -> None:
        self._path, self._kind = path, kind
        self._file: BinaryIO | None = None
        self._seen = hashlib.sha256()

    def add(self, table: pa.Table) -> None:
        """Add the records of some rows."""
        records = np.empty(len(table), self._kind)
        for name in cast("tuple[str, ...]", self._kind.names):
            records[name] = _bytes_of(table[name])
        if self._file is None:
            self._file = self._path.open("wb")
        content = records.tobytes()
        self._seen.update(content)
        self._file.write(content)

    @property
    def digest(self) -> str:
        """The hex SHA-256 of what was written."""
        return self._seen.hexdigest()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Bring the file to the disk."""
        if self._file:
            close_durably(self._file)


def read_records(path: Place, kind: np.dtype[np.void], rows: int, digest: str) -> Records:
    """Return the records in a file, whole; of no rows there is none.

    Raises:
        Tampered: they are not what was written.
    """
    try:
        content = path.read_bytes() if rows else b""
    except FileNotFoundError as error:
        raise Tampered(f"{path} is gone.") from error
    if len(content) != rows * kind.itemsize or hashlib.sha256(content).hexdigest() != digest:
        raise Tampered(f"{path} is not what the build wrote.")
    return np.frombuffer(content, kind)


def _bytes_of(column: pa.ChunkedArray) -> npt.NDArray[np.uint8]:
    if pa.types.is_fixed_size_binary(column.type):
        return fixed(column)
    ids = bytes.fromhex("".join(column.to_pylist()))  # a row's id, in digits
    return np.frombuffer(ids, np.uint8).reshape(-1, ID_BYTES)
