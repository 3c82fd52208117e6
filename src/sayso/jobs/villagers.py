"""What the made-up villagers did, put on the record as if it had happened when they say."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sayso.community import Member
from sayso.consent import notices
from sayso.consent.choices import Answer
from sayso.consent.ledger import (
    Event,
    age_event,
    credit_event,
    delivery_event,
    gpc_event,
    region_event,
    setting_event,
)
from sayso.demo.acts import (
    Act,
    AgeAct,
    ChoiceAct,
    CreditAct,
    DeliveryAct,
    GpcAct,
    RegionAct,
    RenameAct,
    SettingAct,
)
from sayso.demo.village import Village
from sayso.errors import NotFound
from sayso.rights.say import say
from sayso.storage.stores import Stores


def live_through(stores: Stores, made: Village, report: Callable[..., None]) -> None:
    """Record the village's people, texts, notice and acts, in time order.

    Those who change their mind after the training are left for then.
    """
    stores.community.save_members(made.members)
    stores.community.save_documents(made.documents)
    acts: Sequence[Act] = [act for act in made.acts if not is_late(act)]
    published = False
    for number, act in enumerate(acts, start=1):
        if not published and act.at >= _published_at(made):
            _publish(stores, made)
            published = True
        _record(stores, act)
        if number % 100 == 0 or number == len(acts):
            report(number, len(acts), "Villagers read the notice and choose")


def is_late(act: Act) -> bool:
    """Whether the act belongs after the training."""
    return isinstance(act, ChoiceAct) and act.after_training


def _published_at(made: Village) -> datetime:
    if made.notice.published_at is None:
        raise ValueError("the village's notice has no day of publication")
    return made.notice.published_at


def _publish(stores: Stores, made: Village) -> None:
    drafted = replace(
        made.notice,
        published_at=None,
        effective_at=None,
        digest="",
    )
    published = notices.publish(drafted, _published_at(made))
    stores.notices.save(published)
    stores.log.append("notice", {"id": published.id, "digest": published.digest})


def _record(stores: Stores, act: Act) -> None:
    if isinstance(act, ChoiceAct):
        say(stores, act.choice, act.at)
    elif isinstance(act, RenameAct):
        member = _member(stores, act)
        stores.community.save_member(replace(member, name=act.name, handle=act.handle))
    else:
        stores.ledger.record(_event(stores, act), act.at)


def _event(
    stores: Stores, act: DeliveryAct | GpcAct | SettingAct | CreditAct | RegionAct | AgeAct
) -> Event:
    member_id, at = act.member_id, act.at
    if isinstance(act, DeliveryAct):
        return delivery_event(
            member_id=member_id, notice_id=act.notice_id, delivery=act.delivery, occurred_at=at
        )
    if isinstance(act, GpcAct):
        return gpc_event(member_id=member_id, present=act.on, occurred_at=at)
    if isinstance(act, SettingAct):
        return setting_event(
            member_id=member_id, setting=act.name, answer=Answer(act.value), occurred_at=at
        )
    if isinstance(act, CreditAct):
        return credit_event(member_id=member_id, credit=act.credit, occurred_at=at)
    member = _member(stores, act)
    if isinstance(act, RegionAct):
        stores.community.save_member(replace(member, region=act.region))
        return region_event(
            member_id=member_id, before=member.region, after=act.region, occurred_at=at
        )
    stores.community.save_member(replace(member, age_band=act.age_band))
    return age_event(
        member_id=member_id, before=member.age_band, after=act.age_band, occurred_at=at
    )


def _member(stores: Stores, act: Act) -> Member:
    member = stores.community.member(act.member_id)
    if member is None:
        raise NotFound(f"The village has no member {act.member_id!r}.")
    return member
