"""What an operator sees first: what there is, what is in use, what waits."""

from dataclasses import dataclass
from datetime import datetime

from sayso.datasets.rows import DatasetId, Manifest
from sayso.rights.stores import Stores
from sayso.training.models import StoredModel
from sayso.training.takeback import Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetState:
    """A sealed dataset and how many of its rows are out of service."""

    id: DatasetId
    manifest: Manifest
    removed: int
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkState:
    """One look at the whole."""

    at: datetime
    members: int
    documents: int
    policy: str
    notices: int
    """Those that are published."""
    datasets: tuple[DatasetState, ...]
    models: tuple[StoredModel, ...]
    model_in_use: str
    pending: tuple[Withdrawal, ...]
    done: tuple[Withdrawal, ...]
    epoch: int
    log_size: int
    log_root: str


def state(stores: Stores, now: datetime) -> NetworkState:
    """Read one consistent state."""
    world = stores.world()
    live = stores.datasets.live()
    in_use = stores.models.in_use()
    withdrawals = stores.takebacks.list()
    return NetworkState(
        at=now,
        members=stores.community.count_members(),
        documents=stores.community.count_documents(),
        policy=world.policy().name,
        notices=sum(each.published_at is not None for each in world.notices()),
        datasets=tuple(
            DatasetState(
                id=dataset_id,
                manifest=stores.datasets.get(dataset_id),
                removed=len(stores.takebacks.removed(dataset_id)),
                live=dataset_id in live,
            )
            for dataset_id in stores.datasets.ids()
        ),
        models=stores.models.list(),
        model_in_use="" if in_use is None else in_use.model.model_id,
        pending=stores.takebacks.pending(),
        done=tuple(each for each in withdrawals if each.certified_at is not None),
        epoch=stores.takebacks.epoch(),
        log_size=stores.log.size(),
        log_root=stores.log.root(),
    )
