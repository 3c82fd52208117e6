"""Every document of the network: those in the database, then those that lie in files."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import pyarrow as pa

from sayso.community import Document, DocumentId, MemberId
from sayso.datasets.document_files import DocumentFiles
from sayso.datasets.documents import documents_in
from sayso.errors import BadInput, NotHere
from sayso.storage.community import CommunityStore
from sayso.storage.keeping import chunks

TokenOf = Callable[[MemberId], str]
"""What stands for a member who was erased."""


class DocumentStore:
    """Looks in the database first; what an erased member wrote into files is as if not there.

    Where files are read, each method raises BadInput for one that is not what it should be, and
    NotHere where they cannot be reached.
    """

    def __init__(
        self, community: CommunityStore, files: DocumentFiles | None, token_of: TokenOf
    ) -> None:
        """Work inside the transaction of `community`; without `files`, the database is all."""
        self._community = community
        self._files = files
        self._token_of = token_of
        self._is_erased: dict[MemberId, bool] = {}

    @property
    def elsewhere(self) -> str:
        """Where documents lie beside the database; empty where there are none."""
        return self._files.address if self._files else ""

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield all as columns (`datasets.documents.DOCUMENTS`).

        Raises:
            BadInput: a document is in the database and in a file, or twice in files.
            Conflict: files changed while they were read.
        """
        if self._files:
            self._files.require_none_of(self._community.ids())
        yield from self._community.document_batches()
        if self._files:
            yield from map(self._without_erased, self._files.batches())

    def all(self) -> Iterator[Document]:
        """Yield all, those of the database in order of (created_at, id)."""
        yield from self._community.documents()
        if self._files:
            for batch in self._files.batches():
                yield from documents_in(self._without_erased(batch))

    def count(self) -> int:
        """Return how many there are, those that were deleted in the database included."""
        elsewhere = self._files.count() if self._files else 0
        return self._community.count_documents() + elsewhere

    def found(self, ids: Collection[DocumentId]) -> Iterator[Document]:
        """Yield those of `ids` that are known, each once."""
        rest: set[DocumentId] = set()
        for part in chunks(ids):
            held = self._community.documents_by_id(part)
            yield from held.values()
            rest.update(each for each in part if each not in held)
        if self._files and rest:
            yield from self._not_erased(self._files.by_id(rest))

    def by_id(self, ids: Collection[DocumentId]) -> dict[DocumentId, Document]:
        """Return those of `ids` that are known."""
        return {document.id: document for document in self.found(ids)}

    def at_hand(self, ids: Collection[DocumentId]) -> dict[DocumentId, Document]:
        """Return those of `ids` that can be looked up now: none of files that cannot be read.

        For whoever heeds a no: it must never wait for files.
        """
        try:
            return self.by_id(ids)
        except (BadInput, NotHere):
            return self._community.documents_by_id(ids)

    def one(self, document_id: DocumentId) -> Document | None:
        """Return the document, or None when nothing has that id."""
        return self.by_id([document_id]).get(document_id)

    def authors(self, ids: Collection[DocumentId]) -> dict[DocumentId, Sequence[MemberId]]:
        """Return who wrote those of `ids` that are known."""
        held = self._community.documents_by_id(ids)
        found: dict[DocumentId, Sequence[MemberId]] = {
            document_id: document.authors for document_id, document in held.items()
        }
        rest = {each for each in ids if each not in held}
        if self._files and rest:
            found |= {
                document_id: authors
                for document_id, authors in self._files.authors(rest).items()
                if not self._erased(authors)
            }
        return found

    def of_member(self, member_id: MemberId) -> tuple[Document, ...]:
        """Return what the member wrote, alone or with others, oldest first."""
        found = self._community.documents_of(member_id)
        if not self._files:
            return found
        elsewhere = self._not_erased(self._files.of_member(member_id))
        return tuple(sorted((*found, *elsewhere), key=lambda each: (each.created_at, each.id)))

    def _not_erased(self, documents: Iterable[Document]) -> Iterator[Document]:
        return (each for each in documents if not self._erased(each.authors))

    def _without_erased(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        first, others = batch["member_id"].to_pylist(), batch["co_authors"].to_pylist()
        whose = [(one, *(more or ())) for one, more in zip(first, others, strict=True)]
        erased = self._erased({author for authors in whose for author in authors})
        if not erased:
            return batch
        return batch.filter(pa.array([erased.isdisjoint(authors) for authors in whose]))

    def _erased(self, members: Collection[MemberId]) -> frozenset[MemberId]:
        tokens = {self._token_of(each): each for each in members if each not in self._is_erased}
        if tokens:
            gone = self._community.suppressed(tokens)
            self._is_erased |= {member: token in gone for token, member in tokens.items()}
        return frozenset(each for each in members if self._is_erased[each])
