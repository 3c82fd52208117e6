"""What was used of one member: documents, datasets, models, and what was left out and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sayso.community import Document, DocumentId, MemberId, State
from sayso.datasets.rows import HELD_OUT, DatasetId, Placed, Row, RowId
from sayso.datasets.sealed import read_slice
from sayso.errors import NotFound
from sayso.evidence.canonical import JSON
from sayso.rights.say import placed_of
from sayso.rights.serving import may_stay
from sayso.rights.stores import Stores
from sayso.training.models import ModelState, StoredModel
from sayso.training.takeback import StoredCertificate, Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedDocument:
    """One document in one sealed dataset, with the text exactly as a model sees it.

    `redacted_text` is empty where the dataset's texts are no longer kept. One that is not the
    member's own is by others and quotes the member.
    """

    document_id: DocumentId
    title: str
    kind: str
    created_at: datetime | None
    redacted_text: str
    redactions: Mapping[str, int]
    dataset_id: DatasetId
    shard: int
    slice: int
    rule: str
    reason: str
    models: tuple[str, ...]
    serving: bool
    is_own: bool
    is_deleted: bool

    @property
    def held_out(self) -> bool:
        """Kept aside to measure models, and learnt by none."""
        return self.shard == HELD_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A document that was not used, and the rule that said so."""

    document_id: DocumentId
    title: str
    created_at: datetime
    rule: str
    reason: str
    is_deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """What one withdrawal took out of service.

    `learnt` counts the member's own texts that a model had learned from, and `quoting` those by
    others. `coming_back` counts the texts that may be used again by now, and that no dataset
    holds again yet.
    """

    withdrawal: Withdrawal
    learnt: int
    quoting: int
    coming_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Everything a member is shown on "What was used of mine"."""

    documents: tuple[UsedDocument, ...]
    refused: tuple[LeftOut, ...]
    withdrawals: tuple[Withdrawal, ...]
    certificates: tuple[StoredCertificate, ...]
    datasets: int
    models: int

    @property
    def certificate_bodies(self) -> tuple[Mapping[str, JSON], ...]:
        """The certificates as they were issued."""
        return tuple(each.body for each in self.certificates)


def used(stores: Stores, store: Path, member_id: MemberId) -> Used:
    """Gather it, newest text first. Reads only the slices the member is in.

    Raises:
        NotFound: no such member.
    """
    if stores.community.member(member_id) is None:
        raise NotFound(f"There is no member {member_id!r}.")
    accounts = stores.accounts.of(member_id)
    live = stores.datasets.live()
    placed = [place for place in placed_of(stores, member_id) if place.dataset_id in live]
    models = _by_dataset(stores.models.list())
    rows = _texts(store, placed)
    removed = {p.dataset_id: stores.takebacks.removed(p.dataset_id) for p in placed}
    held = stores.documents.at_hand({place.document_id for place in placed})
    documents = tuple(
        _document(
            held.get(place.document_id),
            accounts,
            place,
            row=rows.get(place.row_id),
            standing_on=models.get(place.dataset_id, ()),
            is_removed=place.row_id in removed[place.dataset_id],
        )
        for place in placed
    )
    withdrawals = stores.takebacks.of(member_id)
    wanted = dict.fromkeys(w.certificate_id for w in withdrawals if w.certificate_id)
    return Used(
        documents=tuple(sorted(documents, key=_written, reverse=True)),
        refused=_left_out(stores, member_id),
        withdrawals=withdrawals,
        certificates=tuple(stores.takebacks.certificate(each) for each in wanted),
        datasets=len({each.dataset_id for each in documents}),
        models=len({model for each in documents for model in each.models}),
    )


def taken_out(stores: Stores, member_id: MemberId, now: datetime) -> tuple[TakenOut, ...]:
    """Say what each of a member's withdrawals took out of service, oldest first.

    One that a yes undid before forgetting began took nothing out that is not back.
    """
    withdrawals = [w for w in stores.takebacks.of(member_id) if w.reinstated_at is None]
    if not withdrawals:
        return ()
    accounts = stores.accounts.of(member_id)
    placed = {(row.dataset_id, row.row_id): row for row in placed_of(stores, member_id)}
    live = stores.datasets.live()
    removed = {each: stores.takebacks.removed(each) for each in live}
    held = {
        row_id
        for dataset_id, row_id in placed
        if dataset_id in live and row_id not in removed[dataset_id]
    }
    world = stores.world()
    documents = stores.documents.at_hand({row.document_id for row in placed.values()})
    found = []
    for withdrawal in withdrawals:
        rows = {
            row.row_id: placed[row.dataset_id, row.row_id]
            for row in stores.takebacks.rows_of(withdrawal.id)
            if (row.dataset_id, row.row_id) in placed
        }
        own = {
            row_id
            for row_id, row in rows.items()
            if _is_own(documents.get(row.document_id), row, accounts)
        }
        found.append(
            TakenOut(
                withdrawal=withdrawal,
                learnt=sum(rows[row_id].shard != HELD_OUT for row_id in own),
                quoting=len(rows) - len(own),
                coming_back=sum(
                    row_id not in held and may_stay(stores, world, row, member_id, now)
                    for row_id, row in rows.items()
                ),
            )
        )
    return tuple(found)


def _is_own(document: Document | None, row: Placed, accounts: Sequence[MemberId]) -> bool:
    wrote = document.authors if document else (row.member_id,)
    return not set(accounts).isdisjoint(wrote)


def _written(document: UsedDocument) -> str:
    return document.created_at.isoformat() if document.created_at else ""


def _by_dataset(models: Sequence[StoredModel]) -> Mapping[DatasetId, list[StoredModel]]:
    found: dict[DatasetId, list[StoredModel]] = defaultdict(list)
    for stored in models:
        if stored.state is not ModelState.RETIRED:
            found[stored.model.dataset_id].append(stored)
    return found


def _texts(store: Path, placed: Sequence[Placed]) -> Mapping[RowId, Row]:
    wanted = {place.row_id for place in placed}
    rows: dict[RowId, Row] = {}
    for dataset_id, shard, slice_ in sorted({(p.dataset_id, p.shard, p.slice) for p in placed}):
        try:
            found = read_slice(store, dataset_id, shard, slice_)
        except NotFound:
            continue  # the texts of a dataset that was succeeded are not kept
        rows.update({row.id: row for row in found if row.id in wanted})
    return rows


def _document(  # noqa: PLR0913 - a row, its text, and what stands on it
    document: Document | None,
    accounts: Sequence[MemberId],
    place: Placed,
    *,
    row: Row | None,
    standing_on: Sequence[StoredModel],
    is_removed: bool,
) -> UsedDocument:
    trained = place.shard != HELD_OUT
    return UsedDocument(
        document_id=place.document_id,
        title=_title(document),
        kind=document.kind if document else "",
        created_at=document.created_at if document else None,
        redacted_text=row.text if row else "",
        redactions=row.redactions if row else {},
        dataset_id=place.dataset_id,
        shard=place.shard,
        slice=place.slice,
        rule=place.rule,
        reason=row.reason if row else "",
        models=tuple(stored.model.model_id for stored in standing_on) if trained else (),
        serving=not is_removed and any(stored.state is ModelState.IN_USE for stored in standing_on),
        is_own=_is_own(document, place, accounts),
        is_deleted=document is None or document.state is State.DELETED,
    )


def _title(document: Document | None) -> str:
    return (document.title or document.text[:80]) if document else ""


def _left_out(stores: Stores, member_id: MemberId) -> tuple[LeftOut, ...]:
    live = stores.datasets.live()
    newest: dict[DocumentId, LeftOut] = {}
    refusals = [
        refusal
        for account in stores.accounts.of(member_id)
        for refusal in stores.datasets.refusals_of(account)
    ]
    documents = stores.documents.at_hand({refusal.document_id for _, refusal in refusals})
    for dataset_id, refusal in refusals:
        document = documents.get(refusal.document_id)
        if dataset_id in live and document is not None:
            newest[refusal.document_id] = LeftOut(
                document_id=refusal.document_id,
                title=_title(document),
                created_at=document.created_at,
                rule=refusal.rule,
                reason=refusal.reason,
                is_deleted=document.state is State.DELETED,
            )
    return tuple(sorted(newest.values(), key=lambda left: left.created_at, reverse=True))
