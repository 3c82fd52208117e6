"""What the sources need of a store: somewhere to put members and documents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.community import Document, DocumentId, Member, MemberId

NOTHING = DocumentId("")
"""Before every id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMembers:
    """What saving changed; members that were the same already are only counted."""

    new: tuple[MemberId, ...] = ()
    changed: tuple[MemberId, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDocuments:
    """What saving changed; `deleted` were there before and are now deleted at their source."""

    new: tuple[DocumentId, ...] = ()
    changed: tuple[DocumentId, ...] = ()
    deleted: tuple[DocumentId, ...] = ()
    unchanged: int = 0


class Shelf(Protocol):
    """Keeps members and documents by id, inside the caller's transaction.

    Saving the same thing twice saves it once. Nothing is kept for good before the caller's
    transaction commits, so a batch that failed half-way may be sent again whole.
    """

    def members_by_id(self, ids: Collection[MemberId]) -> dict[MemberId, Member]:
        """Return those of `ids` that are known."""
        ...

    def save_members(self, members: Sequence[Member]) -> SavedMembers:
        """Keep `members` as they now are; of one id given twice, the last."""
        ...

    def save_documents(self, documents: Sequence[Document]) -> SavedDocuments:
        """Keep `documents` as they now are; of one id given twice, the last."""
        ...

    def documents_by_id(self, ids: Collection[DocumentId]) -> Mapping[DocumentId, Document]:
        """Return those of `ids` that are known."""
        ...

    def document_ids(
        self,
        source: str,
        *,
        owners: Collection[MemberId] | None = None,
        after: DocumentId = NOTHING,
        limit: int = 500,
    ) -> Sequence[DocumentId]:
        """Return the next ids, in order, of documents of that source that are not deleted.

        With `owners`, of those alone whose first author is one of them.
        """
        ...

    def delete_document(self, document_id: DocumentId) -> bool:
        """Take the words out and mark it deleted; false when there was nothing to delete."""
        ...

    def suppressed(self, tokens: Collection[str]) -> frozenset[str]:
        """Return those of `tokens` that stand for erased members."""
        ...
