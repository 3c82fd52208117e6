"""Which documents there are, and which of them a dataset left out."""

from collections.abc import Iterator
from itertools import islice

from sayso.community import Document, DocumentId, MemberId
from sayso.jobs.look import dataset_named
from sayso.storage.stores import Stores
from sayso.wiring import Network

_AT_ONCE = 500


def document_listing(
    network: Network, *, member_id: MemberId | None = None, source: str | None = None
) -> Iterator[dict[str, object]]:
    """Yield one row of facts a document, in the order of their ids, words left out."""
    after = DocumentId("")
    while True:
        with network.reading() as stores:
            part = stores.community.documents_listed(
                member_id=member_id, source=source, after=after, limit=_AT_ONCE
            )
        yield from map(_facts, part)
        if len(part) < _AT_ONCE:
            return
        after = part[-1].id


def refusal_listing(
    network: Network,
    dataset: str,
    *,
    rule: str = "",
    member_id: MemberId | None = None,
    source: str | None = None,
) -> Iterator[dict[str, object]]:
    """Yield one row of facts for each document that a dataset left out, with rule and reason.

    Raises:
        NotFound: there is no such dataset.
    """
    dataset_id = dataset_named(network, dataset)
    with network.reading() as stores:
        refused = (
            each
            for each in stores.datasets.refusals(dataset_id)
            if (not rule or each.rule == rule) and member_id in {None, each.member_id}
        )
        while part := tuple(islice(refused, _AT_ONCE)):
            held = _held(stores, [each.document_id for each in part])
            for each in part:
                document = held.get(each.document_id)
                if source is not None and (document is None or document.source != source):
                    continue
                known = _facts(document) if document else {"id": each.document_id}
                yield {**known, "rule": each.rule, "reason": each.reason}


def _held(stores: Stores, ids: list[DocumentId]) -> dict[DocumentId, Document]:
    return stores.documents.by_id(ids)


def _facts(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "authors": list(document.authors),
        "kind": document.kind,
        "created_at": document.created_at,
        "state": document.state,
        "visibility": document.visibility,
        "source": document.source,
    }
