"""What a driver gives for a column, as the fields that every other reader gives."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

from sayso.evidence.canonical import JSON
from sayso.sources.fields import Unfit

Column: TypeAlias = object
"""Whatever a driver makes of a column."""

_LISTS = frozenset(
    {
        "authors",
        "co_authors",
        "education",
        "in_reply_to",
        "languages",
        "parents",
        "positions",
        "quotes",
        "skills",
        "topics",
    }
)
"""Fields that hold several: databases without arrays keep them as JSON."""
_OF_DOCUMENTS = frozenset({"in_reply_to", "parents"})


def field(name: str, value: Column) -> JSON:
    """Return a column's value as JSON has it; lists that are kept as text are read.

    A time without a zone is UTC, as everywhere here. Bytes are text in UTF-8.

    Raises:
        Unfit: it is bytes, and no text.
    """
    plain = _plain(name, value)
    if name not in _LISTS or plain is None:
        return plain
    if isinstance(plain, str) and plain.lstrip()[:1] in {"[", "{"}:
        try:
            plain = json.loads(plain)
        except ValueError as error:
            raise Unfit(f"{name} is not a list", "Give it as a JSON list.") from error
    if isinstance(plain, list):
        return [str(each) if isinstance(each, int) else each for each in plain]
    return str(plain) if isinstance(plain, int) else plain


def document_fields(row: Mapping[str, Column], prefix: str) -> dict[str, JSON]:
    """Return a row of documents; its ids, and those it answers to, begin with `prefix`.

    Raises:
        Unfit: a column does not hold what its name promises.
    """
    fields = _fields(row)
    fields |= {"deleted": True} if fields.pop("deleted_at", None) else {}
    if fields.get("id") not in {None, ""}:
        fields["id"] = prefixed(fields["id"], prefix)
    for name in _OF_DOCUMENTS & fields.keys():
        said = fields[name]
        parts = said if isinstance(said, list) else str(said or "").split(";")
        fields[name] = [prefixed(part, prefix) for part in parts if part not in {None, ""}]
    return fields


def member_fields(row: Mapping[str, Column]) -> dict[str, JSON]:
    """Return a row of members; one with a time of deletion is deleted.

    Raises:
        Unfit: a column does not hold what its name promises.
    """
    fields = _fields(row)
    fields |= {"standing": "deleted"} if fields.pop("deleted_at", None) else {}
    return fields


def prefixed(said: JSON, prefix: str) -> str:
    """Return a document's id as the network knows it."""
    return f"{prefix}{str(said).strip()}"


def _fields(row: Mapping[str, Column]) -> dict[str, JSON]:
    return {name: field(name, value) for name, value in row.items()}


def _plain(name: str, value: Column) -> JSON:  # noqa: PLR0911 - one line for each kind
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        try:
            return bytes(value).decode()
        except UnicodeDecodeError as error:
            raise Unfit(f"{name} is not text", "Give it as text, or as bytes in UTF-8.") from error
    if isinstance(value, float | Decimal):
        return int(value) if isfinite(value) and value == int(value) else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(name, part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(name, part) for part in value]
    return str(value)  # UUID, inet, interval and the like
