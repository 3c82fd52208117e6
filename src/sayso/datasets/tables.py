"""Rows and refusals as Arrow tables and Parquet bytes: fixed columns, fixed settings."""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import IO, Any, TypedDict, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sayso.community import DocumentId, Kind, MemberId
from sayso.datasets.rows import HASHED, Refusal, Row, RowId
from sayso.datasets.shards import Partition
from sayso.errors import Tampered
from sayso.evidence.canonical import canonical, parse

TOKEN_BYTES, ABOUT_BYTES = 16, 8

ROWS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("member_id", pa.string(), nullable=False),
        pa.field("members", pa.list_(pa.string()), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("licence", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("created_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("evidence", pa.list_(pa.string()), nullable=False),
        pa.field("is_default", pa.bool_(), nullable=False),
        pa.field("redactions", pa.string(), nullable=False),  # canonical JSON: kind to count
        pa.field("marks", pa.list_(pa.string()), nullable=False),
        pa.field("digest", pa.string(), nullable=False),
    ]
)
REFUSALS = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("member_id", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("duplicate_of", pa.string(), nullable=False),
        pa.field("created_at", pa.timestamp("us", tz="UTC")),
        pa.field("prints", pa.binary(), nullable=False),
    ]
)
REFUSED = pa.schema(
    [
        *REFUSALS,
        pa.field("id", pa.string(), nullable=False),
        pa.field("shard", pa.int32(), nullable=False),
        pa.field("order", pa.binary(32), nullable=False),
        pa.field("token", pa.binary(TOKEN_BYTES), nullable=False),
        pa.field("about", pa.binary(ABOUT_BYTES), nullable=False),
    ]
)
"""Refusals on their way, with the row's id, its place, and the key they are sorted by there.

`token` and `about` are as in `staging.STAGED`; of what was never asked they are nought.
"""

_GROUP_ROWS = 16_384


class RowRecord(TypedDict):
    """A row as plain values, in the order of the columns."""

    id: str
    document_id: str
    member_id: str
    members: list[str]
    kind: str
    title: str
    text: str
    language: str
    licence: str
    source: str
    created_at: datetime
    rule: str
    reason: str
    evidence: list[str]
    is_default: bool
    redactions: str
    marks: list[str]
    digest: str


def row_record(row: Row) -> RowRecord:
    """Return the row as plain values."""
    return RowRecord(
        id=row.id,
        document_id=row.document_id,
        member_id=row.member_id,
        members=list(row.members),
        kind=row.kind.value,
        title=row.title,
        text=row.text,
        language=row.language,
        licence=row.licence,
        source=row.source,
        created_at=row.created_at.astimezone(UTC),
        rule=row.rule,
        reason=row.reason,
        evidence=list(row.evidence),
        is_default=row.is_default,
        redactions=canonical(row.redactions).decode(),
        marks=list(row.marks),
        digest=row.digest,
    )


def row_table(rows: Iterable[Row]) -> pa.Table:
    """Return the rows as one table, in the order given, without their places."""
    return pa.Table.from_pylist([row_record(row) for row in rows], schema=ROWS)


def with_digests(table: pa.Table) -> pa.Table:
    """Return the columns of `ROWS`, with the digest of each row whatever was said of it before."""
    digests = [hashlib.sha256(part).hexdigest() for part in netstrings(table, HASHED)]
    told = {name: table[name] for name in HASHED} | {"digest": pa.array(digests, pa.string())}
    return pa.Table.from_arrays([told[name] for name in ROWS.names], schema=ROWS)


def netstrings(table: pa.Table, names: Iterable[str]) -> Iterator[memoryview]:
    """Yield for each row the netstrings of some columns' values, one after the other.

    What a value is as text is said by `rows.row_text`.
    """
    texts = pc.binary_join_element_wise(
        *(part for name in names for part in _netstring(_said(table[name]))), ""
    )
    for chunk in texts.cast(pa.large_binary()).chunks:
        yield from _views(chunk)


def noughts(count: int, width: int) -> pa.Array:
    """Return byte strings of noughts."""
    return pa.array([bytes(width)] * count, pa.binary(width))


def never_asked(count: int) -> dict[str, pa.Array]:
    """Return token and what is known about each of what was made of no answer."""
    return {"token": noughts(count, TOKEN_BYTES), "about": noughts(count, ABOUT_BYTES)}


def row_of(record: RowRecord, *, shard: int, slice: int) -> Row:  # noqa: A002 - the house's word
    """Return the row that a record and its place make."""
    counts = cast("dict[str, int]", parse(record["redactions"]))
    return Row(
        id=RowId(record["id"]),
        document_id=DocumentId(record["document_id"]),
        member_id=MemberId(record["member_id"]),
        members=tuple(MemberId(member) for member in record["members"]),
        kind=Kind(record["kind"]),
        title=record["title"],
        text=record["text"],
        language=record["language"],
        licence=record["licence"],
        source=record["source"],
        created_at=record["created_at"].astimezone(UTC),
        rule=record["rule"],
        reason=record["reason"],
        evidence=tuple(record["evidence"]),
        is_default=record["is_default"],
        redactions=counts,
        marks=tuple(record["marks"]),
        shard=shard,
        slice=slice,
        digest=record["digest"],
    )


