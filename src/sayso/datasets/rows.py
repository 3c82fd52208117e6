"""A row: one admitted document after redaction, with the decision that let it in."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NewType

from sayso.community import DocumentId, Kind, MemberId
from sayso.evidence.canonical import canonical

DatasetId = NewType("DatasetId", str)
RowId = NewType("RowId", str)

HELD_OUT = -1
"""The shard number of rows kept to measure models and never trained on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a model may see, and why. `text` has passed redaction.

    `members` are all whose words remain in it. `marks` say what sort of text it is, sorted.
    `id` is a keyed hash of the document's id; `digest` is the hex SHA-256 of the row's canonical
    JSON without its place.
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

    `duplicate_of` is set by the rule `duplicate` alone: the row whose leaving brings it back.
    """

    document_id: DocumentId
    member_id: MemberId
    rule: str
    reason: str
    duplicate_of: RowId = RowId("")


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
    (`datasets.membership`). `files` says how
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
    """Return the row's canonical JSON, without its place and its digest."""
    return canonical(
        {
            "id": row.id,
            "document_id": row.document_id,
            "member_id": row.member_id,
            "members": row.members,
            "kind": row.kind,
            "title": row.title,
            "text": row.text,
            "language": row.language,
            "licence": row.licence,
            "source": row.source,
            "created_at": row.created_at.astimezone(UTC).isoformat(),
            "rule": row.rule,
            "reason": row.reason,
            "evidence": row.evidence,
            "is_default": row.is_default,
            "redactions": row.redactions,
            "marks": row.marks,
        }
    )
