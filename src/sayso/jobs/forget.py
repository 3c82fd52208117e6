"""Forgetting: the model trained again without what was taken back, and a certificate of it.

The steps, each of which may be repeated after a crash:
(0) take out of service whatever notice and policy no longer allow: nobody is trained on again
    whose say-so has lapsed meanwhile;
(1) take up what waits. This is the point of no return for a yes: said before it, it puts the
    rows back in service; said after it, it counts from the next dataset on;
(2) seal the successor of the dataset, without the rows taken up;
(3) train it: shards and slices that nobody left are found, not learnt;
(4) in one transaction: keep the new model, use it where the old one was used, retire the old
    one, issue the certificate and enter it in the log. This is the point of no return for all;
(5) delete what only the retired model needed: its checkpoints, its texts, its indexes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import MemberId
from sayso.consent.purposes import Purpose
from sayso.datasets.build import record
from sayso.datasets.leaving import Leaving, take_back
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealing.seal import Sealed
from sayso.errors import NotFound
from sayso.evidence.canonical import JSON
from sayso.evidence.vault import commitment
from sayso.jobs.build import documents_in, plan_for
from sayso.jobs.heed import heed_law
from sayso.jobs.learn import contain_all, keep, teach
from sayso.jobs.objecting import contain_named
from sayso.jobs.serving import prepare_serving
from sayso.jobs.tidy import tidy
from sayso.jobs.turn import turn
from sayso.storage.stores import Stores
from sayso.training import certificate
from sayso.training.certificate import Forgotten, Side
from sayso.training.models import ModelState, StoredModel, TrainedModel
from sayso.training.takeback import RemovedRow, StoredCertificate, Withdrawal, redo, sentence
from sayso.wiring import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A certificate, and what it says in sentences."""

    id: str
    body: Mapping[str, JSON]
    sentences: tuple[str, ...]


def forget_pending(
    network: Network, *, member: str = "", report: Callable[..., None] = lambda *_: None
) -> tuple[Issued, ...]:
    """Forget everything that waits; with `member`, only if something of theirs does.

    Stopped at any moment, the same call goes on.

    Raises:
        NotFound: that member waits for nothing.
        Refused: another process is at work in this home.
    """
    with turn(network.settings, "forgetting"):
        with network.reading() as stores:
            waiting = stores.takebacks.pending()
        if member and not any(each.member_id == member for each in waiting):
            raise NotFound(
                f"Nothing of member {member!r} waits to be forgotten.",
                hint="`sayso choose MEMBER genai-training no` comes first.",
            )
        heed_law(network)  # (0)
        issued: list[Issued] = []
        while (found := _next(network)) is not None:
            issued.append(_forget(network, found, report))
        tidy(network)
    return tuple(issued)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    stored: StoredModel
    removed: tuple[RemovedRow, ...]
    withdrawals: tuple[Withdrawal, ...]


def _next(network: Network) -> _Work | None:
    with network.writing() as stores:  # (1) for a yes, the point of no return
        pending = {each.id: each for each in stores.takebacks.pending()}
        for stored in stores.models.list():
            if stored.state is ModelState.RETIRED:
                continue
            removed = stores.takebacks.removed_rows(stored.model.dataset_id)
            if removed:
                ids = dict.fromkeys(row.withdrawal_id for row in removed)
                stores.takebacks.take_up(ids, network.clock())
                return _Work(
                    stored=stored,
                    removed=removed,
                    withdrawals=tuple(pending[each] for each in ids if each in pending),
                )
    return None


def _forget(network: Network, work: _Work, report: Callable[..., None]) -> Issued:
    old = work.stored.model
    report(0.0, 1.0, "Sealing the dataset without them")
    sealed = _sealed(network, work)  # (2)
    trained = teach(network, sealed.dataset_id, old.recipe, report, blend=old.blend)  # (3)
    with network.writing() as stores:  # (4) the point of no return
        now = network.clock()
        keep(stores, trained, now, old.model_id)
        if stores.models.get(old.model_id).state is ModelState.IN_USE:
            stores.models.use(trained.model_id)
        stores.models.retire(old.model_id)
        stores.takebacks.bump_epoch()
        _carry_over(stores, work, sealed.dataset_id)
        contain_all(stores, sealed.dataset_id, now)
        contain_named(network, stores, sealed.dataset_id, now)
        body = _certified(network, stores, work, trained, now)
    prepare_serving(network, report)
    return Issued(
        id=certificate.certificate_id(body),
        body=body,
        sentences=(
            *_steps(work.withdrawals, now),
            *_redone(old, trained, work.removed),
            f"Model {old.model_id[:12]} gave way to {trained.model_id[:12]}.",
        ),
    )


