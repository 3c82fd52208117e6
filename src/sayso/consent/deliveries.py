"""How far a notice got with one member, from the member's own history."""

from collections.abc import Iterable

from sayso.community import Member, Standing
from sayso.consent.events import EventKind
from sayso.consent.ledger import Recorded
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
