"""Who is in the files of a dataset, read back for the tree that proves it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.community import MemberId
from sayso.datasets.membership import Entry, Members, Seats
from sayso.datasets.places import Place
from sayso.datasets.sealed import is_of_refusals
from sayso.errors import Tampered

_COLUMNS = ("document_id", "member_id", "members", "digest")


def seated(tables: Iterable[pa.Table | pa.RecordBatch], seats: Seats) -> tuple[str, int]:
    """Return the hex root over everyone whose words are in the rows, and how many they are."""
    present: set[MemberId] = set()
    with TemporaryDirectory(prefix="sayso-") as aside:
        members = Members(seats, Path(aside) / "seats")
        for table in tables:
            found = list(_entries(table))
            present.update(member for member, _, _ in found)
            members.add(found)
        return members.root().hex(), len(present)


def tables_in(folder: Place, files: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """Yield of a dataset's rows what `seated` reads; they are not checked.

    Raises:
        Tampered: a file is gone, or is not Parquet.
    """
    for name in sorted(name for name in files if not is_of_refusals(name)):
        path = folder / name
        try:
            with path.open("rb") as opened, pq.ParquetFile(opened) as file:
                yield from file.iter_batches(columns=list(_COLUMNS))
        except (pa.ArrowException, OSError, KeyError, ValueError) as error:
            raise Tampered(f"{path} is no longer the file that was sealed: {error}.") from error


def _entries(table: pa.Table | pa.RecordBatch) -> Iterator[Entry]:
    columns = (table[each].to_pylist() for each in _COLUMNS)
    for document, author, members, digest in zip(*columns, strict=True):
        for member in dict.fromkeys((author, *members)):
            yield member, document, bytes.fromhex(digest)
