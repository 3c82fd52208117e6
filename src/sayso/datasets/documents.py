"""Documents as columns: how a build reads very many of them, from a database or from files."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from sayso.community import (
    Code,
    Document,
    DocumentId,
    Kind,
    MemberId,
    Mention,
    Quote,
    Signal,
    State,
    Visibility,
)

MOMENT = pa.timestamp("us", tz="UTC")
SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64())])
_THEIRS = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("member_id", pa.string())])
_SIGNAL = pa.struct([("standard", pa.string()), ("value", pa.string()), ("seen_at", MOMENT)])

DOCUMENTS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("member_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("created_at", MOMENT, nullable=False),
        pa.field("updated_at", MOMENT),
        pa.field("title", pa.string()),
        pa.field("visibility", pa.string()),
        pa.field("state", pa.string()),
        pa.field("language", pa.string()),
        pa.field("source", pa.string()),
        pa.field("licence", pa.string()),
        pa.field("parents", pa.list_(pa.string())),
        pa.field("co_authors", pa.list_(pa.string())),
        pa.field("quotes", pa.list_(_THEIRS)),
        pa.field("mentions", pa.list_(_THEIRS)),
        pa.field("code", pa.list_(SPAN)),
        pa.field("signals", pa.list_(_SIGNAL)),
    ]
)
"""One column for each field of `community.Document`; where a value is absent, its default holds."""

_DEFAULTS: Mapping[str, str] = {
    "title": "",
    "visibility": Visibility.PUBLIC.value,
    "state": State.PUBLISHED.value,
    "language": "",
    "source": "",
    "licence": "",
}
_SAID_SIGNAL = pa.struct(
    [("standard", pa.string()), ("value", pa.string()), ("seen_at", pa.string())]
)
_WRITTEN = pa.schema(
    [
        pa.field(
            field.name,
            pa.string()
            if field.type == MOMENT
            else pa.list_(_SAID_SIGNAL)
            if field.name == "signals"
            else field.type,
        )
        for field in DOCUMENTS
    ]
)
ROWS_AT_A_TIME = 8_192


def batch_of(documents: Sequence[Document]) -> pa.RecordBatch:
    """Return the documents as columns, in the order given."""
    return pa.RecordBatch.from_pylist([_record(one) for one in documents], schema=DOCUMENTS)


def batches_of(
    documents: Iterable[Document], size: int = ROWS_AT_A_TIME
) -> Iterator[pa.RecordBatch]:
    """Yield the documents as columns, so many at a time."""
    held: list[Document] = []
    for document in documents:
        held.append(document)
        if len(held) == size:
            yield batch_of(held)
            held = []
    if held:
        yield batch_of(held)


def batch_of_json(bodies: Sequence[str]) -> pa.RecordBatch:
    """Return documents as columns from the JSON objects in which a database keeps them."""
    if not bodies:
        return batch_of(())
    lines = "\n".join(bodies).encode("utf-8", "surrogatepass")
    table = pj.read_json(
        io.BytesIO(lines),
        parse_options=pj.ParseOptions(
            explicit_schema=_WRITTEN, unexpected_field_behavior="ignore", newlines_in_values=False
        ),
        read_options=pj.ReadOptions(use_threads=False, block_size=max(len(lines) + 1, 1 << 20)),
    )
    columns = []
    for field in DOCUMENTS:
        column = table[field.name].combine_chunks()
        if field.name == "signals":
            column = _signals(column)
        columns.append(filled(column.cast(field.type), field.name))
    return pa.RecordBatch.from_arrays(columns, schema=DOCUMENTS)


def documents_in(batch: pa.RecordBatch) -> list[Document]:
    """Return the documents that the columns hold."""
    return [_document(record) for record in cast("list[dict[str, Any]]", batch.to_pylist())]


def filled(column: pa.Array, name: str) -> pa.Array:
    """Return the column with its default where a value is absent."""
    return pc.fill_null(column, _DEFAULTS[name]) if name in _DEFAULTS else column


def _signals(column: pa.Array) -> pa.Array:
    """Read the moments in a column of signals."""
    said = column.values
    moments = said.field("seen_at").cast(MOMENT)
    values = pa.StructArray.from_arrays(
        [said.field("standard"), said.field("value"), moments], fields=list(_SIGNAL)
    )
    return pa.ListArray.from_arrays(column.offsets, values, mask=column.is_null())


def _record(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "member_id": document.member_id,
        "kind": document.kind.value,
        "text": document.text,
        "created_at": document.created_at.astimezone(UTC),
        "updated_at": document.updated_at,
        "title": document.title,
        "visibility": document.visibility.value,
        "state": document.state.value,
        "language": document.language,
        "source": document.source,
        "licence": document.licence,
        "parents": document.parents,
        "co_authors": document.co_authors,
        "quotes": [_theirs(each) for each in document.quotes],
        "mentions": [_theirs(each) for each in document.mentions],
        "code": [{"start": each.start, "end": each.end} for each in document.code],
        "signals": [
            {"standard": each.standard, "value": each.value, "seen_at": each.seen_at}
            for each in document.signals
        ],
    }


def _theirs(span: Quote | Mention) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "member_id": span.member_id}


def _document(record: Mapping[str, Any]) -> Document:
    updated: datetime | None = record["updated_at"]
    return Document(
        id=DocumentId(record["id"]),
        member_id=MemberId(record["member_id"]),
        kind=Kind(record["kind"]),
        text=record["text"],
        created_at=record["created_at"].astimezone(UTC),
        updated_at=updated.astimezone(UTC) if updated else None,
        title=record["title"],
        visibility=Visibility(record["visibility"]),
        state=State(record["state"]),
        language=record["language"],
        source=record["source"],
        licence=record["licence"],
        parents=tuple(DocumentId(each) for each in record["parents"] or ()),
        co_authors=tuple(MemberId(each) for each in record["co_authors"] or ()),
        quotes=tuple(Quote(**each) for each in record["quotes"] or ()),
        mentions=tuple(Mention(**each) for each in record["mentions"] or ()),
        code=tuple(Code(**each) for each in record["code"] or ()),
        signals=tuple(
            Signal(**{**each, "seen_at": each["seen_at"].astimezone(UTC)})
            for each in record["signals"] or ()
        ),
    )
