"""Reviewing redaction: a sample of sealed texts, and what an officer marks as missed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import DocumentId, MemberId
from sayso.datasets.admitting.missed import labelled, marks
from sayso.datasets.rows import DatasetId, Placed, Row, RowId
from sayso.datasets.sealed import read_slice
from sayso.errors import BadInput, NotFound
from sayso.evidence.canonical import JSON
from sayso.redact.scan import Kind
from sayso.rights.serving import keep_out
from sayso.storage.stores import Stores
from sayso.wiring import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What came of a mark: how many places are new, and how many rows it took out of service."""

    new: int
    rows_out: int


def sample(network: Network, stores: Stores, dataset_id: DatasetId, *, size: int) -> list[Row]:
    """Return some rows of a dataset as they were sealed, chosen by chance."""
    start = network.entropy(8).hex()
    return sealed(network, stores, stores.datasets.from_row(dataset_id, start, limit=size))


def sealed(network: Network, stores: Stores, placed: Sequence[Placed]) -> list[Row]:
    """Return rows as they were sealed, without those that are out of service."""
    slices: defaultdict[tuple[DatasetId, int, int], set[RowId]] = defaultdict(set)
    for row in placed:
        slices[row.dataset_id, row.shard, row.slice].add(row.row_id)
    out = {dataset_id: stores.takebacks.removed(dataset_id) for dataset_id, *_ in slices}
    return [
        row
        for (dataset_id, shard, slice_), wanted in slices.items()
        for row in read_slice(network.settings.store, dataset_id, shard, slice_)
        if row.id in wanted - out[dataset_id]
    ]


def mark_missed(
    stores: Stores, document_id: DocumentId, words: str, kind: Kind, now: datetime
) -> Marked:
    """Mark personal data that was left in a document, wherever it stands there.

    What was sealed of the document goes out of service in the same transaction and is forgotten;
    the next dataset holds the document without those words (promise P6).

    Raises:
        NotFound: there is no such document any more.
        BadInput: the words do not stand in it.
    """
    document = stores.documents.one(document_id)
    if document is None:
        raise NotFound(f"There is no document {document_id!r} any more.")
    found = marks(document, words, kind, now)
    if not found:
        raise BadInput(
            f"“{words.strip()}” does not stand in that text.",
            hint="Copy whole words as they stand there, without a placeholder between them.",
        )
    new = stores.missed.add(found)
    served = stores.models.served_datasets()
    rows: defaultdict[MemberId, list[Placed]] = defaultdict(list)
    for row in stores.datasets.rows_for_documents([document_id]):
        if row.dataset_id in served:
            rows[row.member_id].append(row)
    withdrawn = keep_out(stores, rows, "personal data was left in it", now)
    return Marked(new=new, rows_out=sum(len(rows[each]) for each in withdrawn))


def missed_rows(stores: Stores) -> Iterator[dict[str, JSON]]:
    """Yield every marked text as a labelled one, from the documents as they now are."""
    ids: Sequence[DocumentId] = stores.missed.documents()
    for document_id in ids:
        document = stores.documents.one(document_id)
        if document is not None:
            yield from labelled(document, stores.missed.of_documents([document_id])[document_id])
