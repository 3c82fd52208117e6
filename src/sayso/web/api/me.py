"""What a member's own browser asks about them."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel

from sayso.community import MemberId
from sayso.errors import NotFound
from sayso.training.takeback import Withdrawal
from sayso.web.visits import visiting

router = APIRouter(prefix="/api/me", tags=["me"])


class StandingOut(BaseModel):
    """Where a member stands on one purpose."""

    purpose: str
    answer: str | None
    since: datetime | None
    used: bool
    rule: str
    reason: str


class MeOut(BaseModel):
    """The signed-in member."""

    id: MemberId
    name: str
    standing: list[StandingOut]


class WithdrawalOut(BaseModel):
    """How far a no has come. `steps_done` counts the times that are set.

    Until `taken_up_at` a yes undoes it; `reinstated_at` says that one did.
    """

    id: str
    purpose: str
    acknowledged_at: datetime
    contained_at: datetime | None
    forgotten_at: datetime | None
    certified_at: datetime | None
    certificate_id: str | None
    taken_up_at: datetime | None
    reinstated_at: datetime | None
    steps_done: int


@router.get("")
def me(request: Request) -> MeOut:
    """Say who is signed in and where they stand on each purpose."""
    with visiting(request) as visit:
        member = visit.member
        purposes = visit.stores.policies.current().purposes
        found = [(purpose, visit.standing(purpose)) for purpose in purposes]
        return MeOut(
            id=member.id,
            name=member.name,
            standing=[
                StandingOut(
                    purpose=purpose,
                    answer=standing.answer,
                    since=standing.since,
                    used=standing.used,
                    rule=standing.rule,
                    reason=standing.reason,
                )
                for purpose, standing in found
                if standing is not None
            ],
        )


@router.get("/withdrawals")
def withdrawals(request: Request) -> list[WithdrawalOut]:
    """List the member's withdrawals, oldest first."""
    with visiting(request) as visit:
        return [_out(each) for each in visit.stores.takebacks.of(visit.member.id)]


@router.get("/withdrawals/{withdrawal_id}")
def withdrawal(request: Request, withdrawal_id: str) -> WithdrawalOut:
    """Say how far one of the member's withdrawals has come."""
    with visiting(request) as visit:
        for each in visit.stores.takebacks.of(visit.member.id):
            if each.id == withdrawal_id:
                return _out(each)
    raise NotFound("You have no withdrawal of that name.")


def _out(each: Withdrawal) -> WithdrawalOut:
    times = (each.acknowledged_at, each.contained_at, each.forgotten_at, each.certified_at)
    return WithdrawalOut(
        id=each.id,
        purpose=each.purpose,
        acknowledged_at=each.acknowledged_at,
        contained_at=each.contained_at,
        forgotten_at=each.forgotten_at,
        certified_at=each.certified_at,
        certificate_id=each.certificate_id,
        taken_up_at=each.taken_up_at,
        reinstated_at=each.reinstated_at,
        steps_done=sum(time is not None for time in times),
    )
