"""From which day silence would do: the first, and none before it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import (
    DAY,
    DRAFT,
    SPOKE,
    TOLD,
    TRAIN,
    Village,
    amended,
    person,
    village,
    writing,
)
from fakes.histories import POLICIES, SECOND_NOTICES
from sayso.community import Kind, Region
from sayso.consent.defaults import lawful_from
from sayso.consent.facts import facts_for
from sayso.consent.notices import Delivery, Notice, publish

PERIOD = timedelta(days=DRAFT.notice_days)


def lawful(world: Village, at: datetime = SPOKE, kind: Kind = Kind.POST) -> datetime | None:
    return lawful_from(facts_for(writing(kind=kind), TRAIN, at, world).authors[0])


def test_a_silent_member_is_lawful_when_their_own_period_is_over() -> None:
    world = village("linkedin-2025")
    world.hears(SPOKE - DAY)

    assert lawful(world) == SPOKE - DAY + PERIOD


def test_where_the_default_counts_already_the_day_is_today() -> None:
    world = village("linkedin-2025")
    world.hears(TOLD)

    assert lawful(world) == SPOKE


@pytest.mark.parametrize("delivery", [None, Delivery.QUEUED, Delivery.SENT, Delivery.BOUNCED])
def test_there_is_no_day_for_whom_no_notice_has_reached(delivery: Delivery | None) -> None:
    world = village("linkedin-2025")
    if delivery is not None:
        world.hears(delivery=delivery)

    assert lawful(world) is None


def test_there_is_no_day_where_silence_is_a_no_or_nobody_was_told_of_the_use() -> None:
    asked = village("opt-in")
    asked.hears()
    told = village("linkedin-2025")
    told.hears()

    assert lawful(asked) is None
    assert lawful(told, kind=Kind.RESUME) is None


def test_a_notice_that_is_out_and_was_delivered_counts_from_the_day_it_takes_effect() -> None:
    world = village("linkedin-2025")
    world.told = [publish(DRAFT, TOLD, effective_at=SPOKE + 50 * DAY)]
    world.hears()

    assert lawful(world) == SPOKE + 50 * DAY


def test_a_material_change_counts_from_its_own_delivery_and_its_own_period() -> None:
    world = village("linkedin-2025")
    world.hears()
    world.told.append(amended(SPOKE - DAY))

    assert lawful(world) is None, "the member has not heard of the change"
    world.hears(SPOKE, notice="n2")
    assert lawful(world) == SPOKE + PERIOD


def test_until_a_change_takes_effect_the_notice_before_it_does() -> None:
    world = village("linkedin-2025")
    world.hears()
    world.told.append(publish(replace(DRAFT, id="n2"), SPOKE, effective_at=SPOKE + 40 * DAY))

    assert lawful(world, SPOKE + 39 * DAY) == SPOKE + 39 * DAY
    assert lawful(world, SPOKE + 40 * DAY) is None


@settings(max_examples=60, deadline=None)
@given(
    policy=POLICIES,
    second=SECOND_NOTICES,
    heard=st.lists(st.tuples(st.sampled_from(["n1", "n2"]), st.integers(-20, 20)), max_size=3),
    region=st.sampled_from(["US", "DE"]),
)
def test_the_day_is_the_first_on_which_the_rules_permit(
    policy: str, second: Notice | None, heard: list[tuple[str, int]], region: str
) -> None:
    world = village(policy, member=person(region=Region(region)))
    if second is not None:
        world.told.append(second)
    for notice, day in sorted(heard, key=lambda each: each[1]):
        world.hears(SPOKE + day * DAY, notice=notice)
    start = SPOKE + 21 * DAY

    first = lawful(world, start)

    permitted = [
        start + number * DAY
        for number in range(90)
        if world.decides(at=start + number * DAY).permit
    ]
    if first is None:
        assert permitted == []
    else:
        assert world.decides(at=first).permit
        assert permitted[:1] >= [first]
        assert first == start or not world.decides(at=first - timedelta(seconds=1)).permit
