"""A row: one admitted document after redaction, with the decision that let it in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NewType

from sayso.community import DocumentId, Kind, MemberId
from sayso.evidence.canonical import canonical

DatasetId = NewType("DatasetId", str)
RowId = NewType("RowId", str)

HELD_OUT = -1
"""The shard number of rows kept to measure models and never trained on."""

HASHED = (
    *("id", "document_id", "member_id", "members", "kind", "title", "text", "language", "licence"),
    *("source", "created_at", "rule", "reason", "evidence", "is_default", "redactions", "marks"),
)
"""The fields of a row that its digest is the hash of, in this order."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a model may see, and why. `text` has passed redaction.

    `members` are all whose words remain in it. `marks` say what sort of text it is, sorted.
    `id` is a keyed hash of the document's id; `digest` is what `row_digest` says.
    """

    id: RowId
    document_id: DocumentId
    member_id: MemberId
    members: tuple[MemberId, ...]
    kind: Kind
    title: str
    text: str
    language: str
    licence: str
    source: str
    created_at: datetime
    rule: str
    reason: str
    evidence: tuple[str, ...]
    is_default: bool
    redactions: dict[str, int]
    marks: tuple[str, ...]
    shard: int
    slice: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A document that was left out, and the rule that said so.

    `duplicate_of` is set by the rules `duplicate` and `near_duplicate` alone: the row whose
    leaving may bring it back, which may itself have been left out as a copy. With those go
    `created_at` and `prints`, by which later copies of this one are found (`staging.PRINTS`).
    """

    document_id: DocumentId
    member_id: MemberId
    rule: str
    reason: str
    duplicate_of: RowId = RowId("")
    created_at: datetime | None = None
    prints: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a sealed row lies, without its text. `member_id` is the first author."""

    dataset_id: DatasetId
    row_id: RowId
    document_id: DocumentId
    member_id: MemberId
    shard: int
    slice: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a sealed dataset is. Its id is the hex SHA-256 of this in canonical JSON.

    `shards` maps shard number to its slices' roots, in order; a slice's root is the RFC 6962
    root over its rows' digests in training order. `rows` counts what is trained on, without
    `held_out_rows`; all other counts hold those too. `years` are those of writing, `bases` what
    the say-so rests on, `text_bytes` the length of titles and texts in UTF-8. `members_root` is
    the root over who is in it, and `members_key` names the key that gives them their seats
    (`sealing.membership`). `files` says how
    many rows each file holds. `digest` is the id and no part of what it is the hash of. Nothing
    here depends on when it was sealed.
    """

    format: int
    purpose: str
    policy: str
    notices: tuple[str, ...]
    detectors: str
    directory: str
    partition: str
    predecessor: str
    rows: int
    members: int
    documents_read: int
    held_out_rows: int
    refusals: dict[str, int]
    redactions: dict[str, int]
    languages: dict[str, int]
    licences: dict[str, int]
    sources: dict[str, int]
    kinds: dict[str, int]
    years: dict[str, int]
    bases: dict[str, int]
    marks: dict[str, int]
    rules: dict[str, int]
    text_bytes: int
    shards: dict[str, tuple[str, ...]]
    held_out: str
    members_root: str
    members_key: str
    files: dict[str, int]
    digest: str


def row_digest(row: Row) -> str:
    """Return the hex SHA-256 of the row's text."""
    return hashlib.sha256(row_text(row)).hexdigest()


def row_text(row: Row) -> bytes:
    """Return what a row is, without its place and its digest.

    It is the fields in the order of `HASHED`, each as a netstring (D. J. Bernstein 1997): its
    length in bytes, a colon, its bytes, a comma. A list is the netstring of its items'
    netstrings, a moment its microseconds since 1970, a truth `1` or `0`. The row's id, which
    only the holder of the home's key can make, is among them: nobody else can tell from a
    digest whether they guessed a text.
    """
    fields = (
        *(row.id, row.document_id, row.member_id, _listed(row.members), row.kind, row.title),
        *(row.text, row.language, row.licence, row.source, microseconds(row.created_at)),
        *(row.rule, row.reason, _listed(row.evidence), "1" if row.is_default else "0"),
        *(canonical(row.redactions).decode(), _listed(row.marks)),
    )
    return _listed(fields).encode()


def microseconds(at: datetime) -> str:
    """Return microseconds since 1970 (UTC), in digits."""
    return str((at - _EPOCH) // _MICROSECOND)


def _listed(items: Iterable[str]) -> str:
    return "".join(f"{len(item.encode())}:{item}," for item in items)
