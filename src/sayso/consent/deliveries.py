"""How far a notice got with one member, from the member's own history."""

from collections.abc import Iterable
from datetime import datetime

from sayso.community import Member, MemberId, Standing
from sayso.consent.events import EventKind, delivery_event
from sayso.consent.ledger import Ledger, Recorded
from sayso.consent.notices import PROVES_DELIVERY, Delivery, Notice
from sayso.consent.regions import region_named


def stages(history: Iterable[Recorded], notice_id: str) -> frozenset[Delivery]:
    """Return every stage that was recorded for the notice; what cannot be read is none."""
    known = set(Delivery)
    return frozenset(
        Delivery(str(recorded.event.body["delivery"]))
        for recorded in history
        if recorded.event.kind is EventKind.NOTICE
        and recorded.event.body.get("notice_id") == notice_id
        and recorded.event.body.get("delivery") in known
    )


def is_proven(reached: Iterable[Delivery]) -> bool:
    """Whether one of those stages proves that the member could read the notice."""
    return not PROVES_DELIVERY.isdisjoint(reached)


def is_for(notice: Notice, member: Member) -> bool:
    """Whether that member is to be told: active, and in a region the notice speaks to."""
    return member.standing is Standing.ACTIVE and notice.speaks_to(region_named(member.region))


def record_delivery(  # noqa: PLR0913 - one fact has this many parts
    ledger: Ledger,
    member_id: MemberId,
    notice_id: str,
    delivery: Delivery,
    now: datetime,
    *,
    channel: str = "site",
    unless_proven: bool = False,
) -> bool:
    """Write down how far a notice got with a member; false where that is known already.

    `unless_proven` writes nothing of a member whom it is proven to have reached.
    """
    reached = stages(ledger.history(member_id), notice_id)
    if delivery in reached or (unless_proven and is_proven(reached)):
        return False
    event = delivery_event(
        member_id=member_id,
        notice_id=notice_id,
        delivery=delivery,
        channel=channel,
        occurred_at=now,
    )
    ledger.record(event, now)
    return True
