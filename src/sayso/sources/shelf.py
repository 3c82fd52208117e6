"""What the sources need of a store: somewhere to put members and documents."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.community import Document, DocumentId, Member, MemberId


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

    def document_ids(self, source: str) -> Iterator[DocumentId]:
        """Yield the ids of the documents of that source that are not deleted."""
        ...

    def delete_document(self, document_id: DocumentId) -> bool:
        """Take the words out and mark it deleted; false when there was nothing to delete."""
        ...

    def suppressed(self, tokens: Collection[str]) -> frozenset[str]:
        """Return those of `tokens` that stand for erased members."""
        ...
