"""The successor of a dataset: its predecessor minus exactly the rows that leave."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from sayso.community import MemberId
from sayso.datasets.disk import workplace
from sayso.datasets.engines.local import Local
from sayso.datasets.places import Place, shelf
from sayso.datasets.rows import DatasetId, Refusal, Row, RowId
from sayso.datasets.sealed import read_ids, read_manifest, refused_of
from sayso.datasets.sealing.again import require_workings
from sayso.datasets.sealing.membership import Seats
from sayso.datasets.sealing.onto import Gone
from sayso.datasets.sealing.seal import Material, Sealed, SealFacts, lay_results, seal_pieces
from sayso.datasets.shards import Partition
from sayso.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a successor differs from its predecessor.

    `added` answers, with a row or a refusal each, for every document that `seal.Returning`
    names: copies of removed rows, which their authors' say-so may let in now. It may hold too
    the removed documents cut anew, or refused. Refusals of `forgotten` members are left out.
    `detectors` and `directory` name what the added rows were redacted with.
    """

    removed: AbstractSet[RowId]
    added: tuple[Row | Refusal, ...] = ()
    forgotten: AbstractSet[MemberId] = frozenset()
    detectors: str = ""
    directory: str = ""


def successor(
    store: Place, dataset: DatasetId, change: Change, partition: Partition, seats: Seats
) -> Sealed:
    """Seal the dataset minus exactly the rows in `change.removed`, plus those added.

    The roots of its slices equal those of a fresh seal of the same rows; slices that lose and
    win nothing are not read. `leaving.take_back` prepares the change. Where rows were added under
    another detector set, the manifest names both, joined by `+`.

    Raises:
        NotFound: a removed row is not in the dataset.
        Returning: copies come back that are not answered for.
        Conflict: the partition is another one, or another process is sealing.
        Tampered: the dataset is not what was sealed.
        SaysoError: the disk is full.
    """
    old = read_manifest(store, dataset)
    if old.partition != partition.digest:
        raise Conflict(
            f"Dataset {dataset} was divided by another key or into other shards.",
            hint="Use the home's own partition key, and the shards and slices it began with.",
        )
    for row_id in sorted(change.removed - read_ids(store, dataset)):
        raise NotFound(f"Dataset {dataset} has no row {row_id} to remove; nothing was sealed.")
    came_back = any(isinstance(result, Row) for result in change.added)
    facts = SealFacts(
        purpose=old.purpose,
        policy=old.policy,
        notices=old.notices,
        detectors=_joined(old.detectors, change.detectors if came_back else ""),
        directory=_joined(old.directory, change.directory if came_back else ""),
        partition=partition,
        seats=seats,
        predecessor=dataset,
    )
    with workplace(shelf(store), "seal") as aside, Local().open(None) as run:
        onto = require_workings(store, dataset, partition, aside)
        onto = replace(onto, gone=Gone(ids=frozenset(_gone(store, dataset, change, partition))))
        pieces = lay_results(aside, change.added, partition)
        return seal_pieces(Material(folder=aside, pieces=pieces, onto=onto), facts, run)


def _gone(
    store: Place, dataset: DatasetId, change: Change, partition: Partition
) -> Iterator[RowId]:
    """Yield the ids of all rows and refusals that the successor has not, or has anew."""
    yield from change.removed
    for result in change.added:
        yield partition.row_id(result.document_id)
    yield from map(partition.row_id, refused_of(store, dataset, change.forgotten))


def _joined(old: str, new: str) -> str:
    return old if not new or new in old.split("+") else f"{old}+{new}"
