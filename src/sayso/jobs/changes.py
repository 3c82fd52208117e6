"""What changed with an arrival, acted on in the transaction that keeps it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sayso.community import UNKNOWN_REGION, AgeBand, Document, DocumentId, Member, MemberId
from sayso.consent.ledger import age_event, region_event
from sayso.datasets.rows import Placed
from sayso.rights.serving import keep_out, take_out
from sayso.sources.arrive import Batch
from sayso.storage.stores import Stores


def keep_out_edited(
    stores: Stores, before: Mapping[DocumentId, Document], arrived: Batch, now: datetime
) -> None:
    """Stop serving what was sealed of a text that its author has changed since."""
    after = stores.community.documents_by_id(arrived.changed_ids)
    edited = {
        document_id
        for document_id, now_is in after.items()
        if _words(now_is) != _words(before[document_id])
    }
    if not edited:
        return
    served = stores.models.served_datasets()
    rows: dict[MemberId, list[Placed]] = {}
    for row in stores.datasets.rows_for_documents(edited):
        if row.dataset_id in served:
            rows.setdefault(row.member_id, []).append(row)
    keep_out(stores, rows, "its author changed the text", now)


def _words(document: Document) -> tuple[object, ...]:
    return document.title, document.text, document.quotes


def note_moves(
    stores: Stores, before: Mapping[MemberId, Member], arrived: Batch, now: datetime
) -> None:
    """Write into the ledger who moved or came of age: neither may ever count as a yes.

    Learning what nobody knew before is neither.
    """
    after = stores.community.members_by_id(set(arrived.changed_members))
    for member_id, now_is in sorted(after.items()):
        was = before[member_id]
        if was.region not in {UNKNOWN_REGION, now_is.region}:
            stores.ledger.record(
                region_event(
                    member_id=member_id, before=was.region, after=now_is.region, occurred_at=now
                ),
                now,
            )
        if was.age_band not in {AgeBand.UNKNOWN, now_is.age_band}:
            stores.ledger.record(
                age_event(
                    member_id=member_id,
                    before=was.age_band,
                    after=now_is.age_band,
                    occurred_at=now,
                ),
                now,
            )


def changed_authors(stores: Stores, arrived: Batch) -> frozenset[MemberId]:
    """Whoever's documents or account are no longer what was sealed."""
    ids = {*arrived.changed_ids, *arrived.deleted_ids}
    rows = stores.datasets.rows_for_documents(ids) if ids else ()
    return frozenset({row.member_id for row in rows} | set(arrived.changed_members))


def contain(stores: Stores, members: Iterable[MemberId], now: datetime) -> None:
    """Take these members' rows out of service until the next dataset has asked again."""
    take_out(stores, sorted(members), "the network's own record changed", now)
