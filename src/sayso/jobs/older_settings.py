"""Older settings that come with accounts: a no that was said elsewhere is kept as a no here."""

from collections.abc import Iterable
from datetime import datetime

from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.ledger import setting_event
from sayso.sources.reading import Account, Item
from sayso.storage.stores import Stores


def keep_settings(stores: Stores, batch: Iterable[Item], now: datetime) -> frozenset[MemberId]:
    """Write into the ledger what members' accounts say elsewhere; return who said no anew.

    A yes is written only where a no stood before: it grants nothing and takes the no back. What
    is known already is not repeated.
    """
    said = {
        item.member.id: item.settings
        for item in batch
        if isinstance(item, Account) and item.settings
    }
    world, refusing = stores.world(), set()
    for member_id in sorted(stores.community.members_by_id(set(said))):
        known = world.say(member_id).settings
        for setting, is_yes in said[member_id]:
            before = known[setting].answer if setting in known else Answer.YES
            answer = Answer.YES if is_yes else Answer.NO
            if answer is not before:
                event = setting_event(
                    member_id=member_id, setting=setting, answer=answer, occurred_at=now
                )
                stores.ledger.record(event, now)
                refusing |= {member_id} if answer is Answer.NO else set()
    return frozenset(refusing)
