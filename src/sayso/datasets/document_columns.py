"""What a file of documents must hold: the columns of `DOCUMENTS`, each value one that can be."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from sayso.community import Kind, State, Visibility
from sayso.datasets.documents import DOCUMENTS, MOMENT, filled
from sayso.errors import BadInput

_ONE_OF: Mapping[str, type[StrEnum]] = {"kind": Kind, "visibility": Visibility, "state": State}
_SPANS = ("quotes", "mentions", "code")
_COLUMNS = "docs/datasets.md names the columns; nothing was sealed."
_ROWS = "Mend the row; nothing was sealed."
_FIRST, _LAST = (
    pa.scalar(-62_135_596_800_000_000, pa.int64()),
    pa.scalar(253_402_300_799_999_999, pa.int64()),
)
"""Microseconds of the first and the last moment that Python's dates have."""


def require_columns(schema: pa.Schema, where: str) -> None:
    """Refuse a file that lacks a column it needs, or has one of another type.

    Raises:
        BadInput: names the file and the column.
    """
    lacking = {field.name for field in DOCUMENTS if not field.nullable} - set(schema.names)
    if lacking:
        raise BadInput(f"{where} has no column {', '.join(sorted(lacking))}.", hint=_COLUMNS)
    for field in DOCUMENTS:
        for number in schema.get_all_field_indices(field.name):
            kind = schema.field(number).type
            if not _may_be(kind, field.type):
                raise BadInput(
                    f"{where}: column {field.name} is {kind}, not {field.type}.", hint=_COLUMNS
                )
        if len(schema.get_all_field_indices(field.name)) > 1:
            raise BadInput(f"{where} has column {field.name} twice.", hint=_COLUMNS)


def checked(batch: pa.RecordBatch, where: str, only: Sequence[str] = ()) -> pa.RecordBatch:
    """Return a file's rows as `DOCUMENTS`, or those of its columns that are named.

    Moments without a zone are taken for UTC; parts finer than a microsecond are dropped.

    Raises:
        BadInput: a row lacks a value or has one that cannot be; names the file and the document.
        pyarrow.ArrowException: the file does not hold together.
    """
    batch.validate(full=True)
    schema = pa.schema([DOCUMENTS.field(name) for name in only or DOCUMENTS.names])
    there = set(batch.schema.names)
    columns = []
    for field in schema:
        held = batch[field.name] if field.name in there else pa.nulls(len(batch), field.type)
        column = filled(_cast(held, field.type), field.name)
        if not field.nullable and column.null_count:
            raise BadInput(
                f"{where} has a row without {field.name}.",
                hint="Every document needs one; nothing was sealed.",
            )
        columns.append(column)
    found = pa.RecordBatch.from_arrays(columns, schema=schema)
    _require_values(found, where)
    return found


def _may_be(kind: pa.DataType, wanted: pa.DataType) -> bool:
    if pa.types.is_null(kind):
        return True  # no row has a value; whether one is needed is asked of the rows
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_string(wanted):
        return any(
            each(kind)
            for each in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
        )
    if pa.types.is_timestamp(wanted):
        return bool(pa.types.is_timestamp(kind))
    if pa.types.is_integer(wanted):
        return bool(pa.types.is_integer(kind))
    if pa.types.is_list(wanted):
        is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
        return is_list and _may_be(kind.value_type, wanted.value_type)
    names = {kind.field(number).name for number in range(kind.num_fields)}
    return bool(pa.types.is_struct(kind)) and all(
        field.name in names and _may_be(kind.field(field.name).type, field.type)
        for field in (wanted.field(number) for number in range(wanted.num_fields))
    )


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return pc.cast(column, kind, safe=False)
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        # a moment among a signal's may be of nanoseconds
        return pc.cast(column, kind, safe="seen_at" not in _names(kind.value_type))
    return column.cast(kind)


def _names(struct: pa.DataType) -> set[str]:
    return {struct.field(number).name for number in range(struct.num_fields)}


def _require_values(batch: pa.RecordBatch, where: str) -> None:
    for name in batch.schema.names:
        column = batch[name]
        if name == "id":
            _refuse_if(pc.equal(column, ""), batch, where, "has no id")
        elif name in _ONE_OF:
            known = pa.array([each.value for each in _ONE_OF[name]])
            wrong = pc.invert(pc.is_in(column, known))
            _refuse_if(wrong, batch, where, f"has a {name} that is none", _said(known))
        elif column.type == MOMENT:
            _refuse_if(_is_no_date(column), batch, where, f"has {name} in no year there is")
        elif pa.types.is_list(column.type):
            _require_items(batch, name, where)


def _is_no_date(moments: pa.Array) -> pa.Array:
    number = moments.cast(pa.int64())
    return pc.fill_null(
        pc.or_(pc.less(number, _FIRST), pc.greater(number, _LAST)), fill_value=False
    )


def _require_items(batch: pa.RecordBatch, name: str, where: str) -> None:
    column = batch[name]
    whose, items = pc.list_parent_indices(column), pc.list_flatten(column)
    wrong = pc.is_null(items)
    if pa.types.is_struct(items.type):
        for part in items.flatten():
            wrong = pc.or_(wrong, pc.is_null(part))
            if part.type == MOMENT:
                wrong = pc.or_(wrong, _is_no_date(part))
    if name in _SPANS:
        start, end = (pc.struct_field(items, part) for part in ("start", "end"))
        length = pc.utf8_length(batch["text"]).take(whose)
        outside = pc.or_(pc.less(start, 0), pc.greater(end, length))
        outside = pc.or_(outside, pc.greater_equal(start, end))
        wrong = pc.or_(wrong, pc.fill_null(outside, fill_value=True))
    if pc.any(wrong).as_py():
        at = whose.filter(wrong)[0].as_py()
        what = "outside its text or without a value" if name in _SPANS else "without a value"
        raise BadInput(f"{where}: document {batch['id'][at]} has {name} {what}.", hint=_ROWS)


def _refuse_if(
    wrong: pa.Array, batch: pa.RecordBatch, where: str, what: str, known: str = ""
) -> None:
    if pc.any(wrong).as_py():
        at = pc.index(wrong, value=True).as_py()
        document = f"document {batch['id'][at]}"
        raise BadInput(f"{where}: {document} {what}.", hint=f"{known}{_ROWS}")


def _said(known: pa.Array) -> str:
    return f"Known: {', '.join(known.to_pylist())}. "
