"""A shelf of two dictionaries."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sayso.community import Document, DocumentId, Member, MemberId, State
from sayso.sources.shelf import NOTHING, SavedDocuments, SavedMembers


class ShelfInMemory:
    """Implements `Shelf` with two dictionaries."""

    def __init__(self) -> None:
        self.members: dict[MemberId, Member] = {}
        self.documents: dict[DocumentId, Document] = {}
        self.tokens: set[str] = set()

    def members_by_id(self, ids: Collection[MemberId]) -> dict[MemberId, Member]:
        return {key: self.members[key] for key in ids if key in self.members}

    def save_members(self, members: Sequence[Member]) -> SavedMembers:
        last = {member.id: member for member in members}
        new = tuple(key for key in last if key not in self.members)
        changed = tuple(key for key in last if key not in new and self.members[key] != last[key])
        self.members |= last
        return SavedMembers(new=new, changed=changed, unchanged=len(last) - len(new) - len(changed))

    def save_documents(self, documents: Sequence[Document]) -> SavedDocuments:
        last = {document.id: document for document in documents}
        new = tuple(key for key in last if key not in self.documents)
        changed = [key for key in last if key not in new and self.documents[key] != last[key]]
        self.documents |= last
        gone = tuple(key for key in changed if last[key].state is State.DELETED)
        return SavedDocuments(
            new=new,
            changed=tuple(key for key in changed if key not in gone),
            deleted=gone,
            unchanged=len(last) - len(new) - len(changed),
        )

    def documents_by_id(self, ids: Collection[DocumentId]) -> dict[DocumentId, Document]:
        return {key: self.documents[key] for key in ids if key in self.documents}

    def document_ids(
        self,
        source: str,
        *,
        owners: Collection[MemberId] | None = None,
        after: DocumentId = NOTHING,
        limit: int = 500,
    ) -> Sequence[DocumentId]:
        held = [
            document.id
            for document in self.documents.values()
            if document.source == source
            and document.state is not State.DELETED
            and (owners is None or document.member_id in owners)
        ]
        return sorted(each for each in held if each > after)[:limit]

    def delete_document(self, document_id: DocumentId) -> bool:
        document = self.documents.get(document_id)
        if document is None or document.state is State.DELETED:
            return False
        self.documents[document_id] = replace(document, state=State.DELETED, text="", title="")
        return True

    def suppressed(self, tokens: Collection[str]) -> frozenset[str]:
        return frozenset(self.tokens.intersection(tokens))