def rows_of_table(table: pa.Table, *, shard: int, slice: int) -> list[Row]:  # noqa: A002 - as above
    """Return the rows of a table whose rows all lie in one place."""
    records = cast("list[RowRecord]", table.to_pylist())
    return [row_of(record, shard=shard, slice=slice) for record in records]


def rows_of_staged(table: pa.Table) -> list[Row]:
    """Return the rows of a table that says of each where it lies."""
    places = zip(table["shard"].to_pylist(), table["slice"].to_pylist(), strict=True)
    records = cast("list[RowRecord]", table.select(ROWS.names).to_pylist())
    return [
        row_of(record, shard=shard, slice=slice_)
        for record, (shard, slice_) in zip(records, places, strict=True)
    ]


def refusal_table(refusals: Sequence[Refusal]) -> pa.Table:
    """Return the refusals as one table, in the order given."""
    return pa.Table.from_pydict(_refusal_columns(refusals), schema=REFUSALS)


def refused_batch(refusals: Sequence[Refusal], partition: Partition) -> pa.RecordBatch:
    """Return the refusals as columns, each with its place."""
    ids = [partition.row_id(each.document_id) for each in refusals]
    columns: dict[str, Sequence[object]] = {
        **_refusal_columns(refusals),
        "id": ids,
        "shard": [partition.place(each.member_id, is_default=False)[0] for each in refusals],
        "order": list(map(partition.order, ids)),
        **never_asked(len(ids)),
    }
    return pa.RecordBatch.from_pydict(columns, schema=REFUSED)


def refused_once(columns: Mapping[str, pa.Array]) -> pa.RecordBatch:
    """Return refusals (`REFUSED`) of documents that are nobody's copies, from the other columns."""
    count = len(columns["document_id"])
    whole = {
        "duplicate_of": pa.array([""] * count, pa.string()),
        "created_at": pa.nulls(count, REFUSED.field("created_at").type),
        "prints": pa.array([b""] * count, pa.binary()),
        **never_asked(count),
        **columns,
    }
    return pa.RecordBatch.from_arrays([whole[name] for name in REFUSED.names], schema=REFUSED)


def refusals_of_table(table: pa.Table) -> list[Refusal]:
    """Return the refusals of a table."""
    records = cast("list[dict[str, Any]]", table.to_pylist())
    return [
        Refusal(
            document_id=DocumentId(record["document_id"]),
            member_id=MemberId(record["member_id"]),
            rule=record["rule"],
            reason=record["reason"],
            duplicate_of=RowId(record["duplicate_of"]),
            created_at=record["created_at"],
            prints=record["prints"],
        )
        for record in records
    ]


def _refusal_columns(refusals: Sequence[Refusal]) -> dict[str, Sequence[object]]:
    return {name: [getattr(each, name) for each in refusals] for name in REFUSALS.names}


def parquet(table: pa.Table) -> bytes:
    """Return the table as Parquet: the same bytes each time, nothing in it of when or where."""
    written = io.BytesIO()
    with parquet_writer(written, table.schema) as writer:
        writer.write_table(table, row_group_size=_GROUP_ROWS)
    return written.getvalue()


def parquet_writer(file: IO[bytes], schema: pa.Schema) -> pq.ParquetWriter:
    """Return a writer with the settings that every one of our files has."""
    return pq.ParquetWriter(
        file,
        schema,
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=False,
        write_statistics=False,
    )


def from_parquet(content: bytes, schema: pa.Schema, where: str) -> pa.Table:
    """Read back what `parquet` wrote.

    Raises:
        Tampered: it is not Parquet, or has other columns.
    """
    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Tampered(
            f"{where} is no longer the Parquet file that was sealed: {error}."
        ) from error
    if not table.schema.equals(schema):
        raise Tampered(f"{where} has other columns than were sealed.")
    return table


def _said(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as the texts that its values are hashed as."""
    if pa.types.is_list(column.type):
        return pa.chunked_array([_joined(chunk) for chunk in column.chunks], pa.string())
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.int64()).cast(pa.string())
    if pa.types.is_boolean(column.type):
        return column.cast(pa.int8()).cast(pa.string())
    if pa.types.is_integer(column.type):
        return column.cast(pa.string())
    return column


def _joined(lists: pa.ListArray) -> pa.Array:
    items = lists.flatten()
    if pa.types.is_struct(items.type):
        whole = (items.field(at).cast(pa.string()) for at in range(items.type.num_fields))
        items = pc.binary_join_element_wise(*whole, " ")
    said = pc.binary_join_element_wise(*_netstring(items), "")
    offsets = pc.subtract(lists.offsets, lists.offsets[0])
    return pc.binary_join(pa.ListArray.from_arrays(offsets, said), "")


def _netstring(column: pa.ChunkedArray | pa.Array) -> tuple[object, ...]:
    return pc.binary_length(column).cast(pa.string()), ":", column, ","


def _views(texts: pa.LargeBinaryArray) -> Iterator[memoryview]:
    """Yield the bytes of each text, uncopied."""
    _, bounds, content = texts.buffers()
    if content is None:
        return
    whole = memoryview(content)
    ends = np.frombuffer(bounds, np.int64)[texts.offset : texts.offset + len(texts) + 1].tolist()
    for start, end in pairwise(ends):
        yield whole[start:end]
