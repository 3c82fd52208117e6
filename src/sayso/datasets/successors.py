"""The successor of a dataset: its predecessor minus exactly the rows that leave."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from sayso.community import MemberId
from sayso.datasets.places import Place
from sayso.datasets.rows import DatasetId, Refusal, Row, RowId
from sayso.datasets.sealed import read_ids, read_manifest, read_refusals, read_rows
from sayso.datasets.sealing.membership import Seats
from sayso.datasets.sealing.seal import Sealed, SealFacts, seal
from sayso.datasets.shards import Partition
from sayso.errors import BadInput, Conflict, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a successor differs from its predecessor.

    `added` answers, with a row or a refusal each, for every document that `LeftOut.returning`
    names: the later copies of removed rows, which their authors' say-so may let in now. It may
    hold too the removed documents cut anew, or refused. Refusals of `forgotten` members are left
    out. `detectors` and `directory` name what the added rows were redacted with.
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

    The roots of its slices equal those of a fresh seal of the same rows. `build.take_back`
    prepares the change. Where rows were added under another detector set, the manifest names
    both, joined by `+`.

    Raises:
        NotFound: a removed row is not in the dataset.
        BadInput: a returning document is not answered for.
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
    _require_answers(store, dataset, change, partition)
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
    answered = {result.document_id for result in change.added}
    kept = _without(read_rows(store, dataset), change.removed, dataset)
    refused = (
        refusal
        for refusal in read_refusals(store, dataset)
        if refusal.document_id not in answered and refusal.member_id not in change.forgotten
    )
    return seal(store, chain(kept, refused, change.added), facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The copies that a dataset leaves out, and the ids of all that copies may be of."""

    copies: tuple[Refusal, ...]
    standing: frozenset[RowId]

    def returning(self, gone: AbstractSet[RowId]) -> tuple[Refusal, ...]:
        """Return the copies that may come back once what is `gone` has left.

        A copy stays out as long as what it is a copy of stands: in the dataset, or as a copy
        itself.
        """
        standing = self.standing - gone
        return tuple(each for each in self.copies if each.duplicate_of not in standing)


def left_out(
    store: Place,
    dataset: DatasetId,
    partition: Partition,
    forgotten: AbstractSet[MemberId] = frozenset(),
) -> LeftOut:
    """Read what a dataset leaves out as copies, less those of `forgotten` members."""
    copies = tuple(
        each
        for each in read_refusals(store, dataset)
        if each.duplicate_of and each.document_id and each.member_id not in forgotten
    )
    ids = {partition.row_id(each.document_id) for each in copies}
    return LeftOut(copies=copies, standing=frozenset(ids | read_ids(store, dataset)))


def _without(rows: Iterable[Row], removed: AbstractSet[RowId], dataset: DatasetId) -> Iterator[Row]:
    left = set(removed)
    for row in rows:
        if row.id in removed:
            left.remove(row.id)
        else:
            yield row
    for row_id in sorted(left):
        raise NotFound(f"Dataset {dataset} has no row {row_id} to remove; nothing was sealed.")


def _require_answers(
    store: Place, dataset: DatasetId, change: Change, partition: Partition
) -> None:
    answers = {result.document_id: result for result in change.added}
    stays_out = {
        partition.row_id(document_id)
        for document_id, result in answers.items()
        if isinstance(result, Refusal)
    }
    gone = change.removed | stays_out
    for refusal in left_out(store, dataset, partition, change.forgotten).returning(gone):
        if refusal.document_id not in answers:
            raise BadInput(
                f"Document {refusal.document_id} was left out only because one that is now gone "
                "said the same; say whether it may come back.",
                hint="Prepare the successor with `build.take_back`.",
            )


def _joined(old: str, new: str) -> str:
    return old if not new or new in old.split("+") else f"{old}+{new}"
