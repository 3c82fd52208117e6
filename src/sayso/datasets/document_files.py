"""Documents that lie in Parquet files, here or elsewhere: read in order, or looked up by id."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sayso.community import Document, DocumentId, MemberId
from sayso.datasets.document_columns import checked, require_columns
from sayso.datasets.document_index import Authors, DocumentIndex, Spot
from sayso.datasets.documents import DOCUMENTS, ROWS_AT_A_TIME, documents_in
from sayso.datasets.places import Place, is_here, unreachable
from sayso.errors import BadInput, Conflict, NotHere

_WHO = ("id", "member_id", "co_authors")
_BATCH_BYTES = 16_000_000
_BUFFER_BYTES = 1_000_000
_TWINS = 1_000
_MARKS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "created")
"""What object stores call that by which another content is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    place: Place
    mark: tuple[str, ...]
    """Differs where the content does."""


class DocumentFiles:
    """The documents of a Parquet file, or of all `*.parquet` in a folder and below.

    Columns are those of `DOCUMENTS`; those that may be absent may be left out. No row group is
    held but as it is packed. Every call looks at what lies there now; where it is as before, an
    index of sixteen bytes a document spares reading the ids again. Threads may share one.
    """

    def __init__(self, place: Place) -> None:
        """Read what lies at `place`; nothing is read yet."""
        self._place = place
        self._lock = Lock()
        self._known: tuple[tuple[_File, ...], DocumentIndex] | None = None

    @property
    def address(self) -> str:
        """Where they lie."""
        return str(self._place)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield all documents as columns (`DOCUMENTS`).

        Raises:
            BadInput: there is no file, or one is not what it should be; one id is there twice.
            NotHere: the place cannot be reached.
            Conflict: the files changed meanwhile.
        """
        files, _ = self._indexed()
        for file in files:
            with _opened(file.place) as parquet:
                for group in range(parquet.metadata.num_row_groups):
                    for batch in _group(parquet, group, DOCUMENTS.names):
                        yield checked(batch, str(file.place))
        if self._found() != files:
            raise Conflict(
                f"The files in {self._place} changed while they were read; nothing was sealed.",
                hint="Run the same command again.",
            )

    def by_id(self, ids: Collection[DocumentId]) -> Iterator[Document]:
        """Yield those of `ids` that are there, each once.

        Raises:
            as `batches`, but Conflict.
        """
        files, index = self._indexed()
        wanted = pa.array(sorted(ids), pa.string())
        yield from _picked(
            files, index.spots(ids), ("id",), lambda batch: pc.is_in(batch["id"], wanted)
        )

    def of_member(self, member_id: MemberId) -> Iterator[Document]:
        """Yield what the member wrote, alone or with others.

        Raises:
            as `by_id`.
        """
        files, index = self._indexed()

        def wrote(batch: pa.RecordBatch) -> pa.Array:
            return pa.array([member_id in each for each in _authors(batch)], pa.bool_())

        yield from _picked(files, index.spots_by(member_id), _WHO, wrote)

    def authors(self, ids: Collection[DocumentId]) -> Mapping[DocumentId, Authors]:
        """Return who wrote those of `ids` that are there.

        Raises:
            as `by_id`.
        """
        return self._indexed()[1].authors(ids)

    def require_none_of(self, pages: Iterator[Sequence[DocumentId]]) -> None:
        """Refuse files that hold a document of one of these ids.

        Raises:
            BadInput: names the file and the id; else as `by_id`.
        """
        files, index = self._indexed()
        for ids in pages:
            likely = index.likely(ids)
            for where, found in _ids(files, index.spots(likely)) if likely else ():
                for document_id in set(found).intersection(likely):
                    raise BadInput(
                        f"{where}: document {document_id} is in the network's database too.",
                        hint="Keep it in one of the two; nothing was sealed.",
                    )

    def count(self) -> int:
        """Return how many documents there are.

        Raises:
            as `by_id`.
        """
        return len(self._indexed()[1])

    def _indexed(self) -> tuple[tuple[_File, ...], DocumentIndex]:
        files = self._found()
        with self._lock:
            if self._known is None or self._known[0] != files:
                index = DocumentIndex(_who(files))
                _require_once(files, index)
                self._known = files, index
            return self._known

    def _found(self) -> tuple[_File, ...]:
        with _reading(self._place):
            if not is_here(self._place):
                self._place.fs.invalidate_cache()  # type: ignore[attr-defined]
            is_folder = self._place.is_dir()
            places = self._place.rglob("*.parquet") if is_folder else [self._place]
            files = tuple(_File(place=each, mark=_mark(each)) for each in sorted(places, key=str))
        if not files:
            raise BadInput(
                f"{self._place} holds no Parquet file.", hint="Name a folder of *.parquet files."
            )
        return files


@contextmanager
def _reading(place: Place) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {place}.", hint="Check the address.") from error
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise _no_documents(place, error) from error
    except unreachable() as error:
        if type(error) is OSError and error.errno is None:  # pyarrow's, of a file that is broken
            raise _no_documents(place, error) from error
        raise NotHere(
            f"The documents in {place} cannot be read: {error}.",
            hint="Check the address, the connection and the credentials, and try again.",
        ) from error


def _no_documents(place: Place, error: Exception) -> BadInput:
    said = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    return BadInput(
        f"{place} is not a Parquet file of documents: {said}.",
        hint="docs/datasets.md says what one holds; nothing was sealed.",
    )


@contextmanager
def _opened(place: Place) -> Iterator[pq.ParquetFile]:
    with _reading(place), place.open("rb") as file:
        here = is_here(place)  # elsewhere, many small reads would take longest
        parquet = pq.ParquetFile(
            file, pre_buffer=not here, buffer_size=_BUFFER_BYTES if here else 0
        )
        require_columns(parquet.schema_arrow, str(place))
        yield parquet


def _group(parquet: pq.ParquetFile, group: int, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    said = parquet.metadata.row_group(group)
    fitting = _BATCH_BYTES * said.num_rows // max(said.total_byte_size, 1)
    there = set(parquet.schema_arrow.names)
    yield from parquet.iter_batches(
        batch_size=min(max(fitting, 1), ROWS_AT_A_TIME),
        row_groups=[group],
        columns=[name for name in names if name in there],
        use_threads=False,
    )


def _mark(place: Place) -> tuple[str, ...]:
    if is_here(place):
        found = place.stat()
        return str(found.st_size), str(found.st_mtime_ns), str(found.st_ino)
    said = place.fs.info(place.path)  # type: ignore[attr-defined]
    return str(said.get("size")), *(str(said[each]) for each in _MARKS if each in said)


def _who(
    files: Sequence[_File],
) -> Iterator[tuple[Spot, Sequence[str], Sequence[Authors]]]:
    for number, file in enumerate(files):
        with _opened(file.place) as parquet:
            for group in range(parquet.metadata.num_row_groups):
                for batch in _group(parquet, group, _WHO):
                    found = checked(batch, str(file.place), _WHO)
                    yield Spot(number, group), found["id"].to_pylist(), _authors(found)


def _authors(batch: pa.RecordBatch) -> list[Authors]:
    first, others = batch["member_id"].to_pylist(), batch["co_authors"].to_pylist()
    return [(one, *(more or ())) for one, more in zip(first, others, strict=True)]


def _ids(files: Sequence[_File], spots: Sequence[Spot]) -> Iterator[tuple[str, Sequence[str]]]:
    for spot in spots:
        place = files[spot.file].place
        with _opened(place) as parquet:
            for batch in _group(parquet, spot.group, ("id",)):
                yield str(place), checked(batch, str(place), ("id",))["id"].to_pylist()


def _require_once(files: Sequence[_File], index: DocumentIndex) -> None:
    twins, spots = index.twins(_TWINS)
    seen: dict[str, str] = {}
    for where, ids in _ids(files, spots):
        for document_id in ids:
            if hash(document_id) not in twins:
                continue
            if document_id in seen:
                other = seen[document_id]
                again = "there twice" if other == where else f"in {other} too"
                raise BadInput(
                    f"{where}: document {document_id} is {again}.",
                    hint="Give each document an id of its own; nothing was sealed.",
                )
            seen[document_id] = where


def _picked(
    files: Sequence[_File],
    spots: Sequence[Spot],
    by: Sequence[str],
    is_wanted: Callable[[pa.RecordBatch], pa.Array],
) -> Iterator[Document]:
    """Yield the documents that are wanted by some of their columns, which are read alone first."""
    for spot in spots:
        place = files[spot.file].place

        def wanted(batch: pa.RecordBatch, where: str = str(place)) -> pa.Array:
            return is_wanted(checked(batch, where, by))

        with _opened(place) as parquet:
            if not any(pc.any(wanted(each)).as_py() for each in _group(parquet, spot.group, by)):
                continue
            for batch in _group(parquet, spot.group, DOCUMENTS.names):
                found = batch.filter(wanted(batch))
                if len(found):
                    yield from documents_in(checked(found, str(place)))