def _sealed(network: Network, work: _Work) -> Sealed:
    store, dataset_id = network.settings.store, work.stored.model.dataset_id
    with network.reading() as stores:
        world = stores.world()
        world.gather()
        purpose = Purpose(stores.datasets.get(dataset_id).purpose)
        sealed = take_back(
            store,
            Leaving(dataset=dataset_id, removed={row.row_id for row in work.removed}),
            documents_in(stores),
            world,
            plan_for(network, stores, purpose, network.clock()),
        )
    with network.writing() as stores:
        record(store, sealed, stores.datasets, stores.log, network.clock())
    return sealed


def _carry_over(stores: Stores, work: _Work, successor: DatasetId) -> None:
    """Keep out of the new model's service what was taken out while it learned.

    It stays under the no that took it out, so that this no gets its certificate too.
    """
    before = work.stored.model.dataset_id
    known = {row.row_id for row in work.removed}
    late = {row.row_id: row for row in stores.takebacks.removed_rows(before)}
    late = {row_id: row for row_id, row in late.items() if row_id not in known}
    documents = {row.document_id for row in late.values()}
    there = {row.row_id for row in stores.datasets.rows_for_documents(documents, successor)}
    for row_id in sorted(late.keys() & there):
        row = late[row_id]
        stores.takebacks.add_removed_rows(row.withdrawal_id, [(successor, row_id, row.document_id)])
    if before not in stores.models.served_datasets():
        stores.takebacks.drop_rows([(before, row_id) for row_id in late.keys() & there])


def _certified(
    network: Network, stores: Stores, work: _Work, trained: TrainedModel, now: datetime
) -> Mapping[str, JSON]:
    old = work.stored.model
    counts = {
        each.id: sum(row.withdrawal_id == each.id for row in work.removed)
        for each in work.withdrawals
    }
    body = certificate.body(
        before=Side(model=old, roots=_roots(stores, old.dataset_id)),
        after=Side(model=trained, roots=_roots(stores, trained.dataset_id)),
        forgotten=[
            Forgotten(
                commitment=member_commitment(network, each.id, each.member_id),
                purpose=each.purpose,
                rows=counts[each.id],
                acknowledged_at=each.acknowledged_at,
                contained_at=each.contained_at or now,
                forgotten_at=now,
            )
            for each in work.withdrawals
        ],
        issued_at=now,
    )
    certificate_id = certificate.certificate_id(body)
    leaf = stores.log.append("certificate", {"digest": certificate_id})
    stores.takebacks.save_certificate(
        StoredCertificate(
            id=certificate_id, model_id=trained.model_id, issued_at=now, body=body, leaf=leaf
        )
    )
    ids = [each.id for each in work.withdrawals]
    stores.takebacks.mark_forgotten(ids, now)
    stores.takebacks.mark_certified(ids, certificate_id, now)
    return body


def member_commitment(network: Network, withdrawal_id: str, member_id: MemberId) -> str:
    """What stands for a member in a certificate; only this network can say whose it is."""
    return commitment(
        network.keys.suppression, b"certificate\0" + f"{withdrawal_id}\0{member_id}".encode()
    )


def _roots(stores: Stores, dataset_id: DatasetId) -> dict[int, Sequence[str]]:
    return {int(shard): roots for shard, roots in stores.datasets.get(dataset_id).shards.items()}


def _redone(
    old: TrainedModel, trained: TrainedModel, removed: Sequence[RemovedRow]
) -> Iterator[str]:
    if not old.blend.is_counts_alone:
        yield sentence(redo(old.slices, removed), sorted(old.slices))
    if old.blend.counts:
        parts = sum(len(chain.counts) for chain in old.shards)
        yield f"{trained.report.slices_counted} of {parts} parts were counted again."


def _steps(withdrawals: Sequence[Withdrawal], now: datetime) -> tuple[str, ...]:
    return tuple(
        f"{each.member_id}: acknowledged {each.acknowledged_at:%Y-%m-%d %H:%M:%S}, out of service "
        f"after {((each.contained_at or now) - each.acknowledged_at).total_seconds():.1f} s, "
        f"forgotten and certified after {(now - each.acknowledged_at).total_seconds():.1f} s."
        for each in withdrawals
    )
