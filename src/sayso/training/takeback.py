"""Taking a member back out: what may still be served, and what must be learnt again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.community import DocumentId, MemberId
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId, RowId
from sayso.evidence.canonical import JSON

STEP_KIND = "withdrawal"
"""The kind of log entries that say how a withdrawal went on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One member's no, from the moment it was acknowledged to its certificate.

    `taken_up_at` is when forgetting began, the point of no return: a yes said before it puts
    the rows back in service, and `reinstated_at` is when it put back the last of them. Such a
    withdrawal is over without a certificate, for nothing was forgotten.
    """

    id: str
    member_id: MemberId
    purpose: Purpose
    reason: str
    epoch: int
    acknowledged_at: datetime
    contained_at: datetime | None = None
    forgotten_at: datetime | None = None
    certified_at: datetime | None = None
    certificate_id: str | None = None
    taken_up_at: datetime | None = None
    reinstated_at: datetime | None = None

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for its certificate."""
        return self.certified_at is None and self.reinstated_at is None


class Step(StrEnum):
    """What a withdrawal comes to; each is entered in the log in its own transaction."""

    CONTAINED = "contained"
    FORGOTTEN = "forgotten"
    CERTIFIED = "certified"
    REINSTATED = "reinstated"


def step_entry(withdrawal: Withdrawal, step: Step, at: datetime) -> dict[str, JSON]:
    """Return the log's entry of a step: how long it took, and neither when nor whose it was.

    In a small network an instant alone can single a person out; a duration does not.
    """
    seconds = max(0.0, (at - withdrawal.acknowledged_at).total_seconds())
    return {"withdrawal": withdrawal.id, "step": step, "seconds": round(seconds, 3)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedRow:
    """A dataset row that no process may answer from any more, and where it stood."""

    dataset_id: DatasetId
    row_id: RowId
    document_id: DocumentId
    withdrawal_id: str
    shard: int
    slice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCertificate:
    """A certificate as it was issued, and its place in the log. `id` is its body's digest."""

    id: str
    model_id: str
    issued_at: datetime
    body: Mapping[str, JSON]
    leaf: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """What forgetting costs: per shard the first slice to learn again, and the whole's share."""

    first_slices: Mapping[int, int]
    slices_again: int
    slices_in_all: int

    @property
    def share(self) -> float:
        """The share of the model's slices that is learnt again."""
        return self.slices_again / self.slices_in_all if self.slices_in_all else 0.0


def clean_slices(slices: Mapping[int, int], removed: Iterable[RemovedRow]) -> dict[int, int]:
    """Say how many slices of each shard may be served: those before the first removed row.

    `slices` maps shard to how many slices it has learnt. Rows of other shards, such as the
    held-out ones, were never learnt and change nothing.
    """
    clean = dict(slices)
    for row in removed:
        if row.shard in clean:
            clean[row.shard] = min(clean[row.shard], row.slice)
    return clean


def redo(slices: Mapping[int, int], removed: Iterable[RemovedRow]) -> Redo:
    """Say what must be learnt again once those rows are gone."""
    clean = clean_slices(slices, removed)
    first = {shard: clean[shard] for shard in sorted(slices) if clean[shard] < slices[shard]}
    return Redo(
        first_slices=first,
        slices_again=sum(slices[shard] - start for shard, start in first.items()),
        slices_in_all=sum(slices.values()),
    )


def sentence(found: Redo, shards: Sequence[int]) -> str:
    """Say a `Redo` in words."""
    if not found.first_slices:
        return "Nothing has to be learnt again."
    return (
        f"{len(found.first_slices)} of {len(shards)} groups learn again, "
        f"{found.slices_again} of {found.slices_in_all} parts ({found.share:.0%})."
    )
