"""What a whole reading did not bring: it was deleted where it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.community import Document, DocumentId, Member, MemberId
from sayso.errors import BadInput
from sayso.sources.arrive import Arrived, Batch
from sayso.sources.present import Present
from sayso.sources.reading import Account, Item, Skipped, There
from sayso.sources.shelf import Shelf

_AT_ONCE = 500
_MET = "\0met"
"""No source's name: under it stands whatever was brought, of whichever source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What a reading speaks of: these sources, and, where owners are named, theirs alone.

    A member's own archive says nothing of what others wrote; a network's export speaks of all.
    """

    present: Present = field(repr=False)
    is_whole: bool
    """The person who imports says so, with `--complete`."""
    of_one_member: bool
    sources: set[str] = field(default_factory=set)
    owners: set[MemberId] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Sources whose every document was named, read or not."""
    is_named: bool = False
    """The reader may name every document of a source: then what it brings is remembered too."""

    def note(self, batch: Sequence[Item]) -> None:
        """Remember what `batch` brought and whose it is, where that will be asked for."""
        brought: dict[str, list[DocumentId]] = {}
        for item in batch:
            if isinstance(item, There):
                self.named.add(item.source)
                self.present.add(item.source, item.ids)
            elif isinstance(item, Document) and self.is_whole:
                brought.setdefault(item.source, []).append(item.id)
            elif isinstance(item, Member) or (isinstance(item, Account) and not item.is_byline):
                own = item.id if isinstance(item, Member) else item.member.id
                if self.of_one_member:
                    self.owners.add(own)
        for source, ids in brought.items():
            self.sources.add(source)
            self.present.add(source, ids)
        if self.is_named:
            self.present.add(_MET, _ids(batch))

    def unmet(self, ids: Sequence[DocumentId]) -> list[DocumentId]:
        """Return those of `ids` that this reading neither brought nor skipped."""
        return self.present.missing(_MET, ids)


def require_readable(arrived: Arrived, extent: Extent, *, is_kept: bool = True) -> None:
    """Refuse to take as missing what may be broken, or all of it for want of a single document.

    Raises:
        BadInput: something could not be read, or no document was there at all, and nothing else
            says what there is.
    """
    if not extent.is_whole:
        return
    if arrived.broken and (not extent.sources or extent.sources - extent.named):
        records = "1 record" if arrived.broken == 1 else f"{arrived.broken:,} records"
        kept = " What could be read is kept." if is_kept else ""
        raise BadInput(
            f"Nothing was deleted: {records} could not be read, and what is missing cannot be "
            f"told from what is broken.{kept}",
            hint="Mend what was skipped and import it again.",
        )
    if not extent.sources and not extent.named:
        raise BadInput(
            "Nothing was deleted: there is no document in it, and one that is empty by mistake "
            "would delete everything.",
            hint="Give all there is. Where all is gone indeed, give each document with "
            "`state` deleted.",
        )


def _ids(batch: Sequence[Item]) -> list[DocumentId]:
    read = [item.id for item in batch if isinstance(item, Document)]
    unread = [item.document_id for item in batch if isinstance(item, Skipped)]
    return [*read, *(each for each in unread if each is not None)]


def missing(extent: Extent, shelf: Shelf) -> Iterator[tuple[DocumentId, ...]]:
    """Yield, in parts, what the shelf holds within `extent` and the reading did not bring."""
    whole = extent.sources if extent.is_whole else set()
    for source in sorted(whole | extent.named):
        owners = extent.owners if extent.of_one_member else None
        after = DocumentId("")
        while held := shelf.document_ids(source, owners=owners, after=after, limit=_AT_ONCE):
            if gone := extent.present.missing(source, held):
                yield tuple(gone)
            after = held[-1]


def delete(ids: Sequence[DocumentId], shelf: Shelf) -> Batch:
    """Delete documents whose source has them no longer; who was deleted before is not counted."""
    gone = tuple(document_id for document_id in ids if shelf.delete_document(document_id))
    return Batch(arrived=Arrived(deleted=len(gone)), deleted_ids=gone)
