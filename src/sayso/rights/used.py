"""What was used of one member: documents, datasets, models, and what was left out and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import HELD_OUT, DatasetId, Placed, Row, RowId
from sayso.datasets.seal import read_slice
from sayso.errors import NotFound
from sayso.evidence.canonical import JSON
from sayso.rights.stores import Stores
from sayso.training.models import ModelState, StoredModel
from sayso.training.takeback import StoredCertificate, Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedDocument:
    """One document in one sealed dataset, with the text exactly as a model sees it.

    `redacted_text` is empty where the dataset's texts are no longer kept.
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

    @property
    def held_out(self) -> bool:
        """Kept aside to measure models, and learnt by none."""
        return self.shard == HELD_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A document that was not used, and the rule that said so."""

    document_id: DocumentId
    title: str
    rule: str
    reason: str


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
    """Gather it, newest dataset first. Reads only the slices the member is in.

    Raises:
        NotFound: no such member.
    """
    if stores.community.member(member_id) is None:
        raise NotFound(f"There is no member {member_id!r}.")
    placed = [
        p for p in stores.datasets.placed(member_id) if p.dataset_id in stores.datasets.live()
    ]
    models = _by_dataset(stores.models.list())
    rows = _texts(store, placed)
    removed = {p.dataset_id: stores.takebacks.removed(p.dataset_id) for p in placed}
    documents = tuple(
        _document(stores, place, rows.get(place.row_id), models, removed[place.dataset_id])
        for place in placed
    )
    withdrawals = stores.takebacks.of(member_id)
    wanted = dict.fromkeys(w.certificate_id for w in withdrawals if w.certificate_id)
    return Used(
        documents=documents,
        refused=_left_out(stores, member_id),
        withdrawals=withdrawals,
        certificates=tuple(stores.takebacks.certificate(each) for each in wanted),
        datasets=len({each.dataset_id for each in documents}),
        models=len({model for each in documents for model in each.models}),
    )


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


def _document(
    stores: Stores,
    place: Placed,
    row: Row | None,
    models: Mapping[DatasetId, Sequence[StoredModel]],
    removed: frozenset[RowId],
) -> UsedDocument:
    document = stores.community.document(place.document_id)
    standing_on = models.get(place.dataset_id, ())
    trained = place.shard != HELD_OUT
    return UsedDocument(
        document_id=place.document_id,
        title=(document.title or document.text[:80]) if document else "",
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
        serving=place.row_id not in removed
        and any(stored.state is ModelState.IN_USE for stored in standing_on),
    )


def _left_out(stores: Stores, member_id: MemberId) -> tuple[LeftOut, ...]:
    live = stores.datasets.live()
    newest: dict[DocumentId, LeftOut] = {}
    for dataset_id, refusal in stores.datasets.refusals_of(member_id):
        document = stores.community.document(refusal.document_id)
        if dataset_id in live and document is not None:
            newest[refusal.document_id] = LeftOut(
                document_id=refusal.document_id,
                title=document.title or document.text[:80],
                rule=refusal.rule,
                reason=refusal.reason,
            )
    return tuple(newest.values())
