"""What each column of a sealed dataset holds, in words and in the types of other formats."""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa


class Holds(StrEnum):
    """What is in a column."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    TRUTH = "truth"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; one that is a list holds any number of values."""

    name: str
    holds: Holds
    is_list: bool
    said: str
    arrow: str


SAID = {
    "id": "The row's id: a keyed hash that does not give the document away.",
    "document_id": "The document's id on the network.",
    "member_id": "The first author's id on the network.",
    "members": "The ids of all whose words are in the row.",
    "kind": "What sort of thing it is, as in post or comment.",
    "title": "Its title after redaction, where it has one.",
    "text": "Its text after redaction.",
    "language": "Its language (BCP 47), where the source states one.",
    "licence": "The licence it was published under, where the source states one.",
    "source": "Where the network read it.",
    "created_at": "When it was written.",
    "written_on": "The day it was written (UTC).",
    "rule": "The rule of decision that let it in.",
    "reason": "The same in a sentence to its author.",
    "evidence": "The events and notices that decided.",
    "is_default": "Whether it is in because somebody was told and said nothing.",
    "redactions": "How often what kind of personal data was taken out, as JSON.",
    "marks": "What sort of text it is, as rules found.",
    "digest": "SHA-256 of the row's canonical JSON (RFC 8785).",
    "shard": "The group of members it belongs to; -1 for rows held out.",
    "slice": "The ordered part of that group.",
}
"""One more column of `tables.ROWS`: a line here."""


def columns_of(schema: pa.Schema) -> tuple[Column, ...]:
    """Return what the columns of a Parquet file hold."""
    return tuple(
        Column(
            name=each.name,
            holds=_holds(each.type.value_type if pa.types.is_list(each.type) else each.type),
            is_list=pa.types.is_list(each.type),
            said=SAID.get(each.name, each.name),
            arrow=str(each.type),
        )
        for each in schema
    )


def _holds(kind: pa.DataType) -> Holds:
    if pa.types.is_date(kind):
        return Holds.DAY
    if pa.types.is_timestamp(kind):
        return Holds.MOMENT
    if pa.types.is_boolean(kind):
        return Holds.TRUTH
    return Holds.NUMBER if pa.types.is_integer(kind) else Holds.TEXT
