"""The past the slow way: play the world again, act by act, and stop where it was asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fakes.consent import SPOKE, Village
from fakes.histories import Act, play
from sayso.audit.past import FOREVER, Past
from sayso.consent.notices import Notice
from sayso.consent.policy import Policy, load_preset


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A policy that was in use from some day on."""

    policy: Policy
    used_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """All that happened: one act a day from the third of May on, and policies by the day."""

    acts: Sequence[Act]
    policies: Sequence[tuple[int, str]] = ()
    second: Notice | None = None
    region: str = "US"

    def used(self) -> list[Used]:
        return [
            Used(policy=load_preset(name), used_from=SPOKE + timedelta(days=day))
            for day, name in sorted(self.policies, key=lambda each: each[0])
        ]


def as_it_stood(life: Life, at: datetime) -> Village:
    """The world at that moment, made by letting happen what had happened, and no more."""
    days = (at - SPOKE) // timedelta(days=1) + 1
    policy = "opt-in"
    for day, name in sorted(life.policies, key=lambda each: each[0]):
        if SPOKE + timedelta(days=day) <= at:
            policy = name
    second = life.second
    if second is not None and (second.published_at is None or second.published_at > at):
        second = None
    return play(life.acts[: max(days, 0)], policy=policy, second=second, region=life.region)


def looked_back(life: Life, as_of: datetime, known_at: datetime = FOREVER) -> Past:
    """The same moment, looked back at from the end of all that happened."""
    world = play(life.acts, second=life.second, region=life.region)
    return Past(
        members=world.member,
        history=lambda member_id: [
            each for each in world.history if each.event.member_id == member_id
        ],
        policies=life.used(),
        notices=world.notices(),
        as_of=as_of,
        known_at=known_at,
    )
