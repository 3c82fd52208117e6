"""What redaction missed, as it was marked."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from sayso.community import DocumentId, MemberId
from sayso.datasets.admitting.missed import Field, Missed
from sayso.redact.scan import Kind
from sayso.storage.keeping import chunks
from sayso.storage.schema import document_members, missed


class MissedStore:
    """Keeps marks over one connection; marking the same words twice marks them once."""

    def __init__(self, connection: sa.Connection) -> None:
        """Work inside the transaction that `connection` is in."""
        self._connection = connection

    def add(self, marks: Sequence[Missed]) -> int:
        """Keep `marks`; return how many are new. A mark of another kind takes the old's place."""
        new = 0
        for each in marks:
            gone = self._connection.execute(sa.delete(missed).where(_is(each)))
            new += not gone.rowcount
            self._connection.execute(
                sa.insert(missed).values(
                    document_id=each.document_id,
                    field=each.field.value,
                    start=each.start,
                    end=each.end,
                    member_id=each.member_id,
                    kind=each.kind.value,
                    digest=each.digest,
                    marked_at=each.marked_at,
                )
            )
        return new

    def of_documents(
        self, document_ids: Collection[DocumentId]
    ) -> dict[DocumentId, tuple[Missed, ...]]:
        """Return the marks on each of these documents that has any."""
        found: dict[DocumentId, tuple[Missed, ...]] = {}
        for part in chunks(document_ids):
            for each in self._read(missed.c.document_id.in_(part)):
                found[each.document_id] = (*found.get(each.document_id, ()), each)
        return found

    def newest(self, limit: int) -> tuple[Missed, ...]:
        """Return the latest marks, newest first."""
        return tuple(self._read(sa.true(), limit=limit))

    def documents(self) -> tuple[DocumentId, ...]:
        """Return every document that has a mark, in order of id."""
        found = self._connection.execute(
            sa.select(missed.c.document_id).distinct().order_by(missed.c.document_id)
        ).scalars()
        return tuple(map(DocumentId, found))

    def of_member(self, member_id: MemberId) -> tuple[Missed, ...]:
        """Return the marks on what the member wrote, alone or with others."""
        return tuple(self._read(self._by(member_id)))

    def remove(self, document_id: DocumentId) -> int:
        """Drop the marks on one document; return how many."""
        gone = self._connection.execute(
            sa.delete(missed).where(missed.c.document_id == document_id)
        )
        return gone.rowcount

    def erase(self, member_id: MemberId) -> int:
        """Drop the marks on what the member wrote; return how many."""
        gone = self._connection.execute(sa.delete(missed).where(self._by(member_id)))
        return gone.rowcount

    def _by(self, member_id: MemberId) -> sa.ColumnElement[bool]:
        written = sa.select(document_members.c.document_id).where(
            document_members.c.member_id == member_id, document_members.c.part == "author"
        )
        return sa.or_(missed.c.member_id == member_id, missed.c.document_id.in_(written))

    def _read(
        self, condition: sa.ColumnElement[bool], limit: int | None = None
    ) -> Sequence[Missed]:
        query = (
            sa.select(missed)
            .where(condition)
            .order_by(missed.c.marked_at.desc(), missed.c.document_id, missed.c.start)
            .limit(limit)
        )
        return [
            Missed(
                document_id=DocumentId(row["document_id"]),
                member_id=MemberId(row["member_id"]),
                field=Field(row["field"]),
                start=row["start"],
                end=row["end"],
                kind=Kind(row["kind"]),
                digest=row["digest"],
                marked_at=row["marked_at"],
            )
            for row in self._connection.execute(query).mappings()
        ]


def _is(mark: Missed) -> sa.ColumnElement[bool]:
    return sa.and_(
        missed.c.document_id == mark.document_id,
        missed.c.field == mark.field.value,
        missed.c.start == mark.start,
        missed.c.end == mark.end,
    )
