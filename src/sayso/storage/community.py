"""Members and documents as the network holds them now."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from sayso.community import (
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Standing,
    State,
    Visibility,
)
from sayso.datasets.documents import ROWS_AT_A_TIME, batch_of_json
from sayso.evidence.canonical import JSON
from sayso.sources.quotes import without_words_of
from sayso.sources.shelf import NOTHING, SavedDocuments, SavedMembers
from sayso.storage.bodies import (
    document_from,
    document_parts,
    document_row,
    member_from,
    member_row,
)
from sayso.storage.keeping import CHUNK, chunks, keep
from sayso.storage.names import NameStore
from sayso.storage.schema import document_members, documents, epoch, members, suppressed

_VERSION = "community"
"""The name under which the number of the last change of a document is kept."""
_FEED_KINDS = (Kind.POST.value, Kind.ARTICLE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What went when a member was erased: whole documents, and others' that quoted them."""

    documents: tuple[DocumentId, ...]
    cut: tuple[DocumentId, ...]


class CommunityStore:
    """Implements `sources.shelf.Shelf` and everything else that asks for members or documents.

    Every order by id is the order of code points, on SQLite and PostgreSQL alike.
    """

    def __init__(self, connection: sa.Connection) -> None:
        """Work inside the transaction that `connection` is in."""
        self._connection = connection
        collation = "C" if connection.dialect.name == "postgresql" else "BINARY"
        self._member_order = members.c.id.collate(collation)
        self._document_order = documents.c.id.collate(collation)

    # -- members

    def save_member(self, member: Member) -> SavedMembers:
        """Keep `member` as they now are."""
        return self.save_members([member])

    def save_members(self, batch: Sequence[Member]) -> SavedMembers:
        """Keep `batch` as they now are; of one id given twice, the last."""
        last = {member.id: member for member in batch}
        kept = keep(self._connection, members, [member_row(one) for one in last.values()])
        if kept.changed:
            self._keep_version(self.version() + 1)
        if kept.new or kept.changed:
            NameStore(self._connection).changed()
        return SavedMembers(
            new=tuple(MemberId(key) for key in kept.new),
            changed=tuple(MemberId(key) for key in kept.changed),
            unchanged=kept.unchanged,
        )

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member, or None when nobody has that id."""
        return self.members_by_id([member_id]).get(member_id)

    def members_by_id(self, ids: Collection[MemberId]) -> dict[MemberId, Member]:
        """Return those of `ids` that are known."""
        found = (member_from(body) for body in self._bodies(members, ids))
        return {member.id: member for member in found}

    def members(self) -> Iterator[Member]:
        """Yield every member in order of id, a part at a time."""
        after = ""
        while True:
            rows = self._connection.execute(
                sa.select(members.c.id, members.c.body)
                .where(self._member_order > after)
                .order_by(self._member_order)
                .limit(CHUNK)
            ).all()
            yield from (member_from(body) for _, body in rows)
            if len(rows) < CHUNK:
                return
            after = rows[-1][0]

    def names(self) -> Iterator[str]:
        """Yield every name a member has or had, for the directory of names to take out."""
        return NameStore(self._connection).names()

    def members_named(self, prefix: str, *, limit: int = 20) -> tuple[Member, ...]:
        """Return active members with a name, a later part of it, a handle or an id like that."""
        asked = prefix.strip().removeprefix("@").lower()
        name, handle = sa.func.lower(members.c.name), sa.func.lower(members.c.handle)
        rows = self._connection.execute(
            sa.select(members.c.body)
            .where(
                members.c.standing == Standing.ACTIVE.value,
                sa.or_(
                    name.startswith(asked, autoescape=True),
                    name.contains(f" {asked}", autoescape=True),
                    handle.startswith(asked, autoescape=True),
                    members.c.id == prefix.strip(),
                ),
            )
            .order_by(members.c.name, self._member_order)
            .limit(limit)
        ).scalars()
        return tuple(member_from(body) for body in rows)

    def members_called(self, said: str, *, limit: int = 20) -> tuple[MemberId, ...]:
        """Return the members whose handle is `@ana`, or whose ids begin as `said` does."""
        like = (
            sa.func.lower(members.c.handle) == said[1:].lower()
            if said.startswith("@")
            else members.c.id.startswith(said, autoescape=True)
        )
        query = sa.select(members.c.id).where(like).order_by(self._member_order).limit(limit)
        return tuple(MemberId(key) for key in self._connection.execute(query).scalars())

    def count_members(self) -> int:
        """Return how many members there are."""
        return self._count(members)

    def erase_member(self, member_id: MemberId) -> Erased:
        """Remove the member, every document they wrote or co-wrote, and their quoted words."""
        written = self._document_ids(member_id, part="author")
        quoting = [
            without_words_of(document, {member_id})
            for document in self.documents_involving(member_id)
            if member_id not in document.authors
        ]
        for chunk in chunks(written):
            self._connection.execute(sa.delete(documents).where(documents.c.id.in_(chunk)))
        self._forgetdocument_parts(written)
        self.save_documents(quoting)
        self._connection.execute(sa.delete(members).where(members.c.id == member_id))
        NameStore(self._connection).changed()
        return Erased(documents=tuple(written), cut=tuple(document.id for document in quoting))

    # -- members whose return is refused

    def suppress(self, token: str, at: datetime) -> None:
        """Remember that whoever `token` stands for was erased; saying it twice says it once."""
        if not self.is_suppressed(token):
            self._connection.execute(sa.insert(suppressed).values(token=token, at=at))

    def is_suppressed(self, token: str) -> bool:
        """Say whether `token` stands for an erased member."""
        return token in self.suppressed([token])

    def suppressed(self, tokens: Collection[str]) -> frozenset[str]:
        """Return those of `tokens` that stand for erased members."""
        return frozenset(
            token
            for chunk in chunks(tokens)
            for token in self._connection.execute(
                sa.select(suppressed.c.token).where(suppressed.c.token.in_(chunk))
            ).scalars()
        )

    # -- documents

    def save_document(self, document: Document) -> SavedDocuments:
        """Keep `document` as it now is."""
        return self.save_documents([document])

    def save_documents(self, batch: Sequence[Document]) -> SavedDocuments:
        """Keep `batch` as they now are; of one id given twice, the last.

        A document that was deleted at its source is kept without its words.
        """
        last = {document.id: _emptied_if_deleted(document) for document in batch}
        version = self.version() + 1
        rows = [{**document_row(one), "version": version} for one in last.values()]
        kept = keep(self._connection, documents, rows)
        if kept.new or kept.changed:
            self._keep_version(version)
        self._forgetdocument_parts(kept.changed)
        ids = [DocumentId(key) for key in (*kept.new, *kept.changed)]
        parts = [part for key in ids for part in document_parts(last[key])]
        if parts:
            self._connection.execute(sa.insert(document_members), parts)
        changed = [DocumentId(key) for key in kept.changed]
        return SavedDocuments(
            new=tuple(DocumentId(key) for key in kept.new),
            changed=tuple(key for key in changed if last[key].state is not State.DELETED),
            deleted=tuple(key for key in changed if last[key].state is State.DELETED),
            unchanged=kept.unchanged,
        )

    def version(self) -> int:
        """Return a number that grows with every change of a document, or of a member."""
        number = self._connection.scalar(sa.select(epoch.c.number).where(epoch.c.name == _VERSION))
        return int(number or 0)

    def changed_since(self, version: int, ids: Collection[DocumentId]) -> frozenset[DocumentId]:
        """Return those of `ids` that came, changed or were deleted after `version`."""
        return frozenset(
            DocumentId(key)
            for part in chunks(ids)
            for key in self._connection.execute(
                sa.select(documents.c.id).where(
                    documents.c.id.in_(part), documents.c.version > version
                )
            ).scalars()
        )

    def document(self, document_id: DocumentId) -> Document | None:
        """Return the document, or None when nothing has that id."""
        return self.documents_by_id([document_id]).get(document_id)

    def documents_by_id(self, ids: Collection[DocumentId]) -> dict[DocumentId, Document]:
        """Return those of `ids` that are known."""
        found = (document_from(body) for body in self._bodies(documents, ids))
        return {document.id: document for document in found}

    def held(self, ids: Collection[DocumentId]) -> frozenset[DocumentId]:
        """Return those of `ids` that are known, deleted ones too."""
        return frozenset(
            DocumentId(key)
            for part in chunks(ids)
            for key in self._connection.execute(
                sa.select(documents.c.id).where(documents.c.id.in_(part))
            ).scalars()
        )

    def documents(self) -> Iterator[Document]:
        """Yield every document in order of (created_at, id), a part at a time."""
        for bodies in self._pages(documents.c.body):
            yield from map(document_from, bodies)

    def _pages(self, body: sa.ColumnElement[Any], size: int = CHUNK) -> Iterator[list[Any]]:
        """Yield the bodies of all documents in order of (created_at, id), a part at a time."""
        after: sa.ColumnElement[bool] = sa.true()
        while True:
            rows = self._connection.execute(
                sa.select(documents.c.created_at, documents.c.id, body)
                .where(after)
                .order_by(documents.c.created_at, self._document_order)
                .limit(size)
            ).all()
            if rows:
                yield [row[2] for row in rows]
            if len(rows) < size:
                return
            at, last, _ = rows[-1]
            same_moment = sa.and_(documents.c.created_at == at, self._document_order > last)
            after = sa.or_(documents.c.created_at > at, same_moment)

    def ids(self) -> Iterator[list[DocumentId]]:
        """Yield the ids of all documents, deleted ones too, a part at a time."""
        yield from self._pages(documents.c.id, ROWS_AT_A_TIME)

    def document_batches(self) -> Iterator[pa.RecordBatch]:
        """Yield what `documents` yields, as columns (`datasets.documents.DOCUMENTS`)."""
        for bodies in self._pages(sa.cast(documents.c.body, sa.Text), ROWS_AT_A_TIME):
            yield batch_of_json(bodies)

    def document_ids(
        self,
        source: str,
        *,
        owners: Collection[MemberId] | None = None,
        after: DocumentId = NOTHING,
        limit: int = CHUNK,
    ) -> Sequence[DocumentId]:
        """Return the next ids of documents of that source that are not deleted.

        With `owners`, of those alone whose first author is one of them. The order is the
        database's own, for which it has an index.
        """
        query = sa.select(documents.c.id).where(
            documents.c.source == source,
            documents.c.state != State.DELETED.value,
            documents.c.id > after,
        )
        if owners is not None:
            query = query.where(documents.c.member_id.in_(sorted(owners)))
        query = query.order_by(documents.c.id).limit(limit)
        return [DocumentId(key) for key in self._connection.execute(query).scalars()]

    def documents_listed(
        self,
        *,
        member_id: MemberId | None = None,
        source: str | None = None,
        after: DocumentId = NOTHING,
        limit: int = CHUNK,
    ) -> tuple[Document, ...]:
        """Return the next documents by id, deleted ones too: those that all that is given fits."""
        query = sa.select(documents.c.body).where(self._document_order > after)
        if member_id is not None:
            own = sa.select(document_members.c.document_id).where(
                document_members.c.member_id == member_id, document_members.c.part == "author"
            )
            query = query.where(documents.c.id.in_(own))
        if source is not None:
            query = query.where(documents.c.source == source)
        query = query.order_by(self._document_order).limit(limit)
        return tuple(document_from(body) for body in self._connection.execute(query).scalars())

    def documents_of(self, member_id: MemberId) -> tuple[Document, ...]:
        """Return what the member wrote, alone or with others, in order of (created_at, id)."""
        return self._in_order(self._document_ids(member_id, part="author"))

    def documents_involving(self, member_id: MemberId) -> tuple[Document, ...]:
        """Return what the member wrote, co-wrote, is quoted or pointed at in; oldest first."""
        return self._in_order(self._document_ids(member_id))

    def count_documents(self) -> int:
        """Return how many documents there are, deleted ones included."""
        return self._count(documents)

    def feed(self, limit: int, before: DocumentId | None = None) -> tuple[Document, ...]:
        """Return public posts and articles of active members, newest first.

        `before` is the last document of the page before; an unknown one begins anew.
        """
        query = (
            sa.select(documents.c.body)
            .join(members, members.c.id == documents.c.member_id)
            .where(
                documents.c.kind.in_(_FEED_KINDS),
                documents.c.visibility == Visibility.PUBLIC.value,
                documents.c.state == State.PUBLISHED.value,
                members.c.standing == Standing.ACTIVE.value,
            )
            .order_by(documents.c.created_at.desc(), self._document_order.desc())
            .limit(limit)
        )
        last = self.document(before) if before else None
        if last:
            at = documents.c.created_at
            same_moment = sa.and_(at == last.created_at, self._document_order < last.id)
            query = query.where(sa.or_(at < last.created_at, same_moment))
        return tuple(document_from(body) for body in self._connection.execute(query).scalars())

    def delete_document(self, document_id: DocumentId) -> bool:
        """Take the words out and mark it deleted; false when there was nothing to delete."""
        document = self.document(document_id)
        if document is None or document.state is State.DELETED:
            return False
        self.save_document(replace(document, state=State.DELETED))
        return True

    # -- inside

    def _bodies(self, table: sa.Table, ids: Collection[str]) -> Iterator[dict[str, JSON]]:
        for chunk in chunks(ids):
            query = sa.select(table.c.body).where(table.c.id.in_(chunk))
            yield from self._connection.execute(query).scalars()

    def _document_ids(self, member_id: MemberId, part: str | None = None) -> list[DocumentId]:
        query = sa.select(document_members.c.document_id).where(
            document_members.c.member_id == member_id
        )
        if part:
            query = query.where(document_members.c.part == part)
        found = self._connection.execute(query.distinct()).scalars()
        return sorted(DocumentId(key) for key in found)

    def _in_order(self, ids: Collection[DocumentId]) -> tuple[Document, ...]:
        found = self.documents_by_id(ids).values()
        return tuple(sorted(found, key=lambda document: (document.created_at, document.id)))

    def _forgetdocument_parts(self, ids: Collection[str]) -> None:
        for chunk in chunks(ids):
            self._connection.execute(
                sa.delete(document_members).where(document_members.c.document_id.in_(chunk))
            )

    def _keep_version(self, number: int) -> None:
        self._connection.execute(sa.delete(epoch).where(epoch.c.name == _VERSION))
        self._connection.execute(sa.insert(epoch).values(name=_VERSION, number=number))

    def _count(self, table: sa.Table) -> int:
        return self._connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _emptied_if_deleted(document: Document) -> Document:
    if document.state is State.DELETED:
        return replace(document, text="", title="", quotes=(), mentions=(), code=())
    return document
