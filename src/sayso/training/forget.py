"""A withdrawal's stages, and when forgetting is due. Facts in, answer out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.training.takeback import Withdrawal


class Stage(StrEnum):
    """How far a no has come. Each stage includes the ones before it."""

    WITHDRAWN = "withdrawn"
    """Acknowledged: it is in the ledger and on the disk."""
    CONTAINED = "contained"
    """Nothing that is served draws on it."""
    FORGOTTEN = "forgotten"
    """The model was learnt again without it, bit for bit as if it had never been there."""
    CERTIFIED = "certified"
    """That is proven by a certificate in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Withdrawals to forget together, oldest first, and when the first of them is due."""

    withdrawals: tuple[Withdrawal, ...]
    due_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Say whether the oldest has waited as long as the operator lets it."""
        return self.due_at is not None and now >= self.due_at


def stage_of(withdrawal: Withdrawal) -> Stage:
    """Say how far a withdrawal has come; a gap counts as not come further."""
    if withdrawal.contained_at is None:
        return Stage.WITHDRAWN
    if withdrawal.forgotten_at is None:
        return Stage.CONTAINED
    if withdrawal.certified_at is None or withdrawal.certificate_id is None:
        return Stage.FORGOTTEN
    return Stage.CERTIFIED


def batch(withdrawals: Iterable[Withdrawal], *, within_minutes: int) -> Batch:
    """Gather what is not certified yet: many withdrawals in one shard are one retraining."""
    waiting = sorted(
        (each for each in withdrawals if stage_of(each) is not Stage.CERTIFIED),
        key=lambda each: (each.acknowledged_at, each.id),
    )
    due_at = None
    if waiting:
        due_at = waiting[0].acknowledged_at + timedelta(minutes=within_minutes)
    return Batch(withdrawals=tuple(waiting), due_at=due_at)
