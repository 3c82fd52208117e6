"""Who stands near documents: those they answer, and whom their authors know."""

from collections.abc import Mapping, Sequence

from sayso.community import DocumentId, MemberId
from sayso.datasets.admitting.company import Answering, called
from sayso.storage.stores import Stores


class StoredNeighbours:
    """Implements `company.Neighbours` inside one transaction, with two questions for a batch."""

    def __init__(self, stores: Stores) -> None:
        """Read what `stores` hold."""
        self._stores = stores

    def names(self, documents: Sequence[Answering]) -> Mapping[DocumentId, tuple[str, ...]]:
        """Return, for each document, names of those its author answers to, and knows."""
        wrote = self._authors({each for document in documents for each in document.parents})
        authors = {author for document in documents for author in document.authors}
        known = self._stores.acquaintances.of(authors)
        answered = {author for authors in wrote.values() for author in authors}
        members = self._stores.community.members_by_id(answered)
        names = {member_id: tuple(called(member)) for member_id, member in members.items()}
        return {
            document.id: (
                *(
                    name
                    for parent in document.parents
                    for author in wrote.get(parent, ())
                    for name in names.get(author, ())
                ),
                *(name for author in document.authors for name in known.get(author, ())),
            )
            for document in documents
        }

    def _authors(self, ids: set[DocumentId]) -> Mapping[DocumentId, Sequence[MemberId]]:
        return self._stores.documents.authors(ids) if ids else {}
