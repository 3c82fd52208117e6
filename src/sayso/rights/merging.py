"""Two accounts that turn out to be one person's: what each said holds for both from then on."""

from collections.abc import Iterator
from datetime import datetime

from sayso.community import UNKNOWN_REGION, AgeBand, Member, MemberId, Standing
from sayso.consent.choices import Answer
from sayso.consent.events import (
    Event,
    EventKind,
    age_event,
    merged_event,
    region_event,
    standing_event,
)
from sayso.consent.regions import region_named
from sayso.rights.serving import take_out
from sayso.rights.stores import Stores

_CLOSED = frozenset({Standing.SUSPENDED, Standing.ERASED})
"""What closes the account that lives on, too. That the old one is deleted is what merging does."""


def merge(stores: Stores, member_id: MemberId, into: MemberId, now: datetime) -> bool:
    """Let one account be another from now on; false where it is already.

    Where the two differ the stricter holds: a no of either, either's region, and an age below
    eighteen. What that ends is out of service when the transaction commits (promise P3).

    Raises:
        Conflict: it became another account before.
        BadInput: it would become itself, at once or in a circle.
    """
    old = stores.community.member(member_id)
    new = stores.community.member(stores.accounts.now_known_as(into))
    if not stores.accounts.merge(member_id, into, now):
        return False
    said_yes = any(
        each.event.kind is EventKind.CHOICE and each.event.body.get("answer") == Answer.YES
        for each in stores.ledger.history(member_id)
    )
    differences = _differences(old, new, now, said_yes=said_yes) if old and new else ()
    event = merged_event(member_id=member_id, into=into, occurred_at=now)
    stores.ledger.record_all((*differences, event), now)
    take_out(stores, [into], "two accounts became one", now)
    return True


def _differences(old: Member, new: Member, now: datetime, *, said_yes: bool) -> Iterator[Event]:
    """Yield what the old account adds to the new one, as facts the ledger knows already."""
    if old.standing in _CLOSED:
        yield standing_event(
            member_id=old.id, before=Standing.ACTIVE, after=old.standing, occurred_at=now
        )
    here, there = region_named(new.region), region_named(old.region)
    if there not in {UNKNOWN_REGION, here}:
        yield region_event(member_id=new.id, before=here, after=there, occurred_at=now)
    if old.age_band is AgeBand.MINOR and new.age_band is not AgeBand.MINOR:
        yield age_event(member_id=new.id, before=new.age_band, after=AgeBand.MINOR, occurred_at=now)
    elif old.age_band is AgeBand.UNKNOWN and new.age_band is AgeBand.ADULT and said_yes:
        # A yes from before anyone knew their age does not begin to count now.
        yield age_event(member_id=old.id, before=old.age_band, after=AgeBand.ADULT, occurred_at=now)
